//! Pages that a browser was sent to, and how they end.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::plan;
use super::posts;
use super::refusal;
use super::settings::Completion;
use super::transaction::{Status, Transaction};
use super::world::Haso;
use crate::values::chance::new_digits;
use crate::values::day::day;
use crate::{Chance, Moment, Post};

/// A page that a browser was sent to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Session {
    /// Its number, which is the last part of its address.
    pub id: String,
    /// Its purpose.
    pub kind: SessionKind,
    /// HASO's number of the customer, once known.
    pub customer: Option<String>,
    /// Who the form says that the customer is.
    pub shopper: Shopper,
    /// Where the result posts go.
    pub urls: Urls,
    /// When it was opened.
    pub opened_at: Moment,
    /// When its address ends. Absent for a page that ends with its customer only.
    pub expires_at: Option<Moment>,
    /// How it ended.
    pub state: SessionState,
    /// The result that the customer's browser posts from the page itself. Absent while the page is open,
    /// and when it ended without a browser.
    pub result: Option<Post>,
}

/// The purpose of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SessionKind {
    /// An order.
    Order {
        /// The shop's number.
        order: String,
        /// The amount in lira.
        amount: Decimal,
    },
    /// A limit.
    Limit,
}

/// How a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SessionState {
    /// The customer is on it.
    Open,
    /// Completed.
    Completed,
    /// Given up or declined.
    Declined,
}

/// Who a form says that the customer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Shopper {
    /// First names.
    pub name: String,
    /// Surname.
    pub surname: String,
    /// The national identity number.
    pub tckn: String,
    /// The mobile number.
    pub mobile: String,
}

/// Where the result posts of a form go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Urls {
    /// For a success, by the browser.
    pub ok: String,
    /// For a failure, by the browser.
    pub fail: String,
    /// For a success, by HASO's server.
    pub callback: String,
}

impl Session {
    /// Returns the shop's number of the order.
    pub fn order(&self) -> Option<&str> {
        match &self.kind {
            SessionKind::Order { order, .. } => Some(order),
            SessionKind::Limit => None,
        }
    }

    /// Returns whether its address has ended before its customer came to an end.
    pub fn is_over(&self, now: Moment) -> bool {
        self.state == SessionState::Open && self.expires_at.is_some_and(|end| end < now)
    }

    /// Returns the key of its posts: the shop's number of the order, or the page's own.
    pub(super) fn about(&self) -> &str {
        self.order().unwrap_or(&self.id)
    }
}

/// The end of a page: the posts that it leads to, and its effects.
struct Ended {
    browser: Post,
    callback: Option<Post>,
    effects: Vec<Effect>,
}

impl Haso {
    /// Completes the page with this number as its customer. Empty when it is not open.
    pub fn complete(&mut self, session: &str, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        let count = self.settings.installments;
        let ended = self.finish(session, count, now, chance);
        self.send(ended)
    }

    /// Completes the page as [`Haso::complete`] does, with a plan of so many installments.
    pub fn complete_in(
        &mut self,
        session: &str,
        installments: u32,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let ended = self.finish(session, installments, now, chance);
        self.send(ended)
    }

    /// Gives the page with this number up, with a reason for the shop. Empty when it is not open.
    pub fn decline(&mut self, session: &str, reason: &str) -> Vec<Effect> {
        let ended = self.give_up(session, reason);
        self.send(ended)
    }

    /// Completes the page in the customer's own browser, which then posts the result itself.
    pub(super) fn complete_on_page(
        &mut self,
        session: &str,
        installments: u32,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let ended = self.finish(session, installments, now, chance);
        self.leave_to_browser(session, ended)
    }

    /// Gives the page up in the customer's own browser, which then posts the failure itself.
    pub(super) fn decline_on_page(&mut self, session: &str, reason: &str) -> Vec<Effect> {
        let ended = self.give_up(session, reason);
        self.leave_to_browser(session, ended)
    }

    /// Puts all posts into the outbox: no browser is at the page.
    fn send(&mut self, ended: Option<Ended>) -> Vec<Effect> {
        let Some(ended) = ended else {
            return Vec::new();
        };
        self.outbox.push(ended.browser);
        self.outbox.extend(ended.callback);
        ended.effects
    }

    /// Keeps the browser's post for the page too, which shows it as a form.
    fn leave_to_browser(&mut self, session: &str, ended: Option<Ended>) -> Vec<Effect> {
        let Some(ended) = ended else {
            return Vec::new();
        };
        if let Some(session) = self.sessions.get_mut(session) {
            session.result = Some(ended.browser.clone());
        }
        self.send(Some(ended))
    }

