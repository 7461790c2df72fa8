//! Stories about writes that cannot be settled.

use kervan_core::{
    Baseline, Class, Context, Effect, EncodeError, ErrorOf, Found, HttpRequest, Operation,
    Problems, ReadError, Reply, Settle,
};

/// A write without a read-back, for stories only: a client never settles one.
#[derive(Clone, Debug)]
pub struct Blind<O>(pub O);

impl<O: Operation> Operation for Blind<O> {
    type Settings = O::Settings;
    type Output = O::Output;
    type Rejection = O::Rejection;
    const NAME: &'static str = O::NAME;
    const EFFECT: Effect = O::EFFECT;

    fn class(&self) -> Class {
        self.0.class()
    }

    fn check(&self, context: &Context<'_, O::Settings>) -> Problems {
        self.0.check(context)
    }

    fn encode(&self, context: &Context<'_, O::Settings>) -> Result<HttpRequest, EncodeError> {
        self.0.encode(context)
    }

    fn decode(
        &self,
        settings: &O::Settings,
        reply: &Reply,
    ) -> Result<O::Output, ReadError<O::Rejection>> {
        self.0.decode(settings, reply)
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
        _now: Result<O::Output, ErrorOf<O>>,
        _baseline: Option<&Baseline>,
    ) -> Found<O::Output, O::Rejection> {
        Found::Unclear
    }
}
