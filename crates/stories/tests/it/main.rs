//! Stories over the providers, and over a toy whose client can be made wrong on purpose.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod aras_reads;
mod client;
mod clocks;
mod mistakes;
mod sales;
mod told;
mod ways;
mod world;
mod writes;
