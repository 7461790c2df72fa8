//! A sandbox, a ledger's database, and programs that write.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::SystemTime;

use kervan_core::Host as _;
use kervan_ledger::{State, Store};
use kervan_ledger_postgres::PostgresStore;
use kervan_ledger_sqlite::SqliteStore;
use kervan_reqwest::SystemHost;
use kervan_sandbox::{Moment, Sandbox};
use postgres_cluster::way::Way;
use postgres_cluster::{Cluster, SUPERUSER, Settings};

use crate::Failure;
use crate::clock::START;
use crate::proxy::{Choice, Proxy};
use crate::writes;

/// The names of the variables that a program gets.
pub(crate) const STORE: &str = "PROOF_STORE";
pub(crate) const BEGAN: &str = "PROOF_BEGAN";
pub(crate) const PARAM: &str = "PROOF_PARAM";
pub(crate) const HOROZ: &str = "PROOF_HOROZ";
pub(crate) const PROXY: &str = "PROOF_PROXY";
pub(crate) const LOGIN: &str = "PROOF_LOGIN";
pub(crate) const TASK: &str = "PROOF_TASK";
pub(crate) const DIES_AT: &str = "PROOF_DIES_AT";
pub(crate) const FREEZES_AT: &str = "PROOF_FREEZES_AT";
pub(crate) const AHEAD: &str = "PROOF_AHEAD";

/// The work of a program.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    /// It stores so many writes and sends none.
    Plan(usize),
    /// It works on one write.
    One(usize),
    /// It works on all that are due, until none is open.
    All,
}

impl Task {
    fn text(self) -> String {
        match self {
            Self::Plan(count) => format!("plan {count}"),
            Self::One(number) => format!("one {number}"),
            Self::All => "all".to_owned(),
        }
    }

    /// Reads the text of a task.
    pub(crate) fn of(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            None if text == "all" => Some(Self::All),
            Some(("plan", count)) => count.parse().ok().map(Self::Plan),
            Some(("one", number)) => number.parse().ok().map(Self::One),
            _ => None,
        }
    }
}

/// The database of a trial.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum On {
    #[default]
    Sqlite,
    Postgres,
}

impl On {
    /// Reads the name of a database.
    pub(crate) fn of(name: &str) -> Option<Self> {
        match name {
            "sqlite" => Some(Self::Sqlite),
            "postgres" => Some(Self::Postgres),
            _ => None,
        }
    }
}

/// The name that the programs have at the server.
pub(crate) const APPLICATION: &str = "ledger-proofs";

/// The database of PostgreSQL that is there from the start.
const DATABASE: &str = "postgres";

enum Home {
    Sqlite(tempfile::TempDir),
    Postgres(Cluster),
}

pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    home: Home,
    began: SystemTime,
}

impl Stage {
    /// Starts a stage. `None`, with a notice, where the database is not installed.
    pub(crate) fn start(on: On) -> Result<Option<Self>, Failure> {
        let home = match on {
            On::Sqlite => Home::Sqlite(tempfile::tempdir()?),
            On::Postgres => {
                let settings = Settings {
                    fsync: true,
                    ..Settings::default()
                };
                match Cluster::start(settings)? {
                    Some(cluster) => Home::Postgres(cluster),
                    None => return Ok(None),
                }
            }
        };
        let start = i64::try_from(START.as_millis())?;
        let sandbox = Sandbox::start_at(Moment(start))?;
        writes::prepare(&sandbox)?;
        Ok(Some(Self {
            sandbox,
            home,
            began: SystemHost::new().now(),
        }))
    }

    /// Returns the server, where there is one.
    pub(crate) fn server(&self) -> Option<&Cluster> {
        match &self.home {
            Home::Sqlite(_) => None,
            Home::Postgres(cluster) => Some(cluster),
        }
    }

    /// Returns where a program finds the database.
    fn address(&self) -> String {
        match &self.home {
            Home::Sqlite(folder) => file(folder.path()).display().to_string(),
            Home::Postgres(cluster) => address(cluster.port()),
        }
    }

    /// Returns a proxy before the sandbox.
    pub(crate) fn proxy(&self, choice: Choice) -> Result<Proxy, Failure> {
        let address = self.sandbox.account("param").address;
        let host = address
            .split('/')
            .nth(2)
            .ok_or("an address without a host")?;
        let provider: SocketAddr = host.parse()?;
        Ok(Proxy::start(provider, choice)?)
    }

