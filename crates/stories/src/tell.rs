//! Plays a story: the program, its crashes, and the comparison of its claims with the truth.

mod ending;

use std::time::Duration;

use kervan_core::{Attempt, Caller, Class, MovableHost, Operation, Outcome, Resumed, Settle};
use kervan_sandbox::{Chance, Fault};

use crate::clock::{host, moment, run};
use crate::network::Network;
use crate::subject::{Subject, Told};
use crate::told::{Broken, Claim, Rule};
use crate::{Step, Story};

/// What the program knows of its write.
enum Phase {
    /// Nothing is prepared.
    Fresh,
    /// Prepared and kept; not sent by this program.
    Prepared(Attempt),
    /// Sent, or perhaps sent.
    Open(Attempt),
    /// The program has ended with a claim, or has lost its attempt in a crash.
    Ended(Option<Claim>),
}

type Settings<S> = <<S as Subject>::Write as Operation>::Settings;

struct Play<S: Subject> {
    subject: S,
    write: S::Write,
    class: Class,
    caller: Caller<Settings<S>>,
    network: Network<S::World>,
    host: MovableHost,
    phase: Phase,
    sends: u32,
    is_twice: bool,
    /// The changes that other actors made.
    others: Vec<usize>,
    /// Whether another actor changed the object of a delta or a charge after it was prepared.
    is_disturbed: bool,
    events: Vec<String>,
}

/// Plays a story about a write.
///
/// # Errors
///
/// [`Broken`] when a rule is broken.
pub fn tell<S: Subject>(story: &Story) -> Result<Told, Broken> {
    let host = host(story.seed);
    let mut chance = Chance::new(story.seed);
    let (subject, world) = S::draw(moment(&host), &mut chance);
    let config = subject.config();
    let network = Network::new(world, story.seed, host.clone(), config.settling_time());
    let write = subject.write();
    let caller = subject.caller(network.clone(), host.clone(), config);
    let mut play = Play {
        class: write.class(),
        subject,
        write,
        caller,
        network,
        host,
        phase: Phase::Fresh,
        sends: 0,
        is_twice: false,
        others: Vec::new(),
        is_disturbed: false,
        events: Vec::new(),
    };
    for step in &story.steps {
        play.step(step)?;
    }
    play.finish()
}

impl<S: Subject> Play<S> {
    fn step(&mut self, step: &Step) -> Result<(), Broken> {
        match step {
            Step::Other(which) => self.other(*which),
            Step::Neighbour => self.neighbour(),
            Step::Wait(time) => self.wait(*time),
            Step::Restart => self.restart(),
            Step::Go {
                choice,
                faults,
                crash,
            } => {
                self.network.shared().faults = faults.iter().copied().collect();
                let went = self.go(*choice, *crash);
                self.network.shared().faults.clear();
                return went;
            }
        }
        Ok(())
    }

    fn has_begun(&self) -> bool {
        !matches!(self.phase, Phase::Fresh) || self.sends > 0
    }

    fn other(&mut self, which: usize) {
        let is_between = self.has_begun() && matches!(self.class, Class::Delta | Class::Charge);
        if which >= S::OTHERS.len() || is_between && !self.subject.is_told_apart(which) {
            return;
        }
        self.is_disturbed |= is_between;
        let now = moment(&self.host);
        let subject = &self.subject;
        self.network.shared().faulty.act(now, |world, chance| {
            ((), subject.other(which, world, now, chance))
        });
        self.others.push(which);
        self.note(&format!("another actor {}", S::OTHERS[which]));
    }

    /// Makes another write of the kind, and asks what became of it.
    fn neighbour(&mut self) {
        if self.has_begun() && !S::NAMES_OBJECT {
            return;
        }
        let Some(neighbour) = self.subject.neighbour() else {
            return;
        };
        let writes = self.network.shared().writes;
        self.network.shared().faults = [Fault::Doubled].into();
        let called = run(&self.host, self.caller.call(&neighbour), None);
        self.network.shared().faults.clear();
        self.network.shared().writes = writes;
        if let Some(question) = neighbour.read_back().filter(|_| S::NAMES_OBJECT) {
            // Its answer may come to the next question.
            let asked = run(&self.host, self.caller.call(&question), None);
            let is_read = asked.is_some_and(|asked| asked.is_ok());
            self.note(&format!("it is read back; answered well: {is_read}"));
        }
        let is_done = called.is_some_and(|called| called.is_ok());
        self.note(&format!(
            "another write of the kind; answered well: {is_done}"
        ));
    }

    fn wait(&mut self, time: Duration) {
        self.host.advance(time);
        self.network.shared().faulty.tick(moment(&self.host));
        self.note(&format!("{} seconds pass", time.as_secs()));
    }

    /// Ends the program. A new one knows the attempt that was kept.
    fn restart(&mut self) {
        self.phase = match std::mem::replace(&mut self.phase, Phase::Fresh) {
            Phase::Prepared(attempt) | Phase::Open(attempt) => match kept(&attempt) {
                Some(attempt) => Phase::Open(attempt),
                None => Phase::Ended(None),
            },
            phase => phase,
        };
        self.network = self.network.restarted();
        let network = self.network.clone();
        let config = self.caller.config().clone();
        self.caller = self.subject.caller(network, self.host.clone(), config);
        self.note("the program crashes and starts anew");
    }

