//! HASO: the callbacks of orders and limits, and the page that leads a customer there.

use axum_core::response::{IntoResponse, Response};
use haso_bnpl::callbacks::{
    CallbackAnswer, LimitCallback, LimitFail, LimitOk, Mismatch, OrderCallback, OrderFail, OrderOk,
};
use haso_bnpl::{Page, Unverified};
use http::{HeaderName, HeaderValue, StatusCode};
use kervan_core::Delivery;

use crate::answer::Answer;
use crate::callback::{Callback, Judgement, Sender};
use crate::refusal::Fault;

/// Plans of many installments, as one JSON text in a form.
const MAX_BODY: usize = 256 << 10;

macro_rules! callbacks {
    ($($claim:ident $kind:literal $sender:ident)+) => {$(
        impl Callback for Unverified<$claim> {
            const KIND: &'static str = $kind;
            const SENDER: Sender = Sender::$sender;
            const MAX_BODY: usize = MAX_BODY;
            type Refused = Mismatch;

            fn read(delivery: &Delivery) -> Result<Self, Fault> {
                $claim::read(delivery).map_err(|error| Fault::from(&error))
            }

            fn judge(refused: &Mismatch) -> Judgement {
                judge(*refused)
            }

            fn claim(&self) -> Option<&str> {
                Some(self.key().as_str())
            }
        }
    )+};
}

// The two addresses of a success get the same data.
callbacks! {
    OrderCallback "order" Server
    OrderOk "order" Browser
    OrderFail "order not completed" Browser
    LimitCallback "limit" Server
    LimitOk "limit" Browser
    LimitFail "limit not granted" Browser
}

fn judge(mismatch: Mismatch) -> Judgement {
    if mismatch.answer() == CallbackAnswer::RECEIVED {
        return Judgement::Noted;
    }
    match mismatch {
        // An activation was only begun under another number, perhaps that of a forged post. Once the order is active,
        // it is decided.
        Mismatch::Transaction => Judgement::Later,
        mismatch => Judgement::Refused(mismatch.to_string()),
    }
}

impl From<CallbackAnswer> for Answer {
    fn from(answer: CallbackAnswer) -> Self {
        let status = StatusCode::from_u16(answer.status);
        Self::text(
            status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            answer.body,
        )
    }
}

/// The page that posts a form to HASO, as a response with the headers that belong to it.
#[derive(Clone, Debug)]
pub struct FormPage(pub Page);

impl IntoResponse for FormPage {
    fn into_response(self) -> Response {
        let mut response = Response::new(self.0.html().to_owned().into());
        for (name, value) in self.0.headers() {
            // Without its policy the page is not shown at all.
            let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(name.as_bytes()),
                HeaderValue::from_str(&value),
            ) else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            response.headers_mut().insert(name, value);
        }
        response
    }
}

#[cfg(feature = "inbox")]
mod inbox {
    use haso_bnpl::Unverified;
    use haso_bnpl::callbacks::{
        CallbackAnswer, ConfirmedLimit, ConfirmedOrder, LimitCallback, LimitFail, LimitOk,
        OrderCallback, OrderFail, OrderOk,
    };
    use kervan_core::joined;
    use kervan_ledger::Post;

    use crate::answer::Answer;
    use crate::intake::{Reply, ServerCallback, Subject, sealed};

    macro_rules! subjects {
        ($($value:ty, $callback:ty, |$own:ident, $reference:ident| $subject:expr;)+) => {$(
            impl sealed::Sealed<$callback> for $value {}
            impl Subject<$callback> for $value {
                fn subject(&self, post: &Post) -> String {
                    let $own = self;
                    let $reference = post.reference.as_deref().unwrap_or_default();
                    $subject
                }
            }
        )+};
    }

    subjects! {
        ConfirmedOrder, Unverified<OrderCallback>, |own, _reference| own.subject();
        ConfirmedOrder, Unverified<OrderOk>, |own, _reference| own.subject();
        ConfirmedLimit, Unverified<LimitCallback>, |own, reference| own.subject(reference);
        ConfirmedLimit, Unverified<LimitOk>, |own, reference| own.subject(reference);
        // Anybody can say so: the subject is the whole claim, so that it keeps no other one out.
        Unverified<OrderFail>, Unverified<OrderFail>, |own, reference| failed(reference, own.key().as_str());
        Unverified<LimitFail>, Unverified<LimitFail>, |own, reference| failed(reference, own.key().as_str());
    }

    fn failed(reference: &str, claim: &str) -> String {
        joined(&["failed", reference, claim])
    }

    impl ServerCallback for Unverified<OrderCallback> {
        type Settings = ();

        fn answer((): &(), reply: Reply, _claim: Option<&Self>) -> Answer {
            answer(reply)
        }
    }

    impl ServerCallback for Unverified<LimitCallback> {
        type Settings = ();

        fn answer((): &(), reply: Reply, _claim: Option<&Self>) -> Answer {
            answer(reply)
        }
    }

    fn answer(reply: Reply) -> Answer {
        match reply {
            Reply::Applied => CallbackAnswer::RECEIVED,
            Reply::Again => CallbackAnswer::TRY_AGAIN,
            Reply::Refused => CallbackAnswer::MISMATCH,
        }
        .into()
    }
}
