//! An order as the shop's own database has it, and the activations of it that were begun.

use kervan_settling::{Settled, Why};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::ids::{OrderNumber, TransactionCode};
use crate::orders::activate::{ActivateOrder, ActivatedOrder};
use crate::orders::get_plan::GetPlan;
use crate::rejection::Rejection;

/// The order as the shop's own database has it, looked up by the number of the post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StoredOrder {
    /// The shop's number of the order.
    pub number: OrderNumber,
    /// The amount that was sent to HASO.
    pub amount: Money,
    /// Whether it still waits for its payment.
    pub state: OrderState,
}

/// Whether an order still waits for its payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum OrderState {
    /// It waits.
    #[serde(rename = "open")]
    Open,
    /// Its activation was begun, with an outcome that is still unknown. The number may be that of a forged
    /// post. Settle the attempt before the next post is confirmed, and keep [`after`](Self::after).
    #[serde(rename = "activating")]
    Activating(Activation),
    /// Its activation was begun, and after the settling time the service did not show it as active. It may
    /// still be active, or the number may be invented. The next post is confirmed whatever its number.
    #[serde(rename = "doubtful")]
    Doubtful(Activation),
    /// It was activated.
    #[serde(rename = "activated")]
    Activated(Activation),
    /// It was cancelled, has run out, or was paid otherwise.
    #[serde(rename = "closed")]
    Closed,
}

/// HASO's number under which an order was activated, or its activation was begun.
///
/// Posts can be forged, so one order may see activations under several numbers. Take it from
/// [`ConfirmedOrder::activating`](super::ConfirmedOrder::activating), which keeps the earlier numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activation {
    transaction: TransactionCode,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    doubtful: Vec<TransactionCode>,
}

impl Activation {
    /// Returns HASO's number of the order.
    pub fn transaction(&self) -> &TransactionCode {
        &self.transaction
    }

    /// Returns the other numbers under which an activation was begun that may have happened. When the service
    /// shows the plan of two numbers, the customer owes the order twice, and somebody should look.
    pub fn doubtful(&self) -> &[TransactionCode] {
        &self.doubtful
    }

    /// Returns all numbers, the latest one first.
    pub(super) fn all(&self) -> impl Iterator<Item = &TransactionCode> {
        std::iter::once(&self.transaction).chain(&self.doubtful)
    }

    /// Returns the same with this number in front.
    fn under(&self, transaction: &TransactionCode) -> Self {
        let others = self.all().filter(|other| *other != transaction);
        Self {
            transaction: transaction.clone(),
            doubtful: others.cloned().collect(),
        }
    }

    /// Returns the same without a number; `None` when none is left.
    fn without(&self, transaction: &TransactionCode) -> Option<Self> {
        let mut left = self.all().filter(|other| *other != transaction).cloned();
        Some(Self {
            transaction: left.next()?,
            doubtful: left.collect(),
        })
    }
}

impl<T: Into<TransactionCode>> From<T> for Activation {
    /// Creates the first activation of an order.
    fn from(transaction: T) -> Self {
        Self {
            transaction: transaction.into(),
            doubtful: Vec::new(),
        }
    }
}

