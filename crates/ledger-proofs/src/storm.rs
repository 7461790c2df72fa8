//! Many writes, several programs, and deaths at random.

use std::collections::BTreeMap;
use std::process::Child;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::Failure;
use crate::proxy::{Fate, Proxy};
use crate::stage::{On, Stage, Task};
use crate::writes::{self, Kind};

/// A trial.
pub(crate) struct Storm {
    pub(crate) writes: usize,
    pub(crate) processes: usize,
    pub(crate) seed: u64,
    pub(crate) crashes: usize,
}

impl Default for Storm {
    fn default() -> Self {
        Self {
            writes: 20_000,
            processes: 4,
            seed: 1,
            crashes: 5,
        }
    }
}

/// How the exchanges went.
#[derive(Default)]
struct Counts {
    good: AtomicUsize,
    lost: AtomicUsize,
    cut: AtomicUsize,
    killed: AtomicUsize,
    crashed: AtomicUsize,
}

/// The time between two crashes of the server.
const BETWEEN_CRASHES: Duration = Duration::from_secs(2);

impl Storm {
    pub(crate) fn run(&self, on: On) -> Result<(), Failure> {
        let Some(stage) = Stage::start(on)? else {
            return Ok(());
        };
        let started = Instant::now();
        self.plan(&stage)?;
        println!(
            "{} writes stored in {:.1} s",
            self.writes,
            started.elapsed().as_secs_f64()
        );
        let counts = Arc::new(Counts::default());
        let starts = self.work(&stage, &counts)?;
        let seconds = started.elapsed().as_secs_f64();
        self.report(&stage, &counts, starts, seconds)
    }

    fn plan(&self, stage: &Stage) -> Result<(), Failure> {
        for number in 0..self.writes {
            writes::seed(&stage.sandbox, number)?;
        }
        let proxy = stage.proxy(Box::new(|_| Fate::Good))?;
        let mut planner = stage.program(&proxy, Task::Plan(self.writes), None)?;
        if planner.wait()?.success() {
            return Ok(());
        }
        Err("the writes could not be stored".into())
    }

    /// Runs the programs until all writes have ended; one that is killed is started again. Returns how many were
    /// started.
    fn work(&self, stage: &Stage, counts: &Arc<Counts>) -> Result<usize, Failure> {
        let mut slots = Vec::new();
        for slot in 0..self.processes {
            let mut draws = fastrand::Rng::with_seed(self.seed.wrapping_mul(1000) + slot as u64);
            let counts = Arc::clone(counts);
            let proxy = stage.proxy(Box::new(move |_| {
                let (fate, count) = match draws.u32(..1000) {
                    0..15 => (Fate::RequestLost, &counts.lost),
                    15..30 => (Fate::CutAt(draws.usize(..1500)), &counts.cut),
                    30..45 => (Fate::KillAt(draws.usize(..1500)), &counts.killed),
                    _ => (Fate::Good, &counts.good),
                };
                count.fetch_add(1, Ordering::SeqCst);
                fate
            }))?;
            slots.push((proxy, None));
        }
        let mut starts = 0;
        let mut ended = 0;
        let mut crashed_at = Instant::now();
        while ended < slots.len() {
            ended = 0;
            for (proxy, child) in &mut slots {
                match next(stage, proxy, child)? {
                    Slot::Started => starts += 1,
                    Slot::Works => {}
                    Slot::Ended => ended += 1,
                }
            }
            if let Some(server) = stage.server()
                && counts.crashed.load(Ordering::SeqCst) < self.crashes
                && crashed_at.elapsed() >= BETWEEN_CRASHES
            {
                server.stop_at_once()?;
                server.start_again()?;
                counts.crashed.fetch_add(1, Ordering::SeqCst);
                crashed_at = Instant::now();
            }
            thread::sleep(Duration::from_millis(2));
        }
        Ok(starts)
    }

    fn report(
        &self,
        stage: &Stage,
        counts: &Counts,
        starts: usize,
        seconds: f64,
    ) -> Result<(), Failure> {
        let mut times: BTreeMap<(&str, usize), usize> = BTreeMap::new();
        for number in 0..self.writes {
            let effects = writes::effects(&stage.sandbox, number);
            *times.entry((Kind::of(number).name(), effects)).or_default() += 1;
        }
        let states = stage.states(0..self.writes)?;
        let of = |count: &AtomicUsize| count.load(Ordering::SeqCst);
        for (name, count) in [
            ("programs started", starts),
            ("exchanges that went well", of(&counts.good)),
            ("requests lost", of(&counts.lost)),
            ("answers cut", of(&counts.cut)),
            ("programs killed while they read", of(&counts.killed)),
            ("crashes of the server", of(&counts.crashed)),
        ] {
            println!("{name:<34} {count:>8}");
        }
        for ((name, effects), count) in &times {
            println!(
                "{:<34} {count:>8}",
                format!("{name}: happened {effects} times")
            );
        }
        for (state, count) in &states {
            println!(
                "{:<34} {count:>8}",
                format!("in the ledger: {}", state.name())
            );
        }
        println!("{:<34} {seconds:>8.1}", "seconds");
        let leaks = stage.leaks()?;
        println!(
            "{:<34} {:>8}",
            "secrets and personal data found",
            leaks.len()
        );
        let is_once = times.keys().all(|(_, effects)| *effects == 1);
        let is_told = states.keys().all(|state| state.is_done());
        if is_once && is_told && leaks.is_empty() && of(&counts.killed) > 0 {
            println!("each write has happened once, and none is open");
            return Ok(());
        }
        Err("a count is not what it has to be".into())
    }
}

enum Slot {
    Started,
    Works,
    Ended,
}

type Running = Option<Arc<Mutex<Child>>>;

/// Starts a program where none works.
fn next(stage: &Stage, proxy: &Proxy, running: &mut Running) -> Result<Slot, Failure> {
    if let Some(child) = running {
        let status = child
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .try_wait()?;
        match status.map(|status| status.code()) {
            None => return Ok(Slot::Works),
            Some(Some(0)) => return Ok(Slot::Ended),
            Some(Some(code)) => return Err(format!("a program ended with {code}").into()),
            Some(None) => {}
        }
    }
    let child = Arc::new(Mutex::new(stage.program(proxy, Task::All, None)?));
    let to_kill = Arc::clone(&child);
    proxy.kills_by(Box::new(move || {
        let _ = to_kill
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .kill();
    }));
    *running = Some(child);
    Ok(Slot::Started)
}
