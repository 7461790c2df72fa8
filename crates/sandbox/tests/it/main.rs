//! The server as a program of any language meets it: over HTTP alone.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod board;
mod callbacks;
mod control;
mod docs;
mod faults;
mod http;
mod in_process;
mod limits;
mod program;
mod python;
mod safety;
mod started;
mod transcript;
mod worlds;
