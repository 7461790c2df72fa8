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

mod branches;
mod effect;
mod hosted;
mod labels;
mod login;
mod moves;
mod numbers;
mod order;
mod pages;
mod parcel;
mod push;
mod query;
mod reads;
mod reasons;
mod refusal;
mod register;
mod settings;
mod soap;
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

    /// The names of the arguments differ from call to call, and are bound by their exact spelling.
    fn has_login(&self, call: &Element, user: &str, password: &str) -> bool {
        soap::argument(call, user) == self.settings.user
            && soap::argument(call, password) == self.settings.password
    }

    /// Answers with the orders that a read asks for.
    fn find(&self, call: &Element) -> Answer {
        if !self.has_login(call, "userName", "password") {
            let rule = "userName, password: not those of the account";
            return soap::list(&call.name, Vec::new()).refusing("", rule);
        }
        let code = soap::argument(call, "integrationCode");
        let date = soap::argument(call, "Date");
        let is_wanted = |order: &&Order| match call.name.as_str() {
            "GetOrder" => turkish(day(order.registered_at)) == date,
            _ => order.code == code,
        };
        let found = self.orders.values().filter(is_wanted);
        let answer = soap::list(&call.name, found.map(Order::element).collect());
        if call.name == "GetOrder" && date.is_empty() {
            return answer.refusing("", "Date: missing, and date in small letters is not bound");
        }
        answer
    }

    fn cancel(&mut self, call: &Element, now: Moment) -> (Answer, Vec<Effect>) {
        let answer = |code: &str, text: &str, key: Option<&str>| {
            soap::result(CANCEL, Some(soap::dispatch(code, text, key)))
        };
        let refuse = |code: &str, text: &str, rule: &str| {
            (answer(code, text, None).refusing(code, rule), Vec::new())
        };
        if !self.has_login(call, "userName", "password") {
            let rule = "userName, password: not those of the account";
            return refuse("-2", "Kullanıcı adı veya şifre hatalı", rule);
        }
        let code = soap::argument(call, "integrationCode").to_owned();
        let Some(order) = self.orders.get(&code) else {
            let rule = "integrationCode: no such order, or it is cancelled";
            return refuse("-1", "Kayıt bulunamadı", rule);
        };
        if order.has_waybill {
            let rule = "integrationCode: the waybill is cut";
            return refuse("999", "İrsaliye kesilmiş", rule);
        }
        let answer = answer("0", "Başarılı", order.member("TradingWaybillNumber"));
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

    /// Answers a call of the shipment service.
    fn shipment(
        &mut self,
        request: &Request,
        call: &Element,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        let name = call.name.as_str();
        let reads = reads::CALLS.contains(&name);
        if query::has(name) || !soap::has_action(request, name) {
            return (soap::wrong_action(request), Vec::new());
        }
        match name {
            CANCEL => self.cancel(call, now),
            SET => register::set(self, call, now),
            "GetOrder" | "GetOrderWithIntegrationCode" => (self.find(call), Vec::new()),
            _ if reads => reads::answer(self, call, now, chance),
            _ => (answers::not_simulated(name), Vec::new()),
        }
    }
}

/// The two services, which have addresses of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Service {
    Query,
    Shipment,
}

impl Service {
    /// Chooses by the last part of the path, which is case-sensitive; by the operation where it is not
    /// one of theirs. `None` for a misspelled one.
    fn of(request: &Request, call: &Element) -> Option<Self> {
        let route = request.route();
        let last = route.rsplit('/').next().unwrap_or_default();
        let services = [
            ("ArasCargoIntegrationService.svc", Service::Query),
            ("arascargoservice.asmx", Service::Shipment),
        ];
        for (name, service) in services {
            if last.eq_ignore_ascii_case(name) {
                return (last == name).then_some(service);
            }
        }
        let is_query = query::has(&call.name);
        Some(if is_query {
            Service::Query
        } else {
            Service::Shipment
        })
    }
}

impl Provider for Aras {
    type Effect = Effect;

    fn handle(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        if request.method == "GET" {
            let page = pages::answer(self, request, now, chance);
            return page.unwrap_or_else(|| (answers::unknown(request), Vec::new()));
        }
        if request.method != "POST" {
            return (answers::unknown(request), Vec::new());
        }
        if pages::is_web(request) {
            return pages::web(self, request, now, chance);
        }
        let Some(call) = xml::call(&request.body) else {
            return (answers::unreadable("SOAP"), Vec::new());
        };
        match Service::of(request, &call) {
            Some(Service::Query) => {
                if query::has(&call.name) {
                    query::answer(self, request, &call, now, chance)
                } else {
                    (query::wrong_action(), Vec::new())
                }
            }
            Some(Service::Shipment) => self.shipment(request, &call, now, chance),
            None => (answers::unknown(request), Vec::new()),
        }
    }

    fn is_read(&self, request: &Request) -> bool {
        let call = xml::call(&request.body);
        call.is_none_or(|call| call.name.starts_with("Get"))
    }

    fn operation(&self, request: &Request) -> String {
        let last = request.route().rsplit('/').next().unwrap_or_default();
        match xml::call(&request.body) {
            Some(call) => query::operation(&call).unwrap_or(call.name),
            None => last.to_owned(),
        }
    }

    fn own_key(&self, request: &Request) -> Option<String> {
        let call = xml::call(&request.body)?;
        let order = call
            .child("orderInfo")
            .and_then(|info| info.children.first());
        let holder = order.unwrap_or(&call);
        let name = if order.is_some() {
            "IntegrationCode"
        } else {
            "integrationCode"
        };
        let key = soap::argument(holder, name);
        Some(key.to_owned()).filter(|key| !key.is_empty())
    }

    fn tick(&mut self, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        moves::advance(self, now, chance)
    }
}

#[cfg(test)]
mod tests;
