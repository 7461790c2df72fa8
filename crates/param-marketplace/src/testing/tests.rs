//! Each answer, read back by the client: it gives the output that it was written from.

use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr};

use kervan_testing::Line;
use testkit::scripted;

use super::*;
use crate::payments::stored::{
    CardCode, CardStored, CardToStore, ChargeStoredCard, ChargeStoredCardWithModel,
    ListStoredCards, RemoveStoredCard, StoreCard, StoredCard, StoredCards,
};
use crate::payments::testing::paid_status;
use crate::payments::{
    BkmPayment, BrowserAddress, CaptureReservation, Captured, Card, Charged, CompletePayment,
    CompleteReservation, Completed, Currency, CurrencyPayment, ModalCurrencyPayment, ModalPayment,
    ModelPayment, ModelPaymentV2, Payment, PaymentRefunded, PaymentStatus, PosPayment,
    QueryPayment, RefundPayment, RefundReceipt, RefundWithReceipt, Reservation, ReserveAmount,
    ReserveWithModel, Reserved, ReturnUrls, Sale, Security, ShowPage, ShowReservation, VerifyCard,
    VisitReservation, VisitUrl, VoidReservation, callback::ExpectedPayment,
};
use crate::split::Commission;
use crate::{
    AddOrderDetail, AddSubMerchant, AddSubMerchantV2, CancelOrRefund, CancelledOrRefunded,
    CheckLimit, Client, Credentials, Environment, Error, ExternalIds, Individual, LimitChecked,
    ListSubMerchants, MarketplaceKey, MerchantKey, Money, OrderDetail, OrderStatus, Orders,
    Outcome, PaymentId, PayoutAccount, Person, QueryOrders, RefundAmount, RejectionKind,
    RemoveSubMerchant, SellerPlace, SetOrderStatus, StatusSet, SubMerchantAdded, SubMerchants,
    Undo, UpdateSubMerchant, UpdateSubMerchantV2, Verdict,
};

const KEY: &str = "1d4e8a77-0000-4000-8000-0000000000b2";
const SELLER: &str = "7f2b9c1e-0000-4000-8000-0000000000a1";
const URL: &str = "https://bank.example/3d?id=1&x=2";
const HTML: &str = "<!doctype html><form action=\"https://bank.example\"></form>";

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn read<O: Operation<Service = Settings>>(
    call: &O,
    line: impl Into<Line>,
) -> Result<kervan_core::Answer<O::Output>, Error> {
    let login = Credentials::published_test_account();
    let (marketplace, merchant) = (MarketplaceKey::new(KEY), MerchantKey::new(KEY));
    let client = Client::builder(&Environment::Test, login, marketplace, merchant).unwrap();
    scripted::ask(call.name(), line, async |script, host| {
        client.build_over(script, host).call_once(call).await
    })
}

/// Checks that the client reads the output that an answer was written from.
#[track_caller]
fn returns<O: Answered>(call: &O, output: &O::Output)
where
    O::Output: PartialEq + Debug,
{
    let read = scripted::read_whole(call.name(), read(call, answer(call, output)));
    assert_eq!(&read.value, output, "{}", call.name());
}

/// Checks that the client reads an output without values.
#[track_caller]
fn returns_nothing<O: Answered>(call: &O)
where
    O::Output: Default + PartialEq + Debug,
{
    returns(call, &O::Output::default());
}

fn entry() -> AddOrderDetail {
    AddOrderDetail::new(PaymentId::new(7), SELLER.into())
        .product_amount(money("9.83"))
        .payable(money("8.50"))
}

fn seller() -> AddSubMerchant {
    let born = chrono::NaiveDate::from_ymd_opt(1960, 5, 1).unwrap();
    let seller = Individual::new("Deneme Satıcı", Person::new("10000000146", born));
    let account = PayoutAccount::new("TR330006100519786457841326").owner("Deneme");
    let place = SellerPlace::in_province(1).district(1104);
    AddSubMerchant::new(seller, "5550000001", account, place)
}

fn sale() -> Sale {
    let urls = ReturnUrls::after_success("https://shop.example/paid")
        .after_failure("https://shop.example/failed");
    let customer = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
    let sale = Sale::new(
        "KV-1".into(),
        "KV-1-1".into(),
        money("10.00"),
        urls,
        customer,
    );
    sale.phone("5550000001").described("Deneme")
}

fn card() -> Card {
    Card::new("4546711234567894")
        .holder("Deneme")
        .month("12")
        .year("2031")
        .code("000")
}

