//! The result of a 3D Pay payment or reservation: whether the card was charged.

use kervan_core::{Delivery, Personal, Secret};
use kervan_turkiye::Money;
use serde::Serialize;

use super::fields::{check, check_signature, optional, others, parse, required};
use super::{CallbackError, ExpectedPayment};
use crate::amount::ReceivedAmount;
use crate::ids::PaymentId;
use crate::moment::ReceivedMoment;
use crate::payments::answer::payment_id;
use crate::payments::{Currency, PaymentKey, PaymentOrder, ProvisionId, ReceiptId};
use crate::service::is_success;
use crate::settings::Settings;

pub(super) const RESULT: &str = "TURKPOS_RETVAL_Sonuc";
pub(super) const TEXT: &str = "TURKPOS_RETVAL_Sonuc_Str";
pub(super) const MERCHANT: &str = "TURKPOS_RETVAL_GUID";
const TIME: &str = "TURKPOS_RETVAL_Islem_Tarih";
pub(super) const RECEIPT: &str = "TURKPOS_RETVAL_Dekont_ID";
pub(super) const CHARGED: &str = "TURKPOS_RETVAL_Tahsilat_Tutari";
pub(super) const NET: &str = "TURKPOS_RETVAL_Odeme_Tutari";
pub(super) const ORDER: &str = "TURKPOS_RETVAL_Siparis_ID";
pub(super) const KEY: &str = "TURKPOS_RETVAL_Islem_ID";
const DATA: &str = "TURKPOS_RETVAL_Ext_Data";
pub(super) const BANK_CODE: &str = "TURKPOS_RETVAL_Banka_Sonuc_Kod";
pub(super) const CURRENCY: &str = "TURKPOS_RETVAL_PB";
const CARD: &str = "TURKPOS_RETVAL_KK_No";
const INSTALLMENTS: &str = "TURKPOS_RETVAL_Taksit";
pub(super) const SIGNATURE: &str = "TURKPOS_RETVAL_Hash";
const TRANSACTION: &str = "TURKPOS_RETVAL_Islem_GUID";
pub(super) const PAYMENT: &str = "TURKPOS_RETVAL_SanalPOS_Islem_ID";

const KNOWN: [&str; 17] = [
    RESULT,
    TEXT,
    MERCHANT,
    TIME,
    RECEIPT,
    CHARGED,
    NET,
    ORDER,
    KEY,
    DATA,
    BANK_CODE,
    CURRENCY,
    CARD,
    INSTALLMENTS,
    SIGNATURE,
    TRANSACTION,
    PAYMENT,
];

/// A posted result of 3D Pay, unverified: it gives only the order and the attempt that it names. Provider's
/// page: `Pos_Odeme`, the return.
#[derive(Clone, Debug)]
pub struct PayCallback {
    result: String,
    text: Option<Personal>,
    merchant: Option<Secret>,
    time: Option<String>,
    receipt: String,
    charged: String,
    net: Option<String>,
    order: PaymentOrder,
    key: PaymentKey,
    data: Option<Personal>,
    bank_code: Option<String>,
    currency: Option<String>,
    card: Option<Personal>,
    installments: Option<String>,
    signature: Option<Secret>,
    payment: Option<String>,
    others: Vec<(String, Personal)>,
}

impl PayCallback {
    /// Reads a posted form: its `Content-Type` and its body.
    ///
    /// # Errors
    ///
    /// [`CallbackError`] for anything but a form with each of its fields once.
    pub fn read(delivery: &Delivery) -> Result<Self, CallbackError> {
        let fields = parse(delivery, &KNOWN)?;
        Ok(Self {
            result: required(&fields, RESULT)?,
            text: optional(&fields, TEXT)?.map(Personal::from),
            merchant: optional(&fields, MERCHANT)?.map(Secret::from),
            time: optional(&fields, TIME)?,
            receipt: required(&fields, RECEIPT)?,
            charged: required(&fields, CHARGED)?,
            net: optional(&fields, NET)?,
            order: required(&fields, ORDER)?.into(),
            key: required(&fields, KEY)?.into(),
            data: optional(&fields, DATA)?.map(Personal::from),
            bank_code: optional(&fields, BANK_CODE)?,
            currency: optional(&fields, CURRENCY)?,
            card: optional(&fields, CARD)?.map(Personal::from),
            installments: optional(&fields, INSTALLMENTS)?,
            signature: optional(&fields, SIGNATURE)?.map(Secret::from),
            payment: optional(&fields, PAYMENT)?,
            others: others(&fields, &KNOWN),
        })
    }

