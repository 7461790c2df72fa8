//! Where a page's link or redirect leads, and whether one may go there.

use kervan_core::{BaseUrl, Url};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::secrets::LinkSecrets;
use super::settings::PageSettings;
use crate::links::{Notes, Plus, decode};
use crate::rejection::RejectionKind;

const DOMAIN: &str = "araskargo.com.tr";

/// The characters that a query has to encode. A `%` is kept, because it encodes something already.
const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The longest address that is followed.
const MAX_BYTES: usize = 8192;

/// Returns the address of a link, on the host of the settings.
pub(super) fn of_link(settings: &PageSettings, link: &str) -> Option<Url> {
    let (_, rest) = link.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    place(settings, settings.base.as_str(), path)
}

/// Returns where a redirect or a link on a page leads, if one may go there.
pub(super) fn resolve(
    settings: &PageSettings,
    from: &Url,
    to: &str,
    secrets: &LinkSecrets,
) -> Result<Url, RejectionKind> {
    let to = to.trim();
    let to = to.split('#').next().unwrap_or_default();
    if to.is_empty() || to.len() > MAX_BYTES || to.chars().any(char::is_control) {
        return Err(RejectionKind::EndlessRedirect);
    }
    if to.contains('\\') {
        return Err(RejectionKind::ForeignRedirect);
    }
    let origin = origin(from.as_str());
    let (origin, path) = if let Some(rest) = to.strip_prefix("//") {
        let (scheme, _) = origin.split_once("://").unwrap_or_default();
        absolute(settings, &format!("{scheme}://{rest}"))?
    } else if let Some(path) = to.strip_prefix('/') {
        (origin.to_owned(), path.to_owned())
    } else if has_scheme(to) {
        absolute(settings, to)?
    } else {
        let path = from.path();
        let folder = path.rfind('/').map_or("", |at| &path[1..=at]);
        let path = if to.starts_with('?') {
            format!("{}{to}", path.trim_start_matches('/'))
        } else {
            format!("{folder}{}", to.trim_start_matches("./"))
        };
        (origin.to_owned(), path)
    };
    if holds(&path, secrets) {
        return Err(RejectionKind::RedirectWithCredentials);
    }
    place(settings, &origin, &path).ok_or(RejectionKind::ForeignRedirect)
}

fn has_scheme(text: &str) -> bool {
    let before = text.split(['/', '?']).next().unwrap_or_default();
    before.contains(':')
}

/// Scheme, host and port.
fn origin(address: &str) -> &str {
    let after = address.find("://").map_or(0, |at| at + 3);
    let end = address[after..].find(['/', '?']);
    &address[..end.map_or(address.len(), |at| after + at)]
}

/// Splits an absolute address, if its host is one of those that may be visited.
fn absolute(settings: &PageSettings, to: &str) -> Result<(String, String), RejectionKind> {
    let (scheme, rest) = to.split_once("://").ok_or(RejectionKind::ForeignRedirect)?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let scheme = scheme.to_ascii_lowercase();
    let host = host.to_ascii_lowercase();
    let path = path.strip_prefix('/').unwrap_or(path).to_owned();
    let same = origin(settings.base.as_str()) == format!("{scheme}://{host}");
    if same {
        return Ok((format!("{scheme}://{host}"), path));
    }
    // The carrier's servers may send on to http; the pages answer over https.
    let name = match scheme.as_str() {
        "https" => host.strip_suffix(":443").unwrap_or(&host),
        "http" => host.strip_suffix(":80").unwrap_or(&host),
        _ => return Err(RejectionKind::ForeignRedirect),
    };
    let below = name.strip_suffix(DOMAIN);
    let is_own = below.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if settings.is_carrier && is_own {
        Ok((format!("https://{name}"), path))
    } else {
        Err(RejectionKind::ForeignRedirect)
    }
}

/// How often an address may have been encoded.
const MAX_ENCODINGS: usize = 3;

