//! The program's own words, in English and Turkish.

use std::net::SocketAddr;

use kervan_sandbox::server::Running;
use kervan_sandbox::world::PROVIDERS;

/// The language of the program's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Turkish,
}

impl Language {
    /// Returns the language of the environment.
    pub(crate) fn of_environment() -> Self {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let mut values = names
            .into_iter()
            .filter_map(|name| std::env::var(name).ok());
        match values.find(|value| !value.is_empty()) {
            Some(value) if value.starts_with("tr") => Language::Turkish,
            _ => Language::English,
        }
    }

    /// Returns the language of a flag.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "en" => Some(Language::English),
            "tr" => Some(Language::Turkish),
            _ => None,
        }
    }
}

/// Why the program does not begin.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A flag, in the words of the one who reads flags.
    Flags(String),
    Time(String),
    Language(String),
    Name(String),
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

impl Trouble {
    /// Returns one sentence.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let sentence = match (language, self) {
            (Language::English, Trouble::Flags(why)) => format!("{why}; see --help"),
            (Language::Turkish, Trouble::Flags(why)) => {
                format!("bayrak anlaşılamadı ({why}); bkz. --help")
            }
            (Language::English, Trouble::Time(given)) => {
                format!("--time `{given}` is not a time as 2026-11-28T10:00:00+03:00")
            }
            (Language::Turkish, Trouble::Time(given)) => {
                format!("--time `{given}` 2026-11-28T10:00:00+03:00 biçiminde bir zaman değil")
            }
            (Language::English, Trouble::Language(given)) => {
                format!("--lang `{given}` is neither en nor tr")
            }
            (Language::Turkish, Trouble::Language(given)) => {
                format!("--lang `{given}` en ya da tr olmalı")
            }
            (Language::English, Trouble::Name(why)) => {
                format!("--name or --callback-host: {why}")
            }
            (Language::Turkish, Trouble::Name(why)) => {
                format!("--name ya da --callback-host: {why}")
            }
            (
                Language::English,
                Trouble::Address {
                    address,
                    is_taken: true,
                    ..
                },
            ) => format!(
                "{address} is taken by another program; choose another --port, or 0 for any"
            ),
            (
                Language::Turkish,
                Trouble::Address {
                    address,
                    is_taken: true,
                    ..
                },
            ) => format!(
                "{address} başka bir programda; başka bir --port seçin, 0 boş olan birini alır"
            ),
            (Language::English, Trouble::Address { address, error, .. }) => {
                format!("cannot listen on {address}: {error}")
            }
            (Language::Turkish, Trouble::Address { address, error, .. }) => {
                format!("{address} dinlenemiyor: {error}")
            }
            (Language::English, Trouble::File { path, why }) => {
                format!("--world-file {path} cannot be used: {why}")
            }
            (Language::Turkish, Trouble::File { path, why }) => {
                format!("--world-file {path} kullanılamıyor: {why}")
            }
            (_, Trouble::System(why)) => why.clone(),
        };
        // The words of a library may have several lines.
        sentence.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Returns the text of `--help`.
pub(crate) fn help(language: Language) -> &'static str {
    match language {
        Language::English => HELP,
        Language::Turkish => YARDIM,
    }
}

const HELP: &str = "\
Plays Aras Kargo, Horoz Lojistik, Param and HASO on this machine, so that a shop can be tested without
an account. Nothing of it was observed on a provider's live service.

Usage: kervan-sandbox [flags]

  --port N               port, 4747 without the flag; 0 takes any free one
  --listen IP            address, 127.0.0.1 without the flag; another one opens it to the network
  --name NAME            answers to this host name too, loopback names apart (repeatable)
  --callback-host HOST   posts to shops on this host too, loopback apart (repeatable)
  --seed N               decides ids and order, 1 without the flag
  --time TIME            clock that only the control API moves, as 2026-11-28T10:00:00+03:00
  --world-file FILE      state and steps that prepare the default world
  --json                 prints addresses and logins as one line of JSON
  --lang en|tr           language of these texts; without the flag, that of LANG
  -h, --help             prints this
  -V, --version          prints the version

Ends with 0 when it is told to end, and with 2 when it cannot begin.
";

const YARDIM: &str = "\
Aras Kargo, Horoz Lojistik, Param ve HASO'yu bu makinede canlandırır; mağazanızı hesap açmadan
deneyebilirsiniz. Hiçbir davranışı sağlayıcıların canlı sistemlerinde gözlenmemiştir.

Kullanım: kervan-sandbox [bayraklar]

  --port N               port; verilmezse 4747, 0 boş olan birini alır
  --listen IP            adres; verilmezse 127.0.0.1, başka bir adres ağa açar
  --name AD              bu makine adlarına ek olarak bu adla da yanıt verir (yinelenebilir)
  --callback-host AD     bu makineye ek olarak bu makinedeki mağazalara da bildirim gönderir (yinelenebilir)
  --seed N               numaraları ve sırayı belirler; verilmezse 1
  --time ZAMAN           yalnız denetim API'siyle ilerleyen saat, örneğin 2026-11-28T10:00:00+03:00
  --world-file DOSYA     varsayılan dünyayı hazırlayan durum ve adımlar
  --json                 adresleri ve giriş bilgilerini tek satır JSON olarak yazar
  --lang en|tr           bu metinlerin dili; verilmezse LANG değişkenindeki
  -h, --help             bunu yazar
  -V, --version          sürümü yazar

Kapatıldığında 0, başlayamadığında 2 ile çıkar.
";

/// Returns the first lines of a server that answers.
pub(crate) fn welcome(language: Language, running: &Running) -> String {
    let root = running.registry().root();
    let providers = PROVIDERS.iter();
    let providers: Vec<String> = providers
        .map(|provider| format!("{provider:<8}{root}/{provider}\n"))
        .collect();
    let seed = running.registry().seed();
    let control = format!("{root}/_sandbox/worlds/default");
    let (name, of_seed, logins) = match language {
        Language::English => ("control", "seed", "logins"),
        Language::Turkish => ("denetim", "tohum", "giriş bilgileri"),
    };
    format!(
        "{}{name:<8}{control}\n{of_seed:<8}{seed}\n\n{logins}: curl {control}\n",
        providers.concat()
    )
}
