//! Makes a query of any type, by the account's method. Wire: `GetQueryJSON, GetQueryXML, GetQueryDS` (SOAP, read).

use std::marker::PhantomData;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::soap::{self, Answer, Call};
use kervan_core::{
    Class, Context, Drift, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply, json,
};
use serde::{Deserialize, Serialize};

use super::answer::QueryAnswer;
use super::asked::Asked;
use super::columns::QueryRow;
use super::parameters::Parameters;
use super::rows::{Content, Found, Rows, find};
use super::settings::{Method, QuerySettings};
use crate::cell::Cell;
use crate::rejection::Rejection;
use crate::wire::{self, NAMESPACE};
use kervan_core::soap::Element;

/// A query of one type: its parameters `P`, its rows `R`, its number. The types have names of their
/// own, as [`FindParcels`](super::FindParcels).
///
/// It serialises as its parameters.
///
/// # Errors
///
/// [`Error::Invalid`](crate::Error::Invalid) for a period outside the type's limits; [`Error::Rejected`](crate::Error::Rejected) after a fault, as
/// for a wrong login, or a sentence. That nothing was found is no error, see
/// [`QueryAnswer::not_found`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent, bound = "P: Parameters")]
pub struct QueryRequest<P, R, const TYPE: u16> {
    /// What is asked for.
    pub parameters: P,
    #[serde(skip)]
    rows: PhantomData<fn() -> R>,
}

impl<P, R, const TYPE: u16> QueryRequest<P, R, TYPE> {
    /// The number of the query type. Wire: `QueryType`.
    pub const TYPE: u16 = TYPE;

    /// A query with these parameters.
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

/// The name of a query in errors and logs.
#[derive(Clone, Copy, Debug)]
pub struct Query(pub(super) &'static str);

impl kervan_core::Endpoint for Query {
    fn name(&self) -> &'static str {
        self.0
    }
}

impl<P: Parameters, R: QueryRow, const TYPE: u16> Operation for QueryRequest<P, R, TYPE> {
    type Service = QuerySettings;
    type Output = QueryAnswer<R>;
    const ENDPOINT: Query = Query(name(TYPE));

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, context: &Context<'_, QuerySettings>) -> Problems {
        let mut problems = Problems::new();
        self.parameters.check(context.today(), &mut problems);
        problems
    }

    fn body(&self, context: &Context<'_, QuerySettings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let mut values = Vec::new();
        self.parameters.write(settings, &mut values);
        let values = values.into_iter();
        let parameters = values
            .map(|(name, value)| Element::text(name, value))
            .collect();
        encode(settings, TYPE, self.parameters.address_id(), parameters)
    }

    fn read(
        &self,
        (settings, reply): (&QuerySettings, &Reply),
    ) -> Result<QueryAnswer<R>, ReadError<Rejection>> {
        // Type 21 asks by the number of a piece, which its rows do not show as the reference.
        let asked = match TYPE {
            21 => Asked::Any,
            _ => self.parameters.asked(),
        };
        decode(name(TYPE), TYPE, settings, reply, &asked)
    }
}

/// The name of a call in errors and logs.
const fn name(query_type: u16) -> &'static str {
    let mut at = 0;
    while at < NAMES.len() {
        if NAMES[at].0 == query_type {
            return NAMES[at].1;
        }
        at += 1;
    }
    "GetQuery"
}

const NAMES: [(u16, &str); 33] = [
    (1, "GetQuery-1"),
    (2, "GetQuery-2"),
    (3, "GetQuery-3"),
    (4, "GetQuery-4"),
    (5, "GetQuery-5"),
    (6, "GetQuery-6"),
    (7, "GetQuery-7"),
    (8, "GetQuery-8"),
    (9, "GetQuery-9"),
    (10, "GetQuery-10"),
    (11, "GetQuery-11"),
    (12, "GetQuery-12"),
    (13, "GetQuery-13"),
    (14, "GetQuery-14"),
    (15, "GetQuery-15"),
    (16, "GetQuery-16"),
    (18, "GetQuery-18"),
    (19, "GetQuery-19"),
    (21, "GetQuery-21"),
    (22, "GetQuery-22"),
    (24, "GetQuery-24"),
    (25, "GetQuery-25"),
    (26, "GetQuery-26"),
    (30, "GetQuery-30"),
    (31, "GetQuery-31"),
    (37, "GetQuery-37"),
    (39, "GetQuery-39"),
    (40, "GetQuery-40"),
    (41, "GetQuery-41"),
    (100, "GetQuery-100"),
    (101, "GetQuery-101"),
    (102, "GetQuery-102"),
    (0, "GetQuery"),
];

