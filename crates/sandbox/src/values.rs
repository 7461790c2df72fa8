//! Values on the wire: JSON, forms, XML, days, and the journal of accepted writes.

pub(crate) mod answers;
pub(crate) mod chance;
pub(crate) mod day;
pub(crate) mod decimal;
pub(crate) mod form;
pub(crate) mod journal;
pub(crate) mod json;
pub(crate) mod nearest;
#[cfg(test)]
mod noise;
#[cfg(test)]
pub(crate) mod replay;
pub(crate) mod xml;
