//! Tracking, and parcels that move by themselves.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::effect::Effect;
use super::labels;
use super::order::{Line, Movement, MovementKind, Order, State};
use super::reply::{self, Accepted, Refusal, Reply};
use super::settings::Progress;
use super::{Horoz, codes};
use crate::values::day::{istanbul, turkish_minute};
use crate::values::json::Exact;
use crate::{Chance, Moment};

/// `listShippingDetails`: refuses the same number until a pause has passed.
pub(super) fn track(world: &mut Horoz, number: &str, now: Moment) -> Reply {
    let (pause, progress) = (world.settings.tracking_pause, world.settings.progress);
    let order = world.orders.get_mut(number).ok_or(codes::NOT_TRACKED)?;
    order.queries = order.queries.saturating_add(1);
    if order.atf().is_none() {
        return Err(codes::NOT_TRACKED.into());
    }
    let is_too_soon = |at: Moment| now.0.saturating_sub(at.0) < pause;
    if order.answered_at.is_some_and(is_too_soon) {
        return Err(codes::TOO_SOON.into());
    }
    order.answered_at = Some(now);
    let mut effects = Vec::new();
    if let Progress::AfterReads(reads) = progress
        && order.queries.is_multiple_of(reads.max(1))
        && let Some(next) = order.next_movement()
    {
        effects.extend(order.move_to(next, now));
    }
    let parts = parts(order).map_err(|_| Refusal::Unreadable)?;
    Ok(Accepted {
        body: reply::result(codes::DONE).tracked(parts),
        effects,
        key: None,
    })
}

/// Moves every order on by one step for each pause that has passed.
pub(super) fn advance(
    orders: &mut BTreeMap<String, Order>,
    step: i64,
    now: Moment,
    chance: &mut Chance,
) -> Vec<Effect> {
    let mut effects = Vec::new();
    let numbers: Vec<String> = orders.keys().cloned().collect();
    for number in numbers {
        while let Some(order) = orders.get_mut(&number) {
            let due = Moment(order.changed_at().0.saturating_add(step));
            if due > now {
                break;
            }
            if order.state == State::Waiting {
                effects.extend(labels::accept(orders, &number, due, chance));
            } else if let Some(next) = order.next_movement() {
                effects.extend(order.move_to(next, due));
            } else {
                break;
            }
        }
    }
    effects
}

#[derive(Serialize)]
struct WireState<'a> {
    #[serde(rename = "requestNumber")]
    number: &'a str,
    #[serde(rename = "cargoTrackingNumber")]
    tracking: &'a str,
    #[serde(rename = "atfNumber")]
    atf: &'a str,
    #[serde(rename = "senderName")]
    sender: &'a str,
    #[serde(rename = "receiverName")]
    recipient: &'a str,
    #[serde(rename = "receiverCity")]
    province: &'a str,
    #[serde(rename = "receiverDistrict")]
    district: &'a str,
    #[serde(rename = "totalPieces")]
    pieces: u64,
    #[serde(rename = "deliveryStatus")]
    state: &'a str,
}

#[derive(Serialize)]
struct WireLine<'a> {
    #[serde(rename = "productCode")]
    product: &'a str,
    #[serde(rename = "productName")]
    name: &'a str,
    quantity: Exact,
    weight: Exact,
    desi: Exact,
}

#[derive(Serialize)]
struct WireMovement<'a> {
    #[serde(rename = "requestNumber")]
    number: &'a str,
    #[serde(rename = "atfNumber")]
    atf: &'a str,
    #[serde(rename = "senderName")]
    sender: &'a str,
    #[serde(rename = "receiverName")]
    recipient: &'a str,
    status: &'a str,
    #[serde(rename = "statusDate")]
    at: String,
    #[serde(rename = "deliveryProblem", skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
}

fn parts(order: &Order) -> serde_json::Result<BTreeMap<&'static str, Box<RawValue>>> {
    let atf = order.atf().unwrap_or_default();
    let state = order.movements.last().map(|last| last.kind.wire());
    let state = WireState {
        number: &order.number,
        tracking: atf,
        atf,
        sender: &order.sender,
        recipient: &order.recipient,
        province: &order.recipient_place.0,
        district: &order.recipient_place.1,
        pieces: order.pieces,
        state: state.unwrap_or_default(),
    };
    let line = |line: &Line| {
        to_raw_value(&WireLine {
            product: &line.product,
            name: &line.name,
            quantity: Exact(line.quantity),
            weight: Exact(line.weight),
            desi: Exact(line.desi),
        })
    };
    let lines: serde_json::Result<Vec<_>> = order.lines.iter().map(line).collect();
    let mut movements = Vec::new();
    for row in order
        .movements
        .iter()
        .map(|row| to_raw_value(&movement(order, row)))
    {
        movements.push(row?);
    }
    Ok(BTreeMap::from([
        ("shippingDeliveryState", to_raw_value(&state)?),
        ("listOfShipments", to_raw_value(&lines?)?),
        ("listOfMovements", to_raw_value(&movements)?),
    ]))
}

fn movement<'a>(order: &'a Order, movement: &'a Movement) -> WireMovement<'a> {
    WireMovement {
        number: &order.number,
        atf: order.atf().unwrap_or_default(),
        sender: &order.sender,
        recipient: &order.recipient,
        status: movement.kind.wire(),
        at: turkish_minute(istanbul(movement.at)),
        problem: match &movement.kind {
            MovementKind::Problem(reason) => Some(reason),
            _ => None,
        },
    }
}
