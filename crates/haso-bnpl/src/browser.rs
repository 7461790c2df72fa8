//! Forms that the customer's browser posts: the fields, a page that posts them, and the answer
//! where the server posts them instead.

pub(crate) mod form;
pub(crate) mod handover;
pub(crate) mod page;

pub use self::form::{BrowserForm, StartError};
pub use self::handover::Handover;
pub use self::page::{Page, PageTexts};
