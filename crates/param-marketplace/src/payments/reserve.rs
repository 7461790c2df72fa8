//! Reservations: an amount is held, and captured or released later.

pub(crate) mod amount;
pub(crate) mod capture;
pub(crate) mod complete;
pub(crate) mod reservation;
pub(crate) mod void;
pub(crate) mod with_model;
