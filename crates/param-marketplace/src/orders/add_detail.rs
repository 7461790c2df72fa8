//! Attaches a seller to a payment. Wire: `Pazaryeri_TP_Siparis_Detay_Ekle` (SOAP, write).

use kervan_core::{
    Context, Drift, Effect, EncodeError, HttpRequest, Money, Operation, Personal, Problems,
    ReadError, Reply, Resend, Sent, Settle, Settled,
};
use serde::{Deserialize, Serialize};
use yaserde::YaSerialize;

use super::query::{Order, Orders, QueryOrders};
use crate::amount::ReceivedAmount;
use crate::codes::Kind;
use crate::ids::{OrderKey, PaymentId, SubMerchantId};
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Page, WireLogin, no_rows};
use crate::{Client, Error, rules};

/// Enters one seller's share of a payment. Provider's page: Sipariş Detay Ekleme.
///
/// Neither amount may exceed the payment's net amount, which only the payment's own answer tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AddOrderDetail {
    /// The payment. Wire: `SanalPOS_Islem_ID`.
    pub payment: PaymentId,
    /// The seller. Wire: `GUID_AltUyeIsyeri`.
    pub seller: SubMerchantId,
    /// What the product brought, net of Param's commission. Wire: `Tutar_Urun`, as `1,75`.
    pub product_amount: Money,
    /// What the seller gets of it. Wire: `Tutar_Odenecek`, as `1,75`.
    pub payable: Money,
}

impl AddOrderDetail {
    /// One seller's share of a payment.
    pub fn new(
        payment: PaymentId,
        seller: SubMerchantId,
        product_amount: Money,
        payable: Money,
    ) -> Self {
        Self {
            payment,
            seller,
            product_amount,
            payable,
        }
    }

    /// Whether an order of the read-back is this one: seller and both amounts are the same.
    fn is(&self, order: &Order) -> bool {
        let same = |received: &Option<ReceivedAmount>, amount| {
            received.as_ref().and_then(ReceivedAmount::money) == Some(amount)
        };
        order.seller.as_ref() == Some(&self.seller)
            && same(&order.product_amount, self.product_amount)
            && same(&order.payable, self.payable)
    }

    fn settled_by(&self, found: Orders) -> Settled<OrderDetail, Rejection> {
        let of_seller: Vec<_> = found
            .orders
            .into_iter()
            .filter(|order| {
                order
                    .seller
                    .as_ref()
                    .is_none_or(|seller| *seller == self.seller)
            })
            .collect();
        match of_seller.as_slice() {
            [] => Settled::NotDone,
            [order] if self.is(order) => match order.key.clone() {
                Some(key) => Settled::Done(OrderDetail::read_back(key, order, found.drift)),
                None => Settled::AlreadyDone,
            },
            _ => Settled::Open(Error::Rejected(Rejection::ambiguous(PAGE.operation))),
        }
    }
}

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
    /// What an individual seller has collected so far. Wire: `Toplam_Tahsilat_Tutari`.
    pub collected: Option<ReceivedAmount>,
    /// The limit of an individual seller; its unit is not documented. Wire: `Pazaryeri_Limit`.
    pub limit: Option<String>,
    /// Wire: `Yeni_Odenecek_Tutar`.
    pub new_payable: Option<String>,
    /// The provider's message. Wire: `Sonuc_Str`.
    pub message: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

impl OrderDetail {
    /// What a query tells about an order whose own answer is lost.
    fn read_back(order: OrderKey, row: &Order, drift: Drift) -> Self {
        Self {
            order,
            product_amount: row.product_amount.clone(),
            payable: row.payable.clone(),
            collected: None,
            limit: None,
            new_payable: None,
            message: None,
            drift,
        }
    }
}

impl Client {
    /// Enters one seller's share of a payment. Sent at most once.
    ///
    /// After an unknown [`outcome`](kervan_core::Error::outcome), settle it: there is no key that
    /// would make a repeat harmless.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] when an amount exceeds the payment's net amount, among others; see
    /// [`Error`] for the rest.
    pub async fn add_order_detail(&self, detail: &AddOrderDetail) -> Result<OrderDetail, Error> {
        self.call(detail).await
    }

    /// Finds out what became of an entry whose outcome is unknown, by querying the payment's
    /// orders: one of this seller with the same amounts is taken for it, none of this seller means
    /// that it did not happen, and anything else stays open.
    pub async fn settle_order_detail(
        &self,
        detail: &AddOrderDetail,
    ) -> Settled<OrderDetail, Rejection> {
        self.caller().settle(detail).await
    }

