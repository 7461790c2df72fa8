//! The state of one merchant's account, and what the operations share.

use std::collections::{BTreeMap, VecDeque};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::account::{Account, Rules};
use super::card_number::CardNumber;
use super::cards::StoredCard;
use super::customer::Form;
use super::effect::Effect;
use super::operations::check_simulated;
use super::orders::OrderEntry;
use super::payment::{Payment, PaymentState, Verdict};
use super::sellers::Seller;
use super::verify::CardCheck;
use crate::{Chance, Moment, Post};

/// The simulated provider: one merchant's account with its sellers, payments, entries and cards.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Param {
    pub(crate) account: Account,
    /// Choices that the documents leave open, or leave to an account.
    pub rules: Rules,
    pub(crate) sellers: Vec<Seller>,
    pub(crate) payments: Vec<Payment>,
    pub(crate) entries: Vec<OrderEntry>,
    pub(crate) cards: Vec<StoredCard>,
    pub(crate) checks: Vec<CardCheck>,
    pub(crate) verdicts: Verdicts,
    /// Refusals that were ordered: operation and code.
    #[serde(deserialize_with = "ordered")]
    pub(crate) refusals: Vec<(String, i64)>,
    /// Where the pages for customers are, with a slash at the end.
    pub(crate) pages: String,
    /// The posts to the shop that were not taken yet.
    pub(crate) posts: Vec<Post>,
    /// The forms of the last pages that ended in a browser, by their sessions.
    #[serde(default)]
    pub(crate) returned: VecDeque<(String, Form)>,
    next_payment: i64,
    next_receipt: i64,
}

/// Reads refusals whose operations are known, because no call would meet another one.
fn ordered<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, i64)>, D::Error> {
    let refusals: Vec<(String, i64)> = Vec::deserialize(deserializer)?;
    for (operation, _) in &refusals {
        check_simulated(operation).map_err(D::Error::custom)?;
    }
    Ok(refusals)
}

/// The banks' verdicts on cards, by the digests of their numbers.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Verdicts(BTreeMap<String, Verdict>);

impl std::fmt::Debug for Verdicts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Verdicts({})", self.0.len())
    }
}

/// The highest number of a payment or a receipt that an account has when it is prepared. The provider's
/// have ten digits; the numbers that are drawn afterwards are above it, and never reach the greatest number.
pub(crate) const HIGHEST: i64 = 999_999_999_999_999;

/// Draws a number that is a little above another one.
fn above(number: i64, chance: &mut Chance) -> i64 {
    let step = i64::try_from(chance.below(9)).unwrap_or_default();
    number.saturating_add(1).saturating_add(step)
}

/// The circumstances of one request.
pub(crate) struct Scene<'a> {
    pub(crate) now: Moment,
    pub(crate) chance: &'a mut Chance,
    pub(crate) effects: Vec<Effect>,
}

impl Scene<'_> {
    pub(crate) fn happened(&mut self, effect: Effect) {
        self.effects.push(effect);
    }
}

impl Default for Param {
    fn default() -> Self {
        Param::new(Account::published())
    }
}

impl Param {
    /// Opens an account in which nothing has happened.
    pub fn new(account: Account) -> Self {
        Param {
            account,
            rules: Rules::default(),
            sellers: Vec::new(),
            payments: Vec::new(),
            entries: Vec::new(),
            cards: Vec::new(),
            checks: Vec::new(),
            verdicts: Verdicts::default(),
            refusals: Vec::new(),
            pages: "https://test-pos.param.com.tr/".to_owned(),
            posts: Vec::new(),
            returned: VecDeque::new(),
            next_payment: 6_021_842_587,
            next_receipt: 3_007_296_662,
        }
    }

    /// Returns the login and the keys.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Says what the bank of a card does from now on. Without a word, it pays.
    pub fn set_bank(&mut self, card: &str, verdict: Verdict) {
        let card = self.account.card(card);
        self.verdicts.0.insert(card.digest, verdict);
    }

    /// Makes the next good call of an operation fail with a code, without doing anything: for
    /// codes that no rule reaches, such as -207 (system error), and for a code that fits another state.
    pub fn refuse_next(&mut self, operation: &str, code: i64) {
        self.refusals.push((operation.to_owned(), code));
    }

    /// Returns the refusals that were ordered and not used, as operation and code.
    pub fn unused_refusals(&self) -> &[(String, i64)] {
        &self.refusals
    }

    pub(crate) fn verdict(&self, card: &str) -> Verdict {
        self.verdict_of(&self.account.card(card))
    }

    pub(crate) fn verdict_of(&self, card: &CardNumber) -> Verdict {
        let verdict = self.verdicts.0.get(&card.digest);
        verdict.copied().unwrap_or_default()
    }

    /// Draws the number of a payment, or of a step that gives money back.
    pub(crate) fn payment_number(&mut self, chance: &mut Chance) -> i64 {
        self.next_payment = above(self.next_payment, chance);
        self.next_payment
    }

    /// Makes sure that no drawn number of a payment is this one.
    pub(crate) fn keep_numbers_above(&mut self, id: i64) {
        self.next_payment = self.next_payment.max(id);
    }

    /// Draws the number of a receipt.
    pub(crate) fn receipt_number(&mut self, chance: &mut Chance) -> i64 {
        self.next_receipt = above(self.next_receipt, chance);
        self.next_receipt
    }

    /// Takes what a payment asks for: charges the card, or reserves the amount. Says whether the bank
    /// agreed.
    pub(crate) fn take(&mut self, index: usize, scene: &mut Scene<'_>) -> bool {
        let receipt = self.next_receipt;
        let Some(payment) = self.payments.get_mut(index) else {
            return false;
        };
        payment.charged = scene.now;
        if let Verdict::Refuses(code) = payment.verdict {
            payment.state = PaymentState::Refused(code);
            return false;
        }
        let (id, order, amount) = (payment.id, payment.order.clone(), payment.amount);
        if payment.is_reservation {
            payment.state = PaymentState::Reserved;
            scene.happened(Effect::Reserved {
                payment: id,
                order,
                amount,
            });
            return true;
        }
        let receipt = above(receipt, scene.chance);
        payment.state = PaymentState::Charged;
        payment.receipt = receipt;
        let key = payment.key.clone();
        self.next_receipt = receipt;
        scene.happened(Effect::Charged {
            payment: id,
            order,
            key,
            amount,
        });
        true
    }
}
