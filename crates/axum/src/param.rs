//! Param: the returns of the customer's browser, and the pages that lead to the bank.

use std::fmt;

use axum_core::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kervan_core::{Delivery, Personal, Secret};
use param_marketplace::payments::callback::{CallbackError, ModelCallback, PayCallback};
use param_marketplace::payments::{CardCheckError, CardCheckHint, ShowPage};

use crate::callback::{Callback, Judgement, Sender};
use crate::page::page;
use crate::refusal::Fault;

/// A form has some twenty short fields.
const MAX_BODY: usize = 64 << 10;

impl Callback for PayCallback {
    const KIND: &'static str = "3D Pay";
    const SENDER: Sender = Sender::Browser;
    const MAX_BODY: usize = MAX_BODY;
    type Refused = CallbackError;

    fn read(delivery: &Delivery) -> Result<Self, Fault> {
        Self::read(delivery).map_err(|error| fault(&error))
    }

    fn judge(refused: &CallbackError) -> Judgement {
        Judgement::Refused(refused.code().to_owned())
    }
}

impl Callback for ModelCallback {
    const KIND: &'static str = "3D Model";
    const SENDER: Sender = Sender::Browser;
    const MAX_BODY: usize = MAX_BODY;
    type Refused = CallbackError;

    fn read(delivery: &Delivery) -> Result<Self, Fault> {
        Self::read(delivery).map_err(|error| fault(&error))
    }

    fn judge(refused: &CallbackError) -> Judgement {
        Judgement::Refused(refused.code().to_owned())
    }
}

fn fault(error: &CallbackError) -> Fault {
    match error {
        CallbackError::Unreadable(unreadable) => Fault::from(unreadable),
        _ => Fault::Unreadable(error.code()),
    }
}

/// The form after the check of a card. It is readable, and is compared with the check's token by
/// [`hint`](Self::hint). **Nothing in it is signed.**
#[derive(Clone, Debug)]
pub struct CardCheckPost(Delivery);

impl CardCheckPost {
    /// Reads the form by the token of the check.
    ///
    /// # Errors
    ///
    /// [`CardCheckError`].
    pub fn hint(&self, token: &Secret) -> Result<CardCheckHint, CardCheckError> {
        CardCheckHint::read(&self.0, token)
    }
}

impl Callback for CardCheckPost {
    const KIND: &'static str = "card check";
    const SENDER: Sender = Sender::Browser;
    const MAX_BODY: usize = MAX_BODY;
    type Refused = CardCheckError;

    fn read(delivery: &Delivery) -> Result<Self, Fault> {
        // No token is empty, so this only shows whether it is a form.
        match CardCheckHint::read(delivery, &Secret::new("")) {
            Err(CardCheckError::Unreadable(error)) => Err(Fault::from(&error)),
            _ => Ok(Self(delivery.clone())),
        }
    }

    fn judge(refused: &CardCheckError) -> Judgement {
        let code = match refused {
            CardCheckError::Unreadable(error) => error.reason().name(),
            _ => "foreign",
        };
        Judgement::Refused(code.to_owned())
    }
}

/// Param's page of the 3D Model, as a response: a foreign document that posts itself to the bank.
///
/// It is sent unchanged and from the shop's own address, so it is kept in an origin of its own (`sandbox`): its
/// scripts reach neither the shop's cookies nor its other pages. It may post a form to any https address, because
/// each card's bank has another one.
#[derive(Clone)]
pub struct BankPage {
    html: Personal,
    to_this_machine: bool,
    in_the_shops_origin: bool,
}

impl BankPage {
    /// Takes the page of a started payment.
    pub fn new(page: &ShowPage) -> Self {
        Self {
            html: page.html.clone(),
            to_this_machine: false,
            in_the_shops_origin: false,
        }
    }

    /// Lets the page post its form to this machine over plain http too, as the page of a sandbox does.
    #[must_use]
    pub fn to_this_machine(mut self) -> Self {
        self.to_this_machine = true;
        self
    }

    /// Lets the page use the shop's origin, where a bank's page does not work without one. **Its scripts then reach
    /// everything that the shop's own scripts reach.**
    #[must_use]
    pub fn in_the_shops_origin(mut self) -> Self {
        self.in_the_shops_origin = true;
        self
    }

    fn policy(&self) -> String {
        let loopback = if self.to_this_machine {
            " http://127.0.0.1:* http://localhost:*"
        } else {
            ""
        };
        let origin = if self.in_the_shops_origin {
            " allow-same-origin"
        } else {
            ""
        };
        format!(
            "default-src 'none'; script-src 'unsafe-inline' https:; style-src 'unsafe-inline' https:; \
             img-src https: data:; font-src https:; form-action https:{loopback}; base-uri 'none'; \
             frame-ancestors 'none'; sandbox allow-forms allow-scripts allow-top-navigation{origin}"
        )
    }
}

impl fmt::Debug for BankPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BankPage").finish_non_exhaustive()
    }
}

impl IntoResponse for BankPage {
    fn into_response(self) -> Response {
        // Without its policy the page is not shown at all.
        let Ok(policy) = HeaderValue::from_str(&self.policy()) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let mut response = page(StatusCode::OK, self.html.as_str().to_owned());
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        response
    }
}

#[cfg(feature = "inbox")]
mod inbox {
    use kervan_ledger::Post;
    use param_marketplace::payments::callback::{
        ModelCallback, ModelResult, PayCallback, PayResult,
    };
    use param_marketplace::payments::{CardCheckHint, PaidOrder};

    use super::CardCheckPost;
    use crate::intake::{Subject, sealed};

    impl sealed::Sealed<PayCallback> for PayResult {}
    impl Subject<PayCallback> for PayResult {
        fn subject(&self, _post: &Post) -> String {
            self.subject()
        }
    }

    impl sealed::Sealed<PayCallback> for PaidOrder {}
    impl Subject<PayCallback> for PaidOrder {
        fn subject(&self, _post: &Post) -> String {
            self.subject()
        }
    }

    impl sealed::Sealed<ModelCallback> for ModelResult {}
    impl Subject<ModelCallback> for ModelResult {
        fn subject(&self, _post: &Post) -> String {
            self.subject()
        }
    }

    impl sealed::Sealed<CardCheckPost> for CardCheckHint {}
    impl Subject<CardCheckPost> for CardCheckHint {
        fn subject(&self, post: &Post) -> String {
            self.subject(post.reference.as_deref().unwrap_or_default())
        }
    }
}
