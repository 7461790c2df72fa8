#![doc = include_str!("../README.md")]

#[cfg(feature = "conformance")]
pub mod conformance;
pub mod contents;
pub mod entry;
pub mod event;
#[cfg(feature = "file")]
pub mod file;
pub mod inbox;
pub mod key;
pub mod ledger;
pub mod limits;
pub mod memory;
mod reference;
mod report;
pub mod row;
pub mod sql;
pub mod state;
mod step;
pub mod store;
pub mod watch;
mod watcher;
mod watching;
mod work;
pub mod worker;
pub mod write_error;
mod writes;

pub use contents::{Contents, ContentsKey};
pub use entry::{Entry, KeptRequest, Why};
pub use event::{Event, Misplaced, Resolution};
#[cfg(feature = "file")]
pub use file::{Durability, FileStore};
pub use inbox::{Applied, Inbox, Post, PostState, PostStore};
pub use key::{Account, Key};
pub use ledger::{Begun, ChangeError, Held, Ledger, Plan, WriteResult, Written};
pub use limits::{Allowed, Limit, Limits, Use, UseStore};
pub use memory::MemoryStore;
pub use reference::reference;
pub use state::State;
pub use store::{
    Claim, Inserted, Listed, Numbered, Past, Replaced, Store, StoreError, StoreErrorKind,
    Unreadable,
};
pub use watch::{Schedule, Seen, Watch, WatchState, WatchStore, Watcher, Watching};
pub use work::WorkError;
pub use worker::Worker;
pub use write_error::WriteError;
