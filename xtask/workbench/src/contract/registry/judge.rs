//! Reading an answer to a write as its client does, for the page of outcomes.

use contract_kit::case::Case;
use kervan_core::transport::{BoxFuture, Transport};
use kervan_core::{
    Class, HttpRequest, Limits, Operation, Outcome, ReadError, Rejection as _, Reply,
    TransportError, Try,
};
use kervan_settling::{Attempt, Resumed, Settle, Settled};
use serde::de::DeserializeOwned;
use tokio::runtime::Builder;

use super::{Harness, caller, request};

/// The address of the clients. Nothing is sent to it.
const NOWHERE: &str = "https://provider.example";

/// Reads an answer to the request of a case.
pub(crate) type JudgeFn = fn(&Case, &Reply) -> Result<Judged, String>;

/// A client's judgement of an answer to a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) class: Class,
    /// On a first try.
    pub(crate) first: &'static str,
    /// On a try after one that was sent, where the client sends the write again.
    pub(crate) again: Option<&'static str>,
}

/// Judges an answer on a first try.
pub(super) fn judge<H, O>(case: &Case, reply: &Reply) -> Result<Judged, String>
where
    H: Harness,
    O: Operation<Service = H::Settings> + DeserializeOwned,
{
    let request: O = request(case)?;
    let caller = caller::<H>(case, NOWHERE, Always(reply.clone()))?;
    let class = request.class();
    let first = match request.decode(caller.settings(), reply) {
        Ok(_) => "done",
        Err(ReadError::Unreadable(_)) => "unreadable",
        Err(ReadError::Rejected(no)) => match no.of_try(Try::first(class)).outcome() {
            Outcome::NotDone => "refused",
            Outcome::Unknown => "unknown",
        },
    };
    Ok(Judged {
        class,
        first,
        again: None,
    })
}

/// Returns the same, and for a keyed write on the try that settles an earlier one.
pub(super) fn judge_settled<H, O>(case: &Case, reply: &Reply) -> Result<Judged, String>
where
    H: Harness,
    O: Settle<Service = H::Settings> + DeserializeOwned,
{
    let judged = judge::<H, O>(case, reply)?;
    if judged.class != Class::Keyed {
        return Ok(judged);
    }
    let request: O = request(case)?;
    let caller = caller::<H>(case, NOWHERE, Always(reply.clone()))?;
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("no runtime: {error}"))?;
    let resumed = runtime.block_on(async {
        let attempt = caller.prepare(&request).await.map_err(|e| e.to_string())?;
        let attempt = as_stored(&attempt)?;
        let resumed = caller.resume(&request, &attempt).await;
        resumed.map_err(|failed| failed.to_string())
    });
    let again = match resumed? {
        Resumed::Settled(Settled::Refused(_)) => "refused",
        Resumed::Settled(Settled::Exists) => "exists",
        Resumed::Settled(Settled::Open(_)) => "unknown",
        Resumed::Settled(Settled::NotDone) | Resumed::Prepared(_) => "not done",
        Resumed::Settled(Settled::Done(_) | Settled::InState) => "done",
    };
    Ok(Judged {
        again: Some(again),
        ..judged
    })
}

/// Returns the attempt as a store gives it back: it may have been sent.
fn as_stored(attempt: &Attempt) -> Result<Attempt, String> {
    let text = serde_json::to_string(attempt).map_err(|error| error.to_string())?;
    kervan_wire::json::from_stored(&text).map_err(|error| error.to_string())
}

/// A transport that gives one answer to every request.
struct Always(Reply);

impl Transport for Always {
    fn send<'a>(
        &'a self,
        _: &'a HttpRequest,
        _: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }
}
