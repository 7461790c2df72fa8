//! Any method by its path, as one that the provider adds later.

use kervan_core::{Class, Context, EncodeError, Personal, Problems};

use crate::answer::Accepted;
use crate::check::{Checks as _, NO_LENGTH};
use crate::endpoint::{Area, Endpoint};
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::settings::method::{Changes, Encoding};

/// A call of any method: its path and its fields. It is signed, redacted, capped and read like every
/// other call, and counts as a write. Errors and logs name it by the last part of its path.
///
/// Blind: it may be any call, so its read-back is not known. After an unknown outcome a person decides.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RawCall {
    endpoint: Endpoint,
    /// The fields in their order, name and value. The name is sent to the letter; the value is a text of one
    /// line. The merchant's number is not added by itself.
    pub fields: Vec<(String, Personal)>,
    /// The fields that `requestToken` signs, in order; `None` for a call without one.
    pub signed: Option<Vec<String>>,
    /// Whether the fields are one JSON object, instead of a form.
    pub is_json: bool,
}

impl RawCall {
    /// Creates a call without fields, as a form, without a signature. `path` is below the base address,
    /// as `RequestV2/SuspendCustomer`.
    pub fn new(path: &'static str) -> Self {
        Self {
            endpoint: Endpoint::raw(path),
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

// With its path, because the list of calls is made of those that are not raw.
impl kervan_core::Operation for RawCall {
    type Service = Settings;
    type Output = Accepted;
    const ENDPOINT: Endpoint = Endpoint::write(Area::Anywhere, "raw");
    const CLASS: Class = Class::Blind;

    fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.exact("path", &self.endpoint.path(), 200);
        for (index, (name, value)) in self.fields.iter().enumerate() {
            problems.exact(format!("fields[{index}].name"), name, NO_LENGTH);
            // A method of tomorrow may take a document as a text.
            problems.optional(format!("fields[{index}].value"), Some(value), usize::MAX);
        }
    }

    fn body<'a>(&'a self, _context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        let is_signed = self.signed.is_some();
        let body = Body::changed(Changes {
            encoding: self.is_json.then_some(Encoding::Json),
            signed: self.signed.as_deref(),
            request_token: is_signed.then_some(true),
            ..Changes::default()
        });
        let fields = self.fields.iter();
        Ok(fields.fold(body, |body, (name, value)| {
            body.personal(name.as_str(), Some(value))
        }))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Accepted> {
        Ok(reading.undocumented(&[])?.map(Accepted::new))
    }
}
