//! Stories over a toy provider, whose client can be made wrong on purpose.

mod aras_reads;
mod client;
mod clocks;
mod mistakes;
mod told;
mod world;
mod writes;
