//! A day of a marketplace, from adding a seller to approval and a look back, against a server on this
//! machine that follows a script. Its answers are invented, and nothing leaves the machine.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

mod script;

use std::process::ExitCode;

use chrono::NaiveDate;
use contract_kit::faults::{Fault, FaultServer};
use param_marketplace::split::{Commission, Gross, Part, Split};
use param_marketplace::{
    AddSubMerchant, BaseUrl, CheckLimit, Client, Credentials, Environment, Individual,
    MarketplaceKey, MerchantKey, Money, OrderState, PaymentId, PayoutAccount, Person, QueryOrders,
    SellerPlace, Sent, SetOrderStatus, SubMerchantId,
};

use crate::script::{answer, orders};

const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";
const FIRST: &str = "7f2b9c1e-0000-4000-8000-0000000000a1";
const SECOND: &str = "7f2b9c1e-0000-4000-8000-0000000000a2";
const ORDERS: [&str; 2] = [
    "1d4e8a77-0000-4000-8000-0000000000b1",
    "1d4e8a77-0000-4000-8000-0000000000b2",
];

const ABOUT: &str = "\
Runs a day of a marketplace, from adding a seller to approval and a look back, against a server on this
machine that follows a script. It needs no account, and nothing leaves the machine.";

#[tokio::main]
async fn main() -> ExitCode {
    script::run("marketplace_day", ABOUT, run()).await
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let server = FaultServer::start(Fault::Script(script()));
    let environment = Environment::At(BaseUrl::parse(&server.base_url())?);
    let login = Credentials::published_test_account();
    let (marketplace, merchant) = (MarketplaceKey::new(KEY), MerchantKey::new(KEY));
    let client = Client::builder(&environment, login, marketplace, merchant)?.build()?;
    let money = |text: &str| text.parse::<Money>();

    // 1. Once for each seller. The second one joined earlier.
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
    println!("3. paid: {} gross, {} net", paid.money(), net.money());

    // 4. One order for each seller. A query before each notes what is there. The first answer gets
    // lost on the way, and a second query finds the row that was not there before.
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
    println!("{} calls", server.requests());
    Ok(())
}

/// Returns the answers of the server, in order.
fn script() -> Vec<Fault> {
    let added = format!("<Sonuc>1</Sonuc><GUID_AltUyeIsyeri>{FIRST}</GUID_AltUyeIsyeri>");
    let limit = "<Sonuc>1</Sonuc><Odeme_Alma_Durumu>true</Odeme_Alma_Durumu>";
    let entered = format!(
        "<Sonuc>1</Sonuc><PYSiparis_GUID>{}</PYSiparis_GUID>",
        ORDERS[1]
    );
    let first = [ORDERS[0], "0", "65.5000", "60.5000", FIRST];
    vec![
        no_sellers(),
        answer("Pazaryeri_TP_AltUyeIsyeri_Ekleme", &added),
        answer("Pazaryeri_TP_Limit_Kontrol", limit),
        answer("Pazaryeri_TP_Limit_Kontrol", limit),
        orders(&[]),
        Fault::ResetBeforeAnswer,
        orders(&[first]),
        orders(&[first]),
        answer("Pazaryeri_TP_Siparis_Detay_Ekle", &entered),
        answer("Pazaryeri_TP_Siparis_Onay", "<Sonuc>1</Sonuc>"),
        answer("Pazaryeri_TP_Siparis_Onay", "<Sonuc>1</Sonuc>"),
        orders(&[
            [ORDERS[0], "1", "65.5000", "60.5000", FIRST],
            [ORDERS[1], "1", "32.7500", "30.2500", SECOND],
        ]),
    ]
}

/// Returns the list before the first seller joins.
fn no_sellers() -> Fault {
    let list = "<Toplam_Kayit>0</Toplam_Kayit><Sonuc>1</Sonuc>";
    answer("Pazaryeri_TP_AltUyeIsyeri_Liste", list)
}
