//! Text that does not print itself: credentials and personal data.

mod escapes;

use std::cmp::Reverse;
use std::fmt;

use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use zeroize::Zeroizing;

/// What stands in the place of everything hidden.
pub const REDACTED: &str = "[redacted]";

/// The fewest letters of a credential that is hidden inside of words too.
const SHORTEST_ANYWHERE: usize = 6;

/// A credential: prints as `[redacted]`, is wiped from memory on drop, does not serialise.
///
/// It can be read from a configuration file (`Deserialize`), but writing it back takes
/// [`expose`](Secret::expose), by name.
///
/// ```
/// use kervan_core::Secret;
/// let key = Secret::new("hunter2");
/// assert_eq!(format!("{key:?}"), "[redacted]");
/// assert_eq!(key.expose(), "hunter2");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a credential in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The placeholder that dry runs send in the place of a credential.
    pub fn redacted() -> Self {
        Self::new(REDACTED)
    }

    /// Gives the credential away. Whatever becomes of it is the caller's business.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Hides this credential wherever it occurs in a text, as in an answer that echoes it, also as JSON
    /// or XML escapes it.
    ///
    /// One of fewer than six letters is hidden where it is a word of its own. Inside of other words it
    /// is more likely a part of these: an account `35` in an amount of `1350`.
    pub fn scrub(&self, text: &str) -> String {
        let key = self.0.as_str();
        let has_escapes = text.contains(['\\', '&']) || key.contains('\\');
        if key.is_empty() || (!has_escapes && !occurs(key, text)) {
            return text.to_owned();
        }
        let is_short = key.chars().nth(SHORTEST_ANYWHERE - 1).is_none();
        let plain = if is_short || text.contains('\\') {
            escapes::scrub(text, key, escapes::Form::new(is_short))
        } else {
            text.replace(key, REDACTED)
        };
        if plain.contains('&') {
            escapes::scrub(&plain, key, escapes::Form::new(is_short).in_xml())
        } else {
            plain
        }
    }

    /// Hides this credential in any case of its ASCII letters, as a GUID, whose case means nothing.
    pub fn scrub_in_any_case(&self, text: &str) -> String {
        let key = self.0.to_ascii_lowercase();
        let lower = text.to_ascii_lowercase();
        let has_escapes = text.contains(['\\', '&']) || key.contains('\\');
        if key.is_empty() || (!has_escapes && !occurs(&key, &lower)) {
            return text.to_owned();
        }
        let is_short = key.chars().nth(SHORTEST_ANYWHERE - 1).is_none();
        let form = escapes::Form::new(is_short).in_any_case();
        let plain = escapes::scrub(text, &key, form);
        if plain.contains('&') {
            escapes::scrub(&plain, &key, form.in_xml())
        } else {
            plain
        }
    }
}

/// Hides several credentials in a text, as [`Secret::scrub`] does: the longest first, because one may be
/// a part of another.
pub fn scrub_all<'s>(text: &str, secrets: impl IntoIterator<Item = &'s Secret>) -> String {
    let mut secrets: Vec<_> = secrets.into_iter().collect();
    secrets.sort_by_key(|secret| Reverse(secret.0.len()));
    let secrets = secrets.into_iter();
    secrets.fold(text.to_owned(), |text, secret| secret.scrub(&text))
}

/// Whether a key occurs in a text. Most texts are shorter than a key, and preparing a search costs more
/// than to see that.
fn occurs(key: &str, text: &str) -> bool {
    text.len() >= key.len() && text.contains(key)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hidden_text(deserializer).map(Self::new)
    }
}

/// Reads a text. Serde's own error would quote what stands there instead.
fn hidden_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map_err(|_| D::Error::custom("expected a text"))
}

/// Personal data: a name, an address, a telephone number, a provider's message that repeats them.
///
/// Prints as `[redacted]`. It serialises, because a request has to be queued and stored.
///
/// ```
/// let name = kervan_core::Personal::from("Ayşe Örnek");
/// assert_eq!(format!("{name:?}"), "[redacted]");
/// assert_eq!(name.as_str(), "Ayşe Örnek");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Personal(String);

impl Personal {
    /// Takes personal data in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is empty or blank.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// Hides what the texts of one provider may repeat, as the credentials of a client.
pub trait Scrub {
    /// Replaces every occurrence in a text.
    fn scrub(&self, text: &str) -> String;
}

/// The name under which a [`ForeignText`] asks for its value, so that a reader of answers recognises it.
pub const FOREIGN_TEXT: &str = "kervan_core::ForeignText";

/// A text that a provider wrote for people, as a message or the reason of a refusal. It may repeat what
/// was sent to it.
///
/// Read from an answer, it holds no credentials of the client. Like [`Personal`], it prints as
/// `[redacted]`.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ForeignText(String);

impl ForeignText {
    /// Takes over a text, and hides in it what must not be repeated.
    pub fn new(text: &str, scrub: &(impl Scrub + ?Sized)) -> Self {
        Self(scrub.scrub(text))
    }

