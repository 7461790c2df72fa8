//! Installments that were paid to the shop.

mod load_balance;
mod set_bulk_paid;
mod set_paid;

pub use self::load_balance::LoadBalance;
pub use self::set_bulk_paid::SetBulkPaid;
pub use self::set_paid::SetPaid;
