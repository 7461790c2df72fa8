//! The same call by bare hyper, by bare reqwest, and by a client, in turns.
//!
//! Each ratio compares with the bare reqwest that treats its connections in the same way: kept ones with
//! kept ones, fresh ones with fresh ones.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures")]

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kervan_core::{Config, HttpRequest, Limits, Transport};
use kervan_reqwest::ReqwestTransport;

use crate::stats::{Table, percentile, show};

const ROUNDS: usize = 21;
const CALLS_A_ROUND: usize = 1_000;

/// A request as prebuilt bytes.
pub(crate) struct Bare {
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
}

impl Bare {
    pub(crate) fn new(request: &HttpRequest) -> Self {
        let headers = request.headers.iter();
        Self {
            url: request.url.as_str().to_owned(),
            headers: headers
                .map(|(name, value)| (*name, value.expose().to_owned()))
                .collect(),
            body: Bytes::from(request.body.clone()),
        }
    }
}

type Call = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// How a caller treats its connections.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Connections {
    /// They are kept, and carry one call after the other.
    Kept,
    /// Each call opens one.
    Fresh,
}

/// Ratios to bare reqwest that are aimed at.
#[derive(Clone, Copy)]
pub(crate) struct Aims {
    /// With one call at a time.
    pub(crate) alone: f64,
    /// With 64 calls at once.
    pub(crate) crowded: f64,
}

/// One way to make the call.
pub(crate) struct Caller {
    name: &'static str,
    connections: Connections,
    /// Whether the others are compared with it.
    is_base: bool,
    aims: Option<Aims>,
    call: Call,
}

impl Caller {
    /// Creates a caller by hyper's pooling client with prebuilt bytes; the answer is read to its end.
    pub(crate) fn hyper(bare: Arc<Bare>) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client: HyperClient<_, Full<Bytes>> =
            HyperClient::builder(TokioExecutor::new()).build(connector);
        let call = move || {
            let mut request = hyper::Request::post(&bare.url);
            for (name, value) in &bare.headers {
                request = request.header(*name, value);
            }
            let request = request.body(Full::new(bare.body.clone())).unwrap();
            let sent = client.request(request);
            async move {
                sent.await.unwrap().into_body().collect().await.unwrap();
            }
        };
        Self::new("hyper, prebuilt bytes", Connections::Kept, call)
    }

    /// Creates a caller by reqwest with prebuilt bytes and the settings of the client's own transport. A call
    /// has a time limit, as the client's calls have, and its answer is read to its end.
    pub(crate) fn reqwest(bare: Arc<Bare>, connections: Connections) -> Self {
        let config = Config::default();
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .tcp_nodelay(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .connect_timeout(config.connect_timeout)
            .no_proxy();
        let mut name = "reqwest, prebuilt bytes, kept";
        if connections == Connections::Fresh {
            name = "reqwest, prebuilt bytes, fresh";
            builder = builder.pool_max_idle_per_host(0);
        }
        let client = builder.build().unwrap();
        let call = move || {
            let mut request = client.post(&bare.url).timeout(config.timeout);
            for (name, value) in &bare.headers {
                request = request.header(*name, value);
            }
            let sent = request.body(bare.body.clone()).send();
            async move {
                sent.await.unwrap().bytes().await.unwrap();
            }
        };
        Self {
            is_base: true,
            ..Self::new(name, connections, call)
        }
    }

    /// Creates a caller by the client's own transport with a prebuilt request; the answer is read to its end.
    pub(crate) fn transport(request: HttpRequest) -> Self {
        let config = Config::default();
        let transport = Arc::new(ReqwestTransport::new(&config).unwrap());
        let limits = Limits::new(config.timeout, config.max_body_bytes);
        let request = Arc::new(request);
        let name = "our transport, prebuilt bytes, kept";
        Self::new(name, Connections::Kept, move || {
            let (transport, request) = (Arc::clone(&transport), Arc::clone(&request));
            async move {
                transport.send(&request, limits).await.unwrap();
            }
        })
    }

    /// Creates a caller of any other way.
    pub(crate) fn new<F>(
        name: &'static str,
        connections: Connections,
        call: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self {
            name,
            connections,
            is_base: false,
            aims: None,
            call: Arc::new(move || Box::pin(call())),
        }
    }

    /// Sets the ratios that are aimed at.
    pub(crate) fn aiming(self, aims: Aims) -> Self {
        Self {
            aims: Some(aims),
            ..self
        }
    }
}

/// Times of one caller over all rounds.
#[derive(Default)]
struct Times {
    calls: Vec<Duration>,
    /// Calls a second of each round.
    paces: Vec<f64>,
}

/// Measures every caller in turns, with one call at a time and with 64 at once, and prints them beside
/// each other.
pub(crate) fn compare(callers: &[Caller]) {
    let alone = |aims: Aims| aims.alone;
    let crowded = |aims: Aims| aims.crowded;
    println!("{}", compare_at("one at a time", callers, 1, alone));
    println!("{}", compare_at("64 at once", callers, 64, crowded));
}

fn compare_at(title: &str, callers: &[Caller], at_once: usize, aim: fn(Aims) -> f64) -> Table {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut times: Vec<Times> = callers.iter().map(|_| Times::default()).collect();
    runtime.block_on(async {
        for caller in callers {
            round(caller, at_once).await;
        }
        for _ in 0..ROUNDS {
            for (caller, times) in callers.iter().zip(&mut times) {
                let started = Instant::now();
                let calls = round(caller, at_once).await;
                #[expect(clippy::cast_precision_loss, reason = "a thousand calls")]
                let pace = calls.len() as f64 / started.elapsed().as_secs_f64();
                times.paces.push(pace);
                times.calls.extend(calls);
            }
        }
    });
    let mut table = Table::new([title, "median", "99 %", "calls/s", "to reqwest", "aim"]);
    let medians: Vec<_> = times
        .iter_mut()
        .map(|times| percentile(&mut times.calls, 50))
        .collect();
    for (at, caller) in callers.iter().enumerate() {
        let base = callers
            .iter()
            .position(|base| base.is_base && base.connections == caller.connections)
            .unwrap();
        let ratio = medians[at].as_secs_f64() / medians[base].as_secs_f64();
        let times = &mut times[at];
        times.paces.sort_by(f64::total_cmp);
        let aim = caller.aims.map(|aims| format!("{:.2}", aim(aims)));
        table.row([
            caller.name.to_owned(),
            show(medians[at]),
            show(percentile(&mut times.calls, 99)),
            format!("{:.0}", times.paces[ROUNDS / 2]),
            format!("{ratio:.2}"),
            aim.unwrap_or_default(),
        ]);
    }
    table
}

/// Makes one round of calls, up to `at_once` of them at a time, and returns their times.
async fn round(caller: &Caller, at_once: usize) -> Vec<Duration> {
    let tasks: Vec<_> = (0..at_once)
        .map(|_| {
            let call = Arc::clone(&caller.call);
            tokio::spawn(async move {
                let mut times = Vec::with_capacity(CALLS_A_ROUND / at_once + 1);
                for _ in 0..CALLS_A_ROUND / at_once {
                    let started = Instant::now();
                    call().await;
                    times.push(started.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::with_capacity(CALLS_A_ROUND);
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    times
}
