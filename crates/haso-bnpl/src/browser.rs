//! Forms that the customer's browser posts: the fields, a page that posts them, and the answer
//! where the server posts them instead.

mod form;
mod handover;
mod page;

pub(crate) use self::form::Posted;
pub use self::form::{BrowserForm, StartError};
pub use self::handover::Handover;
pub(crate) use self::handover::read as read_handover;
pub use self::page::{Page, PageTexts};