    /// Returns the order that the form names. The service may have replaced the shop's number, so find the
    /// stored values by the [`key`](Self::key). Wire: `TURKPOS_RETVAL_Siparis_ID`.
    pub fn order(&self) -> &PaymentOrder {
        &self.order
    }

    /// Returns the attempt that the form names, to find the stored values. Wire: `TURKPOS_RETVAL_Islem_ID`.
    pub fn key(&self) -> &PaymentKey {
        &self.key
    }

    /// Verifies it against the client's code, the merchant's key and the stored order.
    ///
    /// The signature covers the receipt, the charged amount, the order and the key. The result, the
    /// currency and the payment's number are not signed, so they are compared: a payment needs a good
    /// result **and** a receipt, and the other values must equal the order's. If the start did not report
    /// the order's number, the signed one may differ.
    ///
    /// # Errors
    ///
    /// [`CallbackError::Forged`] or [`CallbackError::Unsigned`], or [`CallbackError::Mismatch`] with
    /// the field.
    pub fn verify(
        self,
        settings: &Settings,
        expected: &ExpectedPayment,
    ) -> Result<PayResult, CallbackError> {
        self.check_signature(settings)?;
        let changed = self.order != expected.order;
        let nameless = self.order.sent().is_empty();
        check(ORDER, !changed || !(expected.order_reported || nameless))?;
        check(KEY, self.key == expected.key)?;
        let changed_from = changed.then(|| expected.order.clone());
        // As text: another spelling of the amount would move a digit between signed fields.
        check(CHARGED, self.charged == expected.total.comma())?;
        let receipt = ReceiptId::of_money(&self.receipt);
        let paid = is_success(&self.result);
        check(RESULT, paid == receipt.is_some())?;
        let Some(receipt) = receipt else {
            return Ok(PayResult::NotPaid(NotPaid {
                order: self.order,
                changed_from,
                key: self.key,
                code: self.result,
                text: self.text,
                bank_code: self.bank_code,
            }));
        };
        let currency = expected.currency;
        check(
            CURRENCY,
            self.currency.as_deref() == Some(currency.posted()),
        )?;
        let number = payment_id(self.payment.as_deref());
        let same_number = expected.payment.is_none() || number == expected.payment;
        check(PAYMENT, same_number)?;
        if expected.is_reservation {
            return Ok(PayResult::Reserved(ReservedCallback {
                order: self.order,
                changed_from,
                key: self.key,
                provision: receipt.as_str().into(),
                total: expected.total,
                payment: expected.payment,
                others: self.others,
            }));
        }
        Ok(PayResult::Paid(PaidCallback {
            order: self.order,
            changed_from,
            key: self.key,
            receipt,
            total: expected.total,
            currency,
            payment: expected.payment,
            unsigned_payment: number,
            unsigned_net: self.net.map(ReceivedAmount::from),
            time: self.time.map(ReceivedMoment::from),
            card: self.card,
            installments: self.installments,
            data: self.data,
            others: self.others,
        }))
    }

    fn check_signature(&self, settings: &Settings) -> Result<(), CallbackError> {
        let own = settings.merchant.0.expose();
        let signature = self
            .signature
            .as_ref()
            .ok_or(CallbackError::Unsigned)?
            .expose();
        // The key is the client's own; the posted one only has to be the same. In which letter case
        // the service signs is known for a key in lower case only.
        let signed = |merchant: &str| {
            let code = settings.credentials.client_code.expose();
            let values = [
                code,
                merchant,
                &self.receipt,
                &self.charged,
                self.order.as_str(),
                self.key.as_str(),
            ];
            check_signature(signature, &values)
        };
        signed(own)
            .or_else(|_| signed(&own.to_ascii_lowercase()))
            .or_else(|_| signed(&own.to_ascii_uppercase()))?;
        let posted = self.merchant.as_ref().map(Secret::expose);
        check(
            MERCHANT,
            posted.is_none_or(|posted| posted.eq_ignore_ascii_case(own)),
        )
    }
}

