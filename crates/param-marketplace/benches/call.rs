//! A small SOAP call over loopback, over a kept and over a fresh connection, each beside bare reqwest with
//! prebuilt bytes over such a connection, in turns.
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

use kervan_core::{Config, Reply, Service};
use param_marketplace::{
    AddOrderDetail, BaseUrl, Client, Credentials, Environment, MarketplaceKey, MerchantKey,
    Operation, PaymentId, SubMerchantId,
};

use crate::stats::{Table, nanoseconds};
use crate::turns::{Aims, Bare, Caller, Connections};

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

fn client(address: &BaseUrl, config: Config) -> Client {
    let login = Credentials::published_test_account();
    let (marketplace, merchant) = (MarketplaceKey::new(KEY), MerchantKey::new(KEY));
    let environment = Environment::At(address.clone());
    let builder = Client::builder(&environment, login, marketplace, merchant).unwrap();
    builder.config(config).build().unwrap()
}

/// Sends a write by the client. By default each write has a connection of its own.
fn ours(name: &'static str, connections: Connections, address: &BaseUrl) -> Caller {
    let config = Config::default().fresh_connections(connections == Connections::Fresh);
    let client = client(address, config);
    let detail = Arc::new(detail());
    Caller::new(name, connections, move || {
        let (client, detail) = (client.clone(), Arc::clone(&detail));
        async move {
            client.call(&*detail).await.unwrap();
        }
    })
}

fn main() {
    let address = BaseUrl::parse(&server::start(ANSWER)).unwrap();
    let client = client(&address, Config::default());
    let (context, settings) = (client.context(), client.settings());

    let detail = detail();
    let answer = Reply::new(200, Vec::new(), ANSWER.as_bytes().to_vec());
    let mut table = Table::new(["step", "median"]);
    let mut row =
        |name: &str, run: &mut dyn FnMut()| table.row([name.to_owned(), nanoseconds(run)]);
    row("check an order entry", &mut || {
        drop(black_box(detail.problems(&context)));
    });
    row("encode it", &mut || {
        drop(black_box(detail.encode(&context).unwrap()));
    });
    row("decode its answer", &mut || {
        drop(black_box(detail.decode(settings, &answer).unwrap()));
    });
    println!("{table}");

    let request = detail.encode(&context).unwrap();
    let request = request.header("User-Agent", settings.user_agent());
    let bare = Arc::new(Bare::new(&request));
    let kept = "param-marketplace, kept";
    let aims = Aims {
        alone: 1.15,
        crowded: 1.35,
    };
    turns::compare(&[
        Caller::hyper(Arc::clone(&bare)),
        Caller::reqwest(Arc::clone(&bare), Connections::Kept),
        Caller::transport(request),
        ours(kept, Connections::Kept, &address).aiming(aims),
        Caller::reqwest(bare, Connections::Fresh),
        ours(
            "param-marketplace, fresh (the default)",
            Connections::Fresh,
            &address,
        ),
    ]);
}
