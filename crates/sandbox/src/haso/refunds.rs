//! Refunds: each number of the shop is taken once.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::activation::find_active;
use super::effect::Effect;
use super::fields::Fields;
use super::refusal::{self, Refusal};
use super::reply::{Accepted, Reply};
use super::world::Haso;
use crate::Moment;

/// A refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refund {
    /// The shop's number of the refund.
    pub id: String,
    /// The shop's number of the order.
    pub order: String,
    /// The amount in lira.
    pub amount: Decimal,
    /// When.
    pub at: Moment,
}

#[derive(Serialize)]
struct WireRefund<'a> {
    #[serde(rename = "RefundId")]
    id: &'a str,
}

/// `RefundTransaction`. A number that was taken answers `H307`, whatever else the call says.
pub(super) fn refund(world: &mut Haso, fields: &Fields, now: Moment) -> Reply {
    let id = fields.text("refundId").to_owned();
    if world.refunds.contains_key(&id) {
        return Err(refusal::REFUNDED_BEFORE);
    }
    let amount = fields.amount("refundAmount");
    let amount = amount
        .filter(|amount| !amount.is_zero())
        .ok_or(Refusal::parameter("refundAmount: zero"))?;
    let refunded = world.refunded(fields.text("merchantOid"));
    let transaction = find_active(world, fields)?;
    if refunded + amount > transaction.amount {
        return Err(refusal::OVER_AMOUNT);
    }
    transaction.reduce(amount);
    let order = transaction.order.clone();
    let refund = Refund {
        id: id.clone(),
        order: order.clone(),
        amount,
        at: now,
    };
    world.refunds.insert(id.clone(), refund);
    let effect = Effect::Refunded {
        refund: id.clone(),
        order,
        amount,
    };
    Ok(Accepted::write(&id, vec![effect], &WireRefund { id: &id }))
}

/// `CheckRefund`: `H308` for a number that was never taken.
pub(super) fn check(world: &Haso, fields: &Fields) -> Reply {
    match world.refunds.get(fields.text("refundId")) {
        Some(refund) => Ok(Accepted::read(&WireRefund { id: &refund.id })),
        None => Err(refusal::NO_REFUND),
    }
}
