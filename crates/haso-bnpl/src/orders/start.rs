//! Starts an order in the customer's browser, or from the server. Wire: `Transaction` (form, write).

use kervan_core::problem::MISSING;
use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::address::DeliveryAddress;
use super::item::{self, Item};
use crate::browser::form::{BrowserForm, StartError};
use crate::browser::handover::Handover;
use crate::check::{CUSTOMER_ID, Checks as _, NO_LENGTH, ORDER_NUMBER};
use crate::client::Client;
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::{CustomerId, OrderNumber};
use crate::rules::BIRTH_DATE_MISSING;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::shopper::Shopper;
use crate::token::value::Token;
use crate::urls::ResultUrls;

/// An order that the customer pays with HASO.
///
/// HASO asks for a unique order number, and does not document its answer to a taken number. Give every try a
/// number of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StartOrder {
    /// The shop's number of the order. Wire: `merchantOid`.
    pub number: OrderNumber,
    /// The price for the customer, without HASO's fee. Wire: `orderAmount`, times 100.
    pub amount: Money,
    /// Where the results go.
    pub urls: ResultUrls,
    /// The customer.
    pub shopper: Shopper,
    /// HASO's number of the customer, from an earlier order: the identity number is then not
    /// needed, and a customer with a limit goes straight to the installments. Wire: `customerId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Where the order goes. Wire: `UserAddress`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<DeliveryAddress>,
    /// The goods. Wire: `OrderItems`.
    pub items: Vec<Item>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

/// An order with the token of its form, for posting it from the server. The browser's form is
/// [`Client::order_form`].
///
/// A start: the page is for a person, so the client never posts a form again after a lost answer.
/// Start anew under a new order number.
///
/// The answer is handed over as it is.
///
/// No call reports whether an order was started: after an unknown outcome, wait for the callback, and
/// start again with a new order number only.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OrderForm {
    /// The order.
    pub order: StartOrder,
    /// The form's token. Wire: `token`.
    pub token: Token,
}

impl StartOrder {
    /// Creates an order without goods.
    pub fn new(
        number: impl Into<OrderNumber>,
        amount: Money,
        urls: ResultUrls,
        shopper: Shopper,
    ) -> Self {
        Self {
            number: number.into(),
            amount,
            urls,
            shopper,
            customer: None,
            address: None,
            items: Vec::new(),
            common: CommonFields::new(),
        }
    }

    /// Adds a product.
    #[must_use]
    pub fn item(mut self, item: Item) -> Self {
        self.items.push(item);
        self
    }
}

kervan_core::setters! { StartOrder {
    /// Sets HASO's number of the customer.
    customer: into Option<CustomerId>,
    /// Sets the delivery address.
    address: Option<DeliveryAddress>,
    /// Sets the customer's IP address and further fields.
    common: CommonFields,
}}

impl OrderForm {
    /// Creates a form from an order and its token.
    pub fn new(order: StartOrder, token: impl Into<Token>) -> Self {
        let token = token.into();
        Self { order, token }
    }
}

impl Client {
    /// Checks an order, gets a token for it, and returns the form that the customer's browser posts. One
    /// token and one form for each order number.
    ///
    /// # Errors
    ///
    /// [`StartError`]: the order breaks a rule, or a token is absent. Nothing was ordered.
    pub async fn order_form(&self, order: &StartOrder) -> Result<BrowserForm, StartError> {
        BrowserForm::make(self, |token| OrderForm::new(order.clone(), token)).await
    }
}

impl Operation for OrderForm {
    type Service = Settings;
    type Output = Handover;
    const ENDPOINT: Endpoint = Endpoint::write(Area::ServletV2, "Transaction");
    const CLASS: Class = Class::Start;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        let settings = context.settings();
        let order = &self.order;
        problems.exact("token", self.token.expose(), NO_LENGTH);
        problems.required("number", &order.number, ORDER_NUMBER);
        problems.positive("amount", order.amount);
        order.urls.check(problems);
        order.shopper.check(context, problems, true);
        if order.shopper.known_birth_date().is_none() {
            problems.push(BIRTH_DATE_MISSING.at("shopper.birth_date"));
        }
        match &order.customer {
            Some(customer) => {
                problems.required("customer", customer, CUSTOMER_ID);
            }
            None if order.shopper.identity_number.is_none() => {
                problems.push(MISSING.at("shopper.identity_number"));
            }
            None => {}
        }
        if let Some(address) = &order.address {
            address.check(problems);
        }
        item::check(&order.items, order.amount, true, settings, problems);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        let settings = context.settings();
        let order = &self.order;
        let customer = order.customer.as_ref().map(CustomerId::as_str);
        let address = order.address.as_ref().map(DeliveryAddress::wire);
        Ok(Body::new(&order.common)
            .token("token", settings, &self.token)
            .amount("orderAmount", order.amount)
            .text("merchantId", &settings.merchant)
            .result_urls(&order.urls)
            .address("IpAddress", &order.common)
            .text("merchantOid", order.number.as_str())
            .maybe("customerId", customer)
            .shopper(&order.shopper, context)
            .exact("UserAddress", address.transpose()?)
            .exact("OrderItems", Some(item::wire(&order.items, settings)?)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Handover> {
        reading.handover()
    }
}
