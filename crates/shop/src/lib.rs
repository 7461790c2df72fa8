#![doc = include_str!("../README.md")]

mod clients;
mod desk;
mod failure;
mod form;
mod haso;
mod note;
mod orders;
mod pages;
mod parcels;
mod payments;
mod posts;
mod sellers;
mod server;
mod settings;
mod shares;
mod shop;
mod store;
mod tracking;
mod watching;
mod writes;

pub use clients::Outside;
pub use server::{Running, StartError, start};
pub use settings::{SettingError, Settings, USAGE};
