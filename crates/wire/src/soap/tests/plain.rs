//! Plain elements are read in one step, and read the same as in three.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// All that is read of an answer.
#[derive(Debug, PartialEq)]
struct Seen {
    rows: Vec<(String, BTreeMap<String, Option<String>>)>,
    result: Result<BTreeMap<String, BTreeMap<String, Option<String>>>, Unreadable>,
}

fn seen(text: &str) -> Result<Seen, Unreadable> {
    let mut rows = Vec::new();
    let answer = read(text, CALL, |row| {
        let name = row.name().to_owned();
        rows.push((name, row.read()?.0));
        Ok(())
    })?;
    let Contents::Result(document) = answer else {
        panic!("a fault")
    };
    let result = document.read().map(|(result, _)| result);
    Ok(Seen { rows, result })
}

/// Returns an element as it may be in a row or beside a table. `gap` is a blank in its start tag, which
/// changes nothing but that it is not a plain element. `texts` of 40 elements have a text behind them.
fn element(gap: &'static str, texts: u32) -> impl Strategy<Value = Vec<(String, String)>> {
    // One answer in a few is unreadable; of most, every value is compared.
    let name = prop_oneof![
        20 => "[A-Za-z_][A-Za-z0-9_.-]{2,6}",
        1 => Just("şehir".to_owned()),
        1 => Just("schema".to_owned()),
    ];
    let text = prop_oneof![
        20 => "[ -%'-;=-~çğş\n\t]{0,12}",
        10 => "[a>;/!\r\n -]{0,8}",
        3 => Just("a &amp; &#x131;".to_owned()),
        3 => Just("<![CDATA[a<b]]>".to_owned()),
        3 => Just("a<!-- b -->c".to_owned()),
        3 => Just("<x>1</x>".to_owned()),
        1 => Just("&".to_owned()),
        1 => Just("a</b>".to_owned()),
    ];
    let between = prop_oneof![
        20 => Just(""),
        10 => Just("\r\n  "),
        5 => Just("<!-- -->"),
        5 => Just("<Bos/>"),
        texts => Just("x"),
    ];
    let whole = (name, text, between).prop_map(move |(name, text, between)| {
        let with = |gap: &str| format!("<{name}{gap}>{text}</{name}>{between}");
        (with(""), with(gap))
    });
    proptest::collection::vec(whole, 0..5)
}

proptest! {
    #[test]
    fn a_plain_element_is_read_as_any_other(columns in element(" ", 1), beside in element("\n", 10)) {
        let join = |pieces: Vec<String>| pieces.concat();
        let (plain, other): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let (plain_beside, other_beside): (Vec<_>, Vec<_>) = beside.into_iter().unzip();
        let text = |columns: String, beside: String| answer(&format!(
            "<DT><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><Set xmlns=\"\">\
             <Bos/><Satir>{columns}</Satir><Satir d:id=\"1\">{columns}</Satir></Set></d:diffgram></DT>{beside}"
        ));
        prop_assert_eq!(
            seen(&text(join(plain), join(plain_beside))),
            seen(&text(join(other), join(other_beside)))
        );
    }
}

#[test]
fn an_element_without_contents_ends_before_its_neighbour() {
    let text = answer(
        "<DT><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><Set xmlns=\"\">\
         <A/><B><x>1</x><y/><z>2</z></B><C><x>3</x></C></Set></d:diffgram></DT>",
    );
    let rows = seen(&text).unwrap().rows;
    let rows: Vec<_> = rows
        .iter()
        .map(|(name, columns)| {
            let columns = columns
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_deref()));
            (name.as_str(), columns.collect::<Vec<_>>())
        })
        .collect();
    let expected = [
        ("A", vec![]),
        (
            "B",
            vec![("x", Some("1")), ("y", Some("")), ("z", Some("2"))],
        ),
        ("C", vec![("x", Some("3"))]),
    ];
    assert_eq!(rows, expected);
}

#[derive(Debug, Deserialize, PartialEq)]
struct Found {
    #[serde(rename = "ListResult")]
    result: Inside,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Inside {
    a: Option<String>,
    schema: String,
    c: String,
}

#[test]
fn a_prefix_in_force_and_a_declaration_inside_are_told_apart() {
    // `xmlns` ends with its element, the prefix of the row is that of the service.
    let text = answer(
        "<a xmlns=\"http://www.w3.org/2001/XMLSchema\"><schema>1</schema></a>\
         <schema>2</schema><b xmlns:q=\"urn:q\"><q:c>3</q:c></b><c>4</c>",
    );
    let Contents::Result(document) = read(&text, CALL, |_| Ok(())).unwrap() else {
        panic!("a fault")
    };
    let (found, _) = document.read::<Found>().unwrap();
    let expected = Inside {
        a: None,
        schema: "2".to_owned(),
        c: "4".to_owned(),
    };
    assert_eq!(found.result, expected);
}
