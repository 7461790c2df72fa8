//! Rows of Param's lists: nothing is left out in silence.

use kervan_reconciliation::param::{history, payouts, totals};
use kervan_reconciliation::{Kind, Ours, Reconciliation, Row, What};
use kervan_turkiye::Money;
use param_marketplace::payments::{
    HistoryRow, PaymentHistory, PaymentSummary, Reconciliation as Payouts, ReconciliationRow,
};

use crate::{at, day, lira};

fn list(rows: &[&[(&str, &str)]]) -> PaymentHistory {
    let mut list = PaymentHistory::default();
    for columns in rows {
        let sale = [
            ("SanalPOS_Islem_ID", "6021847062"),
            ("Tip_Str", "Satış"),
            ("Tutar", "100.0000"),
            ("Tarih", "30.11.2026 12:00:00"),
            ("ORJ_ORDER_ID", "KV-1"),
            ("Sonuc", "1"),
            ("PB", "TRL"),
        ];
        let mut row = HistoryRow::default();
        for (name, text) in sale.into_iter().chain(columns.iter().copied()) {
            let text = (!text.is_empty()).then(|| text.to_owned());
            match name {
                "SanalPOS_Islem_ID" => row.payment = text,
                "Tip_Str" => row.kind_text = text,
                "Tutar" => row.amount = text.map(Into::into),
                "Tarih" => row.time = text.map(Into::into),
                "ORJ_ORDER_ID" => row.order = text.map(Into::into),
                "Sonuc" => row.result = text,
                "PB" => row.currency = text,
                other => panic!("{other}"),
            }
        }
        list.rows.push(row);
    }
    list
}

fn payment() -> Ours {
    Ours::done(Kind::Payment, "KV-1", lira(100), at(720))
}

fn compared(list: &PaymentHistory, here: Vec<Ours>) -> Vec<(Kind, String, What)> {
    let mut all = Reconciliation::of(day());
    for line in here {
        all.ours(line);
    }
    all.rows(history(list));
    let all = all.differences();
    all.map(|one| (one.kind, one.subject, one.what)).collect()
}

#[test]
fn a_payment_its_cancellation_and_a_refund_are_compared() {
    let rows = list(&[
        &[("Sonuc", "12")],
        &[("Tip_Str", "İptal"), ("Tutar", "-100.0000")],
        &[("ORJ_ORDER_ID", " KV-2 ")],
        &[
            ("Tip_Str", "İade"),
            ("Tutar", "-30.5000"),
            ("ORJ_ORDER_ID", "KV-2"),
        ],
        &[("Sonuc", "2"), ("ORJ_ORDER_ID", "KV-3"), ("PB", "")],
        &[("Sonuc", "-1"), ("ORJ_ORDER_ID", ""), ("PB", "")],
    ]);
    let of = |kind, subject: &str, kurus| {
        let amount = Money::from_kurus(kurus).unwrap();
        Ours::done(kind, subject, amount, at(720))
    };
    let here = vec![
        payment(),
        of(Kind::Cancellation, "KV-1", 10_000),
        of(Kind::Payment, "KV-2", 10_000),
        of(Kind::Refund, "KV-2", 3_050),
    ];
    assert_eq!(compared(&rows, here), []);
}

#[test]
fn a_column_that_cannot_be_read_is_a_difference() {
    for (column, text) in [
        ("Tip_Str", "Puan"),
        ("Sonuc", "7"),
        ("Sonuc", ""),
        ("Tutar", "1.000.0"),
        ("Tutar", ""),
        ("PB", "USD"),
        ("PB", ""),
        ("Tarih", "yesterday"),
    ] {
        let rows = list(&[&[(column, text)]]);
        let found = compared(&rows, vec![payment()]);
        let is_said = found.iter().any(|(_, subject, what)| {
            let expected = What::Unreadable {
                column: match column {
                    "Tip_Str" => "Tip_Str",
                    "Sonuc" => "Sonuc",
                    "Tutar" => "Tutar",
                    "PB" => "PB",
                    _ => "Tarih",
                },
                text: text.to_owned(),
            };
            subject == "KV-1" && *what == expected
        });
        assert!(is_said, "{column} {text}: {found:?}");
    }
    let nameless = list(&[&[("ORJ_ORDER_ID", "")]]);
    let found = compared(&nameless, vec![]);
    assert_eq!(found.len(), 1, "money without a number: {found:?}");
}

#[test]
fn the_parts_of_a_payout_are_summed_up() {
    let part = |amount: &str| {
        let mut row = ReconciliationRow::default();
        row.order = Some("KV-1".into());
        row.amount = Some(amount.into());
        row
    };
    let mut list = Payouts::default();
    list.rows = vec![part("60,00"), part("40,00")];
    let mut all = Reconciliation::of(day());
    for amount in [60, 40] {
        let line = Ours::done(Kind::Payout, "KV-1", lira(amount), at(0));
        all.ours(line);
    }
    all.rows(payouts(&list));
    assert_eq!(all.differences().count(), 0);

    // What the bank takes back is below zero on both sides.
    list.rows = vec![part("100,00"), part("-30,00")];
    let mut all = Reconciliation::of(day());
    let taken_back = Money::from_kurus(-3_000).unwrap();
    for amount in [lira(100), taken_back] {
        all.ours(Ours::done(Kind::Payout, "KV-1", amount, at(0)));
    }
    all.rows(payouts(&list));
    assert_eq!(all.differences().count(), 0);

    list.rows = vec![part("1.000")];
    let rows: Vec<_> = payouts(&list).collect();
    assert!(
        matches!(&rows[0], Row::Unread(row) if row.text == "1.000"),
        "a thousand, or one"
    );
}

#[test]
fn a_page_of_the_list_that_was_never_asked_for_is_found_by_the_summary() {
    let rows = list(&[&[], &[("ORJ_ORDER_ID", "KV-2")]]);
    let mut all = Reconciliation::of(day());
    all.rows(history(&rows));
    let summary = |count: &str, sum: &str| {
        let mut summary = PaymentSummary::default();
        summary.paid_count = Some(count.to_owned());
        summary.paid = (!sum.is_empty()).then(|| sum.into());
        summary.cancelled_count = Some("0".to_owned());
        summary.refunded_count = Some("0".to_owned());
        totals(&all, &summary)
    };
    assert_eq!(summary("2", "200.0000"), []);
    for (count, sum) in [("3", "200.0000"), ("2", "300.0000"), ("2", ""), ("", "")] {
        let other = summary(count, sum);
        assert_eq!(other.len(), 1, "{count} {sum}");
        assert_eq!(other[0].kind, Kind::Payment);
    }
}
