#![doc = include_str!("../README.md")]

pub mod problem;
pub mod secret;
pub mod text;

pub use problem::{Language, Problem, Problems, Rule, Severity};
pub use secret::{Personal, Secret};
