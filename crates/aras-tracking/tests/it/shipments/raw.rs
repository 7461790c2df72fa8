//! Raw calls.

use super::{answering, elements};
use crate::support::shipment_client;
use aras_tracking::Outcome;
use aras_tracking::query::{QueryRows, TableRow};
use aras_tracking::shipments::{RawArgument, RawLogin, RawRead, RawWrite};

#[test]
fn a_raw_call_has_the_login_where_it_is_said_to_be() {
    let write = |login| {
        let text = |name| RawArgument::text(name, "1");
        let piece = RawArgument::of("piece", [text("Weight"), text("Weight")]);
        RawWrite::new("SetOrderPiece", login).argument(piece)
    };
    for (login, expected) in [
        (
            RawLogin::USER_NAME.last(),
            "SetOrderPiece piece Weight Weight userName password",
        ),
        (
            RawLogin::LOWER.with_customer_code(),
            "SetOrderPiece username password customerCode piece Weight Weight",
        ),
        (
            RawLogin::CAPITAL.within("dto"),
            "SetOrderPiece dto Username Password piece Weight Weight",
        ),
        (
            RawLogin::spelled("UserName", "Sifre"),
            "SetOrderPiece UserName Sifre piece Weight Weight",
        ),
        (RawLogin::NONE, "SetOrderPiece piece Weight Weight"),
    ] {
        assert_eq!(elements(&write(login)), expected);
    }
    let client = shipment_client("http://127.0.0.1:9", 1);
    for odd in [
        RawWrite::new("Set Order", RawLogin::NONE),
        RawWrite::new("X", RawLogin::NONE).argument(RawArgument::text("a b", "1")),
        RawWrite::new("X", RawLogin::NONE).argument(RawArgument::text("a", "\u{1}")),
        RawWrite::new("X", RawLogin::NONE)
            .argument(RawArgument::of("a", [RawArgument::text("", "1")])),
    ] {
        assert!(client.check(&odd).errors().next().is_some(), "{odd:?}");
    }
    // A text is sent as it is, and the arguments are not printed.
    let odd = RawWrite::new("X", RawLogin::NONE).argument(RawArgument::text("a", " SENTINEL <x>"));
    let sent = String::from_utf8(client.dry_run(&odd).unwrap().body).unwrap();
    assert!(sent.contains("<a> SENTINEL &lt;x"), "{sent}");
    assert!(!format!("{odd:?}").contains("SENTINEL"));
}

#[tokio::test]
async fn a_raw_answer_is_judged_by_its_code_alone() {
    let write = RawWrite::new("SetShipment", RawLogin::NONE);
    for (result, is_success, text) in [
        (
            "<Row><ResultCode>0</ResultCode></Row>",
            true,
            r#"{"Row":{"ResultCode":"0"}}"#,
        ),
        (
            "Tamam SENTINEL&lt;&amp;PASS",
            false,
            r#""Tamam [redacted]""#,
        ),
        ("", false, r#""""#),
    ] {
        let server = answering("SetShipment", result);
        let done = shipment_client(&server, 1).call(&write).await.unwrap();
        assert_eq!(
            (done.is_success, done.text.as_str()),
            (is_success, text),
            "{result}"
        );
    }
    let server = answering("SetShipment", "<Row><ResultCode>1006</ResultCode></Row>");
    let error = shipment_client(&server, 1).call(&write).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(error.to_string().contains("`SetShipment`"), "{error}");
    let server = answering("GetMissingNewDoc", "<Doc><A>1</A></Doc><Doc><A>2</A></Doc>");
    let read = RawRead::new("GetMissingNewDoc", RawLogin::USER_NAME);
    let rows: QueryRows<TableRow> = shipment_client(&server, 1).call(&read).await.unwrap().value;
    assert_eq!(rows.rows.len(), 2);
}
