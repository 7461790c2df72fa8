//! A small SOAP call over loopback beside bare reqwest with prebuilt bytes, in turns.
//!
//! Run it with `cargo xtask bench`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops and prints"
)]

#[path = "../../horoz-shipping/benches/overhead/server.rs"]
mod server;
#[path = "../../horoz-shipping/benches/overhead/stats.rs"]
mod stats;
#[path = "../../horoz-shipping/benches/overhead/turns.rs"]
mod turns;

use std::hint::black_box;
use std::sync::Arc;

use kervan_core::Reply;
use param_marketplace::{
    AddOrderDetail, BaseUrl, Client, Credentials, Environment, MarketplaceKey, MerchantKey,
    Operation, PaymentId, SubMerchantId,
};

use crate::stats::{Table, nanoseconds};
use crate::turns::{Bare, Caller};

const ANSWER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
<Pazaryeri_TP_Siparis_Detay_EkleResponse xmlns=\"https://turkpos.com.tr/\"><Pazaryeri_TP_Siparis_Detay_EkleResult><Sonuc>1</Sonuc>\
<Sonuc_Str>Başarılı</Sonuc_Str><GUID_AltUyeIsyeri>7f2b9c1e-0000-4000-8000-0000000000a1</GUID_AltUyeIsyeri>\
<Tutar_Urun>9,83</Tutar_Urun><Tutar_Odenecek>1,75</Tutar_Odenecek>\
<PYSiparis_GUID>1d4e8a77-0000-4000-8000-0000000000b2</PYSiparis_GUID><SanalPOS_Islem_ID>1247910825</SanalPOS_Islem_ID>\
<Toplam_Tahsilat_Tutari>0,00</Toplam_Tahsilat_Tutari><Pazaryeri_Limit>0</Pazaryeri_Limit><Yeni_Odenecek_Tutar>0</Yeni_Odenecek_Tutar></Pazaryeri_TP_Siparis_Detay_EkleResult></Pazaryeri_TP_Siparis_Detay_EkleResponse>\
</soap:Body></soap:Envelope>";

const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";

fn detail() -> AddOrderDetail {
    let seller = SubMerchantId::from("7f2b9c1e-0000-4000-8000-0000000000a1");
    let money = |text: &str| text.parse().unwrap();
    AddOrderDetail::new(PaymentId::new(1_247_910_825), seller)
        .product_amount(money("9.83"))
        .payable(money("1.75"))
}

fn main() {
    let address = BaseUrl::parse(&server::start(ANSWER)).unwrap();
    let login = Credentials::published_test_account();
    let (marketplace, merchant) = (MarketplaceKey::new(KEY), MerchantKey::new(KEY));
    let client = Client::builder(&Environment::At(address), login, marketplace, merchant)
        .unwrap()
        .build()
        .unwrap();
    let context = client.context();
    let settings = client.settings();

    let answer = Reply::new(200, Vec::new(), ANSWER.as_bytes().to_vec());
    let mut table = Table::new(["step", "median"]);
    let mut row =
        |name: &str, run: &mut dyn FnMut()| table.row([name.to_owned(), nanoseconds(run)]);
    row("check an order entry", &mut || {
        drop(black_box(detail().problems(&context)));
    });
    row("encode it", &mut || {
        drop(black_box(detail().encode(&context).unwrap()));
    });
    row("decode its answer", &mut || {
        drop(black_box(detail().decode(settings, &answer).unwrap()));
    });
    println!("{table}");

    let request = detail().encode(&context).unwrap();
    let bare = Arc::new(Bare::new(&request));
    let ours = Caller::new("param-marketplace", move || {
        let client = client.clone();
        async move {
            client.call(&detail()).await.unwrap();
        }
    });
    let callers = [
        Caller::hyper(Arc::clone(&bare)),
        Caller::reqwest(bare),
        Caller::transport(request),
        ours,
    ];
    println!("{}", turns::compare("one at a time", &callers, 1));
    println!("{}", turns::compare("64 at once", &callers, 64));
}
