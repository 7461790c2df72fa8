//! Calls as commands and as fixtures, and those that are kept in part.

use case_text::CaseText;
use serde_json::json;

use super::*;

#[test]
fn a_call_is_saved_as_a_fixture_and_as_a_command() {
    let mut world = world();
    horoz(
        &mut world,
        "cancelShipping",
        &json!({ "requestNumber": "it's" }),
    );
    let page = see(&mut world, "calls/1");
    assert!(page.contains("curl -i -g -X 'POST' 'http://127.0.0.1:1/horoz/cancelShipping'"));
    assert!(page.contains(r"it'\''s"));
    let file = ask(&mut world, "GET", "calls/1.case", &[]);
    let disposition = file.header("Content-Disposition").unwrap();
    assert_eq!(
        disposition,
        "attachment; filename=\"cancelShipping-1.case\""
    );
    let case = CaseText::parse(&file.body).unwrap();
    assert!(case.head.contains("provenance = \"synthetic\""));
    let response = String::from_utf8(case.section("response").unwrap().to_vec()).unwrap();
    let seen = world.records().next().unwrap().answer.clone().unwrap();
    assert!(response.starts_with("HTTP/1.1 200 OK\n"), "{response}");
    assert!(response.ends_with(&seen.body), "{response}");
}

#[test]
fn a_command_of_curl_reads_no_file_and_no_pattern() {
    let mut world = world();
    let headers = [("Content-Type", "text/plain")];
    let request = Request::new("POST", "/x?a=[1-9]", &headers, "@/etc/passwd");
    world.exchange("horoz", 1, &request, Moment(0)).unwrap();
    let page = see(&mut world, "calls/1");
    assert!(page.contains("curl -i -g -X 'POST'"), "{page}");
    assert!(page.contains("--data-raw '@/etc/passwd'"), "{page}");
}

/// A page, a command and a fixture that lack their end would say something untrue.
#[test]
fn a_call_that_is_kept_in_part_says_so() {
    let mut world = world();
    let cut = "Only the beginning was kept";
    horoz(
        &mut world,
        "cancelShipping",
        &json!({ "requestNumber": "A" }),
    );
    assert!(!see(&mut world, "calls/1").contains(cut));
    let long = |length: usize| "x".repeat(length);
    for request in [
        Request::new("POST", "/x", &[], long(20_001)),
        Request::new("POST", &format!("/{}", long(2_001)), &[], ""),
        Request::new("POST", "/x", &[("A", &long(2_001))], ""),
    ] {
        world.exchange("horoz", 1, &request, Moment(0)).unwrap();
        let last = world.records().next_back().unwrap().number;
        assert!(see(&mut world, &format!("calls/{last}")).contains(cut));
    }
    // The names of sellers make an answer as long as one likes.
    for number in 0..60 {
        let step = json!({ "step": "seed_seller", "key": format!("7f2b9c1e-0000-4000-8000-0000000{number:05}"),
            "values": { "Ad_Soyad": long(900) } });
        world.act("param", step, Moment(0)).unwrap();
    }
    let listing = sellers(&world);
    world.exchange("param", 1, &listing, Moment(0)).unwrap();
    let last = world.records().next_back().unwrap();
    assert!(last.answer.as_ref().unwrap().is_cut, "{last}");
    let number = last.number;
    assert!(see(&mut world, &format!("calls/{number}")).contains(cut));
    let file = ask(&mut world, "GET", &format!("calls/{number}.case"), &[]);
    assert_eq!(file.status, 409, "{}", file.text());
}

/// The list of all sellers, with the login of the world.
fn sellers(world: &World) -> Request {
    let login = world.login("param");
    let of = |name: &str| {
        let found = login.iter().find(|(listed, _)| *listed == name);
        found.unwrap().1.clone()
    };
    let body = format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
         <Pazaryeri_TP_AltUyeIsyeri_Liste xmlns=\"https://turkpos.com.tr/\"><G><CLIENT_CODE>{}</CLIENT_CODE>\
         <CLIENT_USERNAME>{}</CLIENT_USERNAME><CLIENT_PASSWORD>{}</CLIENT_PASSWORD></G><ETS_GUID>{}</ETS_GUID>\
         <Limit>30</Limit><Skip>1</Skip></Pazaryeri_TP_AltUyeIsyeri_Liste></s:Body></s:Envelope>",
        of("client_code"),
        of("client_username"),
        of("client_password"),
        of("marketplace_guid")
    );
    let action = "\"https://turkpos.com.tr/Pazaryeri_TP_AltUyeIsyeri_Liste\"";
    let headers = [
        ("Content-Type", "text/xml; charset=utf-8"),
        ("SOAPAction", action),
    ];
    Request::new("POST", "/turkpos.ws/service_pazaryeri.asmx", &headers, body)
}

#[test]
fn letters_that_would_end_a_section_are_escaped() {
    let body = "a\n==== outcome\n\\\r\u{7}ş";
    let text = format!(
        "source = \"x\"\n\n==== response (escaped)\n{}\n",
        save::escaped(body)
    );
    let case = CaseText::parse(text.as_bytes()).unwrap();
    assert_eq!(case.section("response").unwrap(), body.as_bytes());
}
