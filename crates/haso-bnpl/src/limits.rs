//! Limits: asked for in the customer's browser, by PIN, or set by the merchant.

mod ask_report;
mod confirm_pin;
mod from_kds;
mod link;
mod post;
mod progress;
mod start;
mod start_by_pin;

pub use self::ask_report::AskReport;
pub use self::confirm_pin::ConfirmPin;
pub use self::from_kds::SetLimitFromKds;
pub use self::link::{LimitLink, LimitLinkForm};
pub use self::post::LimitForm;
pub use self::progress::LimitProgress;
pub use self::start::StartLimit;
pub use self::start_by_pin::StartLimitByPin;
