#![doc = include_str!("../README.md")]

pub mod charset;
#[cfg(feature = "form")]
pub mod form;
#[cfg(feature = "json")]
pub mod json;
pub mod scrub;
#[cfg(feature = "soap")]
pub mod soap;
#[cfg(any(feature = "json", feature = "soap"))]
pub mod tree;
