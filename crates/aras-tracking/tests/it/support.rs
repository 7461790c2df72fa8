//! Clients, requests and answers that the tests share.

use aras_tracking::query::{FindParcels, RawQuery};
use aras_tracking::shipments::{
    CancelDispatch, CollectedBy, FetchLabel, FindOrder, GetCargoInfo, GetCargoTransaction,
    GetDeliveryInfoOf, ListOrders, NewOrder, Payment, Piece, Pieces, Receiver, SetOrder,
};
use aras_tracking::{
    AccountId, AccountLink, CustomerCode, CustomerReference, Login, PageClient, PageEnvironment,
    Password, QueryClient, QueryEnvironment, QueryMethod, ShipmentClient, ShipmentEnvironment,
    TrackingNumber, UserName,
};
use testkit::{Peer, config, sockets};

/// Login and account that no message may ever show.
pub(crate) const USER: &str = "SENTINELUSER";
pub(crate) const PASSWORD: &str = "SENTINEL<&PASS";
pub(crate) const CODE: &str = "SENTINELCODE";
pub(crate) const ACCOUNT: &str = "SENTINEL0123456789ABCDEF01234567";
pub(crate) const LINK_PASSWORD: &str = "SENTINEL&link";

fn login() -> Login {
    Login::new(
        UserName::new(USER),
        Password::new(PASSWORD),
        CustomerCode::new(CODE),
    )
}

pub(crate) fn query_client(peer: impl Into<Peer>, tries: u32, method: QueryMethod) -> QueryClient {
    let (peer, config) = (peer.into(), config(tries));
    let transport = sockets();
    let builder = QueryClient::builder(&QueryEnvironment::At(peer.base()), login()).unwrap();
    let builder = builder.method(method).config(config);
    builder.build_over(transport, peer.host)
}

pub(crate) fn shipment_client(peer: impl Into<Peer>, tries: u32) -> ShipmentClient {
    let (peer, config) = (peer.into(), config(tries));
    let transport = sockets();
    let environment = ShipmentEnvironment::At(peer.base());
    let builder = ShipmentClient::builder(&environment, login()).unwrap();
    builder.config(config).build_over(transport, peer.host)
}

pub(crate) fn page_client(peer: impl Into<Peer>, tries: u32) -> PageClient {
    let (peer, config) = (peer.into(), config(tries));
    let transport = sockets();
    let builder = PageClient::builder(&PageEnvironment::At(peer.base())).unwrap();
    builder.config(config).build_over(transport, peer.host)
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

/// An order whose every personal member would show a sentinel.
pub(crate) fn new_order() -> NewOrder {
    let receiver = Receiver::new("SENTINEL Ayşe")
        .address("SENTINEL Sok. 3")
        .phone("0555 000 00 17")
        .city("SENTINELİ")
        .town("Sentinel")
        .tax_number("SENTINEL1")
        .street("SENTINEL Sok.");
    let payment = Payment::CashOnDelivery {
        amount: "349.90".parse().unwrap(),
        by: CollectedBy::Cash,
    };
    let piece = Piece::new("202600041701").desi(4).weight_kg(3);
    let piece = piece.description("SENTINEL").product("SENTINEL");
    let pieces = Pieces::one(piece).and(Piece::new("202600041702").desi(3).weight_kg(2));
    NewOrder::new(reference(), receiver, payment, pieces)
        .waybill("SVK-1")
        .description("SENTINEL")
        .special_field_1("SENTINEL")
}

pub(crate) fn set_order() -> SetOrder {
    SetOrder::new(new_order())
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

pub(crate) fn delivery() -> GetDeliveryInfoOf {
    GetDeliveryInfoOf::new(["D-1".to_owned(), "D-2".to_owned()])
}

pub(crate) fn label() -> FetchLabel {
    FetchLabel::new(reference())
}

/// Returns the body of an answer of an operation.
pub(crate) fn body(operation: &str, result: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <soap:Body><{operation}Response xmlns=\"http://tempuri.org/\"><{operation}Result>{result}</{operation}Result>\
         </{operation}Response></soap:Body></soap:Envelope>"
    )
}

/// Returns a page as a server sends it.
pub(crate) fn page(body: &str) -> Vec<u8> {
    let headers = [("Content-Type", "text/html; charset=utf-8")];
    ::contract_kit::faults::answer(200, &headers, body.as_bytes())
}

/// Returns a redirect.
pub(crate) fn redirect(to: &str) -> Vec<u8> {
    ::contract_kit::faults::answer(302, &[("Location", to)], b"<html>Object moved</html>")
}
