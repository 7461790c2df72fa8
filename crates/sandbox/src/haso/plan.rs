//! A payment plan: made in whole kuruş, and as the wire shows it.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::activation::MOST_INSTALLMENTS;
use super::transaction::{Installment, Transaction};
use crate::Chance;
use crate::values::chance::digits;
use crate::values::day::{iso, months_later};
use crate::values::decimal;
use crate::values::json::Exact;

/// Divides an amount and its fee over some months, 36 at most. The remainder goes to the first
/// installment.
pub(super) fn make(
    amount: Decimal,
    rate: Decimal,
    count: u32,
    today: NaiveDate,
    chance: &mut Chance,
) -> Vec<Installment> {
    let rows = (1..).zip(shares(amount, rate, count));
    rows.map(|(number, (amount, fee))| Installment {
        number,
        code: format!("PAY-{}", digits(chance, 10)),
        amount,
        fee,
        due: months_later(today, number),
        received: Decimal::ZERO,
        is_paid: false,
        is_cancelled: false,
    })
    .collect()
}

/// Returns what is paid each month, with the part of it that is the fee.
pub(super) fn shares(amount: Decimal, rate: Decimal, count: u32) -> Vec<(Decimal, Decimal)> {
    let count = count.clamp(1, MOST_INSTALLMENTS);
    let fee = decimal::share(amount, rate);
    let amounts = parts(amount.saturating_add(fee), count);
    amounts.into_iter().zip(parts(fee, count)).collect()
}

fn parts(total: Decimal, count: u32) -> Vec<Decimal> {
    let whole = total.checked_div(Decimal::from(count));
    let part = whole.unwrap_or_default().trunc_with_scale(2);
    let others: Vec<Decimal> = (1..count).map(|_| part).collect();
    let rest = total.saturating_sub(decimal::sum(others.iter().copied()));
    std::iter::once(rest).chain(others).collect()
}

/// The plan on the wire.
#[derive(Serialize)]
pub(super) struct WirePlan<'a> {
    #[serde(rename = "TransactionCode")]
    code: &'a str,
    #[serde(rename = "MerchantOid")]
    order: &'a str,
    #[serde(rename = "Fee")]
    fee: Exact,
    #[serde(rename = "TotalAmount")]
    total: Exact,
    #[serde(rename = "DownPayment")]
    down_payment: Exact,
    #[serde(rename = "TransactionPayments")]
    rows: Vec<WireInstallment<'a>>,
}

/// An installment on the wire.
#[derive(Serialize)]
pub(super) struct WireInstallment<'a> {
    #[serde(rename = "InstallmentNo")]
    number: u32,
    #[serde(rename = "PaymentCode")]
    code: &'a str,
    #[serde(rename = "InstallmentPayment")]
    amount: Exact,
    #[serde(rename = "Fee")]
    fee: Exact,
    #[serde(rename = "TermDate")]
    due: String,
}

impl<'a> WirePlan<'a> {
    pub(super) fn of(transaction: &'a Transaction) -> Self {
        let row = |row| WireInstallment::of(transaction, row);
        Self {
            code: &transaction.code,
            order: &transaction.order,
            fee: Exact(transaction.fee()),
            total: Exact(transaction.total()),
            down_payment: Exact(Decimal::ZERO),
            rows: transaction.installments.iter().map(row).collect(),
        }
    }
}

impl<'a> WireInstallment<'a> {
    pub(super) fn of(transaction: &Transaction, installment: &'a Installment) -> Self {
        Self {
            number: installment.number,
            code: &installment.code,
            amount: Exact(transaction.due_with(installment)),
            fee: Exact(installment.fee),
            due: iso(installment.due.and_time(chrono::NaiveTime::MIN)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_adds_up_to_the_kurus() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for (kurus, count) in [(50_000, 2), (1_000, 3), (1, 2), (99_999, 7)] {
            let amount = Decimal::new(kurus, 2);
            let plan = make(
                amount,
                Decimal::new(61, 3),
                count,
                today,
                &mut Chance::new(3),
            );
            let total: Decimal = plan.iter().map(|row| row.amount - row.fee).sum();
            assert_eq!(total, amount, "{kurus} in {count}");
            assert!(plan.iter().all(|row| row.amount.scale() <= 2));
        }
        let plan = make(
            Decimal::from(500),
            Decimal::new(61, 3),
            2,
            today,
            &mut Chance::new(3),
        );
        assert_eq!(plan[0].amount, Decimal::new(26525, 2));
        assert_eq!(plan[1].due.to_string(), "2027-01-22");
    }
}
