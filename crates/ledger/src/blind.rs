//! Writes of which nothing can be read back.

use kervan_core::operation::{BodyOf, EndpointOf, ReadingOf};
use kervan_core::{
    Answer, AnswerOf, Class, Context, EncodeError, Operation, Problems, ReadError, RejectionOf,
};
use kervan_settling::attempt::Baseline;
use kervan_settling::{Found, Settle};

/// A write of which nothing can be read back, for the ledger. It is sent once. Where its outcome is unknown, a person
/// looks at the provider's panel; a ledger never sends it again by itself.
///
/// ```
/// use kervan_core::Operation;
/// use kervan_ledger::{Blind, Ledger, Plan, Store, WriteResult};
/// use kervan_settling::Settler;
///
/// async fn cancel<S: Store, O: Operation>(
///     ledger: &Ledger<S>,
///     client: &Settler<O::Service>,
///     plan: Plan,
///     cancellation: O,
/// ) -> WriteResult<Blind<O>> {
///     ledger.write(client, plan, &Blind::new(cancellation)).await
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blind<O>(O);

impl<O> Blind<O> {
    /// Takes a write as it is.
    pub fn new(operation: O) -> Self {
        Self(operation)
    }

    /// Returns the write.
    pub fn into_inner(self) -> O {
        self.0
    }
}

impl<O: Operation> Operation for Blind<O> {
    type Service = O::Service;
    type Output = O::Output;
    const ENDPOINT: EndpointOf<O> = O::ENDPOINT;
    const CLASS: Class = O::CLASS;

    fn endpoint(&self) -> EndpointOf<O> {
        self.0.endpoint()
    }

    fn class(&self) -> Class {
        self.0.class()
    }

    fn check(&self, context: &Context<'_, Self::Service>, problems: &mut Problems) {
        self.0.check(context, problems);
    }

    fn body<'a>(
        &'a self,
        context: &Context<'a, Self::Service>,
    ) -> Result<BodyOf<'a, O>, EncodeError> {
        self.0.body(context)
    }

    fn read(
        &self,
        reading: ReadingOf<'_, O>,
    ) -> Result<Answer<O::Output>, ReadError<RejectionOf<O>>> {
        self.0.read(reading)
    }

    fn name(&self) -> &'static str {
        self.0.name()
    }
}

/// Without a question, so that nothing but a person settles it.
impl<O: Operation> Settle for Blind<O> {
    type ReadBack = O;

    fn key(&self) -> String {
        self.0.name().to_owned()
    }

    fn read_back(&self) -> Option<O> {
        None
    }

    fn found(&self, _: AnswerOf<O>, _: Option<&Baseline>) -> Found<O::Output, RejectionOf<O>> {
        Found::Unclear
    }
}
