//! The order as a shop gives it.

use std::sync::LazyLock;

use chrono::NaiveDate;
use kervan_core::Personal;
use kervan_wire::json;
use serde::{Deserialize, Serialize};

use crate::order::{
    self, Contents, Measure, OrderDays, OrderLine, Party, RequestNumber, Side, SupplierCode,
    WireOrder,
};
use crate::place_book::PlaceBook;
use crate::settings::{ProductCodeCase, Quirks};

/// A shipping order billed to the supplier's contract with Horoz. Provider's page:
/// createPaysSupplierShipping.
///
/// Texts go out in Turkish upper case, as the provider asks; the request number, the reference and
/// e-mail addresses stay as they are.
///
/// After an unknown [`outcome`](kervan_core::Error::outcome), do not give the order a new number.
/// Use [`send_or_settle`](kervan_settling::Settler::send_or_settle), or
/// [`prepare`](kervan_settling::Settler::prepare), [`send`](kervan_settling::Settler::send) and
/// [`resume`](kervan_settling::Settler::resume) where the order has to survive a crash: they send it
/// again under the same number, because Horoz takes each request number once.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) with [`RejectionKind::NumberTaken`](crate::RejectionKind::NumberTaken) when the request number
/// is taken, and [`RejectionKind::BrokenPlaces`](crate::RejectionKind::BrokenPlaces) when an earlier record of it has
/// a bad place. This call does not know whether the order was sent before, so a taken number leaves
/// the outcome unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateSupplierPaysOrder {
    /// The shop's own key of this order, at most 50 characters, unique for all time. Every later call names
    /// the order by it, and it makes a repeat harmless. Wire: `requestNumber`.
    pub number: RequestNumber,
    /// A second order number, at most 50 characters. Without it the request number is repeated, as in the
    /// provider's sample. Wire: `customerRefNo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// To a consumer, or back to the supplier.
    pub direction: Direction,
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
    /// The pieces that the shop counted by itself; must equal the lines' sum. The sum is sent. Wire:
    /// `shipmentCount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_count: Option<u64>,
    /// The desi that the shop added up by itself; must equal the lines' sum. The sum is sent. Wire:
    /// `totalDesi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_desi: Option<Measure>,
}

/// The direction of the goods. The side with the supplier code does not need details, because Horoz knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the provider documents exactly two ways"
)]
pub enum Direction {
    /// From the supplier's warehouse to a consumer. Wire: `shippingType` `PaysSupplier`,
    /// `senderCode` the supplier's, `recipientCode` 0.
    #[serde(rename = "delivery")]
    Delivery {
        /// The supplier's account code at Horoz.
        supplier: SupplierCode,
        /// The consumer.
        recipient: Party,
        /// The supplier's own details, where the shop wants to send them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sender: Option<Party>,
    },
    /// From a consumer back to the supplier. Wire: `shippingType` `PaysSupplierReturn`,
    /// `senderCode` 0, `recipientCode` the supplier's.
    #[serde(rename = "return")]
    Return {
        /// The supplier's account code at Horoz.
        supplier: SupplierCode,
        /// The consumer.
        sender: Party,
        /// The supplier's own details, where the shop wants to send them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recipient: Option<Party>,
    },
}

impl CreateSupplierPaysOrder {
    /// Creates an order from the supplier to a consumer.
    pub fn delivery(
        number: impl Into<RequestNumber>,
        supplier: SupplierCode,
        recipient: Party,
        days: OrderDays,
    ) -> Self {
        Self::new(
            number.into(),
            Direction::Delivery {
                supplier,
                recipient,
                sender: None,
            },
            days,
        )
    }

    /// Creates an order from a consumer back to the supplier.
    pub fn return_to_supplier(
        number: impl Into<RequestNumber>,
        supplier: SupplierCode,
        sender: Party,
        days: OrderDays,
    ) -> Self {
        Self::new(
            number.into(),
            Direction::Return {
                supplier,
                sender,
                recipient: None,
            },
            days,
        )
    }

