//! The server as a program of any language meets it: over HTTP alone.

mod callbacks;
mod control;
mod faults;
mod http;
mod in_process;
mod program;
mod safety;
mod worlds;
