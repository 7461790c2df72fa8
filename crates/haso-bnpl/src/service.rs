//! HASO's protocol, once for all calls: address, signature, form or JSON, envelope, codes, refusal,
//! scrubbing.

mod body;
mod reading;
mod verdict;

use kervan_core::{Context, EncodeError, HttpRequest, Operation, Problems, Reply};

pub(crate) use self::body::Body;
pub(crate) use self::reading::{Read, Reading};
use crate::endpoint::Endpoint;
use crate::rejection::Rejection;
use crate::settings::Settings;

impl kervan_core::Service for Settings {
    type Rejection = Rejection;
    type Endpoint = Endpoint;
    type Body<'a> = Body<'a>;
    type Reading<'a> = Reading<'a>;

    fn redacted(&self) -> Self {
        self.hidden()
    }

    fn user_agent(&self) -> &'static str {
        concat!("haso-bnpl/", env!("CARGO_PKG_VERSION"))
    }

    /// Checks the customer's address, the merchant's number, the signature, and the fields that settings
    /// and request change or add. A request that cannot be written is not checked.
    fn check<O>(operation: &O, context: &Context<'_, Self>, problems: &mut Problems)
    where
        O: Operation<Service = Self>,
    {
        if let Ok(body) = operation.body(context) {
            body.check(context.settings(), &operation.endpoint(), problems);
        }
    }

    fn write(&self, endpoint: &Endpoint, body: Body<'_>) -> Result<HttpRequest, EncodeError> {
        body.write(self, endpoint)
    }

    fn reading<'a>(&'a self, endpoint: &'a Endpoint, reply: &'a Reply) -> Reading<'a> {
        Reading::new(self, endpoint, reply)
    }
}
