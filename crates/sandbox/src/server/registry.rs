//! The worlds of a server.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::DEFAULT_WORLD;
use crate::outbox::Due;
use crate::world::{NewWorld, World};
use crate::{Clock, Moment, Request};

/// The most worlds that one server has at a time.
const MOST: usize = 10_000;

/// The worlds of a server, by their names.
#[derive(Debug)]
pub struct Registry {
    root: String,
    seed: u64,
    worlds: Mutex<BTreeMap<String, Arc<Slot>>>,
    opened: AtomicU64,
    connections: AtomicU64,
}

/// One world of a server.
#[derive(Debug)]
pub struct Slot {
    name: String,
    world: Mutex<World>,
    changed: Notify,
    is_closed: AtomicBool,
}

/// Locks even after a panic: the state of a world that a request brought down is still of use to the one
/// who looks for the reason.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Slot {
    /// Returns the world's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Does something with the world, and wakes everybody who waits for a change.
    pub fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let result = act(&mut lock(&self.world));
        self.changed.notify_waiters();
        result
    }

    /// Does something with the world that nobody waits for.
    pub(super) fn peek<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        act(&mut lock(&self.world))
    }

    /// Takes the posts that are due.
    pub(super) fn take_due(&self, machine: Moment) -> Vec<Due> {
        self.peek(|world| {
            let now = world.clock().now(machine);
            world.outbox_mut().take_due(now)
        })
    }

    /// Looks at the world.
    pub fn look<T>(&self, at: impl FnOnce(&World) -> T) -> T {
        at(&lock(&self.world))
    }

    /// Returns whether the world was closed. Requests that were in it at that moment come to their end.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Acquire)
    }

    /// Waits for a change; it has to be asked for before the look that finds nothing.
    pub(crate) fn change(&self) -> Notified<'_> {
        self.changed.notified()
    }
}

impl Registry {
    /// Opens the world with the published logins. `root` is the server's address without a slash.
    pub(super) fn new(root: &str, seed: u64) -> Self {
        let registry = Registry {
            root: root.to_owned(),
            seed,
            worlds: Mutex::new(BTreeMap::new()),
            opened: AtomicU64::new(0),
            connections: AtomicU64::new(0),
        };
        registry.insert(DEFAULT_WORLD, World::new(&NewWorld::new(root, seed)));
        registry
    }

    /// Returns the server's address without a slash.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Returns the seed that the worlds' seeds come from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Opens a world with logins of its own. Without a name it gets one; without a seed, the server's
    /// seed and the name decide.
    ///
    /// # Errors
    ///
    /// Returns a sentence when the name is taken or not possible, or when there are too many worlds.
    pub fn open(
        &self,
        name: Option<&str>,
        seed: Option<u64>,
        clock: Clock,
    ) -> Result<Arc<Slot>, String> {
        let name = name.map_or_else(|| self.free_name(), str::to_owned);
        let is_name =
            |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        if name.is_empty() || name.len() > 64 || !name.chars().all(is_name) {
            let text = "a world's name has 1 to 64 letters of ASCII, digits, `-` and `_`";
            return Err(text.to_owned());
        }
        let seed = seed.unwrap_or_else(|| seed_of(self.seed, &name));
        let base = format!("{}/w/{name}", self.root);
        let settings = NewWorld::new(&base, seed).clock(clock).own_logins();
        let mut worlds = lock(&self.worlds);
        if worlds.contains_key(&name) {
            return Err(format!("there is a world {name} already"));
        }
        if worlds.len() >= MOST {
            return Err(format!("there are {MOST} worlds already"));
        }
        let slot = slot(&name, World::new(&settings));
        worlds.insert(name, Arc::clone(&slot));
        Ok(slot)
    }

    /// Returns a name that nobody has chosen.
    fn free_name(&self) -> String {
        loop {
            let number = self.opened.fetch_add(1, Ordering::Relaxed) + 1;
            let name = format!("w{number}");
            if self.get(&name).is_none() {
                return name;
            }
        }
    }

