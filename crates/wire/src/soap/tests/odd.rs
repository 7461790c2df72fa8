//! Charsets that the bytes contradict, cut letters, and values where no text or table is expected.

use super::*;
use crate::charset;

type Noted = Vec<(String, Form)>;

fn reply(content_type: &str, body: &[u8]) -> Reply {
    let header = ("Content-Type".to_owned(), content_type.to_owned());
    Reply::new(200, vec![header], body.to_vec())
}

fn noted(drift: &Drift) -> Noted {
    let each = drift.tolerated.iter();
    each.map(|value| (value.path.clone(), value.form)).collect()
}

/// Returns the result, its notes, the rows and theirs.
fn read_body(
    content_type: &str,
    body: &[u8],
) -> Result<(WireResult, Noted, Vec<WireRow>, Noted), Unreadable> {
    let reply = reply(content_type, body);
    let body = body_text(&reply)?;
    let mut rows = Rows::default();
    let Contents::Result(document) = body.read(CALL, |row| rows.push(row))? else {
        panic!("a fault")
    };
    let (answer, drift): (WireAnswer, _) = document.read()?;
    let (rows, rows_drift) = rows.finish();
    Ok((answer.result, noted(&drift), rows, noted(&rows_drift)))
}

/// Returns the bytes of an answer in which each `@` is replaced by these.
fn with(bytes: &[u8], text: &str) -> Vec<u8> {
    let parts: Vec<_> = text.split('@').map(str::as_bytes).collect();
    parts.join(bytes)
}

const SUCCESS: &str =
    "<Sonuc>1</Sonuc><Anahtar>7f-1</Anahtar><Sonuc_Str>İŞLEM BAŞARILI</Sonuc_Str>";

#[test]
fn r4_utf_8_that_says_it_is_windows_1254_is_utf_8() {
    let plain = answer(SUCCESS);
    let declaring = |name: &str| plain.replacen("utf-8", name, 1);
    for (content_type, text) in [
        ("text/xml; charset=windows-1254", plain.clone()),
        ("text/xml; charset=\"ISO-8859-9\"", plain.clone()),
        ("text/xml", declaring("windows-1254")),
        ("text/xml; charset=utf-8", declaring("iso-8859-9")),
    ] {
        let (result, drift, ..) = read_body(content_type, text.as_bytes()).unwrap();
        assert_eq!(result.message.as_deref(), Some("İŞLEM BAŞARILI"));
        assert_eq!(drift, [(String::new(), Form::Charset)], "{content_type}");
    }
    // What is declared and true is no drift, and neither is a text without such letters.
    let ascii = answer("<Sonuc>1</Sonuc><Sonuc_Str>ISLEM</Sonuc_Str>");
    let turkish = charset::encode_iso_8859_9(&declaring("windows-1254")).unwrap();
    for (content_type, body) in [
        ("text/xml; charset=utf-8", plain.as_bytes()),
        ("text/xml; charset=windows-1254", ascii.as_bytes()),
        ("text/xml", &turkish),
    ] {
        assert_eq!(
            read_body(content_type, body).unwrap().1,
            [],
            "{content_type}"
        );
    }
}

#[test]
fn r5_a_letter_that_is_cut_costs_that_letter_only() {
    let damaged = |path: &str| (path.to_owned(), Form::DamagedLetter);
    for cut in [&b"\xc5"[..], b"\xc4", b"\xe2\x80", b"\xf0\x9f\x98"] {
        let text = answer(&SUCCESS.replace("BAŞARILI", "BAŞARILI@"));
        let (result, drift, ..) = read_body("text/xml", &with(cut, &text)).unwrap();
        assert_eq!((result.code, result.key.as_deref()), (1, Some("7f-1")));
        assert_eq!(result.message.as_deref(), Some("İŞLEM BAŞARILI\u{fffd}"));
        assert_eq!(drift, [damaged("ListResponse.ListResult.Sonuc_Str")]);
    }
    let text = table(
        "<N xmlns=\"\"><T><Plaka>1</Plaka><IL>AĞRI</IL></T><T><Plaka>63</Plaka><IL>URFA @</IL></T></N>",
    );
    let (result, drift, rows, rows_drift) = read_body("text/xml", &with(b"\xc5", &text)).unwrap();
    assert_eq!((result.code, drift), (1, Vec::new()));
    assert_eq!(
        (rows[1].plate, rows[1].name.as_deref()),
        (63, Some("URFA \u{fffd}"))
    );
    assert_eq!(rows_drift, [damaged("DT_Bilgi[1].IL")]);
}

#[test]
fn r5_a_letter_that_is_cut_in_a_name_is_unreadable() {
    let text = answer(&format!("{SUCCESS}<Tutar@>1</Tutar@>"));
    let error = read_body("text/xml", &with(b"\xc5", &text)).unwrap_err();
    assert_eq!(error.reason(), &Reason::Charset);
}

#[test]
fn a_body_does_not_print_itself() {
    let text = answer(SUCCESS);
    let reply = reply("text/xml", text.as_bytes());
    let body = body_text(&reply).unwrap();
    assert!(!format!("{body:?}").contains("LEM"));
    assert!(body.contains("LEM") && !body.is_misdeclared());
}

#[test]
fn r1_a_table_in_another_shape_is_not_an_empty_one() {
    for rows in [
        "<N xmlns=\"\"><T Plaka=\"1\" IL=\"ADANA\"/></N>",
        "<N xmlns=\"\"><T>1;ADANA</T></N>",
        "<N xmlns=\"\">1;ADANA</N>",
        "<N xmlns=\"\"><![CDATA[<T><Plaka>1</Plaka></T>]]></N>",
        "&lt;T&gt;&lt;Plaka&gt;1&lt;/Plaka&gt;&lt;/T&gt;",
    ] {
        let found = reason(&table(rows));
        assert_eq!(found, ("DT_Bilgi".into(), "unexpected"), "{rows}");
    }
    let nested = table("<N xmlns=\"\"><T><R><Plaka>1</Plaka></R></T></N>");
    assert_eq!(reason(&nested), ("DT_Bilgi[0]".into(), "unexpected"));
}

#[test]
fn r1_an_element_with_attributes_is_not_blank() {
    let read = |inside: &str| {
        let text = envelope(inside);
        match read(&text, CALL, |_| Ok(())).unwrap() {
            Contents::Result(document) => document.is_blank(),
            Contents::Fault(_) => panic!("a fault"),
        }
    };
    let space = "xmlns=\"https://shop.example/\"";
    for blank in ["", " xsi:type=\"x\"", " Adet=\"\""] {
        assert!(read(&format!("<ListResponse {space}{blank}/>")), "{blank}");
    }
    for said in ["Adet=\"2\"", "href=\"#1\""] {
        assert!(!read(&format!("<ListResponse {space} {said}/>")), "{said}");
    }
    // Where a text is expected, it is an empty one; a success is not lost for it.
    let text = answer("<Sonuc>1</Sonuc><Sonuc_Str dil=\"tr\"/>");
    assert_eq!(parse(&text).unwrap().0.message.as_deref(), Some(""));
}
