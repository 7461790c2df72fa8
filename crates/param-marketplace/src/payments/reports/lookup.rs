//! Finds a payment's number and net amount in the list, for the marketplace.

use super::history::{HistoryKind, HistoryRow, PaymentHistory};
use crate::amount::ReceivedAmount;
use crate::ids::PaymentId;
use crate::payments::answer;
use crate::payments::hand_over::{NotConfirmed, PaidOrder, is_nothing};
use crate::payments::ids::{PaymentOrder, ReceiptId};

/// The names of the lira in rows.
const LIRA: [&str; 3] = ["TRL", "TL", "TRY"];

impl PaymentHistory {
    /// Returns the one payment of an order, with its number and its net amount as the service reports them.
    ///
    /// Give the number that the service reported, which may differ from the one that was sent, and
    /// compare the `total` with the order's.
    ///
    /// # Errors
    ///
    /// [`NotConfirmed`] unless the rows have exactly one payment in lira that was made, not cancelled and
    /// not refunded. A payment that is not found may be outside the requested period.
    pub fn order(&self, order: &PaymentOrder) -> Result<PaidOrder, NotConfirmed> {
        if order.sent().is_empty() {
            return Err(NotConfirmed::NotFound);
        }
        self.paid(|row| row.order.as_ref() == Some(order))
    }

    /// Returns the one payment of a receipt, the only number that a payment without 3-D gives.
    ///
    /// # Errors
    ///
    /// As [`order`](Self::order).
    pub fn receipt(&self, receipt: &ReceiptId) -> Result<PaidOrder, NotConfirmed> {
        // Failures have the receipt 0, which names none of them.
        let wanted = ReceiptId::of_money(receipt.as_str()).ok_or(NotConfirmed::NotFound)?;
        self.paid(|row| row.paid_receipt().as_ref() == Some(&wanted))
    }

    fn paid(&self, is_wanted: impl Fn(&HistoryRow) -> bool) -> Result<PaidOrder, NotConfirmed> {
        let is_sale = |row: &&HistoryRow| row.kind() == Some(HistoryKind::Sale) && is_wanted(row);
        let mut sales = self.rows.iter().filter(is_sale).peekable();
        sales.peek().ok_or(NotConfirmed::NotFound)?;
        let mut done = sales.filter(|row| row.is_done());
        let row = done.next().ok_or(NotConfirmed::NotPaid)?;
        if done.any(|other| other != row) {
            return Err(NotConfirmed::Ambiguous);
        }
        let paid = row.to_order()?;
        let undone = self.rows.iter().find(|other| other.undoes(paid.payment));
        match undone.and_then(HistoryRow::kind) {
            None => Ok(paid),
            Some(HistoryKind::Refund) => Err(NotConfirmed::PartlyRefunded),
            Some(_) => Err(NotConfirmed::NotPaid),
        }
    }
}

impl HistoryRow {
    fn paid_receipt(&self) -> Option<ReceiptId> {
        ReceiptId::of_money(self.receipt.as_ref()?.as_str())
    }

    fn to_order(&self) -> Result<PaidOrder, NotConfirmed> {
        let currency = self.currency.as_deref().map(str::trim).unwrap_or_default();
        if !LIRA.contains(&currency) {
            return Err(NotConfirmed::NotLira);
        }
        let amount = |text: &Option<ReceivedAmount>| text.as_ref()?.money();
        if !is_nothing(self.refunded.as_ref()) {
            return Err(NotConfirmed::PartlyRefunded);
        }
        let payment = answer::payment_id(self.payment.as_deref());
        let total = amount(&self.amount).ok_or(NotConfirmed::Mismatch("Tutar"))?;
        let net = amount(&self.net).filter(|net| net.is_positive() && *net <= total);
        Ok(PaidOrder {
            payment: payment.ok_or(NotConfirmed::Mismatch("SanalPOS_Islem_ID"))?,
            receipt: self.paid_receipt().ok_or(NotConfirmed::NotPaid)?,
            order: self
                .order
                .clone()
                .ok_or(NotConfirmed::Mismatch("ORJ_ORDER_ID"))?,
            total,
            net: net.ok_or(NotConfirmed::NoNetAmount)?,
        })
    }

    /// Returns whether the row is a successful cancellation or refund of this payment.
    fn undoes(&self, payment: PaymentId) -> bool {
        let undoes = matches!(self.kind(), Some(HistoryKind::Cancel | HistoryKind::Refund));
        undoes && self.is_done() && answer::payment_id(self.original.as_deref()) == Some(payment)
    }
}

