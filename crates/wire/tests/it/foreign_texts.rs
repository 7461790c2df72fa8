//! Texts of a provider: credentials in them are hidden wherever they are read.

use kervan_core::{Answer, Drift, ForeignText, Personal, Reply, Scrub};
use kervan_wire::json;
use kervan_wire::soap::{self, Call, Contents, Rows};
use serde::Deserialize;

/// The settings of a client whose key is `secret-key`.
struct Login;

impl Scrub for Login {
    fn scrub(&self, text: &str) -> String {
        text.replace("secret-key", "[redacted]")
    }
}

#[derive(Debug, Deserialize)]
struct Told {
    #[serde(rename = "Mesaj")]
    message: ForeignText,
    #[serde(rename = "Ad")]
    name: Personal,
    #[serde(rename = "Alt")]
    inner: Option<Box<Told>>,
}

const TOLD: &str = r#"{"Kod":"1","Mesaj":"no secret-key","Ad":"secret-key","Alt":{"Kod":"2","Mesaj":"secret-key",
    "Ad":"x"},"secret-key":"a secret-key"}"#;

fn reply(body: &str) -> Reply {
    Reply::new(200, Vec::new(), body.as_bytes().to_vec())
}

#[test]
fn are_hidden_at_any_depth_and_personal_data_is_not() {
    let reply = reply(TOLD);
    let body = json::body_text(&reply).unwrap().scrubbed_by(&Login);
    let (told, drift) = body.parse().unwrap().read::<Told>().unwrap();
    assert_eq!(told.message.as_str(), "no [redacted]");
    assert_eq!(told.name.as_str(), "secret-key");
    assert_eq!(told.inner.unwrap().message.as_str(), "[redacted]");
    let unread: Vec<_> = drift
        .unread
        .iter()
        .map(|it| (it.path.as_str(), it.value.as_str()))
        .collect();
    assert_eq!(
        unread,
        [
            ("Kod", r#""1""#),
            ("Alt.Kod", r#""2""#),
            ("[redacted]", r#""a [redacted]""#),
        ]
    );
}

#[test]
fn are_kept_where_nobody_says_what_to_hide() {
    let reply = reply(TOLD);
    let body = json::body_text(&reply).unwrap();
    let (told, _) = body.parse().unwrap().read::<Told>().unwrap();
    assert_eq!(told.message.as_str(), "no secret-key");
}

#[test]
fn are_hidden_in_the_rows_of_a_table() {
    const CALL: Call = Call::new("https://shop.example/", "List");
    let envelope = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>\
         <ListResponse xmlns=\"https://shop.example/\"><ListResult><DT><d:diffgram \
         xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><Set xmlns=\"\">\
         <Row><Mesaj>secret-key!</Mesaj><Ad>secret-key</Ad></Row>\
         <Row><Mesaj>x</Mesaj><Ad>y</Ad><secret-key>a secret-key</secret-key></Row></Set></d:diffgram></DT>\
         <Mesaj>secret-key?</Mesaj></ListResult></ListResponse></e:Body></e:Envelope>";
    let reply = reply(envelope);
    let mut rows: Rows<Told> = Rows::default();
    let body = soap::body_text(&reply).unwrap().scrubbed_by(&Login);
    let Contents::Result(document) = body.read(CALL, |row| rows.push(row)).unwrap() else {
        panic!("a fault");
    };
    let (rows, in_rows) = rows.finish();
    let unread = &in_rows.unread[0];
    assert_eq!(unread.path, "DT[1].[redacted]");
    assert_eq!(unread.value.as_str(), "a [redacted]");
    assert_eq!(rows[0].message.as_str(), "[redacted]!");
    assert_eq!(rows[0].name.as_str(), "secret-key");
    let (_, drift) = document.read::<Nothing>().unwrap();
    assert_eq!(drift.unread.len(), 1);
    assert!(!drift.unread[0].value.as_str().contains("secret-key"));
}

#[derive(Debug, Deserialize)]
struct Nothing {}

#[test]
fn are_read_back_from_where_they_are_stored() {
    let text = ForeignText::new("no secret-key", &Login);
    let stored = serde_json::to_string(&text).unwrap();
    assert_eq!(stored, r#""no [redacted]""#);
    assert_eq!(serde_json::from_str::<ForeignText>(&stored).unwrap(), text);
    assert_eq!(format!("{text:?}"), "[redacted]");
}

#[derive(Debug, Deserialize, PartialEq)]
struct Named {
    #[serde(rename = "Ad")]
    name: String,
}

/// Reads an answer of which the code was read before.
fn read_after_the_code(body: &str) -> (Named, Drift) {
    let reply = reply(body);
    let body = json::body_text(&reply).unwrap();
    let document = body.parse().unwrap().read_before(&["Kod", "Mesaj"]);
    document.read().unwrap()
}

#[test]
fn members_that_were_read_before_are_no_drift() {
    let (_, drift) = read_after_the_code(r#"{"Kod":"1","Ad":"a","Mesaj":"x"}"#);
    assert_eq!(drift, Drift::default());
    let (_, drift) = read_after_the_code(r#"{"Kod":"1","Ad":"a","Not":"x"}"#);
    assert_eq!(drift.absent, ["Mesaj"]);
    assert_eq!(drift.unread[0].path, "Not");
}

#[test]
fn members_that_were_read_before_are_only_those_of_the_outermost_object() {
    #[derive(Debug, Deserialize)]
    struct Outer {
        #[serde(rename = "Ic")]
        _inner: Named,
    }
    let reply = reply(r#"{"Kod":"1","Mesaj":"x","Ic":{"Ad":"a","Kod":"2"}}"#);
    let body = json::body_text(&reply).unwrap();
    let document = body.parse().unwrap().read_before(&["Kod", "Mesaj"]);
    let (_, drift) = document.read::<Outer>().unwrap();
    assert_eq!(drift.unread.len(), 1);
    assert_eq!(drift.unread[0].path, "Ic.Kod");
}

#[test]
fn a_type_with_a_field_for_it_reads_it_all_the_same() {
    let reply = reply(r#"{"Ad":"a"}"#);
    let body = json::body_text(&reply).unwrap();
    let document = body.parse().unwrap().read_before(&["Ad"]);
    let (named, drift) = document.read::<Named>().unwrap();
    assert_eq!((named.name.as_str(), drift), ("a", Drift::default()));
}

#[test]
fn an_answer_keeps_message_and_drift_when_its_value_changes() {
    let mut drift = Drift::default();
    drift.note_unread(|| "Not".to_owned(), "x");
    let message = Some(ForeignText::as_it_is("tamam"));
    let answer = Answer::new(7, drift.clone()).message(message.clone());
    let text = answer.map(|number| number.to_string());
    assert_eq!(
        (text.as_str(), &text.message, &text.drift),
        ("7", &message, &drift)
    );
    let parsed = text.try_map(|text| text.parse::<u8>()).unwrap();
    assert_eq!((parsed.value, &parsed.message), (7, &message));
    assert!(parsed.try_map(|_| Err::<(), _>("no")).is_err());
}

#[test]
fn an_answer_may_lack_fields_by_their_last_name() {
    let drift = serde_json::from_str(r#"{"absent":["R.A","R.B[0].C","A.D"]}"#).unwrap();
    let answer = Answer::new((), drift).may_lack(&["A", "C"]);
    assert_eq!(answer.drift.absent, ["A.D"]);
}
