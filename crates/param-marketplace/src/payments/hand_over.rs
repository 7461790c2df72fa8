//! From a payment to the marketplace: what the order details need, confirmed by the provider.

use kervan_core::Money;
use serde::Serialize;

use super::afterwards::query::{PaymentRecord, PaymentStatus};
use super::ids::{PaymentOrder, ReceiptId};
use crate::amount::ReceivedAmount;
use crate::ids::{PaymentId, SubMerchantId};
use crate::orders::AddOrderDetail;
use crate::split::{Net, Part, Split, SplitError};

/// Why a payment is not handed over to the marketplace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotConfirmed {
    /// The service does not know it.
    #[error("the payment was not found")]
    NotFound,
    /// It is not paid, or not any more.
    #[error("the payment is not paid")]
    NotPaid,
    /// The order or the total is another one.
    #[error("the payment's `{0}` is not that of the order")]
    Mismatch(&'static str),
    /// The service does not tell what is left after its commission.
    #[error("the payment's net amount cannot be read")]
    NoNetAmount,
    /// Several payments are found where one was asked for.
    #[error("several payments were found")]
    Ambiguous,
    /// A part of it was given back, so that the net amount is not what is left.
    #[error("a part of the payment was given back")]
    PartlyRefunded,
}

/// A payment that the provider has confirmed as paid, with what the marketplace calls need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PaidOrder {
    /// The payment's number. Wire: `SanalPOS_Islem_ID`.
    pub payment: PaymentId,
    /// The receipt. Wire: `Dekont_ID`.
    pub receipt: ReceiptId,
    /// The order's number at the provider, which may differ from the shop's. Wire: `Siparis_ID`.
    pub order: PaymentOrder,
    /// What the card was charged.
    pub total: Money,
    /// What is left after Param's commission; the sellers' amounts sum up to no more.
    pub net: Money,
}

impl PaidOrder {
    /// Confirms a payment by the answer of [`QueryPayment`](super::QueryPayment).
    ///
    /// `payment` is the number that the start's answer gave with 3-D, which the callback repeats. An
    /// answer without 3-D gives only a receipt: look the number up in the history. `order` and
    /// `total` are those of the stored order.
    ///
    /// # Errors
    ///
    /// [`NotConfirmed`] unless the service says that this order is paid with this total.
    pub fn confirm(
        payment: PaymentId,
        order: &PaymentOrder,
        total: Money,
        status: &PaymentStatus,
    ) -> Result<Self, NotConfirmed> {
        let record = status.payment.as_ref().ok_or(NotConfirmed::NotFound)?;
        if record.order.as_ref() != Some(order) {
            return Err(NotConfirmed::Mismatch("Siparis_ID"));
        }
        if record.total.as_ref().and_then(ReceivedAmount::money) != Some(total) {
            return Err(NotConfirmed::Mismatch("Toplam_Tutar"));
        }
        let receipt = receipt(record).ok_or(NotConfirmed::NotPaid)?;
        let net = record.net().filter(|net| net.is_positive());
        Ok(Self {
            payment,
            receipt,
            order: order.clone(),
            total,
            net: net.ok_or(NotConfirmed::NoNetAmount)?,
        })
    }

    /// One seller's share of the payment, ready to be entered.
    pub fn detail(
        &self,
        seller: impl Into<SubMerchantId>,
        product_amount: Money,
        payable: Money,
    ) -> AddOrderDetail {
        AddOrderDetail::new(self.payment, seller.into(), product_amount, payable)
    }

    /// The payment split over its sellers, ready to be entered: the shares sum to the net amount.
    ///
    /// # Errors
    ///
    /// [`SplitError`] for parts that cannot be split.
    pub fn split(&self, parts: Vec<Part>) -> Result<Vec<AddOrderDetail>, SplitError> {
        let split = Split::of(Net::new(self.net)?, parts)?;
        Ok(split.details(self.payment))
    }
}

fn receipt(record: &PaymentRecord) -> Option<ReceiptId> {
    let receipt = record.receipt.as_ref().filter(|_| record.is_paid())?;
    ReceiptId::of_money(receipt.as_str())
}
