//! Plays a story about a sale: the shop's program, its crashes, and the comparison with the truth.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use kervan_core::Config;
use kervan_sandbox::{Chance, Fault};
use kervan_settling::Attempt;

use super::store::Store;
use super::{Arrival, EffectOf, Outside, Sale, Taken};
use crate::clock::{Clock, run};
use crate::network::Network;
use crate::story::{name, words};
use crate::subject::Told;
use crate::told::{Broken, Claim, Incident, Incidents, Rule};
use crate::{Step, Story};

/// How often the shop goes on in the end without anything new.
const QUIET: u32 = 3;
/// How often it goes on at most.
const ROUNDS: u32 = 60;

struct Play<S: Sale> {
    sale: S,
    client: S::Client,
    network: Network<S::World>,
    clock: Clock,
    store: Store<S::Stored>,
    /// Posts that wait at the shop's door.
    queue: VecDeque<Arrival>,
    /// Posts that are repeated, because the shop has not taken them.
    repeated: Vec<Arrival>,
    /// The chance of people outside.
    people: Chance,
    known: BTreeMap<String, Claim>,
    incidents: Incidents,
    events: Vec<String>,
}

/// Plays a story about a sale.
///
/// # Errors
///
/// [`Broken`] when a rule is broken.
pub(super) fn tell<S: Sale>(story: &Story) -> Result<Told, Broken> {
    let clock = Clock::new(story.seed);
    let mut chance = Chance::new(story.seed);
    let (sale, world) = S::draw(clock.moment(), &mut chance);
    let settling = Config::default().settling_time();
    let network = Network::new(world, story.seed, clock.clone(), settling);
    network.shared().is_answered_alike = S::IS_ANSWERED_ALIKE;
    if story.has_stale_reads() {
        network.shared().faulty.keep_snapshots();
    }
    let client = sale.client(network.clone(), clock.host.clone());
    let mut play = Play {
        sale,
        client,
        network,
        clock,
        store: Store::new(),
        queue: VecDeque::new(),
        repeated: Vec::new(),
        people: chance,
        known: BTreeMap::new(),
        incidents: Incidents::new(),
        events: Vec::new(),
    };
    for step in &story.steps {
        play.step(step)?;
    }
    play.finish(story.seed.is_multiple_of(2))
}

impl<S: Sale> Play<S> {
    fn step(&mut self, step: &Step) -> Result<(), Broken> {
        match step {
            Step::Other(which) => return self.happens(*which),
            Step::Wait(time) => self.wait(*time),
            Step::Restart => {
                self.count(Incident::Restart);
                self.start_anew();
            }
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
            // Nothing else is drawn for a sale.
            _ => {}
        }
        self.judge()
    }

    /// Lets something happen outside of the shop.
    fn happens(&mut self, which: usize) -> Result<(), Broken> {
        let Some(event) = S::EVENTS.get(which) else {
            return Ok(());
        };
        let now = self.clock.moment();
        let stored = self.store.read();
        let (sale, people) = (&mut self.sale, &mut self.people);
        let mut posts = Vec::new();
        let happened = self.network.shared().faulty.act(now, |world, _| {
            let mut outside = Outside {
                world,
                now,
                chance: people,
                stored: &stored,
                posts: &mut posts,
            };
            let happened = sale.happens(which, &mut outside);
            (happened.is_some(), happened.unwrap_or_default())
        });
        if happened {
            self.count(Incident::Outside(event));
            self.note(&format!("outside: {event}"));
        }
        self.queue.extend(posts);
        self.judge()
    }

    fn wait(&mut self, time: Duration) {
        self.clock.host.advance(time);
        self.network.shared().faulty.tick(self.clock.moment());
        self.note(&format!("{} seconds pass", time.as_secs()));
        // Senders try again.
        self.queue.extend(self.repeated.drain(..));
    }

    /// Ends the program. A new one knows what was stored.
    fn start_anew(&mut self) {
        self.clock = self.clock.restarted();
        self.network = self.network.restarted(self.clock.clone());
        let host = self.clock.host.clone();
        self.client = self.sale.client(self.network.clone(), host);
        self.note("the shop starts anew");
    }

    fn go(&mut self, choice: u8, crash: Option<u32>) -> Result<(), Broken> {
        let writes = self.network.shared().writes;
        let post = self.queue.pop_front();
        let going = self
            .sale
            .go(&self.client, &self.store, post.as_ref(), choice);
        let Some(taken) = run(&self.clock.host, going, crash) else {
            let call = if post.is_some() { "a post" } else { "the shop" };
            let has_left = self.network.shared().writes > writes;
            self.count(if has_left {
                Incident::CrashAfter(call)
            } else {
                Incident::CrashBefore(call)
            });
            self.note(&format!("a crash in {call}"));
            self.repeat(post);
            self.start_anew();
            return self.judge();
        };
        let kind = post.as_ref().map_or("nothing", |post| post.kind);
        self.note(&format!("the shop goes on ({kind}): {taken:?}"));
        if let Some(post) = post {
            if taken == Taken::Believed && !post.is_genuine {
                let detail = format!("the post to `{}` is not the provider's", post.kind);
                return Err(self.broken(Rule::Forged, detail));
            }
            if taken == Taken::Refused {
                self.repeat(Some(post));
            }
        }
        self.judge()
    }

