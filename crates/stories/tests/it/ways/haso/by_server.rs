//! Orders that the shop's server makes, without a page.

use haso_bnpl::{
    CreateTransaction, ListTransactions, OrderNumber, Outcome, Settled, TransactionCode,
};
use kervan_sandbox::Fault;

use super::{CUSTOMER, Shop, money};

/// Makes an order of the customer, and returns its number and HASO's.
pub(super) fn created(shop: &Shop, amount: &str) -> (OrderNumber, TransactionCode) {
    let create = CreateTransaction::new(money(amount), 2, CUSTOMER);
    let created = shop.stage.run(shop.client.call(&create)).unwrap();
    let plan = &created.plan;
    let number = plan.order.as_str().to_owned();
    let known = shop.stage.ask(|world| {
        let one = world.transaction_of(&number);
        one.map(|one| (one.code.clone(), one.amount))
    });
    let truth = (
        plan.transaction.as_str().to_owned(),
        money(amount).to_decimal(),
    );
    assert_eq!(known, Some(truth));
    (plan.order.clone(), plan.transaction.clone())
}

#[test]
fn an_order_by_the_server_is_activated_and_paid() {
    let shop = Shop::open();
    let paid = shop.paid("100.00");
    assert_eq!(paid.amount(), money("100.00"));
    assert_eq!(paid.plan().installments.len(), 2);
    assert!(paid.has_plan_of_service());
    let list = ListTransactions::new(CUSTOMER);
    let listed = shop.stage.run(shop.client.call(&list)).unwrap();
    let data = listed.value.data.unwrap();
    assert!(data.as_str().contains(paid.order().as_str()));
}

#[test]
fn an_order_that_waits_is_on_no_list_so_a_lost_answer_stays_open() {
    let shop = Shop::open();
    let create = CreateTransaction::new(money("100.00"), 2, CUSTOMER);
    let attempt = shop.stage.run(shop.client.prepare(&create)).unwrap();
    shop.stage.faults([Fault::AnswerLost]);
    let failed = shop
        .stage
        .run(shop.client.send(&create, &attempt))
        .unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    shop.stage.pass(std::time::Duration::from_secs(3_600));
    let settled = shop.stage.run(shop.client.settle(&create, &attempt));
    assert!(matches!(settled, Settled::Open(_)), "{settled:?}");
    assert_eq!(shop.stage.ask(|world| world.transactions().count()), 1);
}
