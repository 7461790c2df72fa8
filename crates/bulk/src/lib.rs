#![doc = include_str!("../README.md")]

mod check;
mod crowd;
mod one;
mod plan;
mod report;
mod run;
mod sendings;
mod tasks;
mod watch;

pub use check::{BulkProblems, check_all};
pub use plan::RunPlan;
pub use report::{BulkResult, BulkState, FailureReason, RunError, RunReport, StopReason};
pub use run::Bulk;
