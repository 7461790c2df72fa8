//! Asks for orders and their states. Wire: `Pazaryeri_TP_Islem_Sorgulama` (SOAP, read).

use chrono::NaiveDateTime;
use kervan_core::soap::Rows;
use kervan_core::{Class, Context, Drift, EncodeError, Operation, Personal, Problems, ReadError};
use serde::{Deserialize, Serialize};

use super::status::OrderStatus;
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::ids::{OrderKey, PaymentId, SubMerchantId, is_key};
use crate::moment::ReceivedMoment;
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::{self, Checks as _, TablePlace, or_empty};

/// Asks for orders by seller, order, payment or time. Provider's page: İşlem Sorgulama.
///
/// It can be asked at every step, and it settles the writes of this module. A full refund whose order
/// shows state 13 also takes the status of the payment.
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
    /// The order number of the payment call. Only the newer pages know it, so it is sent only when
    /// set. Wire: `Siparis_ID`.
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

    /// Narrows the question to a time, in Türkiye's time.
    #[must_use]
    pub fn between(mut self, from: NaiveDateTime, to: NaiveDateTime) -> Self {
        self.from = Some(from);
        self.to = Some(to);
        self
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
    /// The one order of this key; `None` when there is none or more than one.
    pub(super) fn only(&self, key: &OrderKey) -> Option<&Order> {
        let mut found = self
            .orders
            .iter()
            .filter(|order| order.key.as_ref() == Some(key));
        found.next().filter(|_| found.next().is_none())
    }
}

/// One order. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    pub status_text: Option<String>,
    /// The product's amount, net of Param's commission. Wire: `Tutar_Urun`.
    #[serde(rename(deserialize = "Tutar_Urun"))]
    pub product_amount: Option<ReceivedAmount>,
    /// What the seller gets. Wire: `Tutar_Odenecek`.
    #[serde(rename(deserialize = "Tutar_Odenecek"))]
    pub payable: Option<ReceivedAmount>,
    /// The seller. Wire: `GUID_AltUyeIsyeri`.
    #[serde(rename(deserialize = "GUID_AltUyeIsyeri"))]
    pub seller: Option<SubMerchantId>,
    /// The payment's number as sent. Wire: `SanalPOS_Islem_ID`.
    #[serde(rename(deserialize = "SanalPOS_Islem_ID"))]
    pub payment: Option<String>,
    /// When it was entered. Wire: `Tarih`.
    #[serde(rename(deserialize = "Tarih"))]
    pub entered: Option<ReceivedMoment>,
    /// When the seller is paid. The provider announced the column; no list of columns has it. Wire:
    /// `Vade_Tarihi`.
    #[serde(
        rename(deserialize = "Vade_Tarihi"),
        skip_serializing_if = "Option::is_none"
    )]
    pub due: Option<ReceivedMoment>,
}

impl Order {
    /// The key, unless it is empty.
    pub(super) fn usable_key(&self) -> Option<&OrderKey> {
        self.key.as_ref().filter(|key| is_key(key.as_str()))
    }
}

impl Operation for QueryOrders {
    type Service = Settings;
    type Output = Orders;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_Islem_Sorgulama",
        "Pazaryeri_TP_Islem_SorgulamaResult",
    );

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        if *self == Self::default() {
            problems.push(rules::QUERY_EMPTY.at("query"));
        }
        if let Some(seller) = &self.seller {
            problems.required("seller", seller.as_str(), 36);
        }
        if let Some(order) = &self.order {
            problems.required("order", order.as_str(), 36);
        }
        if self.payment.is_some_and(|payment| payment.get() == 0) {
            problems.push(rules::PAYMENT_ZERO.at("payment"));
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            problems.push(rules::DATES_REVERSED.at("to").limit(from).actual(to));
        }
        if let Some(order) = &self.payment_order {
            problems.required("payment_order", order, 36);
        }
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let settings = context.settings();
        Ok(Body::with_login()
            .marketplace()
            .text("GUID_AltUyeIsyeri", &self.seller)
            .text("PYSiparis_GUID", &self.order)
            .text(
                "SanalPOS_Islem_ID",
                (self.payment.map_or(0, PaymentId::get)).to_string(),
            )
            .text("Tarih_Bas", wire::moment(self.from))
            .text("Tarih_Bit", wire::moment(self.to))
            .maybe("Siparis_ID", self.payment_order.clone()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Orders> {
        let mut rows = Rows::default();
        let (answer, mut drift) = reading.with_rows::<WireAnswer>(|row| rows.push(row))?;
        let (mut orders, in_rows): (Vec<Order>, _) = rows.finish();
        for order in &mut orders {
            order.status_text = order
                .status_text
                .take()
                .map(|text| reading.settings.scrub(&text));
        }
        drift.extend(in_rows);
        drift.absent.retain(|path| !path.ends_with(".Vade_Tarihi"));
        drift.scrub(|text| reading.settings.scrub(text));
        Ok(Orders { orders, drift })
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "DT_Bilgi")]
    _table: Option<TablePlace>,
}
