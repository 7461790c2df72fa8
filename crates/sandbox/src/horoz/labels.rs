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
    let order = world.orders.get_mut(&number);
    let order = order
        .filter(|order| order.method == Method::Plain && order.state != State::Broken)
        .ok_or(codes::NOT_FOUND)?;
    let effects = match order.state {
        State::Cancelled => return Err(codes::CANCELLED.into()),
        State::Accepted { .. } => Vec::new(),
        _ => {
            order.accept(atf.clone(), now);
            let number = number.clone();
            vec![Effect::LabelMade { number, atf }]
        }
    };
    Ok(Accepted {
        body: reply::labels(order.barcodes()),
        effects,
        key: Some(number),
    })
}

/// `cancelBarcode`: until the label is scanned.
pub(super) fn cancel(world: &mut Horoz, request: &Request) -> Reply {
    let body = Members::parse(&request.body).ok_or(Refusal::Unreadable)?;
    let number = number(&body)?;
    let findings = rules::broken(PROVIDER, "cancelBarcode", request);
    check_lengths(&findings)?;
    check_rest(&findings)?;
    let atf = body.text("atfId").unwrap_or_default();
    let order = world.orders.get_mut(&number);
    let order = order
        .filter(|order| order.method == Method::Plain && order.state != State::Broken)
        .ok_or(codes::NOT_FOUND)?;
    if order.atf() != Some(&atf) {
        return Err(codes::LABEL_NOT_FOUND.into());
    }
    if order.is_label_read {
        return Err(codes::LABEL_READ.into());
    }
    order.state = State::Waiting;
    order.movements.clear();
    let effect = Effect::LabelCancelled {
        number: number.clone(),
        atf,
    };
    Ok(Accepted::write(codes::DONE, &number, vec![effect]))
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
