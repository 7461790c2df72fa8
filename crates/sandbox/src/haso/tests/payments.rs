//! Payments, balances, expenses and refunds.

use super::*;

const OID: &str = "A-1";
const SET_PAID: [&str; 4] = ["merchantId", "merchantOid", "paymentCode", "paymentDate"];
const REFUND: [&str; 5] = [
    "merchantId",
    "refundId",
    "merchantOid",
    "transactionCode",
    "refundAmount",
];

fn set_paid(story: &mut Story, code: &str) -> Reply {
    let fields = [
        ("merchantId", "1001"),
        ("paymentCode", code),
        ("merchantOid", OID),
        ("paymentDate", "2026-11-27"),
    ];
    story.v2("SetPaidPayment", &fields, &SET_PAID)
}

fn refund(story: &mut Story, id: &str, code: &str, amount: &str) -> Reply {
    let fields = [
        ("merchantId", "1001"),
        ("refundId", id),
        ("merchantOid", OID),
        ("transactionCode", code),
        ("refundAmount", amount),
    ];
    story.v2("RefundTransaction", &fields, &REFUND)
}

fn check_refund(story: &mut Story, id: &str) -> Reply {
    let fields = [("merchantId", "1001"), ("refundId", id)];
    story.v2("CheckRefund", &fields, &["merchantId", "refundId"])
}

#[test]
fn an_installment_is_paid_once() {
    let (mut story, transaction) = Story::active_order(OID);
    let code = transaction.installments[0].code.as_str();
    let reply = set_paid(&mut story, code);
    assert_eq!(reply.data()["Message"], "RS100");
    let paid = Effect::Paid {
        payment: code.to_owned(),
        amount: lira(26_525),
    };
    assert_eq!(reply.effects, [paid]);
    assert!(story.world.is_paid(code));
    let again = set_paid(&mut story, code);
    assert_eq!(again.data()["Message"], "RS100");
    assert_eq!(again.effects, []);
    assert_eq!(set_paid(&mut story, "PAY-1").refusal(), "Taksit bulunamadı");
}

