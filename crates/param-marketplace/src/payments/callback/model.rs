//! The bank's answer in the 3D Model: whether the customer was authenticated as the card's holder.

use std::marker::PhantomData;

use kervan_core::{Delivery, Personal, Secret};
use kervan_turkiye::Money;
use serde::Serialize;

use super::fields::{check, check_signature, optional, others, parse, required};
use super::{CallbackError, ExpectedModel};
use crate::ids::PaymentId;
use crate::ids::same;
use crate::payments::{CompletePayment, CompleteReservation, PaymentOrder};
use crate::settings::Settings;

const KNOWN: [&str; 9] = [
    "md",
    "mdStatus",
    "orderId",
    "transactionAmount",
    "islemGUID",
    "islemHash",
    "bankResult",
    "dc",
    "dcURL",
];

/// A posted form of the 3D Model, unverified: it gives only the order that it names. Provider's page:
/// `TP_WMD_UCD`, the return.
#[derive(Clone, Debug)]
pub struct ModelCallback {
    proof: Personal,
    status: String,
    order: PaymentOrder,
    amount: Option<String>,
    transaction: String,
    signature: Secret,
    bank_text: Option<Personal>,
    others: Vec<(String, Personal)>,
}

impl ModelCallback {
    /// Reads a posted form: its `Content-Type` and its body.
    ///
    /// # Errors
    ///
    /// [`CallbackError`] for anything but a form with each of its fields once.
    pub fn read(delivery: &Delivery) -> Result<Self, CallbackError> {
        let fields = parse(delivery, &KNOWN)?;
        Ok(Self {
            proof: required(&fields, "md")?.into(),
            status: required(&fields, "mdStatus")?,
            order: required(&fields, "orderId")?.into(),
            amount: optional(&fields, "transactionAmount")?,
            transaction: required(&fields, "islemGUID")?,
            signature: required(&fields, "islemHash")?.into(),
            bank_text: optional(&fields, "bankResult")?.map(Personal::from),
            others: others(&fields, &KNOWN),
        })
    }

    /// Returns the order that the form names, to find the stored values. Wire: `orderId`.
    pub fn order(&self) -> &PaymentOrder {
        &self.order
    }

    /// Verifies it against the merchant's key and the stored order.
    ///
    /// The signature covers `islemGUID`, `md`, `mdStatus` and `orderId` without separators, so a status
    /// must be one digit. The amount is not signed, so it must equal the order's.
    ///
    /// # Errors
    ///
    /// [`CallbackError::Forged`], or [`CallbackError::Mismatch`] with the field.
    pub fn verify(
        self,
        settings: &Settings,
        expected: &ExpectedModel,
    ) -> Result<ModelResult, CallbackError> {
        // The provider signs with the key in lower case.
        let merchant = settings.merchant.0.expose().to_ascii_lowercase();
        let signed = [
            self.transaction.as_str(),
            self.proof.as_str(),
            &self.status,
            self.order.as_str(),
            &merchant,
        ];
        check_signature(self.signature.expose(), &signed)?;
        check("orderId", self.order == expected.order)?;
        let same_key = same(&self.transaction, &expected.transaction);
        check("islemGUID", same_key)?;
        // One digit: with it, no character can move between signed fields unseen.
        let digit = self.status.len() == 1 && self.status.bytes().all(|b| b.is_ascii_digit());
        check("mdStatus", digit)?;
        let total = expected.total.comma();
        check("transactionAmount", self.amount.as_deref() == Some(&total))?;
        Ok(match self.status.as_str() {
            "1" if expected.is_reservation => {
                ModelResult::AuthenticatedReservation(self.proved(expected))
            }
            "1" => ModelResult::Authenticated(self.proved(expected)),
            _ => ModelResult::NotAuthenticated(NotAuthenticated {
                order: self.order,
                transaction: self.transaction,
                status: self.status,
                bank_text: self.bank_text,
            }),
        })
    }

    fn proved<S>(self, expected: &ExpectedModel) -> Authenticated<S> {
        let step = CompletePayment::new(self.proof, self.transaction, self.order);
        Authenticated {
            step: match &expected.key {
                Some(key) => step.of_attempt(key.clone(), expected.total),
                None => step,
            },
            total: expected.total,
            payment: expected.payment,
            others: self.others,
            next: PhantomData,
        }
    }
}

/// The result of a verified callback of the 3D Model.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum ModelResult {
    /// The customer was authenticated as the card's holder. **Nothing is charged yet.** Wire: `mdStatus` 1.
    #[serde(rename = "authenticated")]
    Authenticated(Authenticated),
    /// The same for a reservation. **Nothing is reserved yet**, and nothing will be charged.
    #[serde(rename = "authenticated_reservation")]
    AuthenticatedReservation(Authenticated<CompleteReservation>),
    /// The customer was not authenticated. Wire: any other `mdStatus`. Some banks accept 2, 3 and 4, which
    /// Param does not document.
    #[serde(rename = "not_authenticated")]
    NotAuthenticated(NotAuthenticated),
}

/// An authenticated customer. `S` is the second step: [`CompletePayment`], or [`CompleteReservation`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(bound = "")]
#[non_exhaustive]
pub struct Authenticated<S = CompletePayment> {
    #[serde(flatten)]
    pub(super) step: CompletePayment,
    total: Money,
    payment: Option<PaymentId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<(String, Personal)>,
    #[serde(skip)]
    next: PhantomData<S>,
}

impl<S: From<CompletePayment>> Authenticated<S> {
    /// Returns the second step, which charges the card or reserves the amount. Send it once: store with the
    /// order that it was sent.
    pub fn complete(&self) -> S {
        self.step.clone().into()
    }

    /// Returns the order.
    pub fn order(&self) -> &PaymentOrder {
        &self.step.order
    }

    /// Returns the amount to be charged or reserved.
    pub fn total(&self) -> Money {
        self.total
    }

    /// Returns the payment's number, as the start's answer gave it.
    pub fn payment(&self) -> Option<PaymentId> {
        self.payment
    }

    /// Returns the fields that no page lists. They are not signed.
    pub fn others(&self) -> &[(String, Personal)] {
        &self.others
    }
}

/// The customer was not authenticated as the card's holder. Nothing was charged.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NotAuthenticated {
    /// The order.
    pub order: PaymentOrder,
    /// The provider's key of the attempt. Wire: `islemGUID`.
    pub transaction: String,
    /// The status as sent. Wire: `mdStatus`.
    pub status: String,
    /// The text of the 3-D server; not signed. Wire: `bankResult`.
    pub bank_text: Option<Personal>,
}
