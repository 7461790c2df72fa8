//! The parts that a server around a world needs.

use super::effect::Effect;
use super::fields::Fields;
use super::sessions::{SessionKind, SessionState};
use super::settings::{Completion, Settings};
use super::step::Step;
use super::transaction::Status;
use super::world::Haso;
use super::{operation, page, posts};
use crate::values::chance::new_digits;
use crate::values::journal;
use crate::{Chance, Hosted, Moment, Post, Request, StateName};

impl Hosted for Haso {
    const NAME: &'static str = "haso";

    const SERVICES: &'static [(&'static str, &'static str)] = &[("everything", "")];

    const POSTS: &'static [&'static str] = &[posts::OK, posts::FAIL, posts::CALLBACK];

    type Step = Step;

    /// Pages of a hosted world end by hand, because a customer is to see them.
    fn open(base: &str, chance: Option<&mut Chance>) -> Self {
        let mut world = Haso::demo();
        if let Some(chance) = chance {
            world.settings.merchant = new_digits(chance, 12, |drawn| drawn.starts_with('0'));
            world.settings.merchant_key = chance.guid();
            world.settings.merchant_salt = chance.guid();
        }
        world.settings.completion = Completion::ByHand;
        Hosted::move_to(&mut world, base);
        world
    }

    fn operations() -> Vec<String> {
        operation::names().map(str::to_owned).collect()
    }

    fn move_to(&mut self, base: &str) {
        self.settings.pages = format!("{base}/page");
    }

    fn login(&self) -> Vec<(&'static str, String)> {
        let Settings {
            merchant,
            merchant_key,
            merchant_salt,
            ..
        } = &self.settings;
        vec![
            ("merchant", merchant.clone()),
            ("merchant_key", merchant_key.clone()),
            ("merchant_salt", merchant_salt.clone()),
        ]
    }

    /// By the merchant's number, in a form or in JSON.
    fn names_in(request: &Request) -> Vec<String> {
        let fields = Fields::read(request);
        let merchant = fields.and_then(|fields| fields.filled("merchantId").map(str::to_owned));
        merchant.into_iter().collect()
    }

    fn has_name(&self, names: &[String]) -> bool {
        names.contains(&self.settings.merchant)
    }

    fn forget_old(&mut self) {
        journal::forget_old(&mut self.journal);
    }

    fn is_page(&self, request: &Request) -> bool {
        page::session_of(request).is_some()
    }

    fn act(&mut self, step: Step, now: Moment, chance: &mut Chance) -> Result<Vec<Effect>, String> {
        self.step(step, now, chance)
    }

    fn take_posts(&mut self) -> Vec<Post> {
        std::mem::take(&mut self.outbox)
    }

    /// Pages by their numbers, orders by the shop's, installments and refunds by theirs.
    fn states(&self) -> Vec<(String, StateName)> {
        let mut states = Vec::new();
        let mut add = |key: &str, state: StateName| states.push((key.to_owned(), state));
        for session in self.sessions() {
            let state = match session.state {
                SessionState::Open => StateName::Open,
                SessionState::Completed => StateName::Completed,
                SessionState::Declined => StateName::Declined,
            };
            add(&session.id, state);
            if let SessionKind::Order { order, .. } = &session.kind
                && session.state != SessionState::Completed
            {
                add(order, state);
            }
        }
        for transaction in self.transactions() {
            let state = match transaction.status {
                Status::Waiting => StateName::Waiting,
                Status::Active if self.refunded(&transaction.order) == transaction.amount => {
                    StateName::Refunded
                }
                Status::Active => StateName::Active,
            };
            add(&transaction.order, state);
            for row in &transaction.installments {
                let state = match (row.is_paid, row.is_cancelled) {
                    (true, _) => StateName::Paid,
                    (_, true) => StateName::Cancelled,
                    _ if !row.received.is_zero() => StateName::PartlyPaid,
                    _ => StateName::Unpaid,
                };
                add(&row.code, state);
            }
        }
        for refund in self.refunds() {
            add(&refund.id, StateName::Refunded);
        }
        states
    }
}
