//! Where a call goes, and how its answer is recognised.

use crate::codes::{ResultCode, SUCCESS_ONLY};
use crate::settings::MethodPaths;

/// A method of Horoz: its address, and where its answer has the result code.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// The method's wire name.
    pub(crate) method: &'static str,
    /// The member of the body that holds the answer; `None` for the body itself.
    pub(crate) envelope: Option<&'static str>,
    /// The method's result codes.
    pub(crate) codes: &'static [ResultCode],
    /// Picks the method's path below the address of its host.
    pub(crate) path: fn(&MethodPaths) -> &str,
    /// The host that has the method.
    pub(crate) host: Host,
}

/// The hosts of Horoz, each with its own address and key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// The service for orders.
    Orders,
    /// The tracking service.
    Tracking,
}

impl Endpoint {
    /// Names a method of the service for orders. Its page is public in part only, so that success is
    /// the only known code.
    pub(crate) const fn new(method: &'static str, path: fn(&MethodPaths) -> &str) -> Self {
        Self {
            method,
            envelope: None,
            codes: SUCCESS_ONLY,
            path,
            host: Host::Orders,
        }
    }

    /// Names a method of the tracking service.
    pub(crate) const fn tracking(method: &'static str, path: fn(&MethodPaths) -> &str) -> Self {
        Self {
            host: Host::Tracking,
            ..Self::new(method, path)
        }
    }

    /// Names a method without a page. Its path is in its body, and its codes are not known.
    pub(crate) const fn raw(method: &'static str) -> Self {
        Self {
            codes: &[],
            ..Self::new(method, |_| "")
        }
    }

    /// Sets the member of the body that holds the answer.
    pub(crate) const fn inside(self, envelope: &'static str) -> Self {
        Self {
            envelope: Some(envelope),
            ..self
        }
    }

    /// Sets the method's result codes.
    pub(crate) const fn codes(self, codes: &'static [ResultCode]) -> Self {
        Self { codes, ..self }
    }
}

impl kervan_core::Endpoint for Endpoint {
    fn name(&self) -> &'static str {
        self.method
    }

    fn result_codes(&self) -> Vec<&'static str> {
        self.codes.iter().map(|row| row.code).collect()
    }
}
