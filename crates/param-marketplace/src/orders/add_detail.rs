//! Attaches a seller to a payment. Wire: `Pazaryeri_TP_Siparis_Detay_Ekle` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::query::{Order, Orders, QueryOrders};
use super::status::OrderStatus;
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::ids::{OrderKey, PaymentId, SubMerchantId, folded, is_key};
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::Checks as _;

/// Enters one seller's share of a payment. Provider's page: Sipariş Detay Ekleme.
///
/// Neither amount may exceed the payment's net amount. The check cannot compare them, because the entry
/// does not hold the net amount. The status of the payment has it (`payments::PaymentRecord::net`).
///
/// The call has no idempotency key. Use [`prepare`](kervan_settling::Settler::prepare),
/// [`send`](kervan_settling::Settler::send) and [`settle`](kervan_settling::Settler::settle), which survive
/// a lost answer.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) when an amount exceeds the payment's net amount, among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AddOrderDetail {
    /// The payment. Wire: `SanalPOS_Islem_ID`.
    pub payment: PaymentId,
    /// The seller. Wire: `GUID_AltUyeIsyeri`.
    pub seller: SubMerchantId,
    /// The product's amount, net of Param's commission. Wire: `Tutar_Urun`, as `1,75`.
    pub product_amount: Money,
    /// The part of it that the seller gets. Wire: `Tutar_Odenecek`, as `1,75`.
    pub payable: Money,
}

impl AddOrderDetail {
    /// Creates one seller's share of a payment; its two amounts are set by name. The check reports an
    /// amount that is not set.
    ///
    /// ```
    /// use param_marketplace::{AddOrderDetail, PaymentId, SubMerchantId};
    ///
    /// let seller = SubMerchantId::from("7f2b9c1e-0000-4000-8000-0000000000a1");
    /// let detail = AddOrderDetail::new(PaymentId::new(7), seller)
    ///     .product_amount("9.83".parse()?)
    ///     .payable("8.50".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(payment: PaymentId, seller: SubMerchantId) -> Self {
        Self {
            payment,
            seller,
            product_amount: Money::ZERO,
            payable: Money::ZERO,
        }
    }

    /// Returns whether an order of the read-back can be this entry: seller and both amounts are the same,
    /// and it waits or is approved.
    fn is(&self, order: &Order) -> bool {
        let same = |received: &Option<ReceivedAmount>, amount| {
            received.as_ref().and_then(ReceivedAmount::money) == Some(amount)
        };
        let is_live = matches!(
            order.status,
            Some(OrderStatus::Waiting | OrderStatus::Approved)
        );
        is_live
            && order.seller.as_ref() == Some(&self.seller)
            && same(&order.product_amount, self.product_amount)
            && same(&order.payable, self.payable)
    }

    /// Searches the payment's rows: one more row of this seller proves the entry. Rows that do not name the
    /// payment answer another question, so they prove neither that it was made nor that it was not.
    fn found_in(&self, found: &Answer<Orders>, before: &Baseline) -> Found<OrderDetail, Rejection> {
        let Some(rows) = found.of_payment(self.payment) else {
            return Found::Unclear;
        };
        let is_old = |order: &Order| {
            let key = order.usable_key();
            key.is_some_and(|key| before.has(&folded(key.as_str())))
        };
        let may_be_sellers = |order: &Order| match &order.seller {
            Some(seller) => *seller == self.seller || !is_key(seller.as_str()),
            None => true,
        };
        let new: Vec<_> = rows
            .iter()
            .filter(|order| may_be_sellers(order) && !is_old(order))
            .collect();
        match new.as_slice() {
            [] => Found::Absent,
            [order] if self.is(order) => order.usable_key().map_or(Found::Unclear, |key| {
                let detail = OrderDetail {
                    product_amount: order.product_amount.clone(),
                    payable: order.payable.clone(),
                    ..OrderDetail::new(key.clone())
                };
                Found::Ours(Some(Answer::new(detail, found.drift.clone())))
            }),
            _ => Found::Unclear,
        }
    }
}

kervan_core::setters! { AddOrderDetail {
    /// Sets the product's amount, net of Param's commission.
    product_amount: Money,
    /// Sets the part of it that the seller gets.
    payable: Money,
}}

