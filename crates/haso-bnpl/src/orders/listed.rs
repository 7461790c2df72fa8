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

/// Returns the orders of a list, newest first. `None` for any shape but a list of rows that have
/// codes, and for rows of another customer.
pub(super) fn orders(list: &UndocumentedList, customer: &CustomerId) -> Option<Vec<Listed>> {
    let text = list.data.as_ref()?.as_str();
    let whole = parse_object(&["{\"Data\":", text, "}"].concat()).ok()?;
    let data = whole.get("Data")?.clone();
    let list = match data {
        Value::List(_) => data,
        mut data => data.take("Transactions").ok()?.opened(),
    };
    let Value::List(items) = list else {
        return None;
    };
    items.into_iter().map(|item| row(item, customer)).collect()
}

fn row(mut item: Value, customer: &CustomerId) -> Option<Listed> {
    let owner = item.get("CustomerId").and_then(Value::as_text);
    if owner.is_some_and(|owner| !ids::is_same(owner, customer.as_str())) {
        return None;
    }
    plan::settle_form(&mut item).ok()?;
    let whole = item.take("TransactionPayments").ok()?;
    let code = [&item, &whole]
        .into_iter()
        .find_map(|value| value.get("TransactionCode"));
    let code = code.and_then(Value::as_text)?.into();
    let plan = whole
        .pruned()
        .read::<WirePlan>()
        .ok()
        .map(|(plan, _)| plan.into());
    Some(Listed { code, plan })
}
