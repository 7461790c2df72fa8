//! The switches for open points of the provider's documents.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::method::{Changes, Encoding, Method};

/// Choices where the provider's documents contradict themselves or are silent. They have not been tried
/// against the service.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Quirks {
    /// How the fields of `/Index/*` are written. Default: as a form.
    pub index: Encoding,
    /// How the fields of `/RequestV2/*` are written. Default: JSON, since some are lists.
    pub request_v2: Encoding,
    /// How a list is written in a form. Default: `name[0]`.
    pub lists: ListForm,
    /// How a birth date is written. Default: `yyyy-MM-dd`.
    pub birth_date: BirthDateForm,
    /// How quantity and price of an item are written. Default: JSON numbers.
    pub item_numbers: ItemNumbers,
    /// The unit that the price of an item is for. Default: one unit.
    pub item_prices: ItemPrices,
    /// Whether the items must add up to the order's amount. Default: no.
    pub items_add_up: bool,
    /// The status of an order that waits for its activation. Default: `6`, the only one that is
    /// documented.
    pub waiting_status: Cow<'static, str>,
    /// The part of a plan that is compared with the order's amount. Default: the total without its fee.
    pub amount_rule: AmountRule,
    /// The sum of a plan's installments. Default: the total, with or without the down
    /// payment.
    pub sum_rule: SumRule,
    /// The part of an answer of `CheckRefund` that proves a refund. Default: its own number.
    pub refund_proof: RefundProof,
    /// The name of the e-mail field of the limit methods, which the pages do not show. Default
    /// `email`.
    pub email_field: Cow<'static, str>,
    /// Changes to single methods, by name, as `UpdateTransaction`.
    pub methods: BTreeMap<String, Method>,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            index: Encoding::Form,
            request_v2: Encoding::Json,
            lists: ListForm::default(),
            birth_date: BirthDateForm::default(),
            item_numbers: ItemNumbers::default(),
            item_prices: ItemPrices::default(),
            items_add_up: false,
            waiting_status: Cow::Borrowed("6"),
            amount_rule: AmountRule::default(),
            sum_rule: SumRule::default(),
            refund_proof: RefundProof::default(),
            email_field: Cow::Borrowed("email"),
            methods: BTreeMap::new(),
        }
    }
}

impl Quirks {
    /// Sets the unit of an item's price, and whether the items must add up to the amount.
    #[must_use]
    pub fn items(mut self, prices: ItemPrices, add_up: bool) -> Self {
        self.item_prices = prices;
        self.items_add_up = add_up;
        self
    }

    /// Changes one method, by name.
    #[must_use]
    pub fn method(mut self, name: impl Into<String>, method: Method) -> Self {
        self.methods.insert(name.into(), method);
        self
    }

    /// Returns the changes to the method of this name.
    pub(crate) fn changes(&self, name: &str) -> Changes<'_> {
        let method = self.methods.get(name);
        method.map(Method::changes).unwrap_or_default()
    }
}

kervan_core::setters! { Quirks {
    /// Sets how the fields of `/Index/*` are written.
    index: Encoding,
    /// Sets how the fields of `/RequestV2/*` are written.
    request_v2: Encoding,
    /// Sets how a list is written in a form.
    lists: ListForm,
    /// Sets how a birth date is written.
    birth_date: BirthDateForm,
    /// Sets how quantity and price of an item are written.
    item_numbers: ItemNumbers,
    /// Sets the status of an order that waits for its activation.
    waiting_status: into Cow<'static, str>,
    /// Sets the part of a plan that is compared with the order's amount.
    amount_rule: AmountRule,
    /// Sets the sum of a plan's installments.
    sum_rule: SumRule,
    /// Sets the part of an answer of `CheckRefund` that proves a refund.
    refund_proof: RefundProof,
    /// Sets the name of the e-mail field of the limit methods.
    email_field: into Cow<'static, str>,
}}

/// How a list is written in a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum ListForm {
    /// `name[0]=a&name[1]=b`, and `name[0].member=a` for objects.
    #[default]
    #[serde(rename = "indexed")]
    Indexed,
    /// `name=a&name=b`; lists of objects as JSON text.
    #[serde(rename = "repeated")]
    Repeated,
    /// One field with the list as JSON text.
    #[serde(rename = "json")]
    Json,
}

/// How a birth date is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum BirthDateForm {
    /// `1983-08-17`, as the page's format says.
    #[default]
    #[serde(rename = "iso")]
    Iso,
    /// `19830817`, as the page's example shows.
    #[serde(rename = "compact")]
    Compact,
}

/// How quantity and price of an item are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum ItemNumbers {
    /// As JSON numbers.
    #[default]
    #[serde(rename = "numbers")]
    Numbers,
    /// In quotes, as everything in the page's sample.
    #[serde(rename = "texts")]
    Texts,
}

/// The unit that the price of an item is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum ItemPrices {
    /// One unit.
    #[default]
    #[serde(rename = "unit")]
    Unit,
    /// All units of the item. The price of one is sent times the quantity.
    #[serde(rename = "line")]
    Line,
}

/// The part of a plan that is compared with the order's amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum AmountRule {
    /// The total without its fee.
    #[default]
    #[serde(rename = "total_without_fee")]
    TotalWithoutFee,
    /// The total.
    #[serde(rename = "total")]
    Total,
}

/// The sum of a plan's installments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum SumRule {
    /// The total, or the total without the down payment.
    #[default]
    #[serde(rename = "either")]
    Either,
    /// The total: the down payment is one of the installments, or part of them.
    #[serde(rename = "total")]
    Total,
    /// The total without the down payment.
    #[serde(rename = "without_down_payment")]
    WithoutDownPayment,
    /// Anything. Differences stay visible in [`Plan::difference`](crate::Plan::difference).
    #[serde(rename = "unchecked")]
    Unchecked,
}

/// The part of an answer of `CheckRefund` that proves a refund.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum RefundProof {
    /// The refund's own number in `Data`, and nothing that contradicts it.
    #[default]
    #[serde(rename = "number")]
    Number,
    /// Anything in `Data`, beside `Success`. **A refund that was not made may then count as made**:
    /// only where the service is known to answer so.
    #[serde(rename = "any_content")]
    AnyContent,
}
