//! The provider's refusal: code, meaning, message.

use kervan_core::{Class, Drift, ForeignText, Outcome, Scrub as _, Try};
use kervan_wire::soap::Fault;
use serde::Serialize;

use crate::codes::{self, Action, Bank, RejectionKind};
use crate::endpoint::Endpoint;
use crate::settings::Settings;

/// Param read the request and said no, or failed with a SOAP fault.
///
/// Its text holds the code and its meaning. The provider's own message may repeat values of the request, so
/// it is a separate field and does not print itself.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[error("`{operation}` was refused with {code}: {meaning}")]
#[non_exhaustive]
pub struct Rejection {
    /// The operation's wire name.
    #[serde(skip)]
    pub operation: &'static str,
    /// `Sonuc` as sent, for example `-101`; the fault's code after a fault.
    pub code: String,
    /// The meaning for a program.
    pub kind: RejectionKind,
    /// The meaning for a reader, in English.
    #[serde(skip)]
    pub meaning: &'static str,
    /// `Sonuc_Str` or the fault's text, with the login taken out.
    pub message: Option<ForeignText>,
    /// The bank's own code, which varies by bank. Wire: `Banka_Sonuc_Kod`, `Bank_Sonuc_Kod`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank_code: Option<String>,
    /// The contents of the answer beyond its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Box<Drift>,
    #[serde(skip)]
    call: Refused,
}

/// The call that was refused. Equal refusals of different calls are equal.
#[derive(Clone, Copy, Debug)]
struct Refused {
    this: Option<Try>,
    bank: Bank,
}

impl PartialEq for Refused {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Returns a code that is safe to print, because a foreign text could hold anything.
pub(crate) fn shown_code(code: &str) -> String {
    let code = code.trim();
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if code.len() <= 8 && code.bytes().all(usual) {
        code.to_owned()
    } else {
        "?".to_owned()
    }
}

impl Settings {
    /// Returns a code that is safe to print, without the login, which a service may repeat there.
    pub(crate) fn shown_code(&self, code: &str) -> String {
        shown_code(&self.scrub(code))
    }
}

impl Rejection {
    pub(crate) fn new(
        page: Endpoint,
        settings: &Settings,
        code: &str,
        message: Option<ForeignText>,
        drift: Drift,
    ) -> Self {
        let number: Option<i32> = code.trim().parse().ok();
        let listed = number.and_then(|number| codes::listed(number, page.operation));
        let (kind, meaning) = listed.map_or(
            (RejectionKind::Unlisted, "a code that no page lists"),
            |row| (row.kind, row.meaning),
        );
        // A listed code is known to be one, even if it equals a part of the login.
        let code = match listed {
            Some(_) => shown_code(code),
            None => settings.shown_code(code),
        };
        Self {
            operation: page.operation,
            code,
            kind,
            meaning,
            message,
            bank_code: None,
            drift: Box::new(drift),
            call: Refused {
                this: None,
                bank: page.bank(),
            },
        }
    }

    pub(crate) fn fault(
        operation: &'static str,
        settings: &Settings,
        fault: Fault,
        message: Option<ForeignText>,
    ) -> Self {
        let usual = fault.code.len() <= 40
            && fault
                .code
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b":._-".contains(&b))
            && settings.scrub(&fault.code) == fault.code;
        Self {
            operation,
            code: if usual { fault.code } else { "?".to_owned() },
            kind: RejectionKind::Fault,
            meaning: "the service failed",
            message,
            bank_code: None,
            drift: Box::default(),
            call: Refused {
                this: None,
                bank: Bank::Silent,
            },
        }
    }

    /// Keeps the bank's code, if the answer has one.
    pub(crate) fn with_bank_code(mut self, settings: &Settings, code: Option<&str>) -> Self {
        let code = code.filter(|code| !code.is_empty());
        self.bank_code = code.map(|code| settings.shown_code(code));
        self.call.bank = self.call.bank.with_code(code.unwrap_or_default());
        self
    }

    /// Builds the refusal of a payment that the bank refused by the report of the status query.
    #[cfg(feature = "payments")]
    pub(crate) fn by_bank(
        operation: &'static str,
        code: &str,
        message: Option<ForeignText>,
    ) -> Self {
        Self {
            operation,
            code: shown_code(code),
            kind: RejectionKind::Failed,
            meaning: "the bank refused, as the status query reports",
            message,
            bank_code: None,
            drift: Box::default(),
            call: Refused {
                this: None,
                bank: Bank::Refused,
            },
        }
    }

    /// Returns the action that a program should take.
    pub fn action(&self) -> Action {
        match kervan_core::Rejection::outcome(self) {
            Outcome::Unknown => Action::ReadBack,
            Outcome::NotDone => self.kind.action(),
        }
    }
}

impl kervan_core::Rejection for Rejection {
    fn code(&self) -> &str {
        &self.code
    }

    fn outcome(&self) -> Outcome {
        codes::outcome(self.kind, self.call.this, self.call.bank)
    }

    fn class(&self) -> Class {
        self.call.this.map_or(Class::Blind, |this| this.class)
    }

    fn of_try(mut self, this: Try) -> Self {
        self.call.this = Some(this);
        self
    }

    fn exists(&self) -> bool {
        self.kind == RejectionKind::AlreadyPaid
    }

    fn refuses_contents(&self) -> bool {
        self.kind == RejectionKind::Request
    }
}
