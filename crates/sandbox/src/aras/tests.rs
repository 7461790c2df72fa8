//! Stories with hand-written requests.

mod cases;
mod changes;
mod codes;
mod differences;
mod hosted;
mod pages;
mod progress;
mod query;
mod reads;
mod register;

use super::*;
use crate::values::xml;
use crate::{Chance, Provider};

/// Noon of 27 November 2026 in Istanbul.
const NOON: Moment = Moment(1_795_770_000_000);

fn request(name: &str, arguments: &str) -> Request {
    let body = format!(
        r#"<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><{name} xmlns="http://tempuri.org/"><userName>neodyum</userName><password>nd2580</password>{arguments}</{name}></soap:Body></soap:Envelope>"#
    );
    let header = |name: &str, value: String| (name.to_owned(), value);
    Request {
        method: "POST".to_owned(),
        path: "/arascargoservice.asmx".to_owned(),
        headers: vec![
            header("Content-Type", "text/xml; charset=utf-8".to_owned()),
            header("SOAPAction", format!("\"http://tempuri.org/{name}\"")),
        ],
        body: body.into_bytes(),
    }
}

fn send(world: &mut Aras, request: &Request) -> (String, Vec<Effect>) {
    let (answer, effects) = world.handle(request, NOON, &mut Chance::new(1));
    assert_eq!(answer.status, 200);
    assert!(answer.refused.is_none() || effects.is_empty());
    (String::from_utf8(answer.body).unwrap(), effects)
}

fn by_code(name: &str, code: &str) -> Request {
    request(name, &format!("<integrationCode>{code}</integrationCode>"))
}

fn world() -> Aras {
    let mut world = Aras::demo();
    let order = Order::new("KV-1001", NOON)
        .with("TradingWaybillNumber", "S-1")
        .with("ReceiverName", "AYŞE & ÖRNEK");
    world.register(order);
    world
}

#[test]
fn an_order_is_read_back_until_it_is_cancelled() {
    let mut world = world();
    let read = by_code("GetOrderWithIntegrationCode", "KV-1001");
    let (found, effects) = send(&mut world, &read);
    assert!(found.contains(
        "<GetOrderWithIntegrationCodeResult><Order><TradingWaybillNumber>S-1</TradingWaybillNumber>\
         <ReceiverName>AYŞE &amp; ÖRNEK</ReceiverName><IntegrationCode>KV-1001</IntegrationCode></Order>"
    ), "{found}");
    assert_eq!(effects, []);

    let cancel = by_code("CancelDispatch", "KV-1001");
    let (answer, effects) = send(&mut world, &cancel);
    assert!(answer.contains("<ResultCode>0</ResultCode>"), "{answer}");
    assert!(answer.contains("<CargoKey>S-1</CargoKey>"), "{answer}");
    let code = "KV-1001".to_owned();
    assert_eq!(effects, [Effect::Cancelled { code }]);
    assert!(!world.is_active("KV-1001"));
    let (answer, effects) = send(&mut world, &cancel);
    assert!(answer.contains("<ResultCode>-1</ResultCode>"), "{answer}");
    assert_eq!(effects, []);
    assert_eq!(world.writes_of("KV-1001").len(), 1);

    let (empty, _) = send(&mut world, &read);
    let wanted = r#"<GetOrderWithIntegrationCodeResponse xmlns="http://tempuri.org/"/>"#;
    assert!(empty.contains(wanted), "{empty}");
}

#[test]
fn a_waybill_or_a_wrong_login_stops_a_cancel() {
    let mut world = world();
    world.cut_waybill("KV-1001");
    let cancel = by_code("CancelDispatch", "KV-1001");
    let (answer, effects) = send(&mut world, &cancel);
    assert!(answer.contains("<ResultCode>999</ResultCode>"), "{answer}");
    assert_eq!(effects, []);
    world.settings.password = "another".to_owned();
    let (answer, _) = send(&mut world, &cancel);
    assert!(answer.contains("<ResultCode>-2</ResultCode>"), "{answer}");
    let (answer, _) = send(
        &mut world,
        &by_code("GetOrderWithIntegrationCode", "KV-1001"),
    );
    assert!(!answer.contains("<Order>"), "{answer}");
    assert!(world.is_active("KV-1001"));
}

#[test]
fn a_day_is_bound_by_its_exact_name() {
    let mut world = world();
    let found = |world: &mut Aras, argument: &str| {
        let (answer, _) = send(world, &request("GetOrder", argument));
        answer.contains("<IntegrationCode>KV-1001</IntegrationCode>")
    };
    assert!(found(&mut world, "<Date>27.11.2026</Date>"));
    assert!(!found(&mut world, "<Date>26.11.2026</Date>"));
    assert!(!found(&mut world, "<date>27.11.2026</date>"));
}

#[test]
fn other_calls_are_told_apart() {
    let mut world = world();
    let mut chance = Chance::new(1);
    let (answer, _) = world.handle(&request("SetShipment", ""), NOON, &mut chance);
    assert_eq!(answer.status, 501);
    let mut other = by_code("CancelDispatch", "KV-1001");
    other.headers[1].1 = "\"http://tempuri.org/GetOrder\"".to_owned();
    let (answer, effects) = world.handle(&other, NOON, &mut chance);
    assert_eq!((answer.status, effects.len()), (500, 0));
    assert!(world.is_read(&request("GetOrder", "")));
    assert!(!world.is_read(&request("CancelDispatch", "")));
}
