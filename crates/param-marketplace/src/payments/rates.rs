//! What a card is, and what instalments cost.

pub(crate) mod bin;
pub(crate) mod customer_rates;
pub(crate) mod instalments;
pub(crate) mod merchant_rates;
pub(crate) mod percent;
