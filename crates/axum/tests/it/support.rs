//! A shop of the tests: its state, its routes, and a store that fails when told.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aras_tracking::push::Push;
use aras_tracking::{Password, UserName};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{FromRef, Path, Request, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::any;
use haso_bnpl::callbacks::OrderCallback;
use haso_bnpl::testing::OrderPost;
use haso_bnpl::{
    Item, Money, Quirks, ResultUrls, Shopper, StartOrder, StoredOrder, TransactionCode, Unverified,
};
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt as _;
use kervan_axum::aras::PushService;
use kervan_axum::{Arrived, HostClock, Intake, Landing, Mailbox, Verdict};
use kervan_core::transport::BoxFuture;
use kervan_ledger::{
    Account, Applied, ContentsKey, Inbox, Listed, MemoryStore, Post, PostStore, StoreError,
    StoreErrorKind,
};
use kervan_testing::MovableHost;
use param_marketplace::payments::callback::{ExpectedPayment, PayCallback};
use param_marketplace::{Client, Credentials, Environment, MarketplaceKey, MerchantKey, Settings};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

/// The unguessable part of the addresses.
pub(crate) const SECRET: &str = "7f3a9c51";
pub(crate) const CALLBACK: &str = "/haso/7f3a9c51/callback";
pub(crate) const OK: &str = "/haso/7f3a9c51/ok";
pub(crate) const RETURN: &str = "/payment/return";
pub(crate) const PUSH: &str = "/push";
pub(crate) const REFERENCE: &str = "order 17";

/// A store in memory that cannot be reached when told so.
#[derive(Default)]
pub(crate) struct Flaky {
    pub(crate) memory: MemoryStore,
    pub(crate) is_gone: AtomicBool,
    pub(crate) refuses_to_apply: AtomicBool,
    /// How many are being stored, and wait for the gate.
    pub(crate) storing: AtomicUsize,
    pub(crate) gate: Option<Semaphore>,
}

impl Flaky {
    fn check(&self, failing: &AtomicBool) -> Result<(), StoreError> {
        let fails = self.is_gone.load(Ordering::SeqCst) || failing.load(Ordering::SeqCst);
        if fails {
            return Err(StoreError::new(StoreErrorKind::Gone));
        }
        Ok(())
    }
}

impl PostStore for Flaky {
    type Along = Box<dyn FnOnce() + Send>;

    fn receive<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<Post, StoreError>> {
        Box::pin(async move {
            self.check(&self.is_gone)?;
            self.storing.fetch_add(1, Ordering::SeqCst);
            if let Some(gate) = &self.gate {
                gate.acquire().await.unwrap().forget();
            }
            self.memory.receive(post).await
        })
    }

    fn apply<'a>(
        &'a self,
        post: &'a Post,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Applied, StoreError>> {
        Box::pin(async move {
            self.check(&self.refuses_to_apply)?;
            PostStore::apply(&self.memory, post, along).await
        })
    }

    fn reject<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.check(&self.is_gone)?;
            self.memory.reject(post).await
        })
    }

    fn waiting(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Post>>, StoreError>> {
        Box::pin(async move {
            self.check(&self.is_gone)?;
            self.memory.waiting(after, at_most).await
        })
    }

    fn forget(&self, before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        Box::pin(async move { PostStore::forget(&self.memory, before).await })
    }
}

/// A count of effects, and the change that counts one.
#[derive(Clone, Default)]
pub(crate) struct Effects(Arc<AtomicUsize>);

