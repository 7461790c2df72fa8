//! Bodies in `application/x-www-form-urlencoded`, as browsers post them.
//!
//! Anybody can send such a body. Reading caps size and number of fields, keeps repeated fields apart so
//! that none can hide behind another, and guesses nothing about a field's meaning.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

use crate::charset::{self, Charset};
use kervan_core::error::{Reason, Unreadable};

/// The longest body that is read, in bytes.
pub const MAX_BODY: usize = 1024 * 1024;
/// The most fields that a body may have.
pub const MAX_FIELDS: usize = 1024;

/// All but the characters that a form holds unencoded, and the blank, which becomes a plus.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b' ');

/// Writes fields in their order, in UTF-8.
pub fn encode<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        if !body.is_empty() {
            body.push('&');
        }
        push(&mut body, name);
        body.push('=');
        push(&mut body, value);
    }
    body
}

fn push(body: &mut String, text: &str) {
    for part in utf8_percent_encode(text, ESCAPED) {
        // A blank is never part of an escape.
        body.extend(part.chars().map(|c| if c == ' ' { '+' } else { c }));
    }
}

/// The fields of a form in the order received. Prints their number only.
#[derive(Clone, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fields({})", self.0.len())
    }
}

impl Fields {
    /// Reads a body in UTF-8 or Windows-1254; all fields together decide which. A letter that was cut
    /// becomes U+FFFD. A percent sign that begins no escape stays as it is, as in browsers.
    ///
    /// # Errors
    ///
    /// [`Unreadable`]: empty, longer than [`MAX_BODY`], more than [`MAX_FIELDS`] fields, a field that
    /// holds a zero byte, or a body that is not a form and has another content type.
    pub fn parse(content_type: Option<&str>, body: &[u8]) -> Result<Self, Unreadable> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(Unreadable::whole(Reason::Empty));
        }
        if let Some(content_type) = content_type
            && !is_form(content_type)
            && !looks_like_a_form(body)
        {
            let media = shown_media(content_type);
            return Err(Unreadable::whole(Reason::ContentType(media)));
        }
        let parts = || {
            body.split(|&byte| byte == b'&')
                .filter(|part| !part.is_empty())
        };
        if body.len() > MAX_BODY || parts().nth(MAX_FIELDS).is_some() {
            return Err(Unreadable::whole(Reason::TooLarge));
        }
        let raw: Vec<_> = parts().map(name_and_value).collect();
        let texts = || raw.iter().flat_map(|(name, value)| [name, value]);
        let turkish = content_type.is_some_and(charset::declares_turkish);
        let charset = Charset::of(texts().map(Vec::as_slice), turkish);
        let read = |text: &[u8]| {
            if text.contains(&0) {
                return Err(Unreadable::whole(Reason::Charset));
            }
            Ok(charset.decode(text).text.into_owned())
        };
        raw.iter()
            .map(|(name, value)| Ok((read(name)?, read(value)?)))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// All fields, name and value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the value of a field, its name in any letter case.
    ///
    /// # Errors
    ///
    /// [`Reason::Twice`] when the field occurs more than once, whatever its values.
    pub fn one(&self, name: &str) -> Result<Option<&str>, Unreadable> {
        let mut found = self
            .iter()
            .filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let first = found.next();
        if found.next().is_some() {
            return Err(Unreadable::at(name, Reason::Twice));
        }
        Ok(first.map(|(_, value)| value))
    }
}

