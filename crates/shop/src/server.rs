//! The HTTP server: routes, headers of every page, and who may post.

use std::fmt;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clients::{Clients, Outside};
use crate::failure::Failure;
use crate::pages::{self, Words};
use crate::posts::Posts;
use crate::settings::Settings;
use crate::shop::Shop;
use crate::store::{Store, is_address};
use crate::{desk, haso, orders, parcels, payments, sellers, shares, tracking};

/// The state of the handlers.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) shop: Arc<Shop>,
    pub(crate) posts: Posts,
}

impl FromRef<App> for Arc<Shop> {
    fn from_ref(app: &App) -> Self {
        Self::clone(&app.shop)
    }
}

/// The reason why the shop cannot begin, in one sentence.
#[derive(Clone, Debug)]
pub struct StartError(String);

impl StartError {
    pub(crate) fn new(what: &str, why: &(impl fmt::Display + ?Sized)) -> Self {
        Self(format!("{what}: {why}"))
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

/// A shop that answers requests. Its tasks end with the runtime that it was started on.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    server: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// Returns the shop's address.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits for Ctrl-C, or for SIGTERM where the system has it.
    pub async fn until_told_to_end(self) {
        let told = async {
            #[cfg(unix)]
            if let Ok(mut end) =
                tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
            {
                tokio::select! {
                    _ = tokio::signal::ctrl_c() => {}
                    _ = end.recv() => {}
                }
                return;
            }
            let _ = tokio::signal::ctrl_c().await;
        };
        tokio::select! {
            () = told => {}
            _ = self.server => {}
        }
    }
}

/// Starts a shop: opens its database, asks the sandbox for its logins, and goes on with what an earlier run
/// has left open.
///
/// # Errors
///
/// [`StartError`] when the port is taken, no sandbox answers, or the database cannot be used.
pub async fn start(settings: &Settings, outside: Outside) -> Result<Running, StartError> {
    let listener = TcpListener::bind(settings.address).await;
    let listener = listener.map_err(|error| {
        let address = settings.address;
        let why = if error.kind() == ErrorKind::AddrInUse {
            format!("{address} is taken; SHOP_ADDRESS chooses another one, such as 127.0.0.1:3001")
        } else {
            format!("{address} cannot be used: {error}")
        };
        StartError::new("SHOP_ADDRESS", &why)
    })?;
    let address = listener
        .local_addr()
        .map_err(|error| StartError::new("SHOP_ADDRESS", &error))?;
    let database = |error: &dyn fmt::Display| {
        // An address may hold a password.
        let name = if is_address(&settings.database) {
            "this PostgreSQL database"
        } else {
            &settings.database
        };
        StartError::new("SHOP_DATABASE", &format!("{name} cannot be used: {error}"))
    };
    let store = Store::open(&settings.database, outside.host.random()).await;
    let store = store.map_err(|error| database(&error))?;
    let clients = Clients::build(settings, &outside).await?;
    let origin = format!("http://{address}");
    let shop = Shop::new(store, clients, &outside, origin);
    let shop = Arc::new(shop.map_err(|error| database(&error))?);
    shop.wake().await.map_err(|error| database(&error))?;
    shop.start_workers();
    shop.start_watchers();
    tokio::spawn(Arc::clone(&shop).go_on());
    let posts = Posts::new(&shop);
    tokio::spawn(posts.clone().take_up(Arc::clone(&shop)));
    let service = routes(App { shop, posts }).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });
    Ok(Running { address, server })
}

