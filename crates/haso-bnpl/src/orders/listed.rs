//! The orders in a customer's list. Its form is not documented.

use kervan_wire::tree::Value;

use crate::answer::UndocumentedList;
use crate::ids::{self, CustomerId, TransactionCode};
use crate::plan::{self, Plan, WirePlan};
use crate::received::value::{ValueExt as _, parse_object};

/// An order of the list.
pub(super) struct Listed {
    pub(super) code: TransactionCode,
    /// `None` where the row holds less than a plan.
    pub(super) plan: Option<Plan>,
}

/// The orders of a customer's list, newest first.
pub(super) struct List {
    pub(super) rows: Vec<Listed>,
    /// Whether the answer shows that it is the list of this customer: by the customer's number beside the
    /// rows, or in every row. Without it, it may be the list of anybody.
    pub(super) is_named: bool,
}

/// Returns the orders of a list. `None` for any shape but a list of rows that have codes, and for a list or
/// a row of another customer.
pub(super) fn orders(list: &UndocumentedList, customer: &CustomerId) -> Option<List> {
    let text = list.data.as_ref()?.as_str();
    let whole = parse_object(&["{\"Data\":", text, "}"].concat()).ok()?;
    let data = whole.get("Data")?.clone();
    let around = owner(&[&data], customer)?;
    let list = match data {
        Value::List(_) => data,
        mut data => data.take("Transactions").ok()?.opened(),
    };
    let Value::List(items) = list else {
        return None;
    };
    let rows = items.into_iter().map(|item| row(item, customer));
    let rows: Vec<_> = rows.collect::<Option<_>>()?;
    let is_named = match around {
        Owner::Customer => true,
        Owner::Unsaid => {
            !rows.is_empty() && rows.iter().all(|(_, owner)| *owner == Owner::Customer)
        }
    };
    let rows = rows.into_iter().map(|(row, _)| row).collect();
    Some(List { rows, is_named })
}

/// Whose it is, by the number of the customer in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// That of the customer.
    Customer,
    /// It has no number.
    Unsaid,
}

/// Returns whose values are; `None` for another customer's. Wire: `CustomerId`.
fn owner(values: &[&Value], customer: &CustomerId) -> Option<Owner> {
    let mut owner = Owner::Unsaid;
    for number in values.iter().filter_map(|value| value.get("CustomerId")) {
        if number.is_nothing() {
            continue;
        }
        if !ids::is_same(number.as_text()?, customer.as_str()) {
            return None;
        }
        owner = Owner::Customer;
    }
    Some(owner)
}

fn row(mut item: Value, customer: &CustomerId) -> Option<(Listed, Owner)> {
    plan::settle_form(&mut item).ok()?;
    let whole = item.take("TransactionPayments").ok()?;
    let owner = owner(&[&item, &whole], customer)?;
    let code = [&item, &whole]
        .into_iter()
        .find_map(|value| value.get("TransactionCode"));
    let code = code.and_then(Value::as_text)?.into();
    let plan = whole
        .pruned()
        .read::<WirePlan>()
        .ok()
        .map(|(plan, _)| plan.into());
    Some((Listed { code, plan }, owner))
}
