//! Scheme, host and path of a link, and everything that imitates them.

use super::error::LinkError;
use super::hosts::{EBRANCH, TRACKING};
use crate::ids::{is_blank, trim};

/// How many bytes a link may have once blanks around it are cut off.
pub const MAX_BYTES: usize = 8192;

const DOMAIN: &str = ".araskargo.com.tr";

/// The hosts that tracking links lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// kargotakip: the documented pages.
    Tracking,
    /// ebranch: the newer page for recipients.
    Ebranch,
    /// appl-srv: earlier home of the tracking pages.
    AppServer,
    /// www, or nothing: the corporate site.
    Corporate,
    /// social.
    Social,
    /// Another name in the provider's domain.
    Other,
}

/// A link, taken apart.
pub(super) struct Address<'a> {
    pub(super) https: bool,
    pub(super) host: Host,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) has_fragment: bool,
}

impl<'a> Address<'a> {
    /// Takes a link apart that is trimmed and in one piece.
    pub(super) fn read(text: &'a str) -> Result<Self, LinkError> {
        if text.is_empty() {
            return Err(LinkError::Empty);
        }
        if text.len() > MAX_BYTES {
            return Err(LinkError::TooLong { limit: MAX_BYTES });
        }
        if text.chars().any(char::is_control) {
            return Err(LinkError::ControlCharacter);
        }
        let (scheme, rest) = text.split_once("://").ok_or(LinkError::Scheme)?;
        let https = scheme.eq_ignore_ascii_case("https");
        if !https && !scheme.eq_ignore_ascii_case("http") {
            return Err(LinkError::Scheme);
        }
        if rest.contains("://") {
            return Err(LinkError::SeveralLinks);
        }
        let (rest, has_fragment) = match rest.split_once('#') {
            Some((rest, _)) => (rest, true),
            None => (rest, false),
        };
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        if place.contains('\\') {
            return Err(LinkError::Backslash);
        }
        let (authority, path) = place.split_once('/').unwrap_or((place, ""));
        if authority.contains('@') {
            return Err(LinkError::UserName);
        }
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let host = Host::read(host)?;
        let usual = if https { "443" } else { "80" };
        if port.is_some_and(|port| port != usual) {
            return Err(LinkError::Port);
        }
        Ok(Self {
            https,
            host,
            path,
            query,
            has_fragment,
        })
    }
}