#[cfg(test)]
mod tests {

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

    fn history(rows: &[HistoryRow]) -> PaymentHistory {
        PaymentHistory {
            rows: rows.to_vec(),
        }
    }

    fn found(rows: &[HistoryRow]) -> Result<PaidOrder, NotConfirmed> {
        let history = history(rows);
        let by_receipt = history.receipt(&ReceiptId::from(" 3007300695"));
        let by_order = history.order(&PaymentOrder::from("order222"));
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
        let other = row(&[("ORJ_ORDER_ID", "order22"), ("Dekont_ID", "300730069")]);
        let paid = found(&[refused, other, row(&[]), row(&[])]).unwrap();
        assert_eq!(paid.payment, PaymentId::new(6_021_847_062));
        assert_eq!(paid.receipt.as_str(), "3007300695");
        assert_eq!(paid.order.as_str(), "order222");
        assert_eq!(
            (paid.net.dot(), paid.total.dot()),
            ("982.75".into(), "1000.25".into())
        );
    }

    #[test]
    fn anything_but_one_good_payment_is_refused() {
        let undone = |kind, original| {
            row(&[
                ("Tip_Str", kind),
                ("SanalPOS_Islem_ID", "6021847099"),
                ("SanalPOS_Islem_ID_Orj", original),
            ])
        };
        let own = "6021847062";
        for (rows, reason) in [
            (vec![], NotConfirmed::NotFound),
            (vec![row(&[("Tip_Str", "Devir")])], NotConfirmed::NotFound),
            (vec![row(&[("Sonuc", "12")])], NotConfirmed::NotPaid),
            (vec![row(&[("Sonuc", "-1")])], NotConfirmed::NotPaid),
            (vec![row(&[("Sonuc", "7")])], NotConfirmed::NotPaid),
            (vec![row(&[]), undone("İptal", own)], NotConfirmed::NotPaid),
            (
                vec![row(&[]), undone("İade", own)],
                NotConfirmed::PartlyRefunded,
            ),
            (
                vec![row(&[("Toplam_Iade_Tutar", "1.0000")])],
                NotConfirmed::PartlyRefunded,
            ),
            (
                vec![row(&[("Toplam_Iade_Tutar", "?")])],
                NotConfirmed::PartlyRefunded,
            ),
            (
                vec![row(&[]), row(&[("SanalPOS_Islem_ID", "6021847063")])],
                NotConfirmed::Ambiguous,
            ),
            (vec![row(&[("PB", "USD")])], NotConfirmed::NotLira),
            (vec![row(&[("PB", "")])], NotConfirmed::NotLira),
            (
                vec![row(&[("SanalPOS_Islem_ID", "0")])],
                NotConfirmed::Mismatch("SanalPOS_Islem_ID"),
            ),
            (
                vec![row(&[("Net_Tutar", "1000.2501")])],
                NotConfirmed::NoNetAmount,
            ),
            (
                vec![row(&[("Net_Tutar", "1000.26")])],
                NotConfirmed::NoNetAmount,
            ),
            (
                vec![row(&[("Net_Tutar", "-1.00")])],
                NotConfirmed::NoNetAmount,
            ),
            (vec![row(&[("Tutar", "")])], NotConfirmed::Mismatch("Tutar")),
        ] {
            assert_eq!(found(&rows), Err(reason), "{rows:?}");
        }
        assert!(found(&[row(&[]), undone("İptal", "6021847001")]).is_ok());
        for refunded in ["", "0.0000"] {
            assert!(found(&[row(&[("Toplam_Iade_Tutar", refunded)])]).is_ok());
        }
    }

    #[test]
    fn a_receipt_of_zero_names_no_payment() {
        let failed = [row(&[("Dekont_ID", "0")])];
        let by_receipt = history(&failed).receipt(&ReceiptId::from("0"));
        assert_eq!(by_receipt, Err(NotConfirmed::NotFound));
        let by_order = history(&failed).order(&PaymentOrder::from("order222"));
        assert_eq!(by_order, Err(NotConfirmed::NotPaid));
        let nameless = [row(&[("ORJ_ORDER_ID", "")])];
        let by_order = history(&nameless).order(&PaymentOrder::from(" "));
        assert_eq!(by_order, Err(NotConfirmed::NotFound));
    }
}
