//! One story for each documented way, by hand: a real client, a simulated provider, and the truth asked
//! from the provider's state.

mod aras;
mod axum;
mod haso;
mod horoz;
mod jobs;
mod ledger;
mod param;
mod recipes;
mod shop_test;
