//! Goods acceptance and labels.

use std::collections::BTreeMap;

use super::create::{PROVIDER, check_lengths, check_rest, number};
use super::effect::Effect;
use super::order::{Method, Order, State};
use super::reply::{self, Accepted, Refusal, Reply};
use super::{Horoz, codes};
use crate::values::chance::new_digits;
use crate::values::json::Members;
use crate::{Chance, Moment, Request, rules};

/// `createBarcode`: accepts the goods ahead of Horoz' staff and answers with the label.
pub(super) fn create(
    world: &mut Horoz,
    request: &Request,
    now: Moment,
    chance: &mut Chance,
) -> Reply {
    let body = Members::parse(&request.body).ok_or(Refusal::Unreadable)?;
    let number = number(&body)?;
    let findings = rules::broken(PROVIDER, "createBarcode", request);
    check_lengths(&findings)?;
    check_rest(&findings)?;
    let atf = new_atf(&world.orders, chance);
    let order = labelled(world, &number)?;
    let effects = match order.state {
        State::Cancelled => return Err(codes::CANCELLED.into()),
        State::Accepted { .. } => Vec::new(),
        _ => {
            order.accept(atf.clone(), now);
            let number = number.clone();
            vec![Effect::LabelMade { number, atf }]
        }
    };
    order.has_supplier_label = order.method == Method::SupplierPays;
    let barcodes = order.barcodes();
    let body = reply::labels(&world.settings.dialect, barcodes);
    Ok(Accepted::write(body, &number, effects))
}

/// `cancelBarcode`: until the label is scanned.
pub(super) fn cancel(world: &mut Horoz, request: &Request, now: Moment) -> Reply {
    let body = Members::parse(&request.body).ok_or(Refusal::Unreadable)?;
    let number = number(&body)?;
    let findings = rules::broken(PROVIDER, "cancelBarcode", request);
    check_lengths(&findings)?;
    check_rest(&findings)?;
    let atf = body.text("atfId").unwrap_or_default();
    let order = labelled(world, &number)?;
    if order.atf() != Some(&atf) {
        return Err(codes::LABEL_NOT_FOUND.into());
    }
    if order.is_label_read {
        return Err(codes::LABEL_READ.into());
    }
    order.state = State::Waiting;
    order.has_supplier_label = false;
    order.movements.clear();
    let effect = Effect::LabelCancelled {
        number: number.clone(),
        atf,
    };
    let body = reply::cancelled(&world.settings.dialect, now);
    Ok(Accepted::write(body, &number, vec![effect]))
}

/// Returns an order that can have a label.
fn labelled<'a>(world: &'a mut Horoz, number: &str) -> Result<&'a mut Order, Refusal> {
    let supplier_too = world.settings.labels_supplier_orders;
    let order = world.orders.get_mut(number);
    let order = order.filter(|order| {
        let has_label = supplier_too || order.method == Method::Plain;
        has_label && order.state != State::Broken
    });
    Ok(order.ok_or(codes::NOT_FOUND)?)
}

/// Goods acceptance by Horoz' staff.
pub(super) fn accept(
    orders: &mut BTreeMap<String, Order>,
    number: &str,
    now: Moment,
    chance: &mut Chance,
) -> Vec<Effect> {
    let is_waiting = |order: &Order| order.state == State::Waiting;
    if !orders.get(number).is_some_and(is_waiting) {
        return Vec::new();
    }
    let atf = new_atf(orders, chance);
    if let Some(order) = orders.get_mut(number) {
        order.accept(atf.clone(), now);
    }
    let number = number.to_owned();
    vec![Effect::Accepted { number, atf }]
}

fn new_atf(orders: &BTreeMap<String, Order>, chance: &mut Chance) -> String {
    let is_taken = |drawn: &str| orders.values().any(|order| order.atf() == Some(drawn));
    new_digits(chance, 11, is_taken)
}
