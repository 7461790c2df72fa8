//! Charges a card with an amount that was reserved. Wire: `TP_Islem_Odeme_OnProv_Kapa` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::reservation::check_named;
use crate::endpoint::Endpoint;
use crate::payments::answer;
use crate::payments::ids::{PaymentOrder, ProvisionId, ReceiptId};
use crate::payments::status::query::{PaymentStatus, QueryPayment};
use crate::payments::status::record::PaymentRecord;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::Checks as _;

/// Charges a card with a reserved amount, or with less. Provider's page: `TP_Islem_Odeme_OnProv_Kapa`.
///
/// **The service does not check the upper limit**: its test system charged more than was reserved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CaptureReservation {
    /// The reservation. The service accepted the order alone. Wire: `Prov_ID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provision: Option<ProvisionId>,
    /// The order. Wire: `Siparis_ID`.
    pub order: PaymentOrder,
    /// The amount that the card is charged. Wire: `Prov_Tutar`, as `1000,50`.
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
}

kervan_core::setters! { CaptureReservation {
    /// Sets the reservation's number too.
    provision: into Option<ProvisionId>,
}}

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
    .at_bank()
    .ignoring(&["Banka_Sonuc_Kod", "Bank_HostMsg", "Bank_Extra"]);
    const CLASS: Class = Class::Charge;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        check_named(problems, self.provision.as_ref(), &self.order);
        problems.positive("amount", self.amount);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .merchant()
            .text("Prov_ID", &self.provision)
            .text("Prov_Tutar", self.amount.comma())
            .text("Siparis_ID", &self.order))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Captured> {
        let answer = reading.value::<WireAnswer>()?;
        answer.try_map(|it| {
            Ok(Captured {
                receipt: reading.receipt("Dekont_ID", it.receipt.as_deref())?,
                provision: it.provision.filter(|id| !id.as_str().is_empty()),
                order: answer::order(it.order),
                bank_transaction: it.bank_transaction,
                bank_approval: it.bank_approval,
                bank_reference: it.bank_reference,
            })
        })
    }
}

impl Settle for CaptureReservation {
    type ReadBack = QueryPayment;

    /// Returns the order's number.
    fn key(&self) -> String {
        self.order.sent().into_owned()
    }

    fn read_back(&self) -> Option<QueryPayment> {
        Some(QueryPayment::by_order(self.order.clone()))
    }

    fn found(
        &self,
        now: Answer<PaymentStatus>,
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
    #[serde(rename = "Siparis_ID")]
    order: Option<String>,
    #[serde(rename = "Bank_Trans_ID")]
    bank_transaction: Option<String>,
    #[serde(rename = "Bank_AuthCode")]
    bank_approval: Option<String>,
    #[serde(rename = "Bank_HostRefNum")]
    bank_reference: Option<String>,
}
