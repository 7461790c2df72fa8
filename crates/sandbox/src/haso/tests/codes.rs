//! The codes of the pages, and which of them a rule reaches.

use std::collections::BTreeSet;

use super::*;
use crate::values::replay;

/// The result codes of the pages.
const RESULTS: [&str; 6] = ["RS100", "RS115", "H223", "H307", "H308", "H311"];
/// The states of an installment.
const PAYMENTS: [&str; 5] = ["0", "1", "2", "3", "4"];

#[test]
fn every_result_code_is_reached_by_a_rule() {
    let (mut story, transaction) = Story::active_order("A-1");
    story.world.refuse_phone("5551112233", Vec::new());
    let mut seen = BTreeSet::new();
    let mut phone = |story: &mut Story, customer, mobile| {
        let fields = [
            ("MerchantId", "1001"),
            ("CustomerId", customer),
            ("NewGsmNo", mobile),
        ];
        let signed = ["MerchantId", "CustomerId", "NewGsmNo"];
        let reply = story.index("ChangeCustomerGsmNo", &fields, &signed);
        seen.insert(reply.data()["message"].as_str().unwrap().to_owned());
    };
    phone(&mut story, "5004", "5551112233");
    phone(&mut story, "1", "5551112233");
    phone(&mut story, "5004", "5550000000");
    phone(&mut story, "5004", "5550000009");
    let check = [("merchantId", "1001"), ("refundId", "R-1")];
    let reply = story.v2("CheckRefund", &check, &["merchantId", "refundId"]);
    seen.insert(reply.refusal().to_owned());
    let refund = [
        check[0],
        check[1],
        ("merchantOid", "A-1"),
        ("transactionCode", &transaction.code),
        ("refundAmount", "1"),
    ];
    let signed = refund.map(|(name, _)| name);
    story.v2("RefundTransaction", &refund, &signed).data();
    let reply = story.v2("RefundTransaction", &refund, &signed);
    seen.insert(reply.refusal().to_owned());
    assert_eq!(seen, RESULTS.map(str::to_owned).into());
}

#[test]
fn every_state_is_reached_by_a_rule() {
    let (mut story, transaction) = Story::active_order("A-1");
    let today = crate::values::day::day(NOON);
    let later = crate::values::day::day(Moment(NOON.0 + 40 * DAY));
    let mut seen = BTreeSet::new();
    let mut see = |story: &Story, day| {
        let transaction = story.world.transaction_of("A-1").unwrap();
        seen.extend(
            transaction
                .installments
                .iter()
                .map(|row| row.status(day).wire()),
        );
    };
    see(&story, today);
    see(&story, later);
    let part = Step::MarkPaid {
        payment: transaction.installments[0].code.clone(),
        amount: Some(lira(5000)),
    };
    let paid = story.world.act(part, NOON, &mut story.chance).unwrap();
    assert!(matches!(paid[..], [Effect::Paid { amount, .. }] if amount == lira(5000)));
    see(&story, today);
    let rest = Step::MarkPaid {
        payment: transaction.installments[0].code.clone(),
        amount: None,
    };
    let paid = story.world.act(rest, NOON, &mut story.chance).unwrap();
    assert!(matches!(paid[..], [Effect::Paid { amount, .. }] if amount == lira(21_525)));
    see(&story, today);
    let open = story.world.transactions.values_mut().next().unwrap();
    open.reduce(lira(25_000));
    see(&story, today);
    assert_eq!(seen, PAYMENTS.into());

    let mut waiting = Story::new();
    waiting.order("A-1");
    let order = waiting.world.transaction_of("A-1").unwrap();
    assert_eq!(order.status.wire(), "6");
    let by_rule = [&RESULTS[..], &["TransactionStatus 6"], &PAYMENTS].concat();
    let by_fault = ["the refusal of a token that has ended, which has no code"];
    replay::print_codes("haso-bnpl", &by_rule, &by_fault, &[]);
}

#[test]
fn the_fault_script_ends_a_token() {
    let mut world = Haso::demo();
    let token = world.issue_token(NOON, &mut Chance::new(1));
    let mut faulty = crate::Faulty::new(world, 1);
    faulty.plan(crate::Plan::on("Transaction", crate::Fault::ExpiredLogin));
    let exchange = faulty.exchange(1, &order_form(&token, "A-1"), NOON);
    assert_eq!(exchange.effects, []);
    assert!(faulty.unused().is_empty());
    let entry = faulty.journal().last().unwrap();
    assert_eq!(entry.operation, "Transaction");
    assert_eq!(entry.key.as_deref(), Some("A-1"));
    assert!(entry.refused.as_ref().unwrap().rule.starts_with("token: "));
}

#[test]
fn a_refund_keeps_the_part_that_was_paid() {
    let (mut story, transaction) = Story::active_order("A-1");
    let part = Step::MarkPaid {
        payment: transaction.installments[1].code.clone(),
        amount: Some(lira(10_000)),
    };
    story.world.act(part, NOON, &mut story.chance).unwrap();
    let open = story.world.transactions.values_mut().next().unwrap();
    assert_eq!(open.owed(), lira(40_000));
    open.reduce(lira(20_000));
    let [first, second] = &open.installments[..] else {
        panic!("{}", open.installments.len());
    };
    assert!(second.is_paid && !second.is_cancelled);
    assert_eq!((second.amount, second.fee), (lira(10_000), Decimal::ZERO));
    assert_eq!(first.amount - first.fee, lira(20_000));
}
