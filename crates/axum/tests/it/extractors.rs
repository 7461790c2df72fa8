//! The extractors fail closed, and repeat nothing of a post.

use std::net::IpAddr;

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use haso_bnpl::Unverified;
use haso_bnpl::callbacks::{LimitCallback, LimitOk, OrderCallback, OrderFail, OrderOk};
use haso_bnpl::testing::{CONTENT_TYPE, OrderPost};
use http::{Method, Request};
use kervan_axum::param::CardCheckPost;
use kervan_axum::{Callback, Fault, Peer, Posted, Refusal, Sender};
use param_marketplace::payments::callback::{ModelCallback, PayCallback};
use param_marketplace::payments::testing::PayForm;
use tower::ServiceExt as _;

use super::support::{Answered, App, completed, expected, request, settings, stored};

/// A value that no answer and no printed value repeats.
const PLANTED: &str = "s3ntinel";

/// Answers 200 to whatever the extractor lets through.
fn router<C: Callback>(app: &App) -> Router {
    let taken = |posted: Posted<C>| async move {
        let shown = format!("{:?}", posted.delivery);
        assert!(!shown.contains(PLANTED), "{shown}");
        posted
            .delivery
            .peer
            .map(|peer| peer.to_string())
            .unwrap_or_default()
    };
    Router::new().route("/", any(taken)).with_state(app.clone())
}

async fn sent<C: Callback>(request: Request<Body>) -> Answered {
    let app = App::new();
    Answered::of(router::<C>(&app).oneshot(request).await.unwrap()).await
}

async fn refuses_everything_else<C: Callback>(good: &[u8], content_type: &str) {
    let taken = sent::<C>(request("/", content_type, good)).await;
    assert_eq!(taken.status, 200, "{}", C::KIND);
    let large = vec![b'a'; C::MAX_BODY + 1];
    let planted = format!("<html>{PLANTED}</html>");
    let with_length = |length: &str| {
        let mut request = request("/", content_type, good);
        request
            .headers_mut()
            .insert("content-length", length.parse().unwrap());
        request
    };
    let two_lengths = || {
        let mut request = with_length(&good.len().to_string());
        let other = "5".parse().unwrap();
        request.headers_mut().append("content-length", other);
        request
    };
    let with_method = |method: Method| {
        let mut request = request("/", content_type, good);
        *request.method_mut() = method;
        request
    };
    let chunked = || {
        let parts = [Ok::<_, std::io::Error>(large.clone()), Ok(large.clone())];
        let body = Body::from_stream(futures(parts));
        Request::post("/")
            .header("content-type", content_type)
            .body(body)
            .unwrap()
    };
    let broken = || {
        let parts = [Ok(good.to_vec()), Err(std::io::Error::other(PLANTED))];
        let body = Body::from_stream(futures(parts));
        Request::post("/")
            .header("content-type", content_type)
            .body(body)
            .unwrap()
    };
    for (name, request, status) in [
        ("method", with_method(Method::GET), 405),
        ("put", with_method(Method::PUT), 405),
        ("large", request("/", content_type, &large), 413),
        ("declared large", with_length("99999999999"), 413),
        ("chunked large", chunked(), 413),
        (
            "shorter than declared",
            with_length(&(good.len() + 1).to_string()),
            400,
        ),
        (
            "longer than declared",
            with_length(&(good.len() - 1).to_string()),
            400,
        ),
        ("two lengths", two_lengths(), 400),
        ("no length", with_length("-1"), 400),
        ("broken off", broken(), 400),
        ("empty", request("/", content_type, b""), 400),
        ("page", request("/", "text/html", planted.as_bytes()), 0),
        (
            "zeros",
            request("/", content_type, &[0, 159, 146, 150, b'=']),
            0,
        ),
    ] {
        let answer = sent::<C>(request).await;
        let message = format!("{} {name}: {answer:?}", C::KIND);
        assert!(!answer.is_success() && answer.status < 500, "{message}");
        assert!(status == 0 || answer.status == status, "{message}");
        assert!(!answer.body.contains(PLANTED), "{message}");
        assert_eq!(answer.header("cache-control"), "no-store", "{message}");
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{message}"
        );
        let allow = if answer.status == 405 { "POST" } else { "" };
        assert_eq!(answer.header("allow"), allow, "{message}");
        let (kind, policy) = match C::SENDER {
            Sender::Server => ("text/plain; charset=utf-8", ""),
            Sender::Browser => (
                "text/html; charset=utf-8",
                "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
            ),
        };
        assert_eq!(answer.header("content-type"), kind, "{message}");
        assert_eq!(
            answer.header("content-security-policy"),
            policy,
            "{message}"
        );
    }
}