    fn new(number: RequestNumber, direction: Direction, days: OrderDays) -> Self {
        Self {
            number,
            reference: None,
            direction,
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

    /// Sets the supplier's own details, which Horoz does not need.
    #[must_use]
    pub fn supplier_details(mut self, party: Party) -> Self {
        match &mut self.direction {
            Direction::Delivery {
                sender: details, ..
            }
            | Direction::Return {
                recipient: details, ..
            } => *details = Some(party),
        }
        self
    }

    /// Sets the totals that the shop added up by itself, to have them compared with the lines.
    #[must_use]
    pub fn declare_totals(mut self, count: u64, desi: Measure) -> Self {
        self.declared_count = Some(count);
        self.declared_desi = Some(desi);
        self
    }

    /// Merges lines of the same product, which the provider wants as one: pieces, desi and weight
    /// add up. Lines of one code with different names or categories stay apart, and the check
    /// reports them. Codes are compared as they are sent, so `codes` is that of the client's
    /// [`Quirks::product_codes`](crate::Quirks::product_codes).
    #[must_use]
    pub fn merge_equal_products(mut self, codes: ProductCodeCase) -> Self {
        self.lines = order::merge_equal(&self.lines, codes);
        self
    }

    /// Returns its contents as they are sent, without its number, its days and its declared totals.
    ///
    /// Two spellings of an order that make one request have the same. They do not depend on a client's
    /// settings: places are not looked up, and product codes are compared as given.
    pub(super) fn sent_apart_from_days(&self) -> Vec<u8> {
        static QUIRKS: LazyLock<Quirks> =
            LazyLock::new(|| Quirks::default().product_codes(ProductCodeCase::AsGiven));
        let nothing = RequestNumber::from("");
        let contents = Contents {
            number: &nothing,
            reference: self.reference.as_deref().unwrap_or_default(),
            days: OrderDays::requested_on(NaiveDate::default()),
            ..self.contents(&QUIRKS)
        };
        let order = WireOrder::new(&contents, &QUIRKS, &PlaceBook::Unchecked);
        // An order whose totals are too large has no form. It is never sent.
        let contents = order.and_then(|order| json::encode(&order));
        contents.unwrap_or_default()
    }

    /// Returns the second order number as it is sent.
    pub(super) fn sent_reference(&self) -> &str {
        self.reference.as_deref().unwrap_or(self.number.as_str())
    }

    /// Returns the order as both create methods have it.
    pub(super) fn contents<'a>(&'a self, quirks: &'a Quirks) -> Contents<'a> {
        let supplier_side = |supplier: &SupplierCode, party: &'a Option<Party>| Side {
            code: supplier.get(),
            party: party.as_ref(),
            is_required: false,
        };
        let consumer_side = |party: &'a Party| Side {
            code: 0,
            party: Some(party),
            is_required: true,
        };
        let (shipping_type, sender, recipient) = match &self.direction {
            Direction::Delivery {
                supplier,
                recipient,
                sender,
            } => (
                &quirks.delivery_type,
                supplier_side(supplier, sender),
                consumer_side(recipient),
            ),
            Direction::Return {
                supplier,
                sender,
                recipient,
            } => (
                &quirks.return_type,
                consumer_side(sender),
                supplier_side(supplier, recipient),
            ),
        };
        Contents {
            number: &self.number,
            reference: self.sent_reference(),
            shipping_type,
            shipping_type_path: "settings.quirks.shipping_type",
            sender,
            recipient,
            tax_office: self.tax_office.as_ref(),
            tax_number: self.tax_number.as_ref(),
            days: self.days,
            lines: &self.lines,
            declared_count: self.declared_count,
            declared_desi: self.declared_desi,
        }
    }
}

kervan_core::setters! { CreateSupplierPaysOrder {
    /// Sets a second order number.
    reference: into Option<String>,
    /// Sets the tax office.
    tax_office: into Option<Personal>,
    /// Sets the tax number.
    tax_number: into Option<Personal>,
}}
