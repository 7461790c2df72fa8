//! The tracking pages: fetched by link, or read from a page that a program already has.
//!
//! Fields are found by the ids of their elements, wherever they are; a missing id is an empty
//! field. Nothing tries to pass the captcha that the carrier puts before some pages: such a page
//! [needs a person](ParcelLookup::NeedsPerson).

mod address;
mod fetch;
mod fields;
mod follow;
mod html;
mod parcel;
mod read;
mod secrets;
mod service;
mod settings;

pub use follow::ParcelLookup;
pub use parcel::{FailedAttempt, MovementsTab, ParcelPage, Step};
pub use read::{MAX_BYTES, PageContent, read_page};
pub use settings::{PageEnvironment, PageSettings};
