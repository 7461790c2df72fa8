//! SOAP faults: requests that the platform cannot handle.

use super::reply;
use crate::Answer;

/// A SOAP fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) side: Side,
    message: String,
    rule: String,
}

/// Whose mistake a fault is; the client's comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    Client,
    Server,
}

impl Fault {
    /// Puts a fault together: the text on the wire, and the broken rule in words.
    pub(crate) fn new(side: Side, message: impl Into<String>, rule: impl Into<String>) -> Self {
        Fault {
            side,
            message: message.into(),
            rule: rule.into(),
        }
    }

    /// Faults a request that cannot be read. The rule never repeats a value.
    pub(crate) fn unread(side: Side, rule: &str) -> Self {
        let message = format!("Server was unable to read request. ---> {rule}");
        Fault::new(side, message, rule)
    }

    /// Faults a request that names no operation of the service.
    pub(crate) fn no_action(rule: &str) -> Self {
        let message = "Unable to handle request without a valid action parameter. \
                       Please supply a valid soap action.";
        Fault::new(Side::Client, message, rule)
    }

    /// Returns the broken rule.
    pub(crate) fn rule(&self) -> &str {
        &self.rule
    }

    /// Returns the answer with the fault.
    pub(crate) fn answer(self) -> Answer {
        let code = match self.side {
            Side::Client => "soap:Client",
            Side::Server => "soap:Server",
        };
        reply::fault(code, &self.message).refusing(code, self.rule)
    }
}
