//! A program's own tests: answers are built without a server, and stored types come back.

use param_marketplace::payments::{
    Charged, PaidOrder, Payment, PaymentHistory, PaymentOrder, PaymentRecord, PaymentState,
    PaymentStatus, ReturnUrls, ShowPage, VisitUrl,
};
use param_marketplace::{
    CancelledOrRefunded, LimitChecked, Order, OrderDetail, OrderKey, OrderStatus, Orders,
    PaymentId, ReceivedAmount, SubMerchantAdded, SubMerchants, Verdict,
};

/// Returns the key that the shop under test keeps.
fn key_to_keep(entered: &OrderDetail) -> &str {
    entered.order.as_str()
}

#[test]
fn answers_can_be_built() {
    assert_eq!(key_to_keep(&OrderDetail::new("a-key")), "a-key");
    assert_eq!(SubMerchantAdded::new("seller").id.as_str(), "seller");
    assert!(!LimitChecked::new(Verdict::LimitExceeded).may_take_payment());
    let mut order = Order::default();
    order.key = Some(OrderKey::from("a-key"));
    order.status = Some(OrderStatus::Approved);
    let mut found = Orders::default();
    found.orders = vec![order];
    assert_eq!(found.orders[0].status, Some(OrderStatus::Approved));
    let visit: Payment<VisitUrl> = Payment::Started(VisitUrl::new("https://bank.example/"));
    assert!(matches!(visit, Payment::Started(_)));
    let page: Payment<ShowPage> = Payment::Charged(Charged::new("3007300695"));
    assert!(matches!(page, Payment::Charged(_)));
    assert!(PaymentHistory::default().rows.is_empty());
    assert!(SubMerchants::default().sellers.is_empty());
    assert_eq!(CancelledOrRefunded::default().status, None);
}

#[test]
fn a_paid_order_can_be_stored_and_read_back() {
    let mut record = PaymentRecord::default();
    record.result = Some("1".to_owned());
    record.state = Some(PaymentState::Success);
    record.receipt = Some("3007300695".into());
    record.order = Some("KV-2001".into());
    record.kind = Some("SALE".to_owned());
    record.total = Some(ReceivedAmount::from("10.01"));
    record.commission = Some(ReceivedAmount::from("0.18"));
    let mut status = PaymentStatus::default();
    status.payment = Some(record);
    let (order, total) = (PaymentOrder::from("KV-2001"), "10.01".parse().unwrap());
    let lira = param_marketplace::payments::Currency::Lira;
    let paid = PaidOrder::confirm(PaymentId::new(6), &order, total, lira, &status).unwrap();
    let stored = serde_json::to_string(&paid).unwrap();
    assert_eq!(serde_json::from_str::<PaidOrder>(&stored).unwrap(), paid);
}

#[test]
fn addresses_are_set_by_name() {
    let urls = ReturnUrls::after_success("https://a.example").after_failure("https://b.example");
    assert_eq!(
        (urls.success(), urls.failure()),
        ("https://a.example", "https://b.example")
    );
    let both = ReturnUrls::both("https://a.example");
    assert_eq!(both.success(), both.failure());
}
