//! Asks for the address of a limit request, to be opened later. Wire: `GetLimit-json` (form, write).

use kervan_core::tree::Optional;
use kervan_core::{
    Class, Context, Drift, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError,
    Reply,
};
use serde::{Deserialize, Serialize};

use super::start::StartLimit;
use crate::codes::Page;
use crate::lenient::Moment;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::token::Token;
use crate::wire::{self, Fields, TokenRule};
use crate::{Client, StartError, answer};

/// A limit request with its token, whose answer is an address in JSON. It is `GetLimit` with
/// `response=json`, and a call of its own here because its answer is another.
///
/// A start: the page is for a person, so a form whose answer is lost is never posted again. Start anew
/// with a new token.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LimitLinkForm {
    /// The request.
    pub request: StartLimit,
    /// The request's token. Wire: `token`.
    pub token: Token,
}

/// An address for one limit request. **Whoever opens it stands for the customer.**
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LimitLink {
    /// The address to open. Wire: `URL`.
    pub url: Personal,
    /// When the address dies. Wire: `Expiredate`.
    pub expires: Option<Moment>,
    /// How the answer differed from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

const PAGE: Page = Page {
    name: "GetLimit-json",
    path: "ServletV2/GetLimit",
    token: TokenRule::Never,
    signed: &[],
    says_success: false,
    is_write: true,
};

impl LimitLinkForm {
    /// A request with its token.
    pub fn new(request: StartLimit, token: impl Into<Token>) -> Self {
        let token = token.into();
        Self { request, token }
    }

    fn fields<'a>(&'a self, settings: &'a Settings) -> Fields<'a> {
        self.request.fields(&self.token, settings, Some("json"))
    }
}

impl Client {
    /// Gets a token and asks for the address of a limit request.
    ///
    /// # Errors
    ///
    /// [`StartError`]; after an unknown outcome ask again, which starts another request.
    pub async fn limit_link(&self, request: &StartLimit) -> Result<LimitLink, StartError> {
        self.dry_run(&LimitLinkForm::new(request.clone(), "?"))
            .map_err(StartError::Invalid)?;
        let token = self.tokens().token(self).await?;
        let form = LimitLinkForm::new(request.clone(), token);
        self.call(&form).await.map_err(StartError::Call)
    }
}

impl Operation for LimitLinkForm {
    type Service = Settings;
    type Output = LimitLink;
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
    ) -> Result<LimitLink, ReadError<Rejection>> {
        let (data, drift) = answer::read::<WireLink>(&PAGE, settings, reply)?;
        Ok(LimitLink {
            url: Personal::new(settings.scrub(&data.url)),
            expires: data.expires.and_then(Optional::get),
            drift,
        })
    }
}

#[derive(Deserialize)]
struct WireLink {
    #[serde(rename = "URL")]
    url: String,
    #[serde(rename = "ExpireDate")]
    expires: Option<Optional<Moment>>,
}
