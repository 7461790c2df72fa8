//! Horoz' protocol, once for all calls: address, key, envelope, result code, refusal, scrubbing.

mod about;
mod agreement;
mod walk;

use std::fmt;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{
    Answer, Drift, EncodeError, ForeignText, HttpRequest, Personal, ReadError, Reply, Scrub,
};
use kervan_wire::json;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub(crate) use self::about::About;
use self::about::OtherCalls;
use self::agreement::{check_agreement, plain};
pub(crate) use self::walk::each_text;
use crate::codes::SUCCESS;
use crate::endpoint::{Endpoint, Host};
use crate::order::RequestNumber;
use crate::rejection::Rejection;
use crate::settings::Settings;

impl kervan_core::Service for Settings {
    type Rejection = Rejection;
    type Endpoint = Endpoint;
    type Body<'a> = Body<'a>;
    type Reading<'a> = Reading<'a>;

    fn redacted(&self) -> Self {
        self.hidden()
    }

    fn user_agent(&self) -> &'static str {
        concat!("horoz-shipping/", env!("CARGO_PKG_VERSION"))
    }

    fn write(&self, endpoint: &Endpoint, body: Body<'_>) -> Result<HttpRequest, EncodeError> {
        let (base, key) = match endpoint.host {
            Host::Orders => (&self.base, &self.key),
            Host::Tracking => {
                let tracking = self.tracking.as_ref();
                let tracking = tracking.ok_or(EncodeError::Value("settings.tracking"))?;
                (&tracking.base, tracking.key.as_ref().unwrap_or(&self.key))
            }
        };
        let url = base.join(body.path.unwrap_or_else(|| (endpoint.path)(&self.paths)))?;
        let request = match body.content {
            Content::Empty => HttpRequest::get(url),
            Content::Number(number) => {
                let name = self.quirks.tracking_parameter.as_ref();
                HttpRequest::get(url.parameter(name, number.as_str()))
            }
            Content::Json(json) => HttpRequest::post(url, self.quirks.content_type.clone(), json),
        };
        Ok(request.secret_header("processKey", key.secret()))
    }

    fn reading<'a>(&'a self, endpoint: &'a Endpoint, reply: &'a Reply) -> Reading<'a> {
        Reading {
            settings: self,
            endpoint: *endpoint,
            reply,
        }
    }
}

/// The contents of a request. It does not print them.
pub struct Body<'a> {
    content: Content<'a>,
    /// The path below the address, where the endpoint does not have it.
    path: Option<&'a str>,
}

enum Content<'a> {
    /// A GET.
    Empty,
    /// A GET with the number as its parameter.
    Number(&'a RequestNumber),
    /// A POST.
    Json(Vec<u8>),
}

impl<'a> Body<'a> {
    /// Asks without a body.
    pub(crate) fn empty() -> Self {
        Content::Empty.into()
    }

    /// Asks without a body for an order. Its number is the parameter of the address.
    pub(crate) fn number(number: &'a RequestNumber) -> Self {
        Content::Number(number).into()
    }

    /// Sends a value as JSON.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] when JSON cannot hold it.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, EncodeError> {
        Ok(Content::Json(json::encode(value)?).into())
    }

    /// Sends a JSON text as it is.
    pub(crate) fn text(json: &str) -> Self {
        Content::Json(json.into()).into()
    }

    /// Sets the path below the address.
    pub(crate) fn at(self, path: &'a str) -> Self {
        Self {
            path: Some(path),
            ..self
        }
    }
}

impl<'a> From<Content<'a>> for Body<'a> {
    fn from(content: Content<'a>) -> Self {
        Self {
            content,
            path: None,
        }
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

/// An answer that is not judged yet. [`answer`](Self::answer) judges the result code first, and turns a
/// refusal into an error. It does not print the answer.
///
/// The envelope differs from method to method, and the HTTP status of a refusal is not documented,
/// so both are ignored: the code alone decides.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub(crate) settings: &'a Settings,
    endpoint: Endpoint,
    reply: &'a Reply,
}

