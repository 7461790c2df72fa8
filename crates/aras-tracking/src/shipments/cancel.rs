//! Cancels an order whose waybill is not cut. Wire: `CancelDispatch` (SOAP, write).

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{
    Context, Effect, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError, Reply,
    Resend, Sent, Settle, Settled,
};
use serde::{Deserialize, Serialize};

use super::settings::ShipmentSettings;
use super::wire::{self, Page, Status};
use crate::Error;
use crate::client::Client;
use crate::ids::CustomerReference;
use crate::rejection::{Kind, Rejection};
use crate::wire::Element;

/// Cancels an order before a branch has cut its waybill.
///
/// | code | meaning |
/// |---|---|
/// | 0, 1 | cancelled |
/// | -1 | there is no such order |
/// | -2 | wrong login |
/// | 936 | error |
/// | 999 | the waybill is cut: the parcel is on its way |
///
/// Some public clients take 1 for a failure; the guide lists it as success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CancelDispatch {
    /// The shipper's reference. Wire: `integrationCode`.
    pub reference: CustomerReference,
}

impl CancelDispatch {
    /// Cancels the order of a reference.
    pub fn new(reference: CustomerReference) -> Self {
        Self { reference }
    }
}

/// An order that was cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cancelled {
    /// 0 or 1. Wire: `ResultCode`.
    pub code: String,
    /// The carrier's message. Wire: `ResultMessage`.
    pub message: Option<Personal>,
    /// Wire: `CargoKey`.
    pub cargo_key: Option<String>,
}

impl Client<ShipmentSettings> {
    /// Cancels an order. Sent at most once.
    ///
    /// After an unknown [`outcome`](kervan_core::Error::outcome), settle it: cancelling again is
    /// harmless, as the reference is the order's key.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] for a refusal or a fault; see [`Error`] for the rest.
    pub async fn cancel_dispatch(&self, request: &CancelDispatch) -> Result<Cancelled, Error> {
        self.call(request).await
    }

    /// Finds out what became of a cancelling whose outcome is unknown, by cancelling again. That
    /// there is no such order (any more) settles it as done.
    pub async fn settle_cancel_dispatch(
        &self,
        request: &CancelDispatch,
    ) -> Settled<Cancelled, Rejection> {
        self.caller().settle(request).await
    }

    /// Cancels an order and, after an unknown outcome, settles it.
    ///
    /// # Errors
    ///
    /// When it was not sent, when the carrier refused it, or when its outcome is still unknown.
    pub async fn send_or_settle_cancel_dispatch(
        &self,
        request: &CancelDispatch,
    ) -> Result<Sent<Cancelled>, Error> {
        self.caller().send_or_settle(request).await
    }
}

const PAGE: Page = Page {
    operation: "CancelDispatch",
    result: "CancelDispatchResult",
    user_name: "userName",
    password: "password",
};

impl Operation for CancelDispatch {
    type Settings = ShipmentSettings;
    type Output = Cancelled;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.operation;
    const EFFECT: Effect = Effect::Write;

    fn check(&self, _context: &Context<'_, ShipmentSettings>) -> Problems {
        wire::check(&self.reference)
    }

    fn encode(&self, context: &Context<'_, ShipmentSettings>) -> Result<HttpRequest, EncodeError> {
        let reference = Element::text("integrationCode", self.reference.as_str());
        wire::encode(&PAGE, context.settings(), vec![reference])
    }

    fn decode(
        &self,
        settings: &ShipmentSettings,
        reply: &Reply,
    ) -> Result<Cancelled, ReadError<Rejection>> {
        let result = wire::result(&PAGE, settings, reply, |_| Ok(()))?;
        let missing = || Unreadable::at(format!("{}.ResultCode", PAGE.result), Reason::Missing);
        let status = Status::of(&result).ok_or_else(missing)?;
        if !matches!(status.code.as_str(), "0" | "1") {
            return Err(status.refusal(&PAGE, settings));
        }
        Ok(Cancelled {
            message: status.message(settings),
            code: status.code,
            cargo_key: status.cargo_key,
        })
    }
}

impl Settle for CancelDispatch {
    type ReadBack = Self;

    fn read_back(&self) -> Self {
        self.clone()
    }

    // A refusal of the first try proves nothing: -1 also comes for a reference that never was.

    fn settled(&self, answer: Result<Cancelled, Error>) -> Settled<Cancelled, Rejection> {
        match answer {
            Ok(cancelled) => Settled::Done(cancelled),
            Err(Error::Rejected(no)) => match no.kind {
                Kind::NotFound => Settled::AlreadyDone,
                Kind::WaybillCut => Settled::Refused(no),
                _ => Settled::Open(Error::Rejected(no)),
            },
            Err(open) => Settled::Open(open),
        }
    }
}

impl Resend for CancelDispatch {}
