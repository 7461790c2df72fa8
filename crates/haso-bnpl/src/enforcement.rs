//! Debt enforcement.

mod expense;

pub use self::expense::SendExpense;
