//! Aras: events that the carrier pushes to a service of the shipper's own.

use std::fmt;

use aras_tracking::push::{self, Push, PushAnswer};
use aras_tracking::tracking::TrackingEvent;
use aras_tracking::{Password, UserName};
use axum_core::extract::{FromRef, FromRequest, Request};
use http::StatusCode;
use kervan_core::Delivery;

use crate::answer::Answer;
use crate::callback::{Callback, Judgement, Posted, Sender};
use crate::post::HostClock;
use crate::refusal::{Fault, Refusal};

/// An event has six short texts.
const MAX_BODY: usize = 64 << 10;

/// The service that the shipper published for the carrier: its login, and its namespace. For `FromRef`.
#[derive(Clone)]
pub struct PushService {
    user_name: UserName,
    password: Password,
    namespace: &'static str,
}

impl PushService {
    /// Takes the login that the shipper gave to the carrier, and the namespace of the service.
    pub fn new(user_name: UserName, password: Password, namespace: &'static str) -> Self {
        Self {
            user_name,
            password,
            namespace,
        }
    }

    /// Compares the login of a push, in constant time.
    ///
    /// # Errors
    ///
    /// [`NotTheCarrier`].
    pub fn verify(&self, push: Push) -> Result<CarrierPush, NotTheCarrier> {
        if push.is_from(&self.user_name, &self.password) {
            Ok(CarrierPush(push))
        } else {
            Err(NotTheCarrier)
        }
    }

    /// Returns the answer to a push: `Result` and `ErrorDescription` in the operation's response. Only a push that
    /// was taken gets HTTP 200, because Aras documents neither which status it looks at nor when it repeats.
    pub fn answer(&self, push: &Push, answer: &PushAnswer) -> Answer {
        let status = match answer {
            PushAnswer::Taken => StatusCode::OK,
            _ => StatusCode::SERVICE_UNAVAILABLE,
        };
        self.answer_as(push, answer, status)
    }

    fn answer_as(&self, push: &Push, answer: &PushAnswer, status: StatusCode) -> Answer {
        match answer.write(push, self.namespace) {
            Ok(body) => Answer::new(status, "text/xml; charset=utf-8", body),
            Err(_) => Answer::text(StatusCode::INTERNAL_SERVER_ERROR, "no answer"),
        }
    }
}

impl fmt::Debug for PushService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushService").finish_non_exhaustive()
    }
}

/// A push with another login than the shipper's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "there is nothing to say about it"
)]
pub struct NotTheCarrier;

/// A push with the login that the shipper gave to the carrier, and as an extractor: everything else is refused.
/// It is not signed.
#[derive(Clone, Debug)]
pub struct CarrierPush(Push);

impl CarrierPush {
    /// Returns the push.
    pub fn push(&self) -> &Push {
        &self.0
    }

    /// Returns the event in the shared vocabulary. A [`Timeline`](aras_tracking::tracking::Timeline) drops an event
    /// that it has.
    pub fn event(&self) -> TrackingEvent {
        self.0.event()
    }
}

impl Callback for Push {
    const KIND: &'static str = "push";
    const SENDER: Sender = Sender::Server;
    const MAX_BODY: usize = MAX_BODY;
    type Refused = NotTheCarrier;

    fn read(delivery: &Delivery) -> Result<Self, Fault> {
        push::read(delivery).map_err(|error| Fault::from(&error))
    }

    fn judge(_: &NotTheCarrier) -> Judgement {
        Judgement::Refused(Fault::Sender.name().to_owned())
    }
}

impl<S> FromRequest<S> for CarrierPush
where
    S: Send + Sync,
    HostClock: FromRef<S>,
    PushService: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let posted = Posted::<Push>::from_request(request, state).await?;
        let verified = PushService::from_ref(state).verify(posted.callback);
        verified.map_err(|NotTheCarrier| Refusal::new(Fault::Sender, Sender::Server))
    }
}

#[cfg(feature = "inbox")]
mod inbox {
    use aras_tracking::push::{Push, PushAnswer};
    use http::StatusCode;
    use kervan_core::joined;
    use kervan_ledger::Post;

    use super::{CarrierPush, PushService};
    use crate::answer::Answer;
    use crate::intake::{Reply, ServerCallback, Subject, sealed};

    impl sealed::Sealed<Push> for CarrierPush {}
    impl Subject<Push> for CarrierPush {
        /// The carrier numbers no event, and two of one parcel may differ in their texts only. So each body is an
        /// event.
        fn subject(&self, post: &Post) -> String {
            let push = self.push();
            joined(&[
                "push",
                push.reference.as_str(),
                &push.status_code,
                post.digest.as_str(),
            ])
        }
    }

    impl ServerCallback for Push {
        type Settings = PushService;

        fn answer(service: &PushService, reply: Reply, claim: Option<&Self>) -> Answer {
            let failed = |text: &str| PushAnswer::Failed(text.to_owned());
            let (answer, status) = match reply {
                Reply::Applied => (PushAnswer::Taken, StatusCode::OK),
                Reply::Again => (failed("try again"), StatusCode::SERVICE_UNAVAILABLE),
                Reply::Refused => (failed("unknown sender"), StatusCode::FORBIDDEN),
            };
            match claim {
                Some(push) => service.answer_as(push, &answer, status),
                // Its operation is not known any more.
                None => Answer::text(StatusCode::SERVICE_UNAVAILABLE, "try again"),
            }
        }
    }
}
