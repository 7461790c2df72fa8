//! Sends a file of orders, each exactly once, and goes on where an earlier run died.
//!
//! ```text
//! bulk_orders <orders.csv | orders.jsonl> --account NAME [--ledger FILE] [--results FILE]
//!             [--at-once N] [--pause-ms N] [--timeout-ms N] [--again-refused]
//!             [--trust-duplicates] [--check]
//! ```
//!
//! Sends to `HOROZ_BASE_URL` with `HOROZ_PROCESS_KEY`, which Horoz gives with the contract, or to the
//! sandbox that runs at `KERVAN_SANDBOX`, such as `http://127.0.0.1:4747`. `--account` is any name for the
//! account at Horoz, always the same one: the ledger keeps the orders of each base address and account
//! apart. `LEDGER_SECRET` is 64 hexadecimal digits, always the same ones: with it the ledger recognizes an
//! order without holding its names and addresses. With `--check` the program checks the file and sends
//! nothing.
//!
//! Without the variables the orders go to a sandbox in this process, which loses the answer to the first
//! one. The results are printed, and neither ledger nor result file is written.
//!
//! The result file has one line of JSON for each order that has ended. One of an earlier run is
//! removed at the start, and the new one appears when the run has ended. The exit status is
//!
//! - 0 when every order is there,
//! - 1 when some were refused, or another order has their number,
//! - 2 when the program was called in a wrong way; nothing was sent,
//! - 3 when nothing was sent: a mistake in the file or the settings,
//! - 4 when the run broke off, or its results could not be written: some orders may have been sent,
//!   and the result file holds those that have ended, if it is there at all. The ledger knows more,
//! - 5 when some are left for the next run.

#![expect(
    clippy::disallowed_methods,
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
    BaseUrl, Client, Config, CreateSupplierPaysOrder, CsvOptions, Direction, ImportErrors,
    ImportedOrders, ProcessKey,
};
use kervan_bulk::{Bulk, BulkProblems, BulkResult, RunError, RunPlan, RunReport, check_all};
use kervan_ledger::{Account, ContentsKey, FileStore, Ledger, MemoryStore};
use kervan_reqwest::SystemHost;
use kervan_sandbox::horoz::{Horoz, Step};
use kervan_sandbox::{Fault, Plan, Sandbox};

const USAGE: &str = "\
usage: bulk_orders <orders.csv | orders.jsonl> --account NAME [--ledger FILE] [--results FILE]
                   [--at-once N] [--pause-ms N] [--timeout-ms N] [--again-refused]
                   [--trust-duplicates] [--check]

Sends each order of the file once, and goes on where an earlier run died: to HOROZ_BASE_URL with
HOROZ_PROCESS_KEY, or to the sandbox at KERVAN_SANDBOX. LEDGER_SECRET is 64 hexadecimal digits, always the
same ones. Without these variables it sends to a sandbox in its own process and keeps nothing. With --check
it checks the file and sends nothing.

exit status: 0 every order is there; 1 some were refused; 2 wrong use; 3 nothing was sent;
             4 the run broke off; 5 some are left for the next run";

struct Options {
    orders: PathBuf,
    account: Option<String>,
    ledger: PathBuf,
    results: PathBuf,
    plan: RunPlan,
    config: Config,
    only_check: bool,
}

impl Options {
    fn read() -> Result<Self, Box<dyn Error>> {
        let mut arguments = std::env::args().skip(1);
        let orders = arguments.next().ok_or("which file of orders?")?;
        if orders.starts_with('-') {
            return Err(format!("the file of orders comes before {orders}").into());
        }
        let orders = PathBuf::from(orders);
        let mut options = Self {
            account: None,
            ledger: orders.with_extension("ledger"),
            results: orders.with_extension("results.jsonl"),
            orders,
            plan: RunPlan::default(),
            config: Config::default(),
            only_check: false,
        };
        while let Some(name) = arguments.next() {
            match name.as_str() {
                "--check" => options.only_check = true,
                "--again-refused" => options.plan = options.plan.send_refused(true),
                "--trust-duplicates" => options.plan = options.plan.trust_duplicates(true),
                _ => options.set(&name, arguments.next())?,
            }
        }
        if place().is_some() && !options.only_check && options.account.is_none() {
            return Err("--account NAME is needed: whose orders are they?".into());
        }
        Ok(options)
    }

