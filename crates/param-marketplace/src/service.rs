//! Param's protocol, once for all calls: address, login, envelope, result code, refusal, scrubbing.

mod body;
mod reading;

use kervan_core::{EncodeError, HttpRequest, Reply};
use kervan_wire::soap::{self, Call, Element};

pub(crate) use self::body::{Body, login};
pub(crate) use self::reading::{Read, Reading, is_success, not_named};
use crate::endpoint::Endpoint;
use crate::rejection::Rejection;
use crate::settings::Settings;

impl kervan_core::Service for Settings {
    type Rejection = Rejection;
    type Endpoint = Endpoint;
    type Body<'a> = Body;
    type Reading<'a> = Reading<'a>;

    fn redacted(&self) -> Self {
        self.hidden()
    }

    fn status_hint(&self, status: u16) -> Option<&'static str> {
        match status {
            403 => Some("the machine's address may not be on the provider's list"),
            404 => Some("the address of the service may be that of a retired host"),
            _ => None,
        }
    }

    fn user_agent(&self) -> &'static str {
        concat!("param-marketplace/", env!("CARGO_PKG_VERSION"))
    }

    fn write(&self, endpoint: &Endpoint, body: Body) -> Result<HttpRequest, EncodeError> {
        let call = endpoint.call();
        let Call {
            namespace,
            operation,
            ..
        } = call;
        let element = Element::parent(operation, body.elements(self)?).in_namespace(namespace);
        soap::request(endpoint.address(self).url(), call, &element)
    }

    fn reading<'a>(&'a self, endpoint: &'a Endpoint, reply: &'a Reply) -> Reading<'a> {
        Reading {
            settings: self,
            endpoint: *endpoint,
            reply,
        }
    }
}
