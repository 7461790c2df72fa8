//! Creating and cancelling orders.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::dialect::{AddressKey, DeliveryType, Dialect};
use super::effect::Effect;
use super::order::{Line, Method, Order, State};
use super::reply::{self, Accepted, Refusal, Reply};
use super::{Horoz, codes, places};
use crate::values::json::Members;
use crate::{Moment, Request, rules};

/// The table whose operation this is.
pub(super) const PROVIDER: &str = "horoz-shipping";

/// `createPaysSupplierShipping` and `createShipping`.
pub(super) fn create(
    world: &mut Horoz,
    operation: &str,
    method: Method,
    request: &Request,
    now: Moment,
) -> Reply {
    let body = Members::parse(&request.body).ok_or(Refusal::Unreadable)?;
    let number = number(&body)?;
    let findings = rules::broken(PROVIDER, operation, request);
    check_lengths(&findings)?;
    let frees = world.settings.frees_cancelled_numbers;
    let is_free = |order: &&Order| frees && order.state == State::Cancelled;
    let earlier = world.orders.get(&number).filter(|order| !is_free(order));
    let is_broken = earlier.is_some_and(|order| order.state == State::Broken);
    if let Some(order) = earlier.filter(|_| !is_broken) {
        return Err(exists(order));
    }
    check_contents(world, &body)?;
    let order = read(&number, method, &body, now);
    if !has_listed_places(world, &body) {
        world.orders.insert(
            number,
            Order {
                state: State::Broken,
                ..order
            },
        );
        let code = if is_broken {
            codes::STILL_BROKEN
        } else {
            codes::PLACE
        };
        return Err(code.into());
    }
    check_spelling(&world.settings.dialect, &body)?;
    check_rest(&findings)?;
    let created = Effect::OrderCreated {
        number: number.clone(),
        pieces: order.pieces,
        desi: order.desi,
    };
    world.orders.insert(number.clone(), order);
    let body = reply::created(&world.settings.dialect);
    Ok(Accepted::write(body, &number, vec![created]))
}

/// `cancelPaysSupplierShipping` and `cancelShipping`: before the goods are accepted.
pub(super) fn cancel(
    world: &mut Horoz,
    operation: &str,
    method: Method,
    request: &Request,
    now: Moment,
) -> Reply {
    let body = Members::parse(&request.body).ok_or(Refusal::Unreadable)?;
    let number = number(&body)?;
    let findings = rules::broken(PROVIDER, operation, request);
    check_lengths(&findings)?;
    check_rest(&findings)?;
    let order = world.orders.get_mut(&number);
    let order = order
        .filter(|order| order.method == method)
        .ok_or(codes::NOT_FOUND)?;
    match order.state {
        State::Broken => Err(codes::NOT_FOUND.into()),
        State::Cancelled => Err(codes::CANCELLED.into()),
        State::Accepted { .. } => Err(codes::ACCEPTED.into()),
        State::Waiting => {
            order.state = State::Cancelled;
            let effect = Effect::Cancelled {
                number: number.clone(),
            };
            let body = reply::cancelled(&world.settings.dialect, now);
            Ok(Accepted::write(body, &number, vec![effect]))
        }
    }
}

/// Returns the order's number, which is never empty.
pub(super) fn number(body: &Members) -> Result<String, Refusal> {
    let number = body.text("requestNumber");
    let number = number.filter(|number| !number.trim().is_empty());
    Ok(number.ok_or(codes::NO_NUMBER)?)
}

/// The first value that is too long.
pub(super) fn check_lengths(findings: &[String]) -> Result<(), Refusal> {
    match findings.iter().find_map(|finding| rules::too_long(finding)) {
        Some(field) => {
            let (code, text) = codes::TOO_LONG;
            let rule = format!("{field}: too long");
            Err(Refusal::Code(code, format!("{text}{field}"), rule))
        }
        None => Ok(()),
    }
}

/// The first broken rule for which the page shows no code.
pub(super) fn check_rest(findings: &[String]) -> Result<(), Refusal> {
    match findings.first() {
        Some(finding) => {
            let message = format!("KURAL: {finding}");
            Err(Refusal::Code(codes::RULE, message, finding.clone()))
        }
        None => Ok(()),
    }
}

/// The spellings that this world reads, where it reads one of two only.
fn check_spelling(dialect: &Dialect, body: &Members) -> Result<(), Refusal> {
    let refused = |rule: &str| {
        let message = format!("KURAL: {rule}");
        Err(Refusal::Code(codes::RULE, message, rule.to_owned()))
    };
    let has = |name: &str| !body.is_empty(name);
    match dialect.address_key {
        AddressKey::Sample if has("recipientAddress") && !has("recipientAdress") => {
            return refused("recipientAdress: missing; this world does not read recipientAddress");
        }
        AddressKey::Table if has("recipientAdress") && !has("recipientAddress") => {
            return refused("recipientAddress: missing; this world does not read recipientAdress");
        }
        _ => {}
    }
    let kind = body.text("shippingType").unwrap_or_default();
    match dialect.delivery_type {
        DeliveryType::Sample if kind == "PaySupplier" => {
            refused("shippingType: this world knows PaysSupplier only")
        }
        DeliveryType::Prose if kind == "PaysSupplier" => {
            refused("shippingType: this world knows PaySupplier only")
        }
        _ => Ok(()),
    }
}

