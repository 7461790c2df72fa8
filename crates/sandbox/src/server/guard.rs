//! The requests that a server answers at all, and the addresses that it posts to.
//!
//! A program on a developer's machine is attacked by the pages that the developer visits: by names that
//! suddenly mean this machine, and by forms that a page posts here.

use std::net::{IpAddr, SocketAddr};

/// The endings of names that a sandbox must never answer to.
const LIVE: [&str; 8] = [
    "araskargo.com.tr",
    "ew.com.tr",
    "haso.com.tr",
    "horoz.com.tr",
    "param.com.tr",
    "turkodeme.com.tr",
    "turkpara.com.tr",
    "turkpos.com.tr",
];

/// The names that a server answers to, and the hosts that it posts to, loopback apart.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    names: Vec<String>,
    shops: Vec<String>,
}

/// A name that a server must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    name: String,
    is_live: bool,
}

impl NameError {
    /// Returns the name as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns whether it is a provider's own host. Otherwise it is not the name of a host.
    pub fn is_live(&self) -> bool {
        self.is_live
    }
}

impl std::fmt::Display for NameError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_live {
            write!(formatter, "`{}` is a provider's own host", self.name)
        } else {
            write!(formatter, "`{}` is not the name of a host", self.name)
        }
    }
}

impl std::error::Error for NameError {}

impl Guard {
    /// Answers to loopback names and posts to loopback addresses.
    pub fn loopback() -> Self {
        Guard::default()
    }

    /// Answers to a further name, as one that a network of containers gives.
    ///
    /// # Errors
    ///
    /// Returns an error for a provider's own host, and for a text that is not a name.
    pub fn answering_to(mut self, name: &str) -> Result<Self, NameError> {
        self.names.push(host_name(name)?);
        Ok(self)
    }

    /// Posts to a further host.
    ///
    /// # Errors
    ///
    /// Returns an error for a provider's own host, and for a text that is not a name.
    pub fn posting_to(mut self, host: &str) -> Result<Self, NameError> {
        self.shops.push(host_name(host)?);
        Ok(self)
    }

    /// Returns the name and the port by which a server is reached.
    pub(super) fn name_for(&self, local: SocketAddr) -> String {
        match self.names.first() {
            Some(name) => format!("{name}:{}", local.port()),
            None if local.ip().is_unspecified() => format!("127.0.0.1:{}", local.port()),
            None => local.to_string(),
        }
    }

    /// Returns whether a `Host` is one of this server's.
    pub(super) fn answers_to(&self, host: &str) -> bool {
        let Some(name) = without_port(host) else {
            return false;
        };
        is_loopback(name) || self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// Returns whether an `Origin` may use the control API.
    pub(super) fn controls(&self, origin: &str) -> bool {
        let host = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"));
        host.is_some_and(|host| self.answers_to(host))
    }

    /// Returns where posts to a host are sent, the names and addresses in the order in which they are
    /// tried. Empty when no post may go there.
    pub(super) fn posts_to(&self, host: &str) -> Vec<String> {
        let name = host
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .unwrap_or(host);
        let mut shops = self.shops.iter();
        if is_local_name(name) {
            vec!["127.0.0.1".to_owned(), "::1".to_owned()]
        } else if is_loopback(name) || shops.any(|shop| shop.eq_ignore_ascii_case(name)) {
            vec![name.to_owned()]
        } else {
            Vec::new()
        }
    }
}

fn host_name(text: &str) -> Result<String, NameError> {
    let name = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let is_live = LIVE.iter().any(|live| {
        name == *live
            || name
                .strip_suffix(live)
                .is_some_and(|rest| rest.ends_with('.'))
    });
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-._".contains(letter);
    if is_live || name.is_empty() || !name.chars().all(is_name) {
        return Err(NameError {
            name: text.to_owned(),
            is_live,
        });
    }
    Ok(name)
}

/// Returns the name of a host, an address of version 6 without its brackets. `None` when anything but a
/// port is behind it.
fn without_port(host: &str) -> Option<&str> {
    let (name, rest) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port = rest.strip_prefix(':').unwrap_or(rest);
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
    (is_port && (port.is_empty() || rest.starts_with(':'))).then_some(name)
}

/// Returns whether a name means this machine.
fn is_loopback(name: &str) -> bool {
    is_local_name(name)
        || name
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Returns whether a name is `localhost` or below it. Such a name means this machine without being
/// looked up, because the answer to a look-up is not the sandbox's own.
fn is_local_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_names_and_listed_ones_are_answered() {
        let guard = Guard::loopback().answering_to("Sandbox").unwrap();
        for host in [
            "localhost:4747",
            "127.0.0.1",
            "127.9.9.9:1",
            "[::1]:80",
            "shop.localhost",
            "sandbox:1",
        ] {
            assert!(guard.answers_to(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "127.0.0.1.example.com",
            "localhost.example.com:1",
            "10.0.0.1",
            "[::1].example.com",
            "[::1",
            "localhost:80@example.com",
            "localhost:1:2",
            "127.0.0.1:example.com",
        ] {
            assert!(!guard.answers_to(host), "{host}");
        }
        assert!(guard.controls("http://localhost:3000"));
        assert!(!guard.controls("http://example.com"));
        assert!(!guard.controls("null"));
    }

    #[test]
    fn posts_go_to_loopback_and_listed_hosts() {
        let guard = Guard::loopback().posting_to("shop").unwrap();
        assert_eq!(guard.posts_to("127.0.0.9"), ["127.0.0.9"]);
        assert_eq!(guard.posts_to("[::1]"), ["::1"]);
        assert_eq!(guard.posts_to("SHOP"), ["SHOP"]);
        // Never looked up, so that no server of names leads a post away.
        assert_eq!(guard.posts_to("shop.localhost"), ["127.0.0.1", "::1"]);
        for host in ["example.com", "shop.example.com", "10.0.0.1", "0.0.0.0", ""] {
            assert!(guard.posts_to(host).is_empty(), "{host}");
        }
    }

    #[test]
    fn a_providers_own_host_is_never_taken() {
        for name in [
            "posws.param.com.tr",
            "PARAM.COM.TR.",
            "a.b.araskargo.com.tr",
        ] {
            let refused = Guard::loopback().answering_to(name).unwrap_err();
            assert!(
                refused.to_string().ends_with("is a provider's own host"),
                "{name}"
            );
        }
        assert!(Guard::loopback().answering_to("notparam.com.tr").is_ok());
        assert!(Guard::loopback().posting_to("a b").is_err());
    }
}
