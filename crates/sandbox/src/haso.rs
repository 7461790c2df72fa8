//! HASO.
