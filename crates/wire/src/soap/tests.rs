//! Requests, answers, faults, tables, and input that means harm.

mod odd;
mod plain;

use proptest::prelude::*;
use serde::Deserialize;

use super::call::SOAP_1_2;
use super::*;
use crate::tree::Drift;
use kervan_core::Personal;

const CALL: Call = Call::new("https://shop.example/", "List");

fn list(note: &str) -> Element {
    let login = Element::parent("G", vec![Element::text("CODE", "1")]);
    let list = Element::parent("List", vec![login, Element::text("Not", note)]);
    list.in_namespace("https://shop.example/")
}

#[derive(Debug, Deserialize, PartialEq)]
struct WireAnswer {
    #[serde(rename = "ListResult")]
    result: WireResult,
}

#[derive(Debug, Deserialize, PartialEq)]
struct WireResult {
    #[serde(rename = "Sonuc")]
    code: i32,
    #[serde(rename = "Sonuc_Str")]
    message: Option<String>,
    #[serde(rename = "Anahtar")]
    key: Option<String>,
    #[serde(rename = "DT_Bilgi")]
    _table: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct WireRow {
    #[serde(rename = "Plaka")]
    plate: u8,
    #[serde(rename = "IL")]
    name: Option<String>,
    #[serde(rename = "Bolge")]
    region: Option<String>,
}

fn envelope(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <soap:Envelope xmlns:soap=\"{SOAP_1_1}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><soap:Body>{inside}</soap:Body></soap:Envelope>"
    )
}

fn answer(inside: &str) -> String {
    envelope(&format!(
        "<ListResponse xmlns=\"https://shop.example/\"><ListResult>{inside}</ListResult></ListResponse>"
    ))
}

type Table = (Vec<WireRow>, Drift);

fn parse(text: &str) -> Result<(WireResult, Drift, Table), Unreadable> {
    let mut rows = Rows::default();
    match read(text, CALL, |row| rows.push(row))? {
        Contents::Result(document) => {
            let (answer, drift): (WireAnswer, _) = document.read()?;
            Ok((answer.result, drift, rows.finish()))
        }
        Contents::Fault(fault) => Err(Unreadable::at(fault.code, Reason::Missing)),
    }
}

fn reason(text: &str) -> (String, &'static str) {
    let error = parse(text).unwrap_err();
    (error.path().to_owned(), error.reason().name())
}

#[test]
fn writes_an_envelope_byte_for_byte() {
    let url = kervan_core::BaseUrl::parse("https://shop.example")
        .unwrap()
        .join("x.asmx")
        .unwrap();
    let request = request(url, CALL, &list("a<b&c ]]> \"ş\"")).unwrap();
    let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
        <soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
        <List xmlns=\"https://shop.example/\"><G><CODE>1</CODE></G>\
        <Not>a&lt;b&amp;c ]]&gt; \"ş\"</Not></List></soap:Body></soap:Envelope>";
    assert_eq!(String::from_utf8(request.body).unwrap(), expected);
    let headers: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (*name, value.expose()))
        .collect();
    let action = "\"https://shop.example/List\"";
    assert_eq!(
        headers,
        [
            ("Content-Type", "text/xml; charset=utf-8"),
            ("SOAPAction", action)
        ]
    );
}

#[test]
fn refuses_what_xml_would_change_or_lose() {
    for text in ["\0", "\u{b}", "\r\n", "\u{1b}", "\u{fffe}", "\u{ffff}"] {
        assert_eq!(
            encode(&list(text)),
            Err(EncodeError::Value("body")),
            "{text:?}"
        );
        assert!(!can_carry(text));
    }
}

