//! Shares arguments, help texts, findings, exit statuses and child processes between the commands
//! of `xtask` and those of the workbench.

pub mod args;
pub mod failure;
pub mod findings;
pub mod fuzzing;
pub mod help;
pub mod nearest;
pub mod process;
pub mod scratch;
pub mod workspace;
