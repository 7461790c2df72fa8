//! Charges a card as `TP_WMD_UCD` does, and reports the net amount. Wire: `TP_WMD_UCD_v2` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::Deserialize;

use super::three_d_model::{IGNORED, ModelPayment, read_with_net, wire_model_payment};
use crate::endpoint::Endpoint;
use crate::payments::answer::{Payment, ShowPage};
use crate::payments::status::by_key::settled_by_key;
use crate::payments::status::query::PaymentStatus;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// A [`ModelPayment`] whose answer also has the net amount, Param's commission and its rate. Provider's
/// page: `TP_WMD_UCD`, its second version.
///
/// The sellers of a marketplace can get up to the net amount. No other call that starts a payment is
/// described with it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct ModelPaymentV2 {
    /// The payment.
    pub payment: ModelPayment,
}

impl From<ModelPayment> for ModelPaymentV2 {
    fn from(payment: ModelPayment) -> Self {
        Self { payment }
    }
}

impl Operation for ModelPaymentV2 {
    type Service = Settings;
    type Output = Payment<ShowPage>;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_WMD_UCD_v2", "TP_WMD_UCD_v2Result")
        .at_bank()
        .ignoring(IGNORED);
    const CLASS: Class = ModelPayment::CLASS;

    fn class(&self) -> Class {
        self.payment.class()
    }

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.payment.check(context, problems);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_model_payment(&self.payment))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Self::Output> {
        read_with_net(reading)
    }
}

settled_by_key! { ModelPaymentV2: payment.sale.key, payment.sale.total => PaymentStatus::found_charged }
