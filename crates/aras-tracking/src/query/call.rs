//! Makes a query of any type, by the account's method. Wire: `GetQueryJSON, GetQueryXML, GetQueryDS` (SOAP, read).

use std::marker::PhantomData;

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use kervan_turkiye::time::istanbul_day_at;
use serde::{Deserialize, Serialize};

use super::answer::QueryRows;
use super::asked::Asked;
use super::columns::QueryRow;
use super::endpoint::Endpoint;
use super::parameters::Parameters;
use super::service::{Body, Reading};
use super::settings::QuerySettings;
use crate::rejection::Rejection;

/// A query of one type: its parameters `P`, its rows `R`, its number. The types have names of their
/// own, as [`FindParcels`](super::FindParcels).
///
/// It serialises as its parameters.
///
/// # Errors
///
/// [`Error::Invalid`](crate::Error::Invalid) for a period outside the type's limits; [`Error::Rejected`](crate::Error::Rejected) after a fault, as
/// for a wrong login, or a sentence. That nothing was found is not an error, see
/// [`QueryRows::not_found`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent, bound = "P: Parameters")]
pub struct QueryRequest<P, R, const TYPE: u16> {
    /// The parameters of the query.
    pub parameters: P,
    #[serde(skip)]
    rows: PhantomData<fn() -> R>,
}

impl<P, R, const TYPE: u16> QueryRequest<P, R, TYPE> {
    /// The number of the query type. Wire: `QueryType`.
    pub const TYPE: u16 = TYPE;

    /// Creates a query with these parameters.
    pub fn new(parameters: impl Into<P>) -> Self {
        Self {
            parameters: parameters.into(),
            rows: PhantomData,
        }
    }
}

impl<P: Clone, R, const TYPE: u16> Clone for QueryRequest<P, R, TYPE> {
    fn clone(&self) -> Self {
        Self::new(self.parameters.clone())
    }
}

impl<P: PartialEq, R, const TYPE: u16> PartialEq for QueryRequest<P, R, TYPE> {
    fn eq(&self, other: &Self) -> bool {
        self.parameters == other.parameters
    }
}

impl<P: Parameters, R: QueryRow, const TYPE: u16> Operation for QueryRequest<P, R, TYPE> {
    type Service = QuerySettings;
    type Output = QueryRows<R>;
    const ENDPOINT: Endpoint = Endpoint::of(TYPE);
    const CLASS: Class = Class::Read;

    fn check(&self, context: &Context<'_, QuerySettings>, problems: &mut Problems) {
        self.parameters
            .check(istanbul_day_at(context.now()), problems);
    }

    fn body(&self, context: &Context<'_, QuerySettings>) -> Result<Body, EncodeError> {
        let mut values = Vec::new();
        self.parameters.write(context.settings(), &mut values);
        let body = Body::new(self.parameters.address_id());
        let values = values.into_iter();
        Ok(values.fold(body, |body, (name, value)| body.text(name, value)))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<QueryRows<R>>, ReadError<Rejection>> {
        // Type 21 asks by the number of a piece, which its rows do not show as the reference.
        let asked = match TYPE {
            21 => Asked::Any,
            _ => self.parameters.asked(),
        };
        reading.rows(&asked)
    }
}