/// The result of a verified callback of 3D Pay.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum PayResult {
    /// The card was charged. Confirm it before anybody is paid from it; see
    /// [`PaidOrder`](crate::payments::PaidOrder).
    #[serde(rename = "paid")]
    Paid(PaidCallback),
    /// The amount is reserved. **Nothing is charged** until
    /// [`CaptureReservation`](crate::payments::CaptureReservation).
    #[serde(rename = "reserved")]
    Reserved(ReservedCallback),
    /// The card was not charged, and nothing was reserved.
    #[serde(rename = "not_paid")]
    NotPaid(NotPaid),
}

/// A signed result: the card was charged.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PaidCallback {
    /// The order's number at the provider; signed.
    pub order: PaymentOrder,
    /// The stored number, when the service replaced it and did not report it at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_from: Option<PaymentOrder>,
    /// The shop's key of the attempt; signed.
    pub key: PaymentKey,
    /// The receipt; signed.
    pub receipt: ReceiptId,
    /// The charged amount; signed.
    pub total: Money,
    /// The currency of the total. Not signed; it equals the order's, and only lira are confirmed.
    pub currency: Currency,
    /// The payment's number, as the start's answer gave it.
    pub payment: Option<PaymentId>,
    /// The payment's number as posted. **Not signed**: use it to ask, not to pay. Wire:
    /// `TURKPOS_RETVAL_SanalPOS_Islem_ID`.
    pub unsigned_payment: Option<PaymentId>,
    /// The amount after Param's commission as posted. **Not signed**: [`PaidOrder`] reads it from the
    /// status query. Wire: `TURKPOS_RETVAL_Odeme_Tutari`.
    ///
    /// [`PaidOrder`]: crate::payments::PaidOrder
    pub unsigned_net: Option<ReceivedAmount>,
    /// Not signed. Wire: `TURKPOS_RETVAL_Islem_Tarih`.
    pub time: Option<ReceivedMoment>,
    /// The card, masked; not signed. Wire: `TURKPOS_RETVAL_KK_No`.
    pub card: Option<Personal>,
    /// `0` for one part; not signed. Wire: `TURKPOS_RETVAL_Taksit`.
    pub installments: Option<String>,
    /// The shop's texts, joined by bars; not signed. Wire: `TURKPOS_RETVAL_Ext_Data`.
    pub data: Option<Personal>,
    /// Fields that no page lists; not signed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<(String, Personal)>,
}

/// A signed result: an amount is reserved on the card.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ReservedCallback {
    /// The order's number at the provider; signed.
    pub order: PaymentOrder,
    /// The stored number, when the service replaced it and did not report it at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_from: Option<PaymentOrder>,
    /// The shop's key of the attempt; signed.
    pub key: PaymentKey,
    /// The reservation's number, for its capture or release; signed. Wire: `TURKPOS_RETVAL_Dekont_ID`.
    pub provision: ProvisionId,
    /// The reserved amount; signed.
    pub total: Money,
    /// The payment's number, as the start's answer gave it.
    pub payment: Option<PaymentId>,
    /// Fields that no page lists; not signed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<(String, Personal)>,
}

/// A signed result: the card was not charged.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NotPaid {
    /// The order's number at the provider; signed.
    pub order: PaymentOrder,
    /// The stored number, when the service replaced it and did not report it at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_from: Option<PaymentOrder>,
    /// The shop's key of the attempt; signed.
    pub key: PaymentKey,
    /// Not signed. Wire: `TURKPOS_RETVAL_Sonuc`.
    pub code: String,
    /// Not signed. Wire: `TURKPOS_RETVAL_Sonuc_Str`.
    pub text: Option<Personal>,
    /// Not signed. Wire: `TURKPOS_RETVAL_Banka_Sonuc_Kod`.
    pub bank_code: Option<String>,
}
