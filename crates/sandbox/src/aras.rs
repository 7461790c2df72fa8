//! Aras.
