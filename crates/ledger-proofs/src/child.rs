//! A program that writes: it works on one write, or on all that are due, until none is open.

use std::env;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use kervan_core::transport::BoxFuture;
use kervan_core::{
    BaseUrl, Config, HttpRequest, Limits, Reply, Retry, Transport, TransportError, TransportKind,
};
use kervan_ledger::{
    ContentsKey, Held, Ledger, Store, StoreError, StoreErrorKind, WorkError, Worker, WriteError,
};
use kervan_ledger_postgres::PostgresStore;
use kervan_ledger_sqlite::SqliteStore;
use kervan_reqwest::ReqwestTransport;
use param_marketplace::{
    ClientCode, Credentials, Environment, MarketplaceKey, MerchantKey, Password, Username,
};

use crate::Failure;
use crate::clock::FastHost;
use crate::dying::{Dying, freeze};
use crate::stage::{
    AHEAD, BEGAN, DIES_AT, FREEZES_AT, HOROZ, LOGIN, PARAM, PROXY, STORE, TASK, Task,
};
use crate::writes::{self, Kind};

/// The exit status of a program whose write is still open.
pub(crate) const OPEN: u8 = 5;

/// The moment of freezing when everything is checked, and nothing has left.
pub(crate) const AT_SEND: &str = "send";

/// The clients, and the ledger that guards them.
struct Program<S> {
    ledger: Ledger<Dying<S>>,
    param: param_marketplace::Client,
    horoz: horoz_shipping::Client,
}

/// Sends by a proxy, whatever the address: this is the network between the program and the provider.
#[derive(Clone)]
struct Through {
    http: ReqwestTransport,
    proxy: String,
    /// Whether the program freezes before a byte of a write leaves.
    freezes: bool,
}

impl Transport for Through {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        let parts: Vec<_> = request.url.as_str().splitn(4, '/').collect();
        let path = parts.get(3).copied().unwrap_or_default();
        let url = BaseUrl::parse(&format!("http://{}/{path}", self.proxy));
        let mut request = request.clone();
        Box::pin(async move {
            if self.freezes && writes::is_write(request.operation) {
                freeze();
            }
            match url {
                Ok(url) => request.url = url.url(),
                Err(error) => {
                    let unsendable = TransportError::new(TransportKind::Unsendable);
                    return Err(unsendable.caused_by(error));
                }
            }
            self.http.send(&request, limits).await
        })
    }
}

/// The key of the hashes.
const KEY: [u8; 32] = [7; 32];

pub(crate) fn run() -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let address = env::var(STORE)?;
    runtime.block_on(async {
        if address.starts_with("postgres:") {
            let store = connect(&address).await?;
            Program::of_environment(store)?.run().await
        } else {
            let store = SqliteStore::open(address)?;
            Program::of_environment(store)?.run().await
        }
    })
}