    /// Takes an option that has a value.
    fn set(&mut self, name: &str, value: Option<String>) -> Result<(), Box<dyn Error>> {
        let value = value.ok_or_else(|| format!("{name} needs a value"))?;
        let milliseconds = || value.parse().map(Duration::from_millis);
        let (plan, config) = (self.plan.clone(), self.config.clone());
        match name {
            "--account" => self.account = Some(value),
            "--ledger" => self.ledger = value.into(),
            "--results" => self.results = value.into(),
            "--at-once" => self.plan = plan.at_once(value.parse()?),
            "--pause-ms" => self.plan = plan.pause(milliseconds()?),
            "--timeout-ms" => self.config = config.timeout(milliseconds()?),
            other => return Err(format!("{other} is not understood").into()),
        }
        Ok(())
    }
}

/// A line that shows the progress of a run on a terminal.
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

fn import(path: &Path) -> Result<ImportedOrders, Box<dyn Error>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let is_csv = path.extension().is_some_and(|extension| extension == "csv");
    let imported = if is_csv {
        ImportedOrders::from_csv(file, CsvOptions::default())
    } else {
        ImportedOrders::from_json_lines(file)
    };
    imported.map_err(|errors: ImportErrors| {
        for mistake in &errors.mistakes {
            eprintln!("{mistake}");
        }
        errors.into()
    })
}

/// Prints every problem with the row and column of the file.
fn show(imported: &ImportedOrders, all: &[BulkProblems]) {
    for one in all {
        for problem in &one.problems {
            let place = imported.place_of(one.index, problem.path());
            let place = place.map_or_else(String::new, |place| format!("{place}: "));
            eprintln!("{place}order {}: {problem}", one.key);
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
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let part = path.with_extension("part");
        Ok(Self {
            file: BufWriter::new(File::create(&part)?),
            path: path.to_owned(),
            part,
            failure: None,
        })
    }

    fn add(&mut self, result: &BulkResult) {
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
        // A name must not last longer than what it names.
        self.file.get_ref().sync_all()?;
        fs::rename(&self.part, &self.path)
    }
}

/// The end of a run.
enum End {
    /// Nothing was to be sent.
    Checked,
    Ran(RunReport),
    /// Some orders may have been sent.
    BrokeOff(Box<dyn Error>),
}

/// Returns the address and the key that the variables name.
fn place() -> Option<(String, String)> {
    let variable = |name: &str| std::env::var(name).ok();
    let live = variable("HOROZ_BASE_URL").zip(variable("HOROZ_PROCESS_KEY"));
    let running = variable("KERVAN_SANDBOX");
    // The key of a sandbox's first world.
    let key = "0123456789abcdef0123456789abcdef".to_owned();
    live.or(running.map(|address| (format!("{address}/horoz"), key)))
}

fn build(options: &Options, base: &str, key: &str) -> Result<Client, Box<dyn Error>> {
    let builder = Client::builder(BaseUrl::parse(base)?, ProcessKey::new(key)?);
    Ok(builder.config(options.config.clone()).build()?)
}

fn account(client: &Client, merchant: &str) -> Account {
    // Every account at Horoz has the same address, and every address may have any account.
    Account {
        provider: "horoz".to_owned(),
        merchant: format!("{} {merchant}", client.settings().base.as_str()),
    }
}

fn ledger_secret() -> Result<ContentsKey, Box<dyn Error>> {
    let wanted = "LEDGER_SECRET is 64 hexadecimal digits, as `openssl rand -hex 32` prints them";
    let text = std::env::var("LEDGER_SECRET").map_err(|_| wanted)?;
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect();
    let pairs = digits.ok_or(wanted)?;
    let bytes: Vec<u8> = pairs
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |all, one| all * 16 + one))
        .collect();
    let secret = bytes.try_into().map_err(|_| wanted)?;
    Ok(ContentsKey::new(secret))
}

fn check(client: &Client, imported: &ImportedOrders) -> Result<(), Box<dyn Error>> {
    let found = check_all::<CreateSupplierPaysOrder, _>(client, &imported.orders);
    show(imported, &found);
    let stopped = found.iter().filter(|one| one.problems.stop_the_call());
    match stopped.count() {
        0 => Ok(()),
        count => Err(format!("{count} of the orders cannot be sent").into()),
    }
}