    /// Enters one seller's share and, after an unknown outcome, settles it before it would send
    /// again.
    ///
    /// # Errors
    ///
    /// As [`add_order_detail`](Client::add_order_detail). An unknown outcome here means that all
    /// queries failed to settle it.
    pub async fn send_or_settle_order_detail(
        &self,
        detail: &AddOrderDetail,
    ) -> Result<Sent<OrderDetail>, Error> {
        self.caller().send_or_settle(detail).await
    }
}

const PAGE: Page = Page::marketplace(
    "Pazaryeri_TP_Siparis_Detay_Ekle",
    "Pazaryeri_TP_Siparis_Detay_EkleResult",
);

impl Operation for AddOrderDetail {
    type Settings = Settings;
    type Output = OrderDetail;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.operation;
    const EFFECT: Effect = Effect::Write;

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        if self.payment.get() == 0 {
            problems.push(rules::PAYMENT_ZERO.at("payment"));
        }
        wire::check(&mut problems, "seller", self.seller.as_str(), 36, true);
        let amounts = [
            ("product_amount", self.product_amount),
            ("payable", self.payable),
        ];
        for (path, amount) in amounts {
            if !amount.is_positive() {
                problems.push(rules::AMOUNT_NOT_POSITIVE.at(path).actual(amount));
            }
        }
        if self.payable > self.product_amount {
            let problem = rules::PAYABLE_ABOVE_PRODUCT.at("payable");
            problems.push(problem.limit(self.product_amount).actual(self.payable));
        }
        problems
    }

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let wire = WireDetail {
            login: settings.into(),
            marketplace: settings.marketplace.0.expose().to_owned(),
            product_amount: self.product_amount.comma(),
            payable: self.payable.comma(),
            payment: self.payment.to_string(),
            seller: self.seller.as_str().to_owned(),
        };
        wire::request(PAGE, settings, &wire)
    }

    fn decode(
        &self,
        settings: &Settings,
        reply: &Reply,
    ) -> Result<OrderDetail, ReadError<Rejection>> {
        let (answer, drift) = wire::read::<WireAnswer>(PAGE, settings, reply, no_rows)?;
        Ok(OrderDetail {
            order: answer.order,
            product_amount: answer.product_amount,
            payable: answer.payable,
            collected: answer.collected,
            limit: answer.limit,
            new_payable: answer.new_payable,
            message: wire::message(answer.message.as_deref(), settings),
            drift,
        })
    }
}

impl Settle for AddOrderDetail {
    type ReadBack = QueryOrders;

    fn read_back(&self) -> QueryOrders {
        QueryOrders::by_payment(self.payment)
    }

    fn settled(&self, answer: Result<Orders, Error>) -> Settled<OrderDetail, Rejection> {
        match answer {
            Ok(found) => self.settled_by(found),
            Err(open) => Settled::Open(open),
        }
    }
}

impl Resend for AddOrderDetail {
    fn is_already_done(rejection: &Rejection) -> bool {
        rejection.kind == Kind::AlreadyDone
    }
}

#[derive(YaSerialize)]
#[yaserde(
    rename = "Pazaryeri_TP_Siparis_Detay_Ekle",
    prefix = "t",
    default_namespace = "t",
    namespaces = { "t" = "https://turkpos.com.tr/" }
)]
struct WireDetail {
    #[yaserde(rename = "G")]
    login: WireLogin,
    #[yaserde(rename = "ETS_GUID")]
    marketplace: String,
    #[yaserde(rename = "Tutar_Urun")]
    product_amount: String,
    #[yaserde(rename = "Tutar_Odenecek")]
    payable: String,
    #[yaserde(rename = "SanalPOS_Islem_ID")]
    payment: String,
    #[yaserde(rename = "GUID_AltUyeIsyeri")]
    seller: String,
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Sonuc")]
    _code: String,
    #[serde(rename = "Sonuc_Str")]
    message: Option<String>,
    #[serde(rename = "GUID_AltUyeIsyeri")]
    _seller: Option<String>,
    #[serde(rename = "Tutar_Urun")]
    product_amount: Option<ReceivedAmount>,
    #[serde(rename = "Tutar_Odenecek")]
    payable: Option<ReceivedAmount>,
    #[serde(rename = "PYSiparis_GUID")]
    order: OrderKey,
    #[serde(rename = "SanalPOS_Islem_ID")]
    _payment: Option<String>,
    #[serde(rename = "Toplam_Tahsilat_Tutari")]
    collected: Option<ReceivedAmount>,
    #[serde(rename = "Pazaryeri_Limit")]
    limit: Option<String>,
    #[serde(rename = "Yeni_Odenecek_Tutar")]
    new_payable: Option<String>,
}
