//! Stories about writes that cannot be settled.

use kervan_core::operation::{BodyOf, EndpointOf, ReadingOf};
use kervan_core::{
    AnswerOf, Class, Context, EncodeError, Operation, Problems, ReadError, RejectionOf,
};
use kervan_settling::{Baseline, Found, Settle};

/// A write without a read-back, for stories only: a client never settles one.
#[derive(Clone, Debug)]
pub struct Blind<O>(pub O);

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

    fn check(&self, context: &Context<'_, O::Service>, problems: &mut Problems) {
        self.0.check(context, problems);
    }

    fn body<'a>(&'a self, context: &Context<'a, O::Service>) -> Result<BodyOf<'a, O>, EncodeError> {
        self.0.body(context)
    }

    fn read(&self, reading: ReadingOf<'_, O>) -> Result<AnswerOf<O>, ReadError<RejectionOf<O>>> {
        self.0.read(reading)
    }
}

impl<O: Operation> Settle for Blind<O> {
    /// Never asked.
    type ReadBack = O;

    fn key(&self) -> String {
        String::new()
    }

    fn read_back(&self) -> Option<O> {
        None
    }

    fn found(
        &self,
        _now: AnswerOf<O>,
        _baseline: Option<&Baseline>,
    ) -> Found<O::Output, RejectionOf<O>> {
        Found::Unclear
    }
}
