//! Signed forms and answers for a program's own tests, as Param would send them.
//!
//! A form is signed with the merchant's key of the settings and read by the ordinary reader. A test
//! therefore runs the same code as the shop, and a shop that skips a step fails in the test too. Nothing
//! here creates a [`PayResult`](super::PayResult), a [`ModelResult`](super::ModelResult) or a
//! [`PaidOrder`](crate::payments::PaidOrder) without its checks.
//!
//! ```
//! use param_marketplace::payments::testing::{self, PayForm};
//! use param_marketplace::payments::callback::{ExpectedPayment, PayCallback, PayResult};
//! use param_marketplace::payments::{Currency, PaidOrder, ReceiptId};
//! use param_marketplace::split::Commission;
//! use param_marketplace::{PaymentId, Settings};
//! use kervan_testing::delivery;
//!
//! # fn shop() -> Result<(Settings, ExpectedPayment), Box<dyn std::error::Error>> {
//! # use param_marketplace::*;
//! # let login = Credentials::published_test_account();
//! # let keys = (MarketplaceKey::new("ETS_GUID"), MerchantKey::new("GUID"));
//! # let builder = Client::builder(&Environment::Test, login, keys.0, keys.1)?;
//! # let expected = ExpectedPayment::new("KV-1", "KV-1-1", "100.00".parse()?).payment(PaymentId::new(7));
//! # Ok((builder.settings().clone(), expected))
//! # }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The settings of the shop's client, and what it stored when the payment began.
//! let (settings, expected) = shop()?;
//! let receipt = ReceiptId::from("3007300695");
//! let body = PayForm::paid(&expected, receipt.clone()).sign(&settings)?;
//!
//! // From here on it is the shop's own code.
//! let callback = PayCallback::read(&delivery(testing::CONTENT_TYPE, &body))?;
//! let PayResult::Paid(paid) = callback.verify(&settings, &expected)? else {
//!     panic!("the form says paid");
//! };
//! let commission = Commission::new("2.50".parse()?)?;
//! let status = testing::paid_status(&expected, receipt, commission);
//! let number = paid.payment.unwrap_or(PaymentId::new(7));
//! let order = PaidOrder::confirm(number, &paid.order, paid.total, Currency::Lira, &status)?;
//! assert_eq!(order.net, "97.50".parse()?);
//! # Ok(())
//! # }
//! ```

use std::fmt;

use kervan_core::{EncodeError, Secret};
use kervan_turkiye::Money;
use kervan_wire::form;

use super::pay::{
    BANK_CODE, CHARGED, CURRENCY, KEY, MERCHANT, NET, ORDER, PAYMENT, RECEIPT, RESULT, SIGNATURE,
    TEXT,
};
use super::{ExpectedModel, ExpectedPayment};
use crate::amount::ReceivedAmount;
use crate::payments::hash::hash;
use crate::payments::{PaymentRecord, PaymentState, PaymentStatus, ReceiptId};
use crate::settings::Settings;
use crate::split::Commission;

/// The content type of the forms.
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// The fields of a form that is not signed yet.
#[derive(Clone)]
struct Form(Vec<(String, String)>);

impl Form {
    fn of(fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().copied();
        Self(
            fields
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }

    /// Replaces a field, or adds it.
    fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.0.retain(|(own, _)| *own != name);
        self.0.push((name, value.into()));
        self
    }

    fn get(&self, name: &str) -> &str {
        let own = self.0.iter().find(|(own, _)| own == name);
        own.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn signed(self, field: &str, values: &[&str]) -> Result<Vec<u8>, EncodeError> {
        let signature = hash(values.iter().copied()).ok_or(EncodeError::Value("hash"))?;
        Ok(self.set(field, signature).body())
    }

    fn body(&self) -> Vec<u8> {
        let fields = self.0.iter();
        let fields = fields.map(|(name, value)| (name.as_str(), value.as_str()));
        form::encode(fields).into_bytes()
    }
}

/// Prints the names of the fields only.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

/// A form of 3D Pay, as [`PayCallback`](super::PayCallback) reads it.
#[derive(Clone, Debug)]
#[must_use]
pub struct PayForm(Form);

impl PayForm {
    /// Creates the form of a charged card; for a reservation, of an amount reserved under this number.
    pub fn paid(expected: &ExpectedPayment, receipt: impl Into<ReceiptId>) -> Self {
        Self::of(expected, "1", receipt.into().as_str())
    }

    /// Creates the form of a card that was not charged. `code` is the value of `TURKPOS_RETVAL_Sonuc`, for
    /// example `-1`.
    pub fn not_paid(expected: &ExpectedPayment, code: &str) -> Self {
        Self::of(expected, code, "0")
    }

    fn of(expected: &ExpectedPayment, result: &str, receipt: &str) -> Self {
        let form = Form::of(&[
            (RESULT, result),
            (RECEIPT, receipt),
            (CHARGED, &expected.total.comma()),
            (ORDER, &expected.order.sent()),
            (KEY, &expected.key.sent()),
            (CURRENCY, expected.currency.posted()),
        ]);
        Self(match expected.payment {
            Some(payment) => form.set(PAYMENT, payment.to_string()),
            None => form,
        })
    }

    /// Sets the provider's text.
    pub fn text(self, text: impl Into<String>) -> Self {
        self.field(TEXT, text)
    }

