//! Answers that differ without end, answers of which a part has no form, and stored requests.

use std::collections::BTreeMap;

use kervan_core::error::Unreadable;
use kervan_core::{Drift, Reason, Reply};
use kervan_wire::json;
use kervan_wire::tree::MAX_DEPTH;
use serde::Deserialize;

/// The length of a body without end: the longest that is read without being told otherwise, and an
/// eighth of it where the code is not optimised. `cargo xtask nightly` runs the whole length.
const LONGEST: usize = if cfg!(debug_assertions) {
    1 << 20
} else {
    8 << 20
};

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(rename = "Kod")]
    code: Option<String>,
    #[serde(rename = "Satir", default)]
    rows: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    #[serde(rename = "Ad")]
    _name: Option<String>,
    #[serde(rename = "No")]
    number: Option<u8>,
}

fn read(text: &str) -> Result<(Answer, Drift), Unreadable> {
    json::parse(text)?.read()
}

/// Returns a body that repeats a part as often as it fits.
fn filled(before: &str, part: impl Fn(usize) -> String, after: &str) -> String {
    let mut text = before.to_owned();
    let mut count = 0;
    while text.len() + 64 < LONGEST {
        text.push_str(&part(count));
        count += 1;
    }
    text.pop();
    text + after
}

fn assert_small(drift: &Drift) {
    assert!(drift.unread.len() <= 100 && drift.absent.len() <= 100);
    let values: usize = drift.unread.iter().map(|u| u.value.as_str().len()).sum();
    assert!(values <= 64 << 10, "{values}");
    let unread = drift.unread.iter().map(|unread| &unread.path);
    let longest = unread.chain(&drift.absent).map(|path| path.chars().count());
    assert!(longest.max().unwrap_or_default() <= 300);
    assert!(format!("{drift:?}").len() <= 100_000);
}

