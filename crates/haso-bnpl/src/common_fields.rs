//! Fields that every request may have besides its own.

use std::borrow::Cow;

use kervan_core::{Personal, Problems};
use kervan_turkiye::line::sent;
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};

/// The customer's IP address, and undocumented fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct CommonFields {
    /// The public IP address of the customer, as a server or a header has it: with blanks, brackets or a
    /// port, and of version 4 inside of version 6 (`::ffff:203.0.113.7` is sent as `203.0.113.7`). One that
    /// is not public is a warning. Signed where there is a signature; left out where the method's page does
    /// not have the field. Wire: `ipAddress`, `IpAddress`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<Personal>,
    /// Fields that are sent behind the documented ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<ExtraField>,
}

/// An undocumented field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ExtraField {
    /// Its name on the wire. A text of one line, as the value.
    pub name: String,
    /// Its value.
    pub value: Personal,
}

impl CommonFields {
    /// Creates fields without any value.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an undocumented field.
    #[must_use]
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<Personal>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.extra.push(ExtraField { name, value });
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        if let Some(address) = &self.ip_address {
            problems.ip_address("common.ip_address", address);
        }
        for (index, extra) in self.extra.iter().enumerate() {
            problems.required(format!("common.extra[{index}].name"), &extra.name, 100);
            problems.optional(
                format!("common.extra[{index}].value"),
                Some(&extra.value),
                NO_LENGTH,
            );
        }
    }
}

impl ExtraField {
    /// Returns the name as it travels.
    pub(crate) fn sent_name(&self) -> Cow<'_, str> {
        sent(&self.name)
    }
}

kervan_core::setters! { CommonFields {
    /// Sets the customer's IP address.
    ip_address: into Option<Personal>,
}}
