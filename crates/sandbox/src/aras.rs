//! Aras Kargo: orders and their parcels, the query service, the tracking pages, and pushed events.
//!
//! One state, a [`Parcel`], answers everything. It comes into being when a branch cuts the waybill of an
//! order, or without an order by [`Step::AddParcel`]. It moves by [`Step`]s, or by itself as
//! [`Settings::progress`] says.
//!
//! Simulated: `SetOrder`, `GetOrderWithIntegrationCode`, `GetOrder`, `CancelDispatch`,
//! `UpdateInvoiceWaybillNumber`, `Recall`, `CancelRecall`; `GetBarcode`,
//! `GetArasBarcode`, `GetLabelDummy`; `GetCargoInfo`, `GetCargoTransaction`, `GetCargoTransactionByWaybillId`,
//! `GetCargoSearch`, `GetCargoSearchByCode`, `GetSortedCargoInfo`, `GetCargoReturn`, `GetUndeliveredCargoSearch`;
//! `GetDeliveryInfodocID`, `GetDeliveryInfo`; `GetWaitingCargoList`, `GetDeliveryList`, `GetDeliveryList2`,
//! `GetCargoSendList`, `GetCargoPieceList`, `GetRedirectionList`, `GetBackList`; `GetCityList`, `GetTown`,
//! `GetUnit`, `GetUnitBranch`, `GetUnitCard`, `GetRegions`, `GetParentUnitAddress`, `GetServiceList`,
//! `GetUnitAddress`, `GetDuration`, `GetServiceType`, `GetPriceCalculation`; `GetAddressList`, `GetAddresById`
//! and `GetAddressById` of the shipment
//! service; `GetQueryJSON`, `GetQueryXML` and `GetQueryDS` with the types 1 to 16, 18, 19, 21, 22, 24 to
//! 26, 30, 31, 37, 39 to 41 and 100 to 102; the pages of the official links with their tabs; and
//! `getCargoTransactionByTrackingNumber` of the newer site. The others are answered "not simulated" with
//! status 501: the other operations of both services, the query types 23 and 36, whose columns are not
//! public, the newer site's calls that need a picture to be read, the page behind `ebranch`, and the tab
//! of other details.
//!
//! # Documented
//!
//! By the carrier's guides, its service descriptions, or several clients that ran in production:
//!
//! - The names, order and types of arguments and members; spelling of the logins; both SOAP actions; the
//!   case-sensitive path of the shipment service.
//! - The rules of `SetOrder`, its limits and its codes in both lists, and the codes of `CancelDispatch`.
//! - A tracking number comes into being with the waybill, after which an order is neither updated nor
//!   cancelled.
//! - The parameters of each query type and what it selects; the columns of type 1 and their order; the
//!   codes of `DURUM_KODU`, `TIP_KODU` and DEVİR; the limits of 90 days, one week, one month and one year.
//! - A null for nothing, an object for one row, a list for several, texts for all values, and no column for
//!   a NULL. The names of rows `Cargo`, `Collection`, `CargoTransaction` and `WaybillNotDelivered`.
//! - A fault for a wrong login, an empty result for a wrong customer code or another method, and an empty
//!   result or an `InternalServiceFault` for an unknown reference ([`Settings::nothing`]).
//! - Days of input with dots, dashes or slashes; ISO 8601 in `CIKIS_TARIH`, day first in `TESLIM_TARIHI`.
//! - The links, the redirect to the tabs, the ids of elements and tables, and the signs of "not found".
//! - The members and kinds of pushed events.
//!
//! # Inferred
//!
//! From samples, names or one client, and not confirmed:
//!
//! - The structure of tracking numbers, cargo codes, piece barcodes and KTF numbers.
//! - A repeated cancel answers -1. `CargoKey` is the shipper's dispatch note number.
//! - `GetOrder` binds `Date` with a capital letter only. Without it, it has no day and returns no row.
//! - Tables are named `IrsData` and `WEBCARGODATA13` in the shipment service, and `Table` in the query
//!   service.
//! - Columns on the wire are upper-case ASCII with underscores, but for type 101.
//! - `ResultCode` 0 of a label is success, and labels exist before the waybill.
//! - `ISLEM_TARIHI` of type 1 is ISO 8601.
//! - A link without `sifre` is valid.
//!
//! # Chosen, never observed
//!
//! Where the public pages are silent, the world chooses:
//!
//! - All texts of refusals. A read with a wrong login finds nothing, because the lists have no result code.
//!   A list without rows is a null result, which .NET leaves out; a table without rows is a data set
//!   without rows.
//! - `GetOrder` means the day of the registration in Istanbul.
//! - `SetOrder` answers with the codes of one of two lists, [`Settings::codes`]. Several orders in one call
//!   are checked and stored one by one, with a row for each unless [`Settings::order_answers`] says otherwise.
//! - An update replaces the whole order and may keep its own barcodes, unless
//!   [`Settings::refuses_own_barcodes`]. A barcode of another order stays in use after that order was removed; the
//!   integration code of a removed order is free, unless [`Settings::keeps_removed_codes`].
//! - Orders are kept as they were sent, unless [`Settings::order_spelling`].
//! - Only accepted sendings count towards the limit of 20.
//! - Orders are read back without the login.
//! - Every account may make every call, unless [`Settings::only_orders`].
//! - Until the waybill is cut, labels have no tracking number and the shipper's own barcodes. A refused
//!   label has -2 for a wrong login and -1 for anything else, beside a model without values.
//! - `docID` is a waybill. A `code` of `GetCargoTransaction` is a cargo code, and another one finds nothing.
//! - The columns of `IrsData` are those of type 1, those of `WEBCARGODATA13` those of type 9. All tables of
//!   parcels are `IrsData`, and `GetCargoPieceList` has a row for each piece. `ref_code` is the invoice number,
//!   `code` of `GetCargoSearchByCode` any number of the parcel, `waybillId` the `WaybillID` of its label; any
//!   `ukod` will do. The days are written with dots. `tarih` of `GetCargoSendList` and `GetCargoPieceList` is the
//!   day of the waybill, and `tarih` of the others and `testarih` the day of what they list.
//! - The codes of `UpdateInvoiceWaybillNumber`, `Recall` and `CancelRecall`. The first leaves a number that is
//!   empty or absent as it is, and is refused once the waybill is cut. The others take any number of a parcel that
//!   is not handed over yet, and a recall changes nothing but that it is one.
//! - The columns of the tables of places, all provinces, districts, units, services and prices. Two addresses,
//!   one of them that of the shipper's branch. `GetAddressById` has the codes of `CancelDispatch`.
//! - A type that the guide does not have is answered with a sentence. A missing or malformed day is an
//!   `InternalServiceFault`; any other missing parameter finds nothing, also one beyond the limits of type
//!   41.
//! - The columns of types 5 to 8, 10, 19, 31, 40 and 41 are those of the project's cases. An invoice is one
//!   parcel with VAT of 20 %.
//! - Movements of types 9 and 15 are newest first, with the day first. The list is empty until the parcel
//!   leaves its first branch.
//! - `DEVIR_KODU` stays after a delivery. `IADE_SEBEBI` and `DEVIR_KODU` of a delivered parcel are empty
//!   instead of absent. The delivery columns of a returned parcel name the sender.
//! - The `REFERANS` is the invoice number, `KARGO_LINK_NO` the tracking number, `YONLENDIRME_KODU` 3.
//! - Collected money is due a week after the delivery, and paid on that day.
//! - Types 22 and 26 have their tables in the order of the guide: `Table` to `Table5`.
//! - The branches, the tariff, the words of operations and states that no page shows, and the Turkish
//!   sentences of reasons.
//! - Several parcels may have one integration code, and a query finds them all.
//! - Names on pages are masked after two letters. Failed attempts have the last one first. The first and
//!   the delivery branch are links on the first tab, and `Teslimat_Kodu` is filled while the courier has
//!   the parcel. The addresses of the third and fourth tab. Nobody gets past the picture.
//! - The newer site answers 404 in its envelope for an unknown number, and has a row for the waybill.
//! - Events are sent once, in an envelope with the operation `SetCargoStatus`. `CargoStatus` numbers the
//!   kinds from 1 to 4 in the order of the document, and so differs from `DURUM_KODU`.

