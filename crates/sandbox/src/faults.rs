//! A provider behind a network on which things go wrong on purpose.

use std::collections::{BTreeMap, VecDeque};

use crate::exchange::{Call, Delivered, Exchange, broken, cut, next_of, page};
use crate::journal::{Entry, Origin};
use crate::plan::{Fault, Plan};
use crate::{Answer, Chance, Moment, Provider, Request};

/// A provider, the faults before it, and a journal.
///
/// Ids come from one chance and faults from another, so that a fault does not change the ids of a run.
#[derive(Clone, Debug)]
pub struct Faulty<P: Provider> {
    world: P,
    before_last_write: Option<P>,
    keeps_snapshots: bool,
    /// For how many more writes the state before each is kept without a plan.
    snapshots: u32,
    plans: Vec<(Plan, u32)>,
    drawn_per_thousand: u32,
    late: Vec<Late>,
    connections: BTreeMap<u64, VecDeque<Answer>>,
    last_answer: Option<Answer>,
    exchanges: u64,
    journal: Vec<Entry<P::Effect>>,
    chance: Chance,
    luck: Chance,
}

#[derive(Clone, Debug)]
struct Late {
    due: Moment,
    exchange: u64,
    fault: Fault,
    request: Request,
}

impl<P: Provider> Faulty<P> {
    /// Puts a network without faults before a provider.
    pub fn new(world: P, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let luck = chance.fork();
        Faulty {
            world,
            before_last_write: None,
            keeps_snapshots: false,
            snapshots: 0,
            plans: Vec::new(),
            drawn_per_thousand: 0,
            late: Vec::new(),
            connections: BTreeMap::new(),
            last_answer: None,
            exchanges: 0,
            journal: Vec::new(),
            chance,
            luck,
        }
    }

    /// Plans a fault. Of two plans for one call the earlier one is applied, and the other one stays
    /// unused.
    pub fn plan(&mut self, plan: Plan) {
        self.keeps_snapshots |= plan.fault == Fault::StaleRead;
        self.plans.push((plan, 0));
    }

    /// Keeps the state before each write from now on, for stale reads that are planned later.
    pub fn keep_snapshots(&mut self) {
        self.keeps_snapshots = true;
    }

    /// Keeps it for so many writes. Keeping copies the whole state, which a long run would feel.
    pub fn keep_snapshots_for(&mut self, writes: u32) {
        self.snapshots = writes;
    }

    /// Draws a fault for `per_thousand` of a thousand calls that have no planned one.
    pub fn draw(&mut self, per_thousand: u32) {
        self.keeps_snapshots |= per_thousand > 0;
        self.drawn_per_thousand = per_thousand;
    }

    /// Returns the plans that were not applied. A story that leaves one has not tested it.
    pub fn unused(&self) -> Vec<&Plan> {
        self.plans.iter().map(|(plan, _)| plan).collect()
    }

    /// Returns the provider's state, to ask it for the truth.
    pub fn world(&self) -> &P {
        &self.world
    }

    /// Returns the provider's state, to prepare a story. Changes are not in the journal; see [`Faulty::act`].
    pub fn world_mut(&mut self) -> &mut P {
        &mut self.world
    }

    /// Lets somebody outside act, such as a customer on a page, and writes what happened into the
    /// journal. Time passes first.
    pub fn act<T>(
        &mut self,
        now: Moment,
        step: impl FnOnce(&mut P, &mut Chance) -> (T, Vec<P::Effect>),
    ) -> T {
        self.tick(now);
        self.keep_snapshot();
        let (result, effects) = step(&mut self.world, &mut self.chance);
        self.note(now, Origin::Outside, effects);
        result
    }

    /// Returns what arrived and what came of it, in order.
    pub fn journal(&self) -> &[Entry<P::Effect>] {
        &self.journal
    }

    /// Takes the journal: the next entries begin a new one.
    pub fn take_journal(&mut self) -> Vec<Entry<P::Effect>> {
        std::mem::take(&mut self.journal)
    }

    /// Returns the writes that clients caused and that had an effect, in order.
    pub fn accepted(&self) -> impl Iterator<Item = &Entry<P::Effect>> {
        self.journal
            .iter()
            .filter(|entry| entry.is_accepted_write())
    }

    /// Forgets what waits on a connection that has ended.
    pub fn end_connection(&mut self, connection: u64) {
        self.connections.remove(&connection);
    }