impl OrderState {
    /// Returns the state after an activation that was begun was settled:
    ///
    /// - activated, when the service shows the order as active under its number;
    /// - open, when the activation did not happen, or doubtful where an earlier one may have happened;
    /// - doubtful, when the service answered after the settling time and did not show an active order. An
    ///   activation that a forged post with an invented number has begun ends in this way, because HASO does
    ///   not document its refusal of an unknown number;
    /// - unchanged, when it is too early, the service did not answer, or no activation was begun under its
    ///   number.
    ///
    /// An order that is activated stays so. A success of [`send`](kervan_settling::Settler::send) is
    /// [`Settled::InState`], an error with the outcome "not done" is [`Settled::NotDone`].
    #[must_use]
    pub fn after(
        self,
        activation: &ActivateOrder,
        settled: &Settled<ActivatedOrder, Rejection>,
    ) -> Self {
        let code = &activation.transaction;
        let Some(own) = self
            .activation()
            .filter(|own| own.all().any(|it| it == code))
        else {
            return self;
        };
        let is_latest = own.transaction == *code;
        match (settled, &self) {
            // The order was activated under another number. This one is active too, or is not known to be.
            (Settled::Done(_) | Settled::InState | Settled::Exists, Self::Activated(_)) => self,
            (Settled::Done(_) | Settled::InState | Settled::Exists, _) => {
                Self::Activated(own.under(code))
            }
            // Nothing takes back that it was activated.
            (Settled::NotDone | Settled::Refused(_), Self::Activated(_)) if is_latest => self,
            (Settled::NotDone | Settled::Refused(_), state) => match own.without(code) {
                None => Self::Open,
                Some(left) => match state {
                    Self::Activated(_) => Self::Activated(left),
                    Self::Activating(_) if !is_latest => Self::Activating(left),
                    _ => Self::Doubtful(left),
                },
            },
            (Settled::Open(open), Self::Activating(_))
                if open.ask_again_at.is_none() && has_answered(&open.why) =>
            {
                self.doubted(activation)
            }
            (Settled::Open(_), _) => self,
        }
    }

    /// Returns the state after the service has answered without a word of an activation, and the settling time is
    /// over. [`after`](Self::after) does so by itself. A program that keeps its writes in a ledger has no
    /// [`Settled`] of an open one, and calls this after a question that was answered.
    #[must_use]
    pub fn doubted(self, activation: &ActivateOrder) -> Self {
        match self {
            Self::Activating(own) if own.transaction == activation.transaction => {
                Self::Doubtful(own)
            }
            state => state,
        }
    }

    /// Returns the activation that was begun or done.
    pub fn activation(&self) -> Option<&Activation> {
        match self {
            Self::Activating(own) | Self::Doubtful(own) | Self::Activated(own) => Some(own),
            Self::Open | Self::Closed => None,
        }
    }

    /// Returns the next activation, under this number.
    pub(super) fn next(&self, transaction: &TransactionCode) -> Activation {
        let own = self.activation().map(|own| own.under(transaction));
        own.unwrap_or_else(|| Activation::from(transaction.clone()))
    }
}

/// Returns whether the service answered the question about an activation.
fn has_answered(why: &Why<Rejection>) -> bool {
    matches!(why, Why::Unclear | Why::Failed(Error::Rejected(_)))
}

impl StoredOrder {
    /// Creates an order that waits for its payment.
    pub fn open(number: impl Into<OrderNumber>, amount: Money) -> Self {
        Self {
            number: number.into(),
            amount,
            state: OrderState::Open,
        }
    }

    /// Returns the latest activation that was begun with an unknown outcome, to settle its attempt; `None` in
    /// any other state. Set its `common` as it was sent.
    pub fn begun(&self) -> Option<ActivateOrder> {
        match &self.state {
            OrderState::Activating(own) | OrderState::Doubtful(own) => {
                let order = self.number.clone();
                Some(ActivateOrder::without_post(order, own.transaction.clone()))
            }
            _ => None,
        }
    }

    /// Returns the question for the plan of each activation that was begun or done, the latest one first.
    /// Ask them all where an order is [doubtful](OrderState::Doubtful): an activation may show late, after the
    /// next one was begun. [`paid_by_plan`](Self::paid_by_plan) takes each answer.
    pub fn plan_questions(&self) -> Vec<GetPlan> {
        let numbers = self
            .state
            .activation()
            .into_iter()
            .flat_map(Activation::all);
        numbers
            .map(|transaction| GetPlan::new(transaction.clone(), self.number.clone()))
            .collect()
    }
}

kervan_core::setters! { StoredOrder {
    /// Sets whether it still waits.
    state: OrderState,
}}
