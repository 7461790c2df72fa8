//! `stories`: tells drawn stories about every write, or about one.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use stories::{Failing, Write, search, writes};

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
    if options.is_list {
        for write in writes {
            println!("{:<44} {}", write.name, (write.class)().name());
        }
        return ExitCode::SUCCESS;
    }
    let next = AtomicUsize::new(0);
    let is_broken = AtomicBool::new(false);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(write) = writes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match report(*write, &options) {
                        Ok(lines) => println!("{lines}"),
                        Err(failing) => {
                            println!("{failing}");
                            is_broken.store(true, Ordering::Relaxed);
                        }
                    }
                }
            });
        }
    });
    if is_broken.into_inner() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Tells the stories of one write.
fn report(write: Write, options: &Options) -> Result<String, Box<Failing>> {
    #[expect(clippy::disallowed_methods, reason = "a tool that measures")]
    let started = Instant::now();
    let told = search(write, options.seed, options.stories)?;
    #[expect(clippy::disallowed_methods, reason = "a tool that measures")]
    let elapsed = started.elapsed();
    let mut lines = format!(
        "{:<44} {:<7} {} stories, {} exchanges, {} effects, {:.2} s",
        write.name,
        (write.class)().name(),
        options.stories,
        told.exchanges,
        told.effects,
        elapsed.as_secs_f64()
    );
    for (incident, times) in told.incidents.iter().filter(|_| options.has_counts) {
        let _ = write!(lines, "\n{times:>10}  {incident}");
    }
    Ok(lines)
}

/// Returns the write of this name, or all whose name holds it.
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
