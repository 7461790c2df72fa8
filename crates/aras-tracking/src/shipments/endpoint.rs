//! Where a call of the shipment service goes, and how its answer is recognised.

/// An operation, and how it spells its login: the service binds by exact name, and an element in the wrong
/// case is silently ignored.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    pub(crate) operation: &'static str,
    /// The element that holds the result.
    pub(crate) result: &'static str,
    pub(super) user_name: &'static str,
    pub(super) password: &'static str,
    /// The element of the customer code, where the operation has one.
    pub(super) customer_code: Option<&'static str>,
    /// The one argument that holds the login and everything else, where the operation has one.
    pub(super) within: Option<&'static str>,
}

impl Endpoint {
    /// Names an operation that spells its login as most do.
    pub(super) const fn new(operation: &'static str, result: &'static str) -> Self {
        Self {
            operation,
            result,
            user_name: "userName",
            password: "password",
            customer_code: None,
            within: None,
        }
    }

    /// Sets the spelling of the login.
    pub(super) const fn login(self, user_name: &'static str, password: &'static str) -> Self {
        Self {
            user_name,
            password,
            ..self
        }
    }

    /// Sets the spelling of the customer code, which follows the login.
    pub(super) const fn customer_code(self, name: &'static str) -> Self {
        Self {
            customer_code: Some(name),
            ..self
        }
    }

    /// Puts the login and all arguments into one argument.
    pub(super) const fn within(self, name: &'static str) -> Self {
        Self {
            within: Some(name),
            ..self
        }
    }
}

impl kervan_core::Endpoint for Endpoint {
    fn name(&self) -> &'static str {
        self.operation
    }
}
