//! Steps of people who are not clients: customers on pages, banks, and those who prepare a world.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::account::{Rules, same_key};
use super::customer::{Customer, Form};
use super::effect::Effect;
use super::operations::check_simulated;
use super::payment::{Payment, PaymentState, Verdict};
use super::world::{HIGHEST, Param};
use crate::{Chance, Kurus, Moment, Post, Sender};

/// The kind of the form that a page posts at its end.
pub(super) const RETURN: &str = "return";

/// A step of somebody who is not a client. Amounts are kuruş; a time that is left out is now. Its
/// `Debug` shows nothing of it, because it may hold a card's number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// The customer acts on a page: `approve`, `wrong_code` or `cancel`.
    Customer {
        /// The session of the page, or the shop's order number.
        page: String,
        /// The action.
        does: Customer,
    },
    /// A page becomes void: its customer closed it, or its time ran out. The shop gets no form.
    Expire {
        /// The session of the page, or the shop's order number.
        page: String,
    },
    /// Pages that wait for their time complete now.
    Release {
        /// The session of one page, or the shop's order number; all pages without it.
        #[serde(default)]
        page: Option<String>,
    },
    /// The bank of a card decides from now on.
    Bank {
        /// The card's number.
        card: String,
        /// The decision: `approves`, `approves_single`, or `refuses` with the bank's code.
        verdict: Verdict,
    },
    /// The next good call of an operation fails with a code.
    RefuseNext {
        /// The name of the operation on the wire.
        operation: String,
        /// The code, not above zero.
        code: i64,
    },
    /// The choices of the world change.
    SetRules {
        /// The new choices.
        rules: Rules,
    },
    /// A seller is there.
    SeedSeller {
        /// The seller's key.
        key: String,
        /// Values by wire names such as `Tip`.
        #[serde(default)]
        values: BTreeMap<String, String>,
        /// When it was added.
        #[serde(default)]
        at: Option<Moment>,
    },
    /// A payment was charged without 3-D.
    SeedPayment {
        /// The provider's number of it.
        id: i64,
        /// The shop's order number.
        order: String,
        /// The amount.
        amount: Kurus,
        /// When it was charged.
        #[serde(default)]
        at: Option<Moment>,
    },
    /// An amount is reserved.
    SeedReservation {
        /// The provider's number of it.
        id: i64,
        /// The shop's order number.
        order: String,
        /// The amount.
        amount: Kurus,
        /// When it was reserved.
        #[serde(default)]
        at: Option<Moment>,
    },
    /// A seller is entered in a payment, waiting for approval.
    SeedEntry {
        /// The key of the entry.
        key: String,
        /// The payment's number.
        payment: i64,
        /// The seller's key.
        seller: String,
        /// The product amount.
        product: Kurus,
        /// The seller's share.
        payable: Kurus,
        /// When it was entered.
        #[serde(default)]
        at: Option<Moment>,
    },
    /// A card is stored.
    SeedCard {
        /// The card's key.
        key: String,
        /// The shop's key of the customer or the card.
        #[serde(default)]
        owner_key: String,
        /// The card's number.
        number: String,
        /// When it was stored.
        #[serde(default)]
        at: Option<Moment>,
    },
}

impl fmt::Debug for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Step").finish_non_exhaustive()
    }
}

impl Param {
    pub(crate) fn step(
        &mut self,
        step: Step,
        now: Moment,
        chance: &mut Chance,
    ) -> Result<Vec<Effect>, String> {
        match step {
            Step::Customer { page, does } => {
                let session = self.session_of(&page)?;
                return Ok(self.browse(&session, does, now, chance));
            }
            Step::Release { page } => return self.release_pages(page.as_deref(), now, chance),
            Step::Expire { page } => {
                let session = self.session_of(&page)?;
                self.expire_page(&session, now);
            }
            Step::Bank { card, verdict } => self.set_bank(&card, verdict),
            Step::RefuseNext { operation, code } => {
                check_simulated(&operation)?;
                if code > 0 {
                    return Err("a code above zero is a success".to_owned());
                }
                self.refuse_next(&operation, code);
            }
            Step::SetRules { rules } => self.rules = rules,
            seed => self.seed(seed, now)?,
        }
        Ok(Vec::new())
    }

