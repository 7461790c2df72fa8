//! The payment plan of an order. Wire: `TransactionPayments`.

use kervan_core::Reason;
use kervan_core::error::Unreadable;
use kervan_settling::Found;
use kervan_turkiye::Money;
use kervan_turkiye::moment::Moment;
use kervan_wire::tree::{Optional, ReadableRows, Value};
use serde::{Deserialize, Serialize};

use crate::check::TypedText;
use crate::ids::{self, OrderNumber, PaymentCode, TransactionCode};
use crate::received::amount::{self, Amount};
use crate::received::moment::Received;
use crate::received::value::ValueExt as _;
use crate::settings::quirks::{AmountRule, Quirks, SumRule};

/// The amounts that the customer pays, and their days. Amounts are in lira, exact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// HASO's number of the order. Wire: `TransactionCode`.
    pub transaction: TransactionCode,
    /// The shop's number of the order. Wire: `MerchantOid`.
    pub order: OrderNumber,
    /// The amount that is paid on top of the order's amount. Wire: `Fee`.
    pub fee: Option<Money>,
    /// Everything that is paid. Wire: `TotalAmount`.
    pub total: Money,
    /// The amount that the customer pays at once. Wire: `DownPayment`.
    pub down_payment: Option<Money>,
    /// The installments, in the order sent. Wire: `TransactionPayments`.
    pub installments: Vec<Installment>,
    /// How many entries of the list could not be read. The drift keeps them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unread_installments: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks this way")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// One installment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Installment {
    /// Wire: `InstallmentNo`.
    pub number: Option<u32>,
    /// HASO's code of the installment. Wire: `PaymentCode`.
    pub code: Option<PaymentCode>,
    /// The amount that is due. Wire: `InstallmentPayment`.
    pub amount: Money,
    /// The fee in it. Wire: `Fee`.
    pub fee: Option<Money>,
    /// When it is due. Wire: `TermDate`.
    pub due: Option<Moment>,
    /// Its status, where the answer has one. Wire: `PaymentStatus`; no page names it in a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<InstallmentStatus>,
}

/// The status of an installment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum InstallmentStatus {
    /// Wire: `0`.
    Unpaid,
    /// Wire: `1`.
    Paid,
    /// Wire: `2`.
    PartlyPaid,
    /// Wire: `3`.
    Overdue,
    /// Wire: `4`.
    Cancelled,
    /// A status that is not documented, as sent.
    Other(String),
}

const STATUSES: [(&str, InstallmentStatus); 5] = [
    ("0", InstallmentStatus::Unpaid),
    ("1", InstallmentStatus::Paid),
    ("2", InstallmentStatus::PartlyPaid),
    ("3", InstallmentStatus::Overdue),
    ("4", InstallmentStatus::Cancelled),
];

impl InstallmentStatus {
    /// Returns the number as it travels.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unpaid => "0",
            Self::Paid => "1",
            Self::PartlyPaid => "2",
            Self::Overdue => "3",
            Self::Cancelled => "4",
            Self::Other(text) => text,
        }
    }
}

