#![doc = include_str!("../README.md")]

#[cfg(feature = "decimal")]
pub mod decimal;
#[cfg(feature = "decimal")]
pub mod money;
#[cfg(feature = "places")]
pub mod places;
pub mod text;
#[cfg(feature = "time")]
pub mod time;

#[cfg(feature = "decimal")]
pub use money::Money;