fn routes(app: App) -> Router {
    Router::new()
        .route("/", get(orders::front))
        .route("/orders", post(orders::create))
        .route("/orders/{id}", get(orders::show))
        .route("/orders/{id}/pay", post(payments::pay))
        .route("/orders/{id}/check", post(payments::check))
        .route("/orders/{id}/split", post(shares::split))
        .route("/orders/{id}/approve", post(shares::approve))
        .route("/orders/{id}/refund", post(shares::refund))
        .route("/orders/{id}/horoz", post(parcels::order))
        .route("/orders/{id}/aras", post(parcels::note))
        .route("/orders/{id}/track", post(tracking::track))
        .route("/orders/{id}/haso", post(haso::begin))
        .route("/orders/{id}/haso-refund", post(haso::refund))
        .route("/orders/{id}/leave-haso", post(haso::leave))
        .route("/haso/{secret}/{kind}", post(haso::arrive))
        .route("/payment/{secret}", post(payments::back))
        .route("/sellers", get(sellers::show).post(sellers::add))
        .route("/products", post(sellers::add_product))
        .route("/desk", get(desk::show))
        .route("/desk/ask", post(desk::ask))
        .route("/desk/resolve", post(desk::resolve))
        .fallback(|| async { Failure::NotFound })
        .layer(from_fn_with_state(Arc::clone(&app.shop), guard))
        .layer(DefaultBodyLimit::max(256 << 10))
        .with_state(app)
}

/// Returns host and port to which a request is addressed.
fn host(request: &Request) -> Option<&str> {
    let header = request.headers().get(header::HOST);
    let header = header.and_then(|value| value.to_str().ok());
    header.or_else(|| Some(request.uri().authority()?.as_str()))
}

/// Returns whether a host is this machine, by a name that no other site's name server can give out, or the
/// host of the shop's own address.
fn is_own_host(shop: &Shop, host: &str) -> bool {
    let own = shop.origin.strip_prefix("http://");
    if own == Some(host) {
        return true;
    }
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority.host();
    let is_shops = own.and_then(|own| own.parse::<SocketAddr>().ok());
    let address = name.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<IpAddr>() {
        Ok(ip) => ip.is_loopback() || is_shops.is_some_and(|own| own.ip() == ip),
        Err(_) => name.eq_ignore_ascii_case("localhost"),
    }
}

/// Returns whether a post is of the shop's own page, or of a program that is no browser.
fn is_own_post(host: Option<&str>, headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    match (site, headers.get(header::ORIGIN)) {
        (Some(site), _) => matches!(site, b"same-origin" | b"none"),
        (None, None) => true,
        // An older browser names the page's site only.
        (None, Some(origin)) => {
            let origin = origin.to_str().ok();
            let origin = origin.and_then(|origin| origin.strip_prefix("http://"));
            origin.is_some_and(|own| host.is_some_and(|host| own.eq_ignore_ascii_case(host)))
        }
    }
}

/// Returns what a response has failed by: a failure of the shop, or a refusal of the HTTP library, whose own
/// text leads nowhere.
fn failure(response: &Response, (is_post, is_answer): (bool, bool)) -> Option<Arc<Failure>> {
    let own = response.extensions().get::<Arc<Failure>>().map(Arc::clone);
    let status = response.status();
    if status == StatusCode::BAD_REQUEST && !is_post {
        return own.or_else(|| Some(Arc::new(Failure::NotFound)));
    }
    let is_refused = !is_answer && (status.is_client_error() || status.is_server_error());
    own.or_else(|| is_refused.then(|| Arc::new(Failure::NotTaken(status))))
}

/// Answers to its own hosts only, keeps posts of other sites away from the shop's own forms, makes the pages of failures, and sets the headers
/// of every page that has none of its own.
async fn guard(State(shop): State<Arc<Shop>>, request: Request, next: Next) -> Response {
    let words = Words::of(&request);
    let path = request.uri().path().to_owned();
    let is_from_outside = ["/payment/", "/haso/"]
        .iter()
        .any(|own| path.starts_with(own));
    let (host, headers) = (host(&request), request.headers());
    let is_post = request.method() == Method::POST;
    let mut response = if !host.is_some_and(|host| is_own_host(&shop, host)) {
        Failure::NotHere(shop.origin.clone()).into_response()
    } else if is_post && !is_from_outside && !is_own_post(host, headers) {
        Failure::Foreign.into_response()
    } else {
        next.run(request).await
    };
    // A provider's server reads the plain answer to its post.
    let is_answer = is_post && path.starts_with("/haso/");
    if let Some(failure) = failure(&response, (is_post, is_answer)) {
        response = pages::of_failure(words, &path, &failure);
    }
    let headers = response.headers_mut();
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let policy = pages::policy(&shop.clients.origins);
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        let name = HeaderName::from_static(name);
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}
