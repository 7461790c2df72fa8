//! The knowledge of a shop about its order, as it stores it.

use std::time::SystemTime;

use kervan_settling::Attempt;
use kervan_turkiye::Money;
use param_marketplace::payments::callback::{ExpectedModel, ExpectedPayment};
use param_marketplace::payments::{CompletePayment, PaidOrder, PaymentOrder, RefundPayment};
use param_marketplace::{AddOrderDetail, CancelOrRefund, OrderKey, PaymentId, SetOrderStatus};
use serde::{Deserialize, Serialize};

use crate::sale::job::Job;

#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::sale) struct Stored {
    /// The payments that were begun, oldest first.
    pub(super) begun: Vec<Begun>,
    pub(super) shares: Vec<Share>,
    pub(super) approval: Option<Job<SetOrderStatus>>,
    pub(super) back: Option<Refund>,
    /// Whether a refund was refused for its day once.
    pub(super) was_wrong_day: bool,
}

/// A payment that was begun, under a key of its own.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) key: String,
    pub(super) at: SystemTime,
    /// Its attempt, from before it was sent.
    pub(super) attempt: Option<Attempt>,
    /// The values that its return has to have, from before its page was shown.
    pub(super) expected: Option<Expected>,
    /// The second step of the 3D Model.
    pub(super) step: Option<Job<CompletePayment>>,
    /// A return was verified, or a second step is done: the service has yet to confirm it.
    pub(super) verified: Option<Verified>,
    pub(super) end: Option<End>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Expected {
    Pay(ExpectedPayment),
    Model(ExpectedModel),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Verified {
    pub(super) number: PaymentId,
    pub(super) order: PaymentOrder,
    pub(super) total: Money,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum End {
    Paid(PaidOrder, SystemTime),
    NotPaid,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Share {
    pub(super) job: Job<AddOrderDetail>,
    pub(super) key: Option<OrderKey>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Refund {
    Shared(Job<CancelOrRefund>),
    Plain(Job<RefundPayment>),
}

impl Stored {
    /// Returns the payment that the shop learned of first, and when: it is the one of the order.
    pub(super) fn paid(&self) -> Option<(&PaidOrder, SystemTime)> {
        let ends = self.begun.iter().filter_map(|one| match &one.end {
            Some(End::Paid(paid, at)) => Some((paid, *at)),
            _ => None,
        });
        ends.min_by_key(|(_, at)| *at)
    }
}

impl Begun {
    /// Returns whether its customer may be on a page, or come back from it.
    pub(super) fn may_come_back(&self) -> bool {
        self.expected.is_some() && self.end.is_none()
    }

    /// Returns the payment's number, where the start's answer had it.
    pub(super) fn number(&self) -> Option<PaymentId> {
        match self.expected.as_ref()? {
            Expected::Pay(expected) => expected.payment,
            Expected::Model(expected) => expected.payment,
        }
    }
}

impl Refund {
    pub(super) fn is_done(&self) -> bool {
        match self {
            Self::Shared(job) => job.is_done(),
            Self::Plain(job) => job.is_done(),
        }
    }

    pub(super) fn is_settled(&self) -> bool {
        match self {
            Self::Shared(job) => job.is_settled(),
            Self::Plain(job) => job.is_settled(),
        }
    }
}
