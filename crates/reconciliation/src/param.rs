//! Rows of Param's lists.

use kervan_core::Language;
use kervan_turkiye::Money;
use kervan_turkiye::time::istanbul_time;
use param_marketplace::payments::{
    HistoryKind, HistoryRow, PaymentHistory, PaymentOrder, PaymentSummary,
    Reconciliation as Payouts, ReconciliationRow, TurkishAmount,
};
use param_marketplace::{ReceivedAmount, ReceivedMoment};

use crate::day::Reconciliation;
use crate::difference::Side;
use crate::line::{Fact, Kind, Row, Theirs};

/// The words for lira.
const LIRA: [&str; 3] = ["TRL", "TRY", "TL"];

/// Reads the rows of Param's history (`ListPayments`) as payments, cancellations and refunds. Their subject is the
/// order's number as the service reports it, also for what was given back.
///
/// A payment that was cancelled later has happened, and its cancellation has a row of its own.
pub fn history(history: &PaymentHistory) -> impl Iterator<Item = Row> {
    history.rows.iter().flat_map(history_row)
}

fn history_row(row: &HistoryRow) -> Vec<Row> {
    let order = row.order.as_ref().map_or("", PaymentOrder::as_str).trim();
    let kind = match row.kind() {
        Some(HistoryKind::Sale) => Kind::Payment,
        Some(HistoryKind::Cancel) => Kind::Cancellation,
        Some(HistoryKind::Refund) => Kind::Refund,
        _ => {
            let text = row.kind_text.as_deref();
            return vec![Row::unread(Kind::Payment, order, "Tip_Str", text)];
        }
    };
    let unread = |column, text| Row::unread(kind, order, column, text);
    let fact = match row.result.as_deref().map(str::trim) {
        Some("1") => Fact::Done,
        Some("12") if kind == Kind::Payment => Fact::Done,
        Some("2" | "-1") => Fact::NotDone,
        other => return vec![unread("Sonuc", other)],
    };
    if order.is_empty() {
        // A failure without a number has moved no money.
        return match fact {
            Fact::Done => vec![unread("ORJ_ORDER_ID", None)],
            Fact::NotDone => Vec::new(),
        };
    }
    let mut rows = Vec::new();
    let mut amount = None;
    if fact == Fact::Done {
        let currency = row.currency.as_deref();
        if LIRA.contains(&currency.unwrap_or_default().trim()) {
            let received = row.amount.as_ref();
            amount = received.and_then(ReceivedAmount::money).and_then(unsigned);
            if amount.is_none() {
                rows.push(unread("Tutar", received.map(ReceivedAmount::as_str)));
            }
        } else {
            rows.push(unread("PB", currency));
        }
    }
    let at = row.time.as_ref().and_then(ReceivedMoment::time);
    if at.is_none() {
        let text = row.time.as_ref().map(ReceivedMoment::as_str);
        rows.push(unread("Tarih", text));
    }
    rows.push(Row::Line(Theirs {
        kind,
        subject: order.to_owned(),
        amount,
        fact,
        at: at.map(istanbul_time),
    }));
    rows
}

/// Reads the parts that a bank settles on a day (`ReconcileDay`) as payouts. Their subject is the order's number.
///
/// The list has one row for each part of a payment, so the amounts of an order are summed up. Its rows have no time on
/// the day: give [`Reconciliation`] what the shop expects to be settled on it.
pub fn payouts(payouts: &Payouts) -> impl Iterator<Item = Row> {
    payouts.rows.iter().flat_map(payout_row)
}

fn payout_row(row: &ReconciliationRow) -> Vec<Row> {
    let order = row.order.as_ref().map_or("", PaymentOrder::as_str).trim();
    let unread = |column, text| Row::unread(Kind::Payout, order, column, text);
    if order.is_empty() {
        return vec![unread("SIPARIS_NO", None)];
    }
    let received = row.amount.as_ref();
    let amount = received.and_then(TurkishAmount::money);
    let mut rows = Vec::new();
    if amount.is_none() {
        let text = received.map(TurkishAmount::as_str);
        rows.push(unread("PROVIZYON_TUTARI", text));
    }
    rows.push(Row::Line(Theirs {
        kind: Kind::Payout,
        subject: order.to_owned(),
        amount,
        fact: Fact::Done,
        at: None,
    }));
    rows
}

/// A total of Param's summary that is not that of its own list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherTotal {
    /// The kind.
    pub kind: Kind,
    /// The rows of the list that were read.
    pub list: Side,
    /// The count in the summary, as sent.
    pub count: Option<String>,
    /// The sum in the summary, as sent.
    pub sum: Option<String>,
}

impl OtherTotal {
    /// Returns the difference as words for people.
    pub fn text(&self, language: Language) -> String {
        let kind = self.kind.text(language);
        let list = self.list.count;
        let summary = self.count.as_deref().unwrap_or("-");
        match language {
            Language::Turkish => format!("{kind}: listede {list}, özette {summary}"),
            _ => format!("{kind}: {list} in the list, {summary} in the summary"),
        }
    }
}

/// Compares Param's summary of a day (`SummarizePayments`) with the rows of its list that were read on the day: a
/// page of the list that was never asked for is found so.
pub fn totals(read: &Reconciliation, summary: &PaymentSummary) -> Vec<OtherTotal> {
    let columns = [
        (Kind::Payment, &summary.paid_count, &summary.paid),
        (
            Kind::Cancellation,
            &summary.cancelled_count,
            &summary.cancelled,
        ),
        (Kind::Refund, &summary.refunded_count, &summary.refunded),
    ];
    let mut others = Vec::new();
    for (kind, count, sum) in columns {
        let (_, list) = read.totals(kind);
        let same_count = count
            .as_deref()
            .and_then(|text| text.trim().parse().ok())
            .is_some_and(|count: u32| count == list.count);
        let summed = sum
            .as_ref()
            .and_then(ReceivedAmount::money)
            .and_then(unsigned);
        let same_sum = match (summed, list.sum) {
            (Some(there), Some(here)) => there == here,
            // A day without rows may have no sum.
            (None, _) => list.count == 0,
            (_, None) => true,
        };
        if !(same_count && same_sum) {
            others.push(OtherTotal {
                kind,
                list,
                count: count.clone(),
                sum: sum.as_ref().map(|sum| sum.as_str().to_owned()),
            });
        }
    }
    others
}

/// Returns an amount without its sign: what was given back is below zero in the history.
fn unsigned(amount: Money) -> Option<Money> {
    if amount >= Money::ZERO {
        Some(amount)
    } else {
        Money::ZERO.checked_sub(amount)
    }
}