#[test]
fn reads_any_prefix_type_attributes_and_order() {
    let text = "\u{feff} \r\n<?xml version=\"1.0\"?><s:Envelope \
        xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">\
        <s:Header><x><y/></x></s:Header> <s:Body><!-- note --><n:ListResponse xmlns:n=\"https://shop.example/\">\
        <n:ListResult i:type=\"n:Sonuc\"><n:Sonuc_Str i:type=\"xsd:string\">Ba&#351;ar<![CDATA[ı]]>l&#x131; &amp;</n:Sonuc_Str>\
        <n:Sonuc i:type=\"xsd:int\"> 1 </n:Sonuc></n:ListResult></n:ListResponse></s:Body></s:Envelope>\n";
    let reply = Reply::new(200, Vec::new(), text.as_bytes().to_vec());
    let text = body_text(&reply).unwrap();
    let (result, drift, _) = parse(&text).unwrap();
    assert_eq!(
        (result.code, result.message.as_deref()),
        (1, Some("Başarılı &"))
    );
    assert_eq!(
        drift.absent,
        [
            "ListResponse.ListResult.Anahtar",
            "ListResponse.ListResult.DT_Bilgi"
        ]
    );
}

#[test]
fn tells_missing_empty_and_nil_apart() {
    let key = |inside: &str| {
        let (result, drift, _) = parse(&answer(&format!("<Sonuc>1</Sonuc>{inside}"))).unwrap();
        let absent = drift.absent.iter().any(|path| path.ends_with("Anahtar"));
        (result.key, absent)
    };
    assert_eq!(key(""), (None, true));
    assert_eq!(key("<Anahtar/>"), (Some(String::new()), false));
    assert_eq!(key("<Anahtar></Anahtar>"), (Some(String::new()), false));
    assert_eq!(key("<Anahtar xsi:nil=\"true\"/>"), (None, false));
    assert_eq!(
        key("<Anahtar> a </Anahtar>"),
        (Some(" a ".to_owned()), false)
    );
}

#[test]
fn no_value_beside_a_value_is_unreadable() {
    let key = |value: &str| {
        let inside = format!("<Sonuc>1</Sonuc><Anahtar xsi:nil=\"true\">{value}</Anahtar>");
        parse(&answer(&inside)).map(|(result, ..)| result.key)
    };
    assert_eq!(key(" \n").unwrap(), None);
    for value in ["a", "<b/>"] {
        let error = key(value).unwrap_err();
        assert_eq!(error.path(), "ListResponse.ListResult.Anahtar", "{value}");
    }
}

#[test]
fn tells_an_answer_with_nothing_in_it() {
    let is_blank = |inside: &str| match read(&envelope(inside), CALL, |_| Ok(())).unwrap() {
        Contents::Result(document) => document.is_blank(),
        Contents::Fault(fault) => panic!("{fault:?}"),
    };
    let response = |inside: &str| {
        format!("<ListResponse xmlns=\"https://shop.example/\">{inside}</ListResponse>")
    };
    for inside in ["", " \r\n\t"] {
        assert!(is_blank(&response(inside)), "{inside:?}");
    }
    assert!(is_blank("<ListResponse xmlns=\"https://shop.example/\"/>"));
    for inside in [
        "a",
        "<ListResult/>",
        "<![CDATA[]]>",
        "&#32;",
        "<d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"/>",
    ] {
        assert!(!is_blank(&response(inside)), "{inside}");
    }
}

#[test]
fn honours_a_declared_charset_and_forgives_a_wrong_one() {
    let latin = |declared: &str| {
        let text =
            answer("<Sonuc>1</Sonuc><Sonuc_Str>I@LEM</Sonuc_Str>").replace("utf-8", declared);
        text.into_bytes()
            .into_iter()
            .map(|b| if b == b'@' { 0xde } else { b })
            .collect::<Vec<_>>()
    };
    for declared in ["ISO-8859-9", "windows-1254", "utf-8"] {
        let reply = Reply::new(200, Vec::new(), latin(declared));
        let text = body_text(&reply).unwrap();
        assert_eq!(
            parse(&text).unwrap().0.message.as_deref(),
            Some("IŞLEM"),
            "{declared}"
        );
    }
    let utf16 = answer("<Sonuc>1</Sonuc><Sonuc_Str>ş</Sonuc_Str>").replace("utf-8", "utf-16");
    assert_eq!(parse(&utf16).unwrap().0.message.as_deref(), Some("ş"));
}

