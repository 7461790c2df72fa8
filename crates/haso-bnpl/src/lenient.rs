//! Reading what the provider sends, whose raw form is not documented: any letter case, known
//! misspellings, JSON inside texts, lists of keys and values. Forgiving in form, strict in meaning.

pub(crate) mod amount;
pub(crate) mod envelope;
pub(crate) mod moment;
mod names;
mod value;

pub(crate) use envelope::Envelope;
pub use moment::Moment;
pub(crate) use names::canonical;
pub(crate) use value::Value;
