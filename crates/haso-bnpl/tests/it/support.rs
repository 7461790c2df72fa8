//! Clients, orders and posts that the tests share.

use contract_kit::faults::Fault;
use haso_bnpl::{
    Attempt, BaseUrl, Client, ClientBuilder, CommonFields, DeliveryAddress, Item, MerchantKey,
    MerchantSalt, Money, ResultUrls, Settings, Settle, Shopper, Signing, StartLimit, StartOrder,
};
use testkit::{Peer, config, sockets};

/// Secrets that no message may ever show.
pub(crate) const KEY: &str = "SENTINELKEY0123456789";
pub(crate) const SALT: &str = "SENTINELSALT0123456789";

pub(crate) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

pub(crate) fn signing(key: &str, salt: &str) -> Signing {
    Signing::new(MerchantKey::new(key), MerchantSalt::new(salt))
}

pub(crate) fn builder(base: &str) -> ClientBuilder {
    let base = BaseUrl::parse(base).unwrap();
    Client::builder(base, "1001").signing(signing(KEY, SALT))
}

/// Returns a client that tries reads up to `tries` times, without pauses.
pub(crate) fn client(peer: impl Into<Peer>, tries: u32) -> Client {
    client_by(peer, tries, |builder| builder)
}

/// Returns a client as [`client`], with other settings.
pub(crate) fn client_by(
    peer: impl Into<Peer>,
    tries: u32,
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Client {
    let (peer, config) = (peer.into(), config(tries));
    let transport = sockets();
    set(builder(&peer.address).config(config)).build_over(transport, peer.host)
}

pub(crate) fn urls() -> ResultUrls {
    let url = |name| format!("https://shop.example/haso/{name}?k=7f3a");
    ResultUrls::new(url("callback"))
        .ok(url("ok"))
        .fail(url("fail"))
}

pub(crate) fn shopper() -> Shopper {
    Shopper::new()
        .mobile("5536616020")
        .birth_date("1983-08-17".parse::<chrono::NaiveDate>().unwrap())
        .email("nilufer@example.com")
        .name("Nilüfer")
        .surname("Örnek")
        .identity_number("10000000146")
}

pub(crate) fn order() -> StartOrder {
    StartOrder::new("1905231436-1", money("500.00"), urls(), shopper())
        .address(
            DeliveryAddress::new("Nilüfer Örnek")
                .detail("Deneme Mah. 1")
                .town("NİLÜFER")
                .city("BURSA"),
        )
        .item(Item::new("SKU-1", 2, money("250.00")).name("Lamba"))
        .common(CommonFields::new().ip_address("203.0.113.7"))
}

pub(crate) fn limit() -> StartLimit {
    StartLimit::new(urls()).shopper(shopper())
}

pub(crate) fn json(status: u16, body: &[u8]) -> Vec<u8> {
    contract_kit::faults::answer(status, &[("Content-Type", "application/json")], body)
}

/// Returns a plan of `total` with a fee of 30.50 in two equal installments of 265.25.
pub(crate) fn plan(number: &str, total: &str) -> String {
    let part = |n: u32| {
        format!(
            r#"{{"InstallmentNo":{n},"PaymentCode":"PAY-{n}","InstallmentPayment":265.25,"Fee":15.25,"TermDate":"2026-12-22T00:00:00"}}"#
        )
    };
    format!(
        r#"{{"TransactionCode":"TRX-1","MerchantOid":"{number}","Fee":30.50,"TotalAmount":{total},"DownPayment":0,"TransactionPayments":[{},{}]}}"#,
        part(1),
        part(2)
    )
}

/// Returns the attempt of a write as it is read back after a crash, so that it counts as sent.
pub(crate) async fn crashed<O>(client: &Client, operation: &O) -> Attempt
where
    O: Settle<Service = Settings>,
{
    stored(&client.prepare(operation).await.unwrap())
}

/// Returns an attempt that was kept and read back.
pub(crate) fn stored(attempt: &Attempt) -> Attempt {
    serde_json::from_str(&serde_json::to_string(attempt).unwrap()).unwrap()
}

/// Returns a success with this `Data`.
pub(crate) fn success(data: &str) -> Fault {
    let body = format!(r#"{{"Success": true, "Errors": [], "Data": {data}}}"#);
    Fault::Answer(json(200, body.as_bytes()))
}

/// Returns a refusal with this text.
pub(crate) fn refusal(text: &str) -> Fault {
    let body = format!(r#"{{"Success": false, "Errors": ["{text}"], "Data": null}}"#);
    Fault::Answer(json(200, body.as_bytes()))
}
