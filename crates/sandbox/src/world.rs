//! One world: all four providers with a clock, faults, posts to shops and a log.

mod clock;
mod faults;
mod file;
mod names;
mod record;

use std::any::Any;

use serde_json::Value;

pub use file::WorldFile;
pub use record::{Outcome, Record, Shown};

use crate::aras::Aras;
use crate::exchange::Delivered;
use crate::haso::Haso;
use crate::horoz::Horoz;
use crate::outbox::{Cause, Due, Outbox};
use crate::param::Param;
use crate::redact::Redaction;
use crate::stand::{Passed, Stand};
use crate::{Chance, Clock, Faulty, Hosted, Moment, Origin, Request, StateName};
use record::Log;

/// The names of the providers in addresses, in the order of this workspace's documentation.
pub const PROVIDERS: [&str; 4] = [Aras::NAME, Horoz::NAME, Param::NAME, Haso::NAME];

/// For how many writes a provider keeps the state before the last one, so that a stale read can be
/// planned behind it. Later, it has to be planned before the write.
const SNAPSHOTS: u32 = 1000;

/// One world. Nothing that happens in it can be seen from another one.
pub struct World {
    base: String,
    seed: u64,
    clock: Clock,
    stands: [Box<dyn Stand>; 4],
    outbox: Outbox,
    log: Log,
    redaction: Redaction,
    /// How often the script or the clock was changed by hand.
    changes: u64,
}

/// The fate of a request, for the one who writes the answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reaction {
    /// The part that the client sees.
    pub delivered: Delivered,
    /// The posts that go out before the answer.
    pub early: Vec<Due>,
}

/// The settings of a new world.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewWorld {
    /// The address before the names of the providers, without a slash at its end.
    pub base: String,
    /// Decides ids, times and order.
    pub seed: u64,
    /// The clock.
    pub clock: Clock,
    /// Whether the logins are drawn, so that no other world has them. Otherwise they are the published
    /// ones, and those of the documentation's examples.
    pub has_own_logins: bool,
}

impl NewWorld {
    /// Describes a world with the published logins, whose clock is that of the machine.
    pub fn new(base: &str, seed: u64) -> Self {
        NewWorld {
            base: base.trim_end_matches('/').to_owned(),
            seed,
            clock: Clock::Real(0),
            has_own_logins: false,
        }
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Draws logins of its own.
    #[must_use]
    pub fn own_logins(mut self) -> Self {
        self.has_own_logins = true;
        self
    }
}

impl World {
    /// Opens a world in which nothing has happened.
    pub fn new(settings: &NewWorld) -> Self {
        let mut chance = Chance::new(settings.seed);
        let stands = [
            open::<Aras>(settings, &mut chance),
            open::<Horoz>(settings, &mut chance),
            open::<Param>(settings, &mut chance),
            open::<Haso>(settings, &mut chance),
        ];
        let mut world = World {
            base: settings.base.clone(),
            seed: settings.seed,
            clock: settings.clock,
            stands,
            outbox: Outbox::default(),
            log: Log::default(),
            redaction: Redaction::default(),
            changes: 0,
        };
        world.learn_secrets();
        world
    }

    /// Returns the seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Returns the clock.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Returns the address of a provider in this world, without a slash at its end.
    pub fn address(&self, provider: &str) -> String {
        format!("{}/{provider}", self.base)
    }

    /// Returns the addresses of a provider's services by their names; empty for an unknown provider.
    pub fn services(&self, provider: &str) -> Vec<(&'static str, String)> {
        let services = self.stand(provider).map(Stand::services);
        let services = services.unwrap_or_default().iter();
        let base = self.address(provider);
        services
            .map(|(name, path)| (*name, format!("{base}{path}")))
            .collect()
    }

    /// Returns the login of a provider, as pairs of name and value; empty for an unknown provider.
    pub fn login(&self, provider: &str) -> Vec<(&'static str, String)> {
        self.stand(provider).map(Stand::login).unwrap_or_default()
    }

    /// Returns whether a request carries the login of this world.
    pub fn is_login_of(&self, provider: &str, request: &Request) -> bool {
        self.has_name(provider, &self.names_in(provider, request))
    }

    /// Returns the names of accounts in a request to a provider, whichever worlds they belong to.
    pub(crate) fn names_in(&self, provider: &str, request: &Request) -> Vec<String> {
        let stand = self.stand(provider);
        stand
            .map(|stand| stand.names_in(request))
            .unwrap_or_default()
    }

    /// Returns whether one of the names is that of this world's account.
    pub(crate) fn has_name(&self, provider: &str, names: &[String]) -> bool {
        self.stand(provider)
            .is_some_and(|stand| stand.has_name(names))
    }

    /// Returns a provider's state, to ask it for the truth.
    pub fn provider<P: Hosted>(&self) -> Option<&P> {
        let stands = self.stands.iter();
        let mut found = stands.filter_map(|stand| {
            let any: &dyn Any = stand.as_ref();
            any.downcast_ref::<Faulty<P>>()
        });
        found.next().map(Faulty::world)
    }

    /// Sends one request to a provider. `None` for an unknown provider.
    pub fn exchange(
        &mut self,
        provider: &str,
        connection: u64,
        request: &Request,
        machine: Moment,
    ) -> Option<Reaction> {
        let now = self.clock.now(machine);
        let index = self.index(provider)?;
        let stand = &mut self.stands[index];
        let cause = if stand.is_page(request) {
            Cause::RealBrowser
        } else {
            Cause::Anything
        };
        let passed = stand.exchange(connection, request, now);
        let numbers = self.collect(index, cause, now, Some((request, &passed)));
        let early = numbers.into_iter();
        let early = early.filter_map(|number| self.outbox.take_early(number));
        Some(Reaction {
            early: early.collect(),
            delivered: passed.delivered,
        })
    }