/// The method of a query type: 22 and 26 answer with several tables, which only one method can.
fn method(settings: &QuerySettings, query_type: u16) -> Method {
    match query_type {
        22 | 26 => Method::DataSet,
        _ => settings.method,
    }
}

fn wire_call(method: Method) -> (Call, &'static str) {
    let (operation, result) = match method {
        Method::Json => ("GetQueryJSON", "GetQueryJSONResult"),
        Method::Xml => ("GetQueryXML", "GetQueryXMLResult"),
        Method::DataSet => ("GetQueryDS", "GetQueryDSResult"),
    };
    (Call::new(NAMESPACE, operation), result)
}

/// Writes a query. Both arguments are texts that hold XML, which is escaped once more.
pub(super) fn encode(
    settings: &QuerySettings,
    query_type: u16,
    address_id: Option<&str>,
    parameters: Vec<Element>,
) -> Result<HttpRequest, EncodeError> {
    let login = &settings.login;
    let mut who = vec![
        Element::text("UserName", login.user_name.expose()),
        Element::text("Password", login.password.expose()),
        Element::text("CustomerCode", login.customer_code.expose()),
    ];
    who.extend(address_id.map(|id| Element::text("AddressID", id)));
    let mut what = vec![Element::text("QueryType", query_type.to_string())];
    what.extend(parameters);
    let documents = [
        ("loginInfo", Element::parent("LoginInfo", who)),
        ("queryInfo", Element::parent("QueryInfo", what)),
    ];
    let mut arguments = Vec::with_capacity(2);
    for (name, document) in documents {
        arguments.push(Element::text(name, document.to_document()?));
    }
    let (call, _) = wire_call(method(settings, query_type));
    wire::request(
        &settings.address,
        "IArasCargoIntegrationService/",
        call.operation,
        arguments,
    )
}

/// Reads the rows of an answer, or the refusal.
pub(super) fn decode<R: QueryRow>(
    operation: &'static str,
    query_type: u16,
    settings: &QuerySettings,
    reply: &Reply,
    asked: &Asked<'_>,
) -> Result<QueryAnswer<R>, ReadError<Rejection>> {
    let method = method(settings, query_type);
    read(operation, method, settings, reply, asked)
        .map_err(|error| wire::hidden(error, &settings.login))
}

fn read<R: QueryRow>(
    operation: &'static str,
    method: Method,
    settings: &QuerySettings,
    reply: &Reply,
    asked: &Asked<'_>,
) -> Result<QueryAnswer<R>, ReadError<Rejection>> {
    let (call, result_name) = wire_call(method);
    let body = soap::body_text(reply)?;
    let mut found = Found::new(&settings.login, asked);
    let answer = body.read(call, |row| found.push_row(row))?;
    let document = match answer {
        Answer::Result(document) => document,
        Answer::Fault(fault) => {
            return Err(wire::fault(operation, &fault, |text| {
                settings.login.scrub(text)
            }));
        }
    };
    let (content, drift) = document.read::<Cell>()?;
    found.drift.extend(drift);
    let Cell::Map(members) = content else {
        return Err(Unreadable::at(result_name, Reason::Missing).into());
    };
    let result = members.into_iter().find(|(name, _)| name == result_name);
    let (_, result) = result.ok_or_else(|| Unreadable::at(result_name, Reason::Missing))?;
    let content = match result {
        Cell::Text(text) => {
            let (content, drift) = open(method, text)?;
            found.drift.extend(drift);
            content
        }
        other => find(other),
    };
    found.finish(operation, content)
}

/// Opens a result that is a text: JSON, XML, nothing, or a sentence.
fn open(method: Method, text: String) -> Result<(Content, Drift), Unreadable> {
    let none = || Content::Rows(Rows::default());
    let inner = text.trim_start_matches('\u{feff}').trim();
    let first = inner.as_bytes().first();
    let content = match (method, first) {
        (_, None) => none(),
        (Method::Json, Some(b'{' | b'[')) => {
            let body = json::body_of(inner.as_bytes(), false)?;
            let (content, drift) = body.parse()?.read::<Cell>()?;
            return Ok((find(content), drift));
        }
        (Method::Json, Some(_)) if inner == "null" => none(),
        // Whichever method was asked for, what comes as XML is read as XML.
        (_, Some(b'<')) => {
            let document = soap::document(inner)?;
            let name = document.name().unwrap_or_default().to_owned();
            find(Cell::Map(vec![(name, document.glance::<Cell>()?)]))
        }
        _ => Content::Sentence(text),
    };
    Ok((content, Drift::default()))
}
