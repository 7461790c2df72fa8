//! Values and texts as people type them: the problems, the bytes that are sent, and later comparisons.

mod addresses;
mod cards;
mod dates;
mod numbers;
mod texts;

use std::net::IpAddr;

use contract_kit::faults::{Fault, FaultServer};
use kervan_core::{Operation, Severity};
use param_marketplace::payments::stored::{
    CardOwner, CardToStore, ChargeStoredCard, ListStoredCards, StoreCard,
};
use param_marketplace::payments::{
    BkmPayment, Card, CustomerIp, ModalPayment, PaymentOrder, PosPayment, QueryPayment,
    RefundPayment, ReserveAmount, ReturnUrls, Sale, Security, hash,
};
use param_marketplace::{
    AddSubMerchant, BirthDate, CancelOrRefund, Company, NewSubMerchant, OrderKey, PayoutAccount,
    Person, QueryOrders, RefundAmount, SellerPlace, Settings, Settle, SubMerchantId, Undo,
    UpdateSubMerchant,
};

use crate::payments::{card, money, sale};
use crate::support::{
    Desk, IBAN, NUMBER, ORDER, SELLER, changed_seller, client, new_seller, sellers, settled,
    settled_late,
};

/// One number in composed and in decomposed letters.
const COMPOSED: &str = "ŞİŞE-2001";
const IN_PARTS: &str = "S\u{327}I\u{307}S\u{327}E-2001";

trait Call: Operation<Service = Settings> {}

impl<O: Operation<Service = Settings>> Call for O {}

/// Returns code, path and first suggestion of each problem.
fn found(call: &impl Call) -> Vec<(&'static str, String, Option<String>)> {
    let desk = Desk::new([]);
    let problems = desk.client.check(call);
    problems
        .iter()
        .map(|problem| {
            let suggestion = problem.suggestions().first().cloned();
            (problem.code(), problem.path().to_owned(), suggestion)
        })
        .collect()
}

/// Returns the one problem of a call.
fn only(call: &impl Call) -> (&'static str, String, Option<String>) {
    let mut found = found(call);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn problem(
    code: &'static str,
    path: &str,
    suggestion: Option<&str>,
) -> (&'static str, String, Option<String>) {
    (code, path.to_owned(), suggestion.map(str::to_owned))
}

/// Returns the body that arrives at the provider.
async fn sent(call: &impl Call) -> String {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    assert!(client(&server, 1).call(call).await.is_err());
    let seen = server.requests_seen();
    String::from_utf8(seen[0].body.clone()).unwrap()
}

/// Returns the text of an element.
fn text<'a>(body: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let from = body.find(&open).unwrap_or_else(|| panic!("{name}: {body}")) + open.len();
    let length = body[from..].find(&close).unwrap();
    &body[from..from + length]
}

fn seller_with(change: impl FnOnce(&mut AddSubMerchant)) -> AddSubMerchant {
    let mut seller = new_seller();
    change(&mut seller);
    seller
}

fn seller_of(person: Person) -> AddSubMerchant {
    seller_with(|it| {
        let NewSubMerchant::SoleProprietorship(seller) = &mut it.seller else {
            panic!("the seller is one")
        };
        seller.person = person;
    })
}

fn company(tax_number: &str) -> AddSubMerchant {
    let company = Company::new("Ayşe Örnek", Person::new(NUMBER, "1.5.1990"))
        .title("Örnek A.Ş.")
        .tax_office("Beşiktaş")
        .tax_number(tax_number);
    let account = PayoutAccount::new(IBAN).owner("Örnek A.Ş.");
    AddSubMerchant::new(
        company,
        "5000000000",
        account,
        SellerPlace::in_province(34).district(1183),
    )
}

fn sale_with(change: impl FnOnce(&mut Sale)) -> PosPayment {
    let mut sale = sale();
    change(&mut sale);
    PosPayment::new(sale, card(), Security::None)
}

fn urls() -> ReturnUrls {
    ReturnUrls::both("https://shop.example/back")
}

fn bkm(order: &str, phone: &str, address: impl Into<CustomerIp>) -> BkmPayment {
    BkmPayment::new(
        order.into(),
        "K-1".into(),
        money("10.01"),
        phone,
        urls(),
        address,
    )
}

fn modal(phone: &str) -> ModalPayment {
    let url = "https://shop.example/back";
    ModalPayment::new("KV-2001".into(), "K-1".into(), money("10.01"), url).phone(phone)
}

fn stored(sale: Sale) -> ChargeStoredCard {
    ChargeStoredCard::without_3d(sale, ORDER)
}

fn numbered(number: &str) -> PosPayment {
    let card = Card::new(number)
        .holder("Ayşe Örnek")
        .month("12")
        .year("2031")
        .code("987");
    PosPayment::new(sale(), card, Security::None)
}

fn to_store(number: &str, owner: &str) -> StoreCard {
    let card = CardToStore::new(number)
        .holder("Ayşe Örnek")
        .month("12")
        .year("2031");
    StoreCard::new(card, owner)
}
