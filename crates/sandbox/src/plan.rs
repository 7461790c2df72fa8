//! Faults, and plans when they occur.

use serde::{Deserialize, Serialize};

/// Something that goes wrong between a client and a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// Nothing goes wrong.
    None,
    /// The request never arrives, and the client waits until it gives up.
    RequestLost,
    /// The provider did it, and the connection ends without an answer.
    AnswerLost,
    /// The client gives up, and the provider does it this many milliseconds after the request was sent.
    /// Keep it below the client's settling time, unless the story is about a time beyond it.
    Late(i64),
    /// The provider did it at once, and its answer comes after the client has given up. On a
    /// connection that is used again, it is the next answer.
    LateAnswer,
    /// The answer comes twice: the copy is the next answer on the same connection.
    Doubled,
    /// The answer to the call before this one is given, whichever connection that one used. Does not
    /// apply to the first call.
    OfAnotherCall,
    /// The provider does a write twice by itself, and answers the first time. The second one is an
    /// entry of its own in the journal, caused by the provider. Does not apply to a read.
    DoneTwice,
    /// A read is answered from the state before the last write. Does not apply to a write, nor before
    /// the first one.
    StaleRead,
    /// The provider did it, and a page, an empty body or a part of the answer comes back, drawn by
    /// chance.
    Unreadable,
    /// Nobody accepts the connection.
    RefusedConnection,
    /// The provider did it, and a page comes back with the status 200.
    Page,
    /// The provider did it, and an answer with its status and an empty body comes back.
    Empty,
    /// The provider did it, and the first half of the answer comes back.
    Half,
    /// The provider is being maintained: it does nothing, and a page comes back with the status 503.
    Maintenance,
    /// A login that lasts only for a time has ended before the call. Does not apply where no login is
    /// waiting to be used.
    ExpiredLogin,
}

impl Fault {
    /// The faults that [`Faulty::draw`](crate::Faulty::draw) draws from.
    pub(crate) const DRAWN: [Fault; 10] = [
        Fault::RequestLost,
        Fault::AnswerLost,
        Fault::Late(0),
        Fault::LateAnswer,
        Fault::Doubled,
        Fault::OfAnotherCall,
        Fault::DoneTwice,
        Fault::StaleRead,
        Fault::Unreadable,
        Fault::RefusedConnection,
    ];
}

/// A fault for one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// The operation; every call counts when it is absent.
    pub operation: Option<String>,
    /// Which of these calls, from 1, counted from the moment the plan is made.
    pub nth: u32,
    /// The fault.
    pub fault: Fault,
}

impl Plan {
    /// Plans a fault for the next call, of any operation.
    pub fn next(fault: Fault) -> Self {
        Plan {
            operation: None,
            nth: 1,
            fault,
        }
    }

    /// Plans a fault for the next call of an operation.
    pub fn on(operation: &str, fault: Fault) -> Self {
        Plan {
            operation: Some(operation.to_owned()),
            nth: 1,
            fault,
        }
    }

    /// Refuses a plan that no call can meet, whatever its operation is.
    pub(crate) fn check(&self) -> Result<(), String> {
        match (self.nth, self.fault) {
            (0, _) => Err("`nth` counts from 1".to_owned()),
            (_, Fault::Late(..0)) => Err("`late` is not before the request".to_owned()),
            _ => Ok(()),
        }
    }

    /// Moves the fault to the nth of these calls, from 1.
    #[must_use]
    pub fn nth(mut self, nth: u32) -> Self {
        self.nth = nth;
        self
    }
}
