//! The cost of the client: its steps alone, and a whole call, over a kept and over a fresh connection,
//! each beside bare reqwest with prebuilt bytes over such a connection.
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
use kervan_core::{Config, Context, Reply, Service};
use kervan_turkiye::places::turkey;

use crate::stats::{Table, nanoseconds};
use crate::turns::{Aims, Bare, Caller, Connections};

const ANSWER: &str =
    r#"{"response": {"responseCode": "STA-100", "responseMessage": "Kayit islemi basarili"}}"#;

/// Returns the sample order of the provider's page, in mixed case as shops have it.
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

/// Returns a list as long as the real one is expected to be.
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

/// Creates a caller that writes by the client. By default each write has a connection of its own.
fn ours(name: &'static str, connections: Connections, address: &BaseUrl) -> Caller {
    let config = Config::default().fresh_connections(connections == Connections::Fresh);
    let client = client(address, config);
    let order = Arc::new(order());
    Caller::new(name, connections, move || {
        let (client, order) = (client.clone(), Arc::clone(&order));
        async move {
            client.call(&*order).await.unwrap();
        }
    })
}

fn client(address: &BaseUrl, config: Config) -> Client {
    let key = ProcessKey::new("0123456789abcdef0123456789abcdef").unwrap();
    let builder = Client::builder(address.clone(), key);
    builder.config(config).build().unwrap()
}

fn main() {
    let address = BaseUrl::parse(&server::start(ANSWER)).unwrap();
    let client = client(&address, Config::default());
    let context = client.context();
    steps(&context);

    let request = order().encode(&context).unwrap();
    let request = request.header("User-Agent", client.settings().user_agent());
    let bare = Arc::new(Bare::new(&request));
    let kept = "horoz-shipping, kept";
    let aims = Aims {
        alone: 1.10,
        crowded: 1.25,
    };
    turns::compare(&[
        Caller::hyper(Arc::clone(&bare)),
        Caller::reqwest(Arc::clone(&bare), Connections::Kept),
        Caller::transport(request),
        ours(kept, Connections::Kept, &address).aiming(aims),
        Caller::reqwest(bare, Connections::Fresh),
        ours(
            "horoz-shipping, fresh (the default)",
            Connections::Fresh,
            &address,
        ),
    ]);
}
