//! A world of one's own inside a test.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::outbox::{Entry, Rule, State};
use crate::server::{Guard, Registry, Server, Slot, flush, machine};
use crate::world::{Record, World, WorldFile};
use crate::{Clock, Hosted, Moment, Plan};

/// A world of one's own on a server inside the test's process, which ends when this is dropped.
///
/// All worlds of a process share one server and its port, and none sees another. The server has a
/// thread and a runtime of its own, so that tests with any runtime, or none, use it.
///
/// A planned fault that no call has met fails the test: dropping panics, unless the test has failed
/// already. [`Sandbox::finish`] returns it as an error in place of that. A test that leaves with `?` has not
/// panicked, so plan a fault right before its call.
///
/// # Examples
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
/// # runtime.block_on(async {
/// let sandbox = kervan_sandbox::Sandbox::start().await?;
/// let horoz = sandbox.account("horoz");
/// assert!(horoz.address.starts_with("http://127.0.0.1:"));
/// assert!(!horoz.get("process_key").is_empty());
/// # Ok::<(), std::io::Error>(())
/// # })?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Sandbox {
    slot: Arc<Slot>,
    server: Shared,
}

/// The address and the login of one provider in a world.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Account {
    /// The address, without a slash at its end.
    pub address: String,
    /// Names and values of the login.
    pub login: Vec<(&'static str, String)>,
}

impl Account {
    /// Returns a value of the login, as `process_key` of Horoz.
    ///
    /// # Panics
    ///
    /// Panics for an unknown name, and says which there are.
    #[track_caller]
    pub fn get(&self, name: &str) -> &str {
        let found = self.login.iter().find(|(listed, _)| *listed == name);
        let Some((_, value)) = found else {
            let names: Vec<&str> = self.login.iter().map(|(listed, _)| *listed).collect();
            panic!("the login has no {name}; it has {}", names.join(", "));
        };
        value
    }
}

/// Planned faults and rules that nothing has met, as sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused(Vec<String>);

impl Unused {
    /// Returns one sentence for each.
    pub fn sentences(&self) -> &[String] {
        &self.0
    }
}

impl std::fmt::Display for Unused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "planned and never met: {}", self.0.join("; "))
    }
}

impl std::error::Error for Unused {}

/// The server of this process.
#[derive(Clone, Debug)]
struct Shared {
    registry: Arc<Registry>,
    guard: Arc<Guard>,
    runtime: tokio::runtime::Handle,
}

static SHARED: Mutex<Option<Shared>> = Mutex::new(None);

impl Sandbox {
    /// Opens a world, and the server of this process when it is the first one.
    ///
    /// # Errors
    ///
    /// Returns the system's error when no port of this machine is free.
    #[expect(clippy::unused_async, reason = "it will wait for a server elsewhere")]
    pub async fn start() -> io::Result<Self> {
        Self::open(Clock::Real(0))
    }

    /// Opens a world whose clock only moves when the test moves it.
    ///
    /// # Errors
    ///
    /// As [`Sandbox::start`].
    pub fn start_at(time: Moment) -> io::Result<Self> {
        Self::open(Clock::Manual(time))
    }

    fn open(clock: Clock) -> io::Result<Self> {
        let server = shared()?;
        let slot = server.registry.open(None, None, clock);
        Ok(Sandbox {
            slot: slot.map_err(io::Error::other)?,
            server,
        })
    }

    /// Returns the address and the login of a provider: `aras`, `horoz`, `param` or `haso`. For another
    /// name the login is empty.
    pub fn account(&self, provider: &str) -> Account {
        self.look(|world| Account {
            address: world.address(provider),
            login: world.login(provider),
        })
    }

    /// Looks at the world.
    pub fn look<T>(&self, at: impl FnOnce(&World) -> T) -> T {
        self.slot.look(at)
    }

