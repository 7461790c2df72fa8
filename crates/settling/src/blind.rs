//! Writes of which nothing can be read back.

use kervan_core::operation::{BodyOf, EndpointOf, ReadingOf};
use kervan_core::{
    Answer, AnswerOf, Class, Context, EncodeError, Operation, Problems, ReadError, RejectionOf,
};

use crate::attempt::Baseline;
use crate::settle::{Found, Settle};

/// A write of which nothing can be read back, for code that goes by stored attempts. It is sent once. Where its outcome
/// is unknown, no question settles it, so that a person has to look; nothing sends it again by itself.
///
/// A write by itself does not implement [`Settle`] then, so that settling one by accident does not compile.
///
/// ```
/// use kervan_core::Operation;
/// use kervan_settling::{Blind, Settler};
///
/// async fn cancel<O: Operation>(client: &Settler<O::Service>, cancellation: O) -> bool {
///     let write = Blind::new(cancellation);
///     let Ok(attempt) = client.prepare(&write).await else { return false };
///     // Stored here. After an unknown outcome, `settle` says that a person has to look.
///     client.send(&write, &attempt).await.is_ok()
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
