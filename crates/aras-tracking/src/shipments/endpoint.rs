//! Where a call of the shipment service goes, and how its answer is recognised.

use super::order_codes::OrderCode;
use super::status;
use crate::rejection::RejectionKind;

/// Where the login is among the arguments.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// Before the others.
    First,
    /// Behind the others.
    Last,
    /// Before the others, all of them in one argument.
    Within(&'static str),
}

/// An operation, and how it spells its login: the service binds by exact name, and an element in the wrong
/// case is silently ignored.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    pub(crate) operation: &'static str,
    /// How user name and password are spelled, where it has them.
    pub(super) login: Option<(&'static str, &'static str)>,
    /// The element of the customer code, where the operation has one.
    pub(super) customer_code: Option<&'static str>,
    /// Where the login is.
    pub(super) place: Place,
    /// The codes of the operation, where it has a list of its own.
    codes: Option<&'static [OrderCode]>,
}

impl Endpoint {
    /// Names an operation that spells its login as most do.
    pub(super) const fn new(operation: &'static str) -> Self {
        Self {
            operation,
            login: Some(("userName", "password")),
            customer_code: None,
            place: Place::First,
            codes: None,
        }
    }

    /// Sets that the login is behind the other elements.
    pub(super) const fn login_last(self) -> Self {
        Self {
            place: Place::Last,
            ..self
        }
    }

    /// Sets the codes of the operation.
    pub(super) const fn codes(self, codes: &'static [OrderCode]) -> Self {
        Self {
            codes: Some(codes),
            ..self
        }
    }

    /// Returns the meaning of a code that refuses.
    pub(super) fn kind(&self, code: &str) -> RejectionKind {
        match self.codes {
            None => status::kind(code),
            Some(codes) => {
                let listed = codes.iter().find(|row| row.code == code);
                listed.map_or(RejectionKind::Unlisted, |row| row.kind)
            }
        }
    }

    /// Sets the spelling of the login.
    pub(super) const fn login(self, user_name: &'static str, password: &'static str) -> Self {
        Self {
            login: Some((user_name, password)),
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

    /// Sets where the login is.
    pub(super) const fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// Sets that the operation has no login.
    pub(super) const fn without_login(self) -> Self {
        Self {
            login: None,
            ..self
        }
    }

    /// Puts the login and all arguments into one argument.
    pub(super) const fn within(self, name: &'static str) -> Self {
        Self {
            place: Place::Within(name),
            ..self
        }
    }
}

impl kervan_core::Endpoint for Endpoint {
    fn name(&self) -> &'static str {
        self.operation
    }

    fn result_codes(&self) -> Vec<&'static str> {
        let codes = self.codes.unwrap_or_default();
        codes.iter().map(|row| row.code).collect()
    }
}
