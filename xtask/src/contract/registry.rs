//! Every operation that the contract tests know. Adding one is one line in its provider's module.

mod aras;
mod haso;
mod horoz;
mod param;

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use fixtures::case::Case;
use fixtures::json::Node;
use kervan_core::host::SystemHost;
use kervan_core::transport::{BoxFuture, ReqwestTransport};
use kervan_core::{BaseUrl, Caller, Config, Error, Host, Operation, Retry, Settings};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Every operation.
pub(crate) fn all() -> Vec<Entry> {
    [
        horoz::entries(),
        param::entries(),
        aras::entries(),
        haso::entries(),
    ]
    .concat()
}

/// One operation: its folder in the fixtures, and how a case of it is made to happen.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) provider: &'static str,
    pub(crate) operation: &'static str,
    /// The result codes that the provider documents; each needs a case.
    pub(crate) codes: Vec<&'static str>,
    pub(crate) action: Action,
}

/// How a case is made to happen.
#[derive(Clone, Copy)]
pub(crate) enum Action {
    /// A call over HTTP to this base address; gives the outcome.
    Call(CallFn),
    /// A link, a callback or a page that is read; nothing is sent. Gives the outcome.
    Read(ReadFn),
}

type CallFn =
    for<'a> fn(&'a Case, &'a str) -> Pin<Box<dyn Future<Output = Result<Value, String>> + 'a>>;

type ReadFn = fn(&Case) -> Result<Value, String>;

/// Builds a provider's client as a user would, from the settings of a case.
trait Harness {
    const PROVIDER: &'static str;
    type Settings: Settings;

    fn caller(
        base: BaseUrl,
        wiring: Wiring,
        settings: toml::Table,
    ) -> Result<Caller<Self::Settings>, String>;
}

/// What a client of a case is built on: limits, real sockets, and the day of the case.
struct Wiring {
    config: Config,
    transport: ReqwestTransport,
    host: CaseHost,
}

impl Wiring {
    fn new(config: Config, settings: &mut toml::Table) -> Result<Self, String> {
        Ok(Self {
            config,
            transport: SOCKETS.clone()?,
            host: CaseHost::of(settings)?,
        })
    }
}

/// One HTTP client for all cases: each of its own would read the system's certificates again.
static SOCKETS: LazyLock<Result<ReqwestTransport, String>> =
    LazyLock::new(|| ReqwestTransport::new(&Config::default()).map_err(|error| error.to_string()));

/// The host of this machine, whose wall clock may stand at noon of a day.
struct CaseHost {
    machine: SystemHost,
    day: Option<SystemTime>,
}

impl Host for CaseHost {
    fn now(&self) -> SystemTime {
        self.day.unwrap_or_else(|| self.machine.now())
    }

    fn steady(&self) -> Duration {
        self.machine.steady()
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        self.machine.sleep(pause)
    }

    fn random(&self) -> u64 {
        self.machine.random()
    }
}

impl CaseHost {
    /// A host on the day that a case names as `today`.
    fn of(settings: &mut toml::Table) -> Result<Self, String> {
        let day = match settings.remove("today") {
            None => None,
            Some(toml::Value::String(day)) => {
                let noon = format!("{day}T12:00:00+03:00");
                let noon = chrono::DateTime::parse_from_rfc3339(&noon);
                Some(noon.map_err(|error| format!("today: {error}"))?.into())
            }
            Some(_) => return Err("today: not a text".to_owned()),
        };
        let machine = SystemHost::new();
        Ok(Self { machine, day })
    }
}

fn call<H, O>() -> Entry
where
    H: Harness + 'static,
    O: Operation<Settings = H::Settings> + DeserializeOwned + 'static,
    O::Output: Serialize,
{
    Entry {
        provider: H::PROVIDER,
        operation: O::NAME,
        codes: O::result_codes(),
        action: Action::Call(|case, base| Box::pin(make::<H, O>(case, base))),
    }
}

fn reads(provider: &'static str, operation: &'static str, read: ReadFn) -> Entry {
    Entry {
        provider,
        operation,
        codes: Vec::new(),
        action: Action::Read(read),
    }
}

async fn make<H, O>(case: &Case, base: &str) -> Result<Value, String>
where
    H: Harness,
    O: Operation<Settings = H::Settings> + DeserializeOwned,
    O::Output: Serialize,
{
    let request = case
        .call
        .as_ref()
        .map(Node::to_pretty)
        .ok_or("call.json is missing")?;
    let request: O =
        kervan_core::json::from_stored(&request).map_err(|error| format!("call.json: {error}"))?;
    let base = BaseUrl::parse(base).map_err(|e| e.to_string())?;
    let config = Config::default()
        .timeout(Duration::from_secs(10))
        .retry(Retry::never());
    let in_settings = |message| format!("about.toml, settings: {message}");
    let mut settings = case.about.settings.clone();
    let wiring = Wiring::new(config, &mut settings).map_err(in_settings)?;
    let caller = H::caller(base, wiring, settings).map_err(in_settings)?;
    Ok(match caller.call(&request).await {
        Ok(output) => json!({ "ok": value_of(&output) }),
        Err(error) => {
            let mut shape = value_of(&error.report());
            if let (Error::Rejected(rejection), Value::Object(members)) = (&error, &mut shape) {
                members.insert("rejection".to_owned(), value_of(rejection));
            }
            json!({ "error": shape })
        }
    })
}

fn value_of(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_else(|error| Value::String(error.to_string()))
}
