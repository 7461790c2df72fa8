//! Refunds: each number of the shop is taken once.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::activation::find_active;
use super::dialect::RefundForm;
use super::effect::Effect;
use super::fields::Fields;
use super::refusal::{self, Refusal};
use super::reply::{Accepted, Reply};
use super::tree::Tree;
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

/// The answer about a refund, in the form of the dialect.
fn data(form: RefundForm, refund: &Refund) -> Tree {
    let member = |name: &str, value| Tree::Object(vec![(name.to_owned(), value)]);
    match form {
        RefundForm::Number => member("RefundId", Tree::text(&refund.id)),
        RefundForm::Nothing => Tree::null(),
        RefundForm::Info => {
            let amount = refund.amount.normalize().to_string();
            member("RefundInfo", member("Amount", Tree::Text(amount)))
        }
    }
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
    if refunded.saturating_add(amount) > transaction.amount {
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
    let data = data(world.settings.dialect.refund, &refund);
    world.refunds.insert(id.clone(), refund);
    let effect = Effect::Refunded {
        refund: id.clone(),
        order,
        amount,
    };
    Ok(Accepted::tree(data).written(&id, vec![effect]))
}

/// `CheckRefund`: `H308` for a number that was never taken.
pub(super) fn check(world: &Haso, fields: &Fields) -> Reply {
    match world.refunds.get(fields.text("refundId")) {
        Some(refund) => {
            let form = world.settings.dialect.refund;
            Ok(Accepted::tree(data(form, refund)))
        }
        None => Err(refusal::NO_REFUND),
    }
}