/// Returns whether an address carries an account's credentials, by name or by value, in any spelling: encoded
/// more than once, in windows-1254, in another case, with dashes.
fn holds(path: &str, secrets: &LinkSecrets) -> bool {
    let mut text = path.to_owned();
    for _ in 0..=MAX_ENCODINGS {
        if shows(&text, secrets) {
            return true;
        }
        let decoded = decode(&text, Plus::Blank, &mut Notes::default());
        let lossy = || percent_decode_str(&text).decode_utf8_lossy().into_owned();
        text = decoded.unwrap_or_else(lossy);
    }
    false
}

fn shows(text: &str, secrets: &LinkSecrets) -> bool {
    let lower = text.to_ascii_lowercase();
    let bare = bare(&lower);
    let named = ["accountid=", "sifre="].iter();
    let mut named = named.filter(|name| lower.contains(**name));
    let mut valued = secrets.iter().filter(|secret| {
        let secret = secret.expose().trim().to_ascii_lowercase();
        let bare_secret = self::bare(&secret);
        // The rest of a short one could be in any address.
        let is_bare = bare_secret.len() >= 8 && bare.contains(&bare_secret);
        !secret.is_empty() && (lower.contains(&secret) || is_bare)
    });
    named.next().is_some() || valued.next().is_some()
}

/// Returns a number as it is written without the dashes and braces of a GUID.
fn bare(text: &str) -> String {
    text.replace(['-', '{', '}'], "")
}

fn place(settings: &PageSettings, at: &str, path: &str) -> Option<Url> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    // Plain http to another machine only where the program itself asked for it.
    let is_own = origin(at) == origin(settings.base.as_str());
    let base = match BaseUrl::parse(at) {
        Err(_) if is_own => BaseUrl::over_plain_http(at),
        base => base,
    };
    let base = base.ok()?;
    let url = if path.is_empty() {
        base.url()
    } else {
        base.join(path).ok()?
    };
    let query = utf8_percent_encode(query, QUERY).to_string();
    url.with_query(&query).ok()
}

#[cfg(test)]
mod tests {
    use kervan_core::Secret;

    use super::*;

    fn settings(is_carrier: bool) -> PageSettings {
        let base = if is_carrier {
            "https://kargotakip.araskargo.com.tr"
        } else {
            "http://127.0.0.1:8080"
        };
        PageSettings {
            base: BaseUrl::parse(base).unwrap(),
            is_carrier,
            max_redirects: 5,
        }
    }

    fn led(to: &str) -> Result<String, RejectionKind> {
        let settings = settings(true);
        let from = of_link(&settings, "https://x/folder/mainpage.aspx?code=1").unwrap();
        let secrets = ["s3cret & co", "şifre-ç", "5EC2E7ACC5EC2E7ACC5EC2E7ACC5EC2E"];
        let secrets = LinkSecrets::new(secrets.map(Secret::new));
        resolve(&settings, &from, to, &secrets).map(|url| url.as_str().to_owned())
    }

    #[test]
    fn follows_every_form_of_an_own_address() {
        let host = "https://kargotakip.araskargo.com.tr";
        for (to, url) in [
            (
                "kargotakip.aspx?x=1",
                format!("{host}/folder/kargotakip.aspx?x=1"),
            ),
            ("./a.aspx#top", format!("{host}/folder/a.aspx")),
            ("/a.aspx?x=ş y", format!("{host}/a.aspx?x=%C5%9F%20y")),
            ("?x=1", format!("{host}/folder/mainpage.aspx?x=1")),
            (
                "//www.araskargo.com.tr/a",
                "https://www.araskargo.com.tr/a".to_owned(),
            ),
            (
                "HTTP://WWW.Araskargo.com.tr:80/a?b=c",
                "https://www.araskargo.com.tr/a?b=c".to_owned(),
            ),
            (
                "https://araskargo.com.tr",
                "https://araskargo.com.tr".to_owned(),
            ),
        ] {
            assert_eq!(led(to), Ok(url), "{to}");
        }
    }