    /// Does something with the world; what is due afterwards is sent.
    pub fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let result = self.slot.with(act);
        let _inside = self.server.runtime.enter();
        flush(&self.slot, &self.server.guard);
        result
    }

    /// Asks a provider for the truth, as `sandbox.ask(|haso: &Haso| haso.is_active("A-1"))`.
    ///
    /// # Panics
    ///
    /// Panics for a type that is not one of the four providers.
    pub fn ask<P: Hosted, T>(&self, question: impl FnOnce(&P) -> T) -> T {
        self.look(|world| match world.provider::<P>() {
            Some(provider) => question(provider),
            None => panic!("{} is not a provider of a world", P::NAME),
        })
    }

    /// Lets somebody outside act: a customer on a page, a courier, a bank.
    ///
    /// # Errors
    ///
    /// Returns a sentence when the step is not possible.
    pub fn step<P: Hosted>(&self, step: &P::Step) -> Result<(), String> {
        let step = serde_json::to_value(step).map_err(|why| why.to_string())?;
        self.step_named(P::NAME, step)
    }

    /// Lets somebody outside act; the step is JSON, as in the control API.
    ///
    /// # Errors
    ///
    /// Returns a sentence when the step is not possible.
    pub fn step_named(&self, provider: &str, step: Value) -> Result<(), String> {
        self.with(|world| world.act(provider, step, machine::now()))
    }

    /// Plans a fault for a call of a provider.
    ///
    /// # Panics
    ///
    /// Panics for an unknown provider or operation, and for a plan that no call can meet, because the test
    /// would then test nothing.
    #[track_caller]
    pub fn plan(&self, provider: &str, plan: Plan) {
        let planned = self.with(|world| world.plan(provider, plan));
        if let Err(why) = planned {
            panic!("{why}");
        }
    }

    /// Plans what happens to a post that comes up.
    ///
    /// # Panics
    ///
    /// Panics for an unknown provider or kind, and for a rule that no post can meet.
    #[track_caller]
    pub fn rule(&self, rule: Rule) {
        let planned = self.with(|world| world.rule(rule));
        if let Err(why) = planned {
            panic!("{why}");
        }
    }

    /// Moves the clock forward.
    pub fn advance(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.with(|world| world.advance(millis, machine::now()));
    }

    /// Moves the clock to the next midnight in Istanbul.
    pub fn to_istanbul_midnight(&self) {
        self.with(|world| world.to_istanbul_midnight(machine::now()));
    }

    /// Returns the log, the oldest record first.
    pub fn records(&self) -> Vec<Record> {
        self.look(|world| world.records().cloned().collect())
    }

    /// Returns the posts to the shop, the oldest first.
    pub fn callbacks(&self) -> Vec<Entry> {
        self.look(|world| world.outbox().entries().cloned().collect())
    }

    /// Waits until something is so, for at most 10 seconds of the machine's time.
    ///
    /// # Errors
    ///
    /// Returns a sentence with the last lines of the log when it did not come.
    pub async fn wait_for(&self, is_so: impl Fn(&World) -> bool) -> Result<(), String> {
        let end = machine::after(Duration::from_secs(10));
        let slot = Arc::clone(&self.slot);
        loop {
            let mut change = std::pin::pin!(slot.change());
            change.as_mut().enable();
            if slot.look(&is_so) {
                return Ok(());
            }
            let waiting = {
                // Timers are those of the server's runtime, so that any runtime can wait here.
                let _inside = self.server.runtime.enter();
                machine::until(end, change)
            };
            if waiting.await.is_err() {
                let lines = self.look(last_lines);
                return Err(format!("it did not come within 10 seconds; {lines}"));
            }
        }
    }

    /// Waits until a provider has been sent a call of an operation.
    ///
    /// # Errors
    ///
    /// As [`Sandbox::wait_for`], and at once for a name that no operation has.
    pub async fn wait_for_call(&self, operation: &str) -> Result<(), String> {
        self.look(|world| world.check_operation(None, operation))?;
        self.wait_for(|world| {
            let mut calls = world.records().filter(|record| record.is_call());
            calls.any(|record| record.operation == operation)
        })
        .await
    }

    /// Waits until the shop has accepted a post of a kind.
    ///
    /// # Errors
    ///
    /// As [`Sandbox::wait_for`], and at once for a kind that no provider posts.
    pub async fn wait_for_callback(&self, kind: &str) -> Result<(), String> {
        self.look(|world| world.check_kind(None, Some(kind)))?;
        self.wait_for(|world| {
            let mut entries = world.outbox().entries();
            entries.any(|entry| entry.post.kind == kind && entry.state == State::Accepted)
        })
        .await
    }

    /// Waits until an object of a provider is in a state.
    ///
    /// # Errors
    ///
    /// As [`Sandbox::wait_for`], and at once for an unknown provider.
    pub async fn wait_for_state(
        &self,
        provider: &str,
        key: &str,
        state: &str,
    ) -> Result<(), String> {
        self.look(|world| world.check_provider(Some(provider)))?;
        self.wait_for(|world| {
            let states = world.states(provider);
            states
                .iter()
                .any(|(listed, is)| listed == key && is == state)
        })
        .await
    }

    /// Returns the world's state, to be stored in a file.
    ///
    /// # Errors
    ///
    /// Returns a sentence when it cannot be written.
    pub fn export(&self) -> Result<WorldFile, String> {
        self.look(World::export)
    }

    /// Takes over a stored state. Nothing changes when a part of it is wrong.
    ///
    /// # Errors
    ///
    /// Returns a sentence that names the part.
    pub fn import(&self, file: &WorldFile) -> Result<(), String> {
        self.with(|world| world.import(file, machine::now()))
    }

    /// Ends the world, and says whether every planned fault was met.
    ///
    /// # Errors
    ///
    /// Returns those that were not: a test that leaves one has not tested it.
    pub fn finish(self) -> Result<(), Unused> {
        let unused = self.look(World::unused);
        self.slot.with(World::forget_unused);
        if unused.is_empty() {
            Ok(())
        } else {
            Err(Unused(unused))
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.registry.close(self.slot.name());
        let unused = self.look(World::unused);
        assert!(
            unused.is_empty() || thread::panicking(),
            "{}; or the test ended before that with an error, which this message hides; {}",
            Unused(unused),
            self.look(last_lines)
        );
    }
}

