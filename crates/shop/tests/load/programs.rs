//! Programs of a shop on one database, each in a process of its own.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use kervan_sandbox::Sandbox;
use postgres_cluster::{Cluster, SUPERUSER, Settings};

use crate::support::Browser;

pub(crate) struct Programs {
    addresses: Vec<String>,
    children: Vec<Mutex<Child>>,
    /// The memory of each program at each second, in KiB.
    weights: Mutex<Vec<Vec<u64>>>,
    world: String,
    database: Database,
}

/// The database that the programs share.
enum Database {
    /// A file, which one program has at a time.
    File(tempfile::TempDir),
    /// A server.
    Server(Cluster),
}

impl Database {
    fn setting(&self) -> String {
        match self {
            Self::File(folder) => folder.path().join("shop.sqlite").display().to_string(),
            Self::Server(cluster) => {
                format!(
                    "postgres://{SUPERUSER}@127.0.0.1:{}/postgres",
                    cluster.port()
                )
            }
        }
    }
}

impl Programs {
    /// Starts three programs on a PostgreSQL of their own, or one on a file. `None`, with a notice, where PostgreSQL is
    /// not installed.
    pub(crate) fn start(sandbox: &Sandbox, on_postgres: bool) -> Option<Self> {
        let (count, database) = if on_postgres {
            let settings = Settings {
                fsync: true,
                ..Settings::default()
            };
            (3, Database::Server(Cluster::start(settings).unwrap()?))
        } else {
            (1, Database::File(tempfile::tempdir().unwrap()))
        };
        let param = sandbox.account("param").address;
        let world = param.strip_suffix("/param").unwrap().to_owned();
        let addresses: Vec<_> = (0..count).map(|_| free_address()).collect();
        let database_setting = database.setting();
        let mut children = Vec::new();
        for address in &addresses {
            children.push(Mutex::new(spawn(&world, address, &database_setting)));
            // The first one makes the tables.
            until_it_answers(address);
        }
        Some(Self {
            weights: Mutex::new(vec![Vec::new(); addresses.len()]),
            addresses,
            children,
            world,
            database,
        })
    }

    pub(crate) fn count(&self) -> usize {
        self.addresses.len()
    }

    /// Returns a browser at one of the programs.
    pub(crate) fn browser(&self, number: usize) -> Browser {
        Browser::at(&self.addresses[number % self.count()])
    }

    /// Kills a program in the middle of whatever it does, and starts it again.
    pub(crate) fn kill(&self, number: usize) {
        let mut child = self.children[number].lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        *child = spawn(
            &self.world,
            &self.addresses[number],
            &self.database.setting(),
        );
        drop(child);
        until_it_answers(&self.addresses[number]);
    }

    pub(crate) fn keep_all_running(&mut self) {
        for (number, child) in self.children.iter().enumerate() {
            let ended = child.lock().unwrap().try_wait().unwrap();
            assert!(ended.is_none(), "program {number} ended: {ended:?}");
        }
    }

    /// Notes the memory of each program.
    pub(crate) fn weigh(&self) {
        for (number, child) in self.children.iter().enumerate() {
            let id = child.lock().unwrap().id();
            let status = std::fs::read_to_string(format!("/proc/{id}/status"));
            let status = status.unwrap_or_default();
            let line = status.lines().find(|line| line.starts_with("VmRSS"));
            let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
            self.weights.lock().unwrap()[number].extend(kib);
        }
    }

    /// Returns the median memory of each program in the first and in the last third of the run, in MiB.
    pub(crate) fn memory(&self) -> Vec<(f64, f64)> {
        let median = |part: &[u64]| {
            let mut part = part.to_vec();
            part.sort_unstable();
            let kib = part.get(part.len() / 2).copied().unwrap_or_default();
            f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) / 1024.0
        };
        let weights = self.weights.lock().unwrap();
        let thirds = weights.iter().map(|all| {
            let third = all.len() / 3;
            (median(&all[..third]), median(&all[all.len() - third..]))
        });
        thirds.collect()
    }
}

/// Also where a check has failed: a program that is left holds the output of the test open.
impl Drop for Programs {
    fn drop(&mut self) {
        for child in &self.children {
            let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn free_address() -> String {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap().to_string()
}

fn spawn(world: &str, address: &str, database: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_kervan-shop"))
        .env("KERVAN_SANDBOX", world)
        .env("SHOP_ADDRESS", address)
        .env("SHOP_DATABASE", database)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn until_it_answers(address: &str) {
    for _ in 0..600 {
        if Browser::at(address).ask("GET", "/", &[], "").is_ok() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("the program at {address} does not answer");
}
