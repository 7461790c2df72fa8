//! The lists of the account: their sums are those of the stories.

use std::time::Duration;

use chrono::{Days, NaiveDateTime};
use kervan_core::Host as _;
use kervan_sandbox::Kurus;
use kervan_sandbox::param::{Param, Payment};
use kervan_turkiye::time::istanbul_day_at;
use param_marketplace::payments::{
    HistoryKind, ListPayments, ReconcileDay, RefundPayment, SummarizePayments, TurkishAmount,
};
use param_marketplace::{QueryOrders, ReceivedAmount, TraceTransactions};

use super::marketplace::{shared, with_sellers};
use super::{SELLERS, Shop, kurus, money};

/// Returns the beginning and the end of the day in Istanbul.
pub(super) fn today(shop: &Shop) -> (NaiveDateTime, NaiveDateTime) {
    let day = istanbul_day_at(shop.stage.host().now());
    let from = day.and_hms_opt(0, 0, 0).unwrap();
    (from, day.and_hms_opt(23, 59, 59).unwrap())
}

fn sum<'a>(amounts: impl Iterator<Item = &'a Option<ReceivedAmount>>) -> Kurus {
    amounts
        .map(|amount| {
            let amount = amount.as_ref().and_then(ReceivedAmount::money);
            kurus(amount.unwrap())
        })
        .sum()
}

#[test]
fn the_sums_of_history_and_summary_are_those_of_the_account() {
    let shop = Shop::open();
    let (from, _) = today(&shop);
    shop.paid("KV-1", "100.00");
    shop.paid("KV-2", "40.50");
    shop.paid("KV-3", "9.99");
    let cancel = RefundPayment::cancel("KV-3", money("9.99"));
    shop.stage.run(shop.client.call(&cancel)).unwrap();
    shop.stage.pass(Duration::from_secs(86_400));
    let refund = RefundPayment::refund("KV-2", money("10.50"));
    shop.stage.run(shop.client.call(&refund)).unwrap();
    let (_, to) = today(&shop);

    let list = shop
        .stage
        .run(shop.client.call(&ListPayments::between(from, to)));
    let list = list.unwrap();
    let of = |kind| {
        let rows = list.rows.iter().filter(move |row| row.kind() == Some(kind));
        sum(rows.map(|row| &row.amount))
    };
    let (sold, cancelled, refunded) = (
        of(HistoryKind::Sale),
        of(HistoryKind::Cancel),
        of(HistoryKind::Refund),
    );
    let (charged, returned): (Kurus, Kurus) = shop.stage.ask(|world: &Param| {
        let all = world.payments().iter().filter(|one| one.is_charged());
        (
            all.clone().map(|one| one.amount).sum(),
            all.map(Payment::returned).sum(),
        )
    });
    assert_eq!((charged, returned), (Kurus(15_049), Kurus(2_049)));
    // The list has it below zero.
    let back = Kurus(-(cancelled + refunded).0);
    assert_eq!((sold, back), (charged, returned));

    let sums = shop
        .stage
        .run(shop.client.call(&SummarizePayments::between(from, to)));
    let sums = sums.unwrap();
    assert_eq!(sum(sums.rows.iter().map(|row| &row.paid)), charged);
    let cancelled = sum(sums.rows.iter().map(|row| &row.cancelled));
    let refunded = sum(sums.rows.iter().map(|row| &row.refunded));
    assert_eq!((cancelled, refunded), (Kurus(999), Kurus(1_050)));
    assert_eq!(charged - returned, Kurus(13_000));
}

#[test]
fn a_day_of_the_reconciliation_has_what_was_sold_and_given_back() {
    let shop = Shop::open();
    shop.paid("KV-1", "100.00");
    shop.paid("KV-2", "40.50");
    let cancel = RefundPayment::cancel("KV-2", money("40.50"));
    shop.stage.run(shop.client.call(&cancel)).unwrap();
    let (from, _) = today(&shop);
    let reconcile = ReconcileDay::new(from.date());
    let day = shop.stage.run(shop.client.call(&reconcile)).unwrap();
    let amounts = day.rows.iter().map(|row| row.amount.as_ref());
    let sum: Kurus = amounts
        .map(|amount| kurus(amount.and_then(TurkishAmount::money).unwrap()))
        .sum();
    assert_eq!(sum, Kurus(10_000));
}

#[test]
fn the_marketplace_lists_the_shares_of_a_sale() {
    let shop = with_sellers();
    let paid = shop.paid("KV-1", "100.00");
    shared(&shop, &paid);
    let query = QueryOrders::by_payment(paid.payment);
    let orders = shop.stage.run(shop.client.call(&query)).unwrap();
    let products = sum(orders.orders.iter().map(|order| &order.product_amount));
    assert_eq!(products, kurus(paid.net));
    let payable = sum(orders.orders.iter().map(|order| &order.payable));
    let truth = shop.truth("KV-1");
    let entered: Kurus = shop.stage.ask(|world| {
        let entries = world.orders_of(truth.id);
        entries.iter().map(|entry| entry.payable).sum()
    });
    assert_eq!(payable, entered);

    let (from, to) = today(&shop);
    let from = from.checked_sub_days(Days::new(1)).unwrap();
    let seller = SELLERS[0].into();
    let trace = TraceTransactions::by_seller(seller).between(from, to);
    let traced = shop.stage.run(shop.client.call(&trace)).unwrap();
    assert!(!traced.rows.is_empty());
}
