//! Plays a story: the program, its crashes, and the comparison of its claims with the truth.

mod ending;

use std::rc::Rc;
use std::time::Duration;

use kervan_core::{Class, Operation, Outcome};
use kervan_settling::{Attempt, Resumed, Settle, Settler};

use kervan_sandbox::Fault;

use crate::clock::{Clock, run};
use crate::draws::drawn;
use crate::network::Network;
use crate::subject::{Subject, Told};
use crate::told::{Broken, Claim, Incident, Incidents, Rule};
use crate::{Step, Story};

/// The knowledge of the program about its write.
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

type Settings<S> = <<S as Subject>::Write as Operation>::Service;

struct Play<S: Subject> {
    subject: Rc<S>,
    write: S::Write,
    class: Class,
    caller: Settler<Settings<S>>,
    network: Network<S::World>,
    clock: Clock,
    /// How many seconds the wall clock is ahead of the right time.
    ahead: i64,
    /// How many it was when the attempt was prepared.
    prepared_ahead: i64,
    /// Whether the program has an attempt from its store and has not looked at it yet.
    is_unseen: bool,
    phase: Phase,
    sends: u32,
    /// The writes that had left the client when the present step began.
    writes_before: u32,
    is_twice: bool,
    /// The changes that other actors made.
    others: Vec<usize>,
    /// Whether another actor changed the object of a delta or a charge after it was prepared.
    is_disturbed: bool,
    incidents: Incidents,
    events: Vec<String>,
}

