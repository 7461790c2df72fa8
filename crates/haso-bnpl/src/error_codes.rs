//! Lists the provider's error codes. Wire: `GetErrorCodes` (form, read).

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::answer;
use crate::codes::{self, Page};
use crate::common::Common;
use crate::lenient::Value;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};

/// Asks for the present list of codes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListErrorCodes {
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

/// The list of codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorCodes {
    /// The codes that could be read.
    pub codes: Vec<ErrorCode>,
    /// `Data` as JSON text: its form is not documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
}

/// One code of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorCode {
    /// The code, as `H307`.
    pub code: String,
    /// What HASO says about it. Wire: `ErrorCodes.message`.
    pub message: Option<String>,
}

/// Fields beyond the common ones, and the signature: inference.
const PAGE: Page = Page {
    name: "GetErrorCodes",
    path: "Index/GetErrorCodes",
    token: TokenRule::Always,
    signed: &["merchantId", "ipAddress"],
    says_success: false,
    is_write: false,
};

impl ListErrorCodes {
    /// A request.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the customer's address and further fields.
    #[must_use]
    pub fn common(mut self, common: Common) -> Self {
        self.common = common;
        self
    }

    fn fields<'a>(&'a self, settings: &'a Settings) -> Fields<'a> {
        Fields::new()
            .text("merchantId", &settings.merchant)
            .maybe("ipAddress", self.common.address())
    }
}

impl Operation for ListErrorCodes {
    type Service = Settings;
    type Output = ErrorCodes;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        self.common.check(&mut problems);
        wire::check(
            settings,
            &PAGE,
            &self.common,
            &self.fields(settings),
            &mut problems,
        );
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::request(settings, &PAGE, &self.common, self.fields(settings))
    }

    /// Reads a list of objects, or an object of codes and texts, as `ErrorCodes` or as `Data` itself.
    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<ErrorCodes, ReadError<Rejection>> {
        let envelope = answer::envelope(&PAGE, settings, reply)?;
        let listed = envelope.data.get("ErrorCodes").cloned().map(Value::opened);
        let codes = match listed.as_ref().unwrap_or(&envelope.data) {
            Value::List(items) => items.iter().filter_map(row).collect(),
            Value::Object(members) => {
                let codes = members
                    .iter()
                    .filter(|(name, _)| codes::find(name) == Some(name));
                let row = |(name, text): &(String, Value)| ErrorCode {
                    code: name.clone(),
                    message: text.as_text().map(str::to_owned),
                };
                codes.map(row).collect()
            }
            _ => Vec::new(),
        };
        Ok(ErrorCodes {
            codes,
            data: answer::kept(&envelope.data, settings)?,
        })
    }
}

/// The code of an object is its `Code`, or the first of its texts that is one.
fn row(item: &Value) -> Option<ErrorCode> {
    let Value::Object(members) = item else {
        return None;
    };
    let any = || {
        members
            .iter()
            .filter_map(|(_, value)| value.as_text())
            .find(|text| codes::find(text) == Some(text))
    };
    let code = item.get("Code").and_then(Value::as_text).or_else(any)?;
    Some(ErrorCode {
        code: code.to_owned(),
        message: item
            .get("Message")
            .and_then(Value::as_text)
            .map(str::to_owned),
    })
}
