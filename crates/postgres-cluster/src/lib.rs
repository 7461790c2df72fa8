//! Starts a PostgreSQL of a test's own from the system's programs. It ends with the test, also when that is
//! killed.

#![expect(
    clippy::disallowed_methods,
    reason = "a server takes its own time to start"
)]
#![expect(
    clippy::print_stderr,
    reason = "a test that is skipped is not skipped in silence"
)]

mod programs;
mod server;
mod user;
pub mod way;

use std::env;
use std::fs;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use self::programs::Programs;
use self::user::User;

/// The name of the superuser. It needs no password; the server listens on loopback only.
pub const SUPERUSER: &str = "kervan";

/// How long the server may take to start, on a machine that does other work.
const PATIENCE: Duration = Duration::from_secs(60);

/// A shell watches the server, because it outlives this program: when the pipe to it ends, by whatever end of
/// this program, it stops the server at once.
const WATCH: &str = r#"
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(cat <&3 >/dev/null; kill -QUIT "$server") &
exec 3<&-
wait "$server"
"#;

/// Removes the folder once the pipe ends; the watch of the server has ended by then, or ends soon.
const SWEEP: &str = r#"cat >/dev/null; sleep 2; rm -rf "$1""#;

/// What a cluster is started with.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "only tests use it")]
pub struct Settings {
    /// Whether a commit waits for the disk. Without it a test is faster.
    pub fsync: bool,
    /// Files in the folder of its data, as `("pg_hba.conf", "…")`.
    pub files: Vec<(String, String)>,
    /// More settings of the server, as `("max_connections", "20")`.
    pub more: Vec<(String, String)>,
}

/// A server with a folder of its own.
#[derive(Debug)]
pub struct Cluster {
    programs: Programs,
    user: Option<User>,
    settings: Settings,
    port: u16,
    watch: Mutex<Option<Child>>,
    databases: AtomicUsize,
    // The folder goes last.
    sweep: Option<Child>,
    folder: TempDir,
}

