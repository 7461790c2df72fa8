//! Every operation of the clients. Adding one is one line in its provider's module: the contract
//! tests run its cases, and the reference pages list it.

mod aras;
mod haso;
mod horoz;
mod judge;
mod param;
mod row;

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use contract_kit::case::Case;
use contract_kit::json::Node;
use kervan_core::transport::{BoxFuture, Transport};
use kervan_core::{Answer, BaseUrl, Config, Endpoint as _, Error, Host, Operation, Retry, Service};
use kervan_reqwest::{ReqwestTransport, SystemHost};
use kervan_settling::{Settle, Settler};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(crate) use self::judge::Judged;
use self::judge::{JudgeFn, judge, judge_settled};
use self::row::{FORM, JSON, SOAP};
pub(crate) use self::row::{Row, Settling};

/// Every operation that has cases of its own.
pub(crate) fn all() -> Vec<Entry> {
    [
        horoz::entries(),
        param::entries(),
        aras::entries(),
        haso::entries(),
    ]
    .concat()
}

/// Returns the file with the entries of a provider, which the first word of its crate names.
pub(crate) fn file(provider: &str) -> String {
    let word = provider.split('-').next().unwrap_or(provider);
    format!("xtask/workbench/src/contract/registry/{word}.rs")
}

/// Says that a folder of cases is named like no operation, and what to do.
pub(crate) fn unknown(provider: &str) -> String {
    let file = file(provider);
    format!(
        "no operation has the folder's name; name the folder after one, or add the call to {file}"
    )
}

/// Returns the rows of the page of calls, by file.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows: Vec<_> = all().into_iter().filter_map(|entry| entry.row).collect();
    rows.extend(aras::further_rows());
    rows.extend(param::further_rows());
    rows.sort_by(|a, b| a.path.cmp(&b.path));
    rows
}

/// One operation: its folder in the fixtures, and how a case of it is made to happen.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) provider: &'static str,
    pub(crate) operation: &'static str,
    /// The result codes that the provider documents; each needs a case.
    pub(crate) codes: Vec<&'static str>,
    pub(crate) action: Action,
    /// Reads an answer to a write as its client does.
    pub(crate) judge: Option<JudgeFn>,
    /// Its row of the page of calls; `None` for an operation that is read and not called.
    pub(crate) row: Option<Row>,
}

/// How a case is made to happen.
#[derive(Clone, Copy)]
pub(crate) enum Action {
    /// A call over HTTP; gives the outcome.
    Call(CallFn),
    /// A link, a callback or a page that is read; nothing is sent. Gives the outcome.
    Read(ReadFn),
}

/// Where a call goes, and by which transport.
///
/// All cases of a run share the transport, as all calls of a program do. To build one takes longer
/// than a case, because it reads the certificates of the system.
pub(crate) struct Line {
    pub(crate) base: String,
    pub(crate) transport: ReqwestTransport,
}

/// How long a call may take.
const TIMEOUT: Duration = Duration::from_secs(10);

impl Line {
    /// Returns the line to a server at this base address.
    pub(crate) fn to(base: String) -> Result<Self, String> {
        let transport = ReqwestTransport::new(&Config::default().timeout(TIMEOUT));
        Ok(Self {
            base,
            transport: transport.map_err(|error| error.to_string())?,
        })
    }
}

/// The host of this machine, whose wall clock may be set to noon of a day.
#[derive(Default)]
struct CaseHost {
    machine: SystemHost,
    day: Option<SystemTime>,
}

impl CaseHost {
    /// Creates a host on the day that the settings of a case name as `today`.
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

type CallFn =
    for<'a> fn(&'a Case, &'a Line) -> Pin<Box<dyn Future<Output = Result<Value, String>> + 'a>>;

type ReadFn = fn(&Case) -> Result<Value, String>;

/// Builds a provider's client as a user would, over this transport, from the settings of a case.
trait Harness {
    const PROVIDER: &'static str;
    type Settings: Service;