fn last_lines(world: &World) -> String {
    let lines: Vec<String> = world
        .records()
        .rev()
        .take(10)
        .map(ToString::to_string)
        .collect();
    let lines: Vec<&str> = lines.iter().rev().map(String::as_str).collect();
    format!("the last records are\n{}", lines.join("\n"))
}

/// Returns the server of this process, and starts it when it is the first one.
fn shared() -> io::Result<Shared> {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(shared) = &*shared {
        return Ok(shared.clone());
    }
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new()
        .name("kervan-sandbox".to_owned())
        .spawn(move || serve(&sender))?;
    let started = receiver.recv().map_err(io::Error::other)??;
    *shared = Some(started.clone());
    Ok(started)
}

/// Runs the server until the process ends.
fn serve(started: &mpsc::Sender<io::Result<Shared>>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = started.send(Err(error));
            return;
        }
    };
    let guard = Guard::loopback();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let served = runtime.block_on(async {
        let server = Server::bind(address, 1, guard.clone()).await?;
        let shared = Shared {
            registry: Arc::clone(server.registry()),
            guard: Arc::new(guard),
            runtime: runtime.handle().clone(),
        };
        Ok((server.start()?, shared))
    });
    match served {
        Ok((running, shared)) => {
            let _ = started.send(Ok(shared));
            runtime.block_on(std::future::pending::<()>());
            drop(running);
        }
        Err(error) => {
            let _ = started.send(Err(error));
        }
    }
}
