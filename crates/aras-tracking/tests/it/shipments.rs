//! The labels, the table of reads, the changes of an order or parcel, and raw calls of the shipment service.

mod changes;
mod labels;
mod raw;
mod reads;

use crate::support::{body, shipment_client};
use ::contract_kit::faults::{Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::ShipmentSettings;
use kervan_core::Operation;

/// Returns the names of the elements of a request, from the operation on.
fn elements(request: &impl Operation<Service = ShipmentSettings>) -> String {
    let client = shipment_client("http://127.0.0.1:9", 1);
    let sent = client.dry_run(request).unwrap();
    let text = String::from_utf8(sent.body).unwrap();
    let (_, inside) = text.split_once("<soap:Body>").unwrap();
    let starts = inside
        .split('<')
        .filter(|part| part.starts_with(|letter: char| letter.is_ascii_alphabetic()));
    let names: Vec<_> = starts
        .map(|part| part.split([' ', '>', '/']).next().unwrap())
        .collect();
    names.join(" ")
}

fn answering(operation: &str, result: &str) -> FaultServer {
    let text = body(operation, result);
    FaultServer::start(Fault::Answer(Format::Xml.answer(200, text.as_bytes())))
}
