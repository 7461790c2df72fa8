//! Customers: what HASO knows of them, and their telephone numbers.

mod change_phone;
pub(crate) mod information;
mod payments;
pub(crate) mod transactions;

pub use self::change_phone::ChangePhone;
pub use self::information::{Customer, CustomerInformation, GetCustomer, PlanTerms};
pub use self::payments::ListPayments;
pub use self::transactions::ListTransactions;
