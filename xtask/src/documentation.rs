//! The programs in the README and in `docs`, compiled as documentation tests.

/// The README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[derive(Debug)]
pub struct Readme;

/// The Turkish README.
#[cfg(doctest)]
#[doc = include_str!("../../README.tr.md")]
#[derive(Debug)]
pub struct TurkishReadme;

/// What a failed call means.
#[cfg(doctest)]
#[doc = include_str!("../../docs/errors.md")]
#[derive(Debug)]
pub struct Errors;
