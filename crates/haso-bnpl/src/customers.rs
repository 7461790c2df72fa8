//! Customers: HASO's knowledge of them, and their telephone numbers.

mod change_phone;
pub(crate) mod information;
mod payments;
mod terms;
pub(crate) mod transactions;

pub use self::change_phone::ChangePhone;
pub use self::information::{Customer, CustomerInformation, GetCustomer};
pub use self::payments::ListPayments;
pub use self::terms::PlanTerms;
pub use self::transactions::ListTransactions;
