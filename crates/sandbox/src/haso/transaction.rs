//! A transaction and its installments.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::values::decimal;

/// How far a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Status {
    /// Completed by the customer, waits for the shop. Wire: `6`.
    Waiting,
    /// Activated. Wire: `7`, which no page confirms.
    Active,
}

impl Status {
    /// Returns the code on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Status::Waiting => "6",
            Status::Active => "7",
        }
    }
}

/// The state of an installment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PaymentStatus {
    /// Wire: `0`.
    Unpaid,
    /// Wire: `1`.
    Paid,
    /// A part was received, and its day has not passed. Wire: `2`.
    PartlyPaid,
    /// Unpaid after its day. Wire: `3`.
    Overdue,
    /// Wire: `4`.
    Cancelled,
}

impl PaymentStatus {
    /// Returns the code on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            PaymentStatus::Unpaid => "0",
            PaymentStatus::Paid => "1",
            PaymentStatus::PartlyPaid => "2",
            PaymentStatus::Overdue => "3",
            PaymentStatus::Cancelled => "4",
        }
    }
}

/// An installment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Installment {
    /// Its place in the plan, from 1.
    pub number: u32,
    /// HASO's number of it.
    pub code: String,
    /// The amount due in lira, with its fee.
    pub amount: Decimal,
    /// Its part of the fee.
    pub fee: Decimal,
    /// The day it is due.
    pub due: NaiveDate,
    /// The part of it that the customer paid to HASO before it was paid in whole.
    #[serde(default)]
    pub received: Decimal,
    /// Whether it was paid.
    pub is_paid: bool,
    /// Whether a refund cancelled it.
    pub is_cancelled: bool,
}

impl Installment {
    /// Returns whether it is still owed.
    pub fn is_open(&self) -> bool {
        !self.is_paid && !self.is_cancelled
    }

    /// Returns the part of the order's amount in it that is still owed. A part that was paid counts
    /// for it before the fee.
    fn owed(&self) -> Decimal {
        let owed = self.amount.saturating_sub(self.fee);
        owed.saturating_sub(self.received).max(Decimal::ZERO)
    }

    /// Its state on a day.
    pub fn status(&self, today: NaiveDate) -> PaymentStatus {
        match (self.is_paid, self.is_cancelled) {
            (true, _) => PaymentStatus::Paid,
            (_, true) => PaymentStatus::Cancelled,
            _ if self.due < today => PaymentStatus::Overdue,
            _ if !self.received.is_zero() => PaymentStatus::PartlyPaid,
            _ => PaymentStatus::Unpaid,
        }
    }
}

/// A transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Transaction {
    /// HASO's number.
    pub code: String,
    /// The shop's number of the order.
    pub order: String,
    /// HASO's number of the customer.
    pub customer: String,
    /// The order's amount in lira, without fees.
    pub amount: Decimal,
    /// How far it is.
    pub status: Status,
    /// The plan.
    pub installments: Vec<Installment>,
    /// The total of enforcement expenses; due with the last installment.
    pub expenses: Decimal,
    /// When the customer completed it.
    pub made_at: Moment,
}

impl Transaction {
    /// Returns the amount due with an installment, expenses included.
    pub fn due_with(&self, installment: &Installment) -> Decimal {
        let is_last = self.installments.last().map(|last| last.number) == Some(installment.number);
        if is_last {
            installment.amount.saturating_add(self.expenses)
        } else {
            installment.amount
        }
    }

    /// Returns the part of it that is not paid yet.
    pub fn rest_of(&self, installment: &Installment) -> Decimal {
        let due = self.due_with(installment);
        due.saturating_sub(installment.received)
    }

    /// Returns everything that was or is due.
    pub fn total(&self) -> Decimal {
        let amounts = self.installments.iter().map(|row| row.amount);
        decimal::sum(amounts.chain([self.expenses]))
    }

    /// Returns the fees of all installments.
    pub fn fee(&self) -> Decimal {
        decimal::sum(self.installments.iter().map(|row| row.fee))
    }

    /// Returns the part of the order's amount that the customer still owes.
    pub fn owed(&self) -> Decimal {
        let open = self
            .installments
            .iter()
            .filter(|installment| installment.is_open());
        decimal::sum(open.map(Installment::owed))
    }

    /// Returns whether an installment is overdue on a day.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        let mut installments = self.installments.iter();
        installments.any(|installment| installment.status(today) == PaymentStatus::Overdue)
    }

    /// Takes a refund off the open installments, the last one first. Fees go with a cancelled one.
    pub(super) fn reduce(&mut self, refund: Decimal) {
        let mut left = refund;
        let open = self.installments.iter_mut().rev();
        for installment in open.filter(|installment| installment.is_open()) {
            let owed = installment.owed();
            if owed.is_zero() {
                continue;
            }
            let part = owed.min(left);
            left = left.saturating_sub(part);
            installment.amount = installment.amount.saturating_sub(part);
            if part == owed {
                // The fee goes with the rest; a part that was paid stays paid.
                installment.fee = Decimal::ZERO;
                installment.amount = installment.received;
                installment.is_paid = !installment.received.is_zero();
                installment.is_cancelled = !installment.is_paid;
            }
            if left.is_zero() {
                break;
            }
        }
    }
}
