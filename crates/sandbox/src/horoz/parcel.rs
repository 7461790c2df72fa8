//! The parts of a tracking answer.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::order::{Line, Movement, MovementKind, Order};
use crate::values::day::{istanbul, turkish_minute};
use crate::values::json::Exact;

/// The parts by their names.
type Parts = BTreeMap<&'static str, Box<RawValue>>;

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
    #[serde(rename = "senderPhone")]
    sender_phone: &'a str,
    #[serde(rename = "receiverName")]
    recipient: &'a str,
    #[serde(rename = "receiverPhone")]
    recipient_phone: &'a str,
    #[serde(rename = "receiverAddress")]
    address: &'a str,
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
    #[serde(rename = "deliveryType")]
    direction: &'a str,
    #[serde(rename = "senderName")]
    sender: &'a str,
    #[serde(rename = "receiverName")]
    recipient: &'a str,
    quantity: u64,
    desi: Exact,
    status: &'a str,
    #[serde(rename = "statusDate")]
    at: String,
    #[serde(rename = "deliveryStatus")]
    state: &'a str,
    #[serde(rename = "deliveryProblem", skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    amount: u64,
}

/// Returns the parts under the names of one public web shop.
pub(super) fn of_shop(order: &Order) -> serde_json::Result<Parts> {
    let atf = order.atf().unwrap_or_default();
    let state = WireState {
        number: &order.number,
        tracking: atf,
        atf,
        sender: &order.sender,
        sender_phone: &order.sender_phone,
        recipient: &order.recipient,
        recipient_phone: &order.recipient_phone,
        address: &order.recipient_address,
        province: &order.recipient_place.0,
        district: &order.recipient_place.1,
        pieces: order.pieces,
        state: state_of(order),
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
    let movements = order.movements.iter();
    let movements: Vec<_> = movements.map(|row| movement(order, row)).collect();
    Ok(BTreeMap::from([
        ("shippingDeliveryState", to_raw_value(&state)?),
        ("listOfShipments", to_raw_value(&lines?)?),
        ("listOfMovements", to_raw_value(&movements)?),
    ]))
}

fn state_of(order: &Order) -> &'static str {
    let last = order.movements.last();
    last.map(|last| last.kind.wire()).unwrap_or_default()
}

fn movement<'a>(order: &'a Order, movement: &'a Movement) -> WireMovement<'a> {
    let is_return = order.sender_code == 0;
    WireMovement {
        number: &order.number,
        atf: order.atf().unwrap_or_default(),
        direction: if is_return { "İADE" } else { "TESLİMAT" },
        sender: &order.sender,
        recipient: &order.recipient,
        quantity: order.pieces,
        desi: Exact(order.desi),
        status: movement.kind.wire(),
        at: turkish_minute(istanbul(movement.at)),
        state: movement.kind.wire(),
        problem: match &movement.kind {
            MovementKind::Problem(reason) => Some(reason),
            _ => None,
        },
        amount: 0,
    }
}

#[derive(Serialize)]
struct FewState<'a> {
    #[serde(rename = "requestNumber")]
    number: &'a str,
    #[serde(rename = "trackingNumber")]
    tracking: &'a str,
    state: &'a str,
}

#[derive(Serialize)]
struct FewMovement {
    #[serde(rename = "movementDate")]
    at: String,
    state: &'static str,
}

/// Returns the parts with few members, newest movement first.
pub(super) fn of_few(order: &Order) -> serde_json::Result<Parts> {
    let state = FewState {
        number: &order.number,
        tracking: order.atf().unwrap_or_default(),
        state: state_of(order),
    };
    let row = |movement: &Movement| FewMovement {
        at: turkish_minute(istanbul(movement.at)),
        state: movement.kind.wire(),
    };
    let movements: Vec<FewMovement> = order.movements.iter().rev().map(row).collect();
    let lines: [(); 0] = [];
    Ok(BTreeMap::from([
        ("shippingDeliveryState", to_raw_value(&state)?),
        ("listOfShipments", to_raw_value(&lines)?),
        ("listOfMovements", to_raw_value(&movements)?),
    ]))
}