    fn caller(
        base: BaseUrl,
        config: Config,
        transport: impl Transport,
        host: CaseHost,
        settings: toml::Table,
    ) -> Result<Settler<Self::Settings>, String>;
}

/// Returns a read, the form it travels in, and one sentence for the page of calls.
fn call<H, O>(form: &'static str, summary: &'static str) -> Entry
where
    H: Harness + 'static,
    O: Operation<Service = H::Settings> + DeserializeOwned + 'static,
    O::Output: Serialize,
{
    Entry {
        provider: H::PROVIDER,
        operation: O::ENDPOINT.name(),
        codes: O::ENDPOINT.result_codes(),
        action: Action::Call(|case, line| Box::pin(make::<H, O>(case, line))),
        judge: None,
        row: Some(Row::of::<O>(O::ENDPOINT.name(), form, summary).settling(
            |text| {
                let call: O = kervan_wire::json::from_stored(text).ok()?;
                let class = call.class();
                let read_back = None;
                Some(Settling { class, read_back })
            },
            false,
        )),
    }
}

/// Returns a write that nothing settles.
fn blind<H, O>(form: &'static str, summary: &'static str) -> Entry
where
    H: Harness + 'static,
    O: Operation<Service = H::Settings> + DeserializeOwned + 'static,
    O::Output: Serialize,
{
    let entry = call::<H, O>(form, summary);
    Entry {
        judge: Some(judge::<H, O>),
        row: entry.row.map(Row::of_write),
        ..entry
    }
}

/// Returns a write whose unknown outcome can be settled.
fn settled<H, O>(form: &'static str, summary: &'static str) -> Entry
where
    H: Harness + 'static,
    O: Settle<Service = H::Settings> + DeserializeOwned + 'static,
    O::Output: Serialize,
{
    let entry = blind::<H, O>(form, summary);
    let row = entry.row.map(|row| {
        row.settling(
            |text| {
                let call: O = kervan_wire::json::from_stored(text).ok()?;
                let read_back = call.read_back().map(|_| O::ReadBack::ENDPOINT.name());
                let class = call.class();
                Some(Settling { class, read_back })
            },
            true,
        )
    });
    Entry {
        row,
        judge: Some(judge_settled::<H, O>),
        ..entry
    }
}

impl Entry {
    /// Moves the row to the file of the call, where the request type is in another one beside it.
    fn in_file(mut self, name: &str) -> Self {
        self.row = self.row.map(|row| row.in_file(name));
        self
    }

    /// Names the call of a second question, which may follow the read-back.
    fn also_by(mut self, name: &'static str) -> Self {
        self.row = self.row.map(|row| Row {
            second: Some(name),
            ..row
        });
        self
    }
}

fn reads(provider: &'static str, operation: &'static str, read: ReadFn) -> Entry {
    Entry {
        provider,
        operation,
        codes: Vec::new(),
        action: Action::Read(read),
        judge: None,
        row: None,
    }
}

async fn make<H, O>(case: &Case, line: &Line) -> Result<Value, String>
where
    H: Harness,
    O: Operation<Service = H::Settings> + DeserializeOwned,
    O::Output: Serialize,
{
    let request: O = request(case)?;
    let caller = caller::<H>(case, &line.base, line.transport.clone())?;
    Ok(match caller.call(&request).await {
        Ok(answer) => json!({ "ok": value_of_answer(&answer) }),
        Err(error) => {
            let mut shape = value_of(&error.report());
            if let (Error::Rejected(rejection), Value::Object(members)) = (&error, &mut shape) {
                members.insert("rejection".to_owned(), value_of(rejection));
            }
            json!({ "error": shape })
        }
    })
}

/// Returns the value of an answer, with message and drift beside its members.
fn value_of_answer<T: Serialize>(answer: &Answer<T>) -> Value {
    let mut value = value_of(&answer.value);
    if let Value::Object(members) = &mut value {
        if let Some(message) = &answer.message {
            members.insert("message".to_owned(), value_of(message));
        }
        if !answer.drift.is_empty() {
            members.insert("drift".to_owned(), value_of(&answer.drift));
        }
    }
    value
}

/// Returns the request of a case.
fn request<O: DeserializeOwned>(case: &Case) -> Result<O, String> {
    let text = case.call.as_ref().map(Node::to_pretty);
    let text = text.ok_or("`call` is missing")?;
    kervan_wire::json::from_stored(&text).map_err(|error| format!("`call`: {error}"))
}

/// Returns a client as a case wants it. It repeats nothing.
fn caller<H: Harness>(
    case: &Case,
    base: &str,
    transport: impl Transport,
) -> Result<Settler<H::Settings>, String> {
    let base = BaseUrl::parse(base).map_err(|e| e.to_string())?;
    let config = Config::default().timeout(TIMEOUT).retry(Retry::never());
    let in_settings = |message| format!("settings: {message}");
    let mut settings = case.about.settings.clone();
    let host = CaseHost::of(&mut settings).map_err(in_settings)?;
    H::caller(base, config, transport, host, settings).map_err(in_settings)
}

fn value_of(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_else(|error| Value::String(error.to_string()))
}
