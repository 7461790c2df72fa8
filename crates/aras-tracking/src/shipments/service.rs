//! The protocol of the shipment service, once for all calls: login, result, result code, refusal,
//! scrubbing.

use std::fmt;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Answer, Drift, EncodeError, HttpRequest, ReadError, Reply, Scrub};
use kervan_turkiye::line::sent;
use kervan_wire::soap::{Element, Row};
use kervan_wire::tree::Value;

use super::endpoint::{Endpoint, Place};
use super::result::CallResult;
use super::settings::ShipmentSettings;
use super::status::{self, Status};
use crate::client::USER_AGENT;
use crate::login::Login;
use crate::query::answer::QueryRows;
use crate::query::asked::Asked;
use crate::query::columns::QueryRow;
use crate::query::content::find;
use crate::query::rows::Found;
use crate::rejection::{Rejection, RejectionKind};
use crate::service::{self, Envelope};
use crate::value::ValueExt as _;

impl Scrub for ShipmentSettings {
    fn scrub(&self, text: &str) -> String {
        self.login.scrub(text)
    }
}

impl kervan_core::Service for ShipmentSettings {
    type Rejection = Rejection;
    type Endpoint = Endpoint;
    type Body<'a> = Body;
    type Reading<'a> = Reading<'a>;

    fn redacted(&self) -> Self {
        Self {
            address: self.address.clone(),
            login: Login::redacted(),
        }
    }

    fn status_hint(&self, status: u16) -> Option<&'static str> {
        (status == 404).then_some("the path of the service may have moved")
    }

    fn user_agent(&self) -> &'static str {
        USER_AGENT
    }

    fn write(&self, endpoint: &Endpoint, body: Body) -> Result<HttpRequest, EncodeError> {
        let (user_name, password) = endpoint.login.unzip();
        let login = [
            (user_name, &self.login.user_name),
            (password, &self.login.password),
            (endpoint.customer_code, &self.login.customer_code),
        ];
        let login = login
            .into_iter()
            .filter_map(|(name, value)| Some(Element::text(name?, value.expose())));
        let elements = match endpoint.place {
            Place::First => login.chain(body.elements).collect(),
            Place::Last => body.elements.into_iter().chain(login).collect(),
            Place::Within(name) => {
                let elements = login.chain(body.elements).collect();
                vec![Element::parent(name, elements)]
            }
        };
        service::request(&self.address, "", endpoint.operation, elements)
    }

    fn reading<'a>(&'a self, endpoint: &'a Endpoint, reply: &'a Reply) -> Reading<'a> {
        Reading(
            Envelope {
                name: endpoint.operation,
                operation: endpoint.operation,
                login: &self.login,
                reply,
            },
            endpoint,
        )
    }
}

/// The elements of a request after the login, in their order, each text as one line. It does not print their
/// contents.
#[derive(Default)]
pub struct Body {
    elements: Vec<Element>,
}

