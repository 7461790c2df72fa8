//! Asks where an order is, no sooner than Horoz allows.

use std::time::Duration;

use kervan_core::{Answer, Outcome, Retry};

use super::list::{TrackOrder, TrackedOrder};
use crate::client::Client;
use crate::error::Error;

/// The reason why an order's state is not known.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrackError {
    /// The order was asked for a short time ago, so nothing was sent.
    #[error("the order was asked for a short time ago; nothing was sent")]
    TooSoon {
        /// The time to wait.
        wait: Duration,
    },
    /// The call failed.
    #[error(transparent)]
    Call(#[from] Error),
}

impl Client {
    /// Asks where an order is. Sent once, and not again for the same order before
    /// [`TrackingService::repeat_after`](crate::TrackingService::repeat_after) is over: Horoz limits
    /// repeated queries. **Experimental.**
    ///
    /// The client and its clones keep the times in memory, for the latest 100 000 orders.
    /// [`call`](kervan_core::Caller::call) does not keep them.
    ///
    /// # Errors
    ///
    /// [`TrackError::TooSoon`] without a request. [`Error::Rejected`] with
    /// [`RejectionKind::AskedTooSoon`](crate::RejectionKind::AskedTooSoon) when Horoz itself refuses it as
    /// too soon, and with [`RejectionKind::NotAcceptedYet`](crate::RejectionKind::NotAcceptedYet) for an
    /// order that is unknown or not accepted yet; see [`Error`] for the rest.
    pub async fn track_order(
        &self,
        query: &TrackOrder,
    ) -> Result<Answer<TrackedOrder>, TrackError> {
        let service = self.settings().tracking.as_ref();
        let repeat_after = service.map_or(Duration::ZERO, |service| service.repeat_after);
        let now = self.host().steady();
        let asked = self.asked().ask(&query.number, now, repeat_after);
        asked.map_err(|wait| TrackError::TooSoon { wait })?;
        // A second try would be a repeated query too.
        let config = self.config().clone().retry(Retry::never());
        let answer = self.with_config(config).call(query).await;
        if let Err(Error::Invalid(_) | Error::Transport(_)) = &answer
            && answer
                .as_ref()
                .is_err_and(|error| error.outcome() == Outcome::NotDone)
        {
            self.asked().was_not_asked(&query.number, now);
        }
        Ok(answer?)
    }
}