    /// Forgets the plans that were not applied, and returns them.
    pub fn take_unused(&mut self) -> Vec<Plan> {
        let plans = self.plans.drain(..);
        plans.map(|(plan, _)| plan).collect()
    }

    /// Returns the chance that ids come from, to store it beside the state.
    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// Replaces state and chance. Requests that are on their way, and the answers that wait on a
    /// connection, are forgotten; plans stay.
    pub fn replace(&mut self, world: P, chance: Chance) {
        self.world = world;
        self.chance = chance;
        self.before_last_write = None;
        self.last_answer = None;
        self.late.clear();
        self.connections.clear();
    }

    /// Returns when the next request that is on its way is done.
    pub fn next_due(&self) -> Option<Moment> {
        self.late.iter().map(|late| late.due).min()
    }

    /// Returns how many requests are still on their way.
    pub fn on_their_way(&self) -> usize {
        self.late.len()
    }

    /// Lets time pass: late requests are done in the order of their times, then the provider works by
    /// itself.
    pub fn tick(&mut self, now: Moment) -> Vec<P::Effect> {
        let mut effects = Vec::new();
        self.late.sort_by_key(|late| (late.due, late.exchange));
        let due = self.late.partition_point(|late| late.due <= now);
        let late: Vec<Late> = self.late.drain(..due).collect();
        for late in late {
            effects.extend(self.work(late.due));
            let call = self.name(&late.request);
            let (_, done) = self.handle(
                &call,
                &late.request,
                late.due,
                Origin::LateRequest,
                late.fault,
                late.exchange,
            );
            effects.extend(done);
        }
        effects.extend(self.work(now));
        effects
    }

    /// Sends one request over a connection; a number that was not used before is a new connection.
    pub fn exchange(
        &mut self,
        connection: u64,
        request: &Request,
        now: Moment,
    ) -> Exchange<P::Effect> {
        let before = self.tick(now);
        self.exchanges += 1;
        let call = self.name(request);
        let fault = self.fault_of(&call);
        let mut exchange = Exchange {
            call,
            arrived: true,
            fault,
            answer: Delivered::Silence,
            effects: Vec::new(),
            before,
        };
        match fault {
            Fault::RequestLost => exchange.arrived = false,
            Fault::RefusedConnection => {
                exchange.arrived = false;
                exchange.answer = Delivered::Refused;
            }
            Fault::Maintenance => {
                exchange.arrived = false;
                exchange.answer = Delivered::Answer(page(503));
            }
            Fault::Late(millis) => self.late.push(Late {
                due: now.plus(millis.max(0)),
                exchange: self.exchanges,
                fault,
                request: request.clone(),
            }),
            _ => self.deliver(connection, request, now, &mut exchange),
        }
        exchange
    }

    /// Handles a request that arrives at once, and decides which answer comes back.
    fn deliver(
        &mut self,
        connection: u64,
        request: &Request,
        now: Moment,
        exchange: &mut Exchange<P::Effect>,
    ) {
        let (call, fault, number) = (&exchange.call, exchange.fault, self.exchanges);
        let own = if fault == Fault::StaleRead {
            self.stale(call, request, now)
        } else {
            let (own, effects) = self.handle(call, request, now, Origin::Request, fault, number);
            exchange.effects = effects;
            own
        };
        if fault == Fault::DoneTwice {
            let call = &exchange.call;
            self.handle(call, request, now, Origin::Provider, fault, number);
        }
        let previous = self.last_answer.replace(own.clone());
        let queue = self.connections.entry(connection).or_default();
        exchange.answer = match fault {
            Fault::AnswerLost => {
                queue.clear();
                Delivered::Cut
            }
            Fault::LateAnswer => {
                queue.push_back(own);
                Delivered::Silence
            }
            fault => {
                let copy = (fault == Fault::Doubled).then(|| own.clone());
                queue.push_back(match fault {
                    Fault::Unreadable => broken(&own, &mut self.luck),
                    Fault::Page => page(200),
                    Fault::Empty => cut(&own, 0),
                    Fault::Half => cut(&own, own.body.len() / 2),
                    Fault::OfAnotherCall => previous.unwrap_or(own),
                    _ => own,
                });
                queue.extend(copy);
                next_of(queue)
            }
        };
        if queue.is_empty() {
            self.connections.remove(&connection);
        }
    }

