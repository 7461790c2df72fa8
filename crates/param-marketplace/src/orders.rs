//! Orders: one seller's share of one payment, from entry to payout or refund.

mod add_detail;
mod cancel_refund;
mod query;
mod set_status;
mod status;
mod undo_question;

pub use add_detail::{AddOrderDetail, OrderDetail};
pub use cancel_refund::{
    CancelOrRefund, CancelledOrRefunded, NoPartialAmount, PartialAmount, RefundAmount, Undo,
};
pub use query::{Order, Orders, QueryOrders};
pub use set_status::{OrderState, SetOrderStatus, StatusSet};
pub use status::OrderStatus;
pub use undo_question::{UndoAnswer, UndoQuestion};