    /// Forgets what waits on a connection that has ended.
    pub fn end_connection(&mut self, connection: u64) {
        for stand in &mut self.stands {
            stand.end_connection(connection);
        }
    }

    /// Lets somebody outside act: a customer on a page, a courier, a bank. The step is an object of JSON
    /// with the member `step`.
    ///
    /// # Errors
    ///
    /// Returns a sentence for an unknown provider or step, or when the step is not possible.
    pub fn act(&mut self, provider: &str, step: Value, machine: Moment) -> Result<(), String> {
        let now = self.clock.now(machine);
        let index = self.place(provider)?;
        let name = step.get("step").and_then(Value::as_str).unwrap_or_default();
        let name = name.to_owned();
        let acted = self.stands[index].act(step, now);
        if acted.is_ok() {
            self.log.begin_step(&name);
        }
        self.collect(index, Cause::Anything, now, None);
        self.log.end_step();
        // A step may have changed a login.
        self.learn_secrets();
        acted
    }

    /// Returns the log: calls, steps and what the providers did by themselves; the oldest first.
    pub fn records(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.log.records()
    }

    /// Returns the posts to shops.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Returns the posts to shops, to send or to hold.
    pub fn outbox_mut(&mut self) -> &mut Outbox {
        &mut self.outbox
    }

    /// Returns a number that grows with everything that people can see in this world.
    #[cfg(feature = "server")]
    pub(crate) fn changes(&self) -> u64 {
        self.changes + self.log.count() + self.outbox.changes()
    }

    /// Returns what hides the secrets of this world.
    #[cfg(feature = "server")]
    pub(crate) fn redaction(&self) -> &Redaction {
        &self.redaction
    }

    /// Returns the states of a provider's objects by their keys; empty for an unknown provider.
    pub fn states(&self, provider: &str) -> Vec<(String, String)> {
        let states = self.state_names(provider).into_iter();
        states
            .map(|(key, state)| (key, state.name().to_owned()))
            .collect()
    }

    /// Returns the same as the names of states, for people.
    pub(crate) fn state_names(&self, provider: &str) -> Vec<(String, StateName)> {
        self.stand(provider).map(Stand::states).unwrap_or_default()
    }

    /// Returns when something happens by itself next, in the world's time, as far as it is known before.
    pub fn next_due(&self) -> Option<Moment> {
        let stands = self.stands.iter().filter_map(|stand| stand.next_due());
        stands.chain(self.outbox.next_due()).min()
    }

    /// Writes down what is new at a provider. Returns the numbers of its new posts.
    fn collect(
        &mut self,
        index: usize,
        cause: Cause,
        now: Moment,
        call: Option<(&Request, &Passed)>,
    ) -> Vec<u64> {
        let stand = &mut self.stands[index];
        let (provider, news) = (stand.name(), stand.take_news());
        let mut is_written = false;
        for happened in news.happened {
            let is_call = happened.origin == Origin::Request;
            let own = call.filter(|_| is_call);
            is_written |= own.is_some();
            self.log.add(provider, happened, own, &self.redaction);
        }
        if let Some((request, passed)) = call
            && !is_written
        {
            self.log
                .add_lost(provider, request, passed, now, &self.redaction);
        }
        let posts = news.posts.into_iter();
        posts
            .map(|post| self.outbox.add(provider, post, cause, now))
            .collect()
    }

    /// Returns a world that is equal in everything.
    fn copy(&self) -> Self {
        World {
            base: self.base.clone(),
            seed: self.seed,
            clock: self.clock,
            stands: self.stands.each_ref().map(|stand| stand.copy()),
            outbox: self.outbox.clone(),
            log: self.log.clone(),
            redaction: self.redaction.clone(),
            changes: self.changes,
        }
    }

    fn learn_secrets(&mut self) {
        let secrets = self.stands.iter().flat_map(|stand| stand.secrets());
        self.redaction = Redaction::of(secrets);
    }

    fn index(&self, provider: &str) -> Option<usize> {
        self.stands
            .iter()
            .position(|stand| stand.name() == provider)
    }

    fn place(&self, provider: &str) -> Result<usize, String> {
        self.index(provider).ok_or_else(|| no_provider(provider))
    }

    fn stand(&self, provider: &str) -> Option<&dyn Stand> {
        let index = self.index(provider)?;
        self.stands.get(index).map(AsRef::as_ref)
    }

    fn stand_mut(&mut self, provider: &str) -> Result<&mut dyn Stand, String> {
        let index = self.place(provider)?;
        Ok(self.stands[index].as_mut())
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("World")
            .field("base", &self.base)
            .field("seed", &self.seed)
            .field("clock", &self.clock)
            .finish_non_exhaustive()
    }
}

fn open<P: Hosted>(settings: &NewWorld, chance: &mut Chance) -> Box<dyn Stand> {
    let seed = chance.draw();
    let base = format!("{}/{}", settings.base, P::NAME);
    let mut logins = chance.fork();
    let logins = settings.has_own_logins.then_some(&mut logins);
    let mut faulty = Faulty::new(P::open(&base, logins), seed);
    faulty.keep_snapshots_for(SNAPSHOTS);
    Box::new(faulty)
}

fn no_provider(name: &str) -> String {
    format!(
        "there is no provider {name}; there are {}",
        PROVIDERS.join(", ")
    )
}

#[cfg(test)]
mod tests;
