//! `stories`: tells drawn stories about every write, or about one.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use stories::{Failing, Telling, sale, search, writes};

const HELP: &str = "\
Tells drawn stories about the writes of the clients and about whole sales, and stops at the first that
breaks a rule.

Usage: stories [--stories N] [--seed N] [--write NAME] [--counts] [--list]

  --stories N   how many stories for each write and each sale (default: 1000)
  --seed N      the seed of the first story (default: 1)
  --write NAME  only the write or sale of this name, or those whose name contains NAME
  --counts      how often each fault, crash and clock occurred
  --list        names the writes, their classes, and the sales
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
        for (told, class) in writes {
            println!("{:<44} {class}", told.name);
        }
        return ExitCode::SUCCESS;
    }
    let next = AtomicUsize::new(0);
    let is_broken = AtomicBool::new(false);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((told, class)) = writes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match report(*told, class, &options) {
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

/// Tells the stories of one write, or of one sale.
fn report(telling: Telling, class: &str, options: &Options) -> Result<String, Box<Failing>> {
    #[expect(clippy::disallowed_methods, reason = "a tool that measures")]
    let started = Instant::now();
    let told = search(telling, options.seed, options.stories)?;
    #[expect(clippy::disallowed_methods, reason = "a tool that measures")]
    let elapsed = started.elapsed();
    let mut lines = format!(
        "{:<44} {class:<7} {} stories, {} exchanges, {} effects, {:.2} s",
        telling.name,
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

/// Returns the write or sale of this name with its class, or all whose name holds it.
fn chosen(name: &str) -> Vec<(Telling, &'static str)> {
    let writes = writes::all().into_iter();
    let mut all: Vec<_> = writes
        .map(|write| (Telling::from(write), (write.class)().name()))
        .collect();
    all.extend(sale::all().into_iter().map(|sale| (sale, "sale")));
    let is_exact = all.iter().any(|(told, _)| told.name == name);
    all.retain(|(told, _)| told.name == name || !is_exact && told.name.contains(name));
    all
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