impl Host {
    /// Reads a host by its exact name: no trailing dot, no encoding, no letters that look alike.
    fn read(host: &str) -> Result<Self, LinkError> {
        match host.to_ascii_lowercase().as_str() {
            TRACKING => Ok(Self::Tracking),
            EBRANCH => Ok(Self::Ebranch),
            "appl-srv.araskargo.com.tr" => Ok(Self::AppServer),
            "www.araskargo.com.tr" | "araskargo.com.tr" => Ok(Self::Corporate),
            "social.araskargo.com.tr" => Ok(Self::Social),
            other => match other.strip_suffix(DOMAIN) {
                Some(name) if name.split('.').all(is_label) => Ok(Self::Other),
                _ => Err(LinkError::ForeignHost),
            },
        }
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Characters before a link in a sentence.
const OPENING: &str = "<([{\"'“„‘«";
/// Characters behind a link that close a bracket or quote, or end the sentence.
const ENDING: &str = ">\"'“”’».,;:!?";

/// Removes the characters of the sentence around a link: `<>`, brackets, quotes, a full stop behind it;
/// reports whether there was something.
///
/// A closing bracket stays where its opening one is in the link. So does an ellipsis, because it replaces a
/// part of the link that is cut off. A text that is too long to be a link stays as it is.
pub(super) fn out_of_sentence(text: &str) -> (&str, bool) {
    let text = trim(text);
    if text.len() > MAX_BYTES {
        return (text, false);
    }
    let mut link = text.trim_start_matches(|c| OPENING.contains(c) || is_blank(c));
    while let Some(last) = link.chars().next_back() {
        let count = |mark: char| link.matches(mark).count();
        let is_around = match last {
            ')' => count('(') < count(')'),
            ']' => count('[') < count(']'),
            '}' => count('{') < count('}'),
            other => ENDING.contains(other) || is_blank(other),
        };
        if !is_around {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    (link, link.len() < text.len())
}

/// Cuts blanks off the ends of a pasted link and joins its lines; reports whether there were several.
///
/// Browsers drop tabs and line breaks too. The blanks around a break go with it; a blank elsewhere
/// stays, since a reference may hold one.
pub(super) fn join_lines(text: &str) -> (String, bool) {
    let text = trim(text);
    let is_break = |character| matches!(character, '\r' | '\n' | '\t' | '\u{2028}' | '\u{2029}');
    let joined = text
        .split(is_break)
        .map(|line| line.trim_matches(is_blank))
        .collect();
    (joined, text.contains(is_break))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> Option<&'static str> {
        Address::read(text).err().map(|error| error.kind())
    }

    #[test]
    fn takes_a_link_apart() {
        let text = "HTTP://KargoTakip.ArasKargo.com.tr:80/mainpage.aspx?code=1#x?y";
        let address = Address::read(text).unwrap();
        assert!(!address.https && address.has_fragment);
        assert_eq!(address.host, Host::Tracking);
        assert_eq!((address.path, address.query), ("mainpage.aspx", "code=1"));
    }

    #[test]
    fn refuses_hosts_that_look_alike() {
        for host in [
            "kargotakip.araskargo.com.tr.evil.com",
            "evilaraskargo.com.tr",
            "kargotakip-araskargo.com.tr",
            "kargotakip.araskargo.com.tr.",
            "kargotakip.araskargo.com",
            "kargotakıp.araskargo.com.tr",
            "kargotakip%2earaskargo.com.tr",
            "kargotakip。araskargo.com.tr",
            "evil.com%2f.araskargo.com.tr",
            "evil com.araskargo.com.tr",
            "..araskargo.com.tr",
            "[::1]",
            "127.0.0.1",
            "",
        ] {
            let text = format!("https://{host}/mainpage.aspx?code=3513773163316");
            assert_eq!(error(&text), Some("foreign_host"), "{text}");
        }
    }

    #[test]
    fn refuses_what_browsers_read_in_other_ways() {
        let host = "kargotakip.araskargo.com.tr";
        for (text, kind) in [
            (format!("https://{host}@evil.com/"), "user_name"),
            (format!("https://{host}:443@evil.com/"), "user_name"),
            (format!("https://evil.com\\@{host}/"), "backslash"),
            (format!("https://{host}\\.evil.com/"), "backslash"),
            (format!("https://{host}:8443/"), "port"),
            (format!("https://{host}:/"), "port"),
            (format!("https://{host}:80/"), "port"),
            (
                format!("https://{host}\u{0}.evil.com/"),
                "control_character",
            ),
            (format!("//{host}/"), "scheme"),
            (format!("{host}/mainpage.aspx?code=1"), "scheme"),
            (format!("javascript://{host}/%0aalert(1)"), "scheme"),
            (format!("https:/{host}/"), "scheme"),
            (
                format!("https://evil.com/?https://{host}/"),
                "several_links",
            ),
            ("x".repeat(MAX_BYTES + 1), "too_long"),
            (String::new(), "empty"),
        ] {
            assert_eq!(error(&text), Some(kind), "{text}");
        }
    }

    #[test]
    fn t11_what_is_around_a_link_is_taken_off() {
        let link = "https://kargotakip.araskargo.com.tr/mainpage.aspx?code=3513773163316";
        for (before, behind) in [
            ("", "."),
            ("", ")"),
            ("<", ">"),
            ("(", ")."),
            // Two more: quotes with a comma, and a bracket with a stop inside of it.
            ("“", "”,"),
            ("(<", ">.)"),
            ("\u{feff} [", "]! "),
        ] {
            let text = format!("{before}{link}{behind}");
            assert_eq!(out_of_sentence(&text), (link, true), "{text}");
        }
        assert_eq!(out_of_sentence(&format!(" {link}\n")), (link, false));
    }

    #[test]
    fn t11_what_belongs_to_a_link_stays() {
        for link in [
            "https://a/?alici_kod=A(1)",
            "https://a/?alici_kod=[2]",
            "https://a/?alici_kod=KV-1%2E",
            "https://a/?code=35137…",
            "https://a/track/1/",
        ] {
            assert_eq!(out_of_sentence(link), (link, false));
            assert_eq!(out_of_sentence(&format!("({link}).")), (link, true));
        }
        assert_eq!(out_of_sentence("<(\")>."), ("", true));
        let long = ")".repeat(1 << 20);
        assert_eq!(out_of_sentence(&long), (long.as_str(), false));
    }

    #[test]
    fn joins_lines_and_keeps_other_blanks() {
        assert_eq!(
            join_lines(" \u{a0}a b \r\n  c\u{200b}"),
            ("a bc".to_owned(), true)
        );
        assert_eq!(join_lines("\n a\n"), ("a".to_owned(), false));
    }
}
