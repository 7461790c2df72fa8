//! Charges the card after the customer's proof. Wire: `TP_WMD_Pay` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::payments::answer::{self, Charged};
use crate::payments::ids::{PaymentKey, PaymentOrder, ReceiptId};
use crate::payments::status::query::{PaymentStatus, QueryPayment};
use crate::payments::status::record::PaymentRecord;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::{Checks as _, check_verbatim};

/// The second step of the 3D Model: charges the card. Provider's page: `TP_WMD_Pay`.
///
/// Its three values come from the bank's callback, once that is verified. After
/// [`ReserveWithModel`](crate::payments::ReserveWithModel) the same call reserves the amount and charges
/// nothing: that is [`CompleteReservation`](crate::payments::CompleteReservation).
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) when the bank or the service refuses. The code -1 leaves the
/// outcome unknown: settle it before you start a new payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CompletePayment {
    /// The bank's proof. Wire: `UCD_MD`, in the callback `md`.
    pub proof: Personal,
    /// The key of the attempt at the provider. Wire: `Islem_GUID`, in the callback `islemGUID`.
    pub transaction: String,
    /// The order. Wire: `Siparis_ID`, in the callback `orderId`.
    pub order: PaymentOrder,
    /// The shop's key of the attempt, by which a lost answer is settled. Without it the outcome stays
    /// unknown, because the order's number may find another payment. It is not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PaymentKey>,
    /// The amount to be charged, which a payment must have to settle a lost answer. It is not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

impl CompletePayment {
    /// Creates the second step. Set [its attempt](Self::of_attempt), so that a lost answer can be settled.
    /// A verified callback sets it.
    pub fn new(proof: Personal, transaction: impl Into<String>, order: PaymentOrder) -> Self {
        Self {
            proof,
            transaction: transaction.into(),
            order,
            key: None,
            amount: None,
        }
    }

    /// Sets the shop's key of the attempt and the amount to be charged.
    #[must_use]
    pub fn of_attempt(mut self, key: impl Into<PaymentKey>, amount: Money) -> Self {
        self.key = Some(key.into());
        self.amount = Some(amount);
        self
    }

    /// Returns the query that settles it.
    fn question(&self) -> QueryPayment {
        match &self.key {
            Some(key) => QueryPayment::by_key(key.clone()),
            None => QueryPayment::by_order(self.order.clone()),
        }
    }

    /// Reads the outcome from the query: a payment of the attempt and of the order, as the callback names
    /// it. Without the shop's key it proves nothing, because the order's number may find another payment.
    pub(crate) fn found_by<T>(
        &self,
        now: Answer<PaymentStatus>,
        is_done: fn(&PaymentRecord) -> bool,
        done: impl FnOnce(Charged) -> T,
    ) -> Found<T, Rejection> {
        let wanted = QueryPayment {
            order: Some(self.order.clone()),
            ..self.question()
        };
        match PaymentStatus::found_by(now, &wanted, self.amount, is_done, done) {
            Found::Ours(_) | Found::Failed(_) if self.key.is_none() => Found::Unclear,
            found => found,
        }
    }
}

/// The card was charged.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Completed {
    /// The receipt. Wire: `Dekont_ID`.
    pub receipt: ReceiptId,
    /// The order. Wire: `Siparis_ID`.
    pub order: Option<PaymentOrder>,
    /// The bank's number of the transaction. Wire: `Bank_Trans_ID`.
    pub bank_transaction: Option<String>,
    /// The bank's approval. Wire: `Bank_AuthCode`.
    pub bank_approval: Option<String>,
    /// The bank's reference. Wire: `Bank_HostRefNum`.
    pub bank_reference: Option<String>,
    /// Param's rate in percent, as sent. Wire: `Komisyon_Oran`.
    pub commission_rate: Option<String>,
}

impl Operation for CompletePayment {
    type Service = Settings;
    type Output = Completed;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_WMD_Pay", "TP_WMD_PayResult")
        .with_status(&["Sonuc", "Sonuc_Ack"])
        .at_bank()
        .ignoring(&["UCD_MD", "Bank_HostMsg", "Bank_Extra", "Bank_Sonuc_Kod"]);
    const CLASS: Class = Class::Charge;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        check_verbatim(problems, "proof", self.proof.as_str(), true);
        problems.required("transaction", &self.transaction, 36);
        problems.required("order", &self.order, 36);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .merchant()
            .card("UCD_MD", self.proof.as_str())
            .text("Islem_GUID", &self.transaction)
            .text("Siparis_ID", &self.order))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Completed> {
        let answer = reading.value::<WireAnswer>()?;
        answer.try_map(|it| {
            Ok(Completed {
                receipt: reading.receipt("Dekont_ID", it.receipt.as_deref())?,
                order: answer::order(it.order),
                bank_transaction: it.bank_transaction,
                bank_approval: it.bank_approval,
                bank_reference: it.bank_reference,
                commission_rate: it.commission_rate,
            })
        })
    }
}

impl Settle for CompletePayment {
    type ReadBack = QueryPayment;

    /// Returns the shop's key of the attempt, otherwise the order's number.
    fn key(&self) -> String {
        let key = self.key.as_ref().map(PaymentKey::sent);
        key.unwrap_or_else(|| self.order.sent()).into_owned()
    }

    fn read_back(&self) -> Option<QueryPayment> {
        Some(self.question())
    }

    fn found(
        &self,
        now: Answer<PaymentStatus>,
        _baseline: Option<&Baseline>,
    ) -> Found<Self::Output, Rejection> {
        self.found_by(now, PaymentRecord::is_paid, |charged| Completed {
            receipt: charged.receipt,
            order: charged.order,
            bank_transaction: None,
            bank_approval: None,
            bank_reference: None,
            commission_rate: charged.commission_rate,
        })
    }
}

#[derive(Deserialize)]
struct WireAnswer {
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
    #[serde(rename = "Komisyon_Oran")]
    commission_rate: Option<String>,
}