#[test]
fn orders_are_read_as_they_were_written() {
    let entered = OrderDetail {
        product_amount: Some("9,83".into()),
        payable: Some("8,50".into()),
        collected: Some("0,00".into()),
        limit: Some("0".to_owned()),
        new_payable: Some("0".to_owned()),
        ..OrderDetail::new(KEY)
    };
    returns(&entry(), &entered);
    returns(&entry(), &OrderDetail::new(KEY));
    let set = StatusSet {
        status: Some(OrderStatus::Approved),
        ..StatusSet::default()
    };
    returns(&SetOrderStatus::approve(KEY.into()), &set);
    let refund = CancelOrRefund::new(KEY.into(), "KV-1", Undo::Refund, RefundAmount::Full);
    let given_back = CancelledOrRefunded {
        status: Some(OrderStatus::Refunded),
        ..CancelledOrRefunded::default()
    };
    returns(&refund, &given_back);
    let query = QueryOrders::by_payment(PaymentId::new(7));
    let row = |status| order_row(&entry(), KEY, status);
    returns(&query, &Orders::new([]));
    returns(
        &query,
        &Orders::new([row(OrderStatus::Waiting), row(OrderStatus::Approved)]),
    );
    let check = CheckLimit::new(SELLER.into(), money("8.50"));
    returns(&check, &LimitChecked::new(Verdict::TakePayment));
    returns(&check, &LimitChecked::new(Verdict::LimitExceeded));
}

#[test]
fn sellers_are_read_as_they_were_written() {
    let added = SubMerchantAdded::new(SELLER);
    returns(&seller(), &added);
    let external = ExternalIds::new().sap("S-1");
    returns(&AddSubMerchantV2::new(seller(), external.clone()), &added);
    let update = UpdateSubMerchant::new(SELLER.into(), "Deneme").name("Yeni");
    returns_nothing(&update);
    returns_nothing(&UpdateSubMerchantV2::new(update, external));
    returns_nothing(&RemoveSubMerchant::new(SELLER.into()));
    let list = ListSubMerchants::all();
    returns(&list, &SubMerchants::new([]));
    let whole = SubMerchants::new([seller_row(&seller(), SELLER)]);
    assert!(whole.is_complete());
    returns(&list, &whole);
}

#[test]
fn payments_are_read_as_they_were_written() {
    let mut visit = VisitUrl::new(URL);
    visit.payment = Some(PaymentId::new(6_021_847_062));
    visit.commission_rate = Some("1.75".to_owned());
    let mut charged = Charged::new("3007300695");
    charged.order = Some("KV-1_1".into());
    charged.commission_rate = Some("1.75".to_owned());
    let pos = PosPayment::new(sale(), card(), Security::ThreeD);
    returns(&pos, &Payment::Started(visit.clone()));
    returns(&pos, &Payment::Charged(charged.clone()));
    let in_pounds = CurrencyPayment::new(Currency::Pound, sale(), card(), Security::None);
    returns(&in_pounds, &Payment::Charged(charged.clone()));
    let mut page = ShowPage::new(HTML);
    page.transaction = Some("5b7b5ae2".to_owned());
    page.payment = visit.payment;
    page.net = Some("9,83".into());
    let model = ModelPayment::new(sale(), card(), Security::ThreeD);
    returns(&model, &Payment::Started(page.clone()));
    returns(&model, &Payment::Charged(charged.clone()));
    let second = ModelPaymentV2::from(ModelPayment::new(sale(), card(), Security::ThreeD));
    returns(&second, &Payment::Started(page.clone()));
    let step = CompletePayment::new("md".into(), "5b7b5ae2", "KV-1".into());
    returns(&step, &Completed::new("3007300695"));
    let urls = ReturnUrls::after_success("https://shop.example/paid")
        .after_failure("https://shop.example/failed");
    let customer = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
    let bkm = BkmPayment::new(
        "KV-1".into(),
        "KV-1-1".into(),
        money("10.00"),
        "5550000001",
        urls,
        customer,
    );
    returns(&bkm, &BrowserAddress::new(URL));
    let on_page = ModalPayment::new(
        "KV-1".into(),
        "KV-1-1".into(),
        money("10.00"),
        "https://shop.example/paid",
    );
    returns(&on_page, &BrowserAddress::new(URL));
    let on_page = ModalCurrencyPayment::new(on_page, Currency::Euro);
    returns(&on_page, &BrowserAddress::new(URL));
    let check = VerifyCard::new(card(), "k3Yp0Zc8Q1vT5mXa");
    returns(&check, &BrowserAddress::new(URL));
}

