//! A short login, like the published one, is hidden wherever the service repeats it.

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use param_marketplace::payments::QueryPayment;
use param_marketplace::raw::RawCall;
use param_marketplace::{
    Client, ClientCode, Credentials, Environment, MarketplaceKey, MerchantKey, Password,
    QueryOrders, Username,
};
use testkit::{Peer, config, sockets};

use crate::support::{body, detail, table, trace};

const LOGIN: [&str; 3] = ["10738", "Abc", "p4-ş"];

/// Returns a client with a short login for a server with this answer.
fn client(server: &FaultServer) -> Client {
    let peer = Peer::from(server);
    let [code, user, password] = LOGIN;
    let login = Credentials::new(
        ClientCode::new(code),
        Username::new(user),
        Password::new(password),
    );
    let (marketplace, merchant) = (MarketplaceKey::new("KEY-M"), MerchantKey::new("KEY-G"));
    let environment = Environment::At(peer.base());
    let builder = Client::builder(&environment, login, marketplace, merchant).unwrap();
    builder.config(config(1)).build_over(sockets(), peer.host)
}

fn server(operation: &str, result: &str) -> FaultServer {
    let answer = Format::Xml.answer(200, body(operation, result).as_bytes());
    FaultServer::start(Fault::Answer(answer))
}

/// Returns a text that repeats the login in every place where it is a word.
fn echo() -> String {
    let [code, user, password] = LOGIN;
    format!("{code}, kullanıcı: {user}; ({password}) KEY-M/KEY-G {code}:{user}:{password}")
}

fn assert_hidden(text: &str) {
    for secret in LOGIN.into_iter().chain(["KEY-M", "KEY-G"]) {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert!(text.contains("[redacted]"), "{text}");
}

#[tokio::test]
async fn r9_a_short_login_is_taken_out_of_a_refusal() {
    let result = format!("<Sonuc>-101</Sonuc><Sonuc_Str>{}</Sonuc_Str>", echo());
    let server = server("Pazaryeri_TP_Siparis_Detay_Ekle", &result);
    let error = client(&server).call(&detail()).await.unwrap_err();
    let rejection = error.rejection().unwrap();
    assert_hidden(rejection.message.as_ref().unwrap().as_str());
    assert_hidden(&serde_json::to_string(rejection).unwrap());
}

#[tokio::test]
async fn r9_a_short_login_is_taken_out_of_a_message_and_of_drift() {
    let echo = echo();
    let result = format!(
        "<Sonuc>1</Sonuc><Sonuc_Str>{echo}</Sonuc_Str><PYSiparis_GUID>a-key</PYSiparis_GUID>\
         <CLIENT_PASSWORD>{}</CLIENT_PASSWORD><Ek>{echo}</Ek>",
        LOGIN[2]
    );
    let server = server("Pazaryeri_TP_Siparis_Detay_Ekle", &result);
    let entered = client(&server).call(&detail()).await.unwrap();
    assert_hidden(entered.message.as_ref().unwrap().as_str());
    let drift = serde_json::to_string(&entered.drift).unwrap();
    assert!(
        drift.contains("Ek") && drift.contains("CLIENT_PASSWORD"),
        "{drift}"
    );
    assert_hidden(&drift);
}

#[tokio::test]
async fn r9_a_short_login_is_taken_out_of_raw_answers_and_faults() {
    let result = format!(
        "<Sonuc>1</Sonuc><G><CLIENT_CODE>{}</CLIENT_CODE></G><X>{}</X>",
        LOGIN[0],
        echo()
    );
    let raw = server("X", &result);
    let answer = client(&raw).call(&RawCall::new("X")).await.unwrap();
    assert_hidden(answer.text.as_str());
    let fault = format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>\
         <faultcode>s:Server</faultcode><faultstring>{}</faultstring></s:Fault></s:Body></s:Envelope>",
        echo()
    );
    let answer = Format::Xml.answer(500, fault.as_bytes());
    let server = FaultServer::start(Fault::Answer(answer));
    let error = client(&server).call(&detail()).await.unwrap_err();
    assert_hidden(
        error
            .rejection()
            .unwrap()
            .message
            .as_ref()
            .unwrap()
            .as_str(),
    );
}

#[tokio::test]
async fn r9_a_number_that_holds_the_short_code_is_kept() {
    let result = "<Sonuc>1</Sonuc><Sonuc_Str>işlem 1107380, Abcde</Sonuc_Str>\
                  <PYSiparis_GUID>10738107381073810738</PYSiparis_GUID><Tutar_Urun>10738.00</Tutar_Urun>";
    let server = server("Pazaryeri_TP_Siparis_Detay_Ekle", result);
    let entered = client(&server).call(&detail()).await.unwrap();
    assert_eq!(
        entered.message.as_ref().unwrap().as_str(),
        "işlem 1107380, Abcde"
    );
    assert_eq!(entered.order.as_str(), "10738107381073810738");
    assert_eq!(
        entered.product_amount.as_ref().unwrap().as_str(),
        "10738.00"
    );
}

#[tokio::test]
async fn r9_a_short_login_is_taken_out_of_rows_and_columns() {
    let [code, user, password] = LOGIN;
    let echo = echo();
    let row = [
        ("CLIENT_CODE", code),
        ("CLIENT_USERNAME", user),
        ("Sifre", password),
        ("Terminal", code),
        ("Aciklama", &echo),
        ("Tutar", "10738.0000"),
    ];
    let answer = table(&[&row]);
    let traced = server("Param_Pazaryeri_Islem_Izleme", &answer);
    let found = client(&traced).call(&trace()).await.unwrap();
    let kept = serde_json::to_string(&found).unwrap();
    assert_hidden(&kept.replace("10738.0000", ""));
    assert_eq!(found.rows[0].get("Tutar"), Some("10738.0000"));
    let row = [("PYSiparis_GUID", "10738-1"), ("Durum_Str", echo.as_str())];
    let answer = table(&[&row]);
    let queried = server("Pazaryeri_TP_Islem_Sorgulama", &answer);
    let question = QueryOrders::by_order("10738-1".into());
    let found = client(&queried).call(&question).await.unwrap();
    assert_hidden(found.orders[0].status_text.as_ref().unwrap().as_str());
    // A key is what the next call needs.
    assert_eq!(found.orders[0].key.as_ref().unwrap().as_str(), "10738-1");
    let payment = format!(
        "<DT_Bilgi><Siparis_ID>{code}</Siparis_ID><Bank_Extra>{echo}</Bank_Extra></DT_Bilgi><Sonuc>1</Sonuc>"
    );
    let status = server("TP_Islem_Sorgulama4", &payment);
    let found = client(&status)
        .call(&QueryPayment::by_order(code))
        .await
        .unwrap();
    let payment = found.value.payment.unwrap();
    assert_hidden(payment.bank_extra.unwrap().as_str());
    assert_eq!(payment.order.unwrap().as_str(), code);
}
