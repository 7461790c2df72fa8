//! Asks for the address of a limit request, to be opened later. Wire: `GetLimit-json` (form, write).

use kervan_core::{
    Answer, Class, Context, EncodeError, ForeignText, Operation, Personal, Problems,
};
use kervan_turkiye::moment::Moment;
use kervan_wire::tree::Optional;
use serde::{Deserialize, Serialize};

use super::start::StartLimit;
use crate::browser::form::StartError;
use crate::client::Client;
use crate::endpoint::{Area, Endpoint};
use crate::received::moment::Received;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::token::value::Token;

/// A limit request with its token, which HASO answers with an address in JSON. It is `GetLimit` with
/// `response=json`, and a call of its own here because its answer differs.
///
/// A start: the page is for a person, so the client never posts a form again after a lost answer.
/// Start anew with a new token.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LimitLinkForm {
    /// The request.
    pub request: StartLimit,
    /// The request's token. Wire: `token`.
    pub token: Token,
}

/// An address for one limit request. **HASO treats a person who opens it as the customer.**
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LimitLink {
    /// The address to open. Wire: `URL`.
    pub url: Personal,
    /// The end of the address's validity. Wire: `Expiredate`.
    pub expires: Option<Moment>,
}

impl LimitLinkForm {
    /// Creates a form from a request and its token.
    pub fn new(request: StartLimit, token: impl Into<Token>) -> Self {
        let token = token.into();
        Self { request, token }
    }
}

impl Client {
    /// Gets a token and asks for the address of a limit request.
    ///
    /// # Errors
    ///
    /// [`StartError`]; after an unknown outcome ask again, which starts another request.
    pub async fn limit_link(&self, request: &StartLimit) -> Result<Answer<LimitLink>, StartError> {
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
    const ENDPOINT: Endpoint = Endpoint::write(Area::ServletV2, "GetLimit").named("GetLimit-json");
    const CLASS: Class = Class::Start;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.request.check(&self.token, context, problems);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(self.request.body(&self.token, context, Some("json")))
    }

    fn read(&self, reading: Reading<'_>) -> Read<LimitLink> {
        let answer = reading.answer::<WireLink>()?;
        Ok(answer.map(|wire| LimitLink {
            url: wire.url.into(),
            expires: wire.expires.and_then(Optional::get).map(|at| at.0),
        }))
    }
}

#[derive(Deserialize)]
struct WireLink {
    #[serde(rename = "URL")]
    url: ForeignText,
    #[serde(rename = "ExpireDate")]
    expires: Option<Optional<Received>>,
}
