//! Clients, orders and answers that the tests share.

use horoz_shipping::{
    BaseUrl, Client, ClientBuilder, Config, CreateShippingOrder, CreateSupplierPaysOrder,
    OrderDays, OrderLine, Party, ProcessKey, SupplierCode, TrackingService,
};
use kervan_bulk::{BulkProblems, BulkResult, RunError, RunPlan, RunReport};
use kervan_ledger::{Account, ContentsKey, Ledger, MemoryStore, Store};
use testkit::{Peer, config, sockets};

/// A key that no message may ever show.
pub(crate) const KEY: &str = "SENTINELKEY0123456789";

pub(crate) fn builder(base: &str) -> ClientBuilder {
    builder_of(base, KEY)
}

fn builder_of(base: &str, key: &str) -> ClientBuilder {
    let base = BaseUrl::parse(base).unwrap();
    Client::builder(base, ProcessKey::new(key).unwrap())
}

/// Returns a client that tries reads up to `tries` times, without pauses.
pub(crate) fn client(peer: impl Into<Peer>, tries: u32) -> Client {
    client_of(peer, tries, KEY)
}

/// Returns a client as [`client`], with a key.
pub(crate) fn client_of(peer: impl Into<Peer>, tries: u32, key: &str) -> Client {
    client_within(peer, config(tries), key)
}

/// Returns a client as [`client`], with the default connections.
pub(crate) fn client_of_fresh_connections(peer: impl Into<Peer>, tries: u32) -> Client {
    client_within(peer, config(tries).fresh_connections(true), KEY)
}

fn client_within(peer: impl Into<Peer>, config: Config, key: &str) -> Client {
    let peer = peer.into();
    let transport = sockets();
    let builder = builder_of(&peer.address, key).tracking(TrackingService::new(peer.base()));
    builder.config(config).build_over(transport, peer.host)
}

pub(crate) fn days() -> OrderDays {
    OrderDays::requested_on("2026-11-20".parse().unwrap()).delivery("2026-11-23".parse().unwrap())
}

pub(crate) fn consumer() -> Party {
    Party::new("Ayşe Örnek")
        .city("İzmir")
        .county("Karşıyaka")
        .address("Deneme Mah. 1")
        .phone("05550000001")
        .email("ayse.ornek@example.com")
}

pub(crate) fn line() -> OrderLine {
    OrderLine::new("YT-160", 2, "320".parse().unwrap())
        .name("Yatak")
        .category("YATAK")
}

pub(crate) fn supplier() -> SupplierCode {
    SupplierCode::new(801_452).unwrap()
}

pub(crate) fn order() -> CreateSupplierPaysOrder {
    CreateSupplierPaysOrder::delivery("KV-1001", supplier(), consumer(), days()).line(line())
}

pub(crate) fn shipping_order() -> CreateShippingOrder {
    CreateShippingOrder::new("KV-2001".into(), "Standart", supplier(), consumer(), days())
        .line(line())
}

/// Returns an answer of the create method.
pub(crate) fn answer(code: &str) -> Vec<u8> {
    let body = format!(r#"{{"response": {{"responseCode": "{code}", "responseMessage": "-"}}}}"#);
    json(200, body.as_bytes())
}

pub(crate) fn json(status: u16, body: &[u8]) -> Vec<u8> {
    contract_kit::faults::answer(status, &[("Content-Type", "application/json")], body)
}

/// A ledger in memory.
pub(crate) type Memory = Ledger<MemoryStore>;

pub(crate) fn memory() -> Memory {
    ledger(MemoryStore::new())
}

pub(crate) fn ledger<S: Store>(store: S) -> Ledger<S> {
    Ledger::new(store, testkit::host(), ContentsKey::new([7; 32]))
}

pub(crate) fn account() -> Account {
    Account {
        provider: "horoz".to_owned(),
        merchant: "test".to_owned(),
    }
}

/// Makes a run of many orders.
pub(crate) async fn create_all<I, S>(
    client: &Client,
    orders: I,
    ledger: &Ledger<S>,
    plan: &RunPlan,
    on_result: impl FnMut(&BulkResult),
) -> Result<RunReport, RunError>
where
    I: IntoIterator + Clone,
    I::Item: std::borrow::Borrow<CreateSupplierPaysOrder>,
    S: Store,
{
    let account = account();
    let bulk = kervan_bulk::Bulk::new(ledger, client, &account);
    bulk.run::<CreateSupplierPaysOrder, _>(orders, plan, on_result)
        .await
}

pub(crate) fn check_all<'o>(
    client: &Client,
    orders: impl IntoIterator<Item = &'o CreateSupplierPaysOrder>,
) -> Vec<BulkProblems> {
    kervan_bulk::check_all::<CreateSupplierPaysOrder, _>(client, orders)
}
