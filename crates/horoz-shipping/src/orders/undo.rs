//! Undoes an order of the merchant's own account: its label first, then the order itself.

use kervan_core::{Answer, Outcome};
use serde::{Deserialize, Serialize};

use super::cancel::CancelShippingOrder;
use crate::client::Client;
use crate::codes::RejectionKind;
use crate::error::Error;
use crate::labels::{AtfId, CancelLabel};
use crate::named_order::Cancelled;
use crate::order::RequestNumber;

/// An order to undo, and its label if it has one.
///
/// An order with a label is approved, and an approved order cannot be cancelled. So the label has to be
/// cancelled first. That the order can then be cancelled is an inference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UndoOrder {
    /// The order's key.
    pub number: RequestNumber,
    /// The goods-acceptance record of its label.
    pub label: Option<AtfId>,
}

impl UndoOrder {
    /// Creates an order without a label.
    pub fn new(number: impl Into<RequestNumber>) -> Self {
        Self {
            number: number.into(),
            label: None,
        }
    }
}

kervan_core::setters! { UndoOrder {
    /// Sets the goods-acceptance record of its label.
    label: into Option<AtfId>,
}}

/// The answers about the parts that were undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Undone {
    /// The answer about the label; `None` without a label, or when an earlier try had cancelled it.
    pub label: Option<Answer<Cancelled>>,
    /// The answer about the order; `None` when an earlier try had cancelled it.
    pub order: Option<Answer<Cancelled>>,
}

/// The reason why an order, or its label, cannot be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum UndoObstacle {
    /// The label has been read in operations: the goods are in transit.
    #[serde(rename = "label_read")]
    LabelRead,
    /// The order is approved or its goods are accepted.
    #[serde(rename = "already_accepted")]
    AlreadyAccepted,
    /// Horoz does not find the order or label, or not by this method.
    #[serde(rename = "not_found")]
    NotFound,
    /// Something in the request, or the key, is wrong.
    #[serde(rename = "request")]
    Request,
    /// The call was refused with a code without explanation, or not answered. See the error.
    #[serde(rename = "unexplained")]
    Unexplained,
}

impl UndoObstacle {
    fn of(error: &Error) -> Self {
        match error {
            Error::Invalid(_) => Self::Request,
            Error::Rejected(no) => match no.kind {
                RejectionKind::LabelRead => Self::LabelRead,
                RejectionKind::AlreadyAccepted => Self::AlreadyAccepted,
                RejectionKind::NotFound => Self::NotFound,
                RejectionKind::WrongKey | RejectionKind::MissingOrTooLong => Self::Request,
                _ => Self::Unexplained,
            },
            _ => Self::Unexplained,
        }
    }
}

/// An order that was not undone, or not as a whole.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UndoError {
    /// The label was not cancelled, so the order was left alone.
    #[error("the label was not cancelled, the order was left alone")]
    Label {
        /// The reason.
        why: UndoObstacle,
        /// The error of the call.
        #[source]
        error: Box<Error>,
    },
    /// The order was not cancelled.
    #[error("the order was not cancelled{}", if *.label_is_gone { ", its label was" } else { "" })]
    Order {
        /// The reason.
        why: UndoObstacle,
        /// Whether its label is cancelled by now, so that the order is without one.
        label_is_gone: bool,
        /// The error of the call.
        #[source]
        error: Box<Error>,
    },
}

impl UndoError {
    /// Returns the reason.
    pub fn why(&self) -> UndoObstacle {
        match self {
            Self::Label { why, .. } | Self::Order { why, .. } => *why,
        }
    }

    /// Returns whether the cancellation that failed may have happened.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Label { error, .. } | Self::Order { error, .. } => error.outcome(),
        }
    }
}

impl Client {
    /// Undoes an order: its label first, where it has one, then the order. Each is sent at most
    /// once, and the order only after its label is gone for certain. **Experimental.**
    ///
    /// # Errors
    ///
    /// [`UndoError`] reports which of the two failed and why. The codes of these methods are not
    /// public, so a reason is named only for codes that [`Quirks::codes`](crate::Quirks::codes)
    /// explains.
    pub async fn undo_order(&self, undo: &UndoOrder) -> Result<Undone, UndoError> {
        let mut label = None;
        if let Some(atf_id) = &undo.label {
            let cancel = CancelLabel::new(atf_id.clone(), undo.number.clone());
            label = gone(self.call(&cancel).await).map_err(|error| UndoError::Label {
                why: UndoObstacle::of(&error),
                error,
            })?;
        }
        let cancel = CancelShippingOrder::new(undo.number.as_str());
        let order = gone(self.call(&cancel).await);
        let order = order.map_err(|error| UndoError::Order {
            why: UndoObstacle::of(&error),
            label_is_gone: undo.label.is_some(),
            error,
        })?;
        Ok(Undone { label, order })
    }
}

/// Returns the answer of a cancelled part; `None` when an earlier try has cancelled it.
fn gone(answer: Result<Answer<Cancelled>, Error>) -> Result<Option<Answer<Cancelled>>, Box<Error>> {
    match answer {
        Ok(cancelled) => Ok(Some(cancelled)),
        Err(Error::Rejected(no)) if no.kind == RejectionKind::AlreadyCancelled => Ok(None),
        Err(error) => Err(Box::new(error)),
    }
}
