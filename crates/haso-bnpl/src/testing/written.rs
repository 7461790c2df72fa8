//! Values in the service's names, as JSON.

use kervan_turkiye::Money;
use kervan_wire::tree::Value;

use crate::ids::PaymentCode;
use crate::plan::Plan;

/// The content type of the posts.
pub const CONTENT_TYPE: &str = "application/json";

pub(super) fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

pub(super) fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter();
    Value::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// Creates an envelope that says success, or the reasons of a failure.
pub(super) fn envelope(errors: &[String], data: Value) -> Value {
    let reasons = errors.iter().map(|reason| text(reason.as_str()));
    object([
        ("Success", Value::Flag(errors.is_empty())),
        ("Errors", Value::List(reasons.collect())),
        ("Data", data),
    ])
}

/// Returns a value as JSON text.
pub(super) fn written(value: &Value) -> Vec<u8> {
    value.to_json().into_bytes()
}

/// Writes a plan in HASO's names.
pub(super) fn wire(plan: &Plan) -> Value {
    let amount = |amount: Option<Money>| text(amount.unwrap_or(Money::ZERO).dot());
    let installments = plan.installments.iter().map(|part| {
        let code = part.code.as_ref().map(PaymentCode::as_str);
        object([
            ("InstallmentNo", text(part.number.unwrap_or(1).to_string())),
            ("PaymentCode", text(code.unwrap_or_default())),
            ("InstallmentPayment", amount(Some(part.amount))),
            ("Fee", amount(part.fee)),
        ])
    });
    object([
        ("TransactionCode", text(plan.transaction.as_str())),
        ("MerchantOid", text(plan.order.as_str())),
        ("Fee", amount(plan.fee)),
        ("TotalAmount", amount(Some(plan.total))),
        ("DownPayment", amount(plan.down_payment)),
        ("TransactionPayments", Value::List(installments.collect())),
    ])
}