/// A stream of parts, without a library of streams.
fn futures<const N: usize>(
    parts: [Result<Vec<u8>, std::io::Error>; N],
) -> impl futures_core::Stream<Item = Result<Vec<u8>, std::io::Error>> + Send + 'static {
    struct Parts<const N: usize>(std::array::IntoIter<Result<Vec<u8>, std::io::Error>, N>);
    impl<const N: usize> futures_core::Stream for Parts<N> {
        type Item = Result<Vec<u8>, std::io::Error>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.next())
        }
    }
    Parts(parts.into_iter())
}

#[tokio::test]
async fn every_callback_refuses_everything_else() {
    let order = completed(&stored(), "TRX-1");
    let failed = OrderPost::failed(&stored().number, "H223").body();
    let limit = br#"{"Success":true,"Data":{"CustomerId":"5004","CustomerLimit":1000}}"#;
    let model = b"md=x&mdStatus=1&orderId=KV-1&islemGUID=a&islemHash=b";
    let paid = PayForm::paid(&expected(), "1").sign(&settings()).unwrap();
    let form = "application/x-www-form-urlencoded";
    refuses_everything_else::<Unverified<OrderCallback>>(&order, CONTENT_TYPE).await;
    refuses_everything_else::<Unverified<OrderOk>>(&order, CONTENT_TYPE).await;
    refuses_everything_else::<Unverified<OrderFail>>(&failed, CONTENT_TYPE).await;
    refuses_everything_else::<Unverified<LimitCallback>>(limit, "application/json").await;
    refuses_everything_else::<Unverified<LimitOk>>(limit, "application/json").await;
    refuses_everything_else::<PayCallback>(&paid, form).await;
    refuses_everything_else::<ModelCallback>(model, form).await;
    refuses_everything_else::<CardCheckPost>(b"KK_VERIFY_Sonuc=1&KK_VERIFY_Data1=a", form).await;
}

#[tokio::test]
async fn the_peer_is_known_where_a_layer_says_it() {
    let order = completed(&stored(), "TRX-1");
    let mut known = request("/", CONTENT_TYPE, &order);
    known
        .extensions_mut()
        .insert(Peer(IpAddr::from([203, 0, 113, 7])));
    assert_eq!(
        sent::<Unverified<OrderCallback>>(known).await.body,
        "203.0.113.7"
    );
    let unknown = request("/", CONTENT_TYPE, &order);
    assert_eq!(sent::<Unverified<OrderCallback>>(unknown).await.body, "");
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    struct Never;
    impl futures_core::Stream for Never {
        type Item = Result<Vec<u8>, std::io::Error>;
        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Pending
        }
    }
    let app = App::new();
    let body = Body::from_stream(Never);
    let request = Request::post("/").body(body).unwrap();
    let answer = tokio::spawn(router::<PayCallback>(&app).oneshot(request));
    while app.shop.host.next_wake().is_none() {
        tokio::task::yield_now().await;
    }
    app.shop.host.advance(std::time::Duration::from_secs(31));
    assert_eq!(answer.await.unwrap().unwrap().status(), 408);
}

#[tokio::test]
async fn a_handler_can_show_a_page_of_its_own() {
    let own = |posted: Result<Posted<PayCallback>, Refusal>| async move {
        posted.map_or_else(|refusal| refusal.fault().to_string(), |_| String::new())
    };
    let app = App::new();
    let router = Router::new().route("/", any(own)).with_state(app);
    let request = request("/", "application/x-www-form-urlencoded", b"a=b");
    let answer = Answered::of(router.oneshot(request).await.unwrap()).await;
    assert_eq!(answer.body, Fault::Unreadable("missing").to_string());
}
