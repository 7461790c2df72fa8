//! The returns of a browser from Param's pages.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use kervan_axum::param::CardCheckPost;
use kervan_axum::{Arrived, Callback as _, Intake, Landing};
use kervan_core::Secret;
use kervan_ledger::{MemoryStore, PostStore as _};
use kervan_testing::delivery;
use param_marketplace::payments::callback::{ExpectedModel, ModelCallback};
use param_marketplace::payments::testing::{CONTENT_TYPE, CardCheckForm, ModelForm, PayForm};

use super::support::{App, Effects, RETURN, expected, mailbox, money, request, settings};

fn paid() -> Vec<u8> {
    PayForm::paid(&expected(), "3007300695")
        .sign(&settings())
        .unwrap()
}

#[tokio::test]
async fn a_person_sees_a_page_each_time_and_the_payment_counts_once() {
    let app = App::new();
    for _ in 0..3 {
        let page = app.post(RETURN, CONTENT_TYPE, &paid()).await;
        assert_eq!((page.status, page.body.as_str()), (200, "your order"));
    }
    assert_eq!(app.shop.counts(), (1, 1));
}

#[tokio::test]
async fn a_forged_form_before_the_genuine_one_keeps_nothing_out() {
    let app = App::new();
    let unsigned = PayForm::paid(&expected(), "3007300695").unsigned(&settings());
    let mut altered = PayForm::not_paid(&expected(), "-1")
        .sign(&settings())
        .unwrap();
    let text = String::from_utf8(altered).unwrap();
    altered = text
        .replace("RETVAL_Dekont_ID=0", "RETVAL_Dekont_ID=3007300695")
        .into();
    for forged in [unsigned, altered] {
        let page = app.post(RETURN, CONTENT_TYPE, &forged).await;
        assert_eq!((page.status, page.body.as_str()), (403, "not believed"));
    }
    assert_eq!(app.shop.counts().1, 0);
    assert_eq!(
        app.post(RETURN, CONTENT_TYPE, &paid()).await.body,
        "your order"
    );
    assert_eq!(app.shop.counts().1, 1);
}

#[tokio::test]
async fn a_failure_first_does_not_keep_the_payment_out() {
    let app = App::new();
    let failed = PayForm::not_paid(&expected(), "-1")
        .sign(&settings())
        .unwrap();
    assert_eq!(app.post(RETURN, CONTENT_TYPE, &failed).await.status, 200);
    assert_eq!(app.post(RETURN, CONTENT_TYPE, &paid()).await.status, 200);
    // Charged twice under one key: a second receipt is another event.
    let twice = PayForm::paid(&expected(), "3007300696")
        .sign(&settings())
        .unwrap();
    assert_eq!(app.post(RETURN, CONTENT_TYPE, &twice).await.status, 200);
    // The same event, with another value that is not signed.
    let again = PayForm::paid(&expected(), "3007300695")
        .text("Tamam")
        .sign(&settings())
        .unwrap();
    assert_eq!(app.post(RETURN, CONTENT_TYPE, &again).await.status, 200);
    assert_eq!(app.shop.counts(), (4, 3));
}

#[tokio::test]
async fn a_form_before_the_answer_of_the_start_waits_and_the_person_sees_a_page() {
    let app = App::new();
    app.shop.knows_the_order.store(false, Ordering::SeqCst);
    let page = app.post(RETURN, CONTENT_TYPE, &paid()).await;
    assert_eq!(page.body, "we are checking");
    app.shop.knows_the_order.store(true, Ordering::SeqCst);
    assert_eq!(app.payments.replay().await.unwrap().applied, 1);
    assert_eq!(app.shop.counts().1, 1);
    assert_eq!(
        app.post(RETURN, CONTENT_TYPE, &paid()).await.body,
        "your order"
    );
}

