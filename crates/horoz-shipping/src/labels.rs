//! Labels: approval, goods acceptance (ATF) and label data of an order.
//!
//! **Experimental.** The provider's pages of these methods are public in part only.

mod cancel;
mod create;
mod ids;

pub use cancel::CancelLabel;
pub use create::{CreateLabel, Label};
pub use ids::{AtfId, Barcode};