#[test]
fn reads_faults_of_both_versions() {
    let old = envelope(
        "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>Object reference</faultstring>\
         <detail><a>1</a></detail></soap:Fault>",
    );
    let new = old
        .replace(SOAP_1_1, SOAP_1_2)
        .replace(
            "<faultcode>soap:Server</faultcode>",
            "<soap:Code><soap:Value>soap:Server</soap:Value></soap:Code>",
        )
        .replace("faultstring>", "soap:Text>")
        .replace("<soap:Text>", "<soap:Reason><soap:Text xml:lang=\"tr\">")
        .replace("</soap:Text>", "</soap:Text></soap:Reason>");
    for text in [old, new] {
        let Contents::Fault(fault) = read(&text, CALL, |_| Ok(())).unwrap() else {
            panic!("no fault in {text}")
        };
        assert_eq!(fault.code, "soap:Server");
        assert_eq!(
            fault.reason.as_ref().map(Personal::as_str),
            Some("Object reference")
        );
        assert!(!format!("{fault:?}").contains("Object"));
    }
}

fn table(rows: &str) -> String {
    answer(&format!(
        "<DT_Bilgi><xs:schema id=\"NewDataSet\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\
         <xs:element name=\"Plaka\" minOccurs=\"0\"/></xs:schema>\
         <d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\" xmlns:m=\"urn:schemas-microsoft-com:xml-msdata\">\
         <d:before><X><Plaka>99</Plaka></X></d:before>{rows}</d:diffgram></DT_Bilgi><Sonuc>1</Sonuc>"
    ))
}

#[test]
fn a_data_set_in_the_namespace_of_the_diffgram_is_unreadable_and_not_empty() {
    let row = "<Temp><Plaka>1</Plaka></Temp>";
    // Its rows would be lost with the blocks that are passed over.
    for set in ["d:NewDataSet", "d:after"] {
        let unreadable = parse(&table(&format!("<{set}>{row}</{set}>"))).unwrap_err();
        assert_eq!(unreadable.path(), "DT_Bilgi", "{set}");
    }
    let errors = table("<d:errors><X/></d:errors><N xmlns=\"\"/>");
    let (_, _, (rows, _)) = parse(&errors).unwrap();
    assert!(rows.is_empty());
}

#[test]
fn reads_rows_under_any_name_and_columns_by_name() {
    let text = table(
        "<NewDataSet xmlns=\"\"><Temp d:id=\"Temp1\" m:rowOrder=\"0\"><Plaka>1</Plaka><IL>ADANA</IL></Temp> \
         <Temp1><IL xml:space=\"preserve\">A&amp;B</IL><Plaka>02</Plaka><Yeni>x</Yeni></Temp1>\
         <Temp><Plaka>3</Plaka><IL/></Temp></NewDataSet>",
    );
    let (result, _, (rows, drift)) = parse(&text).unwrap();
    assert_eq!(result.code, 1);
    let row = |plate, name: &str| WireRow {
        plate,
        name: Some(name.to_owned()),
        region: None,
    };
    assert_eq!(rows, [row(1, "ADANA"), row(2, "A&B"), row(3, "")]);
    // Absent is what no row holds; a column that some rows lack is none.
    assert_eq!(drift.absent, ["DT_Bilgi[0].Bolge"]);
    let unread: Vec<_> = drift
        .unread
        .iter()
        .map(|unread| unread.path.as_str())
        .collect();
    assert_eq!(unread, ["DT_Bilgi[1].Yeni"]);
}

