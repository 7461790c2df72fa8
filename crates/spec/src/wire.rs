//! Readers of the texts that travel: requests as files, JSON, XML, forms, dates.

pub mod date;
pub mod form;
pub mod http;
pub mod json;
pub mod xml;