impl Effects {
    pub(crate) fn one(&self) -> Box<dyn FnOnce() + Send> {
        let count = Arc::clone(&self.0);
        Box::new(move || {
            count.fetch_add(1, Ordering::SeqCst);
        })
    }

    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// The shop's own database, as far as the tests need one.
pub(crate) struct Shop {
    pub(crate) host: MovableHost,
    pub(crate) store: Arc<Flaky>,
    /// Whether the answer of the shop's own call is stored.
    pub(crate) knows_the_order: AtomicBool,
    /// Whether the shop's function panics.
    pub(crate) panics: AtomicBool,
    /// How often the shop's function has begun.
    pub(crate) runs: AtomicUsize,
    /// How often the consequences were stored.
    pub(crate) effects: Effects,
    /// How many claims were noted for the staff.
    pub(crate) notes: Effects,
    /// How many handlers were dropped before their end.
    pub(crate) dropped: AtomicUsize,
    /// How many runs may go on.
    pub(crate) gate: Semaphore,
    /// The errors of the store that were reported.
    pub(crate) reported: Arc<Mutex<Vec<StoreErrorKind>>>,
}

#[derive(Clone)]
pub(crate) struct App {
    pub(crate) shop: Arc<Shop>,
    pub(crate) orders: Intake<Unverified<OrderCallback>, Flaky>,
    pub(crate) payments: Intake<PayCallback, Flaky>,
    pub(crate) pushes: Intake<Push, Flaky>,
}

impl FromRef<App> for HostClock {
    fn from_ref(app: &App) -> Self {
        Self::new(app.shop.host.clone())
    }
}

impl FromRef<App> for PushService {
    fn from_ref(_: &App) -> Self {
        service()
    }
}

pub(crate) fn service() -> PushService {
    let (user_name, password) = login();
    PushService::new(user_name, password, "http://shop.example/")
}

pub(crate) fn login() -> (UserName, Password) {
    (UserName::new("carrier"), Password::new("s3ntinel"))
}

pub(crate) fn mailbox<S: PostStore>(
    store: Arc<S>,
    host: &MovableHost,
    provider: &str,
) -> Mailbox<S> {
    let account = Account {
        provider: provider.to_owned(),
        merchant: "test".to_owned(),
    };
    let inbox = Inbox::new(store, host.clone(), ContentsKey::new([7; 32]));
    Mailbox::new(inbox, account, host.clone())
}

impl Shop {
    /// Counts a run, and waits where a test holds it.
    async fn begin(&self) {
        self.runs.fetch_add(1, Ordering::SeqCst);
        self.gate.acquire().await.unwrap().forget();
        self.gate.add_permits(1);
        assert!(!self.panics.load(Ordering::SeqCst), "told so");
    }

    async fn haso(&self, post: Arrived<Unverified<OrderCallback>, Flaky>) -> Verdict {
        self.begin().await;
        assert_eq!(post.reference(), Some(REFERENCE));
        if !self.knows_the_order.load(Ordering::SeqCst) {
            return post.unknown(Duration::from_secs(3600)).await;
        }
        match post.verify(|post| post.confirm(&stored(), &Quirks::default())) {
            Ok(order) => order.apply(Some(self.effects.one())).await,
            Err(refused) => refused.settle(Some(self.notes.one())).await,
        }
    }

    async fn param(&self, post: Arrived<PayCallback, Flaky>) -> Verdict {
        self.begin().await;
        let is_known = self.knows_the_order.load(Ordering::SeqCst);
        if !is_known || *post.claim().key() != expected().key {
            return post.unknown(Duration::from_secs(3600)).await;
        }
        match post.verify(|form| form.verify(&settings(), &expected())) {
            Ok(result) => result.apply(Some(self.effects.one())).await,
            Err(refused) => refused.settle(None).await,
        }
    }

    async fn aras(&self, post: Arrived<Push, Flaky>) -> Verdict {
        self.begin().await;
        match post.verify(|push| service().verify(push)) {
            Ok(push) => push.apply(Some(self.effects.one())).await,
            Err(refused) => refused.settle(None).await,
        }
    }

    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.runs.load(Ordering::SeqCst), self.effects.count())
    }
}

impl App {
    /// Returns the posts from which nothing followed yet.
    pub(crate) async fn waiting(&self) -> Vec<Post> {
        let waiting = self.shop.store.memory.waiting(0, 9).await.unwrap();
        waiting.into_iter().map(Result::unwrap).collect()
    }

    pub(crate) fn new() -> Self {
        Self::over(Flaky::default())
    }

    pub(crate) fn over(store: Flaky) -> Self {
        let host = MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000));
        let store = Arc::new(store);
        let shop = Arc::new(Shop {
            host: host.clone(),
            store: Arc::clone(&store),
            knows_the_order: AtomicBool::new(true),
            panics: AtomicBool::new(false),
            runs: AtomicUsize::new(0),
            effects: Effects::default(),
            notes: Effects::default(),
            dropped: AtomicUsize::new(0),
            gate: Semaphore::new(1),
            reported: Arc::default(),
        });
        let mailbox = |provider| {
            let reported = Arc::clone(&shop.reported);
            let mailbox = mailbox(Arc::clone(&store), &host, provider);
            mailbox.report(move |error| reported.lock().unwrap().push(error.kind()))
        };
        let of = || Arc::clone(&shop);
        let (one, two, three) = (of(), of(), of());
        let orders = Intake::new(mailbox("haso"), move |post| {
            let shop = Arc::clone(&one);
            async move { shop.haso(post).await }
        });
        let payments = Intake::new(mailbox("param"), move |post| {
            let shop = Arc::clone(&two);
            async move { shop.param(post).await }
        });
        let pushes = Intake::new(mailbox("aras"), move |post| {
            let shop = Arc::clone(&three);
            async move { shop.aras(post).await }
        });
        Self {
            shop,
            orders,
            payments,
            pushes,
        }
    }

    pub(crate) fn router(&self) -> Router {
        Router::new()
            .route("/haso/{secret}/callback", any(callback))
            .route("/haso/{secret}/ok", any(ok))
            .route(RETURN, any(back))
            .route(PUSH, any(pushed))
            .with_state(self.clone())
    }

    pub(crate) async fn send(&self, request: http::Request<Body>) -> Answered {
        Answered::of(self.router().oneshot(request).await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, content_type: &str, body: &[u8]) -> Answered {
        self.send(request(path, content_type, body)).await
    }

    /// Serves the application on a free port.
    pub(crate) async fn served(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = self.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    /// Closes the gate, so that runs of the shop's function wait.
    pub(crate) fn hold(&self) {
        self.shop.gate.try_acquire().unwrap().forget();
    }

    pub(crate) fn let_go(&self) {
        self.shop.gate.add_permits(1);
    }

    /// Waits until something is so.
    #[expect(
        clippy::disallowed_methods,
        reason = "the time of the test itself, not of the shop"
    )]
    pub(crate) async fn until(&self, is_so: impl Fn(&Shop) -> bool) {
        let waits = async {
            while !is_so(&self.shop) {
                tokio::task::yield_now().await;
            }
        };
        let timer = tokio::time::timeout(Duration::from_secs(20), waits);
        assert!(timer.await.is_ok(), "it never is so");
    }
}

