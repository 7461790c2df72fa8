//! Sends a file of orders, each exactly once, and goes on where an earlier run died.
//!
//! ```text
//! bulk_orders <orders.csv | orders.jsonl> [--ledger FILE] [--results FILE] [--at-once N]
//!             [--pause-ms N] [--timeout-ms N] [--check]
//! ```
//!
//! Needs `HOROZ_BASE_URL` and `HOROZ_PROCESS_KEY`, which Horoz gives with the contract. With
//! `--check`, or without them, it checks the file and sends nothing.
//!
//! The result file has one line of JSON for each order and appears when the run has ended. The exit
//! status is 0 when every order is there, 1 when some were refused, 2 when some are left for the
//! next run, 3 when nothing could be sent.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use horoz_shipping::{
    BaseUrl, Client, Config, CsvOptions, FileLedger, ImportErrors, Imported, OrderProblems,
    OrderResult, Plan, ProcessKey, RunError, RunReport,
};

struct Options {
    orders: PathBuf,
    ledger: PathBuf,
    results: PathBuf,
    plan: Plan,
    config: Config,
    only_check: bool,
}

impl Options {
    fn read() -> Result<Self, Box<dyn Error>> {
        let mut arguments = std::env::args().skip(1);
        let orders = PathBuf::from(arguments.next().ok_or("which file of orders?")?);
        let mut options = Self {
            ledger: orders.with_extension("ledger"),
            results: orders.with_extension("results.jsonl"),
            orders,
            plan: Plan::default(),
            config: Config::default(),
            only_check: false,
        };
        while let Some(name) = arguments.next() {
            if name == "--check" {
                options.only_check = true;
                continue;
            }
            let value = arguments
                .next()
                .ok_or_else(|| format!("{name} needs a value"))?;
            let milliseconds = || value.parse().map(Duration::from_millis);
            match name.as_str() {
                "--ledger" => options.ledger = value.into(),
                "--results" => options.results = value.into(),
                "--at-once" => options.plan = options.plan.at_once(value.parse()?),
                "--pause-ms" => options.plan = options.plan.pause(milliseconds()?),
                "--timeout-ms" => options.config = options.config.timeout(milliseconds()?),
                other => return Err(format!("{other} is not understood").into()),
            }
        }
        Ok(options)
    }
}

/// A line that shows how far a run is, where somebody is looking.
struct Progress {
    orders: usize,
    done: usize,
    started: Instant,
    shown: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    fn new(orders: usize) -> Self {
        Self {
            orders,
            done: 0,
            started: Instant::now(),
            shown: None,
            is_shown: io::stderr().is_terminal(),
        }
    }

    fn step(&mut self) {
        self.done += 1;
        let is_due = self
            .shown
            .is_none_or(|at| at.elapsed() > Duration::from_millis(100));
        if self.is_shown && (is_due || self.done == self.orders) {
            self.shown = Some(Instant::now());
            let filled = self.done * 40 / self.orders.max(1);
            let seconds = self.started.elapsed().as_secs();
            eprint!(
                "\r[{}{}] {}/{} orders, {seconds} s ",
                "#".repeat(filled),
                ".".repeat(40 - filled),
                self.done,
                self.orders
            );
        }
    }

    fn end(&self) {
        if self.is_shown {
            eprintln!();
        }
    }
}

fn import(path: &Path) -> Result<Imported, Box<dyn Error>> {
    let file = File::open(path)?;
    let is_csv = path.extension().is_some_and(|extension| extension == "csv");
    let imported = if is_csv {
        Imported::from_csv(file, CsvOptions::default())
    } else {
        Imported::from_json_lines(file)
    };
    imported.map_err(|errors: ImportErrors| {
        for mistake in &errors.mistakes {
            eprintln!("{mistake}");
        }
        errors.into()
    })
}

/// Every problem with the row and column of the file.
fn show(imported: &Imported, all: &[OrderProblems]) {
    for one in all {
        for problem in &one.problems {
            let (row, column) = imported
                .place_of(one.index, problem.path())
                .unwrap_or_default();
            let column = column
                .map(|name| format!(", column `{name}`"))
                .unwrap_or_default();
            eprintln!("row {row}{column}: order {}: {problem}", one.number);
        }
    }
}

/// Writes beside the result file and gives it its name at the end, so that a file under that name
/// is always whole.
struct Results {
    path: PathBuf,
    part: PathBuf,
    file: BufWriter<File>,
    failure: Option<io::Error>,
}

impl Results {
    fn create(path: &Path) -> io::Result<Self> {
        let part = path.with_extension("part");
        Ok(Self {
            file: BufWriter::new(File::create(&part)?),
            path: path.to_owned(),
            part,
            failure: None,
        })
    }

    fn add(&mut self, result: &OrderResult) {
        let written = serde_json::to_writer(&mut self.file, result).map_err(io::Error::from);
        let written = written.and_then(|()| self.file.write_all(b"\n"));
        if let Err(error) = written {
            self.failure.get_or_insert(error);
        }
    }

    fn finish(mut self) -> io::Result<()> {
        if let Some(error) = self.failure {
            return Err(error);
        }
        self.file.flush()?;
        fs::rename(&self.part, &self.path)
    }
}

async fn run(options: &Options) -> Result<Option<RunReport>, Box<dyn Error>> {
    let imported = import(&options.orders)?;
    let live = std::env::var("HOROZ_BASE_URL")
        .ok()
        .zip(std::env::var("HOROZ_PROCESS_KEY").ok())
        .filter(|_| !options.only_check);
    let (base, key) = live
        .clone()
        .unwrap_or(("https://horoz.example".into(), "none".into()));
    let base = BaseUrl::parse(&base)?;
    let ledger_scope = base.as_str().to_owned();
    let client = Client::builder(base, ProcessKey::new(&key)?)
        .config(options.config.clone())
        .build()?;
    if live.is_none() {
        let found = client.check_all(&imported.orders);
        show(&imported, &found);
        println!("{} orders checked, nothing sent", imported.orders.len());
        let stopped = found.iter().filter(|one| one.problems.stop_the_call());
        return match stopped.count() {
            0 => Ok(None),
            count => Err(format!("{count} of the orders cannot be sent").into()),
        };
    }
    let ledger = FileLedger::open(&options.ledger, &ledger_scope)?;
    let mut results = Results::create(&options.results)?;
    let mut progress = Progress::new(imported.orders.len());
    let report = client
        .create_all(&imported.orders, &ledger, &options.plan, |result| {
            results.add(result);
            progress.step();
        })
        .await;
    progress.end();
    match report {
        Ok(report) => {
            results.finish()?;
            println!("{}", serde_json::to_string(&report)?);
            Ok(Some(report))
        }
        Err(error) => {
            if let RunError::Invalid(all) = &error {
                show(&imported, all);
            }
            Err(error.into())
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let outcome = match Options::read() {
        Ok(options) => run(&options).await,
        Err(error) => Err(error),
    };
    match outcome {
        Err(error) => {
            eprintln!("bulk_orders: {error}");
            ExitCode::from(3)
        }
        Ok(Some(report)) if !report.is_settled() => ExitCode::from(2),
        Ok(Some(report)) if report.refused > 0 => ExitCode::from(1),
        Ok(_) => ExitCode::SUCCESS,
    }
}
