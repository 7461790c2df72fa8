//! Registers several parcels in one call. Wire: `SetOrder` (SOAP, write).

use std::collections::HashMap;

use kervan_core::{
    Answer, Class, Context, EncodeError, Operation, Outcome, Problems, ReadError, Rejection as _,
    Try,
};
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::new_order::NewOrder;
use super::order_answer::{OrderRow, OrderRows, Registered};
use super::service::{Body, Reading};
use super::set_order::SetOrder;
use super::settings::ShipmentSettings;
use crate::ids::CustomerReference;
use crate::query::asked::folded;
use crate::rejection::{Rejection, RejectionKind};
use crate::rules;

/// Registers several parcels in one call. Each gets an answer of its own.
///
/// **No public client sends more than one order in a call**, and nothing is published about the order and the number
/// of the answers, or whether one bad order stops the others. Prefer a [`SetOrder`] for each.
///
/// The call is blind: no question settles a whole list. Each order of it is settled by itself. [`prepare`] an attempt
/// of [each](Self::each) before the call, and where the order's state is unknown afterwards, [settle] that attempt
/// as one that [may have been sent](crate::Attempt::supposed_sent):
///
/// ```
/// # use aras_tracking::ShipmentClient;
/// # use aras_tracking::shipments::{OrderState, SetOrders};
/// # async fn register(client: ShipmentClient, orders: SetOrders) -> Result<(), Box<dyn std::error::Error>> {
/// let mut attempts = Vec::new();
/// for order in orders.each() {
///     let attempt = client.prepare(&order).await?.supposed_sent();
///     attempts.push((order, attempt)); // kept in a store
/// }
/// let states: Vec<_> = match client.call(&orders).await {
///     Ok(answer) => answer.value.orders.into_iter().map(|one| one.state).collect(),
///     Err(error) if error.outcome() == aras_tracking::Outcome::NotDone => return Err(error.into()),
///     Err(_) => attempts.iter().map(|_| OrderState::Unknown(None)).collect(),
/// };
/// for ((order, attempt), state) in attempts.iter().zip(states) {
///     if let OrderState::Unknown(_) = state {
///         println!("{:?}", client.settle(order, attempt).await);
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// [`prepare`]: kervan_settling::Settler::prepare
/// [settle]: kervan_settling::Settler::settle
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetOrders {
    /// The orders, each with a reference and barcodes of its own. Wire: `orderInfo`.
    pub orders: Vec<NewOrder>,
}

impl SetOrders {
    /// Registers orders under references that were never used.
    pub fn new(orders: impl IntoIterator<Item = NewOrder>) -> Self {
        Self {
            orders: orders.into_iter().collect(),
        }
    }

    /// Returns each order as a call of its own, by which it is settled.
    pub fn each(&self) -> impl Iterator<Item = SetOrder> {
        self.orders.iter().cloned().map(SetOrder::new)
    }
}

/// The answers to several orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OrderResults {
    /// One for each order of the call, in the order of the call.
    pub orders: Vec<OrderResult>,
}

/// The answer to one of several orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OrderResult {
    /// The shipper's reference.
    pub reference: CustomerReference,
    /// The state of the order.
    pub state: OrderState,
}

/// The state of one of several orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum OrderState {
    /// It is registered with these contents.
    #[serde(rename = "registered")]
    Registered(Registered),
    /// The carrier refused it, and stored nothing of this call.
    #[serde(rename = "refused")]
    Refused(Box<Rejection>),
    /// It may be registered: no answer is certainly its own, or its refusal leaves that open.
    #[serde(rename = "unknown")]
    Unknown(Option<Box<Rejection>>),
}

