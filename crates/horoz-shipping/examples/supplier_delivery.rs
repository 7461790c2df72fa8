//! Sends an order that is billed to the supplier, and settles it when its answer gets lost.
//!
//! Needs `HOROZ_BASE_URL` and `HOROZ_PROCESS_KEY`, which Horoz gives with the contract. Without
//! them it prints what would be sent. Exits with 0 if the order is there, 1 if not, 2 for wrong use.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::process::ExitCode;

use horoz_shipping::{
    BaseUrl, Client, CreateSupplierPaysOrder, OrderDays, OrderLine, Party, ProcessKey,
    ProductCodeCase, Sent, SupplierCode,
};

const USAGE: &str = "\
usage: supplier_delivery

Sends one order that is billed to the supplier. Needs HOROZ_BASE_URL and HOROZ_PROCESS_KEY; without
them it prints what would be sent.";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("--help" | "-h") => println!("{USAGE}"),
        Some(other) => {
            eprintln!("supplier_delivery: `{other}` is not understood\n\n{USAGE}");
            return ExitCode::from(2);
        }
        None => {
            if let Err(error) = send().await {
                eprintln!("supplier_delivery: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

async fn send() -> Result<(), Box<dyn std::error::Error>> {
    let live = std::env::var("HOROZ_BASE_URL")
        .ok()
        .zip(std::env::var("HOROZ_PROCESS_KEY").ok());
    let (base, key) = live
        .clone()
        .unwrap_or(("https://horoz.example".into(), "none".into()));
    let client = Client::builder(BaseUrl::parse(&base)?, ProcessKey::new(&key)?).build()?;

    let supplier = SupplierCode::new(801_452).ok_or("a supplier code is not zero")?;
    let recipient = Party::new("Ayşe Örnek")
        .city("İzmir")
        .county("Karşıyaka")
        .address("Deneme Mah. Çiçekli Sk. No: 1")
        .phone("05550000001");
    let order = CreateSupplierPaysOrder::delivery(
        "KV-1001",
        supplier,
        recipient,
        OrderDays::from_today(client.today(), 3),
    )
    .line(
        OrderLine::new("YT-160", 1, "160".parse()?)
            .name("Çift kişilik yatak")
            .category("Yatak"),
    )
    .line(
        OrderLine::new("YT-160", 1, "160".parse()?)
            .name("Çift kişilik yatak")
            .category("Yatak"),
    )
    .merge_equal_products(ProductCodeCase::Capitals);

    for problem in &client.check(&order) {
        println!("{problem}");
    }
    if live.is_none() {
        println!("{}", String::from_utf8(client.dry_run(&order)?.body)?);
        return Ok(());
    }
    match client.send_or_settle(&order).await? {
        Sent::Done(created) => println!("created; drift: {:?}", created.drift),
        Sent::Exists => println!("created by the try whose answer was lost"),
        Sent::Proven | Sent::InState => println!("created"),
    }
    Ok(())
}
