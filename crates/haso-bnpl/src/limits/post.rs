//! Starts a limit request in the customer's browser, or from the server. Wire: `GetLimit` (form, write).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::Deserialize;

use super::start::StartLimit;
use crate::browser::form::{BrowserForm, StartError};
use crate::browser::handover::Handover;
use crate::client::Client;
use crate::endpoint::{Area, Endpoint};
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::token::value::Token;

/// A limit request with the token of its form, for posting it from the server. The browser's form
/// is [`Client::limit_form`].
///
/// A start: the page is for a person, so the client never posts a form again after a lost answer.
/// Start anew with a new token.
///
/// The answer is handed over as it is. A repeat starts another request.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LimitForm {
    /// The request.
    pub request: StartLimit,
    /// The form's token. Wire: `token`.
    pub token: Token,
}

impl LimitForm {
    /// Creates a form from a request and its token.
    pub fn new(request: StartLimit, token: impl Into<Token>) -> Self {
        let token = token.into();
        Self { request, token }
    }
}

impl Client {
    /// Checks a limit request, gets a token for it, and returns the form that the customer's browser posts.
    ///
    /// # Errors
    ///
    /// [`StartError`]: the request breaks a rule, or a token is absent.
    pub async fn limit_form(&self, request: &StartLimit) -> Result<BrowserForm, StartError> {
        BrowserForm::make(self, |token| LimitForm::new(request.clone(), token)).await
    }
}

impl Operation for LimitForm {
    type Service = Settings;
    type Output = Handover;
    const ENDPOINT: Endpoint = Endpoint::write(Area::ServletV2, "GetLimit");
    const CLASS: Class = Class::Start;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.request.check(&self.token, context, problems);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(self.request.body(&self.token, context, None))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Handover> {
        reading.handover()
    }
}
