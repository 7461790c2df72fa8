//! The flags.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use kervan_sandbox::Moment;
use lexopt::{Arg, Parser};

use super::texts::Language;
use super::trouble::{Trouble, Wanted};

/// The port that is taken when none is asked for.
pub(crate) const PORT: u16 = 4747;

/// The wish of the one who started the program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Help(Language),
    Version,
    Run(Options),
}

/// The settings of the server.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) address: SocketAddr,
    pub(crate) names: Vec<String>,
    pub(crate) callback_hosts: Vec<String>,
    pub(crate) seed: u64,
    pub(crate) time: Option<Moment>,
    pub(crate) world_file: Option<PathBuf>,
    pub(crate) is_json: bool,
    pub(crate) language: Language,
}

/// Reads the flags. An error is in the language that was asked for until then.
pub(crate) fn read(
    arguments: impl Iterator<Item = OsString>,
    language: Language,
) -> Result<Asked, (Language, Trouble)> {
    let mut options = Options {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)),
        names: Vec::new(),
        callback_hosts: Vec::new(),
        seed: 1,
        time: None,
        world_file: None,
        is_json: false,
        language,
    };
    let mut asked = None;
    let mut parser = Parser::from_args(arguments);
    loop {
        match next(&mut parser, &mut options) {
            Ok(Step::End) => break,
            Ok(Step::Read) => {}
            // The language may still come.
            Ok(Step::Help) => asked = asked.or(Some(Wish::Help)),
            Ok(Step::Version) => asked = asked.or(Some(Wish::Version)),
            Err(trouble) => return Err((options.language, trouble)),
        }
    }
    Ok(match asked {
        Some(Wish::Help) => Asked::Help(options.language),
        Some(Wish::Version) => Asked::Version,
        None => Asked::Run(options),
    })
}

#[derive(Clone, Copy)]
enum Wish {
    Help,
    Version,
}

enum Step {
    End,
    Read,
    Help,
    Version,
}

fn next(parser: &mut Parser, options: &mut Options) -> Result<Step, Trouble> {
    let Some(argument) = parser.next().map_err(of_library)? else {
        return Ok(Step::End);
    };
    match argument {
        Arg::Short('h') | Arg::Long("help") => return Ok(Step::Help),
        Arg::Short('V') | Arg::Long("version") => return Ok(Step::Version),
        Arg::Long("port") => {
            let port = value(parser, "--port", Wanted::Port)?;
            options.address.set_port(port);
        }
        Arg::Long("listen") => {
            let ip = value(parser, "--listen", Wanted::Address)?;
            options.address.set_ip(ip);
        }
        Arg::Long("name") => options.names.push(text(parser, "--name")?),
        Arg::Long("callback-host") => {
            options
                .callback_hosts
                .push(text(parser, "--callback-host")?);
        }
        Arg::Long("seed") => options.seed = value(parser, "--seed", Wanted::Number)?,
        Arg::Long("time") => {
            let given = text(parser, "--time")?;
            let time = Moment::parse_iso(&given);
            options.time = Some(time.ok_or_else(|| wrong("--time", given, Wanted::Time))?);
        }
        Arg::Long("world-file") => {
            options.world_file = Some(PathBuf::from(parser.value().map_err(of_library)?));
        }
        Arg::Long("json") => options.is_json = true,
        Arg::Long("lang") => {
            let given = text(parser, "--lang")?;
            let language = Language::named(&given);
            options.language = language.ok_or_else(|| wrong("--lang", given, Wanted::Language))?;
        }
        Arg::Short(letter) => return Err(Trouble::Unknown(format!("-{letter}"))),
        Arg::Long(name) => return Err(Trouble::Unknown(format!("--{name}"))),
        Arg::Value(given) => {
            return Err(Trouble::Unknown(given.to_string_lossy().into_owned()));
        }
    }
    Ok(Step::Read)
}

fn value<T: FromStr>(
    parser: &mut Parser,
    flag: &'static str,
    wanted: Wanted,
) -> Result<T, Trouble> {
    let given = text(parser, flag)?;
    given.parse().map_err(|_| wrong(flag, given, wanted))
}

