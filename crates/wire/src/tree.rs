//! A document as a tree of values, and serde types filled from it.
//!
//! JSON and XML are read into the same tree, so both are read leniently in form and strictly in
//! meaning, with the path of what is wrong and a note of what differs from its documentation.

mod document;
mod letter_case;
mod node;
mod notes;
mod optional;
pub(crate) mod path;
mod reader;
mod track;
mod value;

pub use self::document::Document;
#[cfg(feature = "json")]
pub(crate) use self::node::Later;
pub use self::node::MAX_DEPTH;
#[cfg(any(feature = "json", feature = "soap"))]
pub(crate) use self::node::{Kind, Node};
#[cfg(feature = "soap")]
pub(crate) use self::notes::Notes;
pub use self::optional::{Optional, ReadableRows};
#[cfg(any(feature = "json", feature = "soap"))]
pub(crate) use self::path::path;
pub use self::value::Value;
pub use kervan_core::drift::{Drift, Form, Tolerated, Unread};
