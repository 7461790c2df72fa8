//! A body that was cut at any byte never gets an answer of success.

use aras_tracking::CustomerReference;
use aras_tracking::testing::PushPost;
use haso_bnpl::testing::OrderPost;
use param_marketplace::payments::testing::PayForm;

use super::support::{
    App, CALLBACK, OK, PUSH, RETURN, completed, expected, login, request, settings, stored,
};

/// The posts with their addresses and content types.
fn posts() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let order = completed(&stored(), "TRX-1");
    let failed = OrderPost::failed(&stored().number, "H223").body();
    let paid = PayForm::paid(&expected(), "3007300695")
        .sign(&settings())
        .unwrap();
    let (user_name, password) = login();
    let parcel = CustomerReference::new("KV-1001").unwrap();
    let push = PushPost::new(&parcel, "6").at("2026-11-20T11:05:00");
    let push = push.from(&user_name, &password).body();
    let form = "application/x-www-form-urlencoded";
    vec![
        (CALLBACK, haso_bnpl::testing::CONTENT_TYPE, order.clone()),
        (OK, haso_bnpl::testing::CONTENT_TYPE, order),
        (CALLBACK, haso_bnpl::testing::CONTENT_TYPE, failed),
        (RETURN, form, paid),
        (PUSH, aras_tracking::testing::CONTENT_TYPE, push),
    ]
}

#[tokio::test]
async fn with_the_declared_length_of_the_whole() {
    for (path, content_type, body) in posts() {
        let app = App::new();
        for end in 0..body.len() {
            let mut request = request(path, content_type, &body[..end]);
            let length = body.len().to_string().parse().unwrap();
            request.headers_mut().insert("content-length", length);
            let answer = app.send(request).await;
            assert_eq!(answer.status, 400, "{path} {end}");
        }
        assert_eq!(app.shop.counts(), (0, 0));
        assert_eq!(
            app.post(path, content_type, &body).await.status,
            200,
            "{path}"
        );
    }
}

#[tokio::test]
async fn without_a_declared_length() {
    for (path, content_type, body) in posts() {
        let app = App::new();
        for end in 0..body.len() {
            let answer = app.post(path, content_type, &body[..end]).await;
            // A page that says that it is being checked is not the order's.
            let is_told = answer.is_success() && answer.status != 202;
            assert!(!is_told, "{path} {end}: {answer:?}");
        }
        assert_eq!(app.shop.counts().1, 0, "{path}");
        assert_eq!(
            app.post(path, content_type, &body).await.status,
            200,
            "{path}"
        );
    }
}