#[test]
fn a_body_of_new_fields_leaves_a_hundred_of_them() {
    let body = filled(r#"{"Kod":"1","#, |n| format!("\"f{n}\":{n},"), "}");
    let (answer, drift) = read(&body).unwrap();
    assert_eq!(answer.code.as_deref(), Some("1"));
    assert_small(&drift);
    assert_eq!((drift.unread.len(), drift.absent.len()), (100, 1));
    assert!(drift.more > LONGEST / 100, "{}", drift.more);
    assert_eq!(drift.unread[99].path, "f99");
}

#[test]
fn a_doubled_new_field_is_one() {
    let body = filled(r#"{"Kod":"1","#, |_| "\"x\":1,".to_owned(), "}");
    let (_, drift) = read(&body).unwrap();
    assert_eq!((drift.unread.len(), drift.more), (1, 0));
}

#[test]
fn what_all_rows_have_or_lack_is_noted_once() {
    let body = filled(
        r#"{"Kod":"1","Satir":["#,
        |n| format!("{{\"x\":{n}}},"),
        "]}",
    );
    let (answer, drift) = read(&body).unwrap();
    assert!(answer.rows.len() > LONGEST / 20);
    assert_small(&drift);
    let unread: Vec<_> = drift.unread.iter().map(|unread| &unread.path).collect();
    assert_eq!(unread, ["Satir[0].x"]);
    assert_eq!(drift.absent, ["Satir[0].Ad", "Satir[0].No"]);
    assert_eq!(drift.more, 0);
}

#[test]
fn a_later_row_notes_what_the_first_did_not() {
    let text = r#"{"Kod":"1","Satir":[{"Ad":"a","No":1},{"Ad":"b","x":1},{"x":2,"y":3}]}"#;
    let (_, drift) = read(text).unwrap();
    let unread: Vec<_> = drift.unread.iter().map(|unread| &unread.path).collect();
    assert_eq!(unread, ["Satir[1].x", "Satir[2].y"]);
    assert_eq!(drift.absent, ["Satir[1].No", "Satir[2].Ad"]);
}

#[test]
fn a_long_value_is_not_kept() {
    let long = "x".repeat(LONGEST - 100);
    let (_, drift) = read(&format!(r#"{{"Kod":"1","a":"{long}","b":"c"}}"#)).unwrap();
    assert_small(&drift);
    let values: Vec<_> = drift.unread.iter().map(|u| u.value.as_str()).collect();
    assert_eq!(values, ["…", "\"c\""]);
}

#[test]
fn a_long_name_is_cut_and_no_envelope() {
    let long = "x".repeat(2 << 20);
    let (_, drift) = read(&format!(r#"{{"Kod":"1","{long}":1}}"#)).unwrap();
    assert_eq!(drift.unread[0].path, "…");

    let envelope = |name: &str, inside: &str| {
        let text = format!(r#"{{"{name}":{{"Kod":"1"{inside}}}}}"#);
        let document = json::parse(&text)?.around("Kod", Some("response"))?;
        document.read::<Answer>()
    };
    let (_, drift) = envelope(&"x".repeat(64), ",\"y\":1").unwrap();
    assert_eq!(drift.unread[0].path, format!("{}.y", "x".repeat(64)));
    let error = envelope(&"x".repeat(65), "").unwrap_err();
    assert_eq!(error, Unreadable::at("Kod", Reason::Missing));
    let doubled = ",\"y\":1".repeat(1 << 19);
    assert!(envelope(&long, &doubled).is_err());
    let (_, drift) = envelope("response", &doubled).unwrap();
    assert_eq!((drift.unread.len(), drift.more), (1, 0));
}

#[test]
fn an_envelope_has_few_neighbours() {
    let text = filled(r#"{"r":{"Kod":"1"},"#, |n| format!("\"f{n}\":{n},"), "}");
    let document = json::parse(&text).unwrap().around("Kod", Some("r"));
    let (_, drift) = document.unwrap().read::<Answer>().unwrap();
    assert_small(&drift);
    assert!(drift.more > LONGEST / 100);
}

#[test]
fn names_are_shown_without_control_characters() {
    let text = "{\"Kod\":\"1\",\"a\\u001b[2J\\n\\u202e\":1}";
    let (_, drift) = read(text).unwrap();
    assert_eq!(drift.unread[0].path, "a\u{fffd}[2J\u{fffd}\u{fffd}");
    let map: Result<(BTreeMap<String, u8>, _), _> =
        json::parse("{\"a\\nb\":\"x\"}").unwrap().read();
    assert_eq!(map.unwrap_err().path(), "a\u{fffd}b");
}

#[test]
fn what_nobody_reads_may_hold_anything() {
    let nested = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    for strange in [r#""\ud800""#, r#"{"\udfff":1}"#, &nested, "1e999", "{}"] {
        let text = format!(r#"{{"Kod":"1","neu":{strange},"\ud800":2}}"#);
        let (answer, drift) = read(&text).unwrap();
        assert_eq!(answer.code.as_deref(), Some("1"), "{strange}");
        assert_eq!(drift.unread[0].value.as_str(), strange);
        assert_eq!(drift.unread.len(), 2);
    }
    let error = read(r#"{"Kod":"\ud800"}"#).unwrap_err();
    assert_eq!(error, Unreadable::at("Kod", Reason::Malformed));
    let error = read(r#"{"Kod":"1","Kod":"2"}"#).unwrap_err();
    assert_eq!(error, Unreadable::at("Kod", Reason::Twice));
}

#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Nested(#[expect(dead_code, reason = "filled only")] Vec<Nested>);

#[test]
fn nesting_is_read_to_its_limit_and_no_deeper() {
    let read = |depth: usize| {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        let read = json::parse(&text)?.read::<Nested>();
        read.map(|_| ())
    };
    assert_eq!(MAX_DEPTH, 32);
    assert_eq!(read(32), Ok(()));
    let error = read(33).unwrap_err();
    assert_eq!(error.reason(), &Reason::TooDeep);
}

#[test]
fn a_float_is_finite_and_a_large_number_exact() {
    #[derive(Debug, Deserialize)]
    struct Numbers {
        float: f64,
        large: u128,
    }
    let read = |float: &str| {
        let text =
            format!(r#"{{"float":{float},"large":340282366920938463463374607431768211455}}"#);
        let read = json::parse(&text)?.read::<Numbers>();
        read.map(|(numbers, _)| numbers)
    };
    for none in ["\"NaN\"", "\"inf\"", "\"-Infinity\"", "1e999"] {
        let error = read(none).unwrap_err();
        assert_eq!(
            (error.path(), error.reason().name()),
            ("float", "unexpected")
        );
    }
    let numbers = read("\" 1.5 \"").unwrap();
    assert_eq!(numbers.float.to_bits(), 1.5_f64.to_bits());
    assert_eq!(numbers.large, u128::MAX);
}

#[test]
fn blanks_around_digits_do_not_matter() {
    let text = r#"{"Satir":{"No":" 7\n"}}"#;
    assert_eq!(read(text).unwrap().0.rows[0].number, Some(7));
}

#[test]
fn a_declared_charset_wins_over_bytes_that_look_like_utf_8() {
    let reply = |content_type: &str, body: &[u8]| {
        let header = ("content-type".to_owned(), content_type.to_owned());
        Reply::new(200, vec![header], body.to_vec())
    };
    let code = |reply: &Reply| json::decode::<Answer>(reply).unwrap().0.code;
    let bytes = b"{\"Kod\":\"\xc3\xbe\"}";
    let declared = reply("application/json; charset=iso-8859-9", bytes);
    assert_eq!(code(&declared).as_deref(), Some("Ã¾"));
    let utf_8 = reply("application/json", bytes);
    assert_eq!(code(&utf_8).as_deref(), Some("þ"));
    let marked = reply("application/json", b"\xef\xbb\xbf{\"Kod\":\"1\"}");
    assert_eq!(code(&marked).as_deref(), Some("1"));
}

#[derive(Debug, Deserialize, PartialEq)]
struct Order {
    number: String,
    parcels: Vec<Parcel>,
    to: Target,
    note: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Parcel {
    weight: String,
    count: u64,
}

#[derive(Debug, Deserialize, PartialEq)]
enum Target {
    #[serde(rename = "depot")]
    Depot,
    #[serde(rename = "delivery")]
    Delivery { street: String, door: Option<u8> },
    #[serde(rename = "branch")]
    Branch(Parcel),
}

fn stored(to: &str, more: &str) -> String {
    format!(
        r#"{{"number":"A1","parcels":[{{"weight":"1.50","count":18446744073709551615}}],"to":{to}{more}}}"#
    )
}

#[test]
fn a_stored_request_is_read_with_its_variants() {
    let to = |text: &str| {
        json::from_stored::<Order>(&stored(text, ""))
            .map(|order| order.to)
            .map_err(|error| (error.path().to_owned(), error.reason().name()))
    };
    assert_eq!(to("\"depot\""), Ok(Target::Depot));
    assert_eq!(to("{\"depot\":null}"), Ok(Target::Depot));
    let street = "Çiçek".to_owned();
    let delivery = Target::Delivery {
        street,
        door: Some(3),
    };
    assert_eq!(
        to(r#"{"delivery":{"street":"Çiçek","door":3}}"#),
        Ok(delivery)
    );
    let weight = "2".to_owned();
    let branch = Target::Branch(Parcel { weight, count: 1 });
    assert_eq!(to(r#"{"branch":{"weight":2,"count":"1"}}"#), Ok(branch));

    let error = |path: &str, reason| Err((path.to_owned(), reason));
    assert_eq!(
        to(r#"{"delivery":{}}"#),
        error("to.delivery.street", "missing")
    );
    assert_eq!(
        to(r#"{"delivery":{"street":"a","floor":1}}"#),
        error("to.delivery.floor", "unexpected")
    );
    assert_eq!(
        to(r#"{"branch":{"weight":[],"count":1}}"#),
        error("to.branch.weight", "unexpected")
    );
    for bad in [
        "\"delivery\"",
        "\"nowhere\"",
        "{}",
        "[]",
        "{\"depot\":1}",
        "7",
    ] {
        let found = to(bad).unwrap_err();
        assert!(
            found.0.starts_with("to") && found.1 == "unexpected",
            "{bad}: {found:?}"
        );
    }
    let both = r#"{"depot":null,"branch":{"weight":"1","count":1}}"#;
    assert_eq!(to(both), error("to", "unexpected"));
}

#[test]
fn a_stored_request_is_read_whole_or_not_at_all() {
    let order: Order = json::from_stored(&stored("\"depot\"", ",\"note\":null")).unwrap();
    assert_eq!((order.parcels[0].count, order.note), (u64::MAX, None));
    let error = |text: &str| {
        let error = json::from_stored::<Order>(text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("gizli"), "{error:?}");
        (error.path().to_owned(), error.reason().clone())
    };
    let unknown = Reason::Unexpected("a known field".into());
    assert_eq!(
        error(&stored("\"depot\"", ",\"notiz\":\"gizli\"")),
        ("notiz".to_owned(), unknown.clone())
    );
    let text = stored("\"depot\"", "");
    assert_eq!(
        error(
            &text
                .replace("\"count\"", "\"gizli\":1,\"count\"")
                .replace("gizli", "neu")
        ),
        ("parcels[0].neu".to_owned(), unknown)
    );
    assert_eq!(
        error(&text.replace("\"number\":\"A1\",", "")),
        ("number".to_owned(), Reason::Missing)
    );
    assert_eq!(
        error(&stored("\"depot\"", ",\"number\":\"gizli\"")),
        ("number".to_owned(), Reason::Twice)
    );
    assert_eq!(
        error(&text.replace("18446744073709551615", "\"gizli\"")).0,
        "parcels[0].count"
    );
    assert_eq!(error("{").1, Reason::CutOff);
    let doubled = json::from_stored::<BTreeMap<String, u8>>(r#"{"a":1,"a":2}"#).unwrap_err();
    assert_eq!(doubled, Unreadable::at("a", Reason::Twice));
}
