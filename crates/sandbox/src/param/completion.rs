//! Pages that come to their end by themselves.

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::customer::Customer;
use super::effect::Effect;
use super::payment::{Payment, PaymentState};
use super::world::{Param, Scene};
use crate::{Chance, Moment};

/// How a page comes to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Completion {
    /// The customer proves to be the card's owner with the start itself.
    AtOnce,
    /// The customer does so after `n` milliseconds, by [`tick`](crate::Provider::tick).
    After(i64),
    /// The customer does so before the nth status query that names the payment.
    AfterReads(u32),
    /// Only when a test or a page says so.
    ByHand,
}

impl Param {
    /// Completes the pages whose time has come, or ends them, each at its own time; returns the
    /// effects.
    pub(crate) fn complete_due(&mut self, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        let wait = match self.rules.completion {
            Completion::AtOnce => Some(0),
            Completion::After(wait) => Some(wait),
            Completion::AfterReads(_) | Completion::ByHand => None,
        };
        let life = self.rules.page_life;
        let mut due: Vec<(Moment, bool, String)> = Vec::new();
        for (started, session) in self.waiting() {
            // A page that completes with its last moment does complete.
            let completes = wait.filter(|wait| life.is_none_or(|life| *wait <= life));
            let Some(after) = completes.or(life) else {
                continue;
            };
            due.push((started.plus(after), completes.is_some(), session.to_owned()));
        }
        due.retain(|(due, ..)| *due <= now);
        due.sort_by_key(|(due, ..)| *due);
        let mut effects = Vec::new();
        for (due, completes, session) in due {
            if completes {
                effects.extend(self.browse(&session, Customer::Proves, due, chance));
            } else {
                self.expire_page(&session, due);
            }
        }
        effects
    }

    /// Counts a status query of a payment that waits for its customer, and completes it when its turn
    /// has come.
    pub(crate) fn count_query(&mut self, call: &Call, scene: &mut Scene<'_>) {
        let Completion::AfterReads(reads) = self.rules.completion else {
            return;
        };
        let (order, key) = (call.text("Siparis_ID"), call.text("Islem_ID"));
        let is_named = |payment: &Payment| {
            let fits = |given: &str, own: &str| given.is_empty() || given == own;
            fits(&order, &payment.order) && fits(&key, &payment.key)
        };
        let is_asked = !(order.is_empty() && key.is_empty());
        let waiting = self.payments.iter_mut().rfind(|payment| {
            is_asked && payment.state == PaymentState::Waiting && is_named(payment)
        });
        let Some(payment) = waiting else {
            return;
        };
        payment.queries = payment.queries.saturating_add(1);
        if payment.queries >= reads {
            let session = payment.session.clone();
            let effects = self.browse(&session, Customer::Proves, scene.now, scene.chance);
            scene.effects.extend(effects);
        }
    }

    /// Completes a page that waits for its customer, or all of them, now.
    pub(crate) fn release_pages(
        &mut self,
        page: Option<&str>,
        now: Moment,
        chance: &mut Chance,
    ) -> Result<Vec<Effect>, String> {
        let sessions = match page {
            Some(page) => vec![self.session_of(page)?],
            None => self
                .waiting()
                .map(|(_, session)| session.to_owned())
                .collect(),
        };
        let mut effects = Vec::new();
        for session in sessions {
            effects.extend(self.browse(&session, Customer::Proves, now, chance));
        }
        Ok(effects)
    }

    /// Returns the start and the session of each page that waits for its customer.
    fn waiting(&self) -> impl Iterator<Item = (Moment, &str)> {
        let waits = |payment: &&Payment| payment.state == PaymentState::Waiting;
        let payments = self.payments.iter().filter(waits);
        let payments = payments.map(|one| (one.started, one.session.as_str()));
        let checks = self.checks.iter();
        payments.chain(checks.map(|one| (one.started, one.session.as_str())))
    }
}
