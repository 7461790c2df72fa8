//! A day of a marketplace, from adding a seller to approval and a look back, at a sandbox in this
//! process. Nothing leaves the machine.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::collections::BTreeMap;
use std::process::ExitCode;

use chrono::NaiveDate;
use kervan_sandbox::param::{Param, Step};
use kervan_sandbox::{Account, Fault, Kurus, Plan, Sandbox};
use param_marketplace::split::{Commission, Gross, Part, Split};
use param_marketplace::{
    AddSubMerchant, BaseUrl, CheckLimit, Client, ClientCode, Credentials, Environment, Individual,
    MarketplaceKey, MerchantKey, Money, OrderState, Password, PaymentId, PayoutAccount, Person,
    QueryOrders, SellerPlace, Sent, SetOrderStatus, SubMerchantId, Username,
};

const SECOND: &str = "7f2b9c1e-0000-4000-8000-0000000000a2";

const USAGE: &str = "\
usage: marketplace_day

Runs a day of a marketplace, from adding a seller to approval and a look back, at a sandbox in its own
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
            eprintln!("marketplace_day: `{other}` is not understood\n\n{USAGE}");
            return ExitCode::from(2);
        }
    }
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("marketplace_day: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = build(&sandbox.account("param"))?;
    let money = |text: &str| text.parse::<Money>();

    // 1. Once for each seller. The second one joined earlier.
    sandbox.step::<Param>(&Step::SeedSeller {
        key: SECOND.to_owned(),
        values: BTreeMap::from([("Tip".to_owned(), "1".to_owned())]),
        at: None,
    })?;
    let born = NaiveDate::from_ymd_opt(1990, 1, 31).ok_or("no such day")?;
    let person = Person::new("10000000146", born);
    let account = PayoutAccount::new("TR330006100519786457841326").owner("Ayşe Örnek");
    let seller = Individual::new("Ayşe Örnek", person);
    let request = AddSubMerchant::new(
        seller,
        "5550000001",
        account,
        SellerPlace::in_province(34).district(1103),
    );
    let Sent::Done(added) = client.send_or_settle(&request).await? else {
        return Err("the seller is there, but its key did not come back".into());
    };
    println!("1. seller added: {}", added.id.as_str());

    // The payment's net amount is what Param leaves of the gross amount.
    let paid = Gross::new(money("100.00")?)?;
    let net = paid.less(Commission::new(money("1.75")?)?)?;
    let first = Part::new(added.value.id, Gross::new(money("66.67")?)?);
    let second = Part::new(SECOND, Gross::new(money("33.33")?)?);
    let split = Split::of(
        net,
        vec![
            first.keep(Commission::new(money("5.00")?)?),
            second.keep(Commission::new(money("2.50")?)?),
        ],
    )?;

    // 2. Before the money is taken. Without a clear yes the buyer is not charged.
    for share in split.shares() {
        let question = CheckLimit::new(share.seller.clone(), share.seller_share.money());
        let limit = client.call(&question).await?;
        if !limit.may_take_payment() {
            println!("2. no payment: {:?}", limit.verdict);
            return Ok(());
        }
        println!(
            "2. {} may get {}",
            share.seller.as_str(),
            share.seller_share.money()
        );
    }

    // 3. The payment itself is another service; its answer tells this number.
    let payment = PaymentId::new(1_247_910_825);
    sandbox.step::<Param>(&Step::SeedPayment {
        id: 1_247_910_825,
        order: "KV-3001".to_owned(),
        amount: Kurus(10_000),
        at: None,
    })?;
    println!("3. paid: {} gross, {} net", paid.money(), net.money());

    // 4. One order for each seller. A query before each notes what is there. The first answer gets
    // lost on the way, and a second query finds the row that was not there before.
    let lost = Plan::on("Pazaryeri_TP_Siparis_Detay_Ekle", Fault::AnswerLost);
    sandbox.plan("param", lost);
    let mut orders = Vec::new();
    for detail in split.details(payment) {
        let Sent::Done(entered) = client.send_or_settle(&detail).await? else {
            return Err("the order is there, but its key did not come back".into());
        };
        let (product, payable) = (detail.product_amount, detail.payable);
        println!(
            "4. order {}: {product}, of it {payable} for the seller",
            entered.order.as_str()
        );
        orders.push(entered.value.order);
    }

    // 5. The goods have arrived: the seller's share is released.
    for order in &orders {
        let step = SetOrderStatus::approve(order.clone());
        client.send_or_settle(&step).await?;
        println!("5. {} is now {:?}", order.as_str(), OrderState::Approved);
    }

    // 7. The query can be asked at every step. (6 would be a refund.)
    let found = client.call(&QueryOrders::by_payment(payment)).await?;
    for order in &found.orders {
        let seller = order.seller.as_ref().map(SubMerchantId::as_str);
        println!("7. {:?}: {:?}", seller.unwrap_or_default(), order.status);
    }
    let calls = sandbox.records();
    let calls = calls.iter().filter(|record| record.is_call());
    println!("{} calls", calls.count());
    Ok(sandbox.finish()?)
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
