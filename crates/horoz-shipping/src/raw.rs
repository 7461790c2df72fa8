//! Any method of the service by its wire name and a JSON body, for methods without a type of their own.
//!
//! A raw call keeps the key, the redaction, the caps and the errors of the other calls. It checks
//! only that the path is plain and that the body is JSON. The client never repeats it.
//!
//! ```no_run
//! use horoz_shipping::RawCall;
//! # async fn f(client: &horoz_shipping::Client) -> Result<(), horoz_shipping::Error> {
//! let call = RawCall::post("cancelShipping", r#"{"requestNumber": "KV-1001"}"#);
//! let answer = client.call(&call).await?;
//! println!("{} bytes of JSON", answer.text.as_str().len());
//! # Ok(())
//! # }
//! ```

use kervan_core::{Answer, Class, Context, Drift, EncodeError, Personal, Problems, ReadError};
use kervan_wire::json;
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// Calls a method by its wire name. Sent at most once, whatever it does.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) for every code but `STA-100`, with an outcome that is unknown unless
/// [`Quirks::codes`](crate::Quirks::codes) gives the code a kind that means "not done".
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawCall {
    /// The method's wire name, which is also its path unless [`path`](RawCall::path) says otherwise.
    pub method: &'static str,
    /// Its path below the base address.
    pub path: String,
    /// The JSON body of a POST; `None` for a GET.
    pub body: Option<Personal>,
}

impl RawCall {
    /// Creates a POST with a JSON text, which is sent as it is.
    pub fn post(method: &'static str, body: impl Into<Personal>) -> Self {
        Self {
            method,
            path: method.to_owned(),
            body: Some(body.into()),
        }
    }

    /// Creates a GET without a body.
    pub fn get(method: &'static str) -> Self {
        Self {
            method,
            path: method.to_owned(),
            body: None,
        }
    }
}

kervan_core::setters! { RawCall {
    /// Sets the path below the base address.
    path: into String,
}}

/// The answer to a raw call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RawAnswer {
    /// Whether the answer has the code of success, `STA-100`. If not, it **lacks a code, and the caller
    /// decides about its meaning**; any other code is a refusal.
    pub is_success: bool,
    /// The whole answer as JSON text, without the key where it holds the key unchanged.
    pub text: Personal,
}

// With its path, because the list of calls is made of those that are not raw.
impl kervan_core::Operation for RawCall {
    type Service = Settings;
    type Output = RawAnswer;
    const ENDPOINT: Endpoint = Endpoint::raw("raw");
    /// Blind: it may be any call.
    const CLASS: Class = Class::Blind;

    fn endpoint(&self) -> Endpoint {
        Endpoint::raw(self.method)
    }

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        if context.settings().base.join(&self.path).is_err() {
            problems.push(rules::RAW_NAME.at("path"));
        }
        if let Some(body) = &self.body
            && json::parse(body.as_str()).is_err()
        {
            problems.push(rules::RAW_BODY.at("body"));
        }
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        let body = match &self.body {
            Some(json) => Body::text(json.as_str()),
            None => Body::empty(),
        };
        Ok(body.at(&self.path))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<RawAnswer>, ReadError<Rejection>> {
        let (is_success, message) = reading.success_or_no_code()?;
        let text = reading.text()?;
        let answer = Answer::new(RawAnswer { is_success, text }, Drift::default());
        Ok(answer.message(message))
    }
}
