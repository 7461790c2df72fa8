//! Answers of the shipment service.

use kervan_core::{Operation, Reply};
use kervan_wire::soap::Element;

use super::envelope::answered;
use crate::query::{Number, QueryRows};
use crate::shipments::{CancelDispatch, Cancelled, Order, ShipmentSettings};

/// Returns the answer of a call that lists orders, as [`FindOrder`](crate::shipments::FindOrder). None of
/// them is the answer for a reference that is not registered, or not any more.
pub fn orders<O>(call: &O, orders: &[Order]) -> Reply
where
    O: Operation<Service = ShipmentSettings, Output = QueryRows<Order>>,
{
    let rows = orders.iter().map(|order| {
        let named = [
            ("IntegrationCode", order.reference.as_deref()),
            ("TradingWaybillNumber", order.trading_waybill.as_deref()),
            ("InvoiceNumber", order.invoice.as_deref()),
            ("PieceCount", order.pieces.as_ref().map(Number::as_str)),
        ];
        let named = named
            .into_iter()
            .filter_map(|(name, text)| Some(Element::text(name, text?)));
        let other = order.other.iter();
        let other = other.map(|(name, text)| Element::text(name.clone(), text.as_str()));
        Element::parent("Order", named.chain(other).collect())
    });
    let endpoint = call.endpoint();
    let result = Element::parent(format!("{}Result", endpoint.operation), rows.collect());
    answered(endpoint.operation, result)
}

/// Returns the answer of a cancellation that was done.
pub fn cancelled(call: &CancelDispatch, output: &Cancelled) -> Reply {
    let key = output.cargo_key.as_deref();
    coded(call, &output.code, "Başarılı", key)
}

/// Returns a refusal with a code of [`RESULT_CODES`](crate::shipments::RESULT_CODES), as `999`, or any
/// other.
pub fn refused<O: Operation<Service = ShipmentSettings>>(
    call: &O,
    code: &str,
    text: &str,
) -> Reply {
    coded(call, code, text, None)
}

fn coded<O: Operation<Service = ShipmentSettings>>(
    call: &O,
    code: &str,
    text: &str,
    key: Option<&str>,
) -> Reply {
    let endpoint = call.endpoint();
    let mut elements = vec![
        Element::text("ResultCode", code),
        Element::text("ResultMessage", text),
    ];
    elements.extend(key.map(|key| Element::text("CargoKey", key)));
    answered(
        endpoint.operation,
        Element::parent(format!("{}Result", endpoint.operation), elements),
    )
}

impl Cancelled {
    /// Creates the output with a code, for a test: `0` or `1`.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            cargo_key: None,
        }
    }
}
