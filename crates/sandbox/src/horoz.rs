//! Horoz Lojistik: orders, labels, cancels and tracking of the domestic distribution service.
//!
//! All nine operations are simulated: `createPaysSupplierShipping`, `createShipping`,
//! `cancelPaysSupplierShipping`, `cancelShipping`, `createBarcode`, `cancelBarcode`, `listCounties`,
//! `serviceControl` and `listShippingDetails`. The last segment of the path names the operation. Horoz
//! documents no notification, so that nothing is ever posted to the shop.
//!
//! # Documented
//!
//! - Verbs, the header `processKey`, and the fields of `createPaysSupplierShipping` with their lengths, their
//!   upper case, and the sums over the lines. The tables of `kervan-spec` hold them.
//! - The codes and texts of `createPaysSupplierShipping` and `listCounties`, letter by letter.
//! - The answers of `createPaysSupplierShipping` (inside `response`), `listCounties` (inside
//!   `listCountiesOutput`) and `serviceControl` (without an envelope).
//! - A place has to be a pair of `listCounties`. An order with another one is kept in a broken state: the
//!   same number again is answered `ERR-20071` until it is corrected.
//! - A cancel is refused once the goods are accepted. `createBarcode` accepts them ahead of the staff;
//!   `cancelBarcode` undoes it until the label is scanned, and takes the first 11 digits of `barcode`.
//! - A caller has to be on the list of addresses.
//!
//! # Inferred
//!
//! - `createShipping` has the body and the codes of `createPaysSupplierShipping`, with any `shippingType`.
//! - The order's number is `requestNumber` in every method, and `atfId` is a text or a number.
//! - A refusal has the envelope of a success and the status 200.
//! - Cancels and labels answer inside `response`.
//! - The side that an account's code names may leave its details empty, as a text, as null or without
//!   the key.
//! - One public web shop shows the members of a tracking answer, the words for movements, `ERR-20002` for a
//!   query that comes too soon, and `ERR-20004` for an order that is unknown or not accepted.
//! - Every other form that fits the pages. [`Dialect`] chooses one.
//!
//! # Chosen, never observed
//!
//! - Codes that begin with `ERR-290` are invented, because the pages show none for these refusals. They
//!   are listed in [`INVENTED`].
//! - The first send of a bad place is answered `ERR-29005`. A broken order can be neither cancelled nor
//!   labelled.
//! - A missing number is refused first, then a value that is too long, then a number that exists, then
//!   the rest in the order of the page's table of codes.
//! - A key of an order is never compared without regard to letter case, and `recipientAdress` and
//!   `recipientAddress` may both be sent if they are equal.
//! - Labels are made for orders of `createShipping` only, unless [`Settings::labels_supplier_orders`] is
//!   set. Asking again returns the same label. A barcode is the number of the goods acceptance and three
//!   digits for the piece, up to 999 pieces. The number of the goods acceptance may begin with zero.
//! - A cancelled label brings the order back to waiting, and its next label has another number.
//! - The number of a cancelled order cannot be used again, unless [`Settings::frees_cancelled_numbers`] is set.
//! - Tracking refuses the same number until [`Settings::tracking_pause`] has passed since its last answer;
//!   refused queries count as queries. A returned order has the movements of a delivery.
//! - A parcel moves from waiting over one transfer centre to its delivery. A movement other than the first one
//!   means that the label was scanned.
//! - A caller who is not on the list gets a page with status 403. `serviceControl` answers every caller on
//!   the list, whatever the key, and shows a loopback address.
//! - `deliveryType` is `TESLİMAT` or `İADE`, and `amount` is 0.

mod codes;
mod create;
mod dialect;
mod effect;
mod hosted;
mod labels;
mod operation;
mod order;
mod parcel;
mod places;
mod reply;
mod settings;
mod step;
mod tracking;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::values::json::Members;
use crate::values::{answers, form, journal};
use crate::{Answer, Chance, Moment, Provider, Request};

pub use crate::values::journal::Entry;
pub use codes::INVENTED;
pub use dialect::{AddressKey, Charset, DeliveryType, Dialect, Envelope, LabelForm, TrackingNames};
pub use effect::Effect;
pub use order::{Line, Method, Movement, MovementKind, Order, State};
pub use settings::{Places, Progress, Settings};
pub use step::Step;

use operation::Operation;
use reply::{Accepted, Refusal, Reply};

/// The state of Horoz.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Horoz {
    settings: Settings,
    orders: BTreeMap<String, Order>,
    journal: Vec<Entry<Effect>>,
}

