//! Gets a token for one form. Wire: `GetToken` (form, read).

use kervan_core::error::Unreadable;
use kervan_core::{Answer, Class, Context, EncodeError, Operation, Reason};
use kervan_wire::tree::Value;
use serde::{Deserialize, Serialize};

use super::value::Token;
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::received::envelope::Envelope;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Asks for a token. The method is public by name only: its fields are a guess, which
/// [`Quirks::method`](crate::Quirks::method) changes, and its answer is read leniently.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetToken {
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl GetToken {
    /// Creates a request with the merchant's number only.
    pub fn new() -> Self {
        Self::default()
    }
}

kervan_core::setters! { GetToken {
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

/// A token that HASO issued for one form. It serializes as `[redacted]`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The token.
    pub token: Token,
}

impl Serialize for IssuedToken {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(kervan_core::secret::REDACTED)
    }
}

impl Operation for GetToken {
    type Service = Settings;
    type Output = IssuedToken;
    /// Fields and signature: inference.
    const ENDPOINT: Endpoint =
        Endpoint::read(Area::Index, "GetToken").signed_if_possible(&["merchantId", "ipAddress"]);
    const CLASS: Class = Class::Read;

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common))
    }

    /// Reads the token. It is `Data` itself, a member of it, or a member beside it. Nothing else of the
    /// answer is passed on, because it may repeat the token.
    fn read(&self, reading: Reading<'_>) -> Read<IssuedToken> {
        let Envelope {
            data, rest, drift, ..
        } = reading.success()?.envelope;
        let places = [Some(&data), data.get("Token"), rest.get("Token")];
        let token = places.into_iter().flatten().find_map(Value::as_text);
        let token = token.ok_or_else(|| Unreadable::at("Data.Token", Reason::Missing))?;
        let token = Token::from(token);
        Ok(Answer::new(IssuedToken { token }, drift))
    }
}
