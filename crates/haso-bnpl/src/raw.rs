//! Any method, for what the provider adds tomorrow.

use kervan_core::{Class, Context, EncodeError, Personal, Problems, ReadError};
use serde::{Deserialize, Serialize};

use crate::answer::Done;
use crate::check::Checks as _;
use crate::endpoint::{Area, Endpoint};
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;
use crate::settings::method::{Changes, Encoding};

/// A call of any method: its path and its fields. It is signed, redacted, capped and read like every
/// other call, and counts as a write.
///
/// Blind: no read-back is known.
///
/// **No read-back is known**, because it may be any call. After an unknown outcome a person
/// decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RawCall {
    /// The path below the base address, as `RequestV2/SuspendCustomer`.
    pub path: String,
    /// The fields in their order, name and value. The merchant's number is not added by itself.
    pub fields: Vec<(String, Personal)>,
    /// The fields that `requestToken` signs, in order; `None` for a call without one.
    #[serde(default)]
    pub signed: Option<Vec<String>>,
    /// Whether the fields are one JSON object, instead of a form.
    #[serde(default)]
    pub is_json: bool,
}

impl RawCall {
    /// A call without fields, as a form, without a signature.
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            fields: Vec::new(),
            signed: None,
            is_json: false,
        }
    }

    /// Adds a field.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<Personal>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// Adds `requestToken`, which signs these fields and the salt.
    #[must_use]
    pub fn signed<T: Into<String>>(mut self, fields: impl IntoIterator<Item = T>) -> Self {
        self.signed = Some(fields.into_iter().map(Into::into).collect());
        self
    }

    /// Writes the fields as one JSON object of texts.
    #[must_use]
    pub fn json(mut self) -> Self {
        self.is_json = true;
        self
    }
}

// Not one of the provider's own calls, so no table lists it.
impl kervan_core::Operation for RawCall {
    type Service = Settings;
    type Output = Done;
    const ENDPOINT: &'static Endpoint = &Endpoint::write(Area::ServletV2, "raw");

    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        problems.required("path", &self.path, 200);
        problems
    }

    fn body<'a>(&'a self, _context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        let is_signed = self.signed.is_some();
        let body = Body::changed(Changes {
            path: Some(&self.path),
            encoding: Some(if self.is_json {
                Encoding::Json
            } else {
                Encoding::Form
            }),
            signed: self.signed.as_deref(),
            request_token: is_signed.then_some(true),
            ..Changes::default()
        });
        let fields = self.fields.iter();
        Ok(fields.fold(body, |body, (name, value)| {
            body.personal(name.as_str(), Some(value))
        }))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Done, ReadError<Rejection>> {
        reading.done(&[])
    }
}
