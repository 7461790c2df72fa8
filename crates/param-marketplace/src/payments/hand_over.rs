//! The payment that order details need, as confirmed by the provider.

use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::currency::Currency;
use super::ids::{PaymentOrder, ReceiptId};
use super::status::query::PaymentStatus;
use super::status::record::{PaymentRecord, PaymentState};
use crate::amount::ReceivedAmount;
use crate::ids::{PaymentId, SubMerchantId};
use crate::orders::AddOrderDetail;
use crate::split::{Net, Part, Split, SplitError};

/// The reason why a payment is not handed over to the marketplace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotConfirmed {
    /// The service does not know the payment.
    #[error("the payment was not found")]
    NotFound,
    /// The payment is not paid, or not any more.
    #[error("the payment is not paid")]
    NotPaid,
    /// The order or the total differs.
    #[error("the payment's `{0}` is not that of the order")]
    Mismatch(&'static str),
    /// The service does not report the amount after its commission.
    #[error("the payment's net amount cannot be read")]
    NoNetAmount,
    /// The query found several payments instead of one.
    #[error("several payments were found")]
    Ambiguous,
    /// The payment is in another currency, but the marketplace divides lira.
    #[error("the payment is not in lira")]
    NotLira,
    /// A part of the payment was given back, or the refunded amount cannot be read, so the net amount is
    /// not the rest.
    #[error("a part of the payment was given back")]
    PartlyRefunded,
}

/// A payment that the provider has confirmed as paid, with the values that the marketplace calls need.
/// Store it until its sellers are entered; it can be read back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PaidOrder {
    /// The payment's number. Wire: `SanalPOS_Islem_ID`.
    pub payment: PaymentId,
    /// The receipt. Wire: `Dekont_ID`.
    pub receipt: ReceiptId,
    /// The order's number at the provider, which may differ from the shop's. Wire: `Siparis_ID`.
    pub order: PaymentOrder,
    /// The amount that the card was charged.
    pub total: Money,
    /// The amount after Param's commission. The sum of the sellers' amounts cannot exceed it.
    pub net: Money,
}

impl PaidOrder {
    /// Confirms a payment by the answer of [`QueryPayment`](super::QueryPayment).
    ///
    /// `payment` is the number that the start's answer gave with 3-D, which the callback repeats. An answer
    /// without 3-D gives only a receipt: look the number up in the history. `order` and `total` are those
    /// of the stored order. `currency` is the currency of the charge, which the query does not report. Take
    /// it from the verified callback or the request. Calls without a currency charge lira.
    ///
    /// # Errors
    ///
    /// [`NotConfirmed`] unless the service says that this order is paid with this total, in lira and
    /// with nothing given back.
    pub fn confirm(
        payment: PaymentId,
        order: &PaymentOrder,
        total: Money,
        currency: Currency,
        status: &PaymentStatus,
    ) -> Result<Self, NotConfirmed> {
        if currency != Currency::Lira {
            return Err(NotConfirmed::NotLira);
        }
        let record = status.payment.as_ref().ok_or(NotConfirmed::NotFound)?;
        if record.order.as_ref() != Some(order) {
            return Err(NotConfirmed::Mismatch("Siparis_ID"));
        }
        if record.total.as_ref().and_then(ReceivedAmount::money) != Some(total) {
            return Err(NotConfirmed::Mismatch("Toplam_Tutar"));
        }
        let receipt = receipt(record).ok_or(NotConfirmed::NotPaid)?;
        let whole = record.state == Some(PaymentState::Success);
        if !whole || !is_nothing(record.refunded.as_ref()) {
            return Err(NotConfirmed::PartlyRefunded);
        }
        let net = record
            .net()
            .filter(|net| net.is_positive() && *net <= total);
        Ok(Self {
            payment,
            receipt,
            order: order.clone(),
            total,
            net: net.ok_or(NotConfirmed::NoNetAmount)?,
        })
    }

    /// Creates one seller's share of the payment, which can be entered once its two amounts are set.
    pub fn detail(&self, seller: impl Into<SubMerchantId>) -> AddOrderDetail {
        AddOrderDetail::new(self.payment, seller.into())
    }

