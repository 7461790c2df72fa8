//! Sends an order that is billed to the supplier, and settles it when its answer gets lost.
//!
//! Sends to `HOROZ_BASE_URL` with `HOROZ_PROCESS_KEY`, which Horoz gives with the contract; without
//! them to the sandbox that runs at `KERVAN_SANDBOX`, such as `http://127.0.0.1:4747`; without that, to
//! one in its own process, where the answer gets lost. Exits with 0 if the order is there, 1 if not, 2
//! for wrong use.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::env;
use std::process::ExitCode;

use horoz_shipping::{
    BaseUrl, Client, CreateSupplierPaysOrder, OrderDays, OrderLine, Party, ProcessKey,
    ProductCodeCase, Sent, SupplierCode,
};
use kervan_sandbox::horoz::{Horoz, Step};
use kervan_sandbox::{Fault, Plan, Sandbox};

const USAGE: &str = "\
usage: supplier_delivery

Sends one order that is billed to the supplier: to HOROZ_BASE_URL with HOROZ_PROCESS_KEY, or to the
sandbox at KERVAN_SANDBOX, or to one in its own process.";

/// The supplier, and the key of a sandbox's first world.
const SUPPLIER: u32 = 801_452;
const SANDBOX_KEY: &str = "0123456789abcdef0123456789abcdef";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
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
    let (base, key, sandbox) = place().await?;
    let client = Client::builder(BaseUrl::parse(&base)?, ProcessKey::new(&key)?).build()?;

    let supplier = SupplierCode::new(SUPPLIER.into()).ok_or("a supplier code is not zero")?;
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
    println!("{}", String::from_utf8(client.dry_run(&order)?.body)?);
    if let Some(sandbox) = &sandbox {
        let plan = Plan::on("createPaysSupplierShipping", Fault::AnswerLost);
        sandbox.plan("horoz", plan);
    }
    match client.send_or_settle(&order).await? {
        Sent::Done(created) => println!("created; drift: {:?}", created.drift),
        Sent::Exists => println!("created by the try whose answer was lost"),
        Sent::Proven | Sent::InState => println!("created"),
    }
    if let Some(sandbox) = sandbox {
        let there = sandbox.ask(|horoz: &Horoz| horoz.orders().count());
        let calls = sandbox.records();
        let calls = calls.iter().filter(|record| record.is_call());
        println!("{there} order after {} calls", calls.count());
        sandbox.finish()?;
    }
    Ok(())
}

/// Returns address and key, and the sandbox of this process where nothing else was named.
async fn place() -> Result<(String, String, Option<Sandbox>), Box<dyn std::error::Error>> {
    if let (Ok(base), Ok(key)) = (env::var("HOROZ_BASE_URL"), env::var("HOROZ_PROCESS_KEY")) {
        return Ok((base, key, None));
    }
    if let Ok(address) = env::var("KERVAN_SANDBOX") {
        return Ok((format!("{address}/horoz"), SANDBOX_KEY.to_owned(), None));
    }
    let sandbox = Sandbox::start().await?;
    let code = SUPPLIER.into();
    sandbox.step::<Horoz>(&Step::AddAccount { code })?;
    let horoz = sandbox.account("horoz");
    Ok((
        horoz.address.clone(),
        horoz.get("process_key").to_owned(),
        Some(sandbox),
    ))
}
