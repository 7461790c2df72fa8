//! Reads a request into a delivery, with a cap and a time limit.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum_core::extract::Request;
use http::{HeaderMap, Method, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use kervan_core::host::within;
use kervan_core::{Delivery, Host};

use crate::refusal::Fault;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// The clock by which posts arrive, for `FromRef`.
#[derive(Clone)]
pub struct HostClock(Arc<dyn Host>);

impl HostClock {
    /// Takes a host, as `SystemHost` of `kervan-reqwest`.
    pub fn new(host: impl Host) -> Self {
        Self(Arc::new(host))
    }

    pub(crate) fn host(&self) -> &Arc<dyn Host> {
        &self.0
    }
}

impl fmt::Debug for HostClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostClock").finish_non_exhaustive()
    }
}

/// Who sent a request, as an extension of it. A layer of the program sets it, from axum's `ConnectInfo` or from a
/// header of its own proxy; without one the peer of a post is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// Reads a request. Anything but a whole body of a POST is refused.
pub(crate) async fn delivery(
    request: Request,
    clock: &HostClock,
    max_body: usize,
) -> Result<Delivery, Fault> {
    let (parts, body) = request.into_parts();
    if parts.method != Method::POST {
        return Err(Fault::Method);
    }
    let declared = declared_length(&parts.headers)?;
    if declared.is_some_and(|length| length > max_body as u64) {
        return Err(Fault::TooLarge);
    }
    let host = clock.host();
    let arrived_at = host.now();
    let body = Limited::new(body, max_body).collect();
    let body = within(host.sleep(PATIENCE), body)
        .await
        .ok_or(Fault::Slow)?;
    let body = body.map_err(|error| {
        if is_too_long(&*error) {
            Fault::TooLarge
        } else {
            Fault::CutOff
        }
    })?;
    let body: Vec<u8> = body.to_bytes().into();
    // A server checks this itself; a proxy between may not.
    if declared.is_some_and(|length| length != body.len() as u64) {
        return Err(Fault::CutOff);
    }
    let headers = parts.headers.iter();
    let headers = headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let mut delivery = Delivery::new(headers, body, arrived_at);
    delivery.peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
    Ok(delivery)
}

/// Returns whether an error, or a cause of it, is the cap: a body of axum wraps the errors of its inner one.
fn is_too_long(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<LengthLimitError>() || error.source().is_some_and(is_too_long)
}

/// Returns the length that the headers declare. Two, or one that is not a number, are refused.
fn declared_length(headers: &HeaderMap) -> Result<Option<u64>, Fault> {
    let mut values = headers.get_all(header::CONTENT_LENGTH).iter();
    let Some(first) = values.next() else {
        return Ok(None);
    };
    let length = first.to_str().ok().and_then(|text| text.parse().ok());
    if values.next().is_some() || length.is_none() {
        return Err(Fault::CutOff);
    }
    Ok(length)
}
