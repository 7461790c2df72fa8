//! The money of a sale: shared, approved, given back in part and in whole, on its day and after it.

use std::time::Duration;

use kervan_core::Host as _;
use kervan_sandbox::Kurus;
use kervan_sandbox::param::{OrderState, Param};
use param_marketplace::payments::{PaidOrder, PaymentState as Said, RefundPayment};
use param_marketplace::split::{Commission, Gross, Part};
use param_marketplace::{
    AddOrderDetail, CancelOrRefund, EnteredShare, OrderKey, RefundAmount, RejectionKind, Sent,
    SetOrderStatus, Undo,
};

use super::{SELLERS, Shop, kurus, money};

/// From noon to the next day.
const TO_TOMORROW: Duration = Duration::from_secs(13 * 3_600);

/// Opens a shop whose two sellers joined before.
pub(in crate::ways) fn with_sellers() -> Shop {
    let shop = Shop::over(Param::default());
    shop.stage.change(|world, now, _| {
        for seller in SELLERS {
            let values = [
                ("Tip", "1"),
                ("Ad_Soyad", "Deneme"),
                ("TC_VN", "10000000146"),
            ];
            world.seed_seller(seller, &values, now);
        }
        ((), Vec::new())
    });
    shop
}

/// Enters the shares of both sellers, and returns their keys.
pub(in crate::ways) fn shared(shop: &Shop, paid: &PaidOrder) -> Vec<(AddOrderDetail, OrderKey)> {
    let keep = |amount| Commission::new(money(amount)).unwrap();
    let gross = |amount| Gross::new(money(amount)).unwrap();
    let parts = vec![
        Part::new(SELLERS[0], gross("66.67")).keep(keep("5.00")),
        Part::new(SELLERS[1], gross("33.33")).keep(keep("2.50")),
    ];
    let details = paid.split(parts).unwrap();
    let enter = |detail: AddOrderDetail| {
        let sent = shop.stage.run(shop.client.send_or_settle(&detail));
        let Ok(Sent::Done(entered)) = sent else {
            panic!("entered with its key: {sent:?}");
        };
        (detail, entered.value.order)
    };
    details.into_iter().map(enter).collect()
}

fn states(shop: &Shop, paid: &PaidOrder) -> Vec<OrderState> {
    let id = i64::try_from(paid.payment.get()).unwrap();
    shop.stage
        .ask(|world| world.orders_of(id).iter().map(|one| one.state).collect())
}

#[test]
fn a_sale_goes_from_the_card_to_the_sellers() {
    let shop = with_sellers();
    let paid = shop.paid("KV-1", "100.00");
    let entered = shared(&shop, &paid);
    let truth = shop.truth("KV-1");
    let products: Kurus = shop.stage.ask(|world| {
        let entries = world.orders_of(truth.id);
        entries.iter().map(|entry| entry.product).sum()
    });
    assert_eq!(products, truth.net());
    let approve = SetOrderStatus::approve(entered[0].1.clone());
    shop.stage
        .run(shop.client.send_or_settle(&approve))
        .unwrap();
    assert_eq!(
        states(&shop, &paid),
        [OrderState::Approved, OrderState::Waiting]
    );
    shop.stage.ask(Param::check_sums).unwrap();
}

#[test]
fn a_part_of_one_share_goes_back_on_the_next_day() {
    let shop = with_sellers();
    let paid = shop.paid("KV-1", "100.00");
    let entered = shared(&shop, &paid);
    shop.stage.pass(TO_TOMORROW);
    let (detail, key) = &entered[1];
    let share = EnteredShare::of(detail).unwrap();
    let back = RefundAmount::part(money("10.00")).of(&share).unwrap();
    let refund = CancelOrRefund::new(key.clone(), paid.order.as_str(), Undo::Refund, back);
    let sent = shop.stage.run(shop.client.send_or_settle(&refund));
    assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
    assert_eq!(
        shop.stage.ask(|world| world.refunded(key.as_str())),
        Kurus(1_000)
    );
    let payable = shop
        .stage
        .ask(|world| world.order(key.as_str()).map(|one| one.payable));
    assert_eq!(
        payable,
        Some(kurus(share.payable_after(money("10.00")).unwrap()))
    );
    assert_eq!(shop.truth("KV-1").returned(), Kurus(1_000));
    assert_eq!(shop.state("KV-1"), Some(Said::PartlyRefunded));
    shop.stage.ask(Param::check_sums).unwrap();
}

