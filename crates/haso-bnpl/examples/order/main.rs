//! An order from its page to a partial refund, at a sandbox in this process.
//!
//! ```text
//! cargo run -p haso-bnpl --example order            runs by itself, as a browser would
//! cargo run -p haso-bnpl --example order -- --open  prints an address to click through
//! ```

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

mod http;
mod shop;

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use haso_bnpl::{
    BaseUrl, Client, Extent, MerchantKey, MerchantSalt, PageTexts, Refund, RefundId, Signing,
};
use kervan_sandbox::haso::{Haso, Page, Step};
use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::{Fault, Plan, Sandbox};
use kervan_wire::form;
use tokio::net::TcpListener;

use crate::http::{Answer, Request};
use crate::shop::Shop;

/// Answers for the shop.
async fn route(shop: &Shop, origin: &str, request: &Request) -> Answer {
    match request.path.as_str() {
        "/shop/order" => match shop.client.order_form(&shop::order(origin)).await {
            Ok(form) => {
                let page = form.page(&PageTexts::english());
                Answer::new(200, page.html()).headers(page.headers())
            }
            Err(error) => Answer::text(500, &error.to_string()),
        },
        "/shop/ok" => shop.ok(request).await,
        "/shop/fail" => shop.fail(request),
        "/shop/callback" => shop.callback(request).await,
        _ => Answer::text(404, "nothing here"),
    }
}

const USAGE: &str = "\
usage: order [--open]

Makes an order at a sandbox in its own process, from its page to a partial refund. With --open it prints
an address to click through.";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let by_hand = match arguments.as_slice() {
        [] => false,
        ["--open"] => true,
        ["--help" | "-h", ..] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [.., other] => {
            eprintln!("order: `{other}` is not understood\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    if let Err(error) = run(by_hand).await {
        eprintln!("order: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

async fn run(by_hand: bool) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    // In production the address, the merchant's number, key and salt come with the contract.
    let sandbox = Sandbox::start().await?;
    let haso = sandbox.account("haso");
    let client = Client::builder(BaseUrl::parse(&haso.address)?, haso.get("merchant"))
        .signing(Signing::new(
            MerchantKey::new(haso.get("merchant_key")),
            MerchantSalt::new(haso.get("merchant_salt")),
        ))
        .build()?;
    let shop = Arc::new(Shop::new(client));
    tokio::spawn(serve(listener, Arc::clone(&shop), origin.clone()));

    if by_hand {
        println!(
            "open {origin}/shop/order in a browser; the program goes on when the order is paid"
        );
        shop.is_paid().await;
    } else {
        as_a_browser(&shop, &origin, &sandbox).await?;
    }

    let paid = shop.paid().ok_or("the order is paid by now")?;
    println!(
        "paid: {} lira, of which {} of fee come on top",
        paid.amount(),
        paid.plan().fee.unwrap_or_default()
    );
    for part in &paid.plan().installments {
        let number = part.number.map(|number| number.to_string());
        let due = part.due.map(|due| format!(" on {}", due.day));
        println!(
            "  installment {}: {} lira{}",
            number.unwrap_or_default(),
            part.amount,
            due.unwrap_or_default()
        );
    }
    // The refund's number is the shop's own: the same refund can be sent again without harm.
    let extent = Extent::Part("125.25".parse()?);
    let refund = Refund::new(
        RefundId::from("R-1"),
        paid.transaction().clone(),
        paid.order().clone(),
        extent,
    );
    let attempt = shop.client.prepare(&refund).await?;
    // A shop keeps the attempt here, before it sends. The answer gets lost.
    sandbox.plan("haso", Plan::on("RefundTransaction", Fault::AnswerLost));
    match shop.client.send(&refund, &attempt).await {
        Ok(answer) => println!("refund: {answer:?}"),
        Err(failed) => println!("refund: {failed}"),
    }
    println!(
        "after a crash: {:?}",
        shop.client.resume(&refund, &attempt).await?
    );
    Ok(sandbox.finish()?)
}

async fn serve(listener: TcpListener, shop: Arc<Shop>, origin: String) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let (shop, origin) = (Arc::clone(&shop), origin.clone());
        tokio::spawn(async move {
            if let Ok(request) = http::read(&mut stream).await {
                let answer = route(&shop, &origin, &request).await;
                let _ = http::write(&mut stream, &answer).await;
            }
        });
    }
}

/// Acts as a browser: opens the page, posts its form to HASO, and comes back. HASO calls back twice.
async fn as_a_browser(shop: &Shop, origin: &str, sandbox: &Sandbox) -> Result<(), Box<dyn Error>> {
    let page = http::ask(&format!("{origin}/shop/order"), "GET", "").await?;
    println!("the order's page has {} bytes", page.len());
    let form = shop.client.order_form(&shop::order(origin)).await?;
    println!(
        "its form goes to {} with {} fields",
        form.action(),
        form.fields().count()
    );
    http::ask(form.action(), "POST", &form::encode(form.fields())).await?;

    // The customer chooses a plan. What HASO posts then is held here, to be posted line by line.
    for kind in ["ok", "callback"] {
        sandbox.rule(Rule::on("haso", kind, How::Hold));
    }
    let order = shop::NUMBER.to_owned();
    sandbox.step::<Haso>(&Step::Complete {
        page: Page::Order { order },
        installments: Some(2),
    })?;
    let posts = sandbox.callbacks();
    let post = |kind: &str| {
        posts
            .iter()
            .map(|entry| &entry.post)
            .find(|post| post.kind == kind)
    };
    let ok = post("ok").ok_or("the browser posts nothing")?;
    let callback = post("callback").ok_or("HASO posts nothing")?;

    // A plan with another total than the order's.
    let forged = ok.body.encoded().replace("530.5", "31.5");
    let refused = http::ask(&ok.to, "POST", &forged).await?;
    println!("a forged return: {refused}");
    if refused.starts_with("200") {
        return Err("it was not refused".into());
    }
    println!(
        "the return: {}",
        http::ask(&ok.to, "POST", &ok.body.encoded()).await?
    );
    for _ in 0..2 {
        let answer = http::ask(&callback.to, "POST", &callback.body.encoded()).await?;
        println!("the callback: {answer}");
    }
    Ok(())
}