mod addresses;
mod branches;
mod changes;
mod effect;
mod hosted;
mod labels;
mod login;
mod moves;
mod numbers;
mod order;
mod pages;
mod parcel;
mod places;
mod push;
mod query;
mod reads;
mod reasons;
mod refusal;
mod register;
mod service;
mod settings;
mod soap;
mod stage;
mod step;
mod tables;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::values::answers;
use crate::values::day::{day, turkish};
use crate::values::journal;
use crate::values::xml::Element;
use crate::{Answer, Chance, Moment, Post, Request};

pub use crate::values::journal::Entry;
pub use effect::Effect;
pub use order::Order;
pub use parcel::{Attempt, Collection, Delivery, Movement, Parcel, Redirection};
pub use refusal::CodeList;
pub use settings::{Method, Nothing, OrderAnswers, OrderSpelling, Progress, Settings};
pub use stage::Stage;
pub use step::{Move, NewParcel, Step};

const CANCEL: &str = "CancelDispatch";
const SET: &str = "SetOrder";
const BY_DAY: &str = "GetOrder";
const BY_CODE: &str = "GetOrderWithIntegrationCode";

/// Returns the operations of the shipment service.
fn shipments() -> impl Iterator<Item = &'static str> {
    let orders = [SET, CANCEL, BY_DAY, BY_CODE].into_iter();
    orders.chain(changes::CALLS).chain(reads::calls())
}

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
            BY_DAY => turkish(day(order.registered_at)) == date,
            _ => order.code == code,
        };
        let found = self.orders.values().filter(is_wanted);
        let answer = soap::list(&call.name, found.map(Order::element).collect());
        if call.name == BY_DAY && date.is_empty() {
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
        let reads = reads::calls().any(|call| call == name);
        if query::has(name) || !soap::has_action(request, name) {
            return (soap::wrong_action(request), Vec::new());
        }
        match name {
            CANCEL => self.cancel(call, now),
            SET => register::set(self, call, now),
            BY_DAY | BY_CODE => (self.find(call), Vec::new()),
            _ if changes::CALLS.contains(&name) => changes::answer(self, call, now),
            _ if reads => reads::answer(self, call, now, chance),
            _ => (answers::not_simulated(name), Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests;
