//! Any method, for what the provider adds tomorrow.

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Personal, Problems, ReadError, Reply, Service as _,
};
use serde::{Deserialize, Serialize};

use crate::answer::{self, Done};
use crate::check;
use crate::codes::Page;
use crate::common::Common;
use crate::rejection::Rejection;
use crate::settings::{Encoding, Method, Settings};
use crate::wire::{self, Fields, Sent, TokenRule};

/// A call of any method: its path and its fields. It is signed, redacted, capped and read like every
/// other call, and taken for a write.
///
/// Blind: nobody knows what reads it back.
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

const PAGE: Page = Page {
    name: "raw",
    path: "",
    token: TokenRule::Never,
    signed: &[],
    says_success: false,
    is_write: true,
};

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

    /// The settings as they are for this call.
    fn settings(&self, settings: &Settings) -> Settings {
        let mut own = if settings.is_dry_run {
            settings.redacted()
        } else {
            settings.clone()
        };
        let encoding = if self.is_json {
            Encoding::Json
        } else {
            Encoding::Form
        };
        let mut method = Method::new().path(self.path.as_str()).encoding(encoding);
        if let Some(signed) = &self.signed {
            method = method.signed(signed).request_token(true);
        }
        own.quirks.methods.insert(PAGE.name.to_owned(), method);
        own
    }

    fn wire(&self) -> Fields<'_> {
        let fields = self.fields.iter();
        fields.fold(Fields::new(), |fields, (name, value)| {
            fields.with(name.as_str(), Sent::Text(value.as_str().into()))
        })
    }
}

// Not one of the provider's own calls, so it stands in no table of them.
impl kervan_core::Operation for RawCall {
    type Service = Settings;
    type Output = Done;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        check::required(&mut problems, "path", &self.path, 200);
        wire::check(
            &self.settings(context.settings()),
            &PAGE,
            &Common::new(),
            &self.wire(),
            &mut problems,
        );
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        wire::request(
            &self.settings(context.settings()),
            &PAGE,
            &Common::new(),
            self.wire(),
        )
    }

    fn read(&self, (settings, reply): (&Settings, &Reply)) -> Result<Done, ReadError<Rejection>> {
        answer::done(&PAGE, settings, reply)
    }
}