impl TypedText for InstallmentStatus {
    fn given(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for InstallmentStatus {
    fn from(text: String) -> Self {
        let known = STATUSES.into_iter().find(|(code, _)| *code == text.trim());
        known.map_or(Self::Other(text), |(_, status)| status)
    }
}

impl From<InstallmentStatus> for String {
    fn from(status: InstallmentStatus) -> Self {
        status.as_str().to_owned()
    }
}

impl Plan {
    /// Returns the amount that has to be the order's own, by the setting. `None` when the fee is needed
    /// and not there, or the difference cannot be written.
    pub fn order_amount(&self, quirks: &Quirks) -> Option<Money> {
        match quirks.amount_rule {
            AmountRule::TotalWithoutFee => self.total.checked_sub(self.fee?),
            AmountRule::Total => Some(self.total),
        }
    }

    /// Returns the sum of all installments; `None` when it is too large.
    pub fn sum(&self) -> Option<Money> {
        Money::checked_sum(
            self.installments
                .iter()
                .map(|installment| installment.amount),
        )
    }

    /// Reports whether the plan shows that installments are paid.
    pub(crate) fn found_paid<'p, T, R>(
        &self,
        payments: impl IntoIterator<Item = &'p PaymentCode>,
    ) -> Found<T, R> {
        let (mut paid, mut unpaid) = (false, false);
        for payment in payments {
            let own = |part: &&Installment| part.code.as_ref() == Some(payment);
            let mut rows = self.installments.iter().filter(own);
            match (rows.next().and_then(|row| row.status.as_ref()), rows.next()) {
                (Some(InstallmentStatus::Paid), None) => paid = true,
                (Some(InstallmentStatus::Unpaid | InstallmentStatus::Overdue), None) => {
                    unpaid = true;
                }
                _ => return Found::Unclear,
            }
        }
        match (paid, unpaid) {
            (true, false) => Found::Wanted,
            (false, true) => Found::Absent,
            _ => Found::Unclear,
        }
    }

    /// Returns whether a plan is possible at all: something is paid, in installments with numbers of
    /// their own, and nothing is less than zero or more than the total.
    pub fn is_possible(&self) -> bool {
        let numbers = self.installments.iter();
        let mut numbers: Vec<_> = numbers.filter_map(|part| part.number).collect();
        numbers.sort_unstable();
        self.total.is_positive()
            && self.fee.is_none_or(|fee| fee >= Money::ZERO)
            && self
                .down_payment
                .is_none_or(|down| (Money::ZERO..=self.total).contains(&down))
            && !self.installments.is_empty()
            && self
                .installments
                .iter()
                .all(|part| part.amount.is_positive())
            && numbers.windows(2).all(|pair| pair[0] != pair[1])
    }

    /// Returns the total minus the installments. Zero and the down payment are both plausible.
    pub fn difference(&self) -> Option<Money> {
        self.total.checked_sub(self.sum()?)
    }

    /// Returns whether the installments add up to the total. Whether the down payment is one of them is not
    /// documented, so by default both readings are valid.
    pub fn adds_up(&self, quirks: &Quirks) -> bool {
        let Some(difference) = self.difference() else {
            return quirks.sum_rule == SumRule::Unchecked;
        };
        let down = self.down_payment.unwrap_or(Money::ZERO);
        match quirks.sum_rule {
            // An entry that could not be read may be what is missing.
            SumRule::Either if self.unread_installments > 0 => difference == Money::ZERO,
            SumRule::Either => difference == Money::ZERO || difference == down,
            SumRule::Total => difference == Money::ZERO,
            SumRule::WithoutDownPayment => difference == down,
            SumRule::Unchecked => true,
        }
    }
}

/// `Data` with a plan in its one form.
#[derive(Deserialize)]
pub(crate) struct WirePlanData {
    #[serde(rename = "TransactionPayments")]
    pub(crate) plan: WirePlan,
}

/// A plan as it is read.
#[derive(Deserialize)]
pub(crate) struct WirePlan {
    #[serde(rename = "TransactionCode")]
    transaction: TransactionCode,
    #[serde(rename = "MerchantOid")]
    order: OrderNumber,
    #[serde(rename = "Fee")]
    fee: Option<Optional<Amount>>,
    #[serde(rename = "TotalAmount")]
    total: Amount,
    #[serde(rename = "DownPayment")]
    down_payment: Option<Optional<Amount>>,
    #[serde(rename = "TransactionPayments")]
    installments: ReadableRows<WireInstallment>,
}

#[derive(Deserialize)]
pub(crate) struct WireInstallment {
    #[serde(rename = "InstallmentNo")]
    number: Option<Optional<u32>>,
    #[serde(rename = "PaymentCode")]
    code: Option<Optional<PaymentCode>>,
    #[serde(rename = "InstallmentPayment")]
    amount: Amount,
    #[serde(rename = "Fee")]
    fee: Option<Optional<Amount>>,
    #[serde(rename = "TermDate")]
    due: Option<Optional<Received>>,
}

impl From<WirePlan> for Plan {
    fn from(wire: WirePlan) -> Self {
        wire.with_statuses(Vec::new())
    }
}

impl WirePlan {
    /// Converts the plan, with the statuses of its installments, which were read apart.
    pub(crate) fn with_statuses(self, statuses: Vec<Option<InstallmentStatus>>) -> Plan {
        let statuses = statuses.into_iter().chain(std::iter::repeat(None));
        let unread_installments = self.installments.unread();
        let rows = self.installments.all().into_iter().zip(statuses);
        let installments = rows.filter_map(|(row, status)| {
            let installment = Installment::from(row?);
            Some(Installment {
                status,
                ..installment
            })
        });
        Plan {
            transaction: self.transaction,
            order: self.order,
            fee: amount_of(self.fee),
            total: self.total.0,
            down_payment: amount_of(self.down_payment),
            installments: installments.collect(),
            unread_installments,
        }
    }
}

/// Returns an amount that decides nothing by itself, where it could be read.
fn amount_of(amount: Option<Optional<Amount>>) -> Option<Money> {
    Some(amount?.get()?.0)
}

impl From<WireInstallment> for Installment {
    fn from(wire: WireInstallment) -> Self {
        Self {
            number: wire.number.and_then(Optional::get),
            code: wire.code.and_then(Optional::get),
            amount: wire.amount.0,
            fee: amount_of(wire.fee),
            due: wire.due.and_then(Optional::get).map(|due| due.0),
            status: None,
        }
    }
}

/// The plan's names beside its list of installments.
const OUTER: [&str; 5] = [
    "TransactionCode",
    "MerchantOid",
    "Fee",
    "TotalAmount",
    "DownPayment",
];

/// Puts the plan of `Data` in the one form that a type reads: `Data.TransactionPayments` is an
/// object with the list of installments in it. It may have come as text, as the bare list with the
/// rest of the plan beside it, or as `Data` itself.
pub(crate) fn settle_form(data: &mut Value) -> Result<(), Unreadable> {
    let mut plan = data.take("TransactionPayments")?.opened();
    if plan.is_nothing() {
        return Ok(());
    }
    if matches!(plan, Value::List(_)) {
        let mut around = Value::Object(Vec::new());
        for name in OUTER {
            let value = data.take(name)?;
            if !value.is_nothing() {
                around.put(name, value);
            }
        }
        around.put("TransactionPayments", plan);
        plan = around;
    } else {
        agree(&plan, data, &OUTER)?;
        let list = plan.take("TransactionPayments")?.opened();
        plan.put("TransactionPayments", list);
    }
    data.put("TransactionPayments", plan);
    Ok(())
}

/// Checks that no name is in both objects with different values.
pub(crate) fn agree(one: &Value, other: &Value, names: &[&'static str]) -> Result<(), Unreadable> {
    for &name in names {
        let texts = [one, other].map(|value| value.get(name).and_then(Value::as_text));
        let [Some(one), Some(other)] = texts else {
            continue;
        };
        let amount = |text| amount::read(text).ok();
        let is_same =
            ids::is_same(one, other) || amount(one).is_some_and(|one| amount(other) == Some(one));
        if !is_same {
            return Err(Unreadable::at(name, Reason::Twice));
        }
    }
    Ok(())
}

/// Takes the order's status out of `Data` and its settled plan.
pub(crate) fn take_status(data: &mut Value) -> Result<Option<String>, Unreadable> {
    let mut status = data.take("TransactionStatus")?;
    let mut plan = data.take("TransactionPayments")?;
    if let (Some(outer), Some(inner)) = (
        status.as_text(),
        plan.get("TransactionStatus").and_then(Value::as_text),
    ) && outer.trim() != inner.trim()
    {
        return Err(Unreadable::at("TransactionStatus", Reason::Twice));
    }
    let inner = plan.take("TransactionStatus")?;
    if !plan.is_nothing() {
        data.put("TransactionPayments", plan);
    }
    if status.is_nothing() {
        status = inner;
    }
    Ok(status.as_text().map(|text| text.trim().to_owned()))
}

/// Takes the statuses of the installments out of `Data` and its settled plan, in the order sent. No
/// page names them in a plan, so they are read apart: one that is absent is not drift.
pub(crate) fn take_installment_statuses(
    data: &mut Value,
) -> Result<Vec<Option<InstallmentStatus>>, Unreadable> {
    let mut plan = data.take("TransactionPayments")?;
    let mut list = plan.take("TransactionPayments")?;
    let mut statuses = Vec::new();
    if let Value::List(items) = &mut list {
        for item in items {
            let status = item.take("PaymentStatus")?;
            statuses.push(status.as_text().map(|text| text.to_owned().into()));
        }
    }
    if !list.is_nothing() {
        plan.put("TransactionPayments", list);
    }
    if !plan.is_nothing() {
        data.put("TransactionPayments", plan);
    }
    Ok(statuses)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(total: &str, down: Option<&str>, parts: &[&str]) -> Plan {
        let installments = parts.iter().zip(1..).map(|(part, number)| Installment {
            number: Some(number),
            code: None,
            amount: part.parse().unwrap(),
            fee: None,
            due: None,
            status: None,
        });
        Plan {
            transaction: "T".into(),
            order: "O".into(),
            fee: Some("10.00".parse().unwrap()),
            total: total.parse().unwrap(),
            down_payment: down.map(|down| down.parse().unwrap()),
            installments: installments.collect(),
            unread_installments: 0,
        }
    }

    #[test]
    fn r6_an_entry_that_was_not_read_may_be_the_down_payment() {
        let quirks = Quirks::default();
        let mut plan = plan("30.00", Some("5.00"), &["10.00", "15.00"]);
        assert!(plan.adds_up(&quirks));
        plan.unread_installments = 1;
        assert!(!plan.adds_up(&quirks));
        plan.down_payment = Some("0.00".parse().unwrap());
        plan.total = "25.00".parse().unwrap();
        assert!(plan.adds_up(&quirks));
    }

    #[test]
    fn adds_up_with_or_without_the_down_payment() {
        let default = Quirks::default();
        let strict = Quirks::default().sum_rule(SumRule::Total);
        for (plan, either, total) in [
            (plan("30.00", None, &["10.00", "20.00"]), true, true),
            (plan("30.00", Some("5.00"), &["10.00", "20.00"]), true, true),
            (
                plan("30.00", Some("5.00"), &["10.00", "15.00"]),
                true,
                false,
            ),
            (
                plan("30.00", Some("5.00"), &["10.00", "15.01"]),
                false,
                false,
            ),
            (plan("30.00", None, &[]), false, false),
            (
                plan(
                    "999999999999999.99",
                    None,
                    &["999999999999999.99", "999999999999999.99"],
                ),
                false,
                false,
            ),
        ] {
            assert_eq!(
                (plan.adds_up(&default), plan.adds_up(&strict)),
                (either, total),
                "{plan:?}"
            );
        }
        assert_eq!(
            plan("30.00", None, &[]).order_amount(&default),
            Some("20.00".parse().unwrap())
        );
    }

    #[test]
    fn keeps_a_status_that_is_not_documented() {
        assert_eq!(
            InstallmentStatus::from("3".to_owned()),
            InstallmentStatus::Overdue
        );
        assert_eq!(InstallmentStatus::from("9".to_owned()).as_str(), "9");
    }
}
