//! The state of HASO, and the questions that a test asks it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::accounts::Qr;
use super::bureau::BureauRequest;
use super::customer::Customer;
use super::effect::Effect;
use super::fields::Fields;
use super::operation::{self, Found};
use super::refunds::Refund;
use super::sessions::Session;
use super::settings::Settings;
use super::transaction::{Status, Transaction};
use super::{page, reply, service, sessions};
use crate::values::journal::{self, Entry};
use crate::values::{answers, decimal};
use crate::{Answer, Chance, Moment, Post, Provider, Request};

/// The state of HASO.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Haso {
    pub(super) settings: Settings,
    pub(super) customers: BTreeMap<String, Customer>,
    /// By HASO's number.
    pub(super) transactions: BTreeMap<String, Transaction>,
    pub(super) refunds: BTreeMap<String, Refund>,
    pub(super) sessions: BTreeMap<String, Session>,
    pub(super) bureau: BTreeMap<String, BureauRequest>,
    /// Form tokens that were not used, and when they were issued.
    pub(super) tokens: BTreeMap<String, Moment>,
    pub(super) qr: BTreeMap<String, Qr>,
    /// Numbers that `ChangeCustomerGsmNo` refuses, with the numbers that it offers.
    pub(super) unusable: BTreeMap<String, Vec<String>>,
    pub(super) outbox: Vec<Post>,
    pub(super) journal: Vec<Entry<Effect>>,
}

impl Haso {
    /// Creates a world without customers.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            customers: BTreeMap::new(),
            transactions: BTreeMap::new(),
            refunds: BTreeMap::new(),
            sessions: BTreeMap::new(),
            bureau: BTreeMap::new(),
            tokens: BTreeMap::new(),
            qr: BTreeMap::new(),
            unusable: BTreeMap::new(),
            outbox: Vec::new(),
            journal: Vec::new(),
        }
    }

    /// Creates a world with the merchant of the examples and one customer, number `5004`.
    pub fn demo() -> Self {
        let mut world = Self::new(Settings::default());
        let mut customer = Customer::new("5004");
        "Nilüfer".clone_into(&mut customer.name);
        "Örnek".clone_into(&mut customer.surname);
        "10000000146".clone_into(&mut customer.tckn);
        "5550000000".clone_into(&mut customer.mobile);
        customer.limit = Some(Decimal::new(1_250_075, 2));
        world.add_customer(customer);
        world
    }

    /// Returns the settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the settings, to change.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// Adds a customer, or replaces the one with this number.
    pub fn add_customer(&mut self, customer: Customer) {
        self.customers.insert(customer.id.clone(), customer);
    }

    /// All customers.
    pub fn customers(&self) -> impl Iterator<Item = &Customer> {
        self.customers.values()
    }

    /// Returns the customer with this number.
    pub fn customer(&self, id: &str) -> Option<&Customer> {
        self.customers.get(id)
    }

    /// All transactions, waiting ones included.
    pub fn transactions(&self) -> impl Iterator<Item = &Transaction> {
        self.transactions.values()
    }

    /// Returns the transaction of the shop's order.
    pub fn transaction_of(&self, order: &str) -> Option<&Transaction> {
        self.transactions()
            .find(|transaction| transaction.order == order)
    }

    /// Returns whether the shop's order is activated.
    pub fn is_active(&self, order: &str) -> bool {
        let transaction = self.transaction_of(order);
        transaction.is_some_and(|transaction| transaction.status == Status::Active)
    }

    /// Returns whether the installment with this number is paid.
    pub fn is_paid(&self, payment: &str) -> bool {
        let mut all = self.transactions().flat_map(|one| &one.installments);
        all.any(|installment| installment.code == payment && installment.is_paid)
    }

    /// All refunds.
    pub fn refunds(&self) -> impl Iterator<Item = &Refund> {
        self.refunds.values()
    }

    /// Returns the refunds of the shop's order.
    pub fn refunds_of(&self, order: &str) -> Vec<&Refund> {
        self.refunds()
            .filter(|refund| refund.order == order)
            .collect()
    }

    /// Returns the sum of all refunds of the shop's order.
    pub fn refunded(&self, order: &str) -> Decimal {
        let refunds = self.refunds_of(order).into_iter();
        decimal::sum(refunds.map(|refund| refund.amount))
    }

    /// Returns the amount that a customer can still spend: the limit without the open installments.
    pub fn available(&self, customer: &str) -> Decimal {
        let limit = self.customer(customer).and_then(|customer| customer.limit);
        let own = self.transactions().filter(|one| one.customer == customer);
        let owed = decimal::sum(own.map(Transaction::owed));
        let left = limit.unwrap_or_default().saturating_sub(owed);
        left.max(Decimal::ZERO)
    }

    /// Returns the pages that were opened.
    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// All requests to the credit bureau, by their numbers.
    pub fn bureau_requests(&self) -> impl Iterator<Item = (&str, &BureauRequest)> {
        let requests = self.bureau.iter();
        requests.map(|(reference, request)| (reference.as_str(), request))
    }

    /// Returns the PIN that the customer got for a request to the credit bureau.
    pub fn pin_of(&self, reference: &str) -> Option<&str> {
        self.bureau
            .get(reference)
            .map(|request| request.pin.as_str())
    }

    /// Returns the callback of an order that waits for its activation, to be sent again.
    pub fn callback_of(&self, order: &str) -> Option<Post> {
        let transaction = self.transaction_of(order)?;
        let session = self
            .sessions()
            .find(|session| session.order() == Some(order))?;
        let is_waiting = transaction.status == Status::Waiting;
        is_waiting.then(|| self.callback_of_transaction(session, transaction))
    }

    /// Makes `ChangeCustomerGsmNo` refuse a number with `RS115` and offer others.
    pub fn refuse_phone(&mut self, mobile: impl Into<String>, offered: Vec<String>) {
        self.unusable.insert(mobile.into(), offered);
    }

    /// Returns the accepted writes in their order.
    pub fn journal(&self) -> &[Entry<Effect>] {
        &self.journal
    }

    /// Returns the accepted writes of one object: an order, a refund, a customer, a bureau request.
    pub fn writes_of(&self, key: &str) -> Vec<&Entry<Effect>> {
        journal::of(&self.journal, key)
    }
}

