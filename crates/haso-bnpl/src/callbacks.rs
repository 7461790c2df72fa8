//! The posts that HASO and the customer's browser send to the shop.
//!
//! **None of them is signed**, and the customer can forge posts that come through the browser. So every post
//! is [`Unverified`]: it can be looked at, but nothing in it can be activated or treated as paid before it
//! was confirmed against the shop's own order. [`OrderOk`], [`OrderFail`] and [`OrderCallback`] are the posts
//! of an order, [`LimitOk`], [`LimitFail`] and [`LimitCallback`] those of a limit request.
//!
//! HASO repeats a callback until it is answered with HTTP 200 and the order is confirmed. Answer
//! with [`CallbackAnswer::RECEIVED`] after the post was stored for good, and answer a repeat so too;
//! [`DeliveryKey`] recognizes a repeat, among the posts that `confirm` accepted.

mod answer;
mod confirm;
mod limit;
mod multipart;
mod names;
mod order;
mod reader;
mod stored;
mod unverified;

pub use self::answer::{CallbackAnswer, DeliveryKey};
pub use self::confirm::{ConfirmedLimit, ConfirmedOrder, Mismatch, PaidOrder};
pub use self::limit::{GrantedLimit, LimitCallback, LimitFail, LimitOk, LimitResult};
pub use self::order::{
    CompletedOrder, FailedOrder, OrderCallback, OrderFail, OrderOk, OrderResult, TransactionStatus,
};
pub use self::stored::{Activation, OrderState, StoredOrder};
pub use self::unverified::Unverified;
