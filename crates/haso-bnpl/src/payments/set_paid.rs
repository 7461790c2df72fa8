//! Reports an installment that was paid outside HASO. Wire: `SetPaidPayment` (JSON, write).

use chrono::NaiveDate;
use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, joined};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use crate::answer::Accepted;
use crate::check::{Checks as _, NO_LENGTH, ORDER_NUMBER};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::{OrderNumber, PaymentCode, TransactionCode};
use crate::orders::get_plan::{GetPlan, OrderPlan};
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Reports to HASO that an installment was paid to the shop.
///
/// A state, where [`transaction`](Self::transaction) is set: the installment's status in the plan
/// settles it ([`GetPlan`]). Without that number it is blind, because the plan is asked for by it.
/// No key makes a repeat harmless.
///
/// Sent at most once; after an unknown outcome read the plan with [`GetPlan`](crate::GetPlan)
/// first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetPaid {
    /// HASO's code of the installment. Wire: `paymentCode`.
    pub payment: PaymentCode,
    /// The shop's number of the order. Wire: `merchantOid`.
    pub order: OrderNumber,
    /// The day of the payment. Wire: `paymentDate`, `yyyy-MM-dd`.
    pub day: NaiveDate,
    /// The shop's reference of the payment. Wire: `paymentReferenceCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// HASO's number of the order, by which the read-back finds the plan. It is not sent. Without it
    /// the write is blind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction: Option<TransactionCode>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl SetPaid {
    /// Creates a request from its required values.
    pub fn new(payment: PaymentCode, order: OrderNumber, day: NaiveDate) -> Self {
        Self {
            payment,
            order,
            day,
            reference: None,
            transaction: None,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { SetPaid {
    /// Sets the shop's reference of the payment.
    reference: into Option<String>,
    /// Sets HASO's number of the order, which makes the write one that can be settled.
    transaction: into Option<TransactionCode>,
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for SetPaid {
    type Service = Settings;
    type Output = Accepted;
    const ENDPOINT: Endpoint = Endpoint::write(Area::RequestV2, "SetPaidPayment")
        .signed(&[
            "merchantId",
            "merchantOid",
            "paymentCode",
            "paymentReferenceCode",
            "paymentDate",
            "ipAddress",
        ])
        .saying_success();
    const CLASS: Class = Class::Blind;

    fn class(&self) -> Class {
        if self.transaction.is_some() {
            Class::State
        } else {
            Class::Blind
        }
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("payment", &self.payment, NO_LENGTH);
        problems.required("order", &self.order, ORDER_NUMBER);
        problems.day("day", self.day);
        problems.optional("reference", self.reference.as_ref(), NO_LENGTH);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("paymentCode", self.payment.as_str())
            .text("merchantOid", self.order.as_str())
            .day("paymentDate", self.day)
            .maybe("paymentReferenceCode", self.reference.as_deref()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Accepted> {
        Ok(reading
            .undocumented(&[("MerchantOid", self.order.as_str())])?
            .map(Accepted::new))
    }
}

impl Settle for SetPaid {
    type ReadBack = GetPlan;

    /// Returns the shop's number of the order and the codes of the installments.
    fn key(&self) -> String {
        joined(&[self.order.as_str(), self.payment.as_str()])
    }

    fn read_back(&self) -> Option<GetPlan> {
        let question = GetPlan::new(self.transaction.clone()?, self.order.clone());
        Some(question.common(self.common.clone()))
    }

    /// Judges a plan. Paid is the wanted state, whoever reported it; unpaid and overdue are the old one. A
    /// plan without statuses, and any other status, decide nothing.
    fn found(
        &self,
        now: Answer<OrderPlan>,
        _baseline: Option<&Baseline>,
    ) -> Found<Accepted, Rejection> {
        now.found_paid(&self.order, self.transaction.as_ref(), [&self.payment])
    }
}
