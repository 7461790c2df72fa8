//! Hides credentials in the texts of providers, which may repeat what was sent to them.

mod escapes;

use std::cmp::Reverse;

use kervan_core::Secret;
use kervan_core::secret::REDACTED;

/// The fewest letters of a credential that is hidden inside of words too.
const SHORTEST_ANYWHERE: usize = 6;

/// Hides credentials wherever they occur in a text, as in an answer that echoes them, also as JSON or XML
/// escapes them. The longest is hidden first, because one may be a part of another.
///
/// One of fewer than six letters is hidden where it is a word of its own. Inside of other words it is more
/// likely a part of these: an account `35` in an amount of `1350`.
///
/// ```
/// use kervan_core::Secret;
/// use kervan_wire::scrub::scrub_all;
/// let login = [Secret::new("merchant"), Secret::new("s3cret&1")];
/// assert_eq!(scrub_all("merchant/s3cret&amp;1?", &login), "[redacted]/[redacted]?");
/// ```
pub fn scrub_all<'s>(text: &str, secrets: impl IntoIterator<Item = &'s Secret>) -> String {
    let mut secrets: Vec<_> = secrets.into_iter().map(Secret::expose).collect();
    secrets.sort_by_key(|secret| Reverse(secret.len()));
    let secrets = secrets.into_iter();
    secrets.fold(text.to_owned(), |text, key| scrub(&text, key))
}

fn scrub(text: &str, key: &str) -> String {
    let has_escapes = text.contains(['\\', '&']) || key.contains('\\');
    if key.is_empty() || (!has_escapes && !occurs(key, text)) {
        return text.to_owned();
    }
    let is_short = is_short(key);
    if !is_short && !text.contains('\\') {
        let plain = text.replace(key, REDACTED);
        return escapes::scrub_xml(plain, key, escapes::Form::new(is_short));
    }
    escapes::scrub_any(text, key, escapes::Form::new(is_short))
}

/// Hides a credential as [`scrub_all`] does, in any case of its ASCII letters: a GUID, whose case means
/// nothing.
pub fn scrub_in_any_case(text: &str, secret: &Secret) -> String {
    let key = secret.expose().to_ascii_lowercase();
    let lower = text.to_ascii_lowercase();
    let has_escapes = text.contains(['\\', '&']) || key.contains('\\');
    if key.is_empty() || (!has_escapes && !occurs(&key, &lower)) {
        return text.to_owned();
    }
    escapes::scrub_any(text, &key, escapes::Form::new(is_short(&key)).in_any_case())
}

fn is_short(key: &str) -> bool {
    key.chars().nth(SHORTEST_ANYWHERE - 1).is_none()
}

/// Returns whether a key occurs in a text. Most texts are shorter than a key, and preparing a search costs
/// more than to see that.
fn occurs(key: &str, text: &str) -> bool {
    text.len() >= key.len() && text.contains(key)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(scrub(text, secret), scrubbed);
        }
        assert_eq!(scrub("Key", ""), "Key");
    }

    #[test]
    fn scrubs_what_xml_escapes() {
        let secret = "gizli&<\"ş'9";
        for echo in [
            "gizli&<\"ş'9",
            "gizli&amp;&lt;\"ş'9",
            "gizli&amp;&lt;&quot;&#351;&apos;9",
            "gizli&#38;&#x3c;&#34;&#X15F;&#x00027;9",
            "&#103;izli&amp;&lt;\\\"\\u015f'9",
        ] {
            let text = format!("x{echo}y&gt;");
            assert_eq!(scrub(&text, secret), "x[redacted]y&gt;", "{echo}");
        }
        let short = "7&x";
        assert_eq!(scrub("7&amp;x &7&amp;xy", short), "[redacted] &7&amp;xy");
        // What only looks like an escape is a text.
        let looks = "a&amp;b&;&#xzz;";
        assert_eq!(scrub("(a&amp;b&;&#xzz;)", looks), "([redacted])");
        for text in ["&", "&&amp", "&#x110000;", "&#;", "&ampampampamp;", "a&ş;"] {
            assert_eq!(scrub(text, secret), text);
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
            assert_eq!(scrub_in_any_case(text, &key), scrubbed);
        }
        let short = Secret::new("Key-M");
        assert_eq!(
            scrub_in_any_case("key-m KEY-MM", &short),
            "[redacted] KEY-MM"
        );
        assert_eq!(scrub_in_any_case("a", &Secret::new("")), "a");
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
