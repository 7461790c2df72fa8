//! From the list of payments to the marketplace: the payment's number and its net amount.

use kervan_core::Money;

use super::answer;
use super::history::{HistoryKind, HistoryRow, PaymentHistory};
use super::ids::{PaymentOrder, ReceiptId};
use crate::amount::ReceivedAmount;
use crate::ids::PaymentId;

/// How rows name the lira.
const LIRA: [&str; 3] = ["TRL", "TL", "TRY"];

/// A payment in lira that was made and not cancelled, with what a marketplace divides.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaymentMade {
    /// The number that [`AddOrderDetail`](crate::AddOrderDetail) takes. Wire: `SanalPOS_Islem_ID`.
    pub payment: PaymentId,
    /// What the sellers can get together: the amount after Param's commission, as the service tells
    /// it. Wire: `Net_Tutar`.
    pub net: Money,
    /// What the card was charged. Wire: `Tutar`.
    pub amount: Money,
    /// What was refunded so far; `None` when the row does not tell. Wire: `Toplam_Iade_Tutar`.
    pub refunded: Option<Money>,
}

/// Why a list does not tell the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoPayment {
    /// No row is a payment of this number. It may lie outside the time that was asked for.
    #[error("no row is a payment of this number")]
    NotFound,
    /// The payment failed, or was cancelled.
    #[error("the payment failed or was cancelled")]
    NotPaid,
    /// Several payments have this number.
    #[error("several payments have this number")]
    Ambiguous,
    /// The row lacks its number, an amount or the currency, or one of them cannot be right.
    #[error("the row of the payment cannot be relied on")]
    Unreadable,
    /// The payment is not in lira.
    #[error("the payment is not in lira")]
    OtherCurrency,
}

impl PaymentHistory {
    /// The payment of an order. Give the number that the service reported, which may differ from the
    /// one that was sent.
    ///
    /// # Errors
    ///
    /// [`NoPayment`] when the rows do not tell exactly one payment.
    pub fn sale_of_order(&self, order: &PaymentOrder) -> Result<PaymentMade, NoPayment> {
        let wanted = order.as_str().trim();
        let found = |row: &HistoryRow| row.order.as_ref().map(|it| it.as_str().trim().to_owned());
        self.sale(wanted, found)
    }

    /// The payment of a receipt, as a payment without 3-D gives it.
    ///
    /// # Errors
    ///
    /// [`NoPayment`] when the rows do not tell exactly one payment.
    pub fn sale_of_receipt(&self, receipt: &ReceiptId) -> Result<PaymentMade, NoPayment> {
        let wanted = receipt.as_str().trim();
        if ReceiptId::of_money(wanted).is_none() {
            // Failures have the receipt 0.
            return Err(NoPayment::NotFound);
        }
        let found = |row: &HistoryRow| row.receipt.as_ref().map(|it| it.as_str().trim().to_owned());
        self.sale(wanted, found)
    }

    fn sale(
        &self,
        wanted: &str,
        found: impl Fn(&HistoryRow) -> Option<String>,
    ) -> Result<PaymentMade, NoPayment> {
        let named = |row: &&HistoryRow| found(row).is_some_and(|it| !it.is_empty() && it == wanted);
        let sales = self.rows.iter().filter(named);
        let sales: Vec<_> = sales
            .filter(|row| row.kind() == Some(HistoryKind::Sale))
            .collect();
        if sales.is_empty() {
            return Err(NoPayment::NotFound);
        }
        let mut done = sales.into_iter().filter(|row| row.is_done());
        let row = done.next().ok_or(NoPayment::NotPaid)?;
        if done.any(|other| other != row) {
            return Err(NoPayment::Ambiguous);
        }
        let made = row.made()?;
        if self.rows.iter().any(|other| other.cancels(made.payment)) {
            return Err(NoPayment::NotPaid);
        }
        Ok(made)
    }
}

impl HistoryRow {
    fn made(&self) -> Result<PaymentMade, NoPayment> {
        let currency = self.currency.as_deref().map(str::trim);
        if !LIRA.contains(&currency.ok_or(NoPayment::Unreadable)?) {
            return Err(NoPayment::OtherCurrency);
        }
        let amount = |text: &Option<ReceivedAmount>| text.as_ref()?.money();
        let payment = answer::payment_id(self.payment.as_deref()).ok_or(NoPayment::Unreadable)?;
        let net = amount(&self.net).ok_or(NoPayment::Unreadable)?;
        let charged = amount(&self.amount).ok_or(NoPayment::Unreadable)?;
        if !net.is_positive() || net > charged {
            return Err(NoPayment::Unreadable);
        }
        Ok(PaymentMade {
            payment,
            net,
            amount: charged,
            refunded: amount(&self.refunded),
        })
    }

