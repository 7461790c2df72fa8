//! Any method of the service by its wire name and a JSON body, for what has no type of its own.
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

use kervan_core::error::Unreadable;
use kervan_core::json;
use kervan_core::{
    Class, Context, Drift, EncodeError, HttpRequest, Personal, Problems, ReadError, Reason, Reply,
};
use serde::{Deserialize, Serialize};

use crate::codes::{Page, SUCCESS};
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::{Client, Error, rules, wire};

/// A call by its wire name.
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
    /// A POST with a JSON text, which is sent as it is.
    pub fn post(method: &'static str, body: impl Into<Personal>) -> Self {
        Self {
            method,
            path: method.to_owned(),
            body: Some(body.into()),
        }
    }

    /// A GET without a body.
    pub fn get(method: &'static str) -> Self {
        Self {
            method,
            path: method.to_owned(),
            body: None,
        }
    }

    /// Sets the path below the base address.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }
}

/// What a raw call was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RawAnswer {
    /// Whether the answer has the code of success, `STA-100`. If not, it has **no code at all, and
    /// what it means is for the caller to say**; any other code is a refusal.
    pub is_success: bool,
    /// The provider's message. Wire: `responseMessage`.
    pub message: Option<Personal>,
    /// The whole answer as JSON text, without the key where it stands in it as it is.
    pub text: Personal,
}

impl Client {
    /// Makes a call by its wire name. Sent at most once, whatever it does.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] for every code but `STA-100`, with an outcome that is unknown unless
    /// [`Quirks::codes`](crate::Quirks::codes) gives the code a kind that means "not done"; see [`Error`] for the rest.
    pub async fn call_raw(&self, call: &RawCall) -> Result<RawAnswer, Error> {
        self.call(call).await
    }
}

const RAW: Page = Page {
    method: "raw",
    envelope: None,
    codes: &[],
};

// With its path, because the list of calls is made of those that are not raw.
impl kervan_core::Operation for RawCall {
    type Service = Settings;
    type Output = RawAnswer;
    const ENDPOINT: &'static Page = &RAW;

    /// Blind: it may be anything.
    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        if context.settings().base.join(&self.path).is_err() {
            problems.push(rules::RAW_NAME.at("path"));
        }
        if let Some(body) = &self.body
            && json::parse(body.as_str()).is_err()
        {
            problems.push(rules::RAW_BODY.at("body"));
        }
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        match &self.body {
            Some(body) => wire::post(settings, &self.path, body.as_str().into()),
            None => wire::get(settings, &self.path),
        }
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<RawAnswer, ReadError<Rejection>> {
        let text = json::body_text(reply)?;
        // What has no code is an answer all the same, unless it is an error's page.
        let status = match text.parse()?.around("responseCode", None) {
            Ok(answer) => Some(answer.glance::<WireStatus>()?),
            Err(unclear) if !reply.is_success() || *unclear.reason() == Reason::Twice => {
                return Err(unclear.into());
            }
            Err(_) => None,
        };
        // A code in a place where no call has it says something that nobody can read.
        if wire::check_agreement(&text)?.is_some() && status.is_none() {
            return Err(Unreadable::at("responseCode", Reason::Missing).into());
        }
        let (code, message) = status.map_or((None, None), |found| {
            (Some(wire::plain(&found.code).0), found.message)
        });
        let message = wire::message(message, settings);
        if let Some(code) = code.as_ref().filter(|code| *code != SUCCESS) {
            let page = Page {
                method: self.method,
                envelope: None,
                codes: &[],
            };
            let (quirks, code) = (&settings.quirks, code.clone());
            return Err(ReadError::Rejected(Rejection::new(
                &page,
                quirks,
                code,
                message,
                Drift::default(),
            )));
        }
        Ok(RawAnswer {
            is_success: code.is_some(),
            message,
            text: Personal::from(settings.scrub(&text)),
        })
    }
}

#[derive(Deserialize)]
struct WireStatus {
    #[serde(rename = "responseCode")]
    code: String,
    #[serde(rename = "responseMessage")]
    message: Option<String>,
}
