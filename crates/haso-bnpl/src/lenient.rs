//! Reading what the provider sends, whose raw form is not documented: any letter case, known
//! misspellings, JSON inside texts, lists of keys and values. Forgiving in form, strict in meaning.

pub(crate) mod amount;
pub(crate) mod envelope;
pub(crate) mod moment;
pub(crate) mod names;
pub(crate) mod value;

pub use self::moment::Moment;
