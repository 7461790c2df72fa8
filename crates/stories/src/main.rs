//! `stories`: tells drawn stories about every write, or about one.

use std::process::ExitCode;
use std::time::Instant;

use stories::{Write, search, writes};

const HELP: &str = "\
Tells drawn stories about the writes of the clients, and stops at the first that breaks a rule.

Usage: stories [--stories N] [--seed N] [--write NAME] [--counts] [--list]

  --stories N   how many stories for each write (default: 1000)
  --seed N      the seed of the first story (default: 1)
  --write NAME  only the write of this name, or those whose name contains NAME
  --counts      how often each fault, crash and clock occurred
  --list        names the writes and their classes
";

struct Options {
    stories: u64,
    seed: u64,
    write: String,
    has_counts: bool,
    is_list: bool,
}

#[expect(clippy::print_stdout, reason = "a command line tool")]
#[expect(clippy::print_stderr, reason = "a command line tool")]
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let options = match options(&mut arguments) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(mistake) => {
            eprintln!("{mistake}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let writes = chosen(&options.write);
    if writes.is_empty() {
        eprintln!("no write has a name with `{}` in it", options.write);
        return ExitCode::from(2);
    }
    let mut code = ExitCode::SUCCESS;
    for write in writes {
        let class = (write.class)().name();
        if options.is_list {
            println!("{:<44} {class}", write.name);
            continue;
        }
        #[expect(clippy::disallowed_methods, reason = "a tool that measures")]
        let started = Instant::now();
        let result = search(write, options.seed, options.stories);
        #[expect(clippy::disallowed_methods, reason = "a tool that measures")]
        let elapsed = started.elapsed();
        match result {
            Ok(told) => {
                println!(
                    "{:<44} {class:<7} {} stories, {} exchanges, {} effects, {:.2} s",
                    write.name,
                    options.stories,
                    told.exchanges,
                    told.effects,
                    elapsed.as_secs_f64()
                );
                for (incident, times) in told.incidents.iter().filter(|_| options.has_counts) {
                    println!("{times:>10}  {incident}");
                }
            }
            Err(failing) => {
                println!("{failing}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

/// The write of this name, or all whose name holds it.
fn chosen(name: &str) -> Vec<Write> {
    let mut writes = writes::all();
    let is_exact = writes.iter().any(|write| write.name == name);
    writes.retain(|write| write.name == name || !is_exact && write.name.contains(name));
    writes
}

/// Reads the arguments; `None` when help is asked for.
fn options(arguments: &mut impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options {
        stories: 1_000,
        seed: 1,
        write: String::new(),
        has_counts: false,
        is_list: false,
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("not a number: {text}"));
        match argument.as_str() {
            "--stories" => options.stories = number(value()?)?,
            "--seed" => options.seed = number(value()?)?,
            "--write" => options.write = value()?,
            "--counts" => options.has_counts = true,
            "--list" => options.is_list = true,
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("unknown argument: {other}")),
        }
    }
    Ok(Some(options))
}