#[test]
fn all_of_a_shared_payment_goes_back_with_all_its_sellers() {
    let shop = with_sellers();
    let paid = shop.paid("KV-1", "100.00");
    let entered = shared(&shop, &paid);
    // On the day of the payment it is a cancellation; a refund is refused.
    let order = paid.order.as_str();
    let whole = |undo| CancelOrRefund::new(entered[0].1.clone(), order, undo, RefundAmount::Full);
    let refused = shop
        .stage
        .run(shop.client.call(&whole(Undo::Refund)))
        .unwrap_err();
    let kind = refused.rejection().map(|no| no.kind);
    assert_eq!(kind, Some(RejectionKind::CannotUndo));
    shop.stage
        .run(shop.client.call(&whole(Undo::Cancel)))
        .unwrap();
    let truth = shop.truth("KV-1");
    assert_eq!((truth.left(), truth.is_cancelled()), (Kurus::ZERO, true));
    assert!(!states(&shop, &paid).contains(&OrderState::Waiting));
    shop.stage.ask(Param::check_sums).unwrap();
}

#[test]
fn midnight_in_istanbul_turns_a_cancellation_into_a_refund() {
    let shop = Shop::open();
    shop.paid("KV-1", "100.00");
    let cancel = RefundPayment::cancel("KV-1", money("100.00"));
    let refund = RefundPayment::refund("KV-1", money("100.00"));
    // 23:59:50 in Istanbul; two questions are left for the day.
    let day = 12 * 3_600 - shop.stage.host().steady().as_secs();
    shop.stage.pass(Duration::from_secs(day - 10));
    let refused = shop.stage.run(shop.client.call(&refund)).unwrap_err();
    assert_eq!(
        refused.rejection().map(|no| no.kind),
        Some(RejectionKind::CannotUndo)
    );
    shop.stage.pass(Duration::from_secs(20));
    let refused = shop.stage.run(shop.client.call(&cancel)).unwrap_err();
    assert_eq!(
        refused.rejection().map(|no| no.kind),
        Some(RejectionKind::CannotUndo)
    );
    assert_eq!(shop.truth("KV-1").returned(), Kurus::ZERO);
    shop.stage.run(shop.client.call(&refund)).unwrap();
    assert!(shop.truth("KV-1").is_refunded());
    assert_eq!(shop.state("KV-1"), Some(Said::Refunded));
}

#[test]
fn a_payment_is_cancelled_on_its_day() {
    let shop = Shop::open();
    shop.paid("KV-1", "100.00");
    let cancel = RefundPayment::cancel("KV-1", money("100.00"));
    shop.stage.run(shop.client.call(&cancel)).unwrap();
    assert!(shop.truth("KV-1").is_cancelled());
    assert_eq!(shop.state("KV-1"), Some(Said::Cancelled));
}

#[test]
fn a_payment_without_shares_goes_back_in_parts() {
    let shop = Shop::open();
    shop.paid("KV-1", "100.00");
    shop.stage.pass(TO_TOMORROW);
    let first = RefundPayment::refund("KV-1", money("30.00")).after(money("0.00"));
    shop.stage.run(shop.client.send_or_settle(&first)).unwrap();
    let second = RefundPayment::refund("KV-1", money("20.00")).after(money("30.00"));
    shop.stage.run(shop.client.send_or_settle(&second)).unwrap();
    assert_eq!(shop.truth("KV-1").returned(), Kurus(5_000));
    // Somebody who counts from an old sum is stopped before the call.
    let stale = RefundPayment::refund("KV-1", money("20.00")).after(money("30.00"));
    assert!(shop.stage.run(shop.client.prepare(&stale)).is_err());
    assert_eq!(shop.truth("KV-1").returned(), Kurus(5_000));
    assert_eq!(shop.state("KV-1"), Some(Said::PartlyRefunded));
}