#[test]
fn a_table_may_be_empty_missing_or_bare() {
    for rows in [
        "",
        "<NewDataSet xmlns=\"\"/>",
        "<DocumentElement></DocumentElement>",
    ] {
        assert!(parse(&table(rows)).unwrap().2.0.is_empty(), "{rows}");
    }
    assert!(
        parse(&answer("<DT_Bilgi/><Sonuc>-1</Sonuc>"))
            .unwrap()
            .2
            .0
            .is_empty()
    );
    assert!(parse(&answer("<Sonuc>-1</Sonuc>")).unwrap().2.0.is_empty());
}

#[test]
fn r1_a_table_in_another_shape_is_not_empty() {
    let row = "&lt;T&gt;&lt;Plaka&gt;1&lt;/Plaka&gt;&lt;/T&gt;";
    for rows in [
        row.to_owned(),
        "<![CDATA[<T><Plaka>1</Plaka></T>]]>".to_owned(),
        format!("<N xmlns=\"\">{row}</N>"),
        "<N xmlns=\"\">Liste yok</N>".to_owned(),
        format!("<N xmlns=\"\"><T>{row}</T></N>"),
        "<N xmlns=\"\"><T Plaka=\"1\" IL=\"ADANA\"/></N>".to_owned(),
    ] {
        assert_eq!(
            reason(&table(&rows)),
            ("DT_Bilgi".into(), "unexpected"),
            "{rows}"
        );
    }
    for (columns, path) in [
        ("<Yeni>1</Yeni>", "DT_Bilgi[0]"),
        ("<Tablo><Plaka>1</Plaka></Tablo>", "DT_Bilgi[0]"),
    ] {
        let text = table(&format!("<N xmlns=\"\"><T>{columns}</T></N>"));
        assert_eq!(reason(&text), (path.into(), "unexpected"), "{columns}");
    }
}

#[test]
fn a_bad_column_is_named_with_its_row() {
    let text = table("<N xmlns=\"\"><T><Plaka>1</Plaka></T><T><Plaka>gizli</Plaka></T></N>");
    assert_eq!(reason(&text), ("DT_Bilgi[1].Plaka".into(), "unexpected"));
    let text = table("<N xmlns=\"\"><T><IL>x</IL></T></N>");
    assert_eq!(reason(&text), ("DT_Bilgi[0].Plaka".into(), "missing"));
}

#[test]
fn refuses_what_is_no_answer_of_this_operation() {
    let good = answer("<Sonuc>1</Sonuc>");
    assert!(parse(&good).is_ok());
    let changed = |from: &str, to: &str| reason(&good.replace(from, to)).1;
    assert_eq!(changed("ListResponse", "PayResponse"), "unexpected");
    assert_eq!(
        changed("https://shop.example/", "https://shop.example"),
        "unexpected"
    );
    assert_eq!(changed("soap:Envelope", "soap:Envelop"), "unexpected");
    assert_eq!(changed(SOAP_1_1, "urn:x"), "unexpected");
    assert_eq!(changed("ListResult>", "PayResult>"), "missing");
    assert_eq!(changed("<soap:Body>", "<soap:Body>text"), "unexpected");
    assert_eq!(changed("</soap:Body>", "<x/></soap:Body>"), "unexpected");
    assert_eq!(
        changed("</soap:Envelope>", "</soap:Envelope><x/>"),
        "malformed"
    );
    assert_eq!(
        changed("</soap:Envelope>", "</soap:Envelope>x"),
        "malformed"
    );
    assert_eq!(
        changed(
            "<Sonuc>1</Sonuc>",
            "<Sonuc>1</Sonuc><Anahtar>1</Anahtar><Sonuc>2</Sonuc>"
        ),
        "twice"
    );
    assert_eq!(
        changed("<Sonuc>1</Sonuc>", "<Sonuc>1</Sonuc><Sonuc>2</Sonuc>"),
        "unexpected"
    );
    assert_eq!(reason("<html><body>503</body></html>").1, "page");
    assert_eq!(reason("<!DOCTYPE html><html></html>").1, "page");
    assert_eq!(reason("{}").1, "malformed");
}

