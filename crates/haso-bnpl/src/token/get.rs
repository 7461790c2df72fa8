//! Gets a token for one form. Wire: `GetToken` (form, read).

use kervan_core::error::Unreadable;
use kervan_core::{Class, Context, EncodeError, Operation, Problems, ReadError, Reason};
use serde::{Deserialize, Serialize};

use super::value::Token;
use crate::common::Common;
use crate::endpoint::{Area, Endpoint};
use crate::lenient::envelope::Envelope;
use crate::lenient::value::Value;
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;

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
    /// Fields and signature: inference.
    const ENDPOINT: &'static Endpoint =
        &Endpoint::read(Area::Index, "GetToken").signed_if_possible(&["merchantId", "ipAddress"]);

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        self.common.check(&mut problems);
        problems
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common))
    }

    /// The token is `Data` itself, a member of it, or a member beside it.
    fn read(&self, reading: Reading<'_>) -> Result<Held, ReadError<Rejection>> {
        let Envelope { data, rest, .. } = reading.success()?.envelope;
        let places = [Some(&data), data.get("Token"), rest.get("Token")];
        let token = places.into_iter().flatten().find_map(Value::as_text);
        match token {
            Some(token) => Ok(Held(Token::from(token))),
            None => Err(Unreadable::at("Data.Token", Reason::Missing).into()),
        }
    }
}
