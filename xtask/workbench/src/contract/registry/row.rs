//! A row of the page of calls.

use std::any::type_name;

use kervan_core::{Class, Operation};

/// Forms in which a call travels.
pub(super) const JSON: &str = "JSON";
pub(super) const SOAP: &str = "SOAP";
pub(super) const FORM: &str = "form";

/// A call, as the reference describes it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The provider's crate.
    pub(crate) package: String,
    /// The file of the call, from the workspace's root.
    pub(crate) path: String,
    /// The request type.
    pub(crate) request: String,
    /// The provider's name of the call; several names are separated by commas.
    pub(crate) wire: &'static str,
    pub(crate) form: &'static str,
    pub(crate) effect: &'static str,
    pub(crate) summary: &'static str,
    /// Reads a request in the crate's own form and returns its class and its read-back.
    pub(crate) settling: SettlingFn,
    /// Whether the type implements `Settle`.
    pub(crate) is_settled: bool,
    /// The call of a second question, which may follow the read-back.
    pub(crate) second: Option<&'static str>,
}

pub(crate) type SettlingFn = fn(&str) -> Option<Settling>;

/// The class of a write, and the call that settles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settling {
    pub(crate) class: Class,
    pub(crate) read_back: Option<&'static str>,
}

impl Row {
    /// Returns the row of an operation. Crate, file and type come from the type's path.
    pub(super) fn of<O: Operation>(
        wire: &'static str,
        form: &'static str,
        summary: &'static str,
    ) -> Self {
        let (package, path, request) = place(type_name::<O>());
        Self {
            package,
            path,
            request,
            wire,
            form,
            effect: "read",
            summary,
            settling: |_| None,
            is_settled: false,
            second: None,
        }
    }

    /// Returns the same as a write.
    pub(super) fn of_write(self) -> Self {
        Self {
            effect: "write",
            ..self
        }
    }

    /// Adds what its requests say of their class.
    pub(super) fn settling(self, settling: SettlingFn, is_settled: bool) -> Self {
        Self {
            settling,
            is_settled,
            ..self
        }
    }

    /// Moves the row to another file of the same folder, where a call is apart from its type.
    pub(super) fn in_file(mut self, name: &str) -> Self {
        if let Some((folder, _)) = self.path.rsplit_once('/') {
            self.path = format!("{folder}/{name}");
        }
        self
    }

    /// Returns whether a row describes the operation of an entry. A number after a hyphen is the number of a
    /// query type, or of orders in one call: `GetQueryJSON-9` belongs to `GetQueryJSON`.
    pub(crate) fn describes(&self, package: &str, operation: &str) -> bool {
        let name = match operation.split_once('-') {
            Some((name, number)) if number.parse::<u16>().is_ok() => name,
            _ => operation,
        };
        self.package == package && self.wire.split(", ").any(|wire| wire == name)
    }
}

/// Crate, file and name of a type: `a_b::x::y::T<U>` is `T` in `crates/a-b/src/x/y.rs`.
fn place(type_name: &str) -> (String, String, String) {
    let path = type_name.split('<').next().unwrap_or_default();
    let mut parts: Vec<_> = path.split("::").collect();
    let name = parts.pop().unwrap_or_default().to_owned();
    let package = parts.first().unwrap_or(&"").replace('_', "-");
    let module = match parts.get(1..) {
        Some([]) | None => "lib".to_owned(),
        Some(modules) => modules.join("/"),
    };
    let file = format!("crates/{package}/src/{module}.rs");
    (package, file, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_in_the_file_of_its_module() {
        let placed = |package: &str, path: &str, name: &str| {
            (package.to_owned(), path.to_owned(), name.to_owned())
        };
        assert_eq!(
            place("a_b::x::y::T<a_b::z::U, 1>"),
            placed("a-b", "crates/a-b/src/x/y.rs", "T")
        );
        assert_eq!(place("a::T"), placed("a", "crates/a/src/lib.rs", "T"));
    }

    #[test]
    fn a_query_type_belongs_to_its_operation() {
        let row = Row {
            package: "a".to_owned(),
            path: String::new(),
            request: String::new(),
            wire: "GetJSON, GetXML",
            form: SOAP,
            effect: "read",
            summary: "",
            settling: |_| None,
            is_settled: false,
            second: None,
        };
        assert!(row.describes("a", "GetJSON-1") && row.describes("a", "GetXML"));
        assert!(!row.describes("a", "GetJSON-json") && !row.describes("b", "GetXML"));
    }
}
