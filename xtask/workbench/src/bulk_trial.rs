//! `bulk-trial`: many orders against a local server that loses answers on purpose, with the sending
//! program killed in between. In the end every order has to be there once.

#![expect(
    clippy::disallowed_methods,
    reason = "a trial of processes takes its own time"
)]

mod orders;
mod sender;

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use contract_kit::orders::{FaultRate, OrderServer};
use serde_json::Value;
use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{beside, build_shared, cargo, run as run_command};
use xtask::scratch::Scratch;

/// The most runs in all; a run that settles nothing more would go on for ever.
const MOST_RUNS: usize = 20;
/// No run of the trial takes longer.
const LONGEST_RUN: Duration = Duration::from_secs(900);

/// The provider whose orders a trial sends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Provider {
    /// A number is taken once.
    Horoz,
    /// An order that comes again replaces the first, and comes twenty times at most.
    Aras,
}

struct Trial {
    provider: Provider,
    orders: usize,
    kills: usize,
    per_thousand: u32,
    seed: u64,
    at_once: usize,
    /// Whether the server takes a number as often as it comes. Such a trial has to fail.
    is_forgetful: bool,
    release: bool,
}

pub(crate) fn run(mut args: Args) -> Done {
    if let Some(folder) = args.value("--send")? {
        let base = args.value("--to")?.ok_or("`--send` needs `--to`")?;
        let at_once = args.number("--at-once")?.unwrap_or(16);
        args.finish()?;
        return sender::run(Path::new(&folder), &base, at_once);
    }
    let provider = match args.value("--provider")?.as_deref() {
        None | Some("horoz") => Provider::Horoz,
        Some("aras") => Provider::Aras,
        Some(other) => {
            return Err(format!("`{other}` has no trial; `horoz` and `aras` have").into());
        }
    };
    let (orders, kills) = match provider {
        Provider::Horoz => (20_000, 3),
        Provider::Aras => (2_000, 2),
    };
    let trial = Trial {
        provider,
        orders: args.number("--orders")?.unwrap_or(orders),
        kills: args.number("--kills")?.unwrap_or(kills),
        per_thousand: args.number("--faults-per-thousand")?.unwrap_or(20),
        seed: args.number("--seed")?.unwrap_or(1),
        at_once: args.number("--at-once")?.unwrap_or(16),
        is_forgetful: args.switch("--forgetful-server"),
        release: args.switch("--release"),
    };
    args.finish()?;
    if provider == Provider::Aras && (trial.is_forgetful || trial.release) {
        return Err(
            "`--forgetful-server` and `--release` are for `--provider horoz`"
                .to_owned()
                .into(),
        );
    }
    trial.run()
}

impl Trial {
    fn run(&self) -> Done {
        let program = self.build()?;
        let folder = Scratch::new()?;
        let files = Files::of(folder.path());
        let lines = match self.provider {
            Provider::Horoz => orders::horoz(self.orders)?,
            Provider::Aras => orders::aras(self.orders)?,
        };
        fs::write(&files.orders, lines).map_err(|error| error.to_string())?;
        let rate = FaultRate::new(self.per_thousand, self.seed);
        let server = match self.provider {
            Provider::Horoz if self.is_forgetful => OrderServer::forgetful(rate),
            Provider::Horoz => OrderServer::start(rate),
            Provider::Aras => OrderServer::of_parcels(rate),
        };
        let started = Instant::now();
        let (mut kills, mut runs) = (0, 0);
        let status = loop {
            runs += 1;
            if runs > MOST_RUNS {
                return Err(Failure::broken(format!(
                    "not settled after {MOST_RUNS} runs"
                )));
            }
            let mut child = self.spawn(&program, &files, &server.base_url())?;
            let kill_at =
                (kills < self.kills).then(|| self.orders * (kills + 1) / (self.kills + 1));
            match watch(&mut child, &server, kill_at)? {
                None => {
                    kills += 1;
                    println!(
                        "run {runs}: killed with {} orders created",
                        server.created()
                    );
                    if kills == 2 {
                        tear(&files.ledger)?;
                        println!(
                            "       half a line added to the ledger, as a killed write leaves it"
                        );
                    }
                }
                Some(LEFT) => println!("run {runs}: ended, some orders are left for the next"),
                Some(code) => break code,
            }
        };
        println!("run {runs}: ended with status {status}");
        let seconds = started.elapsed().as_secs_f64();
        report(
            self,
            &server,
            &files,
            &Counts {
                kills,
                runs,
                seconds,
            },
        )
    }

