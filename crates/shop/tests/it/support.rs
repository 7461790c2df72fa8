//! A shop at a sandbox, and as much of a browser as its forms need.

#![expect(clippy::disallowed_methods, reason = "real sockets take real time")]

// The other test binaries have this file at another place.
#[path = "support/browser.rs"]
mod browser;
#[path = "support/gate.rs"]
mod gate;
#[path = "support/page.rs"]
mod page;
#[path = "support/posts.rs"]
mod posts;
#[path = "support/stage.rs"]
mod stage;

pub(crate) use self::browser::Browser;
pub(crate) use self::page::Page;
pub(crate) use self::posts::{Held, held, hold, return_path};
pub(crate) use self::stage::{Stage, refuses_everything, session};
