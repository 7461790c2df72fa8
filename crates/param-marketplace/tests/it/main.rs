//! Tests of the whole client over loopback.
