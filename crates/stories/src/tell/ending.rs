//! The comparison of a claim with the truth, and the end of a story.

use std::time::Duration;

use kervan_core::Class;
use kervan_sandbox::Fault;
use kervan_settling::Attempt;

use super::{Phase, Play};
use crate::story::{name, words};
use crate::subject::{Subject, Told};
use crate::told::{Broken, Claim, Incident, Incidents, Rule};

impl<S: Subject> Play<S> {
    /// Compares a claim with the truth.
    pub(super) fn claim(
        &mut self,
        text: &str,
        claim: Claim,
        attempt: Option<Attempt>,
    ) -> Result<(), Broken> {
        self.note(&format!("{text} => {claim:?}"));
        self.phase = match (claim, attempt) {
            (Claim::Open, Some(attempt)) => Phase::Open(attempt),
            (claim, _) => Phase::Ended(Some(claim)),
        };
        self.check(claim)
    }

    fn check(&mut self, claim: Claim) -> Result<(), Broken> {
        let (effects, is_wanted) = self.truth();
        let is_twice = self.class != Class::Keyed && self.network.shared().writes > self.sends;
        let rule = match Rule::broken_by(claim, effects, is_wanted, S::IS_REPEATED_WELL) {
            Some(rule) => rule,
            None if is_twice => Rule::SentOnce,
            None => return Ok(()),
        };
        let detail = format!(
            "the client claims {claim:?}; it caused {effects} effects; the wanted state is {}",
            if is_wanted { "there" } else { "not there" }
        );
        Err(self.broken(rule, detail))
    }

    /// Returns the effects that this client caused, and whether the wanted state is there.
    fn truth(&self) -> (usize, bool) {
        let mut shared = self.network.shared();
        shared.faulty.tick(self.clock.moment());
        let world = shared.faulty.world();
        let effects = shared.faulty.accepted();
        let is_ours = |effect: &&_| self.subject.is_ours_in(effect, world);
        let effects = effects
            .filter(|entry| entry.effects.iter().any(|effect| is_ours(&effect)))
            .count();
        (effects, self.subject.is_wanted(shared.faulty.world()))
    }

    /// Lets the program go on over a healthy network until nothing is open.
    pub(super) fn finish(mut self) -> Result<Told, Broken> {
        self.note("the network is healthy and the wall clock right from here on");
        self.set_wall(0);
        let is_twice = |(fault, _): &(Fault, bool)| *fault == Fault::DoneTwice;
        self.is_twice = self.network.shared().applied.iter().any(is_twice);
        let settling = self.caller.config().settling_time() + Attempt::FRESH;
        let mut open_rounds = 0;
        for round in 0..4 {
            // What two questions leave open, a third one does not settle.
            if open_rounds == 2 {
                break;
            }
            let attempt = match std::mem::replace(&mut self.phase, Phase::Ended(None)) {
                Phase::Prepared(attempt) | Phase::Open(attempt) => attempt,
                phase => {
                    self.phase = phase;
                    break;
                }
            };
            // Until the wall clock has passed the time of preparing, no time has passed.
            let behind = u64::try_from(self.prepared_ahead - self.ahead).unwrap_or(0);
            self.wait(settling + Duration::from_secs(behind));
            if round % 2 == 0 && self.class != Class::Keyed {
                self.settle(attempt, None)?;
            } else {
                self.resume(attempt, None)?;
            }
            open_rounds = if matches!(self.phase, Phase::Open(_)) {
                open_rounds + 1
            } else {
                0
            };
        }
        self.wait(settling);
        let (effects, is_wanted) = self.truth();
        let claim = match self.phase {
            Phase::Ended(Some(claim)) => claim,
            _ => Claim::Open,
        };
        // The state may have been taken back by others since; what was not done stays so.
        if !matches!(claim, Claim::InState | Claim::Exists) {
            self.check(claim)?;
        }
        if matches!(self.phase, Phase::Open(_)) && !self.is_twice && !self.is_disturbed {
            let is_decidable = match self.class {
                Class::State | Class::Delta | Class::Keyed => {
                    let is_shown = if effects > 0 {
                        S::SHOWS_DONE
                    } else {
                        S::SHOWS_ABSENCE
                    };
                    is_shown && self.subject.is_decidable(&self.others)
                }
                Class::Charge => {
                    effects > 0 && S::SHOWS_DONE && self.subject.is_decidable(&self.others)
                }
                _ => false,
            };
            if is_decidable {
                let is_there = if is_wanted { "there" } else { "not there" };
                let detail = format!("still open; the wanted state is {is_there}");
                return Err(self.broken(Rule::Open, detail));
            }
        }
        let exchanges = self.network.shared().exchanges;
        Ok(Told {
            exchanges,
            effects,
            is_settled: claim != Claim::Open,
            incidents: self.incidents(),
        })
    }

    fn incidents(&mut self) -> Incidents {
        let applied = std::mem::take(&mut self.network.shared().applied);
        for (fault, is_read) in applied {
            let name = name(fault);
            self.count(if is_read {
                Incident::OnRead(name)
            } else {
                Incident::OnWrite(name)
            });
        }
        std::mem::take(&mut self.incidents)
    }

    pub(super) fn note(&mut self, event: &str) {
        let seconds = self.clock.elapsed().as_secs();
        self.events.push(format!("{seconds:>6} s  {event}"));
    }

    pub(super) fn broken(&mut self, rule: Rule, detail: String) -> Broken {
        let shared = self.network.shared();
        let applied = shared.applied.iter().map(|(fault, _)| *fault);
        let applied = applied.filter(|fault| *fault != Fault::None);
        let applied: Vec<_> = applied.map(words).collect();
        let mut events = std::mem::take(&mut self.events);
        events.push(format!("applied faults: {}", applied.join(", ")));
        let lines = shared.faulty.journal().iter();
        events.extend(lines.map(|line| format!("provider: {line}")));
        drop(shared);
        Broken {
            rule,
            detail,
            events,
        }
    }
}
