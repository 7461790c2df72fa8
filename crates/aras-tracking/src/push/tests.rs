//! Tests of the push reader: every envelope, missing and doubled fields, the sender.

use kervan_wire::tree::Form;

use kervan_testing::delivery;

use super::*;

const FIELDS_OF_ONE: &str = "<IntegrationCode>KV-1001</IntegrationCode><CargoStatus>6</CargoStatus>\
    <ProcessDate>2026-11-20T11:05:00</ProcessDate><Description>AYŞE ÖRNEK</Description>\
    <UserName>carrier</UserName><Password>s3ntinel</Password>";

fn soap(fields: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
         <SetStatus xmlns=\"http://shop.example/\">{fields}</SetStatus></s:Body></s:Envelope>"
    )
}

fn push(body: &str) -> Result<Push, Unreadable> {
    read(&delivery("text/xml; charset=utf-8", body))
}

#[test]
fn reads_any_envelope() {
    let wrapped = soap(&format!("<request>{FIELDS_OF_ONE}</request>"));
    let bare = format!("<SetStatus>{FIELDS_OF_ONE}</SetStatus>");
    let prefixed = soap(FIELDS_OF_ONE)
        .replace("<IntegrationCode>", "<n:integrationCode xmlns:n='x'>")
        .replace("</IntegrationCode>", "</n:integrationCode>");
    for (body, operation) in [
        (soap(FIELDS_OF_ONE), "SetStatus"),
        (wrapped, "SetStatus"),
        (bare, "SetStatus"),
        (prefixed, "SetStatus"),
    ] {
        let push = push(&body).unwrap();
        assert_eq!(
            (push.reference.as_str(), push.status_code.as_str()),
            ("KV-1001", "6")
        );
        assert_eq!(push.at, Some(EventTime::read("20.11.2026 11:05")));
        assert_eq!(push.operation, operation);
        assert!(push.other.is_empty());
        assert_eq!(
            push.event().status,
            Some(TrackingStatus::Unknown("6".to_owned()))
        );
    }
}

#[test]
fn a_post_has_at_most_a_mebibyte() {
    let post = soap(FIELDS_OF_ONE);
    let padded = |length: usize| post.clone() + &" ".repeat(length - post.len());
    assert!(push(&padded(1 << 20)).is_ok());
    let error = push(&padded((1 << 20) + 1)).unwrap_err();
    assert_eq!((error.path(), error.reason()), ("", &Reason::TooLarge));
    // A doubled field is named as it was sent, and anybody may have sent it.
    let dots = ".".repeat(1000);
    let doubled = format!("<CargoStatus>6</CargoStatus><Cargo{dots}Status>6</Cargo{dots}Status>");
    let error = push(&soap(&format!(
        "<IntegrationCode>1</IntegrationCode>{doubled}"
    )))
    .unwrap_err();
    assert_eq!((error.path(), error.reason()), ("…", &Reason::Twice));
}

#[test]
fn refuses_what_lacks_or_doubles_a_field() {
    let error = |body: &str| {
        let error = push(body).unwrap_err();
        (error.path().to_owned(), error.reason().name())
    };
    let without = soap("<CargoStatus>6</CargoStatus>");
    assert_eq!(error(&without), ("IntegrationCode".to_owned(), "missing"));
    let blank = soap("<IntegrationCode> </IntegrationCode><CargoStatus>6</CargoStatus>");
    assert_eq!(error(&blank), ("IntegrationCode".to_owned(), "missing"));
    let stateless = soap("<IntegrationCode>1</IntegrationCode><CargoStatus/>");
    assert_eq!(error(&stateless), ("CargoStatus".to_owned(), "missing"));
    let doubled = soap(
        "<IntegrationCode>1</IntegrationCode><CargoStatus>6</CargoStatus><cargoStatus>1</cargoStatus>",
    );
    assert_eq!(error(&doubled), ("cargoStatus".to_owned(), "twice"));
    let listed = soap(
        "<IntegrationCode>1</IntegrationCode><CargoStatus>6</CargoStatus><CargoStatus>1</CargoStatus>",
    );
    assert_eq!(error(&listed), ("CargoStatus".to_owned(), "twice"));
    let event = "<e><IntegrationCode>1</IntegrationCode><CargoStatus>6</CargoStatus></e>";
    for two in [
        soap(&format!("{event}{event}")),
        soap(&format!("{event}<x>{event}</x>")),
        soap(&format!(
            "<IntegrationCode>1</IntegrationCode><CargoStatus>6</CargoStatus>{event}"
        )),
        soap(
            "<IntegrationCode>1</IntegrationCode><IntegrationCode>2</IntegrationCode><CargoStatus>6</CargoStatus>",
        ),
    ] {
        assert_eq!(error(&two), ("IntegrationCode".to_owned(), "twice"));
    }
    assert_eq!(error("<html/>").1, "page");
    assert_eq!(error("<!DOCTYPE x><a/>").1, "malformed");
    assert_eq!(error("").1, "empty");
}

#[test]
fn knows_the_sender_by_both_words_only() {
    let push = push(&soap(FIELDS_OF_ONE)).unwrap();
    let is_from = |user: &str, pass: &str| push.is_from(&UserName::new(user), &Password::new(pass));
    assert!(is_from("carrier", "s3ntinel"));
    for (user, pass) in [
        ("carrier", "s3ntine"),
        ("carrier", "s3ntinels"),
        ("carrie", "s3ntinel"),
        ("carrier", ""),
        ("", ""),
    ] {
        assert!(!is_from(user, pass), "{user} {pass}");
    }
    let body = soap("<IntegrationCode>1</IntegrationCode><CargoStatus>6</CargoStatus>");
    let silent = super::read(&delivery("text/xml", body)).unwrap();
    assert!(!silent.is_from(&UserName::new(""), &Password::new("")));
}

