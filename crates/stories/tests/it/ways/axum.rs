//! The posts of a simulated provider over an axum server, as the recipe takes them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use haso_bnpl::callbacks::{OrderCallback, StoredOrder};
use haso_bnpl::{ActivateOrder, Quirks, Unverified};
use kervan_axum::{Arrived, Intake, Landing, Mailbox, SeeOther, Verdict};
use kervan_core::Delivery;
use kervan_ledger::{Account, ContentsKey, Inbox, MemoryStore};
use kervan_sandbox::haso::{Page, Step};
use tower::ServiceExt as _;

use super::haso::{Shop, money};

const NUMBER: &str = "1905231436-1";

type Orders = Intake<Unverified<OrderCallback>, MemoryStore>;

/// The shop's own order, and the activations that its posts have begun.
#[derive(Clone, Default)]
struct Table {
    /// Whether the order's row is stored.
    is_stored: Arc<AtomicBool>,
    begun: Arc<Mutex<Vec<ActivateOrder>>>,
}

async fn apply(table: Table, post: Arrived<Unverified<OrderCallback>, MemoryStore>) -> Verdict {
    if !table.is_stored.load(Ordering::SeqCst) {
        return post.later();
    }
    let stored = StoredOrder::open(post.reference().unwrap(), money("500.00"));
    match post.verify(|post| post.confirm(&stored, &Quirks::default())) {
        Ok(order) => {
            let (begun, activation) = (Arc::clone(&table.begun), order.value().activation());
            let along = move || begun.lock().unwrap().push(activation);
            order.apply(Some(Box::new(along))).await
        }
        Err(refused) => refused.settle(None).await,
    }
}

async fn callback(State(orders): State<Orders>, request: Request) -> Response {
    orders.from_server(request, Some(NUMBER)).await
}

async fn ok(State(orders): State<Orders>, request: Request) -> Response {
    match orders.from_browser(request, Some(NUMBER)).await.landing {
        Landing::Applied | Landing::Open => SeeOther::path("/orders/17").into_response(),
        Landing::Unreadable(refusal) => refusal.into_response(),
        _ => StatusCode::FORBIDDEN.into_response(),
    }
}

/// Sends a post to the shop, and returns the status of the answer.
fn sent(router: &Router, kind: &str, post: &Delivery) -> u16 {
    let request = axum::http::Request::post(format!("/haso/{kind}"))
        .header("content-type", post.content_type().unwrap())
        .body(Body::from(post.body.clone()))
        .unwrap();
    let answer = router.clone().oneshot(request);
    running(answer).unwrap().status().as_u16()
}

/// Runs a handler and the tasks that it begins.
fn running<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}

#[test]
fn the_posts_of_an_order_begin_one_activation_over_an_axum_server() {
    let shop = Shop::open();
    let table = Table::default();
    let inbox = Inbox::new(
        MemoryStore::new(),
        shop.stage.host(),
        ContentsKey::new([7; 32]),
    );
    let account = Account {
        provider: "haso".to_owned(),
        merchant: "1001".to_owned(),
    };
    let own = table.clone();
    let mailbox = Mailbox::new(inbox, account, shop.stage.host());
    let orders = Intake::new(mailbox, move |post| apply(own.clone(), post));
    let router = Router::new()
        .route("/haso/callback", post(callback))
        .route("/haso/ok", post(ok))
        .with_state(orders.clone());

    shop.opened(NUMBER, "500.00");
    let page = Page::Order {
        order: NUMBER.to_owned(),
    };
    let installments = Some(3);
    shop.stage.act(Step::Complete { page, installments });
    let posts = shop.posts();
    let (_, of_the_browser) = posts.iter().find(|(kind, _)| kind == "ok").unwrap();
    let (_, of_the_server) = posts.iter().find(|(kind, _)| kind == "callback").unwrap();

    // Both come before the order's row is stored.
    assert_eq!(sent(&router, "callback", of_the_server), 503);
    assert_eq!(sent(&router, "ok", of_the_browser), 303);
    // Somebody forges a cheaper one: the total is 500.00 with a fee of 30.50.
    let mut forged = of_the_server.clone();
    let text = String::from_utf8(forged.body).unwrap();
    forged.body = text.replace("3A530.5", "3A430.5").into_bytes();
    table.is_stored.store(true, Ordering::SeqCst);
    assert_eq!(sent(&router, "callback", &forged), 409);
    assert!(table.begun.lock().unwrap().is_empty());

    // The program goes on with what waits, and HASO's repeat is stopped.
    assert!(running(orders.replay()).unwrap().applied > 0);
    assert_eq!(sent(&router, "callback", of_the_server), 200);
    assert_eq!(sent(&router, "ok", of_the_browser), 303);
    let begun = table.begun.lock().unwrap().clone();
    assert_eq!(begun.len(), 1, "one activation");

    let plan = shop.activated(&begun[0]);
    let stored = StoredOrder::open(NUMBER, money("500.00")).state(
        haso_bnpl::callbacks::OrderState::Activated(begun[0].transaction.clone().into()),
    );
    let paid = stored.paid_by_plan(&plan, &Quirks::default()).unwrap();
    assert_eq!(paid.amount(), money("500.00"));
    assert!(shop.stage.ask(|world| world.is_active(NUMBER)));
}
