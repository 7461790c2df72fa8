//! A whole sale of a marketplace over 3-D: payment, the browser's return, its verification, the second
//! step, the split over two sellers, approval of one, a partial refund of the other, and the day's
//! sums. The provider is a sandbox in this process, and so are the bank and its customer.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;

use chrono::NaiveDate;
use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::param::{Customer, Param, Step};
use kervan_sandbox::{Account, Fault, Moment, Plan, Sandbox};
use kervan_testing::delivery;
use param_marketplace::payments::callback::{ExpectedModel, ModelCallback, ModelResult};
use param_marketplace::payments::{
    Card, Currency, ModelPayment, PaidOrder, Payment, PaymentKey, PaymentOrder, QueryPayment,
    ReturnUrls, Sale, Security, SummarizePayments,
};
use param_marketplace::split::{Commission, Gross, Part};
use param_marketplace::{
    BaseUrl, CancelOrRefund, Client, ClientCode, Credentials, EnteredShare, Environment,
    MarketplaceKey, MerchantKey, Money, Password, ReceivedAmount, RefundAmount, Sent,
    SetOrderStatus, Settled, Undo, Username,
};

const FIRST: &str = "7f2b9c1e-0000-4000-8000-0000000000a1";
const SECOND: &str = "7f2b9c1e-0000-4000-8000-0000000000a2";

const USAGE: &str = "\
usage: checkout

Makes a whole sale of a marketplace over 3-D, from the card to the day's sums, at a sandbox in its own
process. It needs no account, and nothing leaves the machine.";

#[tokio::main]
async fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        None => {}
        Some("--help" | "-h") => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Some(other) => {
            eprintln!("checkout: `{other}` is not understood\n\n{USAGE}");
            return ExitCode::from(2);
        }
    }
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("checkout: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = sandbox()?;
    let client = build(&sandbox.account("param"))?;
    let money = |text: &str| text.parse::<Money>();

    // 1. The payment begins. The card is one of the provider's test cards.
    let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
    let sale = Sale::new(
        PaymentOrder::from("KV-3001"),
        PaymentKey::from("KV-3001-1"),
        money("100.00")?,
        ReturnUrls::after_success("https://shop.example/payment/done")
            .after_failure("https://shop.example/payment/failed"),
        customer,
    );
    let card = Card::new("4546711234567894")
        .holder("Ayşe Deneme")
        .month("12")
        .year("2031")
        .code("000");
    let payment = ModelPayment::new(sale, card, Security::ThreeD);
    let Payment::Started(started) = client.call(&payment).await?.value else {
        return Err("3-D was asked for".into());
    };
    // What has to be stored with the order before the page is shown.
    let expected = ExpectedModel::of(&payment.sale, &started).ok_or("no key of the attempt")?;
    println!(
        "1. a page of {} bytes for the customer",
        started.html.as_str().len()
    );

    // 2. The customer's browser comes back with the bank's answer. Anybody could have posted it.
    let posted = the_customer_proves(&sandbox)?;
    let callback = ModelCallback::read(&delivery("application/x-www-form-urlencoded", &posted))?;
    println!(
        "2. a callback for {}, unverified",
        callback.order().as_str()
    );
    let ModelResult::Authenticated(proof) = callback.verify(client.settings(), &expected)? else {
        return Err("the customer did not prove to be the holder".into());
    };
    let cheaper = posted.replace("100%2C00", "1%2C00");
    let altered = ModelCallback::read(&delivery(None, &cheaper))?;
    let refused = altered.verify(client.settings(), &expected).err();
    println!(
        "   another amount in it: {}",
        refused.ok_or("it is not refused")?
    );

    // 3. The second step charges the card. Its answer gets lost, and the query finds it done.
    // The attempt is stored before the call: after a crash, `resume` goes on from it.
    let step = proof.complete();
    let attempt = client.prepare(&step).await?;
    sandbox.plan("param", Plan::on("TP_WMD_Pay", Fault::AnswerLost));
    match client.send(&step, &attempt).await {
        Ok(completed) => println!("3. charged: {}", completed.receipt.as_str()),
        Err(failed) => {
            println!("3. {failed}");
            let Settled::Done(Some(completed)) = client.settle(&step, &attempt).await else {
                return Err("it is still open: ask again, send nothing".into());
            };
            println!("   settled, charged: {}", completed.receipt.as_str());
        }
    }

    // 4. Confirmed by the provider, the payment is handed over to the marketplace.
    let status = client.call(&QueryPayment::by_key("KV-3001-1")).await?;
    let number = proof.payment().ok_or("no number of the payment")?;
    let total = proof.total();
    let paid = PaidOrder::confirm(number, proof.order(), total, Currency::Lira, &status)?;
    println!("4. {} paid, {} net", paid.total, paid.net);

    // 5. Two sellers share what is left. The answer to the first entry gets lost, and the query finds a row
    // that was not there before.
    let first = Part::new(FIRST, Gross::new(money("66.67")?)?);
    let second = Part::new(SECOND, Gross::new(money("33.33")?)?);
    let details = paid.split(vec![
        first.keep(Commission::new(money("5.00")?)?),
        second.keep(Commission::new(money("2.50")?)?),
    ])?;
    let mut entered = Vec::new();
    let lost = Plan::on("Pazaryeri_TP_Siparis_Detay_Ekle", Fault::AnswerLost);
    sandbox.plan("param", lost);
    for detail in &details {
        let Sent::Done(order) = client.send_or_settle(detail).await? else {
            return Err("the order is there, but its key did not come back".into());
        };
        println!("5. {} for {}", detail.payable, detail.seller.as_str());
        entered.push(order.value.order);
    }

    // 6. The first seller's goods have arrived.
    let approval = SetOrderStatus::approve(entered[0].clone());
    client.send_or_settle(&approval).await?;
    println!("6. the first seller is paid out");

    // 7. The second seller takes a part back, a day later.
    sandbox.to_istanbul_midnight();
    let back = RefundAmount::part(money("10.00")?).of(&EnteredShare::of(&details[1])?)?;
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).ok_or("no such day")?;
    let paid_on = today.pred_opt().ok_or("no such day")?;
    let undo = Undo::on_days(paid_on, today);
    let refund = CancelOrRefund::new(entered[1].clone(), paid.order.as_str(), undo, back);
    client.send_or_settle(&refund).await?;
    println!("7. 10.00 went back to the customer ({undo:?})");

    // 8. The end of the day.
    print_sums(&client, paid_on, today).await?;
    let calls = sandbox.records();
    let calls = calls.iter().filter(|record| record.is_call());
    println!("{} calls", calls.count());
    Ok(sandbox.finish()?)
}

