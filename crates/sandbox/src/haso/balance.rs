//! Loading a customer's balance, which closes installments that it covers.

use rust_decimal::Decimal;

use super::effect::Effect;
use super::fields::Fields;
use super::refusal::{self, Refusal};
use super::reply::{self, Accepted, Reply};
use super::transaction::Status;
use super::world::Haso;

/// `LoadCustomerBalance`. Each call adds: no key makes a repeat harmless.
pub(super) fn load(world: &mut Haso, fields: &Fields) -> Reply {
    let amount = fields.amount("balanceAmount");
    let amount = amount
        .filter(|amount| !amount.is_zero())
        .ok_or(Refusal::parameter("balanceAmount: zero"))?;
    let id = fields.text("customerId").to_owned();
    let customer = world.customers.get_mut(&id).ok_or(refusal::NO_CUSTOMER)?;
    customer.balance = customer.balance.saturating_add(amount);
    let mut balance = customer.balance;
    let mut effects = vec![Effect::BalanceLoaded {
        customer: id.clone(),
        amount,
    }];
    while let Some((code, index, due)) = oldest_open(world, &id).filter(|open| open.2 <= balance) {
        balance = balance.saturating_sub(due);
        if let Some(transaction) = world.transactions.get_mut(&code) {
            let installment = &mut transaction.installments[index];
            installment.is_paid = true;
            effects.push(Effect::Paid {
                payment: installment.code.clone(),
                amount: due,
            });
        }
    }
    if let Some(customer) = world.customers.get_mut(&id) {
        customer.balance = balance;
    }
    Ok(Accepted::write(&id, effects, &reply::NOTHING))
}

/// Returns the open installment of the earliest day: transaction, index, what is due.
fn oldest_open(world: &Haso, customer: &str) -> Option<(String, usize, Decimal)> {
    let own = world
        .transactions()
        .filter(|one| one.customer == customer && one.status == Status::Active);
    let open = own.flat_map(|transaction| {
        let rows = transaction.installments.iter().enumerate();
        rows.filter(|(_, row)| row.is_open())
            .map(move |(index, row)| (row.due, transaction, index, row))
    });
    let (_, transaction, index, row) = open.min_by_key(|(due, ..)| *due)?;
    Some((transaction.code.clone(), index, transaction.rest_of(row)))
}
