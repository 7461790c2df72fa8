//! Payments: the money that a marketplace divides begins here.
//!
//! A card is charged in one of three ways, and each is a type of its own:
//!
//! - **3D Pay** ([`PosPayment`]): the customer visits an address, the provider charges the card there
//!   and posts a result.
//! - **3D Model** ([`ModelPayment`]): the customer is shown a page, the bank's answer is posted to the
//!   shop, and a second call ([`CompletePayment`]) charges the card.
//! - **Without 3-D**: the answer of the first call is final.
//!
//! No payment is ever sent twice. After an unknown outcome, [`QueryPayment`] tells what became of it.

mod answer;
pub mod callback;
mod card;
mod complete;
#[cfg(feature = "doctor")]
pub mod doctor;
mod hand_over;
mod hash;
mod ids;
mod pos;
mod query;
mod refund;
mod sale;
mod three_d_model;

pub use answer::{Charged, Payment, ShowPage, VisitUrl};
pub use card::Card;
pub use complete::{CompletePayment, Completed};
pub use hand_over::{NotConfirmed, PaidOrder};
pub use hash::hash;
pub use ids::{CustomerIp, PaymentKey, PaymentOrder, ReceiptId};
pub use pos::PosPayment;
pub use query::{PaymentRecord, PaymentState, PaymentStatus, QueryPayment};
pub use refund::{PaymentRefunded, RefundPayment};
pub use sale::{Sale, Security};
pub use three_d_model::ModelPayment;
