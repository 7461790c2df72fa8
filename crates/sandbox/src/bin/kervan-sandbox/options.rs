//! The flags.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use kervan_sandbox::Moment;
use lexopt::{Arg, Parser, ValueExt};

use super::texts::{Language, Trouble};

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
    let flags = |error: lexopt::Error| Trouble::Flags(error.to_string());
    let Some(argument) = parser.next().map_err(flags)? else {
        return Ok(Step::End);
    };
    match argument {
        Arg::Short('h') | Arg::Long("help") => return Ok(Step::Help),
        Arg::Short('V') | Arg::Long("version") => return Ok(Step::Version),
        Arg::Long("port") => {
            let port = parser
                .value()
                .and_then(|value| value.parse())
                .map_err(flags)?;
            options.address.set_port(port);
        }
        Arg::Long("listen") => {
            let ip: IpAddr = parser
                .value()
                .and_then(|value| value.parse())
                .map_err(flags)?;
            options.address.set_ip(ip);
        }
        Arg::Long("name") => options.names.push(text(parser)?),
        Arg::Long("callback-host") => options.callback_hosts.push(text(parser)?),
        Arg::Long("seed") => {
            options.seed = parser
                .value()
                .and_then(|value| value.parse())
                .map_err(flags)?;
        }
        Arg::Long("time") => {
            let given = text(parser)?;
            options.time = Some(Moment::parse_iso(&given).ok_or(Trouble::Time(given))?);
        }
        Arg::Long("world-file") => {
            options.world_file = Some(PathBuf::from(parser.value().map_err(flags)?));
        }
        Arg::Long("json") => options.is_json = true,
        Arg::Long("lang") => {
            let given = text(parser)?;
            options.language = Language::named(&given).ok_or(Trouble::Language(given))?;
        }
        other => return Err(flags(other.unexpected())),
    }
    Ok(Step::Read)
}

fn text(parser: &mut Parser) -> Result<String, Trouble> {
    let value = parser.value().and_then(ValueExt::string);
    value.map_err(|error| Trouble::Flags(error.to_string()))
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
    fn mistakes_are_named() {
        for line in [
            "--prot 1",
            "--port",
            "--port x",
            "--port 70000",
            "--seed -1",
            "--time tomorrow",
            "--lang de",
            "file",
            "--json=1",
        ] {
            let (language, trouble) = of(line).unwrap_err();
            let sentence = trouble.sentence(language);
            assert!(
                !sentence.contains('\n') && sentence.len() > 10,
                "{sentence}"
            );
        }
    }
}
