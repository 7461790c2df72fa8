//! Creates an order of the merchant's own account (experimental). Wire: `createShipping` (JSON, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems, ReadError};
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::order::{
    self, Contents, Measure, OrderDays, OrderLine, Party, RequestNumber, Side, SupplierCode,
    WireOrder,
};
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::{ProductCodeCase, Settings};

/// A shipping order of the merchant's own account: from its warehouse, or from a seller of its
/// marketplace, to a consumer. Provider's page: createShipping, public in part.
///
/// **Experimental.** That the body is the one of [`CreateSupplierPaysOrder`](crate::CreateSupplierPaysOrder)
/// is an inference. The list of shipping types is not public: Horoz names them with the contract.
///
/// Sent at most once. **Experimental.**
///
/// **No call settles it.** The overview says that a request number is unique, but the answer to a repeat is
/// not public. After an unknown [`outcome`](kervan_core::Error::outcome), ask Horoz about the number.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) when Horoz refuses; its codes are not public, so the outcome is unknown
/// unless [`Quirks::codes`](crate::Quirks::codes) gives the code a kind that means "not done".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateShippingOrder {
    /// The shop's own key of this order, at most 50 characters. Wire: `requestNumber`.
    pub number: RequestNumber,
    /// A second order number, at most 50 characters. Without it the request number is repeated.
    /// Wire: `customerRefNo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The shipping type, at most 20 characters, as Horoz names it with the contract. Sent as
    /// given. Wire: `shippingType`.
    pub shipping_type: String,
    /// The sender's account code at Horoz. Wire: `senderCode`.
    pub sender_code: SupplierCode,
    /// The sender's details, where the shop wants to send them. Wire: `sender…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Party>,
    /// The recipient's account code at Horoz, zero for a consumer. Wire: `recipientCode`.
    #[serde(default)]
    pub recipient_code: u64,
    /// The recipient. Wire: `recipient…`.
    pub recipient: Party,
    /// Tax office, at most 20 characters. Wire: `taxOffice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_office: Option<Personal>,
    /// Tax number of a company or identity number of a person, as people type it. It is sent as its digits; any
    /// other text in capitals, at most 20 characters. Wire: `taxNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<Personal>,
    /// The day of the request and the wanted day of delivery.
    pub days: OrderDays,
    /// The goods, one line per product. Wire: `shippingDetail`.
    pub lines: Vec<OrderLine>,
    /// The pieces that the shop counted by itself; must equal the lines' sum. Wire: `shipmentCount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_count: Option<u64>,
    /// The desi that the shop added up by itself; must equal the lines' sum. Wire: `totalDesi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_desi: Option<Measure>,
}

impl CreateShippingOrder {
    /// Creates an order to a consumer.
    pub fn new(
        number: RequestNumber,
        shipping_type: impl Into<String>,
        sender_code: SupplierCode,
        recipient: Party,
        days: OrderDays,
    ) -> Self {
        Self {
            number,
            reference: None,
            shipping_type: shipping_type.into(),
            sender_code,
            sender: None,
            recipient_code: 0,
            recipient,
            tax_office: None,
            tax_number: None,
            days,
            lines: Vec::new(),
            declared_count: None,
            declared_desi: None,
        }
    }

    /// Adds a line.
    #[must_use]
    pub fn line(mut self, line: OrderLine) -> Self {
        self.lines.push(line);
        self
    }

    /// Merges lines of the same product, as
    /// [`CreateSupplierPaysOrder`](crate::CreateSupplierPaysOrder::merge_equal_products) does.
    #[must_use]
    pub fn merge_equal_products(mut self, codes: ProductCodeCase) -> Self {
        self.lines = order::merge_equal(&self.lines, codes);
        self
    }

    fn contents(&self) -> Contents<'_> {
        Contents {
            number: &self.number,
            reference: self.reference.as_deref().unwrap_or(self.number.as_str()),
            shipping_type: &self.shipping_type,
            shipping_type_path: "shipping_type",
            sender: Side {
                code: self.sender_code.get(),
                party: self.sender.as_ref(),
                is_required: false,
            },
            recipient: Side {
                code: self.recipient_code,
                party: Some(&self.recipient),
                is_required: true,
            },
            tax_office: self.tax_office.as_ref(),
            tax_number: self.tax_number.as_ref(),
            days: self.days,
            lines: &self.lines,
            declared_count: self.declared_count,
            declared_desi: self.declared_desi,
        }
    }
}

kervan_core::setters! { CreateShippingOrder {
    /// Sets a second order number.
    reference: into Option<String>,
    /// Sets the sender's details.
    sender: Option<Party>,
    /// Sets the recipient's account code.
    recipient_code: u64,
    /// Sets the tax office.
    tax_office: into Option<Personal>,
    /// Sets the tax number.
    tax_number: into Option<Personal>,
}}

/// The order was created. Horoz does not give it a number of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreatedShippingOrder {}

impl Operation for CreateShippingOrder {
    type Service = Settings;
    type Output = CreatedShippingOrder;
    const ENDPOINT: Endpoint =
        Endpoint::new("createShipping", |paths| &paths.create_shipping).inside("response");
    /// Blind: the overview says that a request number is unique, but the codes of this method are not
    /// public, so the answer to a repeat is unknown.
    const CLASS: Class = Class::Blind;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.contents().check(context.settings(), problems);
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        let settings = context.settings();
        let order = WireOrder::new(&self.contents(), &settings.quirks, &settings.places)?;
        Body::json(&order)
    }

    fn read(
        &self,
        reading: Reading<'_>,
    ) -> Result<Answer<CreatedShippingOrder>, ReadError<Rejection>> {
        reading.answer_about(&self.number)
    }
}
