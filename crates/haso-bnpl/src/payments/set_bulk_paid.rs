//! Reports installments of one order that were paid outside HASO. Wire: `SetBulkPaidPayment` (JSON, write).

use chrono::NaiveDate;
use kervan_core::time::DateForm;
use kervan_core::{
    Context, Effect, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::answer::Done;
use crate::check;
use crate::codes::{self, Page};
use crate::common::Common;
use crate::ids::{OrderNumber, PaymentCode};
use crate::rejection::Rejection;
use crate::rules::EMPTY_LIST;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule, texts};
use crate::{Client, Error, answer};

/// Tells HASO that installments of an order were paid to the shop. The codes are not part of the
/// signature. After an unknown outcome read the plan with [`GetPlan`](crate::GetPlan) first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetBulkPaid {
    /// HASO's codes of the installments. Wire: `paymentCodes`.
    pub payments: Vec<PaymentCode>,
    /// The shop's number of the order. Wire: `merchantOid`.
    pub order: OrderNumber,
    /// The day of the payment. Wire: `paymentDate`, `yyyy-MM-dd`.
    pub day: NaiveDate,
    /// The shop's reference of the payment. Wire: `paymentReferenceCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

const PAGE: Page = Page {
    name: "SetBulkPaidPayment",
    path: "RequestV2/SetBulkPaidPayment",
    token: TokenRule::Always,
    signed: &[
        "merchantId",
        "merchantOid",
        "paymentReferenceCode",
        "paymentDate",
        "ipAddress",
    ],
    says_success: true,
};

impl SetBulkPaid {
    /// A request from its required values.
    pub fn new(payments: Vec<PaymentCode>, order: impl Into<OrderNumber>, day: NaiveDate) -> Self {
        Self {
            payments,
            order: order.into(),
            day,
            reference: None,
            common: Common::new(),
        }
    }

    /// Sets the shop's reference of the payment.
    #[must_use]
    pub fn reference(mut self, value: impl Into<String>) -> Self {
        self.reference = Some(value.into());
        self
    }

    /// Sets the customer's address and further fields.
    #[must_use]
    pub fn common(mut self, common: Common) -> Self {
        self.common = common;
        self
    }

    fn fields<'a>(&'a self, settings: &'a Settings) -> Fields<'a> {
        Fields::new()
            .text("merchantId", &settings.merchant)
            .maybe("ipAddress", self.common.address())
            .with(
                "paymentCodes",
                texts(self.payments.iter().map(PaymentCode::as_str)),
            )
            .text("merchantOid", self.order.as_str())
            .maybe("paymentDate", DateForm::Iso.write(self.day))
            .maybe("paymentReferenceCode", self.reference.as_deref())
    }
}

impl Client {
    /// Reports installments that were paid outside HASO. Sent at most once; after an unknown outcome
    /// read the plan with [`Client::get_plan`] first.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn set_bulk_paid(&self, request: &SetBulkPaid) -> Result<Done, Error> {
        self.call(request).await
    }
}

impl Operation for SetBulkPaid {
    type Settings = Settings;
    type Output = Done;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.name;
    const EFFECT: Effect = Effect::Write;

    fn result_codes() -> Vec<&'static str> {
        codes::of(PAGE.name)
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        if self.payments.is_empty() {
            problems.push(EMPTY_LIST.at("payments"));
        }
        for (index, code) in self.payments.iter().enumerate() {
            check::required(
                &mut problems,
                format!("payments[{index}]"),
                code.as_str(),
                check::NO_LENGTH,
            );
        }
        check::required(
            &mut problems,
            "order",
            self.order.as_str(),
            check::ORDER_NUMBER,
        );
        check::day(&mut problems, "day", self.day);
        check::optional(
            &mut problems,
            "reference",
            self.reference.as_deref(),
            check::NO_LENGTH,
        );
        self.common.check(&mut problems);
        wire::check(
            settings,
            &PAGE,
            &self.common,
            &self.fields(settings),
            &mut problems,
        );
        problems
    }

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::request(settings, &PAGE, &self.common, self.fields(settings))
    }

    fn decode(&self, settings: &Settings, reply: &Reply) -> Result<Done, ReadError<Rejection>> {
        answer::done(&PAGE, settings, reply)
    }
}
