//! A sandbox, a ledger's file, and programs that write.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::SystemTime;

use kervan_core::Host as _;
use kervan_ledger::{State, Store as _};
use kervan_ledger_sqlite::SqliteStore;
use kervan_reqwest::SystemHost;
use kervan_sandbox::{Moment, Sandbox};

use crate::Failure;
use crate::clock::START;
use crate::proxy::{Choice, Proxy};
use crate::writes;

/// The names of the variables that a program gets.
pub(crate) const FILE: &str = "PROOF_FILE";
pub(crate) const BEGAN: &str = "PROOF_BEGAN";
pub(crate) const PARAM: &str = "PROOF_PARAM";
pub(crate) const HOROZ: &str = "PROOF_HOROZ";
pub(crate) const PROXY: &str = "PROOF_PROXY";
pub(crate) const LOGIN: &str = "PROOF_LOGIN";
pub(crate) const TASK: &str = "PROOF_TASK";
pub(crate) const DIES_AT: &str = "PROOF_DIES_AT";

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

pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    folder: tempfile::TempDir,
    began: SystemTime,
}

impl Stage {
    pub(crate) fn start() -> Result<Self, Failure> {
        let start = i64::try_from(START.as_millis())?;
        let sandbox = Sandbox::start_at(Moment(start))?;
        writes::prepare(&sandbox)?;
        Ok(Self {
            sandbox,
            folder: tempfile::tempdir()?,
            began: SystemHost::new().now(),
        })
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("ledger.db")
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
            .env(FILE, self.file())
            .env(BEGAN, began.as_millis().to_string())
            .env(PARAM, address("param"))
            .env(HOROZ, address("horoz"))
            .env(PROXY, proxy.address.to_string())
            .env(LOGIN, logins.join("\n"))
            .env(TASK, task.text())
            .env_remove(DIES_AT)
            .stdin(Stdio::null());
        if let Some(moment) = dies_at {
            command.env(DIES_AT, moment.to_string());
        }
        Ok(command.spawn()?)
    }

    /// Returns how many of the first writes the ledger has in each state.
    pub(crate) fn states(&self, numbers: Range<usize>) -> Result<BTreeMap<State, usize>, Failure> {
        let store = SqliteStore::open(self.file())?;
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let mut states = BTreeMap::new();
        for number in numbers {
            let entry = runtime.block_on(store.find(&writes::plan(number).key))?;
            let entry = entry.ok_or_else(|| format!("write {number} is not in the ledger"))?;
            *states.entry(entry.state).or_default() += 1;
        }
        Ok(states)
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
        let mut found = Vec::new();
        for file in fs::read_dir(self.folder.path())? {
            let bytes = fs::read(file?.path())?;
            let has = |text: &String| {
                bytes
                    .windows(text.len())
                    .any(|part| part == text.as_bytes())
            };
            found.extend(planted.iter().filter(|text| has(text)).cloned());
        }
        Ok(found)
    }
}