    fn seed(&mut self, step: Step, now: Moment) -> Result<(), String> {
        match step {
            Step::SeedSeller { key, values, at } => {
                let is_taken = self.sellers.iter().any(|one| same_key(&one.key, &key));
                free(!is_taken, "a seller")?;
                let values = values.iter().map(|(name, value)| (&**name, &**value));
                let values: Vec<(&str, &str)> = values.collect();
                self.seed_seller(&key, &values, at.unwrap_or(now));
            }
            Step::SeedPayment {
                id,
                ref order,
                amount,
                at,
            }
            | Step::SeedReservation {
                id,
                ref order,
                amount,
                at,
            } => {
                self.check_seed(id, amount)?;
                let seed = if matches!(step, Step::SeedPayment { .. }) {
                    Param::seed_payment
                } else {
                    Param::seed_reservation
                };
                seed(self, id, order, amount, at.unwrap_or(now));
            }
            Step::SeedEntry {
                key,
                payment,
                seller,
                product,
                payable,
                at,
            } => {
                free(self.order(&key).is_none(), "an entry")?;
                let amounts = (product, payable);
                self.check_entry_seed(payment, &seller, amounts)?;
                self.seed_entry(&key, payment, &seller, amounts, at.unwrap_or(now));
            }
            Step::SeedCard {
                key,
                owner_key,
                number,
                at,
            } => {
                let is_taken = self.cards.iter().any(|one| same_key(&one.key, &key));
                free(!is_taken, "a stored card")?;
                self.seed_card(&key, &owner_key, &number, at.unwrap_or(now));
            }
            _ => return Err("nothing is prepared by this step".to_owned()),
        }
        Ok(())
    }

    fn check_seed(&self, id: i64, amount: Kurus) -> Result<(), String> {
        free(self.payment(id).is_none(), "a payment")?;
        if (1..=HIGHEST).contains(&id) && (1..=HIGHEST).contains(&amount.0) {
            Ok(())
        } else {
            let text = format!("number and amount of a payment are above zero, at most {HIGHEST}");
            Err(text)
        }
    }

    fn check_entry_seed(
        &self,
        payment: i64,
        seller: &str,
        (product, payable): (Kurus, Kurus),
    ) -> Result<(), String> {
        let known = self
            .payment(payment)
            .ok_or("no payment has this number".to_owned())?;
        if !self.sellers.iter().any(|one| same_key(&one.key, seller)) {
            return Err("no seller has this key".to_owned());
        }
        let entries = self.orders_of(payment);
        let open = entries.iter().filter(|one| one.state.is_open());
        let shared: Kurus = open.map(|one| one.payable).sum();
        let is_covered = known.is_charged() && shared + payable <= known.net() - known.returned();
        if payable.is_positive() && payable <= product && product <= known.amount && is_covered {
            Ok(())
        } else {
            Err("the payment does not cover these amounts".to_owned())
        }
    }

    /// Lets the customer act, and puts the form that the browser posts into the outbox.
    pub(crate) fn browse(
        &mut self,
        session: &str,
        does: Customer,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let about = self.about(session);
        let Some((form, effects)) = self.customer(session, does, now, chance) else {
            return Vec::new();
        };
        self.post(&about, &form);
        effects
    }

    /// Puts a form into the outbox. A check without an address to return to, and seeded payments, have
    /// none.
    pub(crate) fn post(&mut self, about: &str, form: &Form) {
        if !form.url.is_empty() {
            let fields = form.fields.clone();
            self.posts.push(Post::form(
                RETURN,
                Sender::Browser,
                &form.url,
                about,
                fields,
            ));
        }
    }

    /// Returns the shop's order number of a session; the session itself for a card check.
    pub(crate) fn about(&self, session: &str) -> String {
        let is_it = |payment: &&Payment| same_key(&payment.session, session);
        let payment = self.payments.iter().find(is_it);
        payment.map_or_else(|| session.to_owned(), |one| one.order.clone())
    }

    /// Returns the session of a page that waits for its customer, found by the session or by the shop's
    /// order number; of several pages of one order the newest.
    pub(crate) fn session_of(&self, page: &str) -> Result<String, String> {
        if let Some(check) = self.checks.iter().find(|one| same_key(&one.session, page)) {
            return Ok(check.session.clone());
        }
        let is_it = |payment: &&Payment| same_key(&payment.session, page) || payment.order == page;
        let mut all = self.payments.iter().filter(is_it).peekable();
        if all.peek().is_none() {
            return Err("no page has this session or order number".to_owned());
        }
        let waiting = all.rfind(|one| one.state == PaymentState::Waiting && one.is_secure);
        let waiting = waiting.ok_or("the page of this session or order has ended".to_owned())?;
        Ok(waiting.session.clone())
    }

    pub(crate) fn expire_page(&mut self, session: &str, now: Moment) {
        self.checks.retain(|one| !same_key(&one.session, session));
        let is_it = |payment: &&mut Payment| same_key(&payment.session, session);
        if let Some(payment) = self.payments.iter_mut().find(is_it) {
            payment.state = PaymentState::NotProven;
            payment.charged = now;
        }
    }
}

fn free(is_free: bool, kind: &str) -> Result<(), String> {
    if is_free {
        Ok(())
    } else {
        Err(format!("{kind} has this key already"))
    }
}