    /// Builds the sending program. The one that is not for release is a target of
    /// `cargo test --workspace`.
    fn build(&self) -> Result<PathBuf, Failure> {
        if self.provider == Provider::Aras {
            // This program is the sender as well.
            return Ok(std::env::current_exe().map_err(|error| error.to_string())?);
        }
        let name = format!("bulk_orders{}", std::env::consts::EXE_SUFFIX);
        if !self.release {
            build_shared(&["--example", "bulk_orders"])?;
            return Ok(beside("examples")?.join(name));
        }
        let mut command = cargo(["build", "--release", "--package", "horoz-shipping"]);
        command.args(["--no-default-features", "--features"]);
        run_command(command.args(["reqwest,import", "--example", "bulk_orders"]))?;
        // This program is in <target>/<profile>.
        Ok(beside("../release/examples")?.join(name))
    }

    fn spawn(&self, program: &Path, files: &Files, base: &str) -> Result<Child, String> {
        let mut command = Command::new(program);
        if self.provider == Provider::Aras {
            let folder = files.orders.parent().unwrap_or(Path::new("."));
            command.arg("bulk-trial").arg("--send").arg(folder);
            command.args(["--to", base, "--at-once", &self.at_once.to_string()]);
            return start(command);
        }
        command
            .arg(&files.orders)
            .arg("--ledger")
            .arg(&files.ledger)
            .arg("--results")
            .arg(&files.results)
            .args(["--account", "trial"])
            .args(["--at-once", &self.at_once.to_string()])
            .args(["--pause-ms", "0", "--timeout-ms", "700"])
            .env("HOROZ_BASE_URL", base)
            .env("HOROZ_PROCESS_KEY", "0123456789abcdef0123456789abcdef")
            .env("LEDGER_SECRET", "07".repeat(32));
        start(command)
    }
}

fn start(mut command: Command) -> Result<Child, String> {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null());
    let started = command.spawn();
    started.map_err(|error| format!("{}: {error}", command.get_program().display()))
}

/// The exit status of a sender when some orders are left for the next run.
const LEFT: i32 = 5;

struct Files {
    orders: PathBuf,
    ledger: PathBuf,
    results: PathBuf,
}

impl Files {
    fn of(folder: &Path) -> Self {
        Self {
            orders: folder.join("orders.jsonl"),
            ledger: folder.join("orders.ledger"),
            results: folder.join("results.jsonl"),
        }
    }
}

struct Counts {
    kills: usize,
    runs: usize,
    seconds: f64,
}

