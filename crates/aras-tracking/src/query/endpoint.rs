//! Where a query goes, and by which operation.

use super::settings::{Method, QuerySettings};

/// A query type, and its name in errors and logs.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    pub(super) name: &'static str,
    pub(super) query_type: u16,
}

impl Endpoint {
    /// Names a query type of the guide.
    pub(super) const fn of(query_type: u16) -> Self {
        let mut at = 0;
        while at < NAMES.len() {
            if NAMES[at].0 == query_type {
                return Self {
                    name: NAMES[at].1,
                    query_type,
                };
            }
            at += 1;
        }
        Self::raw(query_type)
    }

    /// Names a query type that the guide may not have.
    pub(super) const fn raw(query_type: u16) -> Self {
        Self {
            name: "GetQuery",
            query_type,
        }
    }

    /// Returns the method of the query type: 22 and 26 answer with several tables, which only one
    /// method can.
    pub(super) fn method(self, settings: &QuerySettings) -> Method {
        match self.query_type {
            22 | 26 => Method::DataSet,
            _ => settings.method,
        }
    }
}

impl kervan_core::Endpoint for Endpoint {
    fn name(&self) -> &'static str {
        self.name
    }
}

const NAMES: [(u16, &str); 32] = [
    (1, "GetQuery-1"),
    (2, "GetQuery-2"),
    (3, "GetQuery-3"),
    (4, "GetQuery-4"),
    (5, "GetQuery-5"),
    (6, "GetQuery-6"),
    (7, "GetQuery-7"),
    (8, "GetQuery-8"),
    (9, "GetQuery-9"),
    (10, "GetQuery-10"),
    (11, "GetQuery-11"),
    (12, "GetQuery-12"),
    (13, "GetQuery-13"),
    (14, "GetQuery-14"),
    (15, "GetQuery-15"),
    (16, "GetQuery-16"),
    (18, "GetQuery-18"),
    (19, "GetQuery-19"),
    (21, "GetQuery-21"),
    (22, "GetQuery-22"),
    (24, "GetQuery-24"),
    (25, "GetQuery-25"),
    (26, "GetQuery-26"),
    (30, "GetQuery-30"),
    (31, "GetQuery-31"),
    (37, "GetQuery-37"),
    (39, "GetQuery-39"),
    (40, "GetQuery-40"),
    (41, "GetQuery-41"),
    (100, "GetQuery-100"),
    (101, "GetQuery-101"),
    (102, "GetQuery-102"),
];
