//! Asks for orders and their states. Wire: `Pazaryeri_TP_Islem_Sorgulama` (SOAP, read).

use chrono::NaiveDateTime;
use kervan_core::error::Unreadable;
use kervan_core::{Class, Context, EncodeError, ForeignText, Operation, Problems};
use serde::{Deserialize, Serialize};

use super::status::OrderStatus;
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::ids::{OrderKey, PaymentId, SubMerchantId, is_key};
use crate::moment::ReceivedMoment;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::{self, Checks as _};

/// Asks for orders by seller, order, payment or time. Provider's page: İşlem Sorgulama.
///
/// It can be asked at every step, and it settles the writes of this module. A full refund whose order shows
/// state 13 also needs the status of the payment.
///
/// A row with another seller, order or payment than the requested one makes the answer unreadable, because it
/// is the answer to another question. A row that lacks the column is returned. `payment_order` and the period
/// are not compared: rows do not have the first, and the provider does not document which time it compares
/// with the second.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct QueryOrders {
    /// All orders of a seller. Wire: `GUID_AltUyeIsyeri`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller: Option<SubMerchantId>,
    /// One order. Wire: `PYSiparis_GUID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderKey>,
    /// All orders of a payment; without it 0 is sent. Wire: `SanalPOS_Islem_ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentId>,
    /// From this moment on, in Türkiye's time. Wire: `Tarih_Bas`, dd.MM.yyyy HH:mm:ss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDateTime>,
    /// To this moment, in Türkiye's time. Wire: `Tarih_Bit`, dd.MM.yyyy HH:mm:ss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDateTime>,
    /// The order number of the payment call. Only the newer pages have it, so it is sent only when set.
    /// Wire: `Siparis_ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_order: Option<String>,
}

impl QueryOrders {
    /// Asks for one order.
    pub fn by_order(order: OrderKey) -> Self {
        Self {
            order: Some(order),
            ..Self::default()
        }
    }

    /// Asks for all orders of a payment.
    pub fn by_payment(payment: PaymentId) -> Self {
        Self {
            payment: Some(payment),
            ..Self::default()
        }
    }

    /// Asks for all orders of a seller.
    pub fn by_seller(seller: SubMerchantId) -> Self {
        Self {
            seller: Some(seller),
            ..Self::default()
        }
    }

    /// Restricts the query to a period, in Türkiye's time.
    #[must_use]
    pub fn between(mut self, from: NaiveDateTime, to: NaiveDateTime) -> Self {
        self.from = Some(from);
        self.to = Some(to);
        self
    }

    /// Compares a row with the question.
    fn check_echo(&self, reading: Reading<'_>, row: &Order) -> Result<(), Unreadable> {
        if let Some(order) = &self.order {
            let said = row.key.as_ref().map(OrderKey::as_str);
            let is_same = |said: &str| OrderKey::from(said) == *order;
            reading.check_echo("PYSiparis_GUID", said, is_same)?;
        }
        if let Some(seller) = &self.seller {
            let said = row.seller.as_ref().map(SubMerchantId::as_str);
            let is_same = |said: &str| SubMerchantId::from(said) == *seller;
            reading.check_echo("GUID_AltUyeIsyeri", said, is_same)?;
        }
        if let Some(payment) = self.payment {
            let is_same = |said: &str| said.parse() == Ok(payment.get());
            reading.check_echo("SanalPOS_Islem_ID", row.payment.as_deref(), is_same)?;
        }
        Ok(())
    }
}

/// The orders that were found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Orders {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`.
    pub orders: Vec<Order>,
}

impl Orders {
    /// Returns the one order of this key; `None` when no row or more than one has it.
    pub(super) fn only(&self, key: &OrderKey) -> Option<&Order> {
        let mut found = self
            .orders
            .iter()
            .filter(|order| order.key.as_ref() == Some(key));
        found.next().filter(|_| found.next().is_none())
    }

