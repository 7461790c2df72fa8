//! The carrier's pushes.

use aras_tracking::push::{PushAnswer, read};
use aras_tracking::testing::{CONTENT_TYPE, PushPost};
use aras_tracking::{CustomerReference, Password, UserName};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use kervan_axum::aras::CarrierPush;
use kervan_testing::delivery;
use tower::ServiceExt as _;

use super::support::{Answered, App, PUSH, login, request, service};

fn push() -> PushPost {
    PushPost::new(&CustomerReference::new("KV-1001").unwrap(), "6").at("2026-11-20T11:05:00")
}

fn genuine() -> Vec<u8> {
    let (user_name, password) = login();
    push().from(&user_name, &password).body()
}

#[tokio::test]
async fn a_push_is_taken_once_and_answered_in_its_operations_name() {
    let app = App::new();
    for _ in 0..2 {
        let answer = app.post(PUSH, CONTENT_TYPE, &genuine()).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "text/xml; charset=utf-8");
        let taken = "<SetStatusResult><Result>true</Result>";
        assert!(answer.body.contains(taken), "{}", answer.body);
    }
    assert_eq!(app.shop.counts(), (1, 1));
    let (user_name, password) = login();
    let later = push()
        .at("2026-11-21T09:00:00")
        .from(&user_name, &password)
        .body();
    assert_eq!(app.post(PUSH, CONTENT_TYPE, &later).await.status, 200);
    assert_eq!(app.shop.counts(), (2, 2), "another event");
}

#[tokio::test]
async fn a_push_of_anybody_else_is_not_taken() {
    let app = App::new();
    let guess = Password::new("guess");
    for forged in [
        push().body(),
        push().from(&UserName::new("carrier"), &guess).body(),
        push().from(&UserName::new(""), &Password::new("")).body(),
    ] {
        let answer = app.post(PUSH, CONTENT_TYPE, &forged).await;
        assert_eq!(answer.status, 403);
        assert!(
            answer.body.contains("<Result>false</Result>"),
            "{}",
            answer.body
        );
    }
    assert_eq!(app.shop.counts().1, 0);
    assert_eq!(app.post(PUSH, CONTENT_TYPE, &genuine()).await.status, 200);
    assert_eq!(app.shop.counts().1, 1);
}

#[tokio::test]
async fn without_a_database_a_push_is_answered_as_failed() {
    let app = App::new();
    app.shop
        .store
        .is_gone
        .store(true, std::sync::atomic::Ordering::SeqCst);
    let answer = app.post(PUSH, CONTENT_TYPE, &genuine()).await;
    assert_eq!(answer.status, 503);
    assert!(
        answer.body.contains("<Result>false</Result>"),
        "{}",
        answer.body
    );
    let unreadable = app.post(PUSH, CONTENT_TYPE, b"<SetStatus/>").await;
    assert_eq!(
        (unreadable.status, unreadable.body.as_str()),
        (503, "try again")
    );
}

async fn taken(State(_): State<App>, push: CarrierPush) -> Response {
    let event = push.push();
    assert_eq!(event.reference.as_str(), "KV-1001");
    service().answer(event, &PushAnswer::Taken).into_response()
}

#[tokio::test]
async fn the_extractor_lets_the_carrier_in_only() {
    let app = App::new();
    let router = Router::new().route(PUSH, any(taken)).with_state(app);
    let send = async |body: &[u8]| {
        let request = request(PUSH, CONTENT_TYPE, body);
        Answered::of(router.clone().oneshot(request).await.unwrap()).await
    };
    assert_eq!(send(&genuine()).await.status, 200);
    let stranger = send(&push().body()).await;
    assert_eq!(
        (stranger.status, stranger.body.as_str()),
        (403, "unknown sender")
    );
}

#[test]
fn a_push_that_could_not_be_stored_is_answered_as_failed() {
    let push = read(&delivery(CONTENT_TYPE, genuine())).unwrap();
    let failed = service().answer(&push, &PushAnswer::Failed("later".to_owned()));
    assert_eq!(failed.status(), 503);
    let body = String::from_utf8(failed.body().to_vec()).unwrap();
    assert!(body.contains("<Result>false</Result>"), "{body}");
}
