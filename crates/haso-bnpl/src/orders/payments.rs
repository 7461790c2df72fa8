//! Reads the present plan of an approved order. Wire: `GetPaymentsOfTransaction` (form, read).

use kervan_core::{
    Class, Context, Drift, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::answer;
use crate::check;
use crate::codes::Page;
use crate::common::Common;
use crate::ids::{self, OrderNumber, TransactionCode};
use crate::plan::{self, Plan, WirePlan};
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};

/// Asks for the plan as it stands: refunds, cancellations and payments change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetPlan {
    /// HASO's number of the order. Wire: `transactionCode`.
    pub transaction: TransactionCode,
    /// The shop's number of the order. Wire: `merchantOid`.
    pub order: OrderNumber,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

const PAGE: Page = Page {
    name: "GetPaymentsOfTransaction",
    path: "Index/GetPaymentsOfTransaction",
    token: TokenRule::Always,
    signed: &["merchantId", "merchantOid", "transactionCode", "ipAddress"],
    says_success: false,
    is_write: false,
};

impl GetPlan {
    /// A request from its required values.
    pub fn new(transaction: TransactionCode, order: OrderNumber) -> Self {
        Self {
            transaction,
            order,
            common: Common::new(),
        }
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
            .text("transactionCode", self.transaction.as_str())
            .text("merchantOid", self.order.as_str())
    }
}

impl Operation for GetPlan {
    type Service = Settings;
    type Output = OrderPlan;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        check::required(
            &mut problems,
            "transaction",
            self.transaction.as_str(),
            check::NO_LENGTH,
        );
        check::required(
            &mut problems,
            "order",
            self.order.as_str(),
            check::ORDER_NUMBER,
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

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::request(settings, &PAGE, &self.common, self.fields(settings))
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<OrderPlan, ReadError<Rejection>> {
        let mut envelope = answer::envelope(&PAGE, settings, reply)?;
        answer::same_order(&envelope, &self.order, &self.transaction)?;
        // Where the plan stands is not documented: in `Data`, or in a member of it.
        plan::settle_form(&mut envelope.data)?;
        let status = plan::take_status(&mut envelope.data)?;
        let statuses = plan::take_installment_statuses(&mut envelope.data)?;
        let is_waiting = status.as_deref() == Some(&*settings.quirks.waiting_status);
        let (data, mut drift) = envelope.read::<WireData>()?;
        drift.scrub(|text| settings.scrub(text));
        Ok(OrderPlan {
            plan: data.plan.with_statuses(statuses),
            is_waiting,
            drift,
        })
    }
}

/// The plan as HASO's service has it: asked for by a signed call, so it can be trusted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OrderPlan {
    /// The plan.
    pub plan: Plan,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_waiting: bool,
    /// How the answer differed from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

impl OrderPlan {
    /// A plan of an order that is active.
    #[cfg(feature = "testing")]
    pub(crate) fn of(plan: Plan) -> Self {
        Self {
            plan,
            is_waiting: false,
            drift: Drift::default(),
        }
    }

    /// Whether it is the plan of the order with these numbers.
    pub(crate) fn is_of(&self, order: &OrderNumber, transaction: &TransactionCode) -> bool {
        ids::is_same(self.plan.order.as_str(), order.as_str())
            && ids::is_same(self.plan.transaction.as_str(), transaction.as_str())
    }

    /// Whether the answer has the status of an order that still waits for its activation. Wire:
    /// `TransactionStatus`; no page names it there.
    pub fn is_waiting(&self) -> bool {
        self.is_waiting
    }
}

#[derive(Deserialize)]
struct WireData {
    #[serde(rename = "TransactionPayments")]
    plan: WirePlan,
}
