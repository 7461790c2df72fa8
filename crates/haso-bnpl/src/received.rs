//! Values that HASO sends, in answers and in posts. Their raw form is not documented, so they are read
//! in any letter case, with known misspellings, as JSON inside texts, and as lists of keys and values.

pub(crate) mod amount;
pub(crate) mod envelope;
pub(crate) mod moment;
pub(crate) mod names;
pub(crate) mod value;