impl Provider for Haso {
    type Effect = Effect;

    fn handle(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        if let Some(session) = page::session_of(request) {
            return page::answer(self, session, request, now, chance);
        }
        let operation = match operation::find(request) {
            Found::Here(operation) => operation,
            Found::NotSimulated(name) => return (answers::not_simulated(name), Vec::new()),
            Found::Unknown => return (answers::unknown(request), Vec::new()),
        };
        let Some(reply) = service::answer(self, operation, request, now, chance) else {
            return (answers::unreadable(operation.name), Vec::new());
        };
        let mut effects = Vec::new();
        if let Ok(accepted) = &reply {
            effects.clone_from(&accepted.effects);
            if let Some(key) = &accepted.key {
                self.journal.push(Entry {
                    at: now,
                    operation: operation.name.to_owned(),
                    key: key.clone(),
                    effects: effects.clone(),
                });
            }
        }
        (reply::write(&self.settings.dialect, reply), effects)
    }

    /// A question about a report is a write when it chooses the outcome of a test.
    fn is_read(&self, request: &Request) -> bool {
        if page::session_of(request).is_some() {
            return page::only_looks(request);
        }
        match operation::find(request) {
            Found::Here(operation) => {
                operation.is_read && !service::chooses_test_result(operation, request)
            }
            _ => true,
        }
    }

    /// The name of the method, or `page` for a page of a customer.
    fn operation(&self, request: &Request) -> String {
        if page::session_of(request).is_some() {
            return operation::PAGE.to_owned();
        }
        match operation::find(request) {
            Found::Here(operation) => operation.name.to_owned(),
            Found::NotSimulated(name) => name.to_owned(),
            Found::Unknown => request.route().to_owned(),
        }
    }

    /// The number of the order, refund, request or customer, in this order.
    fn own_key(&self, request: &Request) -> Option<String> {
        if let Some(session) = page::session_of(request) {
            return Some(session.to_owned());
        }
        Fields::read(request)?.own_key()
    }

    fn expire_logins(&mut self) -> bool {
        let had_one = !self.tokens.is_empty();
        self.tokens.clear();
        had_one
    }

    fn tick(&mut self, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        sessions::tick(self, now, chance)
    }
}
