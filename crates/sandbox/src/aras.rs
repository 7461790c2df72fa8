//! Aras Kargo: the shipment service's orders, registered, read back and cancelled.
//!
//! Simulated: `SetOrder`, `GetOrderWithIntegrationCode`, `GetOrder` and `CancelDispatch`. Every other
//! operation of the shipment service and the query service are answered "not simulated" with status
//! 501.
//!
//! Where the public pages are silent, the world chooses, and nothing of it was observed:
//!
//! - A read with a wrong login finds nothing, because the lists have no result code.
//! - A list without rows is a null result, which .NET leaves out.
//! - `GetOrder` binds `Date` with a capital letter only. Without it, it has no day and returns no row.
//! - `GetOrder` means the day of the registration in Istanbul.
//! - `CargoKey` is the shipper's dispatch note number, and absent without one.
//! - A repeated cancel answers -1.
//! - `SetOrder` answers with the codes of one of two lists, [`Settings::codes`]; its texts are invented.
//! - Several orders in one `SetOrder` are checked and stored one by one, with a row for each.
//! - An update replaces the whole order and may keep its own barcodes. A barcode of another order
//!   stays in use after that order was removed; the integration code of a removed order is free.
//! - Only accepted sendings count towards the limit of 20.
//! - Orders are read back without the login.

#[expect(dead_code, reason = "for the query service")]
mod branches;
mod effect;
mod hosted;
#[expect(dead_code, reason = "for the query service")]
mod login;
#[expect(dead_code, reason = "for the query service")]
mod moves;
#[expect(dead_code, reason = "for the query service")]
mod numbers;
mod order;
mod parcel;
mod push;
mod reasons;
mod refusal;
mod register;
mod settings;
mod soap;
#[expect(dead_code, reason = "for the query service")]
mod stage;
mod step;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::values::answers;
use crate::values::day::{day, turkish};
use crate::values::journal;
use crate::values::xml::{self, Element};
use crate::{Answer, Chance, Moment, Post, Provider, Request};

pub use crate::values::journal::Entry;
pub use effect::Effect;
pub use order::Order;
pub use parcel::{Attempt, Collection, Delivery, Movement, Parcel, Redirection};
pub use refusal::CodeList;
pub use settings::{Method, Nothing, Progress, Settings};
pub use stage::Stage;
pub use step::{Move, NewParcel, Step};

const CANCEL: &str = "CancelDispatch";
const SET: &str = "SetOrder";
const SIMULATED: [&str; 4] = [SET, "GetOrder", "GetOrderWithIntegrationCode", CANCEL];

/// The state of Aras.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aras {
    settings: Settings,
    /// The address that redirects begin with.
    base: String,
    orders: BTreeMap<String, Order>,
    /// Barcodes in use, with the integration codes of their orders.
    barcodes: BTreeMap<String, String>,
    /// In the order in which their waybills were cut.
    parcels: Vec<Parcel>,
    /// How often an order or parcel was asked for, where that moves it.
    reads: BTreeMap<String, u32>,
    posts: Vec<Post>,
    journal: Vec<Entry<Effect>>,
}

