//! Has the service compute the hash of a request. Wire: `SHA2B64` (SOAP, read).

use std::borrow::Cow;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kervan_core::error::Unreadable;
use kervan_core::{Class, Context, EncodeError, Operation, Problems, Reason};
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire;

/// Has the service compute the hash of a request: of the client's code, the merchant's key and these
/// values. Provider's page: Islem Hash (`SHA2B64`).
///
/// [`hash`](crate::payments::hash) gives the same without a call, and every payment uses that. This call
/// shows whether the service still agrees.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ComputeHash {
    /// The values after the client's code and the merchant's key, as they are sent, in the order of the
    /// method. Wire: part of `Data`.
    pub values: Vec<String>,
}

/// Hides the values, because they are those of a payment, with addresses of the shop among them.
impl fmt::Debug for ComputeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ComputeHash({} values)", self.values.len())
    }
}

impl ComputeHash {
    /// Asks for the hash of these values.
    pub fn new<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Self {
        Self {
            values: values.into_iter().map(Into::into).collect(),
        }
    }
}

/// A hash that the service computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ComputedHash {
    /// The hash: base64 of 20 bytes, 28 characters. Wire: `SHA2B64Result`.
    pub hash: String,
}

impl Operation for ComputeHash {
    type Service = Settings;
    type Output = ComputedHash;
    const ENDPOINT: Endpoint = Endpoint::payment("SHA2B64", "SHA2B64Result");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        for value in &self.values {
            wire::check_verbatim(problems, "values", value, false);
        }
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let settings = context.settings();
        let login = [
            settings.credentials.client_code.expose(),
            settings.merchant.0.expose(),
        ];
        let values = self.values.iter().map(String::as_str);
        let data: String = login.into_iter().chain(values).collect();
        Ok(Body::new().verbatim("Data", data))
    }

    fn read(&self, reading: Reading<'_>) -> Read<ComputedHash> {
        let answer = reading.text::<WireAnswer>()?;
        answer.try_map(|it| {
            let hash = it.hash.trim();
            let bytes = STANDARD.decode(hash).map(|bytes| bytes.len());
            if bytes != Ok(20) {
                let what = Cow::Borrowed("base64 of 20 bytes");
                let at = reading.endpoint.result;
                return Err(Unreadable::at(at, Reason::Unexpected(what)).into());
            }
            let hash = hash.to_owned();
            Ok(ComputedHash { hash })
        })
    }
}

/// A result that holds only text.
#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "SHA2B64Result")]
    hash: String,
}