    #[test]
    fn refuses_foreign_hosts_and_tricks() {
        for to in [
            "https://example.com/a",
            "https://araskargo.com.tr.example.com/a",
            "https://fakearaskargo.com.tr/a",
            "https://user@kargotakip.araskargo.com.tr/a",
            "https://kargotakip.araskargo.com.tr@example.com/a",
            "https://kargotakip.araskargo.com.tr:8443/a",
            "https://kargotakip.araskargo.com.tr./a",
            "//example.com/a",
            "/\\example.com/a",
            "\\\\example.com/a",
            "ftp://kargotakip.araskargo.com.tr/a",
            "javascript:alert(1)",
            "../a.aspx",
            "/a//b",
        ] {
            assert_eq!(led(to), Err(RejectionKind::ForeignRedirect), "{to}");
        }
        assert_eq!(led(" "), Err(RejectionKind::EndlessRedirect));
        assert_eq!(led(&"a".repeat(9000)), Err(RejectionKind::EndlessRedirect));
    }

    #[test]
    fn refuses_to_carry_credentials_on() {
        for to in [
            "a.aspx?accountid=1",
            "a.aspx?SIFRE=1",
            "a.aspx?x=%73ifre%3D1",
            "a.aspx?x=s3cret%20%26%20co",
            "a.aspx?x=s3cret & co",
            "a.aspx?x=S3CRET+%26+co",
            "a.aspx?x=s3cret%2520%2526%2520co",
            "a.aspx?x=s3cret%252520%252526%252520co",
            "a.aspx?x=%25%37%33ifre%3D1",
            "a.aspx?x=%FEifre-%E7",
            "a.aspx?x=%C5%9Fifre-%C3%A7",
            "a.aspx?x=%u015Fifre-%E7",
            "a.aspx?x=5ec2e7acc5ec2e7acc5ec2e7acc5ec2e",
            "a.aspx?x=%7B5EC2E7AC-C5EC-2E7A-CC5E-C2E7ACC5EC2E%7D",
            "5EC2E7AC-C5EC-2E7A-CC5E-C2E7ACC5EC2E/a.aspx",
        ] {
            assert_eq!(led(to), Err(RejectionKind::RedirectWithCredentials), "{to}");
        }
    }

    #[test]
    fn a_server_of_ones_own_may_be_over_plain_http() {
        let mut settings = settings(false);
        settings.base = BaseUrl::over_plain_http("http://mirror.example/aras").unwrap();
        let from = of_link(&settings, "https://x/mainpage.aspx?code=1").unwrap();
        assert_eq!(
            from.as_str(),
            "http://mirror.example/aras/mainpage.aspx?code=1"
        );
        let to = |to| {
            resolve(&settings, &from, to, &LinkSecrets::default())
                .map(|url| url.as_str().to_owned())
        };
        for own in [
            "b.aspx",
            "/aras/b.aspx",
            "http://mirror.example/aras/b.aspx",
        ] {
            assert_eq!(to(own), Ok("http://mirror.example/aras/b.aspx".to_owned()));
        }
        for foreign in ["http://other.example/a", "https://mirror.example/a"] {
            assert_eq!(
                to(foreign),
                Err(RejectionKind::ForeignRedirect),
                "{foreign}"
            );
        }
    }

    #[test]
    fn another_server_is_never_left() {
        let settings = settings(false);
        let from = of_link(&settings, "https://x/mainpage.aspx?code=1").unwrap();
        let to = |to| {
            resolve(&settings, &from, to, &LinkSecrets::default())
                .map(|url| url.as_str().to_owned())
        };
        assert_eq!(
            to("http://127.0.0.1:8080/a"),
            Ok("http://127.0.0.1:8080/a".to_owned())
        );
        for foreign in [
            "http://127.0.0.1:8081/a",
            "https://kargotakip.araskargo.com.tr/a",
            "https://127.0.0.1:8080/a",
        ] {
            assert_eq!(
                to(foreign),
                Err(RejectionKind::ForeignRedirect),
                "{foreign}"
            );
        }
    }
}