impl Operation for SetOrders {
    type Service = ShipmentSettings;
    type Output = OrderResults;
    const ENDPOINT: Endpoint = SetOrder::ENDPOINT;
    /// Blind, as a whole: each order is settled by itself.
    const CLASS: Class = Class::Blind;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        if self.orders.is_empty() {
            problems.push(rules::NO_ORDERS.at("orders"));
        }
        let (mut references, mut barcodes) = (HashMap::new(), HashMap::new());
        for (index, order) in self.orders.iter().enumerate() {
            let at = format!("orders[{index}]");
            order.check(&at, problems);
            let reference = folded(order.reference.as_str());
            let first = *references.entry(reference).or_insert(index);
            if first != index {
                let problem = rules::REFERENCE_TWICE.at(format!("{at}.reference"));
                problems.push(problem.limit(format!("orders[{first}]")));
            }
            for (place, piece) in order.pieces.iter().enumerate() {
                let barcode = folded(&piece.barcode);
                let first = *barcodes.entry(barcode).or_insert(index);
                if first != index {
                    let problem = rules::BARCODE_TWICE.at(format!("{at}.pieces[{place}].barcode"));
                    problems.push(problem.limit(format!("orders[{first}]")));
                }
            }
        }
    }

    fn body(&self, context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        let orders = self.orders.iter();
        let orders = orders.map(|order| order.element(context.settings()));
        Ok(Body::new().parent("orderInfo", orders.collect()))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<OrderResults>, ReadError<Rejection>> {
        let answer = reading.orders()?;
        if let [row] = answer.rows.as_slice()
            && row.reference.is_none()
            && self.orders.len() > 1
            && let Err(refusal) = answer.judge(row)
        {
            return Err(ReadError::Rejected(of_the_call(refusal)));
        }
        let paired = self.paired(&answer.rows);
        let read = paired.iter().flatten().count();
        let orders = self
            .orders
            .iter()
            .zip(paired)
            .map(|(order, row)| OrderResult {
                reference: order.reference.clone(),
                state: row.map_or(OrderState::Unknown(None), |row| state(&answer, row)),
            });
        let results = OrderResults {
            orders: orders.collect(),
        };
        let unread = answer.rows.len() - read;
        let mut drift = answer.drift;
        if unread > 0 {
            drift.note_unread(|| "OrderResultInfo".to_owned(), &unread.to_string());
        }
        Ok(reading.envelope().answer(results, drift))
    }
}

impl SetOrders {
    /// Returns the row of each order: by the reference that it repeats, or by its place where the counts are equal
    /// and no row names another order than that in its place.
    fn paired<'r>(&self, rows: &'r [OrderRow]) -> Vec<Option<&'r OrderRow>> {
        let is_own = |(order, row): (&NewOrder, &OrderRow)| row.is_of(&order.reference);
        let are_in_place = rows.len() == self.orders.len()
            && self
                .orders
                .iter()
                .zip(rows)
                .all(|pair| is_own(pair) != Some(false));
        if are_in_place {
            return rows.iter().map(Some).collect();
        }
        let named = |order: &NewOrder| {
            let mut own = rows
                .iter()
                .filter(|row| row.is_of(&order.reference) == Some(true));
            // Two rows of one order do not answer it.
            own.next().filter(|_| own.next().is_none())
        };
        self.orders.iter().map(named).collect()
    }
}

/// Returns a refusal that names none of several orders, as one of the call. Only a wrong login is of all of them: any
/// other may be of one, and says nothing about the rest.
fn of_the_call(mut refusal: Rejection) -> Rejection {
    if refusal.kind != RejectionKind::Login && refusal.outcome() == Outcome::NotDone {
        refusal.kind = RejectionKind::Nameless;
    }
    refusal
}

/// Judges the row of an order.
fn state(answer: &OrderRows<'_>, row: &OrderRow) -> OrderState {
    match answer.judge(row) {
        Ok(registered) => OrderState::Registered(registered),
        Err(refusal) => {
            let refusal = Box::new(refusal.of_try(Try::first(Class::Blind)));
            match refusal.outcome() {
                Outcome::NotDone => OrderState::Refused(refusal),
                Outcome::Unknown => OrderState::Unknown(Some(refusal)),
            }
        }
    }
}
