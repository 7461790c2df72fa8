//! Clients, requests and answers that the tests share.

use std::time::Duration;

use aras_tracking::query::{FindParcels, RawQuery};
use aras_tracking::shipments::{
    CancelDispatch, FetchLabel, FindOrder, GetCargoInfo, GetCargoTransaction, GetDeliveryInfo,
    ListOrders,
};
use aras_tracking::{
    AccountId, AccountLink, BaseUrl, Config, CustomerReference, Login, Method, PageClient,
    PageEnvironment, QueryClient, QueryEnvironment, Retry, ShipmentClient, ShipmentEnvironment,
    TrackingNumber,
};

/// Login and account that no message may ever show.
pub(crate) const USER: &str = "SENTINELUSER";
pub(crate) const PASSWORD: &str = "SENTINEL<&PASS";
pub(crate) const CODE: &str = "SENTINELCODE";
pub(crate) const ACCOUNT: &str = "SENTINEL0123456789ABCDEF01234567";
pub(crate) const LINK_PASSWORD: &str = "SENTINEL&link";

fn login() -> Login {
    Login::new(USER, PASSWORD, CODE)
}

/// Reads are tried that often, without pauses to speak of.
fn config(tries: u32) -> Config {
    let pause = Duration::from_millis(1);
    let retry = Retry::default().tries(tries).pauses(pause, pause);
    Config::default()
        .timeout(Duration::from_secs(1))
        .max_body_bytes(1 << 20)
        .retry(retry)
}

pub(crate) fn query_client(base: &str, tries: u32, method: Method) -> QueryClient {
    let environment = QueryEnvironment::At(BaseUrl::parse(base).unwrap());
    let builder = QueryClient::builder(&environment, login()).unwrap();
    builder
        .method(method)
        .config(config(tries))
        .build()
        .unwrap()
}

pub(crate) fn shipment_client(base: &str, tries: u32) -> ShipmentClient {
    let environment = ShipmentEnvironment::At(BaseUrl::parse(base).unwrap());
    let builder = ShipmentClient::builder(&environment, login()).unwrap();
    builder.config(config(tries)).build().unwrap()
}

pub(crate) fn page_client(base: &str, tries: u32) -> PageClient {
    let environment = PageEnvironment::At(BaseUrl::parse(base).unwrap());
    let builder = PageClient::builder(&environment).unwrap();
    builder.config(config(tries)).build().unwrap()
}

pub(crate) fn reference() -> CustomerReference {
    CustomerReference::new("KV-1001").unwrap()
}

pub(crate) fn number() -> TrackingNumber {
    TrackingNumber::new("6513100200317").unwrap()
}

pub(crate) fn account_link() -> AccountLink {
    AccountLink::new(AccountId::new(ACCOUNT).unwrap(), reference()).password(LINK_PASSWORD.into())
}

pub(crate) fn find() -> FindParcels {
    FindParcels::new(reference())
}

pub(crate) fn raw() -> RawQuery {
    RawQuery::new(36).parameter("CampaignCode", "SENTINEL")
}

pub(crate) fn cancel() -> CancelDispatch {
    CancelDispatch::new(reference())
}

pub(crate) fn order() -> FindOrder {
    FindOrder::new(reference())
}

pub(crate) fn orders() -> ListOrders {
    ListOrders::new("2026-11-20".parse().unwrap())
}

pub(crate) fn info() -> GetCargoInfo {
    GetCargoInfo::new(reference())
}

pub(crate) fn transactions() -> GetCargoTransaction {
    GetCargoTransaction::new(reference())
}

pub(crate) fn delivery() -> GetDeliveryInfo {
    GetDeliveryInfo::new(["D-1".to_owned(), "D-2".to_owned()])
}

pub(crate) fn label() -> FetchLabel {
    FetchLabel::new(reference())
}

/// The body of an answer of an operation.
pub(crate) fn body(operation: &str, result: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <soap:Body><{operation}Response xmlns=\"http://tempuri.org/\"><{operation}Result>{result}</{operation}Result>\
         </{operation}Response></soap:Body></soap:Envelope>"
    )
}

/// A page as a server sends it.
pub(crate) fn page(body: &str) -> Vec<u8> {
    let headers = [("Content-Type", "text/html; charset=utf-8")];
    ::fixtures::faults::answer(200, &headers, body.as_bytes())
}

/// A redirect.
pub(crate) fn redirect(to: &str) -> Vec<u8> {
    ::fixtures::faults::answer(302, &[("Location", to)], b"<html>Object moved</html>")
}
