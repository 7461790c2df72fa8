//! Posts and answers, read by the ordinary readers.

mod answers;

use kervan_testing::delivery;

use super::*;
use crate::callbacks::{
    LimitCallback, LimitFail, LimitOk, Mismatch, OrderCallback, OrderFail, OrderOk,
};
use crate::settings::quirks::{AmountRule, SumRule};

const JSON: Option<&str> = Some(CONTENT_TYPE);

fn stored() -> StoredOrder {
    StoredOrder::open("O-1", "500.00".parse().unwrap())
}

fn transaction() -> TransactionCode {
    TransactionCode::from("TRX-1")
}

#[test]
fn a_completed_post_goes_the_whole_way_by_every_rule() {
    let stored = stored();
    for amounts in [AmountRule::TotalWithoutFee, AmountRule::Total] {
        for sums in [SumRule::Either, SumRule::Total, SumRule::WithoutDownPayment] {
            let quirks = Quirks {
                amount_rule: amounts,
                sum_rule: sums,
                ..Quirks::default()
            };
            let post = OrderPost::completed(&stored, &transaction(), &quirks).customer("5004");
            let body = post.body();
            let ok = OrderOk::read(&delivery(JSON, &body)).unwrap();
            let order = ok.confirm(&stored, &quirks).unwrap();
            let callback = OrderCallback::read(&delivery(JSON, &body)).unwrap();
            assert_eq!(callback.confirm(&stored, &quirks).unwrap(), order);
            let activated = activated(&order.activation());
            let plan = plan_of_service(&stored, &transaction());
            let paid = order.paid(&activated, &plan, &quirks).unwrap();
            assert_eq!(paid.order(), &stored.number);
            assert_eq!(paid.customer().map(CustomerId::as_str), Some("5004"));
            assert!(paid.has_plan_of_service());
            // The post and the service have the same plan.
            assert_eq!(order.plan(), paid.plan());
        }
    }
}

#[test]
fn a_post_of_another_order_or_status_does_not_confirm() {
    let quirks = Quirks::default();
    let confirm = |post: OrderPost| {
        let post = OrderOk::read(&delivery(JSON, post.body())).unwrap();
        post.confirm(&stored(), &quirks).err()
    };
    let of = |order: &StoredOrder| OrderPost::completed(order, &transaction(), &quirks);
    assert_eq!(confirm(of(&stored())), None);
    let other = StoredOrder::open("O-2", stored().amount);
    assert_eq!(confirm(of(&other)), Some(Mismatch::Order));
    let cheap = StoredOrder::open("O-1", "5.00".parse().unwrap());
    assert_eq!(confirm(of(&cheap)), Some(Mismatch::Amount));
    assert_eq!(confirm(of(&stored()).status("7")), Some(Mismatch::Status));
    let failed = OrderPost::failed(&stored().number, "H223");
    assert_eq!(confirm(failed.clone()), Some(Mismatch::NotCompleted));
    let post = OrderFail::read(&delivery(JSON, failed.body())).unwrap();
    let failed = post.claim().failed();
    assert_eq!(failed.order, Some(stored().number));
    assert_eq!(failed.code.as_deref(), Some("H223"));
}

#[test]
fn limits_are_confirmed_by_the_service_only() {
    let customer = CustomerId::from("5004");
    let limit = "1000.00".parse().unwrap();
    let body = LimitPost::granted(&customer, "9999.00".parse().unwrap()).body();
    let read = customer_with_limit(customer.clone(), limit);
    let confirmed = LimitOk::read(&delivery(JSON, &body))
        .unwrap()
        .confirm(&read)
        .unwrap();
    assert_eq!(confirmed.limit, limit);
    let callback = LimitCallback::read(&delivery(JSON, &body)).unwrap();
    assert_eq!(callback.confirm(&read).unwrap(), confirmed);
    let other = customer_with_limit("5005", limit);
    assert_eq!(callback.confirm(&other), Err(Mismatch::Customer));
    let failed = LimitPost::failed("H307").body();
    let callback = LimitCallback::read(&delivery(JSON, &failed)).unwrap();
    assert_eq!(callback.confirm(&read), Err(Mismatch::NotCompleted));
    assert!(LimitFail::read(&delivery(JSON, &failed)).is_ok());
}
