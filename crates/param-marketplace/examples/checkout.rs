//! A whole sale of a marketplace over 3-D: payment, the browser's return, its verification, the second
//! step, the split over two sellers, approval of one, a partial refund of the other, and the day's
//! sums. The server on this machine follows a script; its answers are invented, and so is the bank.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

mod script;

use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;

use chrono::NaiveDate;
use contract_kit::faults::{Fault, FaultServer};
use kervan_wire::form;
use param_marketplace::payments::callback::{ExpectedModel, ModelCallback, ModelResult};
use param_marketplace::payments::{
    Card, Currency, ModelPayment, PaidOrder, Payment, PaymentKey, PaymentOrder, QueryPayment,
    ReturnUrls, Sale, Security, SummarizePayments, hash,
};
use param_marketplace::split::{Commission, Gross, Part};
use param_marketplace::{
    BaseUrl, CancelOrRefund, Client, Credentials, EnteredShare, Environment, MarketplaceKey,
    MerchantKey, Money, ReceivedAmount, RefundAmount, Sent, SetOrderStatus, Settled, Undo,
};

use crate::script::{answer, orders};
use kervan_testing::delivery;

const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";
const TRANSACTION: &str = "5b7b5ae2-0000-4000-8000-000000000001";
const FIRST: &str = "7f2b9c1e-0000-4000-8000-0000000000a1";
const SECOND: &str = "7f2b9c1e-0000-4000-8000-0000000000a2";
const ORDERS: [&str; 2] = [
    "1d4e8a77-0000-4000-8000-0000000000b1",
    "1d4e8a77-0000-4000-8000-0000000000b2",
];

const ABOUT: &str = "\
Makes a whole sale of a marketplace over 3-D, from the card to the day's sums, against a server on this
machine that follows a script. It needs no account, and nothing leaves the machine.";

#[tokio::main]
async fn main() -> ExitCode {
    script::run("checkout", ABOUT, run()).await
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let server = FaultServer::start(Fault::Script(answers()));
    let environment = Environment::At(BaseUrl::parse(&server.base_url())?);
    let login = Credentials::published_test_account();
    let (marketplace, merchant) = (MarketplaceKey::new(KEY), MerchantKey::new(KEY));
    let client = Client::builder(&environment, login, marketplace, merchant)?.build()?;
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
    let posted = the_bank_posts("100,00");
    let callback = ModelCallback::read(&delivery("application/x-www-form-urlencoded", &posted))?;
    println!(
        "2. a callback for {}, unverified",
        callback.order().as_str()
    );
    let ModelResult::Authenticated(proof) = callback.verify(client.settings(), &expected)? else {
        return Err("the customer did not prove to be the holder".into());
    };
    let altered = ModelCallback::read(&delivery(None, the_bank_posts("1,00")))?;
    let refused = altered.verify(client.settings(), &expected).err();
    println!(
        "   another amount in it: {}",
        refused.ok_or("it is not refused")?
    );

    // 3. The second step charges the card. Its answer gets lost, and the query finds it done.
    // The attempt is stored before the call: after a crash, `resume` goes on from it.
    let step = proof.complete();
    let attempt = client.prepare(&step).await?;
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

    // 5. Two sellers share what is left.
    let first = Part::new(FIRST, Gross::new(money("66.67")?)?);
    let second = Part::new(SECOND, Gross::new(money("33.33")?)?);
    let details = paid.split(vec![
        first.keep(Commission::new(money("5.00")?)?),
        second.keep(Commission::new(money("2.50")?)?),
    ])?;
    let mut entered = Vec::new();
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
    let back = RefundAmount::part(money("10.00")?).of(&EnteredShare::of(&details[1])?)?;
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).ok_or("no such day")?;
    let paid_on = today.pred_opt().ok_or("no such day")?;
    let undo = Undo::on_days(paid_on, today);
    let refund = CancelOrRefund::new(entered[1].clone(), paid.order.as_str(), undo, back);
    client.send_or_settle(&refund).await?;
    println!("7. 10.00 went back to the customer ({undo:?})");

    // 8. The end of the day.
    print_sums(&client, paid_on, today).await?;
    println!("{} calls", server.requests());
    Ok(())
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

/// Builds the form that the customer's browser posts after the bank's page, signed as the provider signs
/// it.
fn the_bank_posts(amount: &str) -> Vec<u8> {
    let proof = "581877:0000:3680:##500100000";
    let signature = hash([TRANSACTION, proof, "1", "KV-3001", KEY]).unwrap_or_default();
    let fields = [
        ("md", proof),
        ("mdStatus", "1"),
        ("orderId", "KV-3001"),
        ("transactionAmount", amount),
        ("islemGUID", TRANSACTION),
        ("islemHash", &signature),
        ("bankResult", "Y"),
    ];
    form::encode(fields).into_bytes()
}

/// Returns the answers of the server, in order.
fn answers() -> Vec<Fault> {
    let page = "&lt;html>&lt;body>the bank&lt;/body>&lt;/html>";
    let started = format!(
        "<Islem_ID>6021847062</Islem_ID><Islem_GUID>{TRANSACTION}</Islem_GUID>\
         <UCD_HTML>{page}</UCD_HTML><Sonuc>1</Sonuc><Siparis_ID>KV-3001</Siparis_ID>"
    );
    let paid = "<DT_Bilgi><Odeme_Sonuc>1</Odeme_Sonuc><Dekont_ID>3007300695</Dekont_ID>\
                <Siparis_ID>KV-3001</Siparis_ID><Islem_ID>KV-3001-1</Islem_ID><Durum>SUCCESS</Durum>\
                <Toplam_Tutar>100</Toplam_Tutar><Komisyon_Tutar>1.75</Komisyon_Tutar>\
                <Islem_Tip>SALE</Islem_Tip></DT_Bilgi><Sonuc>1</Sonuc>";
    let entered = |order: &str| {
        let result = format!("<Sonuc>1</Sonuc><PYSiparis_GUID>{order}</PYSiparis_GUID>");
        answer("Pazaryeri_TP_Siparis_Detay_Ekle", &result)
    };
    let sums = "<DT_Bilgi><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><NewDataSet xmlns=\"\">\
                <DT_Mutabakat_Ozet><Basarili_Islem_Sayi>1</Basarili_Islem_Sayi>\
                <Basarili_Islem_Toplam_Tutar>100.00</Basarili_Islem_Toplam_Tutar>\
                <Iade_Islem_Sayi>1</Iade_Islem_Sayi><Iade_Islem_Toplam_Tutar>10.00</Iade_Islem_Toplam_Tutar>\
                </DT_Mutabakat_Ozet></NewDataSet></d:diffgram></DT_Bilgi><Sonuc>1</Sonuc>";
    let first = [ORDERS[0], "0", "65.5000", "60.5000", FIRST];
    let second = [ORDERS[1], "0", "32.7500", "30.2500", SECOND];
    vec![
        answer("TP_WMD_UCD", &started),
        Fault::ResetBeforeAnswer,
        answer("TP_Islem_Sorgulama4", paid),
        answer("TP_Islem_Sorgulama4", paid),
        // The first entry's answer gets lost; the query finds a row that was not there before.
        orders(&[]),
        Fault::ResetBeforeAnswer,
        orders(&[first]),
        orders(&[first]),
        entered(ORDERS[1]),
        answer("Pazaryeri_TP_Siparis_Onay", "<Sonuc>1</Sonuc>"),
        orders(&[second]),
        answer("Pazaryeri_TP_Iptal_Iade", "<Sonuc>1</Sonuc>"),
        answer("TP_Mutabakat_Ozet", sums),
    ]
}
