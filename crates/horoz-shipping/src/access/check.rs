//! Asks whether the caller's address is let through. Wire: `serviceControl` (JSON, read).

use kervan_core::{
    Answer, Class, Context, EncodeError, ForeignText, Operation, Personal, ReadError,
};
use serde::{Deserialize, Serialize};

use crate::codes::SERVICE_CONTROL;
use crate::endpoint::Endpoint;
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// Asks whether the caller's IP address is let through. Provider's page: serviceControl.
///
/// Horoz opens its service per static address. A machine that is not let through may get no HTTP
/// answer at all, so a failure to connect can mean the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CheckAccess {}

impl CheckAccess {
    /// Creates a request without parameters.
    pub fn new() -> Self {
        Self::default()
    }
}

/// The caller is let through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Access {
    /// The caller's IP address as Horoz sees it. Wire: `ipBilgisi`.
    pub ip: Option<Personal>,
}

impl Operation for CheckAccess {
    type Service = Settings;
    type Output = Access;
    const ENDPOINT: Endpoint =
        Endpoint::new("serviceControl", |paths| &paths.service_control).codes(SERVICE_CONTROL);
    const CLASS: Class = Class::Read;

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        Ok(Body::empty())
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<Access>, ReadError<Rejection>> {
        let answer = reading.answer::<WireAccess>()?;
        Ok(answer.map(|wire| Access {
            ip: wire.ip.map(Personal::from),
        }))
    }
}

#[derive(Deserialize)]
struct WireAccess {
    #[serde(rename = "ipBilgisi")]
    ip: Option<ForeignText>,
}
