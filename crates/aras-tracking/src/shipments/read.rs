//! Reads what an operation of the table lists. Wire: the operations of `reads.rs` (SOAP, read).

use std::marker::PhantomData;

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use super::arguments::{Arguments, NamesOf};
use super::endpoint::Endpoint;
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::query::asked::Asked;
use crate::query::{QueryRow, QueryRows};
use crate::rejection::Rejection;

/// A read of the shipment service: its arguments `A`, its output `T`, its operation `C`. The reads have names
/// of their own, as [`FetchLabel`](super::FetchLabel).
///
/// It serialises as its arguments.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent, bound = "A: Arguments")]
pub struct ReadRequest<A, T, C> {
    /// The arguments of the operation.
    pub arguments: A,
    #[serde(skip)]
    operation: PhantomData<fn() -> (T, C)>,
}

impl<A, T, C> ReadRequest<A, T, C> {
    /// Creates a read with these arguments.
    pub fn new(arguments: impl Into<A>) -> Self {
        Self {
            arguments: arguments.into(),
            operation: PhantomData,
        }
    }
}

impl<A: Clone, T, C> Clone for ReadRequest<A, T, C> {
    fn clone(&self) -> Self {
        Self::new(self.arguments.clone())
    }
}

impl<A: PartialEq, T, C> PartialEq for ReadRequest<A, T, C> {
    fn eq(&self, other: &Self) -> bool {
        self.arguments == other.arguments
    }
}

/// An operation of the table. Sealed: [`RawRead`](super::RawRead) makes any other.
pub trait Called<A: Arguments> {
    /// Where it goes.
    const ENDPOINT: Endpoint;
    /// How it spells its arguments.
    const NAMES: NamesOf<A>;
}

/// What a read answers with.
pub trait ReadOutput: Serialize + Sized + Send {
    /// Reads an answer to a question.
    fn read(reading: Reading<'_>, asked: &Asked<'_>) -> Result<Answer<Self>, ReadError<Rejection>>;
}

impl<R: QueryRow> ReadOutput for QueryRows<R> {
    fn read(reading: Reading<'_>, asked: &Asked<'_>) -> Result<Answer<Self>, ReadError<Rejection>> {
        reading.rows(asked)
    }
}

impl<A: Arguments, T: ReadOutput, C: Called<A>> Operation for ReadRequest<A, T, C> {
    type Service = ShipmentSettings;
    type Output = T;
    const ENDPOINT: Endpoint = C::ENDPOINT;
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        self.arguments.check(problems);
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        self.arguments.write(C::NAMES, Body::new())
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<T>, ReadError<Rejection>> {
        T::read(reading, &self.arguments.asked())
    }
}
