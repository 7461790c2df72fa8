//! Answers of the shipment service.

use kervan_core::{Operation, Personal, Reply};
use kervan_wire::soap::Element;

use super::envelope::answered;
use crate::query::{Number, QueryRows};
use crate::shipments::{
    CancelDispatch, Cancelled, EarlyTrackingNumber, Label, LabelFile, Order, PieceLabel,
    ShipmentSettings,
};

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
    result(call, rows.collect())
}

/// Returns the answer of a call that fetches labels, as [`FetchLabel`](crate::shipments::FetchLabel): the texts and
/// files, and of each piece its tracking number, bar code and reference.
pub fn labels<O>(call: &O, label: &Label) -> Reply
where
    O: Operation<Service = ShipmentSettings, Output = Label>,
{
    let list = |name, item: &'static str, texts: Vec<String>| {
        let items = texts.into_iter().map(|text| Element::text(item, text));
        Element::parent(name, items.collect())
    };
    let printed = |texts: &[Personal]| texts.iter().map(|text| text.as_str().to_owned()).collect();
    let files = |files: &[LabelFile]| files.iter().map(LabelFile::to_base64).collect();
    let number = |number: Option<&EarlyTrackingNumber>| {
        let number = number.map(EarlyTrackingNumber::as_received);
        number.map(|number| Element::text("TrackingNumber", number))
    };
    let piece = |piece: &PieceLabel| {
        let texts = [
            ("IntegrationCode", &piece.reference),
            ("Barcode", &piece.barcode),
        ];
        let texts = texts.into_iter();
        let texts = texts.filter_map(|(name, text)| Some(Element::text(name, text.clone()?)));
        let number = number(piece.tracking_number.as_ref());
        Element::parent("BarcodeModel", number.into_iter().chain(texts).collect())
    };
    let pieces = label.pieces.iter().map(piece).collect();
    let code = label.unknown_code.as_deref().unwrap_or("0");
    let mut elements = vec![
        list("Images", "base64Binary", files(&label.images)),
        list("ZebraZpl", "string", printed(&label.zpl)),
        list("ZebraEpl", "string", printed(&label.epl)),
        list("ZebraPdf", "string", files(&label.pdf)),
        Element::parent("BarcodeModelLst", pieces),
        Element::text("Message", "Başarılı"),
        Element::text("ResultCode", code),
    ];
    elements.extend(number(label.tracking_number.as_ref()));
    result(call, elements)
}

/// Returns the answer of a change that was accepted, as of [`UpdateNumbers`](crate::shipments::UpdateNumbers) or
/// [`Recall`](crate::shipments::Recall).
pub fn accepted<O: Operation<Service = ShipmentSettings>>(call: &O) -> Reply {
    coded(call, "0", "Başarılı", None)
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
    let mut elements = vec![
        Element::text("ResultCode", code),
        Element::text("ResultMessage", text),
    ];
    elements.extend(key.map(|key| Element::text("CargoKey", key)));
    result(call, elements)
}

fn result<O: Operation<Service = ShipmentSettings>>(call: &O, elements: Vec<Element>) -> Reply {
    let endpoint = call.endpoint();
    let result = Element::parent(format!("{}Result", endpoint.operation), elements);
    answered(endpoint.operation, result)
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