    fn go(&mut self, choice: u8, crash: Option<u32>) -> Result<(), Broken> {
        match std::mem::replace(&mut self.phase, Phase::Ended(None)) {
            Phase::Fresh if choice == 0 => self.send_or_settle(crash),
            Phase::Fresh => self.prepare(crash),
            Phase::Prepared(attempt) => self.send(attempt, crash),
            Phase::Open(attempt) if choice < 2 => self.settle(attempt, crash),
            Phase::Open(attempt) if choice == 3 => self.send_again(attempt, crash),
            Phase::Open(attempt) => self.resume(attempt, crash),
            // What was not done, though nothing speaks against it, is tried anew.
            Phase::Ended(Some(Claim::NotDone)) if choice < 2 => {
                self.phase = Phase::Fresh;
                self.prepare(crash)
            }
            phase @ Phase::Ended(_) => {
                self.phase = phase;
                Ok(())
            }
        }
    }

    fn prepare(&mut self, crash: Option<u32>) -> Result<(), Broken> {
        match run(&self.host, self.caller.prepare(&self.write), crash) {
            None => {
                self.phase = Phase::Fresh;
                self.restart();
                Ok(())
            }
            Some(Ok(attempt)) => {
                self.note("prepared");
                self.phase = Phase::Prepared(attempt);
                Ok(())
            }
            Some(Err(kervan_core::Error::Invalid(invalid))) => {
                Err(self.broken(Rule::Valid, invalid.to_string()))
            }
            Some(Err(error)) => {
                self.note(&format!("not prepared: {error}"));
                self.phase = Phase::Fresh;
                match error.outcome() {
                    Outcome::NotDone => Ok(()),
                    Outcome::Unknown => {
                        Err(self.broken(Rule::NotDone, "preparing is unknown".to_owned()))
                    }
                }
            }
        }
    }

    fn send(&mut self, attempt: Attempt, crash: Option<u32>) -> Result<(), Broken> {
        self.sends += 1;
        let Some(sent) = run(&self.host, self.caller.send(&self.write, &attempt), crash) else {
            self.phase = Phase::Open(attempt);
            self.restart();
            return Ok(());
        };
        match sent {
            Ok(_) => self.claim("sent", Claim::Done, None),
            Err(failed) => {
                let claim = Claim::of_error(&failed.error);
                self.claim(&format!("sent: {failed}"), claim, Some(attempt))
            }
        }
    }

    /// Sends an attempt that may have been sent, as after a second click.
    fn send_again(&mut self, attempt: Attempt, crash: Option<u32>) -> Result<(), Broken> {
        let Some(sent) = run(&self.host, self.caller.send(&self.write, &attempt), crash) else {
            self.phase = Phase::Open(attempt);
            self.restart();
            return Ok(());
        };
        match sent {
            Ok(_) => self.claim("sent again", Claim::Done, None),
            Err(failed) => {
                let claim = Claim::of_error(&failed.error);
                self.claim(&format!("sent again: {failed}"), claim, Some(attempt))
            }
        }
    }

    fn settle(&mut self, attempt: Attempt, crash: Option<u32>) -> Result<(), Broken> {
        let settled = run(&self.host, self.caller.settle(&self.write, &attempt), crash);
        let Some(settled) = settled else {
            self.phase = Phase::Open(attempt);
            self.restart();
            return Ok(());
        };
        let claim = Claim::of_settled(&settled);
        self.claim(&said("settled", &settled), claim, Some(attempt))
    }

    fn resume(&mut self, attempt: Attempt, crash: Option<u32>) -> Result<(), Broken> {
        self.sends += u32::from(self.class == Class::Keyed);
        let was_sent = attempt.was_sent();
        let resumed = run(&self.host, self.caller.resume(&self.write, &attempt), crash);
        match resumed {
            None => {
                self.phase = Phase::Open(attempt);
                self.restart();
                Ok(())
            }
            Some(Ok(Resumed::Settled(settled))) => {
                let claim = Claim::of_settled(&settled);
                self.claim(&said("resumed", &settled), claim, Some(attempt))?;
                if claim == Claim::Exists && !was_sent {
                    let detail = "nothing was sent before the key was found taken".to_owned();
                    return Err(self.broken(Rule::Exists, detail));
                }
                Ok(())
            }
            Some(Ok(Resumed::Prepared(next))) => {
                self.claim("resumed: proven absent", Claim::NotDone, None)?;
                self.phase = Phase::Prepared(next);
                Ok(())
            }
            Some(Err(failed)) => Err(self.broken(Rule::Valid, failed.to_string())),
        }
    }

    fn send_or_settle(&mut self, crash: Option<u32>) -> Result<(), Broken> {
        self.sends += 1;
        let keyed = u32::from(self.class == Class::Keyed);
        self.sends += keyed * self.caller.config().retry.tries;
        match run(&self.host, self.caller.send_or_settle(&self.write), crash) {
            // Its attempt is lost: the program has to use `prepare` where it can crash.
            None => {
                self.restart();
                Ok(())
            }
            Some(Ok(sent)) => self.claim("sent or settled", Claim::of_sent(&sent), None),
            Some(Err(failed)) => {
                let claim = match &failed.open {
                    Some(_) => Claim::Open,
                    None => Claim::of_error(&failed.error),
                };
                let text = format!("sent or settled: {failed}");
                self.claim(&text, claim, failed.attempt.map(|attempt| *attempt))
            }
        }
    }
}

/// The attempt as a store gives it back.
fn kept(attempt: &Attempt) -> Option<Attempt> {
    let text = serde_json::to_string(attempt).ok()?;
    serde_json::from_str(&text).ok()
}

fn said<T, R: std::fmt::Display>(call: &str, settled: &kervan_core::Settled<T, R>) -> String {
    use kervan_core::Settled;
    match settled {
        Settled::Open(open) => format!("{call}: {open}"),
        Settled::Refused(no) => format!("{call}: {no}"),
        _ => call.to_owned(),
    }
}
