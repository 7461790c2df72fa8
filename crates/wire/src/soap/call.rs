//! An operation of a service, and the namespaces of envelopes.

/// The envelope's namespace in SOAP 1.1.
pub(super) const SOAP_1_1: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// The envelope's namespace in SOAP 1.2; answers in it are read too.
pub(super) const SOAP_1_2: &str = "http://www.w3.org/2003/05/soap-envelope";

/// Names one operation of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The namespace of the service's elements, as `https://example.com/`.
    pub namespace: &'static str,
    /// The operation's name; the answer's element is this name with `Response`.
    pub operation: &'static str,
}

impl Call {
    /// Creates an operation of a service.
    pub const fn new(namespace: &'static str, operation: &'static str) -> Self {
        Self {
            namespace,
            operation,
        }
    }
}
