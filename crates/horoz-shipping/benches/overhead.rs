//! What the client costs: its steps alone, and a whole call beside bare hyper and bare reqwest.
//!
//! One run measures all clients in turns against the same server on loopback, so that their ratios
//! hold when the machine is busy. Run it with `cargo xtask bench`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops and prints"
)]

#[path = "overhead/calls.rs"]
mod calls;
#[path = "overhead/server.rs"]
mod server;
#[path = "overhead/stats.rs"]
mod stats;

use std::hint::black_box;
use std::sync::Arc;

use horoz_shipping::{
    BaseUrl, Client, CreateSupplierPaysOrder, Days, Line, ListCounties, Operation, Party,
    ProcessKey, Settings, SupplierCode,
};
use kervan_core::Reply;
use kervan_core::places::turkey;

use crate::calls::{Bare, Caller};
use crate::stats::{Table, nanoseconds};

const ANSWER: &str =
    r#"{"response": {"responseCode": "STA-100", "responseMessage": "Kayit islemi basarili"}}"#;

/// An order with five lines.
fn order() -> CreateSupplierPaysOrder {
    let consumer = Party::new("Ayşe Örnek")
        .place("İzmir", "Karşıyaka")
        .address("Deneme Mah. Çiçekli Sk. No: 1")
        .phone("05550000001");
    let days = Days::new("2026-11-20".parse().unwrap(), "2026-11-23".parse().unwrap());
    let supplier = SupplierCode::new(801_452).unwrap();
    (0..5).fold(
        CreateSupplierPaysOrder::delivery("KV-1001", supplier, consumer, days),
        |order, n| {
            order.line(Line::new(
                format!("YT-{n}"),
                "Yatak",
                "Yatak",
                1,
                "160.5".parse().unwrap(),
            ))
        },
    )
}

/// A list as long as the real one is expected to be.
fn counties() -> Reply {
    let rows: Vec<_> = turkey()
        .iter()
        .map(|place| {
            format!(
                r#"{{"cityName": "{}", "countyName": "{}"}}"#,
                place.province, place.district
            )
        })
        .collect();
    let body = format!(
        r#"{{"listCountiesOutput": {{"responseCode": "STA-100", "responseMessage": "", "listCounties": {{"county": [{}]}}}}}}"#,
        rows.join(",")
    );
    Reply::new(200, Vec::new(), body.into_bytes())
}

fn steps(settings: &Settings) {
    let (order, list) = (order(), ListCounties::new());
    let answer = Reply::new(200, Vec::new(), ANSWER.as_bytes().to_vec());
    let counties = counties();
    let mut table = Table::new(["step", "median"]);
    let mut row =
        |name: &str, run: &mut dyn FnMut()| table.row([name.to_owned(), nanoseconds(run)]);
    row("check an order of five lines", &mut || {
        drop(black_box(order.check(settings)))
    });
    row("encode it", &mut || {
        drop(black_box(order.encode(settings).unwrap()))
    });
    row("decode its answer", &mut || {
        drop(black_box(order.decode(settings, &answer).unwrap()))
    });
    row("decode a list of 973 districts", &mut || {
        drop(black_box(list.decode(settings, &counties).unwrap()));
    });
    println!("{table}");
}

fn main() {
    let server = server::start(ANSWER);
    let base = BaseUrl::parse(&server).unwrap();
    let key = ProcessKey::new("0123456789abcdef0123456789abcdef").unwrap();
    let client = Client::builder(base, key).build().unwrap();
    steps(client.settings());

    let bare = Arc::new(Bare::new(&order().encode(client.settings()).unwrap()));
    let callers = vec![
        Caller::hyper(Arc::clone(&bare)),
        Caller::reqwest(Arc::clone(&bare)),
        Caller::ours(client, Arc::new(order())),
    ];
    println!("{}", calls::compare("one at a time", &callers, 1));
    println!("{}", calls::compare("64 at once", &callers, 64));
}
