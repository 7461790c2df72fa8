//! Planted login, keys and personal data, and every output that could show them.

use std::error::Error as StdError;
use std::fmt::Debug;

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use param_marketplace::raw::{RawCall, RawElement};
use param_marketplace::{
    AddSubMerchant, Client, Error, Language, ListProvinces, ListProvincesOfTestService,
    ListSubMerchants, NewSubMerchant, OrderKey, QueryOrders, RefundAmount, Settled, Why,
};
use testkit::logs;

use crate::payments::CARD;
use crate::payments::others::every_other_call;
use crate::payments::sentinel::every_payment_call;
use crate::support::{
    NUMBER, ORDER, Write, approval, body, changed_seller, changed_seller_v2, client, detail,
    districts, limit, new_seller, new_seller_v2, raw, refund, removal, sellers, stored, trace,
};

pub(crate) fn show(shown: &mut Vec<String>, value: &impl Debug) {
    shown.push(format!("{value:?} {value:#?}"));
}

pub(crate) fn show_error(shown: &mut Vec<String>, error: &Error) {
    let mut next: Option<&dyn StdError> = Some(error);
    while let Some(cause) = next {
        shown.push(format!("{cause} {cause:?}"));
        next = cause.source();
    }
    shown.push(serde_json::to_string(&error.report()).unwrap());
}

pub(crate) fn answered<T: Debug>(shown: &mut Vec<String>, answer: Result<T, Error>) {
    match answer {
        Ok(output) => show(shown, &output),
        Err(error) => show_error(shown, &error),
    }
}

/// Shows an attempt and the result of settling it.
pub(crate) async fn show_settled<O: Write>(shown: &mut Vec<String>, client: &Client, write: &O)
where
    O::Output: Debug,
{
    let attempt = match client.prepare(write).await {
        Ok(attempt) => stored(&attempt),
        Err(error) => return show_error(shown, &error),
    };
    shown.push(format!(
        "{attempt:?} {}",
        serde_json::to_string(&attempt).unwrap()
    ));
    let settled = client.settle(write, &attempt).await;
    show(shown, &settled);
    if let Settled::Open(open) = settled {
        shown.push(open.to_string());
        if let Why::Failed(error) = open.why {
            show_error(shown, &error);
        }
    }
}

/// Makes every call and shows its results.
async fn ask_everything(shown: &mut Vec<String>, client: &Client) {
    show(shown, client);
    answered(shown, client.call(&detail()).await);
    answered(shown, client.call(&approval()).await);
    show_settled(shown, client, &refund(RefundAmount::Full)).await;
    show_settled(shown, client, &detail()).await;
    answered(shown, client.call(&limit()).await);
    answered(shown, client.call(&trace()).await);
    answered(shown, client.call(&ListProvinces::new()).await);
    answered(shown, client.call(&ListProvincesOfTestService::new()).await);
    answered(shown, client.call(&districts()).await);
    answered(shown, client.call(&raw()).await);
    let query = QueryOrders::by_order(OrderKey::from(ORDER));
    answered(shown, client.call(&query).await);
    every_seller_call(shown, client).await;
    every_payment_call(shown, client).await;
    every_other_call(shown, client).await;
}

async fn everything_that_speaks(shown: &mut Vec<String>) {
    let echo = "SENTINELCODE SENTINELPASS SENTINELKEY0 Sentinel Örnek 4546 7112 3456 7894";
    let table = format!(
        "<DT_Bilgi><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><N xmlns=\"\">\
         <Temp><Plaka>1</Plaka><Ad_Soyad>{echo}</Ad_Soyad></Temp></N></d:diffgram></DT_Bilgi>"
    );
    for operation in [
        "Pazaryeri_TP_Siparis_Detay_Ekle",
        "Pazaryeri_TP_Iptal_Iade",
        "Pazaryeri_TP_Siparis_Onay",
        "Pazaryeri_TP_Islem_Sorgulama",
        "Pazaryeri_TP_Limit_Kontrol",
        "Param_Pazaryeri_Islem_Izleme",
        "IL_LISTESI",
        "Il_Liste",
        "ILCE_LISTESI",
        "MP_OrderDetailAdd",
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme",
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2",
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme",
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2",
        "Pazaryeri_TP_AltUyeIsyeri_Liste",
        "Pazaryeri_TP_AltUyeIsyeri_Silme",
        "Pos_Odeme",
        "TP_WMD_UCD",
        "TP_WMD_Pay",
        "TP_Islem_Iptal_Iade_Kismi2",
        "TP_Islem_Sorgulama4",
        "TP_WMD_UCD_v2",
        "TP_Islem_Odeme_WD",
        "TP_Islem_Odeme_OnProv",
        "TP_Islem_Odeme_OnProv_WMD",
        "TP_Islem_Odeme_OnProv_Kapa",
        "TP_Islem_Iptal_OnProv",
        "TP_KK_Verify",
        "SHA2B64",
    ] {
        let text = |code: &str| {
            body(
                operation,
                &format!(
                    "<Sonuc>{code}</Sonuc><Sonuc_Str>{echo}</Sonuc_Str><PYSiparis_GUID>k</PYSiparis_GUID><GUID_AltUyeIsyeri>k</GUID_AltUyeIsyeri><X>{echo}</X>\
                     <Odeme_Alma_Durumu>true</Odeme_Alma_Durumu><AltUyeIsyeri>{echo}</AltUyeIsyeri>\
                     <Odeme_Yapan_Bilgisi>{echo}</Odeme_Yapan_Bilgisi>\
                     <UCD_URL>https://x.example/SENTINEL</UCD_URL><UCD_HTML>&lt;html>{echo}</UCD_HTML>\
                     <Dekont_ID>7</Dekont_ID><Islem_ID>7</Islem_ID>{table}"
                ),
            )
        };
        let fault = text("1").replace(&format!("<{operation}Response xmlns=\"https://turkpos.com.tr/\"><{operation}Result>"), &format!("<soap:Fault><faultcode>{echo}</faultcode><faultstring>{echo}</faultstring></soap:Fault><{operation}Response><{operation}Result>"));
        for answer in [
            text("1"),
            text("-101"),
            text(echo),
            fault,
            format!("<html>{echo}</html>"),
        ] {
            let server =
                FaultServer::start(Fault::Answer(Format::Xml.answer(200, answer.as_bytes())));
            let client = client(&server, 1);
            ask_everything(shown, &client).await;
        }
    }
    show_sellers(shown, echo).await;
    let client = client("http://127.0.0.1:9", 1);
    let request = client.dry_run(&detail()).unwrap();
    shown.push(format!(
        "{request:?} {}",
        String::from_utf8(request.body.clone()).unwrap()
    ));
    let plain = RawCall::new("X")
        .element(RawElement::login("G"))
        .element(RawElement::marketplace_key("ETS_GUID"))
        .element(RawElement::merchant_key("GUID"));
    let request = client.dry_run(&plain).unwrap();
    shown.push(String::from_utf8(request.body).unwrap());
    show(shown, &(raw(), trace(), limit()));
}