    /// Takes over a text in which nothing has to be hidden, as one that a test makes.
    pub fn as_it_is(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is empty or blank.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for ForeignText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl From<ForeignText> for Personal {
    fn from(text: ForeignText) -> Self {
        Self(text.0)
    }
}

impl<'de> Deserialize<'de> for ForeignText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = ForeignText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<ForeignText, D::Error> {
                hidden_text(deserializer).map(ForeignText)
            }
        }
        deserializer.deserialize_newtype_struct(FOREIGN_TEXT, Text)
    }
}

impl<'de> Deserialize<'de> for Personal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hidden_text(deserializer).map(Self)
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl From<String> for Personal {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Personal {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_type_prints_what_it_holds() {
        let shown = format!(
            "{:?} {:#?}",
            Secret::new("s3cret"),
            Some(Personal::from("Ayşe"))
        );
        assert!(
            !shown.contains("s3cret") && !shown.contains("Ayşe"),
            "{shown}"
        );
    }

    #[test]
    fn a_value_of_another_type_is_not_quoted() {
        use serde::de::IntoDeserializer;
        use serde::de::value::{Error, U64Deserializer};
        let number: U64Deserializer<Error> = 5_551_112_233_u64.into_deserializer();
        let errors = [
            Secret::deserialize(number).err(),
            Personal::deserialize(number).err(),
        ];
        assert!(!format!("{errors:?}").contains("5551112233"));
    }

    #[test]
    fn scrubs_an_echo_and_leaves_text_alone_for_an_empty_secret() {
        for (secret, text, scrubbed) in [
            ("abc", "Key: abc No: 1", "Key: [redacted] No: 1"),
            ("abc", "abcd xabc", "abcd xabc"),
            ("abcdef", "xabcdefy", "x[redacted]y"),
            ("ab/cde\"", r#"x ab\/cde\" y"#, "x [redacted] y"),
            (
                "7",
                r#"{"TEST":"7","x":17,"7":7}"#,
                r#"{"TEST":"[redacted]","x":17,"[redacted]":[redacted]}"#,
            ),
        ] {
            assert_eq!(Secret::new(secret).scrub(text), scrubbed);
        }
        assert_eq!(Secret::new("").scrub("Key"), "Key");
    }

    #[test]
    fn scrubs_what_xml_escapes() {
        let secret = Secret::new("gizli&<\"ş'9");
        for echo in [
            "gizli&<\"ş'9",
            "gizli&amp;&lt;\"ş'9",
            "gizli&amp;&lt;&quot;&#351;&apos;9",
            "gizli&#38;&#x3c;&#34;&#X15F;&#x00027;9",
            "&#103;izli&amp;&lt;\\\"\\u015f'9",
        ] {
            let text = format!("x{echo}y&gt;");
            assert_eq!(secret.scrub(&text), "x[redacted]y&gt;", "{echo}");
        }
        let short = Secret::new("7&x");
        assert_eq!(short.scrub("7&amp;x &7&amp;xy"), "[redacted] &7&amp;xy");
        // What only looks like an escape is a text.
        let looks = Secret::new("a&amp;b&;&#xzz;");
        assert_eq!(looks.scrub("(a&amp;b&;&#xzz;)"), "([redacted])");
        for text in ["&", "&&amp", "&#x110000;", "&#;", "&ampampampamp;", "a&ş;"] {
            assert_eq!(secret.scrub(text), text);
        }
    }

    #[test]
    fn a_guid_is_scrubbed_in_any_letter_case() {
        let key = Secret::new("0C13d406-873B");
        for (text, scrubbed) in [
            ("{0c13D406-873b}", "{[redacted]}"),
            ("0C13D406-873BA", "[redacted]A"),
            (r"İ0c13d406\u002d873b", "İ[redacted]"),
            ("0c13d406&#45;873b &amp;", "[redacted] &amp;"),
            ("0c13d406", "0c13d406"),
        ] {
            assert_eq!(key.scrub_in_any_case(text), scrubbed);
        }
        let short = Secret::new("Key-M");
        assert_eq!(short.scrub_in_any_case("key-m KEY-MM"), "[redacted] KEY-MM");
        assert_eq!(Secret::new("").scrub_in_any_case("a"), "a");
    }

    #[test]
    fn the_longest_is_scrubbed_first() {
        let secrets = ["gizli1", "gizli123", "gizli12"].map(Secret::new);
        assert_eq!(
            scrub_all("gizli123 gizli12 gizli1", &secrets),
            "[redacted] [redacted] [redacted]"
        );
    }
}
