//! HASO's limits and failures, whose posts name nothing themselves.

use std::sync::Arc;

use haso_bnpl::callbacks::{LimitCallback, OrderFail};
use haso_bnpl::testing::{CONTENT_TYPE, LimitPost, OrderPost, customer_with_limit};
use haso_bnpl::{CustomerId, OrderNumber, Unverified};
use kervan_axum::{Arrived, Intake, Landing};
use kervan_ledger::{MemoryStore, PostStore as _};

use super::support::{App, CALLBACK, Effects, mailbox, money, request};

#[tokio::test]
async fn the_same_limit_for_two_requests_is_two_events() {
    let app = App::new();
    let effects = Effects::default();
    let own = effects.clone();
    let mailbox = mailbox(Arc::new(MemoryStore::new()), &app.shop.host, "haso");
    let intake = Intake::new(
        mailbox,
        move |post: Arrived<Unverified<LimitCallback>, _>| {
            let own = own.clone();
            async move {
                // The service's own data of the customer.
                let read = customer_with_limit("5004", money("1000.00"));
                match post.verify(|post| post.confirm(&read)) {
                    Ok(limit) => limit.apply(Some(own.one())).await,
                    Err(refused) => refused.settle(None).await,
                }
            }
        },
    );
    let send = async |customer: &str, about: &str| {
        let body = LimitPost::granted(&CustomerId::from(customer), money("2000.00")).body();
        let request = request(CALLBACK, CONTENT_TYPE, &body);
        intake
            .from_server(request, Some(about))
            .await
            .status()
            .as_u16()
    };
    assert_eq!(send("5004", "request 1").await, 200);
    assert_eq!(send("5004", "request 1").await, 200);
    assert_eq!(effects.count(), 1);
    assert_eq!(send("5004", "request 2").await, 200);
    assert_eq!(effects.count(), 2);
    assert_eq!(send("5005", "request 2").await, 409, "another customer");
    assert_eq!(effects.count(), 2);
}

#[tokio::test]
async fn a_failure_that_anybody_can_post_keeps_no_other_one_out() {
    let app = App::new();
    let effects = Effects::default();
    let own = effects.clone();
    let store = Arc::new(MemoryStore::new());
    let mailbox = mailbox(Arc::clone(&store), &app.shop.host, "haso");
    let intake = Intake::new(mailbox, move |post: Arrived<Unverified<OrderFail>, _>| {
        let own = own.clone();
        async move {
            // The customer may begin anew; nothing else follows.
            match post.verify(Ok) {
                Ok(failed) => failed.apply(Some(own.one())).await,
                Err(refused) => refused.settle(None).await,
            }
        }
    });
    let send = async |reason: &str| {
        let body = OrderPost::failed(&OrderNumber::from("1905231436-1"), reason).body();
        let request = request(CALLBACK, CONTENT_TYPE, &body);
        intake.from_browser(request, Some("order 17")).await.landing
    };
    for (reason, count) in [("forged", 1), ("H223", 2), ("H223", 2)] {
        assert_eq!(send(reason).await, Landing::Applied);
        assert_eq!(effects.count(), count, "{reason}");
    }
    assert!(store.waiting(0, 9).await.unwrap().is_empty());
}
