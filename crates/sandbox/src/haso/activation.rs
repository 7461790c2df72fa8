//! Activating an order, its plan, and orders without a page.

use super::dialect::PlanForm;
use super::effect::Effect;
use super::fields::Fields;
use super::refusal::{self, Refusal};
use super::reply::{Accepted, Reply};
use super::transaction::{Status, Transaction};
use super::tree::Tree;
use super::wire;
use super::world::Haso;
use crate::values::chance::new_digits;
use crate::{Chance, Moment};

/// The highest number of installments that `CreateTransaction` takes.
pub(super) const MOST_INSTALLMENTS: u32 = 36;

/// `UpdateTransaction`. A second activation changes nothing.
pub(super) fn activate(world: &mut Haso, fields: &Fields) -> Reply {
    let transaction = find(world, fields)?;
    let mut effects = Vec::new();
    if transaction.status == Status::Waiting {
        transaction.status = Status::Active;
        effects.push(Effect::Activated {
            order: transaction.order.clone(),
            transaction: transaction.code.clone(),
            amount: transaction.amount,
        });
    }
    let order = transaction.order.clone();
    let status = Tree::text(transaction.status.wire());
    let data = if world.settings.dialect.shows_status {
        Tree::Object(vec![("TransactionStatus".to_owned(), status)])
    } else {
        Tree::null()
    };
    Ok(Accepted::tree(data).written(&order, effects))
}

/// `GetPaymentsOfTransaction`: the plan of an activated order.
pub(super) fn plan(world: &mut Haso, fields: &Fields) -> Reply {
    let (dialect, is_served) = (world.settings.dialect, world.settings.serves_waiting_plans);
    let transaction = if is_served {
        find(world, fields)?
    } else {
        find_active(world, fields)?
    };
    let plan = wire::plan(&dialect, transaction, PlanForm::Text);
    Ok(Accepted::tree(Tree::Object(plan)))
}

/// `CreateTransaction`: an order of a customer who has a limit.
pub(super) fn create(world: &mut Haso, fields: &Fields, now: Moment, chance: &mut Chance) -> Reply {
    let customer = fields.text("customerId").to_owned();
    world.customer(&customer).ok_or(refusal::NO_CUSTOMER)?;
    let amount = fields.amount("orderAmount");
    let amount = amount
        .filter(|amount| !amount.is_zero())
        .ok_or(Refusal::parameter("orderAmount: zero"))?;
    let count = fields.count("selectedInstallment");
    let count = count.filter(|count| (1..=MOST_INSTALLMENTS).contains(count));
    let count = count.ok_or(Refusal::parameter(
        "selectedInstallment: not between 1 and 36",
    ))?;
    if !world.may_spend(&customer, amount) {
        return Err(refusal::NO_LIMIT);
    }
    let is_taken = |drawn: &str| world.transaction_of(&format!("H-{drawn}")).is_some();
    let order = format!("H-{}", new_digits(chance, 10, is_taken));
    let (transaction, effect) = world.make(&customer, &order, amount, count, now, chance);
    let plan = wire::plan(&world.settings.dialect, &transaction, PlanForm::Object);
    Ok(Accepted::tree(Tree::Object(plan)).written(&order, vec![effect]))
}

/// Returns the transaction that both numbers name.
pub(super) fn find<'a>(
    world: &'a mut Haso,
    fields: &Fields,
) -> Result<&'a mut Transaction, Refusal> {
    let transaction = world.transactions.get_mut(fields.text("transactionCode"));
    let transaction = transaction.filter(|one| one.order == fields.text("merchantOid"));
    transaction.ok_or(refusal::NO_ORDER)
}

/// Returns the activated transaction that both numbers name.
pub(super) fn find_active<'a>(
    world: &'a mut Haso,
    fields: &Fields,
) -> Result<&'a mut Transaction, Refusal> {
    let transaction = find(world, fields)?;
    if transaction.status == Status::Active {
        Ok(transaction)
    } else {
        Err(refusal::NOT_ACTIVE)
    }
}