fn text(parser: &mut Parser, flag: &'static str) -> Result<String, Trouble> {
    let given = parser.value().map_err(of_library)?;
    let shown = |given: OsString| wrong(flag, given.to_string_lossy().into_owned(), Wanted::Text);
    given.into_string().map_err(shown)
}

fn wrong(flag: &'static str, given: String, wanted: Wanted) -> Trouble {
    Trouble::Value {
        flag,
        given,
        wanted,
    }
}

fn of_library(error: lexopt::Error) -> Trouble {
    match error {
        lexopt::Error::MissingValue {
            option: Some(option),
        } => Trouble::NoValue(option),
        lexopt::Error::UnexpectedValue { option, .. } => Trouble::SurplusValue(option),
        other => Trouble::System(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Result<Asked, (Language, Trouble)> {
        read(
            line.split_whitespace().map(OsString::from),
            Language::English,
        )
    }

    #[test]
    fn flags_are_read() {
        let line = "--port 0 --listen 0.0.0.0 --name box --callback-host shop --seed 7 --json \
                    --time 2026-11-28T10:00:00+03:00 --world-file a.json --lang tr";
        let Ok(Asked::Run(options)) = of(line) else {
            panic!("it runs");
        };
        assert_eq!(options.address, "0.0.0.0:0".parse().unwrap());
        assert_eq!(
            (options.names, options.callback_hosts),
            (vec!["box".to_owned()], vec!["shop".to_owned()])
        );
        assert_eq!((options.seed, options.is_json), (7, true));
        assert_eq!(options.time, Moment::parse_turkish("28.11.2026 10:00:00"));
        assert_eq!(options.language, Language::Turkish);
    }

    #[test]
    fn help_speaks_the_language_that_comes_behind_it() {
        assert_eq!(of("--help --lang tr"), Ok(Asked::Help(Language::Turkish)));
        assert_eq!(of("-V"), Ok(Asked::Version));
    }

    #[test]
    fn mistakes_are_named_in_both_languages() {
        for (line, english, turkish) in [
            (
                "--prot 1",
                "`--prot` is not a flag; see --help",
                "`--prot` diye bir bayrak yok; bkz. --help",
            ),
            (
                "-x",
                "`-x` is not a flag; see --help",
                "`-x` diye bir bayrak yok; bkz. --help",
            ),
            (
                "file",
                "`file` is not a flag; see --help",
                "`file` diye bir bayrak yok; bkz. --help",
            ),
            (
                "--port",
                "--port needs a value; see --help",
                "--port bir değer ister; bkz. --help",
            ),
            (
                "--json=1",
                "--json takes no value; see --help",
                "--json değer almaz; bkz. --help",
            ),
            (
                "--port 70000",
                "--port `70000` is not a port from 0 to 65535",
                "--port `70000` 0 ile 65535 arasında bir port değil",
            ),
            (
                "--listen box",
                "--listen `box` is not an IP address such as 0.0.0.0",
                "--listen `box` 0.0.0.0 gibi bir IP adresi değil",
            ),
            (
                "--seed x",
                "--seed `x` is not a whole number of 0 or above",
                "--seed `x` sıfır ya da daha büyük bir tam sayı değil",
            ),
            (
                "--time tomorrow",
                "--time `tomorrow` is not a time as 2026-11-28T10:00:00+03:00",
                "--time `tomorrow` 2026-11-28T10:00:00+03:00 biçiminde bir zaman değil",
            ),
            (
                "--lang de",
                "--lang `de` is neither en nor tr",
                "--lang `de` en ya da tr olmalı",
            ),
        ] {
            let (_, trouble) = of(line).unwrap_err();
            assert_eq!(trouble.sentence(Language::English), english);
            assert_eq!(trouble.sentence(Language::Turkish), turkish);
        }
    }

    #[test]
    fn a_mistake_is_told_in_the_language_asked_for_before_it() {
        let (language, _) = of("--lang tr --port x").unwrap_err();
        assert_eq!(language, Language::Turkish);
    }
}
