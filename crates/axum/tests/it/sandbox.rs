//! A simulated HASO that posts over HTTP, and repeats until it gets the answer that stops it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use haso_bnpl::{BaseUrl, Client, GetToken, MerchantKey, MerchantSalt, OrderForm, Signing};
use kervan_sandbox::haso::{Haso, Page, Step};
use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::{Moment, Sandbox};

use super::support::{App, order, stored};

/// The statuses of the shop's answers to the posts of a kind.
fn answers(sandbox: &Sandbox, kind: &str) -> Vec<u16> {
    let posts = sandbox.callbacks();
    let posts = posts.iter().filter(|entry| entry.post.kind == kind);
    let tries = posts.flat_map(|entry| &entry.attempts);
    tries.filter_map(|attempt| attempt.status).collect()
}

/// Waits until the posts of a kind were answered so often.
async fn until_answered(sandbox: &Sandbox, kind: &str, times: usize) {
    let count = |world: &kervan_sandbox::world::World| {
        let posts = world.outbox().entries();
        let posts = posts.filter(|entry| entry.post.kind == kind);
        posts.map(|entry| entry.attempts.len()).sum::<usize>()
    };
    let waiting = sandbox.wait_for(|world| count(world) >= times);
    waiting.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn haso_repeats_its_post_until_it_is_applied() {
    let app = App::new();
    app.shop.knows_the_order.store(false, Ordering::SeqCst);
    let origin = format!("http://{}", app.served().await);
    let now = Moment::istanbul((2026, 11, 20), (12, 0, 0)).unwrap();
    let sandbox = Sandbox::start_at(now).unwrap();
    let haso = sandbox.account("haso");
    let client = Client::builder(BaseUrl::parse(&haso.address).unwrap(), haso.get("merchant"))
        .signing(Signing::new(
            MerchantKey::new(haso.get("merchant_key")),
            MerchantSalt::new(haso.get("merchant_salt")),
        ))
        .build()
        .unwrap();
    let token = client.get_token(&GetToken::new()).await.unwrap();
    let form = OrderForm::new(order(&origin), token);
    client.call(&form).await.unwrap();

    // Two copies at the same moment, before the shop has stored its order.
    sandbox.rule(Rule::on("haso", "callback", How::DoubleAtOnce));
    let page = Page::Order {
        order: stored().number.as_str().to_owned(),
    };
    let installments = Some(3);
    sandbox
        .step::<Haso>(&Step::Complete { page, installments })
        .unwrap();
    until_answered(&sandbox, "callback", 2).await;
    assert_eq!(answers(&sandbox, "callback"), [503, 503]);
    until_answered(&sandbox, "ok", 1).await;
    assert_eq!(
        answers(&sandbox, "ok"),
        [202],
        "a person sees that it is being checked"
    );
    assert_eq!(app.shop.counts().1, 0);

    app.shop.knows_the_order.store(true, Ordering::SeqCst);
    sandbox.advance(Duration::from_secs(60));
    until_answered(&sandbox, "callback", 4).await;
    assert_eq!(answers(&sandbox, "callback"), [503, 503, 200, 200]);
    assert_eq!(app.shop.counts().1, 1);
    for _ in 0..5 {
        sandbox.advance(Duration::from_secs(60));
    }
    assert_eq!(answers(&sandbox, "callback").len(), 4, "it is stopped");
    sandbox.finish().unwrap();
}
