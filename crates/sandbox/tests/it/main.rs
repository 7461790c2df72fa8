//! The server as a program of any language meets it: over HTTP alone.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of tests stop at the first thing that is not there"
)]

mod callbacks;
mod control;
mod faults;
mod http;
mod in_process;
mod program;
mod safety;
mod worlds;