    /// Frees a world, and ends what waits in it. `None` for an unknown name.
    pub fn close(&self, name: &str) -> Option<Arc<Slot>> {
        let slot = lock(&self.worlds).remove(name)?;
        slot.is_closed.store(true, Ordering::Release);
        slot.changed.notify_waiters();
        Some(slot)
    }

    /// Returns the world with this name.
    pub fn get(&self, name: &str) -> Option<Arc<Slot>> {
        lock(&self.worlds).get(name).cloned()
    }

    /// Returns all worlds in the order of their names.
    pub fn all(&self) -> Vec<Arc<Slot>> {
        lock(&self.worlds).values().cloned().collect()
    }

    /// Returns the world whose login a request carries: the default one, or the first of the others.
    pub(super) fn by_login(&self, provider: &str, request: &Request) -> Option<Arc<Slot>> {
        let default = self.get(DEFAULT_WORLD);
        // Read once: a large body is not read again by each of many worlds.
        let names = default
            .as_ref()?
            .look(|world| world.names_in(provider, request));
        let is_its = |slot: &Arc<Slot>| slot.look(|world| world.has_name(provider, &names));
        if let Some(slot) = default.as_ref().filter(|slot| is_its(slot)) {
            return Some(Arc::clone(slot));
        }
        // The default world refuses a login that no world has.
        self.all().into_iter().find(is_its).or(default)
    }

    pub(super) fn next_connection(&self) -> u64 {
        self.connections.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(super) fn end_connection(&self, connection: u64) {
        for slot in self.all() {
            // Nobody waits for it.
            slot.peek(|world| world.end_connection(connection));
        }
    }

    fn insert(&self, name: &str, world: World) {
        lock(&self.worlds).insert(name.to_owned(), slot(name, world));
    }
}

fn slot(name: &str, world: World) -> Arc<Slot> {
    Arc::new(Slot {
        name: name.to_owned(),
        world: Mutex::new(world),
        changed: Notify::new(),
        is_closed: AtomicBool::new(false),
    })
}

/// Mixes a seed with a name (FNV-1a), so that a world has the same ids whenever it is opened.
fn seed_of(seed: u64, name: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worlds_have_names_and_end() {
        let registry = Registry::new("http://127.0.0.1:1", 7);
        let clock = Clock::Real(0);
        let world = registry.open(Some("a"), None, clock).unwrap();
        assert_eq!(
            world.look(|world| world.address("haso")),
            "http://127.0.0.1:1/w/a/haso"
        );
        assert!(registry.open(Some("a"), None, clock).is_err());
        for name in ["", "a/b", "ş", &"x".repeat(65)] {
            assert!(registry.open(Some(name), None, clock).is_err(), "{name}");
        }
        assert_eq!(registry.all().len(), 2);
        assert!(registry.open(Some("w1"), None, clock).is_ok());
        let unnamed = registry.open(None, None, clock).unwrap();
        assert_eq!(unnamed.name(), "w2");
        assert!(registry.close("a").is_some_and(|slot| slot.is_closed()));
        assert!(registry.close("a").is_none());
        let seed = |name: &str| {
            let world = registry.open(Some(name), None, clock).unwrap();
            world.look(World::seed)
        };
        assert_ne!(seed("b"), seed("c"));
    }
    #[test]
    fn a_server_has_ten_thousand_worlds_at_most() {
        let registry = Registry::new("http://127.0.0.1:1", 7);
        let clock = Clock::Real(0);
        let default = registry.get(DEFAULT_WORLD).unwrap();
        for number in 2..10_000 {
            let name = format!("copy-{number}");
            lock(&registry.worlds).insert(name, Arc::clone(&default));
        }
        assert!(registry.open(Some("last"), None, clock).is_ok());
        let why = registry.open(Some("more"), None, clock).unwrap_err();
        assert_eq!(why, "there are 10000 worlds already");
        registry.close("last").unwrap();
        assert!(registry.open(Some("more"), None, clock).is_ok());
    }
}
