//! Secrets in every notation that a call can have them in.

use super::*;

const CARD: &str = "4546711234567894";
const KEY: &str = "0c13d406-873b-403b";

fn redaction() -> Redaction {
    let login = [KEY, "Test", "şifre+/=Ğ"];
    Redaction::of(login.into_iter().map(str::to_owned))
}

fn shown(text: &str) -> String {
    redaction().text(text).into_owned()
}

#[test]
fn hides_values_by_their_names_in_every_notation() {
    for (text, expected) in [
        ("<KK_CVC>000</KK_CVC>", "<KK_CVC>[redacted]</KK_CVC>"),
        (
            "<a:Password>x y</a:Password>",
            "<a:Password>[redacted]</a:Password>",
        ),
        ("<KK_CVC></KK_CVC>", "<KK_CVC></KK_CVC>"),
        (
            "<KK_CVC a=\"b\">000</KK_CVC>",
            "<KK_CVC a=\"b\">[redacted]</KK_CVC>",
        ),
        ("<KK_CVC\n>000</KK_CVC>", "<KK_CVC\n>[redacted]</KK_CVC>"),
        (
            "<KK_CVC><![CDATA[000]]></KK_CVC>",
            "<KK_CVC>[redacted]</KK_CVC>",
        ),
        (
            "<KK_CVC><!-- a -->000</KK_CVC>",
            "<KK_CVC>[redacted]</KK_CVC>",
        ),
        (
            "<a Password=\"x\" b=\"c\"/>",
            "<a Password=\"[redacted]\" b=\"c\"/>",
        ),
        (
            "&lt;Password&gt;x&lt;/Password&gt;",
            "&lt;Password&gt;[redacted]&lt;/Password&gt;",
        ),
        (
            "%3CPassword%3Ex%3C/Password%3E",
            "%3CPassword%3E[redacted]%3C/Password%3E",
        ),
        (
            r#"{"requestToken": "ab=", "b":1}"#,
            r#"{"requestToken": "[redacted]", "b":1}"#,
        ),
        (
            r#"{"token" : "a\"b", "b":1}"#,
            r#"{"token" : "[redacted]", "b":1}"#,
        ),
        (r#"{"t\u006fken":"ab"}"#, r#"{"t\u006fken":"[redacted]"}"#),
        (r#"{"token":12,"b":1}"#, r#"{"token":[redacted],"b":1}"#),
        (r#"{"token":["a","b"]}"#, r#"{"token":[redacted]]}"#),
        (r#""{\"Pass\":\"x\"}""#, r#""{\"Pass\":\"[redacted]\"}""#),
        ("a=1&token=abc&b=2", "a=1&token=[redacted]&b=2"),
        ("a=1&t%6Fken=a%26c&b=2", "a=1&t%6Fken=[redacted]&b=2"),
        ("token[0]=abc", "token[0]=[redacted]"),
        ("token=abc def&b", "token=[redacted]&b"),
        ("POST /a?password=x&b=1", "POST /a?password=[redacted]&b=1"),
        (
            "href=\"/a?b=1&amp;sifre=x&amp;c\"",
            "href=\"/a?b=1&amp;sifre=[redacted]&amp;c\"",
        ),
        ("<Tutar>1,00</Tutar>", "<Tutar>1,00</Tutar>"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

/// A text as a client may send it: as it is, or encoded.
fn notations(text: &str) -> Vec<String> {
    let each = |of: fn(u8) -> String| text.bytes().map(of).collect::<String>();
    let letters = |of: fn(char) -> String| text.chars().map(of).collect::<Vec<_>>().concat();
    let percent = each(|byte| format!("%{byte:02x}"));
    vec![
        text.to_owned(),
        text.to_uppercase(),
        percent.replace('%', "%25"),
        percent,
        letters(|letter| format!("&#{};", u32::from(letter))),
        letters(|letter| format!("&#x{:X};", u32::from(letter))),
        letters(|letter| format!("\\u{:04x}", u32::from(letter))),
        format!("{}]]><!-- -->{}", &text[..4], &text[4..]),
    ]
}

#[test]
fn hides_logins_and_cards_in_every_notation() {
    for secret in [CARD, KEY, "şifre+/=Ğ"] {
        for notation in notations(secret) {
            let text = format!("<a>order {notation}!</a>");
            assert_eq!(shown(&text), "<a>order [redacted]!</a>", "{notation}");
        }
    }
    assert_eq!(shown("of 0C13d406-873B-403b! Test"), "of [redacted]! Test");
}

#[test]
fn hides_cards_in_groups_and_nothing_else() {
    for card in [
        "4546 7112 3456 7894",
        "4546-7112-3456-7894",
        "45 46711234567894",
        "4546%207112%203456%207894",
        "4546+7112+3456+7894",
    ] {
        assert_eq!(shown(&format!("1 {card} 2")), "1 [redacted] 2", "{card}");
    }
    for text in [
        "order 4546711234567895",
        // A number of a parcel, a time, and a code of HASO's app.
        "6513417742908",
        "2026-11-28T10:15:11.34+03:00",
        "QR4546711234567894",
        "11111111-2222-3333-4444-555555555555",
        "4546  7112 3456 7894",
    ] {
        assert_eq!(shown(text), text);
    }
}

#[test]
fn a_message_has_no_secret_and_no_end() {
    let long = format!("{}{CARD}{}", "x".repeat(KEPT - 4), "y".repeat(KEPT));
    let headers = [
        ("processKey".to_owned(), "x".to_owned()),
        ("X".to_owned(), long.clone()),
    ];
    let shown = redaction().show(&long, &headers, long.as_bytes());
    assert_eq!(shown.headers[0].1, MARK);
    assert_eq!((shown.headers[1].1.len(), shown.line.len()), (LINE, LINE));
    assert_eq!(shown.body.len(), KEPT);
    assert!(shown.body.ends_with("x[red"));
    assert_eq!(redaction().words(&long).len(), WORDS);
}

#[test]
fn hides_the_texts_of_a_value() {
    let value = serde_json::json!({
        "form": [["TURKPOS_RETVAL_GUID", "x"], ["Siparis_ID", CARD]],
        "Password": "x",
        KEY: [1, null, {"a": format!("<Password>x</Password>{KEY}")}],
    });
    let shown = redaction().value(value);
    let expected = serde_json::json!({
        "form": [["TURKPOS_RETVAL_GUID", MARK], ["Siparis_ID", MARK]],
        "Password": MARK,
        MARK: [1, null, {"a": "<Password>[redacted]</Password>[redacted]"}],
    });
    assert_eq!(shown, expected);
}

#[test]
fn any_text_is_survived() {
    for text in [
        "",
        ">",
        "=",
        ":",
        "\":",
        "<KK_No>",
        "token=",
        "\"token\":\"",
        "ş:ğ=ü>",
        "%",
        "%ş",
        "%c5",
        "&#;",
        "&#1114112;",
        "&;",
        "\\",
        "\\u12",
        "\\uş234",
        "<!--",
        "]]>",
        "\"token\":\"\\",
        "<\u{130}=",
        "password=\"",
        "=\"",
        "%F0%9F",
        "\u{a0}4\u{a0}",
    ] {
        shown(text);
    }
}
