//! The service's answers for a program's own tests, and its refusals.
//!
//! [`answer`] writes the answer to a call from the output that the call shall have, and the client reads it
//! as any other. [`refused`] writes a refusal with a code of [`result_codes`](crate::result_codes) or any
//! other, [`exists`] that of a number which is taken, and [`tracked`] the state of an order. The transport
//! is the test's own, for example the `Script` of `kervan-testing`.
//!
//! ```
//! use horoz_shipping::testing::exists;
//! use horoz_shipping::{
//!     BaseUrl, Client, CreateSupplierPaysOrder, OrderDays, OrderLine, Party, ProcessKey, Sent, SupplierCode,
//! };
//! use kervan_testing::{Line, MovableHost, Script};
//!
//! let supplier = SupplierCode::new(801_452).ok_or("zero means the consumer")?;
//! let recipient = Party::new("Ayşe Örnek")
//!     .city("İzmir").county("Karşıyaka")
//!     .address("Deneme Mah. Çiçekli Sk. No: 1")
//!     .phone("05550000001");
//! let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
//! let script = Script::new();
//! let base = BaseUrl::parse("https://horoz.example/v1")?;
//! let client = Client::builder(base, ProcessKey::new("key")?).build_over(script.clone(), host.clone());
//! let order = CreateSupplierPaysOrder::delivery("KV-1001", supplier, recipient, OrderDays::from_today(client.today(), 3))
//!     .line(OrderLine::new("YT-160", 2, "320".parse()?).name("Çift kişilik yatak").category("Yatak"));
//!
//! // The first answer gets lost, and the repeat finds the number taken.
//! script.on("createPaysSupplierShipping", Line::lost())
//!     .on("createPaysSupplierShipping", exists(&order, &order.number));
//! assert!(matches!(host.run(client.send_or_settle(&order))?, Sent::Exists));
//! script.assert_used();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use kervan_core::{Operation, Personal, Reply};
use kervan_wire::tree::Value;

use crate::access::{Access, CheckAccess};
use crate::codes::SUCCESS;
use crate::counties::{County, CountyList, ListCounties};
use crate::endpoint::Endpoint;
use crate::labels::{Barcode, CancelLabel, CreateLabel, Label};
use crate::order::RequestNumber;
use crate::orders::{CancelShippingOrder, Cancelled, CreateShippingOrder, CreatedShippingOrder};
use crate::settings::Settings;
use crate::supplier_pays::{
    CancelSupplierPaysOrder, CreateSupplierPaysOrder, CreatedSupplierPaysOrder,
};
use crate::tracking::TrackOrder;

/// Returns the successful answer to a call, from the output that the call shall have.
pub fn answer<O: Answered>(call: &O, output: &O::Output) -> Reply {
    written(
        call.endpoint(),
        SUCCESS,
        "ISLEM BASARILI",
        call.members(output),
    )
}

/// Returns the refusal of a call, with a code and a text, such as `ERR-20005`.
pub fn refused<O: Operation<Service = Settings>>(call: &O, code: &str, text: &str) -> Reply {
    written(call.endpoint(), code, text, Vec::new())
}

/// Returns the refusal `ERR-20003` in its documented form: an order with this number exists.
pub fn exists(call: &CreateSupplierPaysOrder, number: &RequestNumber) -> Reply {
    let number = number.as_str();
    let text = format!("BU TALEP NUMARASI SISTEMDE MEVCUT - Key: 1 TalepNo: {number}");
    refused(call, "ERR-20003", &text)
}

/// Returns the answer that an order is in a state, in the service's words, as `TESLİM`. Movements are days
/// and states, the latest first: `("21.11.2026 14:05", "TESLİM")`.
pub fn tracked<'m>(
    call: &TrackOrder,
    state: &str,
    movements: impl IntoIterator<Item = (&'m str, &'m str)>,
) -> Reply {
    let movement = |(at, state)| object([("movementDate", text(at)), ("state", text(state))]);
    let movements = movements.into_iter().map(movement).collect();
    let state = object([
        ("requestNumber", text(call.number.as_str())),
        ("state", text(state)),
    ]);
    let members = vec![
        ("shippingDeliveryState", state),
        ("listOfShipments", Value::List(Vec::new())),
        ("listOfMovements", Value::List(movements)),
    ];
    written(call.endpoint(), SUCCESS, "ISLEM BASARILI", members)
}

/// A call whose answer [`answer`] writes.
pub trait Answered: Operation<Service = Settings> {
    /// Writes the members beside code and message.
    #[doc(hidden)]
    fn members(&self, output: &Self::Output) -> Vec<(&'static str, Value)>;
}

impl Label {
    /// Creates a label with these barcodes, for a test.
    pub fn new<'b>(barcodes: impl IntoIterator<Item = &'b str>) -> Self {
        let barcodes = barcodes.into_iter().map(Barcode::new);
        Self {
            barcodes: barcodes.collect(),
            raw: Personal::from(String::new()),
        }
    }
}

impl CountyList {
    /// Creates a list of pairs of province and district, for a test.
    pub fn new<T: Into<String>>(pairs: impl IntoIterator<Item = (T, T)>) -> Self {
        let county = |(city, county): (T, T)| County {
            city: city.into(),
            county: county.into(),
        };
        Self {
            counties: pairs.into_iter().map(county).collect(),
        }
    }
}

impl Access {
    /// Creates the output with the caller's address, for a test.
    pub fn new(ip: Option<Personal>) -> Self {
        Self { ip }
    }
}

macro_rules! answered_by_code {
    ($($call:ty: $output:ty),+ $(,)?) => {$(
        impl Answered for $call {
            fn members(&self, _: &$output) -> Vec<(&'static str, Value)> {
                Vec::new()
            }
        }
    )+};
}

answered_by_code! {
    CreateSupplierPaysOrder: CreatedSupplierPaysOrder,
    CreateShippingOrder: CreatedShippingOrder,
    CancelSupplierPaysOrder: Cancelled,
    CancelShippingOrder: Cancelled,
    CancelLabel: Cancelled,
}

impl Answered for CheckAccess {
    fn members(&self, output: &Access) -> Vec<(&'static str, Value)> {
        let ip = output.ip.as_ref();
        ip.map(|ip| ("ipBilgisi", text(ip.as_str())))
            .into_iter()
            .collect()
    }
}

impl Answered for CreateLabel {
    fn members(&self, output: &Label) -> Vec<(&'static str, Value)> {
        let barcodes = output.barcodes.iter().map(|code| text(code.as_str()));
        vec![("barcode", Value::List(barcodes.collect()))]
    }
}

impl Answered for ListCounties {
    fn members(&self, output: &CountyList) -> Vec<(&'static str, Value)> {
        let rows = output.counties.iter().map(|row| {
            object([
                ("cityName", text(&*row.city)),
                ("countyName", text(&*row.county)),
            ])
        });
        let list = object([("county", Value::List(rows.collect()))]);
        vec![("listCounties", list)]
    }
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let members = members.into_iter();
    Value::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// Writes code, message and members, in the envelope of the method.
fn written(
    endpoint: Endpoint,
    code: &str,
    message: &str,
    members: Vec<(&'static str, Value)>,
) -> Reply {
    let status = [
        ("responseCode", text(code)),
        ("responseMessage", text(message)),
    ];
    let inside = object(status.into_iter().chain(members));
    let whole = match endpoint.envelope {
        Some(name) => object([(name, inside)]),
        None => inside,
    };
    let content_type = ("Content-Type".to_owned(), "application/json".to_owned());
    Reply::new(200, vec![content_type], whole.to_json().into_bytes())
}

#[cfg(test)]
mod tests;