    /// Returns the rows of an answer about a payment; `None` when any row lacks the payment's number or has
    /// another one, because it is then the answer to another question. No rows are the documented answer for
    /// a payment without orders.
    pub(super) fn of_payment(&self, payment: PaymentId) -> Option<&[Order]> {
        let is_own = |order: &Order| order.payment_number() == Some(payment);
        let rows = self.orders.as_slice();
        rows.iter().all(is_own).then_some(rows)
    }
}

/// One order. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Order {
    /// The order's key. Wire: `PYSiparis_GUID`.
    #[serde(rename(deserialize = "PYSiparis_GUID"))]
    pub key: Option<OrderKey>,
    /// Its state. Wire: `Durum`.
    #[serde(rename(deserialize = "Durum"))]
    pub status: Option<OrderStatus>,
    /// Its state in words. Wire: `Durum_Str`.
    #[serde(rename(deserialize = "Durum_Str"))]
    pub status_text: Option<ForeignText>,
    /// The product's amount, net of Param's commission. Wire: `Tutar_Urun`.
    #[serde(rename(deserialize = "Tutar_Urun"))]
    pub product_amount: Option<ReceivedAmount>,
    /// The amount that the seller gets. Wire: `Tutar_Odenecek`.
    #[serde(rename(deserialize = "Tutar_Odenecek"))]
    pub payable: Option<ReceivedAmount>,
    /// The seller. Wire: `GUID_AltUyeIsyeri`.
    #[serde(rename(deserialize = "GUID_AltUyeIsyeri"))]
    pub seller: Option<SubMerchantId>,
    /// The payment's number as sent. Wire: `SanalPOS_Islem_ID`.
    #[serde(rename(deserialize = "SanalPOS_Islem_ID"))]
    pub payment: Option<String>,
    /// The time when it was entered. Wire: `Tarih`.
    #[serde(rename(deserialize = "Tarih"))]
    pub entered: Option<ReceivedMoment>,
    /// The time when the seller is paid. The provider announced the column, but no list of columns has it.
    /// Wire: `Vade_Tarihi`.
    #[serde(
        rename(deserialize = "Vade_Tarihi"),
        skip_serializing_if = "Option::is_none"
    )]
    pub due: Option<ReceivedMoment>,
}

impl Order {
    /// Returns the key, unless it is empty.
    pub(super) fn usable_key(&self) -> Option<&OrderKey> {
        self.key.as_ref().filter(|key| is_key(key.as_str()))
    }

    /// Returns the payment's number, if the row has one that can be read.
    fn payment_number(&self) -> Option<PaymentId> {
        let number = self.payment.as_deref()?.trim().parse().ok()?;
        Some(PaymentId::new(number))
    }
}

impl Operation for QueryOrders {
    type Service = Settings;
    type Output = Orders;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_Islem_Sorgulama",
        "Pazaryeri_TP_Islem_SorgulamaResult",
    );
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        if *self == Self::default() {
            problems.push(rules::QUERY_EMPTY.at("query"));
        }
        problems.unless_absent("seller", self.seller.as_ref(), 36);
        problems.unless_absent("order", self.order.as_ref(), 36);
        if self.payment.is_some_and(|payment| payment.get() == 0) {
            problems.push(rules::PAYMENT_ZERO.at("payment"));
        }
        problems.in_order("to", self.from, self.to);
        problems.unless_absent("payment_order", self.payment_order.as_ref(), 36);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .marketplace()
            .text("GUID_AltUyeIsyeri", &self.seller)
            .text("PYSiparis_GUID", &self.order)
            .text("SanalPOS_Islem_ID", self.payment.map_or(0, PaymentId::get))
            .text("Tarih_Bas", wire::moment(self.from))
            .text("Tarih_Bit", wire::moment(self.to))
            .maybe("Siparis_ID", self.payment_order.as_ref()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Orders> {
        let answer = reading
            .rows(|row| self.check_echo(reading, row))?
            .may_lack(&["Vade_Tarihi"]);
        Ok(answer.map(|orders| Orders { orders }))
    }
}
