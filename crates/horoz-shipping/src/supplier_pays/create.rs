//! Creates an order billed to the supplier's contract. Wire: `createPaysSupplierShipping` (JSON, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError, Rule};
use kervan_settling::{Baseline, Found, Many, Refusal, RefusalOf, Settle};
use serde::{Deserialize, Serialize};

use super::request::CreateSupplierPaysOrder;
use crate::codes::{CREATE_SUPPLIER_PAYS, RejectionKind};
use crate::endpoint::Endpoint;
use crate::order::WireOrder;
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// The order was created. Horoz does not give it a number of its own, so later calls name it by its request
/// number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreatedSupplierPaysOrder {}

impl Operation for CreateSupplierPaysOrder {
    type Service = Settings;
    type Output = CreatedSupplierPaysOrder;
    const ENDPOINT: Endpoint = Endpoint::new("createPaysSupplierShipping", |paths| {
        &paths.create_supplier_pays
    })
    .inside("response")
    .codes(CREATE_SUPPLIER_PAYS);
    /// Keyed: Horoz takes each request number once (`ERR-20003`).
    const CLASS: Class = Class::Keyed;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        let settings = context.settings();
        self.contents(&settings.quirks).check(settings, problems);
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        let settings = context.settings();
        let contents = self.contents(&settings.quirks);
        Body::json(&WireOrder::new(
            &contents,
            &settings.quirks,
            &settings.places,
        )?)
    }

    fn read(
        &self,
        reading: Reading<'_>,
    ) -> Result<Answer<CreatedSupplierPaysOrder>, ReadError<Rejection>> {
        reading.answer_about(&self.number)
    }
}

impl Settle for CreateSupplierPaysOrder {
    /// Never asked, because Horoz lacks a call that shows an order.
    type ReadBack = Self;

    fn key(&self) -> String {
        self.number.as_str().to_owned()
    }

    /// Leaves out the days: a run that is continued on the next day sends the same order with another day of
    /// request.
    fn lasting_contents(&self) -> Option<Vec<u8>> {
        Some(self.sent_apart_from_days())
    }

    /// Returns `None`, because only sending the order again, as [`resume`](kervan_settling::Settler::resume)
    /// does, settles it.
    fn read_back(&self) -> Option<Self> {
        None
    }

    fn found(
        &self,
        _now: Answer<CreatedSupplierPaysOrder>,
        _baseline: Option<&Baseline>,
    ) -> Found<CreatedSupplierPaysOrder, Rejection> {
        Found::Unclear
    }
}

impl Many for CreateSupplierPaysOrder {
    const KIND: &'static str = "create_order";
    const KEY_PATH: &'static str = "number";
    const KEY_TWICE: &'static Rule = &rules::NUMBER_TWICE;
    const KEY_OF_ANOTHER: &'static Rule = &rules::NUMBER_OF_ANOTHER_ORDER;

    fn refusal(settings: &Settings, code: &str) -> Refusal {
        let kind = RejectionKind::of(Self::ENDPOINT, settings, code);
        Refusal {
            about: match kind {
                RejectionKind::WrongKey => RefusalOf::Login,
                RejectionKind::NumberTaken => RefusalOf::Key,
                RejectionKind::Unlisted => RefusalOf::Unlisted,
                _ => RefusalOf::Contents,
            },
            meaning: (kind != RejectionKind::Unlisted).then(|| kind.meaning()),
        }
    }
}