/// Opens a sandbox in which two sellers were added before.
fn sandbox() -> Result<Sandbox, Box<dyn std::error::Error>> {
    let now = Moment::parse_iso("2026-11-21T10:00:00+03:00").ok_or("no such time")?;
    let sandbox = Sandbox::start_at(now)?;
    for key in [FIRST, SECOND] {
        sandbox.step::<Param>(&Step::SeedSeller {
            key: key.to_owned(),
            values: BTreeMap::from([("Tip".to_owned(), "1".to_owned())]),
            at: None,
        })?;
    }
    Ok(sandbox)
}

/// Builds a client for the sandbox's Param, with the login that comes with the contract.
fn build(param: &Account) -> Result<Client, Box<dyn std::error::Error>> {
    let environment = Environment::At(BaseUrl::parse(&param.address)?);
    let login = Credentials::new(
        ClientCode::new(param.get("client_code")),
        Username::new(param.get("client_username")),
        Password::new(param.get("client_password")),
    );
    let marketplace = MarketplaceKey::new(param.get("marketplace_guid"));
    let merchant = MerchantKey::new(param.get("guid"));
    Ok(Client::builder(&environment, login, marketplace, merchant)?.build()?)
}

/// Lets the customer prove to be the card's owner, and returns the form that the browser posts then.
fn the_customer_proves(sandbox: &Sandbox) -> Result<String, Box<dyn std::error::Error>> {
    // The shop of this example has no server that could get it.
    sandbox.rule(Rule::on("param", "return", How::Hold));
    sandbox.step::<Param>(&Step::Customer {
        page: "KV-3001".to_owned(),
        does: Customer::Proves,
    })?;
    let posts = sandbox.callbacks();
    Ok(posts
        .last()
        .ok_or("nothing was posted")?
        .post
        .body
        .encoded())
}

/// Prints the payments and refunds from one day to another.
async fn print_sums(
    client: &Client,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<(), Box<dyn std::error::Error>> {
    let (from, to) = (first.and_hms_opt(0, 0, 0), last.and_hms_opt(23, 59, 59));
    let (from, to) = from.zip(to).ok_or("no such time")?;
    let sums = client.call(&SummarizePayments::between(from, to)).await?;
    for row in &sums.rows {
        let text = |amount: &Option<ReceivedAmount>| {
            let sum = amount.as_ref().and_then(ReceivedAmount::money);
            sum.map_or_else(|| "?".to_owned(), |sum| sum.to_string())
        };
        println!(
            "8. paid {}, refunded {}",
            text(&row.paid),
            text(&row.refunded)
        );
    }
    Ok(())
}
