//! Posts that wait for something else of the shop, and for how long.

use super::genuine;
use crate::support::{App, CALLBACK, Flaky, OK, REFERENCE, mailbox, request, stored};
use haso_bnpl::callbacks::{OrderCallback, OrderState};
use haso_bnpl::testing::CONTENT_TYPE;
use haso_bnpl::{Quirks, StoredOrder, Unverified};
use kervan_axum::{Arrived, Intake, Replayed};
use kervan_ledger::PostState;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[tokio::test]
async fn a_genuine_post_before_the_answer_of_the_shops_own_call_waits() {
    let app = App::new();
    app.shop.knows_the_order.store(false, Ordering::SeqCst);
    let answer = app.post(CALLBACK, CONTENT_TYPE, &genuine()).await;
    assert_eq!((answer.status, answer.body.as_str()), (503, "try again"));
    let person = app.post(OK, CONTENT_TYPE, &genuine()).await;
    assert_eq!(person.body, "we are checking");

    app.shop.knows_the_order.store(true, Ordering::SeqCst);
    let other = app.orders.replay_of("order 18").await.unwrap();
    assert_eq!((other.applied, app.shop.counts().1), (0, 0));
    let replayed = app.orders.replay_of(REFERENCE).await.unwrap();
    assert_eq!(
        (replayed.applied, replayed.later, replayed.refused),
        (1, 0, 0)
    );
    assert_eq!(app.shop.counts().1, 1);
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &genuine()).await.status,
        200
    );
    assert_eq!(app.shop.counts().1, 1);
}

#[tokio::test]
async fn a_post_of_something_unknown_does_not_wait_for_ever() {
    let app = App::new();
    app.shop.knows_the_order.store(false, Ordering::SeqCst);
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &genuine()).await.status,
        503
    );
    app.shop.host.advance(Duration::from_secs(3600));
    let replayed = app.orders.replay().await.unwrap();
    assert_eq!((replayed.applied, replayed.refused), (0, 1));
    // It is not lost: HASO's own comes again.
    app.shop.knows_the_order.store(true, Ordering::SeqCst);
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &genuine()).await.status,
        200
    );
    assert_eq!(app.shop.counts().1, 1);
}

/// The shop's order, and whether its activation goes on, is denied, or has ended.
type Order = Arc<Mutex<StoredOrder>>;

/// Returns an intake that applies a post once its order is active, and that order.
fn of_one_order(app: &App, state: OrderState) -> (Intake<Unverified<OrderCallback>, Flaky>, Order) {
    let mailbox = mailbox(Arc::clone(&app.shop.store), &app.shop.host, "haso");
    let order = Arc::new(Mutex::new(stored().state(state)));
    let own = Arc::clone(&order);
    let take = move |post: Arrived<Unverified<OrderCallback>, _>| {
        let own = own.lock().unwrap().clone();
        async move {
            match post.verify(|post| post.confirm(&own, &Quirks::default())) {
                Ok(order) => match own.state {
                    OrderState::Activating(_) => order.later().await,
                    _ => order.denied().await,
                },
                Err(refused) => refused.settle(None).await,
            }
        }
    };
    (Intake::new(mailbox, take), order)
}

async fn sent(intake: &Intake<Unverified<OrderCallback>, Flaky>) -> u16 {
    let request = request(CALLBACK, CONTENT_TYPE, &genuine());
    intake.from_server(request, None).await.status().as_u16()
}

#[tokio::test]
async fn a_post_under_another_number_waits_until_the_order_is_decided() {
    let app = App::new();
    let activating = OrderState::Activating("TRX-INVENTED".into());
    let (intake, order) = of_one_order(&app, activating);
    assert_eq!(sent(&intake).await, 503);
    let waiting = app.waiting().await;
    assert_eq!(waiting[0].state, PostState::Received);
    assert_eq!(intake.replay().await.unwrap().later, 1);

    order.lock().unwrap().state = OrderState::Activated("TRX-OTHER".into());
    assert_eq!(intake.replay().await.unwrap().refused, 1);
    assert!(app.waiting().await.is_empty());
    assert_eq!(sent(&intake).await, 409);
    // Its own number after all: a post that was refused is judged again where it comes again.
    order.lock().unwrap().state = OrderState::Activated("TRX-1".into());
    assert_eq!(sent(&intake).await, 200);
}

#[tokio::test]
async fn no_post_waits_longer_than_a_day() {
    for number in ["TRX-INVENTED", "TRX-1"] {
        let app = App::new();
        let (intake, _) = of_one_order(&app, OrderState::Activating(number.into()));
        assert_eq!(sent(&intake).await, 503);
        app.shop.host.advance(Duration::from_secs(24 * 3_600 - 1));
        assert_eq!(intake.replay().await.unwrap().later, 1);
        app.shop.host.advance(Duration::from_secs(1));
        assert_eq!(intake.replay().await.unwrap().refused, 1);
        assert_eq!(intake.replay().await.unwrap(), Replayed::default());
    }
}

#[tokio::test]
async fn a_post_that_the_service_denies_is_refused_and_judged_again() {
    let app = App::new();
    let (intake, order) = of_one_order(&app, OrderState::Open);
    assert_eq!(sent(&intake).await, 409);
    assert!(app.waiting().await.is_empty());
    order.lock().unwrap().state = OrderState::Activated("TRX-1".into());
    assert_eq!(sent(&intake).await, 200);
}
