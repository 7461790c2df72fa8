//! Orders of HASO.

use std::time::SystemTime;

use haso_bnpl::{Plan, Quirks};

use crate::line::{Fact, Kind, Row, Theirs};

/// Reads the plan of an order, as `GetPlan` returns it, as an order in installments. Its subject is the order's number.
///
/// HASO has no list of a day: ask for the plan of each order of the day, also of those that the shop believes to have
/// failed. `at` is when the order was made, as the shop knows it.
pub fn plan(plan: &Plan, quirks: &Quirks, at: SystemTime) -> Vec<Row> {
    let subject = plan.order.as_str().trim();
    let amount = plan.order_amount(quirks);
    let mut rows = vec![Row::Line(Theirs {
        kind: Kind::Installments,
        subject: subject.to_owned(),
        amount,
        fact: Fact::Done,
        at: Some(at),
    })];
    if amount.is_none() {
        rows.push(Row::unread(Kind::Installments, subject, "Fee", None));
    }
    rows
}