#[test]
fn reservations_refunds_and_states_are_read_as_they_were_written() {
    let reserve = ReserveAmount::new(sale(), card(), Security::ThreeD);
    let mut visit = VisitUrl::new(URL);
    visit.transaction = Some("5b7b5ae2".to_owned());
    returns(
        &reserve,
        &Reservation::Started(VisitReservation::new(visit)),
    );
    returns(
        &reserve,
        &Reservation::Reserved(Reserved::new("6021847062")),
    );
    let model = ReserveWithModel::new(sale(), card(), Security::ThreeD);
    let page = ShowPage::new(HTML);
    returns(&model, &Reservation::Started(ShowReservation::new(page)));
    let step = CompletePayment::new("md".into(), "5b7b5ae2", "KV-1".into());
    returns(
        &CompleteReservation::from(step),
        &Reserved::new("6021847062"),
    );
    let capture = CaptureReservation::new("KV-1", money("10.00"));
    returns(&capture, &Captured::new("3007300695"));
    returns_nothing(&VoidReservation::new("KV-1"));
    let refund = RefundPayment::refund("KV-1", money("4.00"));
    let refunded = PaymentRefunded {
        bank_approval: Some("A1".to_owned()),
        ..PaymentRefunded::default()
    };
    returns(&refund, &refunded);
    let receipt = RefundReceipt {
        refunded,
        payment_receipt: Some("3007300695".into()),
        refund_receipt: Some("3007300696".into()),
        order: Some("KV-1".into()),
    };
    returns(&RefundWithReceipt::new(refund), &receipt);
    let query = QueryPayment::by_order("KV-1");
    returns(&query, &PaymentStatus::new(None));
    let expected = ExpectedPayment::new("KV-1", "KV-1-1", money("10.00"));
    let commission = Commission::new(money("0.17")).unwrap();
    returns(&query, &paid_status(&expected, "3007300695", commission));
}

#[test]
fn stored_cards_are_read_as_they_were_written() {
    let card = CardToStore::new("4546711234567894")
        .holder("Deneme")
        .month("12")
        .year("2031");
    returns(&StoreCard::new(card, "customer-42"), &CardStored::new(KEY));
    returns_nothing(&RemoveStoredCard::new(KEY.into(), "customer-42".into()));
    let row = StoredCard {
        card: Some(KEY.into()),
        number: Some("454671******7894".into()),
        ..StoredCard::default()
    };
    let list = ListStoredCards::of_owner("customer-42");
    returns(&list, &StoredCards::new([]));
    returns(&list, &StoredCards::new([row]));
    let code = || CardCode::new("000");
    let charge = ChargeStoredCard::with_3d(sale(), KEY, code());
    returns(&charge, &Payment::Started(VisitUrl::new(URL)));
    let charge = ChargeStoredCardWithModel::new(ChargeStoredCard::with_3d(sale(), KEY, code()));
    returns(&charge, &Payment::Started(ShowPage::new(HTML)));
}

#[test]
fn refusals_and_faults_are_read_as_such() {
    let error = read(
        &entry(),
        refused(&entry(), "-100", "Hesap <yok> & \"kapalı\""),
    )
    .unwrap_err();
    let no = error.rejection().unwrap();
    assert_eq!((no.kind, &*no.code), (RejectionKind::NotFound, "-100"));
    assert_eq!(
        no.message.as_ref().unwrap().as_str(),
        "Hesap <yok> & \"kapalı\""
    );
    assert_eq!(error.outcome(), Outcome::NotDone);
    let step = CompletePayment::new("md".into(), "5b7b5ae2", "KV-1".into());
    let error = read(&step, refused_by_bank(&step, "-1", "51")).unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotDone);
    let error = read(&step, refused(&step, "-1", "Hata")).unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let error = read(&entry(), fault("Object reference not set")).unwrap_err();
    assert_eq!(error.rejection().unwrap().kind, RejectionKind::Fault);
}

#[test]
fn halves_of_an_answer_and_lost_ones_are_unknown() {
    let whole = answer(&entry(), &OrderDetail::new(KEY));
    for line in [
        Line::from(whole).cut_to(200),
        Line::page(200, "<html>bakım</html>"),
        Line::lost(),
        Line::timed_out(),
    ] {
        let error = read(&entry(), line).unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{error:?}");
    }
    let error = read(&entry(), Line::refused()).unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotDone);
}