/// Returns whether a content type is that of a form.
pub fn is_form(content_type: &str) -> bool {
    let media = content_type.split(';').next().unwrap_or_default().trim();
    media.is_empty() || media.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Returns whether a body can be a form, whatever its content type says: a name before an equals sign, and
/// nothing that a browser would have escaped.
pub fn looks_like_a_form(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    body.contains(&b'=')
        && body
            .iter()
            .all(|&byte| byte.is_ascii_graphic() && !b"{}<>\"".contains(&byte))
}

fn name_and_value(part: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let equals = part.iter().position(|&byte| byte == b'=');
    let (name, value) = match equals {
        Some(at) => (&part[..at], &part[at + 1..]),
        None => (part, &[][..]),
    };
    (decoded(name), decoded(value))
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let blanks: Vec<u8> = text
        .iter()
        .map(|&byte| if byte == b'+' { b' ' } else { byte })
        .collect();
    percent_decode(&blanks).collect()
}

/// Returns the media type of a content type, as `multipart/form-data`. Anybody can send one, so it is shown
/// only where it is short and holds nothing else.
fn shown_media(content_type: &str) -> Cow<'static, str> {
    let media = content_type.split(';').next().unwrap_or_default().trim();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/+-._".contains(&byte);
    let is_media = (1..=80).contains(&media.len())
        && media.bytes().all(is_plain)
        && media.split('/').count() == 2;
    if is_media {
        format!("`{}`, which is not read here", media.to_ascii_lowercase()).into()
    } else {
        "not a media type".into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(body: &str) -> Vec<(String, String)> {
        Fields::parse(None, body.as_bytes()).unwrap().0
    }

    #[test]
    fn reads_as_browsers_write() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            read("a=1%2B1+%3D&b&&c=%&=d&e=%C4%B1=%zz"),
            [
                field("a", "1+1 ="),
                field("b", ""),
                field("c", "%"),
                field("", "d"),
                field("e", "ı=%zz")
            ]
        );
        let turkish = Fields::parse(None, b"ad=%DEule&il=\xddzmir").unwrap();
        assert_eq!(turkish.one("AD"), Ok(Some("Şule")));
        assert_eq!(turkish.one("il"), Ok(Some("İzmir")));
        assert_eq!(turkish.one("x"), Ok(None));
    }

    #[test]
    fn r5_a_cut_letter_costs_that_letter_only() {
        let read = read_as(None, b"ad=%C5%9Eule+%C3%96rnek&soyad=Ay%C5&il=%C4%B0zmir").unwrap();
        let values: Vec<_> = read.iter().map(|(_, value)| value).collect();
        assert_eq!(values, ["Şule Örnek", "Ay\u{fffd}", "İzmir"]);
    }

    fn read_as(content_type: Option<&str>, body: &[u8]) -> Result<Fields, Unreadable> {
        Fields::parse(content_type, body)
    }

    #[test]
    fn c2_another_content_type_is_named_unless_the_body_is_a_form() {
        let multipart = b"--x\r\nContent-Disposition: form-data; name=\"md\"\r\n\r\n1\r\n--x--";
        for (content_type, body) in [
            ("multipart/form-data; boundary=x", &multipart[..]),
            ("application/json", b"{\"md\":\"a=b\"}"),
            ("text/xml; charset=utf-8", b"<md a=\"b\"/>"),
            ("text/plain", b"md=1\r\nx=2"),
            ("Application/Octet-Stream", b"md"),
        ] {
            let error = read_as(Some(content_type), body).unwrap_err();
            let media = content_type.split(';').next().unwrap().to_ascii_lowercase();
            assert!(error.to_string().contains(&media), "{error}");
            assert_eq!(error.reason().name(), "content_type");
        }
        for content_type in [
            "application/x-www-form-urlencoded; charset=utf-8",
            "Application/X-WWW-Form-Urlencoded",
            "",
            "text/plain",
            "application/json",
        ] {
            assert!(
                read_as(Some(content_type), b"md=1&x=%7B").is_ok(),
                "{content_type}"
            );
        }
        let empty = read_as(Some("multipart/form-data; boundary=x"), b" \n").unwrap_err();
        assert_eq!(empty.to_string(), "the body is empty");
    }

    #[test]
    fn refuses_what_repeats_and_what_is_too_much() {
        let twice = Fields::parse(None, b"Sonuc=1&sonuc=1").unwrap();
        assert_eq!(twice.one("sonuc").unwrap_err().reason(), &Reason::Twice);
        let reason = |body: &[u8]| Fields::parse(None, body).unwrap_err().reason().clone();
        assert_eq!(reason(b" \r\n"), Reason::Empty);
        assert_eq!(reason(b"a=%00"), Reason::Charset);
        assert_eq!(reason(&vec![b'a'; MAX_BODY + 1]), Reason::TooLarge);
        assert_eq!(
            reason("a&".repeat(MAX_FIELDS + 1).as_bytes()),
            Reason::TooLarge
        );
        assert_eq!(read(&"a&".repeat(MAX_FIELDS)).len(), MAX_FIELDS);
        assert_eq!(format!("{twice:?}"), "Fields(2)");
    }

    proptest! {
        #[test]
        fn reads_back_what_it_writes(fields in prop::collection::vec(("[^\0]+", "[^\0]*"), 1..8)) {
            let pairs = || fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            prop_assume!(pairs().all(|(name, value)| !name.starts_with('\u{feff}') && !value.starts_with('\u{feff}')));
            let read = Fields::parse(None, encode(pairs()).as_bytes()).unwrap();
            prop_assert!(read.iter().eq(pairs()));
        }
    }

    #[test]
    fn c2_a_content_type_is_named_if_it_can_be_shown() {
        let text = |content_type| Reason::ContentType(shown_media(content_type)).to_string();
        assert_eq!(
            text("Multipart/Form-Data; boundary=Ayse"),
            "the content type is `multipart/form-data`, which is not read here"
        );
        let long = format!("a/{}", "b".repeat(79));
        for odd in [
            "",
            "text",
            "a/b/c",
            "Ay\u{15f}e/x",
            "a b/c",
            "a/b\n/",
            &long,
        ] {
            assert_eq!(text(odd), "the content type is not a media type", "{odd}");
        }
    }
}
