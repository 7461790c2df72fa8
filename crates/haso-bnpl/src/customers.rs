//! Customers: HASO's knowledge of them, and their telephone numbers.

pub(crate) mod change_phone;
pub(crate) mod get_customer;
mod list_payments;
pub(crate) mod list_transactions;
mod terms;

pub use self::change_phone::ChangePhone;
pub use self::get_customer::{Customer, CustomerInformation, GetCustomer};
pub use self::list_payments::ListPayments;
pub use self::list_transactions::ListTransactions;
pub use self::terms::PlanTerms;