/// Connects to a server that may just be started again.
async fn connect(address: &str) -> Result<PostgresStore, Failure> {
    const TRIES: usize = 300;
    let mut last = None;
    for _ in 0..TRIES {
        match PostgresStore::open(address.parse()?).await {
            Ok(store) => return Ok(store),
            Err(error) if passes(&error) => last = Some(error),
            Err(error) => return Err(error.into()),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(last.map_or("no store".into(), Into::into))
}

/// Returns whether a failure of the store ends by itself: the server is started again.
fn passes(error: &StoreError) -> bool {
    matches!(error.kind(), StoreErrorKind::Gone | StoreErrorKind::Busy)
}

impl<S: Store + 'static> Program<S> {
    async fn run(self) -> Result<ExitCode, Failure> {
        let task = env::var(TASK)?;
        let task = Task::of(&task).ok_or_else(|| format!("`{task}` is not a task"))?;
        match task {
            Task::Plan(count) => self.plan(count).await,
            Task::One(number) => self.one(number).await,
            Task::All => Arc::new(self).all().await,
        }
    }

    fn of_environment(store: S) -> Result<Self, Failure> {
        let began = Duration::from_millis(env::var(BEGAN)?.parse()?);
        let ahead = env::var(AHEAD).ok().map(|seconds| seconds.parse());
        let host = FastHost::since(SystemTime::UNIX_EPOCH + began);
        let host = host.ahead(ahead.transpose()?.unwrap_or_default());
        let freezes_at = env::var(FREEZES_AT).ok();
        let config = Config::default()
            .timeout(Duration::from_secs(120))
            .connect_timeout(Duration::from_secs(100))
            .settling(Duration::from_secs(180))
            .retry(Retry::default().tries(1));
        let transport = Through {
            http: ReqwestTransport::new(&config)?,
            proxy: env::var(PROXY)?,
            freezes: freezes_at.as_deref() == Some(AT_SEND),
        };
        let login = env::var(LOGIN)?;
        let login: Vec<&str> = login.lines().collect();
        let [code, user, password, marketplace, merchant, process] = *login else {
            return Err("the login has another length".into());
        };
        let credentials = Credentials::new(
            ClientCode::new(code),
            Username::new(user),
            Password::new(password),
        );
        let param = param_marketplace::Client::builder(
            &Environment::At(BaseUrl::parse(&env::var(PARAM)?)?),
            credentials,
            MarketplaceKey::new(marketplace),
            MerchantKey::new(merchant),
        )?;
        let param = param
            .config(config.clone())
            .build_over(transport.clone(), host);
        let base = BaseUrl::parse(&env::var(HOROZ)?)?;
        let horoz =
            horoz_shipping::Client::builder(base, horoz_shipping::ProcessKey::new(process)?);
        let horoz = horoz.config(config).build_over(transport, host);
        let dies_at = env::var(DIES_AT)
            .ok()
            .map(|moment| moment.parse())
            .transpose()?;
        let freezes_at = freezes_at.filter(|moment| moment != AT_SEND);
        let freezes_at = freezes_at.map(|moment| moment.parse()).transpose()?;
        let store = Dying::new(store, dies_at, freezes_at);
        Ok(Self {
            ledger: Ledger::new(store, host, ContentsKey::new(KEY)),
            param,
            horoz,
        })
    }

    /// Stores many writes, as a shop does in transactions of its own.
    async fn plan(&self, count: usize) -> Result<ExitCode, Failure> {
        for number in 0..count {
            let (ledger, plan) = (&self.ledger, writes::plan(number));
            let entry = match Kind::of(number) {
                Kind::Share => ledger.entry(&self.param, plan, &writes::share(number)?)?,
                Kind::Approval => ledger.entry(&self.param, plan, &writes::approval(number))?,
                Kind::Parcel => ledger.entry(&self.horoz, plan, &writes::order(number)?)?,
            };
            ledger.store().insert(&entry, None).await?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Writes one write, as a shop does. Ends with success when it is done.
    async fn one(&self, number: usize) -> Result<ExitCode, Failure> {
        let plan = writes::plan(number);
        let is_done = match Kind::of(number) {
            Kind::Share => {
                let write = writes::share(number)?;
                is_done(self.ledger.write(&self.param, plan, &write).await)?
            }
            Kind::Approval => {
                let write = writes::approval(number);
                is_done(self.ledger.write(&self.param, plan, &write).await)?
            }
            Kind::Parcel => {
                let write = writes::order(number)?;
                is_done(self.ledger.write(&self.horoz, plan, &write).await)?
            }
        };
        Ok(if is_done {
            ExitCode::SUCCESS
        } else {
            OPEN.into()
        })
    }

    /// Goes on with one write.
    async fn go_on(&self, held: Held) -> Result<bool, Failure> {
        let number: usize = held.entry().key.own.parse()?;
        let nothing = &|_: &_, _: Option<&_>| None;
        match Kind::of(number) {
            Kind::Share => {
                let write = writes::share(number)?;
                is_done(self.ledger.go_on(&self.param, held, &write, nothing).await)
            }
            Kind::Approval => {
                let write = writes::approval(number);
                let nothing = &|_: &_, _: Option<&_>| None;
                is_done(self.ledger.go_on(&self.param, held, &write, nothing).await)
            }
            Kind::Parcel => {
                let write = writes::order(number)?;
                let nothing = &|_: &_, _: Option<&_>| None;
                is_done(self.ledger.go_on(&self.horoz, held, &write, nothing).await)
            }
        }
    }

    /// Works until no write is open.
    async fn all(self: Arc<Self>) -> Result<ExitCode, Failure> {
        let mut worker = Worker::new(self.ledger.clone());
        for kind in Kind::ALL {
            let program = Arc::clone(&self);
            worker = worker.on(kind.name(), move |held| {
                let program = Arc::clone(&program);
                async move {
                    if let Err(error) = program.go_on(held).await {
                        eprintln!("ledger-proofs: {error}");
                    }
                }
            });
        }
        loop {
            let stepped = match worker.step().await {
                Ok(false) => self.ledger.store().open(0, 1).await,
                Ok(true) => continue,
                Err(WorkError::Store(error)) => Err(error),
                Err(error) => return Err(error.into()),
            };
            match stepped {
                Ok(open) if open.is_empty() => return Ok(ExitCode::SUCCESS),
                Ok(_) => {}
                Err(error) if passes(&error) => {}
                Err(error) => return Err(error.into()),
            }
            self.ledger.host().sleep(Duration::from_secs(2)).await;
        }
    }
}

fn is_done<T, R: kervan_core::Rejection>(written: Result<T, WriteError<R>>) -> Result<bool, Failure>
where
    WriteError<R>: Into<Failure>,
{
    match written {
        Ok(_) => Ok(true),
        Err(
            WriteError::Open(..)
            | WriteError::NotDone(..)
            | WriteError::Held(_)
            | WriteError::Overtaken(_)
            | WriteError::NotRecorded { .. },
        ) => Ok(false),
        Err(WriteError::Store(cause, _)) if passes(&cause) => Ok(false),
        Err(other) => Err(other.into()),
    }
}
