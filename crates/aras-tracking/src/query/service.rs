//! The protocol of the query service, once for all queries: login, method, result, refusal, scrubbing.

use std::borrow::Cow;
use std::fmt;

use kervan_core::Endpoint as _;
use kervan_core::error::Unreadable;
use kervan_core::{Answer, Drift, EncodeError, HttpRequest, ReadError, Reply, Scrub};
use kervan_turkiye::line::sent;
use kervan_wire::json;
use kervan_wire::soap::{self, Element};
use kervan_wire::tree::Value;

use super::answer::QueryRows;
use super::asked::Asked;
use super::columns::QueryRow;
use super::content::{Candidates, Content, find};
use super::endpoint::Endpoint;
use super::rows::Found;
use super::settings::{QueryMethod, QuerySettings};
use crate::client::USER_AGENT;
use crate::login::Login;
use crate::rejection::Rejection;
use crate::service::{self, Envelope};

/// The service's contract, which its actions begin with.
const CONTRACT: &str = "IArasCargoIntegrationService/";

impl Scrub for QuerySettings {
    fn scrub(&self, text: &str) -> String {
        self.login.scrub(text)
    }
}

impl kervan_core::Service for QuerySettings {
    type Rejection = Rejection;
    type Endpoint = Endpoint;
    type Body<'a> = Body;
    type Reading<'a> = Reading<'a>;

    fn redacted(&self) -> Self {
        Self {
            login: Login::redacted(),
            ..self.clone()
        }
    }

    fn status_hint(&self, status: u16) -> Option<&'static str> {
        (status == 404).then_some("the path of the service may have moved")
    }

    fn user_agent(&self) -> &'static str {
        USER_AGENT
    }

    /// Both arguments are texts that hold XML, which is escaped once more.
    fn write(&self, endpoint: &Endpoint, body: Body) -> Result<HttpRequest, EncodeError> {
        let login = &self.login;
        let mut who = vec![
            Element::text("UserName", login.user_name.expose()),
            Element::text("Password", login.password.expose()),
            Element::text("CustomerCode", login.customer_code.expose()),
        ];
        who.extend(body.address_id.map(|id| Element::text("AddressID", id)));
        let mut what = vec![Element::text("QueryType", endpoint.query_type.to_string())];
        what.extend(body.parameters);
        let who = Element::parent("LoginInfo", who).to_document()?;
        let what = Element::parent("QueryInfo", what).to_document()?;
        let arguments = vec![
            Element::text("loginInfo", who),
            Element::text("queryInfo", what),
        ];
        let (operation, _) = wire_names(endpoint.method(self));
        service::request(&self.address, CONTRACT, operation, arguments)
    }

    fn reading<'a>(&'a self, endpoint: &'a Endpoint, reply: &'a Reply) -> Reading<'a> {
        let method = endpoint.method(self);
        let (operation, _) = wire_names(method);
        let envelope = Envelope {
            name: endpoint.name(),
            operation,
            login: &self.login,
            reply,
        };
        Reading { envelope, method }
    }
}

/// Returns the operation of a method, and the element of its result.
pub(crate) fn wire_names(method: QueryMethod) -> (&'static str, &'static str) {
    match method {
        QueryMethod::Json => ("GetQueryJSON", "GetQueryJSONResult"),
        QueryMethod::Xml => ("GetQueryXML", "GetQueryXMLResult"),
        QueryMethod::DataSet => ("GetQueryDS", "GetQueryDSResult"),
    }
}

/// The parameters of a query, in their order, each as one line unless it is raw. It does not print them.
pub struct Body {
    address_id: Option<String>,
    parameters: Vec<Element>,
    is_raw: bool,
}

impl Body {
    /// Starts without parameters. The address goes into the login.
    pub(super) fn new(address_id: Option<&str>) -> Self {
        Self {
            address_id: address_id.map(|id| sent(id).into_owned()),
            parameters: Vec::new(),
            is_raw: false,
        }
    }

    /// Starts without parameters, and sends each text as it is given.
    pub(super) fn raw(address_id: Option<&str>) -> Self {
        Self {
            address_id: address_id.map(str::to_owned),
            parameters: Vec::new(),
            is_raw: true,
        }
    }

    /// Adds a parameter.
    pub(super) fn text(
        mut self,
        name: impl Into<Cow<'static, str>>,
        text: impl Into<String>,
    ) -> Self {
        let text = text.into();
        let text = if self.is_raw {
            text
        } else {
            sent(&text).into_owned()
        };
        self.parameters.push(Element::text(name, text));
        self
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

/// An answer that is not judged yet. It does not print the answer.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    envelope: Envelope<'a>,
    method: QueryMethod,
}

impl Reading<'_> {
    /// Reads the rows of an answer, or the refusal in their place.
    pub(super) fn rows<R: QueryRow>(
        self,
        asked: &Asked<'_>,
    ) -> Result<Answer<QueryRows<R>>, ReadError<Rejection>> {
        let envelope = self.envelope;
        let mut found = Found::new(envelope.login, asked);
        let opened = envelope.open(|row| found.push_row(row))?;
        let opened = opened.ok_or_else(|| envelope.missing())?;
        found.drift.extend(opened.drift);
        let mut elements = opened.elements.into_iter();
        let result = elements.find(|(name, _)| envelope.is_result(name));
        let (_, result) = result.ok_or_else(|| envelope.missing())?;
        let content = match result {
            Value::Text(text) => {
                let (content, drift) = open(self.method, text)?;
                found.drift.extend(drift);
                content
            }
            other => find(other),
        };
        envelope.rows(found, content)
    }
}

impl fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("query", &self.envelope.name)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// Opens a result that is a text: JSON, XML, nothing, or a sentence.
fn open(method: QueryMethod, text: String) -> Result<(Content, Drift), Unreadable> {
    let none = || Content::Rows(Candidates::default());
    let inner = text.trim_start_matches('\u{feff}').trim();
    let first = inner.as_bytes().first();
    let content = match (method, first) {
        (_, None) => none(),
        (QueryMethod::Json, Some(b'{' | b'[')) => {
            let body = json::body_of(inner.as_bytes(), false)?;
            let (content, drift) = body.parse()?.read::<Value>()?;
            return Ok((find(content), drift));
        }
        (QueryMethod::Json, Some(_)) if inner == "null" => none(),
        // Whichever method was asked for, what comes as XML is read as XML.
        (_, Some(b'<')) => {
            let document = soap::document(inner)?;
            let name = document.name().unwrap_or_default().to_owned();
            find(Value::Object(vec![(name, document.glance::<Value>()?)]))
        }
        _ => Content::Sentence(text),
    };
    Ok((content, Drift::default()))
}