    /// Starts a program.
    pub(crate) fn program(
        &self,
        proxy: &Proxy,
        task: Task,
        dies_at: Option<usize>,
    ) -> Result<Child, Failure> {
        let dies_at = dies_at.map(|moment| (DIES_AT, moment.to_string()));
        self.program_at(&self.address(), proxy, task, dies_at.as_slice())
    }

    /// Starts a program to which something happens.
    pub(crate) fn program_with(
        &self,
        proxy: &Proxy,
        task: Task,
        trouble: (&str, String),
    ) -> Result<Child, Failure> {
        self.program_at(&self.address(), proxy, task, &[trouble])
    }

    /// Starts a program that goes to its server by a way.
    pub(crate) fn program_by(
        &self,
        way: &Way,
        proxy: &Proxy,
        task: Task,
    ) -> Result<Child, Failure> {
        self.program_at(&address(way.port()), proxy, task, &[])
    }

    fn program_at(
        &self,
        store: &str,
        proxy: &Proxy,
        task: Task,
        troubles: &[(&str, String)],
    ) -> Result<Child, Failure> {
        let address = |provider: &str| self.sandbox.account(provider).address;
        let login =
            |provider: &str, name: &str| self.sandbox.account(provider).get(name).to_owned();
        let logins = [
            login("param", "client_code"),
            login("param", "client_username"),
            login("param", "client_password"),
            login("param", "marketplace_guid"),
            login("param", "guid"),
            login("horoz", "process_key"),
        ];
        let began = self.began.duration_since(SystemTime::UNIX_EPOCH)?;
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg("child")
            .env(STORE, store)
            .env(BEGAN, began.as_millis().to_string())
            .env(PARAM, address("param"))
            .env(HOROZ, address("horoz"))
            .env(PROXY, proxy.address.to_string())
            .env(LOGIN, logins.join("\n"))
            .env(TASK, task.text())
            .envs(troubles.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null());
        Ok(command.spawn()?)
    }

    /// Returns how many of the first writes the ledger has in each state.
    pub(crate) fn states(&self, numbers: Range<usize>) -> Result<BTreeMap<State, usize>, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let address = self.address();
        match &self.home {
            Home::Sqlite(_) => {
                let store = SqliteStore::open(address)?;
                runtime.block_on(states(&store, numbers))
            }
            Home::Postgres(_) => runtime.block_on(async {
                let store = PostgresStore::open(address.parse()?).await?;
                states(&store, numbers).await
            }),
        }
    }

    /// Returns which secrets and personal data of the trial are in the ledger's files.
    pub(crate) fn leaks(&self) -> Result<Vec<String>, Failure> {
        let mut planted: Vec<String> = writes::PERSONAL.map(str::to_owned).to_vec();
        for provider in ["param", "horoz"] {
            let login = self.sandbox.account(provider).login;
            // The number of an account is public; the rest of a login is not.
            let secrets = login
                .into_iter()
                .filter(|(name, _)| !name.ends_with("_code"));
            planted.extend(secrets.map(|(_, value)| value));
        }
        let (mut found, mut is_seen) = (Vec::new(), false);
        for file in self.files()? {
            let bytes = fs::read(file)?;
            let text = String::from_utf8_lossy(&bytes);
            found.extend(planted.iter().filter(|one| text.contains(*one)).cloned());
            is_seen |= text.contains(&writes::plan(0).object);
        }
        if is_seen {
            return Ok(found);
        }
        Err("the files of the ledger hold nothing of its first write".into())
    }

    /// Returns the files of the database, the log of changes included.
    fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut files = Vec::new();
        match &self.home {
            Home::Sqlite(folder) => collect(folder.path(), &mut files)?,
            Home::Postgres(cluster) => {
                let oid = "SELECT oid FROM pg_database WHERE datname = current_database()";
                let oid = cluster.sql(DATABASE, oid);
                cluster.sql(DATABASE, "CHECKPOINT");
                for folder in [format!("base/{oid}"), "pg_wal".to_owned()] {
                    collect(&cluster.data().join(folder), &mut files)?;
                }
            }
        }
        Ok(files)
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("ledger.db")
}

fn address(port: u16) -> String {
    format!("postgres://{SUPERUSER}@127.0.0.1:{port}/{DATABASE}?application_name={APPLICATION}")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

async fn states(
    store: &impl Store,
    numbers: Range<usize>,
) -> Result<BTreeMap<State, usize>, Failure> {
    let mut states = BTreeMap::new();
    for number in numbers {
        let entry = store.find(&writes::plan(number).key).await?;
        let entry = entry.ok_or_else(|| format!("write {number} is not in the ledger"))?;
        *states.entry(entry.state).or_default() += 1;
    }
    Ok(states)
}
