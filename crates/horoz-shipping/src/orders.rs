//! Orders of the merchant's own account: own warehouse or marketplace seller, to consumers.
//!
//! **Experimental.** The provider's pages of these methods are public in part only: their tables
//! of fields and codes are not.

mod cancel;
mod create;
mod undo;

pub use cancel::CancelShippingOrder;
pub use create::{CreateShippingOrder, CreatedShippingOrder};
pub use undo::{UndoError, UndoObstacle, UndoOrder, Undone};

pub use crate::named_order::Cancelled;