async fn every_seller_call(shown: &mut Vec<String>, client: &Client) {
    answered(shown, client.call(&new_seller()).await);
    answered(shown, client.call(&new_seller_v2()).await);
    answered(shown, client.call(&changed_seller()).await);
    answered(shown, client.call(&changed_seller_v2()).await);
    answered(shown, client.call(&removal()).await);
    answered(shown, client.call(&ListSubMerchants::all()).await);
}

/// Shows a list with every column planted, the requests and their problems.
async fn show_sellers(shown: &mut Vec<String>, echo: &str) {
    let row = |number: &'static str| {
        let columns = [
            "ETS_GUID",
            "Ad_Soyad",
            "Unvan",
            "Yetkili_Kisi_TC",
            "GSM_No",
            "IBAN_No",
            "Adres",
            "Il",
            "Ilce",
            "Website",
            "Vergi_Daire",
            "Yeni",
        ];
        let mut row: Vec<_> = columns.map(|column| (column, echo)).into();
        row.push(("TC_VN", number));
        row
    };
    let (one, other) = (row(NUMBER), row("SENTINEL"));
    let list = sellers("SENTINEL", &[&one, &other]);
    let server = FaultServer::start(Fault::Answer(Format::Xml.answer(200, list.as_bytes())));
    let client = client(&server, 1);
    let found = client.call(&ListSubMerchants::all()).await;
    show(shown, &found.unwrap());
    show_settled(shown, &client, &new_seller()).await;
    show(shown, &new_seller_v2());
    show(shown, &changed_seller_v2());
    let mut wrong = new_seller();
    wrong.mobile = "SENTINEL".into();
    wrong.account.iban = "SENTINEL".into();
    if let NewSubMerchant::SoleProprietorship(seller) = &mut wrong.seller {
        seller.person.identity_number = "SENTINEL".into();
        seller.person.birth_date = "SENTINEL".into();
    }
    let problems = client.check(&wrong);
    assert_eq!(problems.errors().count(), 4);
    show(shown, &problems);
    for language in [Language::English, Language::Turkish] {
        shown.push(problems.text(language));
    }
    show_error(shown, &client.call(&wrong).await.unwrap_err());
    // A date that cannot be read is stored and read back, and not shown.
    let stored = serde_json::to_string(&new_seller()).unwrap();
    assert_eq!(
        serde_json::from_str::<AddSubMerchant>(&stored).unwrap(),
        new_seller()
    );
    let odd = stored.replace("1990-05-01", "SENTINEL");
    let odd = serde_json::from_str::<AddSubMerchant>(&odd).unwrap();
    shown.push(format!("{odd:?}"));
    show_error(shown, &client.call(&odd).await.unwrap_err());
    let debug = format!("{:?}", new_seller());
    for personal in ["1990", "1104", NUMBER, "5000000000", "TR33"] {
        assert!(!debug.contains(personal), "{debug}");
    }
}

#[test]
fn nothing_planted_is_ever_shown() {
    let lines = logs::of_this_thread();
    let mut shown = Vec::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(everything_that_speaks(&mut shown));
    let log = lines.text();
    assert!(log.contains("call failed"), "the log was captured");
    shown.push(log);
    for text in shown {
        let text = text.to_uppercase();
        assert!(
            !text.contains("SENTINEL")
                && !text.contains(CARD[0])
                && !text.contains("4546 7112 3456 7894"),
            "{text}"
        );
    }
}