#[tokio::test]
async fn an_intake_takes_up_the_posts_of_its_own_kind_only() {
    let app = App::new();
    app.shop.knows_the_order.store(false, Ordering::SeqCst);
    app.post(RETURN, CONTENT_TYPE, &paid()).await;
    app.shop.knows_the_order.store(true, Ordering::SeqCst);
    assert_eq!(app.orders.replay().await.unwrap().applied, 0);
    assert_eq!(app.pushes.replay().await.unwrap().refused, 0);
    assert_eq!(app.payments.replay().await.unwrap().applied, 1);
}

#[tokio::test]
async fn the_claim_of_a_page_is_unverified_and_names_the_payment() {
    let app = App::new();
    for _ in 0..2 {
        let request = request(RETURN, CONTENT_TYPE, &paid());
        let seen = app.payments.from_browser(request, None).await;
        assert_eq!(seen.landing, Landing::Applied);
        assert_eq!(*seen.claim.unwrap().key(), expected().key);
    }
}

fn attempt(key: &str) -> ExpectedModel {
    ExpectedModel::new("KV-1", key, money("100.00"))
}

#[tokio::test]
async fn two_attempts_of_one_order_that_failed_are_two_events() {
    let app = App::new();
    let effects = Effects::default();
    let own = effects.clone();
    let mailbox = mailbox(Arc::new(MemoryStore::new()), &app.shop.host, "param");
    let intake = Intake::new(mailbox, move |post: Arrived<ModelCallback, MemoryStore>| {
        let own = own.clone();
        async move {
            let key = post.reference().unwrap().to_owned();
            match post.verify(|form| form.verify(&settings(), &attempt(&key))) {
                Ok(result) => result.apply(Some(own.one())).await,
                Err(refused) => refused.settle(None).await,
            }
        }
    });
    let send = async |key: &str, body: Vec<u8>| {
        let request = request(RETURN, CONTENT_TYPE, &body);
        intake.from_browser(request, Some(key)).await.landing
    };
    let failed = |key: &str| {
        let form = ModelForm::not_authenticated(&attempt(key), "0");
        form.sign(&settings()).unwrap()
    };
    let (one, two) = ("35513153-9902", "35513153-9903");
    assert_eq!(send(one, failed(one)).await, Landing::Applied);
    assert_eq!(send(two, failed(two)).await, Landing::Applied);
    assert_eq!(effects.count(), 2);
    let form = ModelForm::authenticated(&attempt(two));
    let authenticated = form.sign(&settings()).unwrap();
    assert_eq!(send(two, authenticated.clone()).await, Landing::Applied);
    assert_eq!(effects.count(), 3);
    // Another attempt's form at this one's address.
    assert_eq!(send(one, authenticated).await, Landing::Refused);
    assert_eq!(effects.count(), 3);
}

#[tokio::test]
async fn the_form_of_a_card_check_belongs_to_the_check_of_its_address() {
    let app = App::new();
    let token = Secret::new("k3Yp0Zc8Q1vT5mXa");
    let effects = Effects::default();
    let own = (token.clone(), effects.clone());
    let store = Arc::new(MemoryStore::new());
    let mailbox = mailbox(Arc::clone(&store), &app.shop.host, "param");
    let intake = Intake::new(mailbox, move |post: Arrived<CardCheckPost, _>| {
        let (token, effects) = own.clone();
        async move {
            match post.verify(|form| form.hint(&token)) {
                Ok(hint) => {
                    assert!(hint.value().says_valid());
                    hint.apply(Some(effects.one())).await
                }
                Err(refused) => refused.settle(None).await,
            }
        }
    });
    let send = async |token: &Secret, check: &str| {
        let body = CardCheckForm::valid(token).body();
        let request = request(RETURN, CONTENT_TYPE, &body);
        intake.from_browser(request, Some(check)).await.landing
    };
    let guess = Secret::new("guess");
    assert_eq!(send(&guess, "check 1").await, Landing::Refused);
    assert_eq!(send(&token, "check 1").await, Landing::Applied);
    assert_eq!(send(&token, "check 2").await, Landing::Applied);
    assert_eq!(effects.count(), 2);
    assert!(store.waiting(0, 9).await.unwrap().is_empty());
    let page = delivery("text/html", "<html>");
    assert!(CardCheckPost::read(&page).is_err());
}