fn exists(order: &Order) -> Refusal {
    let key = order.sender_code.max(order.recipient_code);
    let number = &order.number;
    Refusal::Code(
        codes::EXISTS,
        format!("BU TALEP NUMARASI SISTEMDE MEVCUT - Key: {key} TalepNo: {number}"),
        "requestNumber: used before".to_owned(),
    )
}

/// The rules that have a code, in the order of the page's table.
fn check_contents(world: &Horoz, body: &Members) -> Result<(), Refusal> {
    let is_unknown = |name: &str| {
        let code = body.number(name).and_then(|code| code.to_i64());
        code.is_none_or(|code| code != 0 && !world.settings.accounts.contains(&code))
    };
    let is_positive = |value: Option<Decimal>| value.is_some_and(|value| value > Decimal::ZERO);
    let refused = |code: codes::Broken| Err(code.into());
    if is_unknown("senderCode") {
        return refused(codes::SENDER);
    }
    if is_unknown("recipientCode") {
        return refused(codes::RECIPIENT);
    }
    if body.is_empty("totalDesi") || body.is_empty("shipmentCount") {
        return refused(codes::NO_TOTALS);
    }
    let lines = body.objects("shippingDetail").unwrap_or_default();
    let needed = [
        "productCode",
        "productName",
        "quantity",
        "weightInKg",
        "desi",
        "productCategory",
    ];
    let is_incomplete = |line: &Members| needed.iter().any(|name| line.is_empty(name));
    if lines.is_empty() || lines.iter().any(is_incomplete) {
        return refused(codes::NO_LINES);
    }
    if !lines.iter().all(|line| is_positive(line.number("desi"))) {
        return refused(codes::DESI);
    }
    if !is_positive(body.number("totalDesi")) {
        return refused(codes::TOTAL_DESI);
    }
    if body.is_empty("shippingType") {
        return refused(codes::NO_TYPE);
    }
    Ok(())
}

/// Returns whether each side's place is a listed pair. The side of an account may leave its place empty.
fn has_listed_places(world: &Horoz, body: &Members) -> bool {
    let is_good = |side: &str| {
        let name = |part: &str| format!("{side}{part}");
        let (city, county) = (name("City"), name("County"));
        if body.is_empty(&city) && body.is_empty(&county) {
            let code = body.number(&name("Code"));
            return code.is_some_and(|code| !code.is_zero());
        }
        let text = |name: &str| body.text(name).unwrap_or_default();
        places::has(&world.settings.places, &text(&city), &text(&county))
    };
    is_good("sender") && is_good("recipient")
}

fn read(number: &str, method: Method, body: &Members, now: Moment) -> Order {
    let text = |name: &str| body.text(name).unwrap_or_default();
    let integer = |name: &str| body.number(name).and_then(|value| value.to_i64());
    let line = |line: Members| Line {
        product: line.text("productCode").unwrap_or_default(),
        name: line.text("productName").unwrap_or_default(),
        quantity: line.number("quantity").unwrap_or_default(),
        weight: line.number("weightInKg").unwrap_or_default(),
        desi: line.number("desi").unwrap_or_default(),
    };
    let lines = body.objects("shippingDetail").unwrap_or_default();
    Order {
        number: number.to_owned(),
        method,
        sender_code: integer("senderCode").unwrap_or_default(),
        recipient_code: integer("recipientCode").unwrap_or_default(),
        sender: text("senderTitle"),
        recipient: text("recipientTitle"),
        sender_phone: text("senderPhoneNumber"),
        recipient_phone: text("recipientPhoneNumber"),
        recipient_address: ["recipientAdress", "recipientAddress"]
            .into_iter()
            .find_map(|name| body.text(name).filter(|text| !text.is_empty()))
            .unwrap_or_default(),
        recipient_place: (text("recipientCity"), text("recipientCounty")),
        shipping_type: text("shippingType"),
        pieces: body
            .number("shipmentCount")
            .and_then(|count| count.to_u64())
            .unwrap_or_default(),
        desi: body.number("totalDesi").unwrap_or_default(),
        lines: lines.into_iter().map(line).collect(),
        state: State::Waiting,
        has_supplier_label: false,
        is_label_read: false,
        movements: Vec::new(),
        queries: 0,
        answered_at: None,
        created_at: now,
    }
}
