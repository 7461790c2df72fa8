//! The HTTP server around the worlds.

mod board;
mod body;
mod deliver;
mod guard;
pub(crate) mod machine;
mod manage;
mod registry;
mod respond;
mod route;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) use deliver::flush;
pub use guard::{Guard, NameError};
pub use machine::now;
pub use registry::{Registry, Slot};

/// How often worlds are looked at whose time passes by itself.
const TICK: Duration = Duration::from_millis(50);
/// How long a client may take to send its headers.
const HEADERS: Duration = Duration::from_secs(10);

/// The name of the world that is there from the beginning, with the published logins.
pub const DEFAULT_WORLD: &str = "default";

/// A bound server that does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    registry: Arc<Registry>,
    guard: Arc<Guard>,
}

/// A server that answers. Dropping it ends the server.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    registry: Arc<Registry>,
    tasks: Vec<JoinHandle<()>>,
}

impl Server {
    /// Takes an address; port 0 takes any free one.
    ///
    /// # Errors
    ///
    /// Returns the system's error when the address is not free or not this machine's.
    pub async fn bind(address: SocketAddr, seed: u64, guard: Guard) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let local = listener.local_addr()?;
        let root = format!("http://{}", guard.name_for(local));
        Ok(Server {
            listener,
            registry: Arc::new(Registry::new(&root, seed)),
            guard: Arc::new(guard),
        })
    }

    /// Returns the worlds.
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// Returns the address that was taken.
    ///
    /// # Errors
    ///
    /// Returns the system's error when it does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers from now on, in tasks of the present runtime.
    ///
    /// # Errors
    ///
    /// Returns the system's error when it does not tell the address.
    pub fn start(self) -> io::Result<Running> {
        let address = self.address()?;
        let registry = Arc::clone(&self.registry);
        let ticking = tokio::spawn(tick(Arc::clone(&registry), Arc::clone(&self.guard)));
        let accepting = tokio::spawn(self.accept());
        Ok(Running {
            address,
            registry,
            tasks: vec![accepting, ticking],
        })
    }

    async fn accept(self) {
        loop {
            let Ok((stream, _)) = self.listener.accept().await else {
                // Out of descriptors, or a connection that ended at once.
                machine::pause(TICK).await;
                continue;
            };
            // Without it, small answers wait for the acknowledgement of the ones before.
            let _ = stream.set_nodelay(true);
            let registry = Arc::clone(&self.registry);
            let guard = Arc::clone(&self.guard);
            tokio::spawn(async move {
                let connection = registry.next_connection();
                let service =
                    service_fn(|request| respond::respond(&registry, &guard, connection, request));
                let mut builder = http1::Builder::new();
                builder
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEADERS);
                // A cut connection is an error on purpose.
                let _ = builder
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
                registry.end_connection(connection);
            });
        }
    }
}

impl Running {
    /// Returns the address that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the worlds.
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Lets time pass in worlds whose clock is that of the machine.
async fn tick(registry: Arc<Registry>, guard: Arc<Guard>) {
    loop {
        machine::pause(TICK).await;
        for slot in registry.all() {
            let is_real = slot.with(|world| world.clock().is_real());
            if is_real {
                slot.with(|world| world.tick(machine::now()));
                deliver::flush(&slot, &guard);
            }
        }
    }
}
