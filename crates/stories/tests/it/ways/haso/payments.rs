//! Installments that were paid outside HASO, balances, expenses.

use haso_bnpl::{GetPlan, ListPayments, LoadBalance, PaidOrder, PaymentCode, SendExpense};
use haso_bnpl::{SetBulkPaid, SetPaid};

use super::{CUSTOMER, Shop, money};

fn codes(paid: &PaidOrder) -> Vec<PaymentCode> {
    let installments = paid.plan().installments.iter();
    installments.filter_map(|one| one.code.clone()).collect()
}

#[test]
fn installments_are_marked_as_paid_one_and_many() {
    let shop = Shop::open();
    let paid = shop.paid("100.00");
    let today = shop.client.today();
    let codes = codes(&paid);
    assert_eq!(codes.len(), 2);
    let is_paid = |code: &PaymentCode| shop.stage.ask(|world| world.is_paid(code.as_str()));
    let one = SetPaid::new(codes[0].clone(), paid.order().clone(), today)
        .transaction(paid.transaction().as_str());
    shop.stage.run(shop.client.call(&one)).unwrap();
    assert_eq!([is_paid(&codes[0]), is_paid(&codes[1])], [true, false]);
    let all = SetBulkPaid::new(codes.clone(), paid.order().as_str(), today)
        .transaction(paid.transaction().as_str());
    shop.stage.run(shop.client.call(&all)).unwrap();
    assert!(codes.iter().all(is_paid));
    let list = ListPayments::new(CUSTOMER);
    let listed = shop.stage.run(shop.client.call(&list)).unwrap();
    let data = listed.value.data.unwrap();
    assert!(
        codes
            .iter()
            .all(|code| data.as_str().contains(code.as_str()))
    );
}

#[test]
fn a_balance_closes_the_installments_that_it_covers() {
    let shop = Shop::open();
    let paid = shop.paid("100.00");
    let codes = codes(&paid);
    let first = paid.plan().installments[0].amount;
    let load = |amount| LoadBalance::new(CUSTOMER, amount, shop.client.today());
    shop.stage.run(shop.client.call(&load(first))).unwrap();
    let is_paid = |code: &PaymentCode| shop.stage.ask(|world| world.is_paid(code.as_str()));
    assert_eq!([is_paid(&codes[0]), is_paid(&codes[1])], [true, false]);
    // Each call adds to the balance.
    shop.stage
        .run(shop.client.call(&load(money("1.00"))))
        .unwrap();
    let balance = shop
        .stage
        .ask(|world| world.customer(CUSTOMER).map(|one| one.balance));
    assert_eq!(balance, Some(money("1.00").to_decimal()));
}

#[test]
fn expenses_are_a_total_on_top_of_the_plan() {
    let shop = Shop::open();
    let paid = shop.paid("100.00");
    let (transaction, order) = (paid.transaction().clone(), paid.order().clone());
    let expense = SendExpense::new(transaction.clone(), order.clone(), money("12.50"));
    for _ in 0..2 {
        shop.stage.run(shop.client.call(&expense)).unwrap();
    }
    let truth = shop
        .stage
        .ask(|world| world.transaction_of(order.as_str()).cloned())
        .unwrap();
    assert_eq!(truth.expenses, money("12.50").to_decimal());
    let plan = shop
        .stage
        .run(shop.client.call(&GetPlan::new(transaction, order)));
    let total = plan.unwrap().plan.total;
    assert_eq!(total.to_decimal(), truth.total());
}