/// The order was entered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OrderDetail {
    /// The order's key. **Keep it**: approval, refund and queries need it. Wire: `PYSiparis_GUID`.
    pub order: OrderKey,
    /// As sent. Wire: `Tutar_Urun`.
    pub product_amount: Option<ReceivedAmount>,
    /// As sent. Wire: `Tutar_Odenecek`.
    pub payable: Option<ReceivedAmount>,
    /// The amount that an individual seller has collected so far. Wire: `Toplam_Tahsilat_Tutari`.
    pub collected: Option<ReceivedAmount>,
    /// The limit of an individual seller; its unit is not documented. Wire: `Pazaryeri_Limit`.
    pub limit: Option<String>,
    /// Wire: `Yeni_Odenecek_Tutar`.
    pub new_payable: Option<String>,
}

impl Operation for AddOrderDetail {
    type Service = Settings;
    type Output = OrderDetail;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_Siparis_Detay_Ekle",
        "Pazaryeri_TP_Siparis_Detay_EkleResult",
    );
    const CLASS: Class = Class::Delta;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        if self.payment.get() == 0 {
            problems.push(rules::PAYMENT_ZERO.at("payment"));
        }
        problems.required("seller", &self.seller, 36);
        problems.positive("product_amount", self.product_amount);
        problems.positive("payable", self.payable);
        if self.payable > self.product_amount {
            let problem = rules::PAYABLE_ABOVE_PRODUCT.at("payable");
            problems.push(problem.limit(self.product_amount).actual(self.payable));
        }
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .marketplace()
            .text("Tutar_Urun", self.product_amount.comma())
            .text("Tutar_Odenecek", self.payable.comma())
            .text("SanalPOS_Islem_ID", self.payment)
            .text("GUID_AltUyeIsyeri", &self.seller))
    }

    fn read(&self, reading: Reading<'_>) -> Read<OrderDetail> {
        let answer = reading.value::<WireAnswer>()?;
        reading.check_echo("SanalPOS_Islem_ID", answer.payment.as_deref(), |said| {
            said.parse() == Ok(self.payment.get())
        })?;
        reading.check_echo("GUID_AltUyeIsyeri", answer.seller.as_deref(), |said| {
            SubMerchantId::from(said) == self.seller
        })?;
        answer.try_map(|it| {
            let order = reading.required_key("PYSiparis_GUID", it.order.as_deref())?;
            Ok(OrderDetail {
                order: order.into(),
                product_amount: it.product_amount,
                payable: it.payable,
                collected: it.collected,
                limit: it.limit,
                new_payable: it.new_payable,
            })
        })
    }
}

impl Settle for AddOrderDetail {
    type ReadBack = QueryOrders;

    /// Returns the payment's number and the seller's key.
    fn key(&self) -> String {
        format!("{}/{}", self.payment, folded(self.seller.as_str()))
    }

    fn read_back(&self) -> Option<QueryOrders> {
        Some(QueryOrders::by_payment(self.payment))
    }

    /// Returns the keys of the payment's entries. `None` for rows that do not name the payment.
    fn baseline(&self, before: &Answer<Orders>) -> Option<Baseline> {
        let rows = before.of_payment(self.payment)?;
        let keys = rows.iter().filter_map(Order::usable_key);
        Some(Baseline::new(keys.map(|key| folded(key.as_str()))))
    }

    fn found(
        &self,
        now: Answer<Orders>,
        baseline: Option<&Baseline>,
    ) -> Found<OrderDetail, Rejection> {
        baseline.map_or(Found::Unclear, |before| self.found_in(&now, before))
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "GUID_AltUyeIsyeri")]
    seller: Option<String>,
    #[serde(rename = "Tutar_Urun")]
    product_amount: Option<ReceivedAmount>,
    #[serde(rename = "Tutar_Odenecek")]
    payable: Option<ReceivedAmount>,
    #[serde(rename = "PYSiparis_GUID")]
    order: Option<String>,
    #[serde(rename = "SanalPOS_Islem_ID")]
    payment: Option<String>,
    #[serde(rename = "Toplam_Tahsilat_Tutari")]
    collected: Option<ReceivedAmount>,
    #[serde(rename = "Pazaryeri_Limit")]
    limit: Option<String>,
    #[serde(rename = "Yeni_Odenecek_Tutar")]
    new_payable: Option<String>,
}
