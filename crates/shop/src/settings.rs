//! The settings of the program, from its environment.

use std::net::SocketAddr;

use kervan_core::BaseUrl;

/// The text of `--help`.
pub const USAGE: &str = "\
usage: kervan-shop

Serves a shop whose payments, parcels and installments go to a sandbox. Settings are variables of the
environment:

  KERVAN_SANDBOX  the sandbox, or one world of it: http://127.0.0.1:4747/w/NAME
                  http://127.0.0.1:4747 without it
  SHOP_ADDRESS    where the shop listens; 127.0.0.1:3000 without it
  SHOP_DATABASE   its SQLite file, which is created, or the address of a PostgreSQL database:
                  postgres://USER@127.0.0.1/NAME; shop.sqlite without it

exit status: 0 after Ctrl-C or SIGTERM, 2 when it cannot begin";

/// A setting that cannot be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingError {
    name: &'static str,
    why: String,
}

impl std::fmt::Display for SettingError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.why)
    }
}

impl std::error::Error for SettingError {}

/// Where the shop listens, what it stores, and which sandbox it calls.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The sandbox, or one world of it.
    pub sandbox: BaseUrl,
    /// Where the shop listens.
    pub address: SocketAddr,
    /// The SQLite file, or the address of a PostgreSQL database.
    pub database: String,
}

impl Settings {
    /// Reads the settings by a function from names to values.
    ///
    /// # Errors
    ///
    /// [`SettingError`] names the first setting that cannot be right.
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Result<Self, SettingError> {
        let value = |name, otherwise: &str| value(name).unwrap_or_else(|| otherwise.to_owned());
        let sandbox = value("KERVAN_SANDBOX", "http://127.0.0.1:4747");
        let sandbox = BaseUrl::parse(&sandbox).map_err(|error| SettingError {
            name: "KERVAN_SANDBOX",
            why: if sandbox.contains("://") {
                error.to_string()
            } else {
                "it is written like `http://127.0.0.1:4747`".to_owned()
            },
        })?;
        let address = value("SHOP_ADDRESS", "127.0.0.1:3000");
        let address = address.parse().map_err(|_| SettingError {
            name: "SHOP_ADDRESS",
            why: "not an IP address with a port, such as 127.0.0.1:3000".to_owned(),
        })?;
        let database = value("SHOP_DATABASE", "shop.sqlite");
        if database.is_empty() {
            return Err(SettingError {
                name: "SHOP_DATABASE",
                why: "it is empty, and has to name a database".to_owned(),
            });
        }
        Ok(Self {
            sandbox,
            address,
            database,
        })
    }

    /// Returns the address that describes the world: its providers and logins.
    pub(crate) fn description(&self) -> String {
        let base = self.sandbox.as_str().trim_end_matches('/');
        match base.rsplit_once("/w/") {
            Some((server, world)) => format!("{server}/_sandbox/worlds/{world}"),
            None => format!("{base}/_sandbox/worlds/default"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, SettingError> {
        Settings::read(|name| {
            let found = pairs.iter().find(|(own, _)| *own == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_world_is_described_by_its_server() {
        let described = |sandbox| read(&[("KERVAN_SANDBOX", sandbox)]).unwrap().description();
        let server = "http://127.0.0.1:4747/_sandbox/worlds";
        assert_eq!(
            described("http://127.0.0.1:4747"),
            format!("{server}/default")
        );
        assert_eq!(
            described("http://127.0.0.1:4747/"),
            format!("{server}/default")
        );
        assert_eq!(
            described("http://127.0.0.1:4747/w/a-1"),
            format!("{server}/a-1")
        );
        assert!(read(&[]).unwrap().database.ends_with("shop.sqlite"));
    }

    #[test]
    fn a_wrong_setting_is_named() {
        for (name, value) in [
            ("KERVAN_SANDBOX", "127.0.0.1:4747"),
            ("KERVAN_SANDBOX", "http://192.0.2.1:4747"),
            ("KERVAN_SANDBOX", ""),
            ("SHOP_DATABASE", ""),
            ("SHOP_ADDRESS", "3000"),
            ("SHOP_ADDRESS", "localhost:3000"),
        ] {
            let wrong = read(&[(name, value)]).unwrap_err().to_string();
            assert!(wrong.starts_with(name), "{wrong}");
            assert!(!wrong.contains('\n'), "{wrong}");
        }
        let short = read(&[("KERVAN_SANDBOX", "127.0.0.1:4747")]);
        let short = short.unwrap_err().to_string();
        assert!(short.contains("like `http://127.0.0.1:4747`"), "{short}");
    }
}
