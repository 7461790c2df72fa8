//! The service's answers to calls, written from their outputs.

use kervan_core::{Operation, Personal, Reply};
use kervan_wire::tree::Value;

use super::written::{CONTENT_TYPE, envelope, object, text, wire, written};
use crate::answer::{Accepted, UndocumentedList};
use crate::codes::SUCCESS;
use crate::customers::change_phone::ChangePhone;
use crate::customers::get_customer::{CustomerInformation, GetCustomer};
use crate::customers::list_transactions::ListTransactions;
use crate::enforcement::SendExpense;
use crate::ids::CustomerId;
use crate::limits::{
    AskReport, ConfirmPin, LimitLink, LimitLinkForm, LimitProgress, SetLimitFromKds,
    StartLimitByPin,
};
use crate::orders::activate::{ActivateOrder, ActivatedOrder};
use crate::orders::create::{CreateTransaction, CreatedTransaction};
use crate::orders::get_plan::{GetPlan, OrderPlan};
use crate::payments::{LoadBalance, SetBulkPaid, SetPaid};
use crate::plan::{InstallmentStatus, Plan};
use crate::received::value::{ValueExt as _, parse_object};
use crate::refunds::{CheckRefund, Refund};
use crate::settings::Settings;
use crate::settings::quirks::Quirks;
use crate::token::{GetToken, IssuedToken};

/// Returns the successful answer to a call, from the output that the call shall have.
///
/// An output with undocumented `data` is written with it. Without it, the answer holds only what the
/// client needs: the code of success, or the number of a refund.
pub fn answer<O: Answered>(call: &O, output: &O::Output) -> Reply {
    reply(&envelope(&[], call.data(output)))
}

/// Returns the refusal of a call, with a code or a text in `Errors`, as `H223`.
pub fn refused(reason: impl Into<String>) -> Reply {
    reply(&envelope(&[reason.into()], Value::Null))
}

/// Returns the list of a customer's orders, newest first. It names the customer, by which the list settles
/// a [`CreateTransaction`].
pub fn transactions<'p>(
    customer: &CustomerId,
    plans: impl IntoIterator<Item = &'p Plan>,
) -> UndocumentedList {
    let rows = plans.into_iter().map(wire).collect();
    let list = object([
        ("CustomerId", text(customer.as_str())),
        ("Transactions", Value::List(rows)),
    ]);
    UndocumentedList::new(Some(list.to_json().into()))
}

/// A call whose answer [`answer`] writes.
pub trait Answered: Operation<Service = Settings> {
    /// Writes `Data`.
    #[doc(hidden)]
    fn data(&self, output: &Self::Output) -> Value;
}

fn reply(envelope: &Value) -> Reply {
    let content_type = ("Content-Type".to_owned(), CONTENT_TYPE.to_owned());
    Reply::new(200, vec![content_type], written(envelope))
}

/// Returns undocumented contents as they are.
fn kept(data: Option<&Personal>) -> Option<Value> {
    let whole = parse_object(&["{\"Data\":", data?.as_str(), "}"].concat()).ok()?;
    whole.get("Data").cloned()
}

macro_rules! accepted {
    ($($call:ty: |$own:ident| $data:expr),+ $(,)?) => {$(
        impl Answered for $call {
            fn data(&self, output: &Accepted) -> Value {
                let $own = self;
                kept(output.data.as_ref()).unwrap_or_else(|| $data)
            }
        }
    )+};
}

fn success() -> Value {
    object([("Message", text(SUCCESS))])
}

accepted! {
    SetPaid: |_own| success(),
    SetBulkPaid: |_own| success(),
    ChangePhone: |_own| success(),
    LoadBalance: |_own| success(),
    SendExpense: |_own| success(),
    SetLimitFromKds: |_own| success(),
    Refund: |own| object([("RefundId", text(own.refund.as_str()))]),
    CheckRefund: |own| object([("RefundId", text(own.refund.as_str()))]),
}

impl Answered for GetToken {
    fn data(&self, output: &IssuedToken) -> Value {
        object([("Token", text(output.token.expose()))])
    }
}

impl Answered for ActivateOrder {
    fn data(&self, output: &ActivatedOrder) -> Value {
        kept(output.data.as_ref()).unwrap_or(Value::Null)
    }
}

impl Answered for CreateTransaction {
    fn data(&self, output: &CreatedTransaction) -> Value {
        object([("TransactionPayments", wire(&output.plan))])
    }
}

impl Answered for GetPlan {
    fn data(&self, output: &OrderPlan) -> Value {
        let mut data = object([("TransactionPayments", with_statuses(&output.plan))]);
        if output.is_waiting() {
            let status = Quirks::default().waiting_status;
            data.put("TransactionStatus", text(status));
        }
        data
    }
}

/// Writes a plan with the statuses of its installments.
fn with_statuses(plan: &Plan) -> Value {
    let mut whole = wire(plan);
    let list = whole.take("TransactionPayments").unwrap_or_default();
    let Value::List(rows) = list else {
        return whole;
    };
    let rows = rows.into_iter().zip(&plan.installments);
    let rows = rows.map(|(mut row, part)| {
        if let Some(status) = part.status.as_ref().map(InstallmentStatus::as_str) {
            row.put("PaymentStatus", text(status));
        }
        row
    });
    whole.put("TransactionPayments", Value::List(rows.collect()));
    whole
}

impl Answered for ListTransactions {
    fn data(&self, output: &UndocumentedList) -> Value {
        kept(output.data.as_ref()).unwrap_or(Value::Null)
    }
}

impl Answered for GetCustomer {
    fn data(&self, output: &CustomerInformation) -> Value {
        let kept = kept(output.data.as_ref());
        kept.unwrap_or_else(|| {
            let customer = output.customer.as_ref();
            let info = customer.map_or(Value::Null, |customer| {
                let limit = customer
                    .limit
                    .map_or(Value::Null, |limit| text(limit.dot()));
                object([("CustomerLimit", limit)])
            });
            object([("CustomerInfo", info)])
        })
    }
}

macro_rules! in_progress {
    ($($call:ty),+) => {$(
        impl Answered for $call {
            fn data(&self, output: &LimitProgress) -> Value {
                progress(output)
            }
        }
    )+};
}

in_progress!(StartLimitByPin, ConfirmPin, AskReport);

fn progress(output: &LimitProgress) -> Value {
    let mut data = Value::Object(Vec::new());
    if let Some(reference) = &output.reference {
        data.put("KkbRefNo", text(reference.as_str()));
    }
    let mut customer = Value::Object(Vec::new());
    if let Some(id) = &output.customer {
        customer.put("CustomerId", text(id.as_str()));
    }
    if let Some(limit) = output.limit {
        customer.put("CustomerLimit", text(limit.dot()));
    }
    if !customer.is_nothing() {
        data.put("CustomerInfo", customer);
    }
    data
}

impl Answered for LimitLinkForm {
    fn data(&self, output: &LimitLink) -> Value {
        object([("URL", text(output.url.as_str()))])
    }
}
