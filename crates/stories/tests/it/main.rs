//! Stories over the providers, and over a toy whose client can be made wrong on purpose.

mod client;
mod clocks;
mod mistakes;
mod told;
mod ways;
mod world;
mod writes;
