//! The query that settles a cancellation or refund: about the order, and then about its payment.

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
#[cfg(feature = "payments")]
use kervan_settling::Found;

use super::query::{Orders, QueryOrders};
use crate::endpoint::Endpoint;
#[cfg(feature = "payments")]
use crate::payments::{PaymentStatus, QueryPayment};
#[cfg(feature = "payments")]
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Asks for the outcome of a [`CancelOrRefund`](super::CancelOrRefund).
///
/// The order's row shows a partial refund by the seller's amount. State 13 does not separate a full refund
/// from a partial one, because no page says which states a partial refund leads to. The status of the
/// payment separates them by the sum of its refunds, so it is the second query.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UndoQuestion {
    /// Asks for the order.
    Orders(QueryOrders),
    /// Asks for the payment.
    #[cfg(feature = "payments")]
    Payment(QueryPayment),
}

/// The answer to an [`UndoQuestion`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum UndoAnswer {
    /// The order.
    Orders(Orders),
    /// The payment.
    #[cfg(feature = "payments")]
    Payment(Box<PaymentStatus>),
}

/// Compares the sum of the refunds with the total. A part of the total is the old state. A payment without
/// refunds proves nothing: beside an order in state 13, it is another payment of the same number, or it is
/// not up to date.
#[cfg(feature = "payments")]
pub(super) fn found_whole<T>(status: &PaymentStatus, order: &str) -> Found<T, Rejection> {
    let payment = status.payment.as_ref();
    let payment = payment.filter(|payment| QueryPayment::by_order(order).is_about(payment));
    match payment.and_then(crate::payments::PaymentRecord::is_given_back) {
        Some(true) => Found::Wanted,
        Some(false) => Found::Absent,
        None => Found::Unclear,
    }
}

impl Operation for UndoQuestion {
    type Service = Settings;
    type Output = UndoAnswer;
    const ENDPOINT: Endpoint = QueryOrders::ENDPOINT;
    const CLASS: Class = Class::Read;

    fn endpoint(&self) -> Endpoint {
        match self {
            Self::Orders(query) => query.endpoint(),
            #[cfg(feature = "payments")]
            Self::Payment(query) => query.endpoint(),
        }
    }

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        match self {
            Self::Orders(query) => query.check(context, problems),
            #[cfg(feature = "payments")]
            Self::Payment(query) => query.check(context, problems),
        }
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        match self {
            Self::Orders(query) => query.body(context),
            #[cfg(feature = "payments")]
            Self::Payment(query) => query.body(context),
        }
    }

    fn read(&self, reading: Reading<'_>) -> Read<UndoAnswer> {
        match self {
            Self::Orders(query) => Ok(query.read(reading)?.map(UndoAnswer::Orders)),
            #[cfg(feature = "payments")]
            Self::Payment(query) => Ok(query
                .read(reading)?
                .map(|status| UndoAnswer::Payment(Box::new(status)))),
        }
    }
}
