//! Customers: what HASO knows of them, and their telephone numbers.

mod change_phone;
mod information;
mod payments;
mod transactions;

pub use self::change_phone::ChangePhone;
pub use self::information::{Customer, CustomerInformation, GetCustomer, PlanTerms};
pub use self::payments::ListPayments;
pub use self::transactions::ListTransactions;
pub(crate) use self::transactions::rows as transaction_rows;
