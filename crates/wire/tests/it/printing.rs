//! Nothing that holds a body prints it.

use std::fmt::Debug;

use kervan_wire::charset;

const PLANTED: &str = "PL4NTED";

fn hides(value: &impl Debug) {
    let shown = format!("{value:?} {value:#?}");
    assert!(!shown.contains(PLANTED), "{shown}");
}

#[test]
fn a_decoded_body_does_not_print_itself() {
    hides(&charset::read(PLANTED.as_bytes(), false).unwrap());
}

#[cfg(feature = "json")]
#[test]
fn a_body_in_json_does_not_print_itself() {
    use kervan_core::Reply;
    use kervan_wire::json;

    let text = format!(r#"{{"a":"{PLANTED}","b":["{PLANTED}"],"{PLANTED}":1}}"#);
    let reply = Reply::new(200, Vec::new(), text.clone().into_bytes());
    let body = json::body_text(&reply).unwrap();
    assert!(body.contains(PLANTED), "the test plants something");
    hides(&body);
    hides(&body.parse().unwrap());
    hides(&json::parse(&text).unwrap());
}

#[cfg(feature = "form")]
#[test]
fn the_fields_of_a_form_do_not_print_themselves() {
    let media = Some("application/x-www-form-urlencoded");
    let fields = kervan_wire::form::Fields::parse(media, b"a=PL4NTED&PL4NTED=b").unwrap();
    hides(&fields);
}

#[cfg(feature = "soap")]
#[test]
fn an_envelope_and_its_rows_do_not_print_themselves() {
    use kervan_core::Reply;
    use kervan_wire::soap::{self, Call, Contents};

    let call = Call::new("https://shop.example/", "List");
    let text = format!(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>\
         <ListResponse xmlns=\"https://shop.example/\"><Sonuc_Str>{PLANTED}</Sonuc_Str><T>\
         <d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><N>\
         <R><Ad>{PLANTED}</Ad></R></N></d:diffgram></T></ListResponse></e:Body></e:Envelope>"
    );
    let reply = Reply::new(200, Vec::new(), text.clone().into_bytes());
    hides(&soap::body_text(&reply).unwrap());
    let mut rows = 0;
    let answer = soap::read(&text, call, |row| {
        rows += 1;
        hides(&row);
        Ok(())
    });
    let answer = answer.unwrap();
    assert_eq!(rows, 1);
    assert!(matches!(answer, Contents::Result(_)));
    hides(&answer);

    let fault = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><e:Fault>\
        <faultcode>e:Server</faultcode><faultstring>PL4NTED</faultstring></e:Fault></e:Body></e:Envelope>";
    let answer = soap::read(fault, call, |_| Ok(())).unwrap();
    assert!(matches!(answer, Contents::Fault(_)));
    hides(&answer);
}
