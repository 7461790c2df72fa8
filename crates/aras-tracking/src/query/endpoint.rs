//! Where a query goes, and by which operation.

use std::sync::OnceLock;

use super::settings::{QueryMethod, QuerySettings};

/// A query type. Its name in errors and logs has its number, as `GetQuery-36`.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    pub(super) query_type: u16,
}

impl Endpoint {
    /// Names a query type.
    pub(super) const fn of(query_type: u16) -> Self {
        Self { query_type }
    }

    /// Returns the method of the query type: 22 and 26 answer with several tables, which only one
    /// method can.
    pub(super) fn method(self, settings: &QuerySettings) -> QueryMethod {
        match self.query_type {
            22 | 26 => QueryMethod::DataSet,
            _ => settings.method,
        }
    }
}

impl kervan_core::Endpoint for Endpoint {
    fn name(&self) -> &'static str {
        match NAMES.get(usize::from(self.query_type)) {
            Some(name) => name.get_or_init(|| format!("GetQuery-{}", self.query_type)),
            None => "GetQuery",
        }
    }
}

/// The names of the query types, each made when it is first needed. The carrier's numbers have up to three
/// digits.
static NAMES: [OnceLock<String>; 1000] = [const { OnceLock::new() }; 1000];

#[cfg(test)]
mod tests {
    use kervan_core::Endpoint as _;

    use super::*;

    #[test]
    fn every_number_of_the_carriers_length_has_a_name() {
        let names = [0, 1, 36, 102, 999, 1000, u16::MAX].map(|number| Endpoint::of(number).name());
        assert_eq!(
            names,
            [
                "GetQuery-0",
                "GetQuery-1",
                "GetQuery-36",
                "GetQuery-102",
                "GetQuery-999",
                "GetQuery",
                "GetQuery"
            ]
        );
    }
}
