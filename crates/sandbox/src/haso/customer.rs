//! A customer of HASO.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A customer of HASO.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Customer {
    /// HASO's number.
    pub id: String,
    /// First names.
    pub name: String,
    /// Surname.
    pub surname: String,
    /// The national identity number; empty when unknown.
    pub tckn: String,
    /// The mobile number, ten digits; empty when unknown.
    pub mobile: String,
    /// The limit in lira; `None` without a valid one.
    pub limit: Option<Decimal>,
    /// A balance from which unpaid installments are closed.
    pub balance: Decimal,
    /// Whether the customer is suspended.
    pub is_suspended: bool,
}

impl Customer {
    /// Creates a customer of whom only the number is known.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            surname: String::new(),
            tckn: String::new(),
            mobile: String::new(),
            limit: None,
            balance: Decimal::ZERO,
            is_suspended: false,
        }
    }
}
