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
  --name NAME            answers to this host name besides the loopback names (repeatable)
  --callback-host HOST   posts to shops on this host besides the loopback names (repeatable)
  --seed N               decides ids and order, 1 without the flag
  --time TIME            clock that only the control API moves, as 2026-11-28T10:00:00+03:00
  --world-file FILE      state and steps that prepare the default world
  --json                 prints addresses and logins as one line of JSON
  --lang en|tr           language of these texts; without it, that of LC_ALL, LC_MESSAGES or LANG
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
  --name AD              localhost ve 127.0.0.1'e ek olarak bu adla da yanıt verir (yinelenebilir)
  --callback-host AD     bu bilgisayara ek olarak AD adlı makinedeki mağazalara da bildirim gönderir
                         (yinelenebilir)
  --seed N               numaraları ve sırayı belirler; verilmezse 1
  --time ZAMAN           yalnız denetim API'siyle ilerleyen saat, örneğin 2026-11-28T10:00:00+03:00
  --world-file DOSYA     varsayılan dünyayı hazırlayan durum ve adımlar
  --json                 adresleri ve giriş bilgilerini tek satır JSON olarak yazar
  --lang en|tr           bu metinlerin dili; verilmezse LC_ALL, LC_MESSAGES ya da LANG değişkenindeki
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
    let (board, name, of_seed, logins) = match language {
        Language::English => ("board", "control", "seed", "logins"),
        Language::Turkish => ("pano", "denetim", "tohum", "giriş bilgileri"),
    };
    format!(
        "{}{board:<8}{root}/_sandbox/board\n{name:<8}{control}\n{of_seed:<8}{seed}\n\n{logins}: curl {control}\n",
        providers.concat()
    )
}

/// Returns a warning about an address that other machines reach.
pub(crate) fn open_to_the_network(language: Language, address: SocketAddr) -> String {
    match language {
        Language::English => {
            format!("open to the network: every machine that reaches {address} can use it")
        }
        Language::Turkish => {
            format!("ağa açık: {address} adresine ulaşan her makine kullanabilir")
        }
    }
}