/// Waits for the end of a run, or kills it once so many orders are created. `None` when killed.
fn watch(
    child: &mut Child,
    server: &OrderServer,
    kill_at: Option<usize>,
) -> Result<Option<i32>, Failure> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            let code = status.code().ok_or("the run ended by a signal")?;
            return match code {
                0 | LEFT => Ok(Some(code)),
                _ => Err(Failure::broken(format!("the run ended with status {code}"))),
            };
        }
        let is_due = kill_at.is_some_and(|at| server.created() >= at);
        let is_late = started.elapsed() > LONGEST_RUN;
        if is_due || is_late {
            // On Unix this is SIGKILL.
            child.kill().map_err(|error| error.to_string())?;
            child.wait().map_err(|error| error.to_string())?;
            return if is_due {
                Ok(None)
            } else {
                Err(Failure::broken("the run took too long"))
            };
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Adds the beginning of a line to the ledger.
fn tear(ledger: &Path) -> Result<(), String> {
    let file = OpenOptions::new().append(true).open(ledger);
    let torn = file.and_then(|mut file| file.write_all(br#"{"asks":0,"attem"#));
    torn.map_err(|error| format!("{}: {error}", ledger.display()))
}

/// Compares the server's own list with the result file, and prints all counts.
fn report(trial: &Trial, server: &OrderServer, files: &Files, counts: &Counts) -> Done {
    let results = results(&files.results)?;
    let orders = server.orders();
    let injected = server.injected();
    let sum =
        |count: fn(&contract_kit::orders::Taken) -> u32| orders.values().map(count).sum::<u32>();
    let once = orders.values().filter(|order| order.created == 1).count();
    let repeated = orders.values().filter(|order| order.created > 1).count();
    let agreed = results
        .iter()
        .filter(|(number, state)| {
            let is_there = orders.get(*number).is_some_and(|order| order.created == 1);
            is_there && matches!(state.as_str(), "done" | "already_there")
        })
        .count();
    let state = |name: &str| results.values().filter(|state| *state == name).count();
    let needless = sum(|order| order.needless);
    let most = orders
        .values()
        .map(|order| order.requests)
        .max()
        .unwrap_or(0);
    let rows = [
        ("orders", trial.orders),
        ("runs", counts.runs),
        ("killed", counts.kills),
        ("requests at the server", server.requests()),
        ("faults injected", injected.all() as usize),
        (
            "  reset before the order was taken",
            injected.resets as usize,
        ),
        (
            "  answer lost after it was taken",
            injected.lost_answers as usize,
        ),
        ("  no answer", injected.stalls as usize),
        ("  status 500", injected.statuses as usize),
        ("orders that the server has once", once),
        ("orders that the server has more than once", repeated),
        (
            "orders that the server never took",
            orders.len() - once - repeated,
        ),
        (
            "orders sent with other contents",
            sum(|order| order.different) as usize,
        ),
        ("requests after a whole answer", needless as usize),
        ("questions answered", sum(|order| order.questions) as usize),
        ("most requests for one order", most as usize),
        ("orders in the result file", results.len()),
        ("  done", state("done")),
        ("  already there", state("already_there")),
        ("orders on which both agree", agreed),
    ];
    for (name, count) in rows {
        println!("{name:<42} {count:>8}");
    }
    let seconds = counts.seconds;
    println!("{:<42} {seconds:>8.1}", "seconds");
    // An order whose answer came, and whose result the kill kept from the ledger.
    let most_needless = counts.kills * trial.at_once;
    let injected_any = injected.all() > 0 || trial.per_thousand == 0;
    let holds = once == trial.orders
        && repeated == 0
        && counts.kills == trial.kills
        && injected_any
        && orders.len() == trial.orders
        && results.len() == trial.orders
        && agreed == trial.orders
        && sum(|order| order.different) == 0
        && (trial.provider != Provider::Aras || most <= sender::MOST_SENT)
        && needless as usize <= most_needless;
    if holds {
        println!("every order is there once, and the result file agrees");
        Ok(())
    } else {
        Err(Failure::broken("a count is not what it has to be"))
    }
}

/// Returns the states of the result file by key; an order that is there twice is an error.
fn results(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut states = BTreeMap::new();
    for line in text.lines() {
        let result: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let field = |name: &str| result[name].as_str().map(str::to_owned);
        let pair = field("key").zip(field("state"));
        let (number, state) = pair.ok_or("a line of the result file has no key or state")?;
        if states.insert(number, state).is_some() {
            return Err(Failure::broken("an order is in the result file twice"));
        }
    }
    Ok(states)
}