impl Body {
    /// Starts without elements.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds an element with a text.
    pub(super) fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.element(Element::text(name, sent(&text.into())))
    }

    /// Takes elements as they are.
    pub(super) fn of(elements: Vec<Element>) -> Self {
        Self { elements }
    }

    /// Adds an element with a text, where there is one.
    pub(super) fn some(self, name: &'static str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// Adds an element with one of the same name for each text.
    pub(super) fn texts<'t>(
        self,
        name: &'static str,
        of_each: &'static str,
        texts: impl Iterator<Item = &'t str>,
    ) -> Self {
        let texts = texts.map(|text| Element::text(of_each, sent(text)));
        self.element(Element::parent(name, texts.collect()))
    }

    /// Adds an element with others in it.
    pub(super) fn parent(self, name: &'static str, children: Vec<Element>) -> Self {
        self.element(Element::parent(name, children))
    }

    fn element(mut self, element: Element) -> Self {
        self.elements.push(element);
        self
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

/// An answer that is not judged yet. Each method judges its result code first. It does not print the answer.
#[derive(Clone, Copy)]
pub struct Reading<'a>(Envelope<'a>, &'a Endpoint);

impl<'a> Reading<'a> {
    /// Reads a list, or the refusal in its place. A null list has no rows. One of blank rows, or a code without rows,
    /// has none either, and does not say that nothing was found: no description has such a list.
    pub(super) fn rows<R: QueryRow>(
        self,
        asked: &Asked<'_>,
    ) -> Result<Answer<QueryRows<R>>, ReadError<Rejection>> {
        let mut found = Found::new(self.0.login, asked);
        let (result, drift) = self.result_or_null(|row| found.push_row(row))?;
        found.drift.extend(drift);
        let mut result = result.unwrap_or(Value::Null);
        let status = self.status(&result)?;
        if let Some(status) = &status {
            self.accept(status)?;
            status::remove_status(&mut result);
        }
        let is_described = status.is_none() && !result.holds_blanks();
        let answer = self.0.rows(found, find(result))?;
        Ok(answer.map(|rows| {
            if is_described {
                rows
            } else {
                rows.unexplained()
            }
        }))
    }

    /// Reads the answer to a write. Only its code shows that it was done.
    pub(super) fn done(self) -> Result<Answer<Done>, ReadError<Rejection>> {
        let (value, drift) = self.non_null()?;
        let missing = || Unreadable::at(self.0.path("ResultCode"), Reason::Missing);
        let status = self.status(&value)?.ok_or_else(missing)?;
        self.accept(&status)?;
        let done = Done {
            cargo_key: status.cargo_key.map(|text| self.0.text(&text)),
            code: status.code,
        };
        let message = status.message.map(|text| self.0.message(&text));
        Ok(self.0.answer(done, drift).message(message))
    }

    /// Reads the answer to a write whose codes are not public. 0 alone shows that it was done, and any other code
    /// shows nothing.
    pub(super) fn accepted(self) -> Result<CallResult<'a>, ReadError<Rejection>> {
        let result = self.result()?;
        match result.code() {
            Some("0") => Ok(result),
            Some(_) => Err(result.refused_as(RejectionKind::Unlisted)),
            None => Err(Unreadable::at(self.0.path("ResultCode"), Reason::Missing).into()),
        }
    }

    /// Reads a result that may be absent, as that of an operation which returns nothing.
    pub(super) fn result_or_nothing(self) -> Result<CallResult<'a>, ReadError<Rejection>> {
        let (value, drift) = self.result_or_null(|_| Ok(()))?;
        let value = value.unwrap_or(Value::Null);
        let status = self.status(&value)?;
        Ok(CallResult::new(self.0, value, status, drift))
    }

    /// Reads a result that is present whatever its code, as labels.
    pub(super) fn result(self) -> Result<CallResult<'a>, ReadError<Rejection>> {
        let (value, drift) = self.non_null()?;
        let status = self.status(&value)?;
        Ok(CallResult::new(self.0, value, status, drift))
    }

    /// Returns the envelope, for what is read from the elements themselves.
    pub(super) fn envelope(self) -> Envelope<'a> {
        self.0
    }

    /// Returns the refusal of a code.
    pub(super) fn refusal(self, status: &Status) -> Rejection {
        let kind = self.1.kind(&status.code);
        self.0
            .rejection(&status.code, kind, status.message.as_deref())
    }

    pub(super) fn non_null(self) -> Result<(Value, Drift), ReadError<Rejection>> {
        let (value, drift) = self.result_or_null(|_| Ok(()))?;
        Ok((value.ok_or_else(|| self.0.missing())?, drift))
    }

    pub(super) fn status(self, result: &Value) -> Result<Option<Status>, Unreadable> {
        Status::of(result, |member| self.0.path(member))
    }

    /// Returns the code of a row, which is one of its own members.
    pub(super) fn row_status(self, row: &Value) -> Result<Option<Status>, Unreadable> {
        Status::in_row(row, |member| self.0.path(member))
    }

    fn accept(self, status: &Status) -> Result<(), ReadError<Rejection>> {
        if status.is_success() {
            return Ok(());
        }
        Err(ReadError::Rejected(self.refusal(status)))
    }

    /// Reads the result of an answer, and the rows of a table in it. `None` for a null result: .NET
    /// omits its element, so that the answer holds nothing at all.
    fn result_or_null(
        self,
        rows: impl FnMut(Row<'_, '_>) -> Result<(), Unreadable>,
    ) -> Result<(Option<Value>, Drift), ReadError<Rejection>> {
        let Some(opened) = self.0.open(rows)? else {
            return Ok((None, Drift::default()));
        };
        let elements = opened.elements.into_iter();
        let (mut results, beside): (Vec<_>, Vec<_>) =
            elements.partition(|(name, _)| self.0.is_result(name));
        let (_, mut result) = results.pop().ok_or_else(|| self.0.missing())?;
        if matches!(result, Value::List(_)) || !results.is_empty() {
            return Err(Unreadable::at(self.0.result(), Reason::Twice).into());
        }
        // A code beside the result judges it as one in it does.
        let status = beside.into_iter();
        let mut status: Vec<_> = status.filter(|(name, _)| status::is_status(name)).collect();
        if let Value::Object(members) = &mut result {
            members.append(&mut status);
        } else if !status.is_empty() {
            result = Value::Object(status);
        }
        Ok((Some(result), opened.drift))
    }
}

impl fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("operation", &self.0.operation)
            .finish_non_exhaustive()
    }
}

/// The answer to a write that was done.
pub(super) struct Done {
    /// Wire: `ResultCode`.
    pub(super) code: String,
    /// Wire: `CargoKey`.
    pub(super) cargo_key: Option<String>,
}
