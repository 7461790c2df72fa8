//! The programs in the README and in `docs`, compiled as documentation tests.

/// The README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
#[derive(Debug)]
pub struct Readme;

/// The Turkish README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.tr.md")]
#[derive(Debug)]
pub struct TurkishReadme;

/// What a failed call means.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/errors.md")]
#[derive(Debug)]
pub struct Errors;

/// A lost answer at Horoz.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/horoz-lost-answer.md")]
#[derive(Debug)]
pub struct HorozLostAnswer;

/// Broken places at Horoz.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/horoz-broken-places.md")]
#[derive(Debug)]
pub struct HorozBrokenPlaces;

/// Returns by Horoz.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/horoz-returns.md")]
#[derive(Debug)]
pub struct HorozReturns;

/// Cancelling at Horoz.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/horoz-undo.md")]
#[derive(Debug)]
pub struct HorozUndo;

/// Many orders at Horoz.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/horoz-many-orders.md")]
#[derive(Debug)]
pub struct HorozManyOrders;

/// What was not delivered by Aras.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/aras-undelivered.md")]
#[derive(Debug)]
pub struct ArasUndelivered;