impl Aras {
    /// Creates a world without orders.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            base: String::new(),
            orders: BTreeMap::new(),
            barcodes: BTreeMap::new(),
            parcels: Vec::new(),
            reads: BTreeMap::new(),
            posts: Vec::new(),
            journal: Vec::new(),
        }
    }

    /// Creates a world with the login of the published test account.
    pub fn demo() -> Self {
        Self::new(Settings::default())
    }

    /// Returns the settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the settings, to change.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// Registers an order without a call, or replaces the one with the same integration code.
    pub fn register(&mut self, order: Order) {
        self.orders.insert(order.code.clone(), order);
    }

    /// All orders, removed ones excluded.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }

    /// Returns the order with this integration code.
    pub fn order(&self, code: &str) -> Option<&Order> {
        self.orders.get(code)
    }

    /// Returns whether the order is registered and not cancelled.
    pub fn is_active(&self, code: &str) -> bool {
        self.orders.contains_key(code)
    }

    /// Cuts the waybill in a branch, at the time of the registration; afterwards the order cannot be
    /// cancelled.
    pub fn cut_waybill(&mut self, code: &str) {
        if let Some(order) = self.orders.get(code) {
            let at = order.registered_at;
            let mut chance = Chance::new(self.parcels.len() as u64);
            // Refused when it is cut already, which is what is wanted.
            let _ = moves::accept(self, code, None, at, &mut chance);
        }
    }

    /// All parcels, in the order in which their waybills were cut.
    pub fn parcels(&self) -> &[Parcel] {
        &self.parcels
    }

    /// Returns the last parcel with this integration code, tracking number, cargo code or waybill.
    pub fn parcel(&self, key: &str) -> Option<&Parcel> {
        self.parcels
            .iter()
            .rev()
            .find(|parcel| parcel.is_named(key))
    }

    /// Returns the accepted writes in their order.
    pub fn journal(&self) -> &[Entry<Effect>] {
        &self.journal
    }

    /// Returns the accepted writes of one order.
    pub fn writes_of(&self, code: &str) -> Vec<&Entry<Effect>> {
        journal::of(&self.journal, code)
    }

    fn has_login(&self, call: &Element) -> bool {
        soap::argument(call, "userName") == self.settings.user
            && soap::argument(call, "password") == self.settings.password
    }

    /// Returns the orders that a read asks for.
    fn find(&self, call: &Element) -> Vec<Element> {
        if !self.has_login(call) {
            return Vec::new();
        }
        let code = soap::argument(call, "integrationCode");
        let date = soap::argument(call, "Date");
        let is_wanted = |order: &&Order| match call.name.as_str() {
            "GetOrder" => turkish(day(order.registered_at)) == date,
            _ => order.code == code,
        };
        self.orders
            .values()
            .filter(is_wanted)
            .map(Order::element)
            .collect()
    }

    fn cancel(&mut self, call: &Element, now: Moment) -> (Element, Vec<Effect>) {
        if !self.has_login(call) {
            let text = "Kullanıcı adı veya şifre hatalı";
            return (soap::dispatch("-2", text, None), Vec::new());
        }
        let code = soap::argument(call, "integrationCode").to_owned();
        let Some(order) = self.orders.get(&code) else {
            return (soap::dispatch("-1", "Kayıt bulunamadı", None), Vec::new());
        };
        if order.has_waybill {
            return (soap::dispatch("999", "İrsaliye kesilmiş", None), Vec::new());
        }
        let answer = soap::dispatch("0", "Başarılı", order.member("TradingWaybillNumber"));
        self.orders.remove(&code);
        let effects = vec![Effect::Cancelled { code: code.clone() }];
        self.journal.push(Entry {
            at: now,
            operation: CANCEL.to_owned(),
            key: code,
            effects: effects.clone(),
        });
        (answer, effects)
    }
}

impl Provider for Aras {
    type Effect = Effect;

    fn handle(
        &mut self,
        request: &Request,
        now: Moment,
        _chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        if request.method != "POST" {
            return (answers::unknown(request), Vec::new());
        }
        let Some(call) = xml::call(&request.body) else {
            return (answers::unreadable("SOAP"), Vec::new());
        };
        if !SIMULATED.contains(&call.name.as_str()) {
            return (answers::not_simulated(&call.name), Vec::new());
        }
        if !soap::has_action(request, &call.name) {
            return (soap::wrong_action(request), Vec::new());
        }
        if call.name == CANCEL {
            let (result, effects) = self.cancel(&call, now);
            return (soap::result(&call.name, Some(result)), effects);
        }
        if call.name == SET {
            let (rows, effects) = register::set(self, &call, now);
            return (soap::list(&call.name, rows), effects);
        }
        (soap::list(&call.name, self.find(&call)), Vec::new())
    }

    fn is_read(&self, request: &Request) -> bool {
        let call = xml::call(&request.body);
        call.is_none_or(|call| call.name.starts_with("Get"))
    }

    fn tick(&mut self, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        moves::advance(self, now, chance)
    }
}

#[cfg(test)]
mod tests;
