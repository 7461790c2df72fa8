//! Starts a limit request in the customer's browser, or from the server. Wire: `GetLimit` (form, write).

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::Deserialize;

use super::start::StartLimit;
use crate::Client;
use crate::browser::{BrowserForm, Handover, Posted, StartError, read_handover};
use crate::codes::Page;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::token::Token;
use crate::wire::{self, Fields, TokenRule};

/// A limit request with the token of its form, for posting it from the server. The browser's form
/// is [`Client::limit_form`].
///
/// A start: the page is for a person, so a form whose answer is lost is never posted again. Start anew
/// with a new token.
///
/// What came back is handed over as it is. A repeat starts another request.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LimitForm {
    /// The request.
    pub request: StartLimit,
    /// The form's token. Wire: `token`.
    pub token: Token,
}

const PAGE: Page = Page {
    name: "GetLimit",
    path: "ServletV2/GetLimit",
    token: TokenRule::Never,
    signed: &[],
    says_success: false,
    is_write: true,
};

impl LimitForm {
    /// A request with its token.
    pub fn new(request: StartLimit, token: impl Into<Token>) -> Self {
        let token = token.into();
        Self { request, token }
    }

    fn fields<'a>(&'a self, settings: &'a Settings) -> Fields<'a> {
        self.request.fields(&self.token, settings, None)
    }
}

impl Posted for LimitForm {
    fn pairs(&self, settings: &Settings) -> Result<Vec<(String, String)>, EncodeError> {
        let fields = wire::finished(settings, &PAGE, &self.request.common, self.fields(settings))?;
        fields.pairs(settings.quirks.lists)
    }
}

impl Client {
    /// Checks a limit request, gets a token for it, and gives the form that the customer's browser
    /// posts.
    ///
    /// # Errors
    ///
    /// [`StartError`]: the request breaks a rule, or there is no token.
    pub async fn limit_form(&self, request: &StartLimit) -> Result<BrowserForm, StartError> {
        BrowserForm::make(self, |token| LimitForm::new(request.clone(), token)).await
    }
}

impl Operation for LimitForm {
    type Service = Settings;
    type Output = Handover;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Start
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        self.request.check(&self.token, &mut problems);
        wire::check(
            settings,
            &PAGE,
            &self.request.common,
            &self.fields(settings),
            &mut problems,
        );
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::request(settings, &PAGE, &self.request.common, self.fields(settings))
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<Handover, ReadError<Rejection>> {
        read_handover(&PAGE, settings, reply)
    }
}
