//! The parts that a server around the account needs.

use std::collections::BTreeMap;

use super::account::Account;
use super::effect::Effect;
use super::orders::OrderState;
use super::payment::{Payment, PaymentState};
use super::step::{RETURN, Step};
use super::world::Param;
use super::{browser, operations};
use crate::{Chance, Hosted, Moment, Post, Request, StateName};

/// Stands before a session, where others are names of accounts.
const PAGE: &str = "page ";

impl Hosted for Param {
    const NAME: &'static str = "param";

    const SERVICES: &'static [(&'static str, &'static str)] = &[
        ("payments", "/turkpos.ws/service_turkpos_prod.asmx"),
        ("marketplace", "/turkpos.ws/service_pazaryeri.asmx"),
        ("cards", "/out.ws/service_ks.asmx"),
        ("everything", ""),
    ];

    const POSTS: &'static [&'static str] = &[RETURN];

    type Step = Step;

    fn open(base: &str, chance: Option<&mut Chance>) -> Self {
        let account = chance.map_or_else(Account::published, Account::drawn);
        let mut world = Param::new(account);
        world.move_to(base);
        world
    }

    fn operations() -> Vec<String> {
        operations::names().map(str::to_owned).collect()
    }

    fn move_to(&mut self, base: &str) {
        self.pages = format!("{base}/page/");
    }

    fn login(&self) -> Vec<(&'static str, String)> {
        let account = &self.account;
        vec![
            ("client_code", account.code.clone()),
            ("client_username", account.user.clone()),
            ("client_password", account.password.clone()),
            ("guid", account.key.clone()),
            ("marketplace_guid", account.marketplace_key.clone()),
        ]
    }

    /// The login is terminal number and user, so that a wrong password is refused by the account that it
    /// was tried on. A page belongs to the account whose session it has.
    fn names_in(request: &Request) -> Vec<String> {
        if browser::is_page(request) {
            let session = browser::session(request);
            return session
                .map(|session| format!("{PAGE}{session}"))
                .into_iter()
                .collect();
        }
        Account::name_in(request).into_iter().collect()
    }

    fn has_name(&self, names: &[String]) -> bool {
        let own = self.account.name();
        names.iter().any(|name| match name.strip_prefix(PAGE) {
            Some(session) => self.has_page(session),
            None => *name == own,
        })
    }

    fn is_page(&self, request: &Request) -> bool {
        browser::is_page(request)
    }

    fn act(&mut self, step: Step, now: Moment, chance: &mut Chance) -> Result<Vec<Effect>, String> {
        self.step(step, now, chance)
    }

    fn take_posts(&mut self) -> Vec<Post> {
        std::mem::take(&mut self.posts)
    }

    /// Payments by order number and by number, entries and sellers by key. Of several payments with
    /// one order number, the order has the state of the newest.
    fn states(&self) -> Vec<(String, StateName)> {
        let mut orders: BTreeMap<&str, StateName> = BTreeMap::new();
        let mut states = Vec::new();
        for payment in &self.payments {
            let word = word(payment);
            states.push((payment.id.to_string(), word));
            orders.insert(&payment.order, word);
        }
        let owned = |(order, word): (&str, StateName)| (order.to_owned(), word);
        states.extend(orders.into_iter().map(owned));
        for entry in &self.entries {
            let word = match entry.state {
                OrderState::Waiting => StateName::Waiting,
                OrderState::Approved => StateName::Approved,
                OrderState::Cancelled => StateName::Cancelled,
                OrderState::PaymentCancelled => StateName::PaymentCancelled,
                OrderState::Refunded => StateName::Refunded,
            };
            states.push((entry.key.clone(), word));
        }
        for seller in &self.sellers {
            let word = if seller.removed.is_some() {
                StateName::Removed
            } else {
                StateName::Active
            };
            states.push((seller.key.clone(), word));
        }
        states
    }
}

/// Returns the state of a payment, and what went back of it, as one word.
fn word(payment: &Payment) -> StateName {
    match payment.state {
        PaymentState::Waiting => StateName::Waiting,
        PaymentState::Proven => StateName::Proven,
        PaymentState::NotProven => StateName::NotProven,
        PaymentState::Refused(_) => StateName::Refused,
        PaymentState::Reserved => StateName::Reserved,
        PaymentState::Released => StateName::Released,
        PaymentState::Charged if payment.is_cancelled() => StateName::Cancelled,
        PaymentState::Charged if payment.is_refunded() => StateName::Refunded,
        PaymentState::Charged if payment.returned().is_positive() => StateName::PartlyRefunded,
        PaymentState::Charged => StateName::Charged,
    }
}