    /// Keeps a post whose sender tries again.
    fn repeat(&mut self, post: Option<Arrival>) {
        let post = post.filter(|post| post.repeats > 0);
        self.repeated.extend(post.map(|post| Arrival {
            repeats: post.repeats - 1,
            ..post
        }));
    }

    /// Compares everything that the shop claims with the truth.
    fn judge(&mut self) -> Result<(), Broken> {
        let stored = self.store.read();
        let mut shared = self.network.shared();
        shared.faulty.tick(self.clock.moment());
        let entries = shared.faulty.accepted();
        let effects: Vec<EffectOf<S>> = entries.flat_map(|entry| entry.effects.clone()).collect();
        let world = shared.faulty.world();
        let judged = self.sale.judged(&stored, world, &effects);
        let checked = self.sale.check(&stored, world);
        drop(shared);
        for one in judged {
            let is_new = self.known.insert(one.name.clone(), one.claim) != Some(one.claim);
            // The state may have been taken back since.
            if matches!(one.claim, Claim::InState | Claim::Exists) && !is_new && one.effects < 2 {
                continue;
            }
            let rule = Rule::broken_by(one.claim, one.effects, one.is_wanted, one.is_repeated_well);
            if let Some(rule) = rule {
                return Err(self.broken(rule, format!("{one:?}")));
            }
        }
        checked.map_err(|(rule, detail)| self.broken(rule, detail))
    }

    /// Lets the shop go on over a healthy network until nothing changes any more.
    fn finish(mut self, has_good_end: bool) -> Result<Told, Broken> {
        self.note("the network is healthy from here on");
        // Answers that wait on old connections never come.
        self.start_anew();
        let is_twice = |(fault, _): &(Fault, bool)| *fault == Fault::DoneTwice;
        let is_twice = self.network.shared().applied.iter().any(is_twice);
        let settling = Config::default().settling_time() + Attempt::FRESH;
        for event in S::ENDING.iter().filter(|_| has_good_end) {
            self.go(u8::MAX, None)?;
            self.happens(*event)?;
        }
        let (mut quiet, mut rounds) = (0, 0);
        while quiet < QUIET && rounds < ROUNDS {
            let before = self.store.text();
            let is_idle = self.queue.is_empty();
            // The shop has all its choices.
            self.go(u8::MAX, None)?;
            rounds += 1;
            if self.store.text() != before || !is_idle {
                quiet = 0;
                continue;
            }
            quiet += 1;
            self.wait(settling);
            self.judge()?;
        }
        let stored = self.store.read();
        let checked = {
            let shared = self.network.shared();
            self.sale
                .check_end(&stored, shared.faulty.world(), is_twice)
        };
        checked.map_err(|(rule, detail)| self.broken(rule, detail))?;
        self.check_reports(&stored)?;
        for reached in self.sale.reached(&stored) {
            self.count(Incident::Reached(reached));
        }
        let shared = self.network.shared();
        let (exchanges, effects) = (shared.exchanges, shared.faulty.accepted().count());
        drop(shared);
        let is_settled = rounds < ROUNDS;
        Ok(Told {
            exchanges,
            effects,
            is_settled,
            incidents: self.incidents(),
        })
    }

    /// Compares the provider's reports with its own state.
    fn check_reports(&mut self, stored: &S::Stored) -> Result<(), Broken> {
        let reported = run(
            &self.clock.host,
            self.sale.reported(&self.client, stored),
            None,
        );
        let truth = {
            let shared = self.network.shared();
            self.sale.truth_of_reports(stored, shared.faulty.world())
        };
        let reported = reported.flatten();
        if reported == truth {
            return Ok(());
        }
        let detail = format!("reported {reported:?}, really {truth:?}");
        Err(self.broken(Rule::Money, detail))
    }

    fn incidents(&mut self) -> Incidents {
        let applied = std::mem::take(&mut self.network.shared().applied);
        for (fault, is_read) in applied {
            self.count(if is_read {
                Incident::OnRead(name(fault))
            } else {
                Incident::OnWrite(name(fault))
            });
        }
        std::mem::take(&mut self.incidents)
    }

    fn count(&mut self, incident: Incident) {
        *self.incidents.entry(incident).or_default() += 1;
    }

    fn note(&mut self, event: &str) {
        let seconds = self.clock.elapsed().as_secs();
        self.events.push(format!("{seconds:>6} s  {event}"));
    }

    fn broken(&mut self, rule: Rule, detail: String) -> Broken {
        let mut events = std::mem::take(&mut self.events);
        let shared = self.network.shared();
        let applied = shared.applied.iter().map(|(fault, _)| *fault);
        let applied = applied.filter(|fault| *fault != Fault::None).map(words);
        events.push(format!(
            "applied faults: {}",
            applied.collect::<Vec<_>>().join(", ")
        ));
        let lines = shared.faulty.journal().iter();
        events.extend(lines.map(|line| format!("provider: {line}")));
        events.push(format!("stored: {}", self.store.text()));
        Broken {
            rule,
            detail,
            events,
        }
    }
}
