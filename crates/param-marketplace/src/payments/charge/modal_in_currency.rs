//! A foreign payment on the provider's page. Wire: `TP_Modal_Payment_WD` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::{Deserialize, Serialize};

use super::browser;
use super::browser::BrowserAddress;
use super::modal::{self, ModalPayment, wire_modal};
use crate::endpoint::Endpoint;
use crate::payments::currency::Currency;
use crate::payments::status::by_key::settled_by_key;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// A [`ModalPayment`] with a currency. Provider's page: `TP_Modal_Payment`, its variant with a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ModalCurrencyPayment {
    /// The payment.
    pub payment: ModalPayment,
    /// The currency of its amount. Wire: `CurrencyCode`.
    pub currency: Currency,
}

impl ModalCurrencyPayment {
    /// Creates a payment in a currency.
    pub fn new(payment: ModalPayment, currency: Currency) -> Self {
        Self { payment, currency }
    }
}

impl Operation for ModalCurrencyPayment {
    type Service = Settings;
    type Output = BrowserAddress;
    const ENDPOINT: Endpoint =
        Endpoint::payment("TP_Modal_Payment_WD", "TP_Modal_Payment_WDResult")
            .with_status(&["ResultCode", "ResultDescription"])
            .at_bank();
    const CLASS: Class = Class::Start;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.payment.check(context, problems);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let payment = wire_modal(&self.payment).text("CurrencyCode", self.currency.wire());
        Ok(Body::new().group("d", payment))
    }

    fn read(&self, reading: Reading<'_>) -> Read<BrowserAddress> {
        modal::read(reading)
    }
}

settled_by_key! { ModalCurrencyPayment: payment.key, payment.amount => browser::found }