    /// Whether the row is a cancellation of this payment that worked.
    fn cancels(&self, payment: PaymentId) -> bool {
        let original = answer::payment_id(self.original.as_deref());
        self.kind() == Some(HistoryKind::Cancel) && self.is_done() && original == Some(payment)
    }
}

#[cfg(test)]
mod tests {
    use kervan_core::Drift;

    use super::*;

    fn row(columns: &[(&str, &str)]) -> HistoryRow {
        let sale = [
            ("SanalPOS_Islem_ID", "6021847062"),
            ("Tip_Str", "Satış"),
            ("Net_Tutar", "982.7500"),
            ("Tutar", "1000.2500"),
            ("Dekont_ID", "3007300695"),
            ("ORJ_ORDER_ID", "order222"),
            ("Sonuc", "1"),
            ("PB", "TRL"),
        ];
        let all = sale.into_iter().chain(columns.iter().copied());
        let object: serde_json::Map<_, _> = all
            .map(|(name, text)| (name.to_owned(), text.into()))
            .collect();
        serde_json::from_value(object.into()).unwrap()
    }

    fn of_order(rows: Vec<HistoryRow>) -> Result<PaymentMade, NoPayment> {
        let history = PaymentHistory {
            rows,
            message: None,
            drift: Drift::default(),
        };
        let by_receipt = history.sale_of_receipt(&ReceiptId::from("3007300695"));
        let by_order = history.sale_of_order(&PaymentOrder::from("order222"));
        assert_eq!(by_order, by_receipt);
        by_order
    }

    #[test]
    fn one_payment_tells_its_number_and_net_amount() {
        let refused = row(&[
            ("Sonuc", "2"),
            ("SanalPOS_Islem_ID", "6021847061"),
            ("Net_Tutar", "0"),
        ]);
        let refund = row(&[
            ("Tip_Str", "İade"),
            ("Net_Tutar", "-10.00"),
            ("Tutar", "-10.00"),
        ]);
        let other = row(&[("ORJ_ORDER_ID", "order22"), ("Dekont_ID", "300730069")]);
        let again = row(&[]);
        let made = of_order(vec![refused, other, row(&[]), refund, again]).unwrap();
        assert_eq!(made.payment, PaymentId::new(6_021_847_062));
        assert_eq!(made.net.dot(), "982.75");
        assert_eq!(made.amount.dot(), "1000.25");
        assert_eq!(made.refunded, None);
    }

    #[test]
    fn anything_but_one_good_payment_is_none() {
        let cancel = |original| {
            row(&[
                ("Tip_Str", "İptal"),
                ("SanalPOS_Islem_ID", "6021847099"),
                ("SanalPOS_Islem_ID_Orj", original),
            ])
        };
        for (rows, reason) in [
            (vec![], NoPayment::NotFound),
            (vec![row(&[("Tip_Str", "Devir")])], NoPayment::NotFound),
            (vec![row(&[("Sonuc", "12")])], NoPayment::NotPaid),
            (vec![row(&[("Sonuc", "-1")])], NoPayment::NotPaid),
            (vec![row(&[("Sonuc", "7")])], NoPayment::NotPaid),
            (vec![row(&[]), cancel("6021847062")], NoPayment::NotPaid),
            (
                vec![row(&[]), row(&[("SanalPOS_Islem_ID", "6021847063")])],
                NoPayment::Ambiguous,
            ),
            (vec![row(&[("PB", "USD")])], NoPayment::OtherCurrency),
            (
                vec![row(&[("SanalPOS_Islem_ID", "0")])],
                NoPayment::Unreadable,
            ),
            (
                vec![row(&[("Net_Tutar", "1000.2501")])],
                NoPayment::Unreadable,
            ),
            (
                vec![row(&[("Net_Tutar", "1000.26")])],
                NoPayment::Unreadable,
            ),
            (vec![row(&[("Net_Tutar", "-1.00")])], NoPayment::Unreadable),
            (vec![row(&[("Tutar", "")])], NoPayment::Unreadable),
        ] {
            assert_eq!(of_order(rows.clone()), Err(reason), "{rows:?}");
        }
        assert!(of_order(vec![row(&[]), cancel("6021847001")]).is_ok());
    }

    #[test]
    fn a_receipt_of_zero_names_no_payment() {
        let history = PaymentHistory {
            rows: vec![row(&[("Dekont_ID", "0")])],
            message: None,
            drift: Drift::default(),
        };
        let found = history.sale_of_receipt(&ReceiptId::from("0"));
        assert_eq!(found, Err(NoPayment::NotFound));
    }
}