/// Sends the orders to a sandbox in this process.
async fn practise(options: &Options, imported: &ImportedOrders) -> Result<End, Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let horoz = sandbox.account("horoz");
    let client = build(options, &horoz.address, horoz.get("process_key"))?;
    check(&client, imported)?;
    for order in &imported.orders {
        let (Direction::Delivery { supplier, .. } | Direction::Return { supplier, .. }) =
            &order.direction;
        let code = supplier.get().try_into()?;
        sandbox.step::<Horoz>(&Step::AddAccount { code })?;
    }
    if !imported.orders.is_empty() {
        let plan = Plan::on("createPaysSupplierShipping", Fault::AnswerLost);
        sandbox.plan("horoz", plan);
    }
    let secret = ContentsKey::new([0; 32]);
    let ledger = Ledger::new(MemoryStore::new(), SystemHost::new(), secret);
    let (account, mut results) = (account(&client, "sandbox"), Vec::new());
    let bulk = Bulk::new(&ledger, &client, &account);
    let sent = bulk.run::<CreateSupplierPaysOrder, _>(&imported.orders, &options.plan, |result| {
        results.push(serde_json::to_string(result));
    });
    let report = sent.await?;
    for result in results {
        println!("{}", result?);
    }
    println!("{}", serde_json::to_string(&report)?);
    println!("sent to a sandbox; nothing reached Horoz");
    sandbox.finish()?;
    Ok(End::Ran(report))
}

/// Runs the program. An error is from before the first order was sent.
async fn run(options: &Options) -> Result<End, Box<dyn Error>> {
    if options.only_check {
        let imported = import(&options.orders)?;
        check(&build(options, "https://horoz.example", "none")?, &imported)?;
        println!("{} orders checked, nothing sent", imported.orders.len());
        return Ok(End::Checked);
    }
    let Some((base, key)) = place() else {
        return practise(options, &import(&options.orders)?).await;
    };
    let client = build(options, &base, &key)?;
    let account = options.account.as_ref();
    let merchant = account.ok_or("--account NAME is needed: whose orders are they?")?;
    let secret = ledger_secret()?;
    // The lock of the ledger keeps another run's result file from being removed.
    let store = FileStore::open(&options.ledger)?;
    let ledger = Ledger::new(store, SystemHost::new(), secret);
    let account = self::account(&client, merchant);
    let bulk = Bulk::new(&ledger, &client, &account);
    let mut results = Results::create(&options.results)?;
    let imported = import(&options.orders)?;
    let mut progress = Progress::new(imported.orders.len());
    let sent = bulk.run::<CreateSupplierPaysOrder, _>(&imported.orders, &options.plan, |result| {
        results.add(result);
        progress.step();
    });
    let report = sent.await;
    progress.end();
    let report = match report {
        Err(error @ RunError::Invalid(_)) => {
            if let RunError::Invalid(all) = &error {
                show(&imported, all);
            }
            return Err(error.into());
        }
        other => other,
    };
    let written = results.finish();
    Ok(match (report, written) {
        (Err(error), written) => {
            if let Err(error) = written {
                eprintln!("bulk_orders: the result file: {error}");
            }
            End::BrokeOff(error.into())
        }
        (Ok(report), written) => {
            println!("{}", serde_json::to_string(&report)?);
            for key in &report.left_in_ledger {
                eprintln!("order {key} is open in the ledger and not in the file");
            }
            match written {
                Ok(()) => End::Ran(report),
                Err(error) => End::BrokeOff(error.into()),
            }
        }
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    if std::env::args().any(|argument| matches!(argument.as_str(), "--help" | "-h")) {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let options = match Options::read() {
        Ok(options) => options,
        Err(error) => {
            eprintln!("bulk_orders: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&options).await {
        Err(error) => {
            eprintln!("bulk_orders: {error}");
            ExitCode::from(3)
        }
        Ok(End::BrokeOff(error)) => {
            eprintln!("bulk_orders: {error}; some orders may have been sent");
            ExitCode::from(4)
        }
        Ok(End::Checked) => ExitCode::SUCCESS,
        Ok(End::Ran(report)) if report.is_settled() && report.refused == 0 => ExitCode::SUCCESS,
        Ok(End::Ran(report)) => {
            let told = report.done + report.already_there + report.refused + report.key_taken;
            ExitCode::from(if told == report.writes { 1 } else { 5 })
        }
    }
}
