//! Orders: one seller's share of one payment, from entry to payout or refund.

mod add_detail;
mod cancel_refund;
mod query;
mod refund_amount;
mod set_status;
mod status;
mod undo;
mod undo_question;

pub use add_detail::{AddOrderDetail, OrderDetail};
pub use cancel_refund::{CancelOrRefund, CancelledOrRefunded};
pub use query::{Order, Orders, QueryOrders};
pub use refund_amount::{EnteredShare, NoPartialAmount, PartialAmount, RefundAmount, RefundPart};
pub use set_status::{OrderState, SetOrderStatus, StatusSet};
pub use status::OrderStatus;
pub use undo::Undo;
pub use undo_question::{UndoAnswer, UndoQuestion};
