//! Lists the provider's error codes. Wire: `GetErrorCodes` (form, read).

use kervan_core::{Class, Context, EncodeError, ForeignText, Operation, Personal};
use kervan_wire::tree::Value;
use serde::{Deserialize, Serialize};

use crate::codes;
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::received::value::ValueExt as _;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Asks for the present list of codes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListErrorCodes {
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
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
    /// HASO's text about it. Wire: `ErrorCodes.message`.
    pub message: Option<ForeignText>,
}

impl ListErrorCodes {
    /// Creates a request.
    pub fn new() -> Self {
        Self::default()
    }
}

kervan_core::setters! { ListErrorCodes {
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for ListErrorCodes {
    type Service = Settings;
    type Output = ErrorCodes;
    /// Fields beyond the common ones, and the signature: inference.
    const ENDPOINT: Endpoint =
        Endpoint::read(Area::Index, "GetErrorCodes").signed(&["merchantId", "ipAddress"]);
    const CLASS: Class = Class::Read;

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common))
    }

    /// Reads a list of objects, or an object of codes and texts, as `ErrorCodes` or as `Data` itself.
    fn read(&self, reading: Reading<'_>) -> Read<ErrorCodes> {
        let success = reading.success()?;
        let data = &success.envelope.data;
        let listed = data.get("ErrorCodes").cloned().map(Value::opened);
        let rows = match listed.as_ref().unwrap_or(data) {
            Value::List(items) => items.iter().filter_map(row).collect(),
            Value::Object(members) => {
                let codes = members.iter();
                let codes = codes.filter(|(name, _)| codes::find(name) == Some(name));
                codes
                    .map(|(name, text)| (name.as_str(), text.as_text()))
                    .collect()
            }
            _ => Vec::new(),
        };
        let code = |(code, message): (&str, Option<&str>)| ErrorCode {
            code: code.to_owned(),
            message: message.map(|text| reading.text(text)),
        };
        let codes = rows.into_iter().map(code).collect();
        let answer = success.undocumented()?;
        Ok(answer.map(|data| ErrorCodes { codes, data }))
    }
}

/// Reads the code and the message of an object. The code is its `Code`, or the first of its texts that
/// is a code.
fn row(item: &Value) -> Option<(&str, Option<&str>)> {
    let Value::Object(members) = item else {
        return None;
    };
    let any = || {
        let mut texts = members.iter().filter_map(|(_, value)| value.as_text());
        texts.find(|text| codes::find(text) == Some(text))
    };
    let code = item.get("Code").and_then(Value::as_text).or_else(any)?;
    Some((code, item.get("Message").and_then(Value::as_text)))
}
