//! Banks and kinds of cards, and rates of installments.

pub(crate) mod bin;
pub(crate) mod customer_rates;
pub(crate) mod installments;
pub(crate) mod merchant_rates;
pub(crate) mod percent;
