//! Starts an order in a store, by the customer's QR code or number. Wire: `TransactionMobile` (form, write).

use kervan_core::{Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_turkiye::Money;
use kervan_turkiye::text::is_blank;
use serde::{Deserialize, Serialize};

use super::item::{self, Item};
use crate::browser::form::{BrowserForm, StartError};
use crate::browser::handover::Handover;
use crate::check::{CUSTOMER_ID, Checks as _, NO_LENGTH, ORDER_NUMBER};
use crate::client::Client;
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::{CustomerId, OrderNumber};
use crate::rules::CUSTOMER_MISSING;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::token::value::Token;
use crate::urls::ResultUrls;

/// An order in a store. The page was read in part: further fields go into
/// [`CommonFields::extra`](crate::CommonFields::extra).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct InStoreOrder {
    /// The shop's number of the order. Wire: `merchantOid`.
    pub number: OrderNumber,
    /// The price for the customer, without HASO's fee. Wire: `orderAmount`, times 100.
    pub amount: Money,
    /// Where the results go.
    pub urls: ResultUrls,
    /// The contents of the QR code in HASO's app, valid for ten minutes. The customer in it wins over
    /// `customer`. Wire: `qrhash`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<Personal>,
    /// HASO's number of the customer; needed without a QR code. Wire: `customerId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// The store, at most 20 characters. Wire: `branchId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// The goods. Wire: `OrderItems`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

/// An order with the token of its form.
///
/// A start: the page is for a person, so the client never posts a form again after a lost answer.
/// Start anew under a new order number.
///
/// The answer is handed over as it is; no call reports whether an order was started.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct InStoreOrderForm {
    /// The order.
    pub order: InStoreOrder,
    /// The form's token. Wire: `Token`.
    pub token: Token,
}

impl InStoreOrder {
    fn empty(number: OrderNumber, amount: Money, urls: ResultUrls) -> Self {
        Self {
            number,
            amount,
            urls,
            qr: None,
            customer: None,
            branch: None,
            items: Vec::new(),
            common: CommonFields::new(),
        }
    }

    /// Creates an order by the customer's QR code.
    pub fn by_qr(
        number: OrderNumber,
        amount: Money,
        urls: ResultUrls,
        qr: impl Into<Personal>,
    ) -> Self {
        Self {
            qr: Some(qr.into()),
            ..Self::empty(number, amount, urls)
        }
    }

    /// Creates an order by the customer's number.
    pub fn by_customer(
        number: OrderNumber,
        amount: Money,
        urls: ResultUrls,
        customer: impl Into<CustomerId>,
    ) -> Self {
        Self {
            customer: Some(customer.into()),
            ..Self::empty(number, amount, urls)
        }
    }

    /// Adds a product.
    #[must_use]
    pub fn item(mut self, item: Item) -> Self {
        self.items.push(item);
        self
    }
}

kervan_core::setters! { InStoreOrder {
    /// Sets the store.
    branch: into Option<String>,
    /// Sets the customer's IP address and further fields.
    common: CommonFields,
}}

impl InStoreOrderForm {
    /// Creates an order with its token.
    pub fn new(order: InStoreOrder, token: impl Into<Token>) -> Self {
        let token = token.into();
        Self { order, token }
    }
}

impl Client {
    /// Checks an order in a store, gets a token for it, and returns the form for the browser.
    ///
    /// # Errors
    ///
    /// [`StartError`]: the order breaks a rule, or a token is absent. Nothing was ordered.
    pub async fn in_store_form(&self, order: &InStoreOrder) -> Result<BrowserForm, StartError> {
        BrowserForm::make(self, |token| InStoreOrderForm::new(order.clone(), token)).await
    }
}

impl Operation for InStoreOrderForm {
    type Service = Settings;
    type Output = Handover;
    const ENDPOINT: Endpoint = Endpoint::write(Area::ServletV2, "TransactionMobile");
    const CLASS: Class = Class::Start;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        let settings = context.settings();
        let order = &self.order;
        problems.exact("token", self.token.expose(), NO_LENGTH);
        problems.required("number", &order.number, ORDER_NUMBER);
        problems.positive("amount", order.amount);
        order.urls.check(problems);
        problems.optional("qr", order.qr.as_ref(), NO_LENGTH);
        match &order.customer {
            Some(customer) => {
                problems.required("customer", customer, CUSTOMER_ID);
            }
            None if order.qr.as_ref().is_none_or(|qr| is_blank(qr.as_str())) => {
                problems.push(CUSTOMER_MISSING.at("customer"));
            }
            None => {}
        }
        problems.optional("branch", order.branch.as_ref(), 20);
        item::check(&order.items, order.amount, false, settings, problems);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        let settings = context.settings();
        let order = &self.order;
        let customer = order.customer.as_ref().map(CustomerId::as_str);
        let items = (!order.items.is_empty()).then(|| item::wire(&order.items, settings));
        Ok(Body::new(&order.common)
            .token("Token", settings, &self.token)
            .text("merchantId", &settings.merchant)
            .result_urls(&order.urls)
            .address("ipAddress", &order.common)
            .text("merchantOid", order.number.as_str())
            .maybe("qrhash", order.qr.as_ref().map(Personal::as_str))
            .maybe("branchId", order.branch.as_deref())
            .maybe("customerId", customer)
            .amount("orderAmount", order.amount)
            .exact("OrderItems", items.transpose()?))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Handover> {
        reading.handover()
    }
}
