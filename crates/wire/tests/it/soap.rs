//! Tables that differ from their documentation without end.

use kervan_core::{Drift, Reason};
use kervan_wire::soap::{self, Call, Contents, Rows};
use serde::Deserialize;

/// The rows of a table without end; fewer where the code is not optimised.
const MANY: usize = if cfg!(debug_assertions) {
    25_000
} else {
    200_000
};

const CALL: Call = Call::new("https://shop.example/", "List");

#[derive(Deserialize)]
struct Seller {
    #[serde(rename = "ID")]
    _id: Option<String>,
    #[serde(rename = "Ad")]
    _name: Option<String>,
}

fn table(name: &str, rows: &str) -> String {
    format!(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>\
         <ListResponse xmlns=\"https://shop.example/\"><{name}>\
         <d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><N>{rows}</N></d:diffgram>\
         </{name}></ListResponse></e:Body></e:Envelope>"
    )
}

fn read(text: &str) -> (usize, Drift) {
    let mut rows: Rows<Seller> = Rows::default();
    let answer = soap::read(text, CALL, |row| rows.push(row)).unwrap();
    assert!(matches!(answer, Contents::Result(_)));
    let (rows, drift) = rows.finish();
    (rows.len(), drift)
}

fn repeated(times: usize, part: impl Fn(usize) -> String) -> String {
    (0..times).map(part).collect::<Vec<_>>().concat()
}

#[test]
fn a_new_column_of_all_rows_is_one() {
    let rows = repeated(MANY, |n| format!("<R><ID>1</ID><x>{n}</x></R>"));
    let text = table("T", &rows);
    let (rows, drift) = read(&text);
    assert_eq!(rows, MANY);
    let unread: Vec<_> = drift.unread.iter().map(|unread| &unread.path).collect();
    assert_eq!(unread, ["T[0].x"]);
    assert_eq!(drift.absent, ["T[0].Ad"]);
    assert_eq!(drift.more, 0);
}

#[test]
fn a_new_column_in_each_row_leaves_a_hundred() {
    let rows = repeated(MANY, |n| format!("<R><ID>1</ID><x{n}>a</x{n}></R>"));
    let (rows, drift) = read(&table("T", &rows));
    assert_eq!(rows, MANY);
    assert_eq!((drift.unread.len(), drift.more), (100, MANY - 100));
    assert_eq!(drift.unread[99].path, "T[99].x99");
}

#[test]
fn long_names_and_values_are_not_kept() {
    let name = "T".repeat(2 << 20);
    let long = "v".repeat(1 << 20);
    let first = format!("<R><ID>1</ID><x>{long}</x></R>");
    let rows = first + &"<R><ID>1</ID><y/></R>".repeat(MANY / 2);
    let (rows, drift) = read(&table(&name, &rows));
    assert_eq!((rows, drift.unread.len()), (MANY / 2 + 1, 2));
    assert_eq!(drift.unread[0].path, format!("{}…[0].x", "T".repeat(63)));
    assert_eq!(drift.unread[0].value.as_str(), "…");
}

#[test]
fn a_column_is_absent_only_when_no_row_has_it() {
    let drift = |rows: &str| read(&table("T", rows)).1.absent;
    assert_eq!(drift("<R><ID>1</ID></R><R><Ad>a</Ad></R>"), [""; 0]);
    assert_eq!(drift("<R><ID>1</ID></R><R></R>"), ["T[0].Ad"]);
    assert_eq!(drift("<R><ID>1</ID><Ad>a</Ad></R><R></R>"), [""; 0]);
}

#[test]
fn an_envelope_with_a_long_name_is_none() {
    let read = |name: &str| {
        let text = table("X", "").replace("<X>", &format!("<{name}><Sonuc>1</Sonuc></{name}><X>"));
        match soap::read(&text, CALL, |_| Ok(())).unwrap() {
            Contents::Result(document) => document.around("Sonuc", None).map(|_| ()),
            Contents::Fault(_) => panic!("a fault"),
        }
    };
    assert_eq!(read(&"x".repeat(64)), Ok(()));
    assert_eq!(
        read(&"x".repeat(65)).unwrap_err().reason(),
        &Reason::Missing
    );
}
