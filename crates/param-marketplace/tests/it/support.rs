//! Clients, requests and answers that the tests share.

use std::time::Duration;

use param_marketplace::{
    AddOrderDetail, BaseUrl, CancelOrRefund, Client, Config, Credentials, Environment, OrderKey,
    PaymentId, RefundAmount, Retry, SetOrderStatus, SubMerchantId, Undo,
};

/// Login and keys that no message may ever show.
pub(crate) const SECRETS: [&str; 4] = [
    "SENTINELCODE",
    "SENTINELUSER",
    "SENTINELPASS",
    "SENTINELKEY0",
];

pub(crate) const ORDER: &str = "1d4e8a77-0000-4000-8000-0000000000b2";
pub(crate) const SELLER: &str = "7f2b9c1e-0000-4000-8000-0000000000a1";

/// A client whose reads are tried that often, without pauses to speak of.
pub(crate) fn client(base: &str, tries: u32) -> Client {
    let pause = Duration::from_millis(1);
    let retry = Retry::default().tries(tries).pauses(pause, pause);
    let config = Config::default()
        .timeout(Duration::from_millis(500))
        .retry(retry);
    let [code, user, password, key] = SECRETS;
    let environment = Environment::At(BaseUrl::parse(base).unwrap());
    let login = Credentials::new(code, user, password);
    let builder = Client::builder(&environment, login, key, key).unwrap();
    builder.config(config).build().unwrap()
}

pub(crate) fn detail() -> AddOrderDetail {
    let money = |text: &str| text.parse().unwrap();
    AddOrderDetail::new(
        PaymentId::new(1_247_910_825),
        SubMerchantId::from(SELLER),
        money("9.83"),
        money("1.75"),
    )
}

pub(crate) fn approval() -> SetOrderStatus {
    SetOrderStatus::approve(OrderKey::from(ORDER))
}

pub(crate) fn refund(amount: RefundAmount) -> CancelOrRefund {
    CancelOrRefund::new(OrderKey::from(ORDER), "KV-2001", Undo::Refund, amount)
}

/// The body of an answer of an operation.
pub(crate) fn body(operation: &str, result: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <soap:Body><{operation}Response xmlns=\"https://turkpos.com.tr/\"><{operation}Result>{result}</{operation}Result>\
         </{operation}Response></soap:Body></soap:Envelope>"
    )
}

/// A query's answer with these rows: key, state, product amount, payable, seller.
pub(crate) fn orders(rows: &[[&str; 5]]) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|[key, state, product, payable, seller]| {
            format!(
                "<Temp><PYSiparis_GUID>{key}</PYSiparis_GUID><Durum>{state}</Durum><Tutar_Urun>{product}</Tutar_Urun>\
                 <Tutar_Odenecek>{payable}</Tutar_Odenecek><GUID_AltUyeIsyeri>{seller}</GUID_AltUyeIsyeri></Temp>"
            )
        })
        .collect();
    let table = format!(
        "<DT_Bilgi><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><NewDataSet xmlns=\"\">{}</NewDataSet>\
         </d:diffgram></DT_Bilgi><Sonuc>1</Sonuc>",
        rows.concat()
    );
    body("Pazaryeri_TP_Islem_Sorgulama", &table)
}
