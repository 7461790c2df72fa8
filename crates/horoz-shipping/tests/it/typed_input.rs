//! Texts as people type them into an order: the problem that is found, and the text that is sent.

mod keys;
mod numbers;
mod places;
mod products;
mod texts;

use horoz_shipping::{
    CancelShippingOrder, CancelSupplierPaysOrder, CreateLabel, CreateSupplierPaysOrder, Direction,
    Language, Operation, Party, PlaceBook, ProductCodeCase, Quirks, RequestNumber, Settle,
    TrackOrder, TrackingService,
};
use kervan_core::{BaseUrl, Personal, Problem, Severity};
use serde_json::Value;

use crate::support::{builder, consumer, days, line, order, shipping_order, supplier};

const BASE: &str = "https://horoz.example/v1";

fn client(quirks: Quirks, places: PlaceBook) -> horoz_shipping::Client {
    let tracking = TrackingService::new(BaseUrl::parse(BASE).unwrap());
    let builder = builder(BASE).quirks(quirks).places(places);
    builder.tracking(tracking).build().unwrap()
}

fn plain() -> horoz_shipping::Client {
    client(Quirks::default(), PlaceBook::default())
}

fn problems(order: &CreateSupplierPaysOrder) -> Vec<Problem> {
    plain().check(order).into_iter().collect()
}

fn codes(order: &CreateSupplierPaysOrder) -> Vec<(&'static str, String)> {
    let found = problems(order);
    let one = |problem: &Problem| (problem.code(), problem.path().to_owned());
    found.iter().map(one).collect()
}

/// Returns the body that is sent, read from its bytes.
fn body<O: Operation<Service = horoz_shipping::Settings>>(
    client: &horoz_shipping::Client,
    order: &O,
) -> Value {
    let bytes = order.encode(&client.context()).unwrap().body;
    assert!(bytes.iter().all(|byte| !byte.is_ascii_control()));
    serde_json::from_slice(&bytes).unwrap()
}

fn sent(order: &CreateSupplierPaysOrder) -> Value {
    body(&plain(), order)
}

fn to(party: Party) -> CreateSupplierPaysOrder {
    CreateSupplierPaysOrder::delivery("KV-1001", supplier(), party, days()).line(line())
}

fn titled(title: &str) -> Party {
    let mut party = consumer();
    party.title = title.into();
    party
}

/// Returns an order with a text in every field that takes one.
fn with_text(field: &str, text: &str) -> CreateSupplierPaysOrder {
    let mut party = consumer();
    let mut order = order();
    match field {
        "recipient.title" => party.title = text.into(),
        "recipient.city" => party.city = text.into(),
        "recipient.county" => party.county = text.into(),
        "recipient.address" => party.address = text.into(),
        "recipient.email" => party.email = Some(text.into()),
        "tax_office" => order.tax_office = Some(text.into()),
        "tax_number" => order.tax_number = Some(text.into()),
        "reference" => order.reference = Some(text.to_owned()),
        "lines[0].product_code" => text.clone_into(&mut order.lines[0].product_code),
        "lines[0].product_name" => text.clone_into(&mut order.lines[0].product_name),
        "lines[0].category" => text.clone_into(&mut order.lines[0].category),
        other => panic!("{other}"),
    }
    if let Direction::Delivery { recipient, .. } = &mut order.direction {
        *recipient = party;
    }
    order
}