    fn finish(
        &mut self,
        session: &str,
        installments: u32,
        now: Moment,
        chance: &mut Chance,
    ) -> Option<Ended> {
        let session = self.take_open(session).filter(|one| !one.is_over(now))?;
        let customer = match &session.customer {
            Some(customer) => customer.clone(),
            None => self.register(&session.shopper, chance),
        };
        let session = Session {
            customer: Some(customer.clone()),
            ..session
        };
        if let SessionKind::Order { order, amount } = session.kind.clone() {
            let terms = (amount, installments);
            return Some(self.finish_order(session, &order, terms, now, chance));
        }
        let mut effects = Vec::new();
        let first_limit = self.settings.first_limit;
        if let Some(known) = self.customers.get_mut(&customer)
            && known.limit.is_none()
        {
            known.limit = Some(first_limit);
            effects.push(Effect::LimitSet {
                customer,
                limit: first_limit,
            });
        }
        let ended = Ended {
            browser: self.ok_of_limit(&session),
            callback: Some(self.callback_of_limit(&session)),
            effects,
        };
        self.end(session, SessionState::Completed);
        Some(ended)
    }

    fn finish_order(
        &mut self,
        session: Session,
        order: &str,
        (amount, installments): (Decimal, u32),
        now: Moment,
        chance: &mut Chance,
    ) -> Ended {
        let customer = session.customer.clone().unwrap_or_default();
        if !self.may_spend(&customer, amount) {
            return self.end_declined(session, &refusal::NO_LIMIT.text);
        }
        let (transaction, effect) = self.make(&customer, order, amount, installments, now, chance);
        let ended = Ended {
            browser: self.ok_of_order(&session, &transaction),
            callback: Some(self.callback_of_transaction(&session, &transaction)),
            effects: vec![effect],
        };
        self.end(session, SessionState::Completed);
        ended
    }

    fn give_up(&mut self, session: &str, reason: &str) -> Option<Ended> {
        let session = self.take_open(session)?;
        Some(self.end_declined(session, reason))
    }

    fn end_declined(&mut self, session: Session, reason: &str) -> Ended {
        let order = session.order().map(str::to_owned);
        let ended = Ended {
            browser: posts::failure(&self.settings.dialect, &session, reason),
            callback: None,
            effects: order
                .map(|order| Effect::OrderDeclined { order })
                .into_iter()
                .collect(),
        };
        self.end(session, SessionState::Declined);
        ended
    }

    /// Returns the number of the open or ended page of the shop's order.
    pub fn session_of(&self, order: &str) -> Option<&Session> {
        self.sessions()
            .find(|session| session.order() == Some(order))
    }

    fn take_open(&mut self, id: &str) -> Option<Session> {
        let session = self.sessions.get(id)?;
        (session.state == SessionState::Open).then(|| session.clone())
    }

    fn end(&mut self, session: Session, state: SessionState) {
        let session = Session { state, ..session };
        self.sessions.insert(session.id.clone(), session);
    }

    /// Returns whether a customer's limit allows an order.
    pub(super) fn may_spend(&self, customer: &str, amount: Decimal) -> bool {
        let is_suspended = self
            .customer(customer)
            .is_none_or(|customer| customer.is_suspended);
        !is_suspended && self.available(customer) >= amount
    }

    /// Makes a transaction that waits for its activation.
    pub(super) fn make(
        &mut self,
        customer: &str,
        order: &str,
        amount: Decimal,
        count: u32,
        now: Moment,
        chance: &mut Chance,
    ) -> (Transaction, Effect) {
        let is_taken = |drawn: &str| self.transactions.contains_key(&format!("TRX-{drawn}"));
        let code = format!("TRX-{}", new_digits(chance, 8, is_taken));
        let rate = self.settings.fee_rate;
        let transaction = Transaction {
            code: code.clone(),
            order: order.to_owned(),
            customer: customer.to_owned(),
            amount,
            status: Status::Waiting,
            installments: plan::make(amount, rate, count, day(now), chance),
            expenses: Decimal::ZERO,
            made_at: now,
        };
        self.transactions.insert(code.clone(), transaction.clone());
        let effect = Effect::OrderWaiting {
            order: order.to_owned(),
            transaction: code,
            amount,
        };
        (transaction, effect)
    }
}

/// Completes the pages whose time has come.
pub(super) fn tick(world: &mut Haso, now: Moment, chance: &mut Chance) -> Vec<Effect> {
    let Completion::After(wait) = world.settings.completion else {
        return Vec::new();
    };
    let is_due = |session: &&Session| {
        session.state == SessionState::Open
            && !session.is_over(now)
            && session.opened_at.0.saturating_add(wait) <= now.0
    };
    let due: Vec<String> = world
        .sessions()
        .filter(is_due)
        .map(|session| session.id.clone())
        .collect();
    let complete = |id: String| world.complete(&id, now, chance);
    due.into_iter().flat_map(complete).collect()
}
