//! One world: all four providers with a clock, faults, posts to shops and a log.

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
use crate::outbox::{Cause, Due, Outbox, Rule};
use crate::param::Param;
use crate::redact::Redaction;
use crate::stand::{Passed, Stand};
use crate::values::json;
use crate::{Chance, Clock, Faulty, Hosted, Moment, Origin, Plan, Request, StateName};
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

    /// Lets time pass at every provider.
    pub fn tick(&mut self, machine: Moment) {
        let now = self.clock.now(machine);
        for index in 0..self.stands.len() {
            self.stands[index].tick(now);
            self.collect(index, Cause::Anything, now, None);
        }
    }

    /// Moves the clock forward, and lets what is due by then happen in its order.
    pub fn advance(&mut self, millis: i64, machine: Moment) {
        let end = self.clock.advanced(millis);
        self.run_to(end, machine);
    }

    /// Moves the clock to the next midnight in Istanbul.
    pub fn to_istanbul_midnight(&mut self, machine: Moment) {
        let end = self.clock.at_istanbul_midnight(machine);
        self.run_to(end, machine);
    }

    /// Replaces the clock. A clock that is behind the present one is refused, because times would run
    /// backwards.
    ///
    /// # Errors
    ///
    /// Returns a sentence when the new clock is behind.
    pub fn set_clock(&mut self, clock: Clock, machine: Moment) -> Result<(), String> {
        if clock.now(machine) < self.clock.now(machine) && !self.log.is_empty() {
            return Err(
                "the clock of a world in which something happened cannot go back".to_owned(),
            );
        }
        self.clock = clock;
        self.changes += 1;
        self.tick(machine);
        Ok(())
    }

    fn run_to(&mut self, end: Clock, machine: Moment) {
        let last = end.now(machine);
        // Late requests have times of their own; each provider does them at those.
        self.clock = end;
        self.changes += 1;
        for index in 0..self.stands.len() {
            self.stands[index].tick(last);
            self.collect(index, Cause::Anything, last, None);
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

    /// Plans a fault for a call of a provider.
    ///
    /// # Errors
    ///
    /// Returns a sentence for an unknown provider or operation, and for a plan that no call can meet.
    pub fn plan(&mut self, provider: &str, plan: Plan) -> Result<(), String> {
        plan.check()?;
        if let Some(operation) = &plan.operation {
            self.check_operation(Some(provider), operation)?;
        }
        self.stand_mut(provider)?.plan(plan);
        self.changes += 1;
        Ok(())
    }

    /// Draws a fault for `per_thousand` of a thousand calls of a provider that have no planned one.
    ///
    /// # Errors
    ///
    /// Returns a sentence for an unknown provider.
    pub fn draw(&mut self, provider: &str, per_thousand: u32) -> Result<(), String> {
        self.stand_mut(provider)?.draw(per_thousand);
        self.changes += 1;
        Ok(())
    }

    /// Plans what happens to a post that comes up.
    ///
    /// # Errors
    ///
    /// Returns a sentence for an unknown provider or kind, and for a rule that no post can meet.
    pub fn rule(&mut self, rule: Rule) -> Result<(), String> {
        rule.check()?;
        self.check_kind(rule.provider.as_deref(), rule.kind.as_deref())?;
        self.outbox.rule(rule);
        self.changes += 1;
        Ok(())
    }

    /// Returns the planned faults that no call has met, each with its provider.
    pub fn unused_plans(&self) -> Vec<(&'static str, &Plan)> {
        let of = |stand: &'_ dyn Stand| stand.name();
        let plans = self.stands.iter().flat_map(|stand| {
            let name = of(stand.as_ref());
            stand.unused().into_iter().map(move |plan| (name, plan))
        });
        plans.collect()
    }

    /// Returns a sentence for each planned fault and each rule of a post that nothing has met. A test
    /// that leaves one has not tested it.
    pub fn unused(&self) -> Vec<String> {
        let plan = |(provider, plan): (&str, &Plan)| {
            let operation = plan.operation.as_deref().unwrap_or("any call");
            format!(
                "{provider}: {} for {operation} was not applied",
                json::name(&plan.fault)
            )
        };
        let plans = self.unused_plans().into_iter().map(plan);
        let rule = |rule: &Rule| {
            let provider = rule.provider.as_deref().unwrap_or("any provider");
            let kind = rule.kind.as_deref().unwrap_or("any kind");
            format!(
                "{provider}: {} for a post of {kind} was not applied",
                json::name(&rule.how)
            )
        };
        plans.chain(self.outbox.unused().iter().map(rule)).collect()
    }

    /// Takes the plans and rules away that nothing has met.
    pub fn forget_unused(&mut self) {
        for stand in &mut self.stands {
            stand.forget_unused();
        }
        self.outbox.forget_rules();
        self.changes += 1;
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
