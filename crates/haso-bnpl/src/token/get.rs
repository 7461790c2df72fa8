//! Gets a token for one form. Wire: `GetToken` (form, read).

use kervan_core::error::Unreadable;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reason, Reply,
};
use serde::{Deserialize, Serialize};

use super::Token;
use crate::codes::Page;
use crate::common::Common;
use crate::lenient::Value;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};
use crate::{Client, Error, answer};

/// Asks for a token. The method is public by name only: its fields are a guess, which
/// [`Quirks::method`](crate::Quirks::method) changes, and its answer is read leniently.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetToken {
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

/// Fields and signature: inference.
const PAGE: Page = Page {
    name: "GetToken",
    path: "Index/GetToken",
    token: TokenRule::IfPossible,
    signed: &["merchantId", "ipAddress"],
    says_success: false,
    is_write: false,
};

impl GetToken {
    /// A request with the merchant's number only.
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

impl Client {
    /// Gets a token for one form. The methods that make a form ([`Client::order_form`],
    /// [`Client::in_store_form`], [`Client::limit_form`], [`Client::limit_link`]) do it by themselves.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn get_token(&self, request: &GetToken) -> Result<Token, Error> {
        let Held(token) = self.call(request).await?;
        Ok(token)
    }
}

/// A token as an output. Contract cases see that there is one, never which.
#[derive(Clone, Debug)]
pub struct Held(pub(crate) Token);

impl Serialize for Held {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(kervan_core::secret::REDACTED)
    }
}

impl Operation for GetToken {
    type Service = Settings;
    type Output = Held;
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

    /// The token is `Data` itself, a member of it, or a member beside it.
    fn read(&self, (settings, reply): (&Settings, &Reply)) -> Result<Held, ReadError<Rejection>> {
        let envelope = answer::envelope(&PAGE, settings, reply)?;
        let places = [
            Some(&envelope.data),
            envelope.data.get("Token"),
            envelope.rest.get("Token"),
        ];
        let token = places.into_iter().flatten().find_map(Value::as_text);
        match token {
            Some(token) => Ok(Held(Token::from(token))),
            None => Err(Unreadable::at("Data.Token", Reason::Missing).into()),
        }
    }
}