/// Counts a handler that is dropped before its end.
struct Ending<'s>(Option<&'s Shop>);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        if let Some(shop) = self.0 {
            shop.dropped.fetch_add(1, Ordering::SeqCst);
        }
    }
}

async fn callback(
    State(app): State<App>,
    Path(secret): Path<String>,
    request: Request,
) -> Response {
    if secret != SECRET {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut ending = Ending(Some(&app.shop));
    let response = app.orders.from_server(request, Some(REFERENCE)).await;
    ending.0 = None;
    response
}

async fn ok(State(app): State<App>, Path(secret): Path<String>, request: Request) -> Response {
    if secret != SECRET {
        return StatusCode::NOT_FOUND.into_response();
    }
    page(
        app.orders
            .from_browser(request, Some(REFERENCE))
            .await
            .landing,
    )
}

async fn back(State(app): State<App>, request: Request) -> Response {
    page(app.payments.from_browser(request, None).await.landing)
}

async fn pushed(State(app): State<App>, request: Request) -> Response {
    app.pushes.from_server_as(&service(), request, None).await
}

/// The page of a person. Its status tells the tests which one it is.
fn page(landing: Landing) -> Response {
    let (status, text) = match landing {
        Landing::Applied => (StatusCode::OK, "your order"),
        Landing::Open => (StatusCode::ACCEPTED, "we are checking"),
        Landing::Refused => (StatusCode::FORBIDDEN, "not believed"),
        Landing::Unreadable(refusal) => return refusal.into_response(),
        _ => (StatusCode::NOT_IMPLEMENTED, "?"),
    };
    (status, Html(text)).into_response()
}

/// An answer as the sender sees it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answered {
    pub(crate) async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body: Bytes = body.collect().await.unwrap().to_bytes();
        Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str().unwrap());
        value.unwrap_or_default()
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

pub(crate) fn request(path: &str, content_type: &str, body: &[u8]) -> http::Request<Body> {
    http::Request::post(path)
        .header("content-type", content_type)
        .body(Body::from(body.to_vec()))
        .unwrap()
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

pub(crate) fn stored() -> StoredOrder {
    StoredOrder::open("1905231436-1", money("500.00"))
}

/// The order as it is sent to HASO, with the addresses of a shop at an origin.
pub(crate) fn order(origin: &str) -> StartOrder {
    let url = |name| format!("{origin}/haso/{SECRET}/{name}");
    let urls = ResultUrls::new(url("callback"));
    let urls = urls.ok(url("ok")).fail(url("fail"));
    let shopper = Shopper::new()
        .name("Nilüfer")
        .surname("Örnek")
        .mobile("5550000000")
        .email("deneme@example.com")
        .identity_number("10000000146");
    let item = Item::new("SKU-1", 1, money("500.00")).name("Lamba");
    StartOrder::new("1905231436-1", money("500.00"), urls, shopper).item(item)
}

/// The post of a completed order of HASO.
pub(crate) fn completed(order: &StoredOrder, transaction: &str) -> Vec<u8> {
    let transaction = TransactionCode::from(transaction);
    OrderPost::completed(order, &transaction, &Quirks::default()).body()
}

pub(crate) fn settings() -> Settings {
    let login = Credentials::published_test_account();
    let keys = (
        MarketplaceKey::new("ETS_GUID"),
        MerchantKey::new("0c13d406-873b-403b-9c09-a5766840d98c"),
    );
    let builder = Client::builder(&Environment::Test, login, keys.0, keys.1).unwrap();
    builder.settings().clone()
}

pub(crate) fn expected() -> ExpectedPayment {
    ExpectedPayment::new("KV-1", "KV-1-1", money("100.00"))
}
