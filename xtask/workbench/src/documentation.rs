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

/// The meaning of a failed call.
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

/// A parcel of Aras, from its order to its tracking number.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/aras-register.md")]
#[derive(Debug)]
pub struct ArasRegister;

/// Many parcels at Aras.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/aras-many-parcels.md")]
#[derive(Debug)]
pub struct ArasManyParcels;

/// A change of an order at Aras.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/aras-change-order.md")]
#[derive(Debug)]
pub struct ArasChangeOrder;

/// Parcels of Aras that came back.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/aras-came-back.md")]
#[derive(Debug)]
pub struct ArasCameBack;

/// Parcels that Aras did not deliver.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/aras-undelivered.md")]
#[derive(Debug)]
pub struct ArasUndelivered;

/// From a tracking link of Aras to a status.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/aras-link-to-status.md")]
#[derive(Debug)]
pub struct ArasLinkToStatus;

/// An order of HASO, to its activation.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/haso-order.md")]
#[derive(Debug)]
pub struct HasoOrder;

/// Callbacks in an axum server.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/axum.md")]
#[derive(Debug)]
pub struct CallbacksInAxum;

/// Writes in a ledger.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/ledger.md")]
#[derive(Debug)]
pub struct WritesInALedger;

/// Personal data and cards.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/personal-data.md")]
#[derive(Debug)]
pub struct PersonalData;

/// A day beside the providers' lists.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/reconciliation.md")]
#[derive(Debug)]
pub struct ADayBesideTheLists;

/// A lost answer, of any provider.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/lost-answer.md")]
#[derive(Debug)]
pub struct LostAnswer;

/// A payment by Param, from the card to the sellers.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/param-web-shop.md")]
#[derive(Debug)]
pub struct ParamWebShop;

/// A refund of a part.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/refund-part.md")]
#[derive(Debug)]
pub struct RefundPart;

/// Tests of a shop with answers of their own.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/recipes/script-answers.md")]
#[derive(Debug)]
pub struct ScriptAnswers;

/// Writes in a web server.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/in-a-web-shop.md")]
#[derive(Debug)]
pub struct InAWebShop;
