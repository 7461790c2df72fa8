//! Charges a card with an amount that was reserved. Wire: `TP_Islem_Odeme_OnProv_Kapa` (SOAP, write).

use std::borrow::Cow;

use kervan_core::error::Unreadable;
use kervan_core::{
    Baseline, Class, Context, Drift, EncodeError, Found, Money, Operation, Personal, Problems,
    ReadError, Reason, Settle,
};
use serde::{Deserialize, Serialize};

use super::reservation::check_named;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::payments::afterwards::query::{PaymentRecord, PaymentStatus, QueryPayment};
use crate::payments::answer;
use crate::payments::ids::{PaymentOrder, ProvisionId, ReceiptId};
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::{self, Checks as _};

/// Charges a card with a reserved amount, or with less. Provider's page: `TP_Islem_Odeme_OnProv_Kapa`.
///
/// **The service is no guard against too much**: its test system charged more than was reserved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CaptureReservation {
    /// The reservation. The order alone was enough. Wire: `Prov_ID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provision: Option<ProvisionId>,
    /// The order. Wire: `Siparis_ID`.
    pub order: PaymentOrder,
    /// What the card is charged. Wire: `Prov_Tutar`, as `1000,50`.
    pub amount: Money,
}

impl CaptureReservation {
    /// Charges this amount of the order's reservation.
    pub fn new(order: impl Into<PaymentOrder>, amount: Money) -> Self {
        Self {
            provision: None,
            order: order.into(),
            amount,
        }
    }

    /// Names the reservation besides.
    #[must_use]
    pub fn provision(mut self, provision: impl Into<ProvisionId>) -> Self {
        self.provision = Some(provision.into());
        self
    }
}

/// The card was charged with a reserved amount.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Captured {
    /// The receipt. Wire: `Dekont_ID`.
    pub receipt: ReceiptId,
    /// The reservation. Wire: `Prov_ID`.
    pub provision: Option<ProvisionId>,
    /// The order. Wire: `Siparis_ID`.
    pub order: Option<PaymentOrder>,
    /// The bank's number of the transaction. Wire: `Bank_Trans_ID`.
    pub bank_transaction: Option<String>,
    /// The bank's approval. Wire: `Bank_AuthCode`.
    pub bank_approval: Option<String>,
    /// The bank's reference. Wire: `Bank_HostRefNum`.
    pub bank_reference: Option<String>,
}

impl Operation for CaptureReservation {
    type Service = Settings;
    type Output = Captured;
    const ENDPOINT: Endpoint = Endpoint::payment(
        "TP_Islem_Odeme_OnProv_Kapa",
        "TP_Islem_Odeme_OnProv_KapaResult",
    )
    .at_bank();

    fn class(&self) -> Class {
        Class::Charge
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        check_named(&mut problems, self.provision.as_ref(), &self.order);
        problems.positive("amount", self.amount);
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let settings = context.settings();
        let provision = self.provision.as_ref().map(ProvisionId::as_str);
        Ok(Body::with_login()
            .merchant()
            .text("Prov_ID", wire::or_empty(provision))
            .text("Prov_Tutar", self.amount.comma())
            .text("Siparis_ID", &self.order))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Captured> {
        let (answer, drift) = reading.value::<WireAnswer>()?;
        let receipt = answer.receipt.as_deref().and_then(ReceiptId::of_money);
        let receipt = receipt.ok_or_else(|| {
            let what = Cow::Borrowed("the number of a receipt");
            Unreadable::at(reading.path("Dekont_ID"), Reason::Unexpected(what))
        })?;
        Ok(Captured {
            receipt,
            provision: answer.provision.filter(|id| !id.as_str().is_empty()),
            order: answer::order(answer.order),
            bank_transaction: answer.bank_transaction,
            bank_approval: answer.bank_approval,
            bank_reference: answer.bank_reference,
            drift,
        })
    }
}

impl Settle for CaptureReservation {
    type ReadBack = QueryPayment;

    /// The order's number.
    fn key(&self) -> String {
        self.order.as_str().trim().to_owned()
    }

    fn read_back(&self) -> Option<QueryPayment> {
        Some(QueryPayment::by_order(self.order.clone()))
    }

    fn found(
        &self,
        now: Result<PaymentStatus, Error>,
        _baseline: Option<&Baseline>,
    ) -> Found<Self::Output, Rejection> {
        let asked = QueryPayment::by_order(self.order.clone());
        let is_done = PaymentRecord::is_captured;
        let amount = Some(self.amount);
        match PaymentStatus::found_by(now, &asked, amount, is_done, |_| ()) {
            // A capture has no key of its own: somebody else may have captured the same amount.
            Found::Ours(_) => Found::Wanted,
            // The state of the reservation says nothing about its capture.
            Found::Failed(_) => Found::Unclear,
            found => found.without_output(),
        }
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Prov_ID")]
    provision: Option<ProvisionId>,
    #[serde(rename = "Dekont_ID")]
    receipt: Option<String>,
    #[serde(rename = "Banka_Sonuc_Kod")]
    _bank_code: Option<String>,
    #[serde(rename = "Siparis_ID")]
    order: Option<String>,
    #[serde(rename = "Bank_Trans_ID")]
    bank_transaction: Option<String>,
    #[serde(rename = "Bank_AuthCode")]
    bank_approval: Option<String>,
    #[serde(rename = "Bank_HostMsg")]
    _bank_message: Option<String>,
    #[serde(rename = "Bank_Extra")]
    _bank_extra: Option<String>,
    #[serde(rename = "Bank_HostRefNum")]
    bank_reference: Option<String>,
}
