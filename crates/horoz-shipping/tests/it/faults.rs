//! What a broken connection or a foreign answer becomes, and how often the server was asked.

use std::future::Future;

use fixtures::faults::{Fault, FaultServer, refused_url};
use horoz_shipping::{Client, Error, Outcome};

use crate::support::{answer, client, json, order};

/// How often a read is tried in these tests.
const TRIES: u32 = 3;

/// What a fault must become.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Expected {
    kind: &'static str,
    code: Option<&'static str>,
    outcome: Outcome,
    /// Whether a read tries again.
    passing: bool,
}

const fn unknown(kind: &'static str, code: Option<&'static str>, passing: bool) -> Expected {
    Expected {
        kind,
        code,
        outcome: Outcome::Unknown,
        passing,
    }
}

const INTERRUPTED: Expected = unknown("transport", Some("interrupted"), true);
const STATUS: Expected = unknown("status", None, false);

fn page() -> &'static [u8] {
    b"<!DOCTYPE html><html><body>Bad gateway</body></html>"
}

fn faults() -> Vec<(&'static str, Fault, Expected)> {
    let whole = answer("STA-100");
    let decode = |code| unknown("decode", Some(code), false);
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    let deep_object = format!(
        r#"{{"response": {}1{}}}"#,
        r#"{"a":"#.repeat(5000),
        "}".repeat(5000)
    );
    let utf16: Vec<u8> =
        r#"{"responseCode": "STA-100"}"#.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        (
            "reset before the answer",
            Fault::ResetBeforeAnswer,
            INTERRUPTED,
        ),
        (
            "close before the answer",
            Fault::CloseBeforeAnswer,
            INTERRUPTED,
        ),
        ("reset in the head", Fault::ResetAt(12), INTERRUPTED),
        (
            "reset in the body",
            Fault::ResetAt(whole.len() - 5),
            INTERRUPTED,
        ),
        ("body cut off", Fault::CloseAt(whole.len() - 5), INTERRUPTED),
        (
            "stall before the answer",
            Fault::Stall(0),
            unknown("transport", Some("timeout"), true),
        ),
        (
            "stall in the body",
            Fault::Stall(whole.len() - 5),
            unknown("transport", Some("timeout"), true),
        ),
        (
            "page with 200",
            Fault::Answer(json(200, page())),
            decode("page"),
        ),
        ("page with 500", Fault::Answer(json(500, page())), STATUS),
        (
            "page with 503",
            Fault::Answer(json(503, page())),
            unknown("status", None, true),
        ),
        ("redirect", Fault::Answer(redirect()), STATUS),
        ("empty body", Fault::Answer(json(200, b"")), decode("empty")),
        ("no content", Fault::Answer(json(204, b"")), decode("empty")),
        (
            "64 MiB, announced",
            huge(true),
            unknown("transport", Some("too_large"), false),
        ),
        (
            "64 MiB, in chunks",
            huge(false),
            unknown("transport", Some("too_large"), false),
        ),
        (
            "UTF-16",
            Fault::Answer(json(200, &utf16)),
            decode("charset"),
        ),
        (
            "no charset",
            Fault::Answer(json(200, b"{\"responseCode\": \"\x81\"}")),
            decode("charset"),
        ),
        (
            "deep list",
            Fault::Answer(json(200, &deep)),
            decode("too_deep"),
        ),
        (
            "deep object",
            Fault::Answer(json(200, deep_object.as_bytes())),
            decode("too_deep"),
        ),
        (
            "half a JSON text",
            Fault::Answer(json(200, b"{\"response\": {")),
            decode("cut_off"),
        ),
        (
            "no HTTP at all",
            Fault::Answer(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()),
            INTERRUPTED,
        ),
    ]
}

fn redirect() -> Vec<u8> {
    fixtures::faults::answer(307, &[("Location", "/elsewhere")], b"")
}

fn huge(declared: bool) -> Fault {
    Fault::Huge {
        body_bytes: 64 << 20,
        declared,
    }
}

async fn fails_as_expected<T, F>(is_write: bool, call: impl Fn(Client) -> F)
where
    F: Future<Output = Result<T, Error>>,
{
    for (name, fault, expected) in faults() {
        let server = FaultServer::start_with(answer("STA-100"), fault);
        let Err(error) = call(client(&server.base_url(), TRIES)).await else {
            panic!("{name}: succeeded")
        };
        let report = error.report();
        let found = (report.kind, report.code.as_deref(), report.outcome);
        assert_eq!(
            found,
            (expected.kind, expected.code, expected.outcome),
            "{name}: {error:?}"
        );
        let tries = if expected.passing && !is_write {
            TRIES as usize
        } else {
            1
        };
        assert_eq!(
            server.requests(),
            tries,
            "{name}: requests that the server saw"
        );
    }
    let Err(error) = call(client(&refused_url(), TRIES)).await else {
        panic!("refused: succeeded")
    };
    let report = error.report();
    assert_eq!(
        (report.kind, report.code.as_deref()),
        ("transport", Some("connect"))
    );
    assert_eq!(error.outcome(), Outcome::NotDone);
}

#[tokio::test]
async fn create_supplier_pays_order() {
    fails_as_expected(true, |client| async move {
        client.create_supplier_pays_order(&order()).await
    })
    .await;
}

#[tokio::test]
async fn list_counties() {
    fails_as_expected(false, |client| async move { client.list_counties().await }).await;
}

#[tokio::test]
async fn check_access() {
    fails_as_expected(false, |client| async move { client.check_access().await }).await;
}

/// The connection is cut after every single byte of the answer, by closing and by resetting: the
/// order is sent once each time, and its outcome is never taken for known.
#[tokio::test]
async fn an_order_cut_at_every_byte_stays_unknown_and_is_sent_once() {
    let whole = answer("STA-100");
    let cuts = (0..whole.len()).flat_map(|at| [Fault::CloseAt(at), Fault::ResetAt(at)]);
    let cuts: Vec<_> = cuts.collect();
    let server = FaultServer::start_with(whole, Fault::Script(cuts.clone()));
    let client = client(&server.base_url(), TRIES);
    for (sent, cut) in cuts.iter().enumerate() {
        let error = client
            .create_supplier_pays_order(&order())
            .await
            .unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{cut:?}");
        assert_eq!(server.requests(), sent + 1, "{cut:?}");
    }
}

#[tokio::test]
async fn an_invalid_order_opens_no_connection() {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let mut order = order();
    order.lines.clear();
    let error = client(&server.base_url(), TRIES)
        .create_supplier_pays_order(&order)
        .await;
    assert_eq!(error.unwrap_err().outcome(), Outcome::NotDone);
    assert_eq!((server.connections(), server.requests()), (0, 0));
}