#[test]
fn installments_are_paid_together_or_not_at_all() {
    let (mut story, transaction) = Story::active_order(OID);
    let [first, second] = [0, 1].map(|index: usize| &transaction.installments[index].code);
    let signed = ["merchantId", "merchantOid", "paymentDate"];
    let mut pay = |codes: String| {
        let fields = [
            ("merchantId", "1001"),
            ("paymentCodes", codes.as_str()),
            ("merchantOid", OID),
            ("paymentDate", "2026-11-27"),
        ];
        story.v2("SetBulkPaidPayment", &fields, &signed)
    };
    assert_eq!(
        pay(format!(r#"["{first}", "X"]"#)).refusal(),
        "Taksit bulunamadı"
    );
    let reply = pay(format!(r#"["{first}", "{second}"]"#));
    assert_eq!(reply.data()["Message"], "RS100");
    assert_eq!(reply.effects.len(), 2);
    assert!(story.world.is_paid(first) && story.world.is_paid(second));
}

#[test]
fn a_refund_number_is_taken_once() {
    let (mut story, transaction) = Story::active_order(OID);
    let code = transaction.code.as_str();
    assert_eq!(check_refund(&mut story, "R-1").refusal(), "H308");
    let reply = refund(&mut story, "R-1", code, "12525");
    assert_eq!(reply.data()["RefundId"], "R-1");
    let refunded = Effect::Refunded {
        refund: "R-1".to_owned(),
        order: OID.to_owned(),
        amount: lira(12_525),
    };
    assert_eq!(reply.effects, [refunded]);
    assert_eq!(check_refund(&mut story, "R-1").data()["RefundId"], "R-1");
    assert_eq!(refund(&mut story, "R-1", code, "12525").refusal(), "H307");
    assert_eq!(refund(&mut story, "R-1", code, "1").refusal(), "H307");
    let over = refund(&mut story, "R-2", code, "37476");
    assert_eq!(over.refusal(), "İade tutarı işlem tutarını aşıyor");
    assert_eq!(check_refund(&mut story, "R-2").refusal(), "H308");
    assert_eq!(story.world.refunded(OID), lira(12_525));

    refund(&mut story, "R-3", code, "37475").data();
    assert_eq!(story.world.refunds_of(OID).len(), 2);
    let rest = story.world.transaction_of(OID).unwrap();
    assert!(rest.installments.iter().all(|row| row.is_cancelled));
    assert_eq!((rest.owed(), rest.total()), (Decimal::ZERO, Decimal::ZERO));
    assert_eq!(story.world.available("5004"), lira(1_250_075));
}

#[test]
fn a_refund_needs_an_activated_order() {
    let mut story = Story::new();
    story.order(OID);
    let code = story.world.transaction_of(OID).unwrap().code.clone();
    assert_eq!(
        refund(&mut story, "R-1", &code, "1").refusal(),
        "İşlem aktif değil"
    );
    assert_eq!(
        refund(&mut story, "R-1", "TRX-1", "1").refusal(),
        "İşlem bulunamadı"
    );
    assert_eq!(story.world.refunds().count(), 0);
}

#[test]
fn a_balance_closes_what_it_covers() {
    let (mut story, transaction) = Story::active_order(OID);
    let signed = ["merchantId", "customerId", "balanceAmount"];
    let mut load = |amount| {
        let fields = [
            ("merchantId", "1001"),
            ("customerId", "5004"),
            ("balanceAmount", amount),
            ("paymentDate", "2026-11-27"),
        ];
        story.v2("LoadCustomerBalance", &fields, &signed).effects
    };
    let loaded = |amount| Effect::BalanceLoaded {
        customer: "5004".to_owned(),
        amount: lira(amount),
    };
    assert_eq!(load("26524"), [loaded(26_524)]);
    let paid = Effect::Paid {
        payment: transaction.installments[0].code.clone(),
        amount: lira(26_525),
    };
    assert_eq!(load("100"), [loaded(100), paid]);
    assert_eq!(story.world.customer("5004").unwrap().balance, lira(99));
}

#[test]
fn expenses_are_a_total_on_the_last_installment() {
    let (mut story, transaction) = Story::active_order(OID);
    let signed = [
        "merchantId",
        "merchantOid",
        "transactionCode",
        "expenseAmount",
    ];
    let mut send = |amount| {
        let fields = [
            ("merchantId", "1001"),
            ("transactionCode", transaction.code.as_str()),
            ("merchantOid", OID),
            ("expenseAmount", amount),
        ];
        story.v2("SendTransactionExpense", &fields, &signed).effects
    };
    assert_eq!(send("9990").len(), 1);
    assert_eq!(send("9990"), []);
    assert_eq!(send("10000").len(), 1);
    let now = story.world.transaction_of(OID).unwrap();
    assert_eq!(now.due_with(&now.installments[1]), lira(36_525));
    assert_eq!(now.due_with(&now.installments[0]), lira(26_525));
    assert_eq!(now.total(), lira(63_050));
}

#[test]
fn lists_show_activated_orders_and_states() {
    let (mut story, transaction) = Story::active_order(OID);
    story.now = Moment(NOON.0 + DAY);
    story.order("A-2");
    set_paid(&mut story, &transaction.installments[1].code);
    let signed = ["merchantId", "customerId"];
    let own = [("merchantId", "1001"), ("customerId", "5004")];
    let reply = story.index("GetCustomerTransactions", &own, &signed);
    assert_eq!(reply.data()["Transactions"].as_array().unwrap().len(), 1);
    story.activate("A-2");
    let reply = story.index("GetCustomerTransactions", &own, &signed);
    assert_eq!(reply.data()["Transactions"][0]["MerchantOid"], "A-2");
    let second = [own[0], own[1], ("pageNo", "2"), ("pageSize", "1")];
    let reply = story.index("GetCustomerTransactions", &second, &signed);
    assert_eq!(reply.data()["Transactions"][0]["MerchantOid"], OID);

    story.now = Moment(NOON.0 + 40 * DAY);
    for (status, wanted) in [("0", 1), ("1", 1), ("3", 2), ("4", 0)] {
        let fields = [own[0], own[1], ("paymentStatuses[0]", status)];
        let reply = story.index("GetCustomerPayments", &fields, &signed);
        let rows = reply.data()["Payments"].as_array().unwrap();
        assert_eq!(rows.len(), wanted, "{status}: {rows:?}");
        assert!(rows.iter().all(|row| row["PaymentStatus"] == status));
    }
}
