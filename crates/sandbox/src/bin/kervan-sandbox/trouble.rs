//! Why the program does not begin, in one sentence of English or Turkish.

use std::net::SocketAddr;

use kervan_sandbox::server::NameError;

use super::texts::Language;

/// Why the program does not begin.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The flag does not exist, or the text is not a flag.
    Unknown(String),
    /// The flag needs a value.
    NoValue(String),
    /// The flag takes no value.
    SurplusValue(String),
    /// The value is not one of the flag's.
    Value {
        flag: &'static str,
        given: String,
        wanted: Wanted,
    },
    /// The name is not one that the flag takes.
    Name {
        flag: &'static str,
        error: NameError,
    },
    Address {
        address: SocketAddr,
        is_taken: bool,
        error: String,
    },
    File {
        path: String,
        why: String,
    },
    System(String),
}

/// The values that a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Port,
    Address,
    Number,
    Time,
    Language,
    Text,
}

impl Wanted {
    /// Returns the end of a sentence about the value.
    fn sentence(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, Wanted::Port) => "is not a port from 0 to 65535",
            (Language::Turkish, Wanted::Port) => "0 ile 65535 arasında bir port değil",
            (Language::English, Wanted::Address) => "is not an IP address such as 0.0.0.0",
            (Language::Turkish, Wanted::Address) => "0.0.0.0 gibi bir IP adresi değil",
            (Language::English, Wanted::Number) => "is not a whole number of 0 or above",
            (Language::Turkish, Wanted::Number) => "sıfır ya da daha büyük bir tam sayı değil",
            (Language::English, Wanted::Time) => "is not a time as 2026-11-28T10:00:00+03:00",
            (Language::Turkish, Wanted::Time) => {
                "2026-11-28T10:00:00+03:00 biçiminde bir zaman değil"
            }
            (Language::English, Wanted::Language) => "is neither en nor tr",
            (Language::Turkish, Wanted::Language) => "en ya da tr olmalı",
            (Language::English, Wanted::Text) => "is not readable text",
            (Language::Turkish, Wanted::Text) => "okunabilir bir metin değil",
        }
    }
}

impl Trouble {
    /// Returns one sentence.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let sentence = match language {
            Language::English => self.in_english(),
            Language::Turkish => self.in_turkish(),
        };
        // The words of a library may have several lines.
        sentence.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn in_english(&self) -> String {
        match self {
            Trouble::Unknown(given) => format!("`{given}` is not a flag; see --help"),
            Trouble::NoValue(flag) => format!("{flag} needs a value; see --help"),
            Trouble::SurplusValue(flag) => format!("{flag} takes no value; see --help"),
            Trouble::Value {
                flag,
                given,
                wanted,
            } => format!("{flag} `{given}` {}", wanted.sentence(Language::English)),
            Trouble::Name { flag, error } => format!("{flag}: {error}"),
            Trouble::Address {
                address,
                is_taken: true,
                ..
            } => format!(
                "{address} is taken by another program; choose another --port, or 0 for any"
            ),
            Trouble::Address { address, error, .. } => {
                format!("cannot listen on {address}: {error}")
            }
            Trouble::File { path, why } => format!("--world-file {path} cannot be used: {why}"),
            Trouble::System(why) => why.clone(),
        }
    }

    fn in_turkish(&self) -> String {
        match self {
            Trouble::Unknown(given) => format!("`{given}` diye bir bayrak yok; bkz. --help"),
            Trouble::NoValue(flag) => format!("{flag} bir değer ister; bkz. --help"),
            Trouble::SurplusValue(flag) => format!("{flag} değer almaz; bkz. --help"),
            Trouble::Value {
                flag,
                given,
                wanted,
            } => format!("{flag} `{given}` {}", wanted.sentence(Language::Turkish)),
            Trouble::Name { flag, error } if error.is_live() => {
                format!("{flag}: `{}` sağlayıcının kendi adresi", error.name())
            }
            Trouble::Name { flag, error } => {
                format!("{flag}: `{}` bir makine adı değil", error.name())
            }
            Trouble::Address {
                address,
                is_taken: true,
                ..
            } => format!(
                "{address} başka bir programda; başka bir --port seçin, 0 boş olan birini alır"
            ),
            Trouble::Address { address, error, .. } => format!("{address} dinlenemiyor: {error}"),
            Trouble::File { path, why } => format!("--world-file {path} kullanılamıyor: {why}"),
            Trouble::System(why) => why.clone(),
        }
    }
}
