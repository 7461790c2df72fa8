//! Starts an order in the customer's browser, or from the server. Wire: `Transaction` (form, write).

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Money, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use super::address::DeliveryAddress;
use super::item::{self, Item};
use crate::Client;
use crate::browser::Posted;
use crate::browser::{BrowserForm, Handover, StartError, read_handover};
use crate::check::{self, CUSTOMER_ID, ORDER_NUMBER};
use crate::codes::Page;
use crate::common::Common;
use crate::ids::{CustomerId, OrderNumber};
use crate::rejection::Rejection;
use crate::rules::BIRTH_DATE_MISSING;
use crate::settings::Settings;
use crate::shopper::Shopper;
use crate::token::Token;
use crate::urls::ResultUrls;
use crate::wire::{self, Fields, TokenRule};
use kervan_core::problem::MISSING;
use kervan_core::secret::REDACTED;

/// An order that the customer pays with HASO.
///
/// HASO asks for a unique order number, and documents no answer for a number that is taken: give every
/// try a number of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StartOrder {
    /// The shop's number of the order. Wire: `merchantOid`.
    pub number: OrderNumber,
    /// What the customer pays, without HASO's fee. Wire: `orderAmount`, times 100.
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
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

/// An order with the token of its form, for posting it from the server. The browser's form is
/// [`Client::order_form`].
///
/// A start: the page is for a person, so a form whose answer is lost is never posted again. Start anew
/// under a new order number.
///
/// What came back is handed over as it is.
///
/// No call tells whether an order was started: after an unknown outcome, wait for the callback, and
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

const PAGE: Page = Page {
    name: "Transaction",
    path: "ServletV2/Transaction",
    token: TokenRule::Never,
    signed: &[],
    says_success: false,
    is_write: true,
};

impl StartOrder {
    /// An order without goods.
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
            common: Common::new(),
        }
    }

    /// Sets HASO's number of the customer.
    #[must_use]
    pub fn customer(mut self, customer: impl Into<CustomerId>) -> Self {
        self.customer = Some(customer.into());
        self
    }

    /// Sets the delivery address.
    #[must_use]
    pub fn address(mut self, address: DeliveryAddress) -> Self {
        self.address = Some(address);
        self
    }

    /// Adds a product.
    #[must_use]
    pub fn item(mut self, item: Item) -> Self {
        self.items.push(item);
        self
    }

    /// Sets the customer's IP address and further fields.
    #[must_use]
    pub fn common(mut self, common: Common) -> Self {
        self.common = common;
        self
    }
}

impl OrderForm {
    /// An order with its token.
    pub fn new(order: StartOrder, token: impl Into<Token>) -> Self {
        let token = token.into();
        Self { order, token }
    }

    fn fields<'a>(&'a self, settings: &'a Settings) -> Result<Fields<'a>, EncodeError> {
        let StartOrder { urls, shopper, .. } = &self.order;
        let personal = |value: &'a Option<kervan_core::Personal>| {
            value.as_ref().map(kervan_core::Personal::as_str)
        };
        let address = self
            .order
            .address
            .as_ref()
            .map(DeliveryAddress::wire)
            .transpose()?;
        let token = if settings.is_dry_run {
            REDACTED
        } else {
            self.token.expose()
        };
        Ok(Fields::new()
            .text("token", token)
            .text("orderAmount", self.order.amount.kurus().to_string())
            .text("merchantId", &settings.merchant)
            .text("okUrl", &urls.ok)
            .text("failUrl", &urls.fail)
            .text("callbackUrl", &urls.callback)
            .maybe("IpAddress", self.order.common.address())
            .text("merchantOid", self.order.number.as_str())
            .maybe(
                "customerId",
                self.order.customer.as_ref().map(CustomerId::as_str),
            )
            .maybe("mobileNumber", personal(&shopper.mobile))
            .maybe(
                "birthDate",
                shopper.birth_date.and_then(|day| day.wire(settings)),
            )
            .maybe("email", personal(&shopper.email))
            .maybe("name", personal(&shopper.name))
            .maybe("surname", personal(&shopper.surname))
            .maybe("tckn", personal(&shopper.identity_number))
            .maybe("UserAddress", address)
            .text("OrderItems", item::wire(&self.order.items, settings)?))
    }
}

impl Posted for OrderForm {
    fn pairs(&self, settings: &Settings) -> Result<Vec<(String, String)>, EncodeError> {
        let fields = wire::finished(settings, &PAGE, &self.order.common, self.fields(settings)?)?;
        fields.pairs(settings.quirks.lists)
    }
}

impl Client {
    /// Checks an order, gets a token for it, and gives the form that the customer's browser posts.
    /// One token and one form for each order number.
    ///
    /// # Errors
    ///
    /// [`StartError`]: the order breaks a rule, or there is no token. Nothing was ordered.
    pub async fn order_form(&self, order: &StartOrder) -> Result<BrowserForm, StartError> {
        BrowserForm::make(self, |token| OrderForm::new(order.clone(), token)).await
    }
}

impl Operation for OrderForm {
    type Service = Settings;
    type Output = Handover;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Start
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        let order = &self.order;
        check::required(
            &mut problems,
            "token",
            self.token.expose(),
            check::NO_LENGTH,
        );
        check::required(&mut problems, "number", order.number.as_str(), ORDER_NUMBER);
        check::positive(&mut problems, "amount", order.amount);
        order.urls.check(&mut problems);
        order.shopper.check(&mut problems, true);
        if order.shopper.birth_date.is_none() {
            problems.push(BIRTH_DATE_MISSING.at("shopper.birth_date"));
        }
        match &order.customer {
            Some(customer) => {
                check::required(&mut problems, "customer", customer.as_str(), CUSTOMER_ID);
            }
            None if order.shopper.identity_number.is_none() => {
                problems.push(MISSING.at("shopper.identity_number"));
            }
            None => {}
        }
        if let Some(address) = &order.address {
            address.check(&mut problems);
        }
        item::check(&order.items, order.amount, true, settings, &mut problems);
        order.common.check(&mut problems);
        if let Ok(fields) = self.fields(settings) {
            wire::check(settings, &PAGE, &self.order.common, &fields, &mut problems);
        }
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::request(settings, &PAGE, &self.order.common, self.fields(settings)?)
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<Handover, ReadError<Rejection>> {
        read_handover(&PAGE, settings, reply)
    }
}