#[test]
fn the_login_may_stand_around_the_event() {
    let event = "<e><IntegrationCode>1</IntegrationCode><CargoStatus>6</CargoStatus></e>";
    let login = "<UserName>carrier</UserName><Password>s3ntinel</Password>";
    let header = format!("<s:Header><auth>{login}</auth></s:Header><s:Body>");
    let in_header = soap(event).replace("<s:Body>", &header);
    for body in [soap(&format!("{login}{event}")), in_header.clone()] {
        let push = push(&body).unwrap();
        assert!(
            push.is_from(&UserName::new("carrier"), &Password::new("s3ntinel")),
            "{body}"
        );
    }
    // Twice the same is no conflict; two that differ are.
    let inside = event.replace("</e>", &format!("{login}</e>"));
    assert!(push(&in_header.replace(event, &inside)).is_ok());
    let other = inside.replace("s3ntinel", "guess");
    let error = push(&in_header.replace(event, &other)).unwrap_err();
    assert_eq!((error.path(), error.reason().name()), ("Password", "twice"));
}

#[test]
fn shows_neither_login_nor_description() {
    let push = push(&soap(FIELDS_OF_ONE)).unwrap();
    let shown = format!(
        "{push:?} {push:#?} {}",
        serde_json::to_string(&push).unwrap()
    );
    assert!(
        !shown.contains("s3ntinel") && !shown.contains("carrier"),
        "{shown}"
    );
    assert!(!format!("{push:?}").contains("AYŞE"));
}

#[test]
fn answers_in_the_operations_name() {
    let push = push(&soap(FIELDS_OF_ONE)).unwrap();
    let text = |answer: &PushAnswer| {
        String::from_utf8(answer.write(&push, "http://shop.example/").unwrap()).unwrap()
    };
    assert!(text(&PushAnswer::Taken).contains(
        "<SetStatusResponse xmlns=\"http://shop.example/\"><SetStatusResult><Result>true</Result>\
         <ErrorDescription></ErrorDescription></SetStatusResult></SetStatusResponse>"
    ));
    let failed = text(&PushAnswer::Failed("ş".repeat(200)));
    assert!(failed.contains(&format!(
        "<ErrorDescription>{}</ErrorDescription>",
        "ş".repeat(128)
    )));
}

#[test]
fn r4_r5_a_post_is_read_in_the_charset_of_its_bytes() {
    let fields = "<IntegrationCode>KV-1</IntegrationCode><CargoStatus>6</CargoStatus><Description>ŞUBEDE IŞIK@</Description>";
    let body = soap(fields).replace('@', "");
    let turkish = "text/xml; charset=windows-1254";
    let push = read(&delivery(turkish, body)).unwrap();
    assert_eq!(push.description.unwrap().as_str(), "ŞUBEDE IŞIK");
    assert_eq!(push.drift.tolerated[0].form, Form::Charset);
    let body = soap(fields);
    let parts: Vec<_> = body.split('@').map(str::as_bytes).collect();
    let push = read(&delivery("text/xml", parts.join(&b"\xc4"[..]))).unwrap();
    assert_eq!(push.description.unwrap().as_str(), "ŞUBEDE IŞIK\u{fffd}");
    assert_eq!(push.drift.tolerated[0].form, Form::DamagedLetter);
}

#[test]
fn r9_the_login_of_a_post_is_in_none_of_its_fields() {
    let fields = "<UserName>kv</UserName><Password>7-x</Password><IntegrationCode>KV-1</IntegrationCode>\
        <CargoStatus>6</CargoStatus><Description>kv 7-x</Description><Ek><Password>7-x</Password><A>7-x</A></Ek>";
    let push = push(&soap(fields)).unwrap();
    assert!(push.is_from(&UserName::new("kv"), &Password::new("7-x")));
    let shown = serde_json::to_string(&push).unwrap();
    assert!(!shown.contains("7-x") && !shown.contains("kv"), "{shown}");
}

#[test]
fn r1_a_state_in_attributes_is_none() {
    for fields in [
        "<IntegrationCode>KV-1</IntegrationCode><CargoStatus kod=\"6\"/>",
        "<IntegrationCode no=\"KV-1\"/><CargoStatus>6</CargoStatus>",
        "<IntegrationCode>KV-1</IntegrationCode><CargoStatus><Kod>6</Kod></CargoStatus>",
    ] {
        let error = push(&soap(fields)).unwrap_err();
        assert_eq!(error.reason().name(), "unexpected", "{fields}");
    }
}

#[test]
fn t12_an_empty_date_of_net_is_no_date() {
    // The last two are more: in a zone, and with American settings.
    for empty in [
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00+03:00",
        "1/1/0001 12:00:00 AM",
    ] {
        let body = soap(FIELDS_OF_ONE).replace("2026-11-20T11:05:00", empty);
        let push = push(&body).unwrap();
        assert_eq!(push.at, None, "{empty}");
        assert_eq!(push.event().at.day(), None, "{empty}");
    }
}

#[test]
fn t10_a_pushed_reference_is_one_in_both_spellings() {
    for (shown, reference) in [("S\u{327}-1", "Ş-1"), ("u\u{308}-2", "ü-2")] {
        let push = push(&soap(FIELDS_OF_ONE).replace("KV-1001", shown)).unwrap();
        assert_eq!(push.reference, CustomerReference::new(reference).unwrap());
    }
}
