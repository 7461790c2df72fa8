//! What the client costs: its steps alone, and a whole call, over a kept and over a fresh connection,
//! beside bare hyper and bare reqwest.
//!
//! One run measures all clients in turns against the same server on loopback, so that their ratios
//! hold when the machine is busy. Run it with `cargo xtask bench`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops, prints, and measures real time"
)]

#[path = "overhead/server.rs"]
mod server;
#[path = "overhead/stats.rs"]
mod stats;
#[path = "overhead/turns.rs"]
mod turns;

use std::hint::black_box;
use std::sync::Arc;

use horoz_shipping::{
    BaseUrl, Client, CreateSupplierPaysOrder, ListCounties, Operation, OrderDays, OrderLine, Party,
    ProcessKey, Settings, SupplierCode,
};
use kervan_core::places::turkey;
use kervan_core::{Config, Context, Reply};

use crate::stats::{Table, nanoseconds};
use crate::turns::{Bare, Caller};

const ANSWER: &str =
    r#"{"response": {"responseCode": "STA-100", "responseMessage": "Kayit islemi basarili"}}"#;

/// The sample order of the provider's page, in mixed case as shops have it.
fn order() -> CreateSupplierPaysOrder {
    let party = |name: &str, city: &str, county: &str| {
        Party::new(name)
            .city(city)
            .county(county)
            .address(format!("Örnek adres {city}/{county}"))
            .phone("05551112233")
            .email("test@mail.com")
    };
    let line = |n: u32, desi: &str| {
        let name = format!("ProductName{n}");
        OrderLine::new(format!("PRODUCTCODE{n}"), n + 1, desi.parse().unwrap())
            .name(name)
            .category("Yatak")
    };
    let days = OrderDays::requested_on("2024-09-16".parse().unwrap())
        .delivery("2024-09-19".parse().unwrap());
    let supplier = SupplierCode::new(801_452).unwrap();
    let recipient = party("Recipient Title", "Ankara", "Mamak");
    CreateSupplierPaysOrder::delivery("20230619", supplier, recipient, days)
        .supplier_details(party("Sender Title", "İstanbul", "Beşiktaş"))
        .tax_office("Test Office")
        .tax_number("Test Number")
        .line(line(1, "20.2"))
        .line(line(2, "30.3"))
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

fn steps(context: &Context<'_, Settings>) {
    let settings = context.settings();
    let (order, list) = (order(), ListCounties::new());
    let answer = Reply::new(200, Vec::new(), ANSWER.as_bytes().to_vec());
    let counties = counties();
    let mut table = Table::new(["step", "median"]);
    let mut row =
        |name: &str, run: &mut dyn FnMut()| table.row([name.to_owned(), nanoseconds(run)]);
    row("check the sample order", &mut || {
        drop(black_box(order.problems(context)));
    });
    row("encode it", &mut || {
        drop(black_box(order.encode(context).unwrap()));
    });
    row("decode its answer", &mut || {
        drop(black_box(order.decode(settings, &answer).unwrap()));
    });
    row("decode a list of 973 districts", &mut || {
        drop(black_box(list.decode(settings, &counties).unwrap()));
    });
    println!("{table}");
}

/// A write by the client. By default each has a connection of its own.
fn ours(name: &'static str, client: Client) -> Caller {
    let order = Arc::new(order());
    Caller::new(name, move || {
        let (client, order) = (client.clone(), Arc::clone(&order));
        async move {
            client.call(&*order).await.unwrap();
        }
    })
}

fn main() {
    let server = server::start(ANSWER);
    let address = BaseUrl::parse(&server).unwrap();
    let key = ProcessKey::new("0123456789abcdef0123456789abcdef").unwrap();
    let with_connections = |fresh| {
        let config = Config::default().fresh_connections(fresh);
        let builder = Client::builder(address.clone(), key.clone());
        builder.config(config).build().unwrap()
    };
    let client = with_connections(true);
    steps(&client.context());

    let request = order().encode(&client.context()).unwrap();
    let bare = Arc::new(Bare::new(&request));
    let callers = vec![
        Caller::hyper(Arc::clone(&bare)),
        Caller::reqwest(Arc::clone(&bare)),
        Caller::transport(request),
        ours("horoz-shipping, kept connection", with_connections(false)),
        ours("horoz-shipping, fresh connection", client),
    ];
    println!("{}", turns::compare("one at a time", &callers, 1));
    println!("{}", turns::compare("64 at once", &callers, 64));
}
