//! An error as data that is safe to log and to compare.

use serde::Serialize;

use crate::error::{Error, TransportKind};
use crate::outcome::{Outcome, Rejection};
use crate::problem::{Problem, Problems};

/// An error as data, without anything secret or personal: for structured logs and for contract
/// tests.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// `invalid`, `transport`, `status`, `decode`, `rejected` or `unsent`.
    pub kind: &'static str,
    /// Whether the call may have happened.
    pub outcome: Outcome,
    /// The provider's code (`rejected`), or why it failed (`transport`, `decode`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The HTTP status, where one came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The usual meaning of such a status at this provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<&'static str>,
    /// Paths of the fields concerned.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// All problems of an invalid request.
    #[serde(skip_serializing_if = "Problems::is_empty")]
    pub problems: Problems,
}

impl Report {
    pub(crate) fn of<R: Rejection>(error: &Error<R>) -> Self {
        let mut report = Self {
            kind: "rejected",
            outcome: error.outcome(),
            code: None,
            status: None,
            hint: None,
            fields: Vec::new(),
            problems: Problems::new(),
        };
        match error {
            Error::Invalid(invalid) => {
                report.kind = "invalid";
                let paths = invalid.problems().errors().map(Problem::path);
                report.fields = paths.map(str::to_owned).collect();
                report.problems = invalid.problems().clone();
            }
            Error::Transport(failure) => {
                report.kind = "transport";
                report.code = Some(transport_code(failure.kind()).to_owned());
            }
            Error::Status(status) => {
                report.kind = "status";
                report.status = Some(status.reply().status);
                report.hint = status.hint();
            }
            Error::Decode(unreadable) => {
                report.kind = "decode";
                report.code = Some(unreadable.cause().reason().name().to_owned());
                report.status = Some(unreadable.reply().status);
                let path = Some(unreadable.cause().path().to_owned());
                report.fields.extend(path.filter(|path| !path.is_empty()));
            }
            Error::Rejected(rejection) => report.code = Some(rejection.code().to_owned()),
            Error::Unsent(unsent) => {
                report.kind = "unsent";
                report.code = Some(unsent.reason().to_owned());
            }
        }
        report
    }
}

fn transport_code(kind: TransportKind) -> &'static str {
    match kind {
        TransportKind::Connect => "connect",
        TransportKind::Timeout => "timeout",
        TransportKind::Interrupted => "interrupted",
        TransportKind::Malformed => "malformed",
        TransportKind::TooLarge => "too_large",
        TransportKind::Unsendable => "unsendable",
    }
}