impl Horoz {
    /// Creates a world without orders.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            orders: BTreeMap::new(),
            journal: Vec::new(),
        }
    }

    /// Creates a world with the key and the account codes of the documentation's examples.
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

    /// All orders by number, broken and cancelled ones included.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }

    /// Returns the order with this number.
    pub fn order(&self, number: &str) -> Option<&Order> {
        self.orders.get(number)
    }

    /// Returns whether a parcel is or will be on its way: the order exists, is complete and not cancelled.
    pub fn is_active(&self, number: &str) -> bool {
        self.order(number).is_some_and(Order::is_active)
    }

    /// Returns the barcodes of the order's label, one for each piece; empty without a label.
    pub fn labels_of(&self, number: &str) -> Vec<String> {
        self.order(number).map(Order::barcodes).unwrap_or_default()
    }

    /// Returns how often tracking was asked for this number, refused queries included.
    pub fn queries_of(&self, number: &str) -> u32 {
        self.order(number).map_or(0, |order| order.queries)
    }

    /// Returns the accepted writes in their order.
    pub fn journal(&self) -> &[Entry<Effect>] {
        &self.journal
    }

    /// Returns the accepted writes of one order.
    pub fn writes_of(&self, number: &str) -> Vec<&Entry<Effect>> {
        journal::of(&self.journal, number)
    }

    /// Accepts the goods of a waiting order, as Horoz' staff does. Empty when it does not wait.
    pub fn accept(&mut self, number: &str, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        labels::accept(&mut self.orders, number, now, chance)
    }

    /// Scans the label in operations; afterwards `cancelBarcode` is refused.
    pub fn read_label(&mut self, number: &str) {
        if let Some(order) = self.orders.get_mut(number) {
            order.is_label_read = true;
        }
    }

    /// Adds a movement to an accepted order. Empty when it is not accepted.
    pub fn move_parcel(&mut self, number: &str, kind: MovementKind, now: Moment) -> Vec<Effect> {
        let order = self.orders.get_mut(number);
        order
            .and_then(|order| order.move_to(kind, now))
            .into_iter()
            .collect()
    }

    fn answer(
        &mut self,
        operation: Operation,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> Reply {
        let key = answers::header(request, "processKey");
        if operation.needs_key() && key != Some(&self.settings.process_key) {
            return Err(codes::KEY.into());
        }
        match operation {
            Operation::ServiceControl => Ok(Accepted::page(reply::service_control(
                &self.settings.dialect,
            ))),
            Operation::ListCounties => {
                let settings = &self.settings;
                Ok(Accepted::page(reply::counties(
                    &settings.dialect,
                    &settings.places,
                )))
            }
            Operation::Create(method) => {
                create::create(self, operation.name(), method, request, now)
            }
            Operation::Cancel(method) => {
                create::cancel(self, operation.name(), method, request, now)
            }
            Operation::CreateBarcode => labels::create(self, request, now, chance),
            Operation::CancelBarcode => labels::cancel(self, request, now),
            Operation::Track => {
                let query = request.path.split_once('?').map_or("", |(_, query)| query);
                let pairs = form::pairs(query).unwrap_or_default();
                let number = pairs.into_iter().find(|(name, _)| name == "requestNumber");
                let number = number.map(|(_, value)| value).unwrap_or_default();
                tracking::track(self, &number, now)
            }
        }
    }
}

impl Provider for Horoz {
    type Effect = Effect;

    fn handle(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        if !self.settings.is_address_allowed {
            return (reply::blocked(), Vec::new());
        }
        let Some(operation) = Operation::of(request) else {
            return (answers::unknown(request), Vec::new());
        };
        let reply = self.answer(operation, request, now, chance);
        let dialect = self.settings.dialect;
        let envelope = operation.envelope(dialect.envelope);
        match reply {
            Ok(mut accepted) => {
                if self.settings.progress == Progress::AtOnce && !operation.is_read() {
                    let moved = tracking::advance(&mut self.orders, 0, now, chance);
                    accepted.effects.extend(moved);
                }
                if let Some(key) = accepted.key {
                    self.journal.push(Entry {
                        at: now,
                        operation: operation.name().to_owned(),
                        key,
                        effects: accepted.effects.clone(),
                    });
                }
                let status = dialect.success_status;
                let answer = reply::write(&dialect, status, envelope, &accepted.body);
                (answer, accepted.effects)
            }
            Err(Refusal::Unreadable) => (answers::unreadable(operation.name()), Vec::new()),
            Err(Refusal::Code(code, message, rule)) => {
                let body = reply::refused(code, message);
                let answer = reply::write(&dialect, dialect.refusal_status, envelope, &body);
                (answer.refusing(code, rule), Vec::new())
            }
        }
    }

    fn is_read(&self, request: &Request) -> bool {
        Operation::of(request).is_none_or(Operation::is_read)
    }

    /// The name of the method.
    fn operation(&self, request: &Request) -> String {
        match Operation::of(request) {
            Some(operation) => operation.name().to_owned(),
            None => request.route().to_owned(),
        }
    }

    /// The order's number.
    fn own_key(&self, request: &Request) -> Option<String> {
        Members::parse(&request.body)?.text("requestNumber")
    }

    fn tick(&mut self, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        let step = match self.settings.progress {
            Progress::After(step) => step,
            Progress::AtOnce => 0,
            Progress::ByHand | Progress::AfterReads(_) => return Vec::new(),
        };
        tracking::advance(&mut self.orders, step, now, chance)
    }
}

#[cfg(test)]
mod tests;
