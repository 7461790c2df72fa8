//! The shop over plain HTTP, at a sandbox in this process.

mod callbacks;
mod clicks;
mod crashes;
mod database;
mod lost;
mod pages;
mod payment;
mod support;
mod walk;