/// Plays a story about a write.
///
/// # Errors
///
/// [`Broken`] when a rule is broken.
pub fn tell<S: Subject>(story: &Story) -> Result<Told, Broken> {
    let clock = Clock::new(story.seed);
    let (subject, world) = drawn::<S>(story.seed);
    let config = subject.config();
    let network = Network::new(world, story.seed, clock.clone(), config.settling_time());
    network.shared().is_answered_alike = S::IS_ANSWERED_AS_READ_BACK;
    if story.has_stale_reads() {
        network.shared().faulty.keep_snapshots();
    }
    let write = subject.write();
    let caller = subject.caller(network.clone(), clock.host.clone(), config);
    let mut play = Play {
        class: write.class(),
        subject,
        write,
        caller,
        network,
        clock,
        ahead: 0,
        prepared_ahead: 0,
        is_unseen: false,
        phase: Phase::Fresh,
        sends: 0,
        writes_before: 0,
        is_twice: false,
        others: Vec::new(),
        is_disturbed: false,
        incidents: Incidents::new(),
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
            Step::Wall(ahead) => self.wall(*ahead),
            Step::Restart => {
                self.count(Incident::Restart);
                self.start_anew();
            }
            Step::Go {
                choice,
                faults,
                crash,
            } => {
                let mut shared = self.network.shared();
                shared.faults = faults.iter().copied().collect();
                self.writes_before = shared.writes;
                drop(shared);
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
        let now = self.clock.moment();
        let subject = &self.subject;
        self.network.shared().faulty.act(now, |world, chance| {
            ((), subject.other(which, world, now, chance))
        });
        self.others.push(which);
        self.count(Incident::Other);
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
        let mut shared = self.network.shared();
        shared.faults = [Fault::Doubled].into();
        let (writes, applied) = (shared.writes, shared.applied.len());
        drop(shared);
        let called = run(&self.clock.host, self.caller.call(&neighbour), None);
        self.network.shared().faults.clear();
        if let Some(question) = neighbour.read_back().filter(|_| S::NAMES_OBJECT) {
            // Its answer may come to the next question.
            let asked = run(&self.clock.host, self.caller.call(&question), None);
            let is_read = asked.is_some_and(|asked| asked.is_ok());
            self.note(&format!("it is read back; answered well: {is_read}"));
        }
        let mut shared = self.network.shared();
        // The counts are of the write that the story is about.
        shared.writes = writes;
        shared.applied.truncate(applied);
        drop(shared);
        self.count(Incident::Neighbour);
        let is_done = called.is_some_and(|called| called.is_ok());
        self.note(&format!(
            "another write of the kind; answered well: {is_done}"
        ));
    }

    fn wait(&mut self, time: Duration) {
        self.clock.host.advance(time);
        self.network.shared().faulty.tick(self.clock.moment());
        self.note(&format!("{} seconds pass", time.as_secs()));
    }

    fn wall(&mut self, ahead: i64) {
        self.set_wall(ahead);
        match self.ahead {
            0 => {}
            1.. => self.count(Incident::WallAhead),
            _ => self.count(Incident::WallBehind),
        }
        self.note(&Step::Wall(self.ahead).to_string());
    }

    /// Sets the wall clock. Between two programs it never makes an attempt older than it is, because
    /// nothing but the wall clock tells the second program its age.
    fn set_wall(&mut self, ahead: i64) {
        self.ahead = if self.is_unseen {
            ahead.min(self.prepared_ahead)
        } else {
            ahead
        };
        self.clock.set_wall(self.ahead);
    }

    /// Ends the program in the middle of a call.
    fn crash(&mut self, call: &'static str, phase: Phase) {
        let has_left = self.network.shared().writes > self.writes_before;
        self.count(if has_left {
            Incident::CrashAfter(call)
        } else {
            Incident::CrashBefore(call)
        });
        self.phase = phase;
        self.start_anew();
    }

    /// Ends the program. A new one knows the attempt that was kept.
    fn start_anew(&mut self) {
        self.phase = match std::mem::replace(&mut self.phase, Phase::Fresh) {
            Phase::Prepared(attempt) | Phase::Open(attempt) => match kept(&attempt) {
                Some(attempt) => Phase::Open(attempt),
                None => Phase::Ended(None),
            },
            phase => phase,
        };
        self.clock = self.clock.restarted();
        self.is_unseen = matches!(self.phase, Phase::Open(_));
        self.set_wall(self.ahead);
        self.network = self.network.restarted(self.clock.clone());
        let network = self.network.clone();
        let config = self.caller.config().clone();
        let host = self.clock.host.clone();
        self.caller = self.subject.caller(network, host, config);
        self.note("the program crashes and starts anew");
    }

    fn count(&mut self, incident: Incident) {
        *self.incidents.entry(incident).or_default() += 1;
    }

    fn go(&mut self, choice: u8, crash: Option<u32>) -> Result<(), Broken> {
        match std::mem::replace(&mut self.phase, Phase::Ended(None)) {
            Phase::Fresh if choice == 0 => self.send_or_settle(crash),
            Phase::Fresh => self.prepare(crash),
            Phase::Prepared(attempt) => self.send(attempt, crash),
            Phase::Open(attempt) if choice < 2 => self.settle(attempt, crash),
            Phase::Open(attempt) if choice == 2 => self.send_again(attempt, crash),
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
        match run(&self.clock.host, self.caller.prepare(&self.write), crash) {
            None => {
                self.crash("prepare", Phase::Fresh);
                Ok(())
            }
            Some(Ok(attempt)) => {
                self.note("prepared");
                self.prepared_ahead = self.ahead;
                self.phase = Phase::Prepared(attempt);
                Ok(())
            }
            Some(Err(invalid @ kervan_core::Error::Invalid(_))) => {
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
        let sending = self.caller.send(&self.write, &attempt);
        let Some(sent) = run(&self.clock.host, sending, crash) else {
            self.crash("send", Phase::Open(attempt));
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

    /// Sends an attempt once more, as a program does that has lost count.
    fn send_again(&mut self, attempt: Attempt, crash: Option<u32>) -> Result<(), Broken> {
        self.count(Incident::SentAgain);
        let again = attempt.clone();
        let sent = run(
            &self.clock.host,
            self.caller.send(&self.write, &again),
            crash,
        );
        if self.network.shared().writes > self.writes_before {
            let detail = "an attempt that was sent left a second time".to_owned();
            return Err(self.broken(Rule::SentOnce, detail));
        }
        match sent {
            None => self.crash("send", Phase::Open(attempt)),
            Some(Ok(_)) => return self.claim("sent again", Claim::Done, None),
            Some(Err(failed)) => {
                let claim = Claim::of_error(&failed.error);
                return self.claim(&format!("sent again: {failed}"), claim, Some(attempt));
            }
        }
        Ok(())
    }

    fn settle(&mut self, attempt: Attempt, crash: Option<u32>) -> Result<(), Broken> {
        self.is_unseen = false;
        let settling = self.caller.settle(&self.write, &attempt);
        let Some(settled) = run(&self.clock.host, settling, crash) else {
            self.crash("settle", Phase::Open(attempt));
            return Ok(());
        };
        let claim = Claim::of_settled(&settled);
        self.claim(&said("settled", &settled), claim, Some(attempt))
    }

    fn resume(&mut self, attempt: Attempt, crash: Option<u32>) -> Result<(), Broken> {
        self.sends += u32::from(self.class == Class::Keyed);
        self.is_unseen = false;
        let was_sent = attempt.was_sent();
        let resuming = self.caller.resume(&self.write, &attempt);
        match run(&self.clock.host, resuming, crash) {
            None => {
                self.crash("resume", Phase::Open(attempt));
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
                self.prepared_ahead = self.ahead;
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
        self.prepared_ahead = self.ahead;
        let sending = self.caller.send_or_settle(&self.write);
        match run(&self.clock.host, sending, crash) {
            // Its attempt is lost: the program has to use `prepare` where it can crash.
            None => {
                self.crash("send_or_settle", Phase::Ended(None));
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

/// Returns the attempt as a store gives it back.
fn kept(attempt: &Attempt) -> Option<Attempt> {
    let text = serde_json::to_string(attempt).ok()?;
    serde_json::from_str(&text).ok()
}

fn said<T, R: std::fmt::Display>(call: &str, settled: &kervan_settling::Settled<T, R>) -> String {
    use kervan_settling::Settled;
    match settled {
        Settled::Open(open) => format!("{call}: {open}"),
        Settled::Refused(no) => format!("{call}: {no}"),
        _ => call.to_owned(),
    }
}