#[test]
fn every_cut_is_an_error() {
    let text = table("<N xmlns=\"\"><T><Plaka>1</Plaka><IL>A&amp;B</IL></T></N>");
    for end in 0..text.len() {
        assert!(parse(&text[..end]).is_err(), "cut at {end}");
    }
}

fn repeated(times: usize, text: impl Fn(usize) -> String) -> String {
    (0..times).map(text).collect::<Vec<_>>().concat()
}

#[test]
fn hostile_input_ends_in_a_typed_error() {
    let deep = |depth: usize| answer(&format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)));
    assert_eq!(reason(&deep(100_000)).1, "too_deep");
    let namespaces = repeated(4000, |n| format!(" xmlns:p{n}=\"urn:{n}\""));
    assert_eq!(reason(&answer(&format!("<a{namespaces}/>"))).1, "malformed");
    let attributes = repeated(60_000, |n| format!(" a{n}=\"1\""));
    assert_eq!(
        reason(&answer(&format!("<a{attributes}/>"))),
        ("ListResponse.ListResult.Sonuc".into(), "missing")
    );
    let entities = "<!DOCTYPE x [<!ENTITY a \"b\">]>".to_owned() + &answer("<Sonuc>&a;</Sonuc>");
    assert_eq!(reason(&entities).1, "malformed");
    assert_eq!(reason(&answer("<Sonuc>&a;</Sonuc>")).1, "malformed");
    assert_eq!(reason(&answer("<Sonuc>&#0;</Sonuc>")).1, "malformed");
}

#[derive(Deserialize)]
struct Back {
    #[serde(rename = "Not")]
    note: String,
}

proptest! {
    #[test]
    fn whatever_is_sent_arrives(note in "\\PC{0,40}") {
        prop_assume!(can_carry(&note));
        let body = String::from_utf8(encode(&list(&note)).unwrap()).unwrap();
        // Read by the answer's reader, which shares nothing with the writer.
        let as_answer = body.replace("<List ", "<ListResponse ").replace("</List>", "</ListResponse>");
        let Contents::Result(document) = read(&as_answer, CALL, |_| Ok(())).unwrap() else {
            panic!("a fault")
        };
        prop_assert_eq!(document.read::<Back>().unwrap().0.note, note);
    }

    #[test]
    fn never_panics(text in "[<>/a-z&;\"=!\\[\\]:? -]{0,200}") {
        let _ = parse(&text);
        let _ = parse(&answer(&text));
        let _ = parse(&table(&text));
    }
}

#[test]
fn reads_a_document_without_an_envelope() {
    let text = "<?xml version=\"1.0\" encoding=\"utf-16\"?><QueryResult><Cargo><A>1</A></Cargo></QueryResult>";
    let document = document(text).unwrap();
    assert_eq!(document.name(), Some("QueryResult"));
    let reason = |text| super::document(text).unwrap_err().reason().name();
    assert_eq!(reason("<html><body/></html>"), "page");
    assert_eq!(reason("<a><b></a>"), "malformed");
    assert_eq!(reason("<a><b>"), "cut_off");
    assert_eq!(reason("<a/><b/>"), "malformed");
    assert_eq!(reason(&"<a>".repeat(40)), "too_deep");
}

#[test]
fn a_row_tells_its_own_name() {
    let text = envelope_with(
        "<OpResult><g:diffgram xmlns:g=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><N xmlns=\"\">\
         <Table><A>1</A></Table><Table1><A>2</A></Table1></N></g:diffgram></OpResult>",
    );
    let mut names = Vec::new();
    read(&text, Call::new("urn:x", "Op"), |row| {
        names.push(row.name().to_owned());
        Ok(())
    })
    .unwrap();
    assert_eq!(names, ["Table", "Table1"]);
}

fn envelope_with(result: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
         <OpResponse xmlns=\"urn:x\">{result}</OpResponse></s:Body></s:Envelope>"
    )
}
