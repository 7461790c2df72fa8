//! Installments that were paid outside HASO, and enforcement expenses.

use std::collections::BTreeMap;

use serde::Serialize;

use super::activation::find_active;
use super::effect::Effect;
use super::fields::Fields;
use super::refusal::{self, Refusal};
use super::reply::{self, Accepted, Reply};
use super::transaction::Status;
use super::world::Haso;

const DONE: &str = "RS100";

#[derive(Serialize)]
struct WirePaid {
    #[serde(rename = "Message")]
    code: &'static str,
    #[serde(rename = "paymentfunds", skip_serializing_if = "Option::is_none")]
    funds: Option<BTreeMap<String, String>>,
}

/// `SetPaidPayment`.
pub(super) fn set_paid(world: &mut Haso, fields: &Fields) -> Reply {
    let codes = [fields.text("paymentCode").to_owned()];
    let effects = pay(world, fields.text("merchantOid"), &codes)?;
    let funds = Some(BTreeMap::new());
    let data = WirePaid { code: DONE, funds };
    Ok(Accepted::write(&codes[0], effects, &data))
}

/// `SetBulkPaidPayment`: all of the list or none of it.
pub(super) fn set_bulk_paid(world: &mut Haso, fields: &Fields) -> Reply {
    let order = fields.text("merchantOid");
    let effects = pay(world, order, fields.list("paymentCodes"))?;
    let data = WirePaid {
        code: DONE,
        funds: None,
    };
    Ok(Accepted::write(order, effects, &data))
}

/// `SendTransactionExpense`: the running total, due with the last installment.
pub(super) fn expense(world: &mut Haso, fields: &Fields) -> Reply {
    let total = fields.amount("expenseAmount");
    let total = total.ok_or(Refusal::parameter("expenseAmount: too large"))?;
    let transaction = find_active(world, fields)?;
    let mut effects = Vec::new();
    if transaction.expenses != total {
        transaction.expenses = total;
        effects.push(Effect::ExpensesSet {
            transaction: transaction.code.clone(),
            total,
        });
    }
    let order = transaction.order.clone();
    Ok(Accepted::write(&order, effects, &reply::NOTHING))
}

/// Marks installments of one order as paid; those that are paid already stay as they are.
fn pay(world: &mut Haso, order: &str, codes: &[String]) -> Result<Vec<Effect>, Refusal> {
    let mut transactions = world.transactions.values_mut();
    let transaction = transactions.find(|one| one.order == order);
    let transaction = transaction.ok_or(refusal::NO_ORDER)?;
    if transaction.status != Status::Active {
        return Err(refusal::NOT_ACTIVE);
    }
    let mut due = Vec::new();
    for code in codes {
        let installment = transaction
            .installments
            .iter()
            .position(|one| one.code == *code);
        let index = installment.ok_or(refusal::NO_PAYMENT)?;
        let installment = &transaction.installments[index];
        if installment.is_cancelled {
            return Err(refusal::NO_PAYMENT);
        }
        if !installment.is_paid && !due.contains(&index) {
            due.push(index);
        }
    }
    let mut effects = Vec::new();
    for index in due {
        let installment = &transaction.installments[index];
        effects.push(Effect::Paid {
            payment: installment.code.clone(),
            amount: transaction.rest_of(installment),
        });
        transaction.installments[index].is_paid = true;
    }
    Ok(effects)
}
