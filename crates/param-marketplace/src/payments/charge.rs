//! Calls that charge a card, or start to.

pub(crate) mod bkm;
pub(crate) mod browser;
pub(crate) mod complete;
pub(crate) mod in_currency;
pub(crate) mod modal;
pub(crate) mod modal_in_currency;
pub(crate) mod pos;
pub(crate) mod three_d_model;
pub(crate) mod three_d_model_v2;
pub(crate) mod whole;
