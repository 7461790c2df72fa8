//! Asks whether the caller's address is let through. Wire: `serviceControl` (JSON, read).

use kervan_core::Drift;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::codes::{Page, SERVICE_CONTROL};
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire;

/// Asks whether the caller's IP address is let through. Provider's page: serviceControl.
///
/// Horoz opens its service per static address. A machine that is not let through may get no HTTP
/// answer at all, so a failure to connect can mean the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CheckAccess {}

impl CheckAccess {
    /// A request without parameters.
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
    /// The provider's message. Wire: `responseMessage`.
    pub message: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

const PAGE: Page = Page {
    method: "serviceControl",
    envelope: None,
    codes: SERVICE_CONTROL,
};

impl Operation for CheckAccess {
    type Service = Settings;
    type Output = Access;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        Problems::new()
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::get(settings, &settings.paths.service_control)
    }

    fn read(&self, (settings, reply): (&Settings, &Reply)) -> Result<Access, ReadError<Rejection>> {
        let (answer, drift) = wire::read::<WireAnswer>(&PAGE, settings, reply)?;
        Ok(Access {
            ip: wire::message(answer.ip, settings),
            message: wire::message(answer.message, settings),
            drift,
        })
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "responseCode")]
    _code: String,
    #[serde(rename = "responseMessage")]
    message: Option<String>,
    #[serde(rename = "ipBilgisi")]
    ip: Option<String>,
}