    /// Sets the bank's code.
    pub fn bank_code(self, code: impl Into<String>) -> Self {
        self.field(BANK_CODE, code)
    }

    /// Sets the amount after Param's commission, which is not signed.
    pub fn net(self, net: Money) -> Self {
        self.field(NET, net.comma())
    }

    /// Sets any field by its wire name before the form is signed, for example an order number that the
    /// service has replaced.
    pub fn field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self(self.0.set(name, value))
    }

    /// Returns the body without a signature, as the documented forms of BKM Express and of stored cards
    /// are. [`verify`](super::PayCallback::verify) answers it with
    /// [`CallbackError::Unsigned`](super::CallbackError::Unsigned).
    pub fn unsigned(self, settings: &Settings) -> Vec<u8> {
        self.0.set(MERCHANT, settings.merchant.0.expose()).body()
    }

    /// Returns the body, signed with the merchant's key of these settings.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] for a signed value with a character outside ISO-8859-9.
    pub fn sign(self, settings: &Settings) -> Result<Vec<u8>, EncodeError> {
        let merchant = settings.merchant.0.expose();
        let form = self.0.set(MERCHANT, merchant);
        let signed = [RECEIPT, CHARGED, ORDER, KEY].map(|name| form.get(name).to_owned());
        let [receipt, charged, order, key] = signed.each_ref().map(String::as_str);
        let code = settings.credentials.client_code.expose();
        form.signed(SIGNATURE, &[code, merchant, receipt, charged, order, key])
    }
}

/// The form after the check of a card, as [`CardCheckHint`](crate::payments::CardCheckHint) reads it. Nothing
/// in it is signed.
#[derive(Clone, Debug)]
#[must_use]
pub struct CardCheckForm(Form);

impl CardCheckForm {
    /// Creates the form of the card's holder. `token` is that of the check.
    pub fn valid(token: &Secret) -> Self {
        Self::of("1", token)
    }

    /// Creates the form of anybody else. `code` is the value of `KK_VERIFY_Sonuc`, for example `-1`.
    pub fn not_valid(token: &Secret, code: &str) -> Self {
        Self::of(code, token)
    }

    fn of(code: &str, token: &Secret) -> Self {
        Self(Form::of(&[
            ("KK_VERIFY_Sonuc", code),
            ("KK_VERIFY_Data1", token.expose()),
        ]))
    }

    /// Sets any field by its wire name.
    pub fn field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self(self.0.set(name, value))
    }

    /// Returns the body.
    pub fn body(&self) -> Vec<u8> {
        self.0.body()
    }
}

/// A form of the 3D Model, as [`ModelCallback`](super::ModelCallback) reads it.
#[derive(Clone, Debug)]
#[must_use]
pub struct ModelForm(Form);

impl ModelForm {
    /// Creates the form of an authenticated customer. Nothing is charged yet.
    pub fn authenticated(expected: &ExpectedModel) -> Self {
        Self::of(expected, "1")
    }

    /// Creates the form of a customer who was not authenticated. `status` is `mdStatus`, one digit and not
    /// `1`.
    pub fn not_authenticated(expected: &ExpectedModel, status: &str) -> Self {
        Self::of(expected, status)
    }

    fn of(expected: &ExpectedModel, status: &str) -> Self {
        Self(Form::of(&[
            ("md", "test-md"),
            ("mdStatus", status),
            ("orderId", &expected.order.sent()),
            ("transactionAmount", &expected.total.comma()),
            ("islemGUID", &expected.transaction),
        ]))
    }

    /// Sets any field by its wire name before the form is signed.
    pub fn field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self(self.0.set(name, value))
    }

    /// Returns the body, signed with the merchant's key of these settings.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] for a signed value with a character outside ISO-8859-9.
    pub fn sign(self, settings: &Settings) -> Result<Vec<u8>, EncodeError> {
        let merchant = settings.merchant.0.expose().to_ascii_lowercase();
        let names = ["islemGUID", "md", "mdStatus", "orderId"];
        let signed = names.map(|name| self.0.get(name).to_owned());
        let [transaction, proof, status, order] = signed.each_ref().map(String::as_str);
        let values = [transaction, proof, status, order, &merchant];
        self.0.signed("islemHash", &values)
    }
}

/// Returns the answer of the status query for a payment that is paid and not given back, with the
/// commission that Param keeps. [`PaidOrder::confirm`](crate::payments::PaidOrder::confirm) accepts it for
/// the same order and total.
pub fn paid_status(
    expected: &ExpectedPayment,
    receipt: impl Into<ReceiptId>,
    commission: Commission,
) -> PaymentStatus {
    let amount = |amount: Money| Some(ReceivedAmount::from(amount.comma()));
    let record = PaymentRecord {
        result: Some("1".to_owned()),
        receipt: Some(receipt.into()),
        order: Some(expected.order.clone()),
        key: Some(expected.key.clone()),
        state: Some(PaymentState::Success),
        total: amount(expected.total),
        commission: amount(commission.money()),
        refunded: amount(Money::ZERO),
        kind: Some("SALE".to_owned()),
        ..PaymentRecord::default()
    };
    PaymentStatus {
        payment: Some(record),
        ..PaymentStatus::default()
    }
}

#[cfg(test)]
mod tests;