    /// Splits the payment over its sellers, ready to be entered. The shares sum to the net amount.
    ///
    /// # Errors
    ///
    /// [`SplitError`] for parts that cannot be split.
    pub fn split(&self, parts: Vec<Part>) -> Result<Vec<AddOrderDetail>, SplitError> {
        let split = Split::of(Net::new(self.net)?, parts)?;
        Ok(split.details(self.payment))
    }
}

/// Returns whether nothing was given back: no amount, a blank, or zero. An amount that cannot be read may
/// be anything.
pub(crate) fn is_nothing(refunded: Option<&ReceivedAmount>) -> bool {
    refunded.is_none_or(|amount| {
        amount.as_str().trim().is_empty() || amount.money() == Some(Money::ZERO)
    })
}

fn receipt(record: &PaymentRecord) -> Option<ReceiptId> {
    let receipt = record.receipt.as_ref().filter(|_| record.is_paid())?;
    ReceiptId::of_money(receipt.as_str())
}

#[cfg(test)]
mod tests {

    use super::*;

    fn confirmed(currency: Currency, changed: &[(&str, &str)]) -> Result<PaidOrder, NotConfirmed> {
        let paid = [
            ("Odeme_Sonuc", "1"),
            ("Durum", "SUCCESS"),
            ("Dekont_ID", "3007300695"),
            ("Siparis_ID", "KV-2001"),
            ("Islem_Tip", "SALE"),
            ("Toplam_Tutar", "10.01"),
            ("Komisyon_Tutar", "0.18"),
        ];
        let all = paid.into_iter().chain(changed.iter().copied());
        let columns: serde_json::Map<_, _> = all
            .map(|(name, text)| (name.to_owned(), text.into()))
            .collect();
        let status = PaymentStatus {
            payment: Some(serde_json::from_value(columns.into()).unwrap()),
        };
        let (order, total) = (PaymentOrder::from("KV-2001"), "10.01".parse().unwrap());
        PaidOrder::confirm(PaymentId::new(6), &order, total, currency, &status)
    }

    #[test]
    fn a_whole_payment_in_lira_is_handed_over() {
        for refunded in ["", " ", "0", "0.0000", "0,00"] {
            let paid = confirmed(Currency::Lira, &[("Toplam_Iade_Tutar", refunded)]);
            assert_eq!(paid.unwrap().net.dot(), "9.83", "{refunded:?}");
        }
        assert!(confirmed(Currency::Lira, &[]).is_ok());
    }

    #[test]
    fn nothing_else_is() {
        for (changed, reason) in [
            (("Durum", "PARTIAL_REFUND"), NotConfirmed::PartlyRefunded),
            (("Toplam_Iade_Tutar", "1.00"), NotConfirmed::PartlyRefunded),
            (("Toplam_Iade_Tutar", "-1.00"), NotConfirmed::PartlyRefunded),
            (("Toplam_Iade_Tutar", "?"), NotConfirmed::PartlyRefunded),
            (("Toplam_Iade_Tutar", "0.001"), NotConfirmed::PartlyRefunded),
            (("Durum", "REFUND"), NotConfirmed::NotPaid),
            (("Durum", "WAITING"), NotConfirmed::NotPaid),
            (("Islem_Tip", "PRE_AUTH"), NotConfirmed::NotPaid),
            (("Komisyon_Tutar", "-0.18"), NotConfirmed::NoNetAmount),
            (("Komisyon_Tutar", "10.01"), NotConfirmed::NoNetAmount),
            (("Komisyon_Tutar", ""), NotConfirmed::NoNetAmount),
            (
                ("Toplam_Tutar", "10.02"),
                NotConfirmed::Mismatch("Toplam_Tutar"),
            ),
            (
                ("Siparis_ID", "KV-1999"),
                NotConfirmed::Mismatch("Siparis_ID"),
            ),
        ] {
            assert_eq!(
                confirmed(Currency::Lira, &[changed]),
                Err(reason),
                "{changed:?}"
            );
        }
    }

    #[test]
    fn a_foreign_currency_is_not_split_as_lira() {
        for currency in [Currency::Dollar, Currency::Euro, Currency::Pound] {
            assert_eq!(confirmed(currency, &[]), Err(NotConfirmed::NotLira));
        }
    }
}