impl Reading<'_> {
    /// Reads a successful answer.
    pub(crate) fn answer<T: DeserializeOwned>(self) -> Result<Answer<T>, ReadError<Rejection>> {
        let text = json::body_text(self.reply)?.scrubbed_by(self.settings);
        let answer = text.parse()?;
        // An answer without its code says so, whatever other codes are in it.
        let agreement = check_agreement(&answer);
        let answer = answer
            .around("responseCode", self.endpoint.envelope)?
            .read_before(&["responseCode", "responseMessage"]);
        let WireCode { code } = answer.glance()?;
        let (code, forms) = plain(&code);
        agreement?;
        let WireMessage { message } = answer.glance()?;
        let noted = |mut drift: Drift| {
            let envelope = answer.name().map(|name| format!("{name}."));
            let path = envelope.unwrap_or_default() + "responseCode";
            let path = self.settings.scrub(&path);
            for form in &forms {
                drift.tolerate(&path, *form);
            }
            drift
        };
        if code == SUCCESS {
            let (value, drift) = answer.read::<T>()?;
            return Ok(Answer::new(value, noted(drift)).message(message));
        }
        let (NoMembers {}, drift) = answer.read()?;
        Err(self.refusal(&code, message, noted(drift)))
    }

    /// Reads a successful answer to a write on an order. No page names an order in such an answer; one that
    /// names another order, or that has members of other calls, is unreadable.
    pub(crate) fn answer_about<'o, T: DeserializeOwned>(
        self,
        about: impl Into<About<'o>>,
    ) -> Result<Answer<T>, ReadError<Rejection>> {
        let about = about.into();
        match self.answer() {
            Err(ReadError::Rejected(no)) if no.names_another_than(about.number) => {
                let what = Reason::Unexpected("the number of this order".into());
                Err(Unreadable::at("responseMessage.TalepNo", what).into())
            }
            Err(other) => Err(other),
            Ok(answer) => {
                about.check(self.anywhere()?, &self.settings.quirks)?;
                self.anywhere::<OtherCalls>()?.check()?;
                Ok(answer)
            }
        }
    }

    /// Checks that each number of an order in an answer is that of this order.
    pub(crate) fn check_numbers(self, number: &RequestNumber) -> Result<(), Unreadable> {
        About::from(number).check(self.anywhere()?, &self.settings.quirks)
    }

    /// Reads an answer that may lack a code, as that of a method without a page. Returns whether it has
    /// the code of success, and the message beside the code.
    pub(crate) fn success_or_no_code(
        self,
    ) -> Result<(bool, Option<ForeignText>), ReadError<Rejection>> {
        let text = json::body_text(self.reply)?.scrubbed_by(self.settings);
        let answer = text.parse()?;
        let agreement = check_agreement(&answer);
        // An answer without a code is an answer all the same, unless it is an error's page.
        let status = match answer.around("responseCode", None) {
            Ok(answer) => Some((
                answer.glance::<WireCode>()?,
                answer.glance::<WireMessage>()?,
            )),
            Err(unclear) if !self.reply.is_success() || *unclear.reason() == Reason::Twice => {
                return Err(unclear.into());
            }
            Err(_) => None,
        };
        let agreed = agreement?;
        let Some((WireCode { code }, WireMessage { message })) = status else {
            // Nobody can read a code in a place where no call has it.
            return match agreed {
                Some(_) => Err(Unreadable::at("responseCode", Reason::Missing).into()),
                None => Ok((false, None)),
            };
        };
        let (code, _) = plain(&code);
        if code == SUCCESS {
            return Ok((true, message));
        }
        Err(self.refusal(&code, message, Drift::default()))
    }

    /// Reads a value out of the whole answer, whatever its envelope. Judge the answer first.
    pub(crate) fn anywhere<T: DeserializeOwned>(self) -> Result<T, Unreadable> {
        json::body_text(self.reply)?.parse()?.glance()
    }

    /// Returns the whole answer as JSON text, without the keys.
    pub(crate) fn text(self) -> Result<Personal, Unreadable> {
        let text = json::body_text(self.reply)?;
        Ok(ForeignText::new(text.trim(), self.settings).into())
    }

    fn refusal(
        self,
        code: &str,
        message: Option<ForeignText>,
        drift: Drift,
    ) -> ReadError<Rejection> {
        let rejection = Rejection::new(self.endpoint, self.settings, code, drift);
        ReadError::Rejected(rejection.message(message))
    }
}

impl fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct WireCode {
    #[serde(rename = "responseCode")]
    code: String,
}

#[derive(Deserialize)]
struct WireMessage {
    #[serde(rename = "responseMessage")]
    message: Option<ForeignText>,
}

/// A refusal beside its code and message.
#[derive(Deserialize)]
struct NoMembers {}
