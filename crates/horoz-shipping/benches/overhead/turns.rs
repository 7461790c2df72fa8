//! The same call by bare hyper, by bare reqwest, and by a client, in turns.

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
use kervan_core::transport::ReqwestTransport;
use kervan_core::{Config, HttpRequest, Limits, Transport};

use crate::stats::{Table, percentile, show};

const ROUNDS: usize = 7;
const CALLS_A_ROUND: usize = 3_000;

/// A request as bytes that nobody has to build again.
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

/// One way to make the call.
#[derive(Clone)]
pub(crate) struct Caller {
    name: &'static str,
    call: Call,
}

impl Caller {
    /// hyper's pooling client with prebuilt bytes; the answer is read to its end.
    pub(crate) fn hyper(bare: Arc<Bare>) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client: HyperClient<_, Full<Bytes>> =
            HyperClient::builder(TokioExecutor::new()).build(connector);
        let call: Call = Arc::new(move || {
            let mut request = hyper::Request::post(&bare.url);
            for (name, value) in &bare.headers {
                request = request.header(*name, value);
            }
            let request = request.body(Full::new(bare.body.clone())).unwrap();
            let sent = client.request(request);
            Box::pin(async move {
                sent.await.unwrap().into_body().collect().await.unwrap();
            })
        });
        Self {
            name: "hyper, prebuilt bytes",
            call,
        }
    }

    /// reqwest with prebuilt bytes and the client's own settings; the answer is read to its end.
    pub(crate) fn reqwest(bare: Arc<Bare>) -> Self {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .tcp_nodelay(true)
            .build()
            .unwrap();
        let call: Call = Arc::new(move || {
            let mut request = client.post(&bare.url).timeout(Duration::from_secs(30));
            for (name, value) in &bare.headers {
                request = request.header(*name, value);
            }
            let sent = request.body(bare.body.clone()).send();
            Box::pin(async move {
                sent.await.unwrap().bytes().await.unwrap();
            })
        });
        Self {
            name: "reqwest, prebuilt bytes",
            call,
        }
    }

    /// The client's own transport with a request that nobody has to build again; the answer is
    /// read to its end.
    pub(crate) fn transport(request: HttpRequest) -> Self {
        let config = Config::default();
        let transport = Arc::new(ReqwestTransport::new(&config).unwrap());
        let limits = Limits::new(config.timeout, config.max_body_bytes);
        let request = Arc::new(request);
        let call: Call = Arc::new(move || {
            let (transport, request) = (Arc::clone(&transport), Arc::clone(&request));
            Box::pin(async move {
                transport.send(&request, limits).await.unwrap();
            })
        });
        Self {
            name: "our transport, prebuilt bytes",
            call,
        }
    }

    /// Any other way.
    pub(crate) fn new<F>(name: &'static str, call: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let call: Call = Arc::new(move || Box::pin(call()));
        Self { name, call }
    }
}

/// Times of one caller over all rounds.
#[derive(Default)]
struct Times {
    calls: Vec<Duration>,
    rounds: Vec<Duration>,
}

/// Measures every caller in turns and shows them beside each other.
pub(crate) fn compare(title: &str, callers: &[Caller], at_once: usize) -> Table {
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
                times.calls.extend(round(caller, at_once).await);
                times.rounds.push(started.elapsed());
            }
        }
    });
    let mut table = Table::new([title, "median", "99 %", "calls/s", "median against reqwest"]);
    let reqwest = percentile(&mut times[1].calls, 50);
    for (caller, times) in callers.iter().zip(&mut times) {
        let median = percentile(&mut times.calls, 50);
        let seconds = percentile(&mut times.rounds, 50).as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a few thousand calls")]
        let a_second = CALLS_A_ROUND as f64 / seconds;
        let ratio = median.as_secs_f64() / reqwest.as_secs_f64();
        table.row([
            caller.name.to_owned(),
            show(median),
            show(percentile(&mut times.calls, 99)),
            format!("{a_second:.0}"),
            format!("{ratio:.2}"),
        ]);
    }
    table
}

/// One round: so many calls, so many of them at once.
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