impl Cluster {
    /// Returns the cluster of this program, started at its first use, without waiting for the disk. `None`, with
    /// a notice, where the machine has no PostgreSQL.
    ///
    /// # Panics
    ///
    /// Where it cannot be started, or is not there although this is CI.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: LazyLock<Option<Cluster>> = LazyLock::new(|| {
            let started = Cluster::start(Settings::default());
            started.unwrap_or_else(|error| panic!("PostgreSQL could not be started: {error}"))
        });
        SHARED.as_ref()
    }

    /// Starts a cluster. `None`, with a notice, where the machine has no PostgreSQL.
    ///
    /// # Errors
    ///
    /// A reason why it could not be started; in CI also that it is missing.
    pub fn start(settings: Settings) -> io::Result<Option<Self>> {
        let Some(programs) = Programs::find() else {
            let missing = "PostgreSQL is not installed (Debian: `apt-get install postgresql`)";
            if env::var_os("CI").is_some() {
                return Err(io::Error::new(io::ErrorKind::NotFound, missing));
            }
            eprintln!("SKIPPED: {missing}");
            return Ok(None);
        };
        let folder = tempfile::Builder::new()
            .prefix("kervan-postgres-")
            .tempdir()?;
        let user = User::for_server()?;
        server::give(folder.path(), user.as_ref())?;
        let mut cluster = Self {
            programs,
            user,
            settings,
            port: 0,
            watch: Mutex::new(None),
            databases: AtomicUsize::new(0),
            sweep: None,
            folder,
        };
        cluster.initialize()?;
        cluster.sweep = Some(cluster.sweeper()?);
        // Another program may take the port in between.
        let mut failed = None;
        for _ in 0..5 {
            cluster.port = free_port()?;
            match cluster.start_server() {
                Ok(()) => return Ok(Some(cluster)),
                Err(error) => failed = Some(error),
            }
        }
        Err(failed.unwrap_or_else(|| io::Error::other("no port is free")))
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the address of a database, as drivers take it.
    pub fn url(&self, database: &str) -> String {
        let port = self.port;
        format!("postgres://{SUPERUSER}@127.0.0.1:{port}/{database}")
    }

    /// Makes an empty database and returns its name.
    ///
    /// # Panics
    ///
    /// Where the server does not make it.
    pub fn database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::SeqCst);
        let name = format!("test_{number}");
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        name
    }

    /// Runs SQL in a database, and returns what it prints: a line for each row, `|` between columns.
    ///
    /// # Panics
    ///
    /// Where it fails.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let mut psql = psql(&self.programs, &self.url(database), sql);
        match said(&mut psql) {
            Ok(text) => text.trim_end().to_owned(),
            Err(error) => panic!("{sql}: {error}"),
        }
    }

    /// Returns a function that ends the server's processes of an application, and waits for that.
    pub(crate) fn ends(&self, application: &str) -> impl Fn() + Send + Clone + 'static {
        let (programs, url) = (self.programs.clone(), self.url("postgres"));
        let ends = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity";
        let sql = format!("{ends} WHERE application_name = '{application}'");
        move || {
            let ended = said(&mut psql(&programs, &url, &sql));
            assert!(ended.is_ok(), "{ended:?}");
        }
    }

    /// The folder of its data.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Stops the server at once, as a machine that fails does: nothing is finished, nothing is written.
    ///
    /// # Errors
    ///
    /// Where its end cannot be seen.
    pub fn stop_at_once(&self) -> io::Result<()> {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(mut child) = watch.take() else {
            return Ok(());
        };
        drop(child.stdin.take());
        child.wait().map(|_| ())
    }

    /// Starts the server again, on the same port.
    ///
    /// # Errors
    ///
    /// The end of its log.
    pub fn start_again(&self) -> io::Result<()> {
        self.stop_at_once()?;
        self.start_server()
    }

    fn initialize(&self) -> io::Result<()> {
        let mut initdb = self.as_server("initdb");
        initdb
            .arg("--pgdata")
            .arg(self.data())
            .args(["--username", SUPERUSER, "--auth=trust"])
            .args(["--encoding=UTF8", "--locale=C", "--no-sync"]);
        said(&mut initdb)?;
        for (name, text) in &self.settings.files {
            let path = self.data().join(name);
            fs::write(&path, text)?;
            server::give(&path, self.user.as_ref())?;
        }
        Ok(())
    }

    fn start_server(&self) -> io::Result<()> {
        let data = self.data();
        let _ = fs::remove_file(data.join("postmaster.pid"));
        let log = fs::File::options()
            .create(true)
            .append(true)
            .open(self.log())?;
        let fsync = if self.settings.fsync { "on" } else { "off" };
        let sockets = self.folder.path().display().to_string();
        let mut server = self.as_server("sh");
        server
            .args(["-c", WATCH, "sh"])
            .arg(self.programs.path("postgres"))
            .arg("-D")
            .arg(&data);
        let set = |name: &str, value: &str| format!("{name}={value}");
        let mut settings = vec![
            set("listen_addresses", "127.0.0.1"),
            set("port", &self.port.to_string()),
            set("unix_socket_directories", &sockets),
            set("fsync", fsync),
            set("full_page_writes", fsync),
            set("max_connections", "100"),
        ];
        let more = self.settings.more.iter();
        settings.extend(more.map(|(name, value)| set(name, value)));
        for setting in settings {
            server.args(["-c", &setting]);
        }
        server
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log);
        let mut child = server::apart(&mut server).spawn()?;
        let began = Instant::now();
        while !is_ready(&data) {
            if child.try_wait()?.is_some() || began.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.log()).unwrap_or_default();
                return Err(io::Error::other(format!("the server ended: {log}")));
            }
            thread::sleep(Duration::from_millis(10));
        }
        *self.watch.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);
        Ok(())
    }

    fn sweeper(&self) -> io::Result<Child> {
        let mut sweeper = Command::new("sh");
        sweeper
            .args(["-c", SWEEP, "sh"])
            .arg(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        server::apart(&mut sweeper).spawn()
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// A program that runs as the server's user: PostgreSQL refuses to run as root.
    fn as_server(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.path(program));
        server::run_as(&mut command, self.user.as_ref());
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.stop_at_once();
        if let Some(mut sweep) = self.sweep.take() {
            // The folder is removed here.
            let _ = sweep.kill();
            let _ = sweep.wait();
        }
    }
}

fn psql(programs: &Programs, url: &str, sql: &str) -> Command {
    let mut psql = Command::new(programs.path("psql"));
    psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
        .args(["--set=ON_ERROR_STOP=1", "--command", sql])
        .arg(url);
    psql
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Returns whether the server takes connections; it says so in a file.
fn is_ready(data: &Path) -> bool {
    let status = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    status.lines().nth(7).map(str::trim) == Some("ready")
}

fn said(command: &mut Command) -> io::Result<String> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(io::Error::other(said))
}
