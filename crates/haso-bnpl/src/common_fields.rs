//! Fields that every request may have besides its own.

use kervan_core::{Personal, Problems};
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};

/// The customer's address, and fields that the documents do not know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct CommonFields {
    /// The public IP address of the customer. Signed where there is a signature; left out where the
    /// method's page has no such field. Wire: `ipAddress`, `IpAddress`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<Personal>,
    /// Fields that are sent behind the documented ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<ExtraField>,
}

/// A field that the documents do not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ExtraField {
    /// Its name on the wire.
    pub name: String,
    /// Its value.
    pub value: Personal,
}

impl CommonFields {
    /// Creates fields without any value.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field that the documents do not know.
    #[must_use]
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<Personal>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.extra.push(ExtraField { name, value });
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn address(&self) -> Option<&str> {
        self.ip_address.as_ref().map(Personal::as_str)
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        if let Some(address) = &self.ip_address {
            problems.ip_address("common.ip_address", address.as_str());
        }
        for (index, extra) in self.extra.iter().enumerate() {
            problems.required(format!("common.extra[{index}].name"), &extra.name, 100);
            problems.optional(
                format!("common.extra[{index}].value"),
                Some(extra.value.as_str()),
                NO_LENGTH,
            );
        }
    }
}

kervan_core::setters! { CommonFields {
    /// Sets the customer's IP address.
    ip_address: into Option<Personal>,
}}