    /// Names a request, which reads its body, and is therefore done once.
    fn name(&self, request: &Request) -> Call {
        let is_read = self.world.is_read(request);
        let key = (!is_read).then(|| self.world.own_key(request)).flatten();
        Call {
            operation: self.world.operation(request),
            key,
            is_read,
        }
    }

    /// Handles a request on the world itself, and writes the journal.
    fn handle(
        &mut self,
        call: &Call,
        request: &Request,
        at: Moment,
        origin: Origin,
        fault: Fault,
        exchange: u64,
    ) -> (Answer, Vec<P::Effect>) {
        if !call.is_read {
            self.keep_snapshot();
        }
        let (answer, effects) = self.world.handle(request, at, &mut self.chance);
        self.journal.push(Entry {
            exchange,
            at,
            origin,
            operation: call.operation.clone(),
            key: call.key.clone(),
            is_read: call.is_read,
            fault,
            status: answer.status,
            refused: answer.refused.clone(),
            effects: effects.clone(),
        });
        (answer, effects)
    }

    /// Keeps the state before a write, as long as anybody may want it.
    fn keep_snapshot(&mut self) {
        if self.keeps_snapshots || self.snapshots > 0 {
            self.snapshots = self.snapshots.saturating_sub(1);
            self.before_last_write = Some(self.world.clone());
        } else {
            // An older state would not be that before the last write.
            self.before_last_write = None;
        }
    }

    /// Answers a read from the state before the last write, which it does not change.
    fn stale(&mut self, call: &Call, request: &Request, now: Moment) -> Answer {
        let mut old = match &self.before_last_write {
            Some(old) => old.clone(),
            None => self.world.clone(),
        };
        let (answer, _) = old.handle(request, now, &mut self.chance.clone());
        self.journal.push(Entry {
            exchange: self.exchanges,
            at: now,
            origin: Origin::Request,
            operation: call.operation.clone(),
            key: None,
            is_read: true,
            fault: Fault::StaleRead,
            status: answer.status,
            refused: answer.refused.clone(),
            effects: Vec::new(),
        });
        answer
    }

    fn work(&mut self, now: Moment) -> Vec<P::Effect> {
        let effects = self.world.tick(now, &mut self.chance);
        if !effects.is_empty() {
            self.note(now, Origin::Provider, effects.clone());
        }
        effects
    }

    /// Writes what happened without a request into the journal.
    fn note(&mut self, at: Moment, origin: Origin, effects: Vec<P::Effect>) {
        self.journal.push(Entry {
            exchange: self.exchanges,
            at,
            origin,
            operation: String::new(),
            key: None,
            is_read: false,
            fault: Fault::None,
            status: 0,
            refused: None,
            effects,
        });
    }

    /// Returns the fault of this call: a planned one, or one that is drawn.
    fn fault_of(&mut self, call: &Call) -> Fault {
        let is_read = call.is_read;
        let has_snapshot = self.before_last_write.is_some();
        let has_previous = self.last_answer.is_some();
        let applies = |fault: Fault| match fault {
            Fault::StaleRead => is_read && has_snapshot,
            Fault::OfAnotherCall => has_previous,
            Fault::DoneTwice => !is_read,
            _ => true,
        };
        let mut hit = None;
        for (index, (plan, seen)) in self.plans.iter_mut().enumerate() {
            if plan
                .operation
                .as_ref()
                .is_none_or(|of| *of == call.operation)
            {
                *seen += 1;
                let is_due = *seen == plan.nth && hit.is_none();
                // Asking whether a login can end, ends it.
                let applies_now = is_due
                    && match plan.fault {
                        Fault::ExpiredLogin => self.world.expire_logins(),
                        fault => applies(fault),
                    };
                if applies_now {
                    hit = Some((index, plan.fault));
                }
            }
        }
        if let Some((index, fault)) = hit {
            self.plans.remove(index);
            return fault;
        }
        if self.drawn_per_thousand == 0 || !self.luck.one_in_thousand(self.drawn_per_thousand) {
            return Fault::None;
        }
        match self.luck.pick(&Fault::DRAWN).copied() {
            // From one second to one minute.
            Some(Fault::Late(_)) => {
                let millis = 1000 + self.luck.below(59_001);
                Fault::Late(i64::try_from(millis).unwrap_or(1000))
            }
            Some(fault) if applies(fault) => fault,
            _ => Fault::None,
        }
    }
}

#[cfg(test)]
mod tests;
