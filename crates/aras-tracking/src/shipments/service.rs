//! What the calls of the shipment service share: the login, the result, its code.

use std::iter;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::problem::MISSING;
use kervan_core::soap::{self, Answer, Call, Row};
use kervan_core::{Drift, EncodeError, HttpRequest, Personal, Problems, ReadError, Reply};

use super::settings::ShipmentSettings;
use crate::cell::Cell;
use crate::ids::CustomerReference;
use crate::query::asked::Asked;
use crate::query::rows::{Found, find};
use crate::query::{QueryAnswer, QueryRow};
use crate::rejection::{Kind, Rejection};
use crate::wire::{self, NAMESPACE};
use kervan_core::soap::Element;

/// An operation, and how it spells its login: the service binds by exact name, and a wrong case
/// passes nothing without a word.
#[derive(Debug)]
pub struct Page {
    pub(super) operation: &'static str,
    pub(super) result: &'static str,
    pub(super) user_name: &'static str,
    pub(super) password: &'static str,
}

impl kervan_core::Endpoint for &'static Page {
    fn name(&self) -> &'static str {
        self.operation
    }
}

/// Writes a request: the login first, as in every operation.
pub(super) fn encode(
    page: &Page,
    settings: &ShipmentSettings,
    rest: Vec<Element>,
) -> Result<HttpRequest, EncodeError> {
    let login = &settings.login;
    let mut elements = vec![
        Element::text(page.user_name, login.user_name.expose()),
        Element::text(page.password, login.password.expose()),
    ];
    elements.extend(rest);
    wire::request(&settings.address, "", page.operation, elements)
}

/// Checks a reference: what is unusual about it is a warning.
pub(super) fn check(reference: &CustomerReference) -> Problems {
    reference.warnings()
}

/// Checks a text that may not be empty and that XML has to carry.
pub(super) fn check_text(problems: &mut Problems, path: String, text: &str) {
    if text.trim().is_empty() {
        problems.push(MISSING.at(path));
    } else if !soap::can_carry(text) {
        problems.push(soap::CONTROL_CHARACTER.at(path));
    }
}

/// The result of an answer, and what was odd about its text.
pub(super) struct Read {
    pub(super) result: Cell,
    pub(super) drift: Drift,
}

/// Reads the result of an answer.
pub(super) fn result(
    page: &Page,
    settings: &ShipmentSettings,
    reply: &Reply,
) -> Result<Read, ReadError<Rejection>> {
    let read = result_or_null(page, settings, reply, |_| Ok(()));
    let (result, mut drift) = read.map_err(|error| wire::hidden(error, &settings.login))?;
    let result = result.ok_or_else(|| Unreadable::at(page.result, Reason::Missing))?;
    drift.scrub(|text| settings.login.scrub(text));
    Ok(Read { result, drift })
}

/// Reads the result of an answer, and the rows of a table in it. `None` for a null result: .NET
/// leaves out its element, so that nothing at all stands in the answer.
fn result_or_null(
    page: &Page,
    settings: &ShipmentSettings,
    reply: &Reply,
    rows: impl FnMut(Row<'_, '_>) -> Result<(), Unreadable>,
) -> Result<(Option<Cell>, Drift), ReadError<Rejection>> {
    let body = soap::body_text(reply)?;
    let document = match body.read(Call::new(NAMESPACE, page.operation), rows)? {
        Answer::Result(document) => document,
        Answer::Fault(fault) => {
            let scrub = |text: &str| settings.login.scrub(text);
            return Err(wire::fault(page.operation, &fault, scrub));
        }
    };
    if document.is_blank() {
        return Ok((None, Drift::default()));
    }
    let missing = || Unreadable::at(page.result, Reason::Missing);
    let (content, drift) = document.read::<Cell>()?;
    let Cell::Map(members) = content else {
        return Err(missing().into());
    };
    let (mut results, beside): (Vec<_>, Vec<_>) = members
        .into_iter()
        .partition(|(name, _)| name == page.result);
    let (_, mut result) = results.pop().ok_or_else(missing)?;
    if matches!(result, Cell::List(_)) || !results.is_empty() {
        return Err(Unreadable::at(page.result, Reason::Twice).into());
    }
    // A code beside the result judges it as one in it does.
    let status = beside.into_iter().filter(|(name, _)| is_status(name));
    let mut status: Vec<_> = status.collect();
    if let Cell::Map(members) = &mut result {
        members.append(&mut status);
    } else if !status.is_empty() {
        result = Cell::Map(status);
    }
    Ok((Some(result), drift))
}

/// Whether a member is a code or its text.
fn is_status(name: &str) -> bool {
    name == "ResultCode" || MESSAGES.contains(&name)
}

/// Reads a list, or the refusal that stands in its place. A null list has no rows.
pub(super) fn list<R: QueryRow>(
    page: &Page,
    settings: &ShipmentSettings,
    reply: &Reply,
    asked: &Asked<'_>,
) -> Result<QueryAnswer<R>, ReadError<Rejection>> {
    read_list(page, settings, reply, asked).map_err(|error| wire::hidden(error, &settings.login))
}

fn read_list<R: QueryRow>(
    page: &Page,
    settings: &ShipmentSettings,
    reply: &Reply,
    asked: &Asked<'_>,
) -> Result<QueryAnswer<R>, ReadError<Rejection>> {
    let mut found = Found::new(&settings.login, asked);
    let (result, drift) = result_or_null(page, settings, reply, |row| found.push_row(row))?;
    found.drift.extend(drift);
    let mut result = result.unwrap_or(Cell::Null);
    if let Some(status) = Status::of(page, &result)? {
        if !matches!(status.code.as_str(), "0" | "1") {
            return Err(status.refusal(page, settings));
        }
        drop_status(&mut result, true);
    }
    found.finish(page.operation, find(result))
}

/// Takes out a code that says yes, and its message: the rest are rows, or none.
fn drop_status(result: &mut Cell, may_go_deeper: bool) {
    if let Cell::Map(members) = result {
        members.retain(|(name, _)| !is_status(name));
        if may_go_deeper {
            for (_, cell) in members {
                drop_status(cell, false);
            }
        }
    }
}

/// The members that carry the text of a code: the label operations have the second.
const MESSAGES: [&str; 2] = ["ResultMessage", "Message"];

/// The result codes that refuse, as the guides list them. 0 and 1 are success.
pub const RESULT_CODES: [(&str, Kind); 4] = [
    ("-1", Kind::NotFound),
    ("-2", Kind::Login),
    ("936", Kind::Failed),
    ("999", Kind::WaybillCut),
];

/// The text in a result, whether a code stands beside it or not.
pub(super) fn message(result: &Cell, settings: &ShipmentSettings) -> Option<Personal> {
    let texts = MESSAGES.iter().flat_map(|name| result.below(&[name]));
    let text = texts.into_iter().find_map(Cell::text)?;
    Some(Personal::from(settings.login.scrub(text)))
}

/// The refusal that a text without a code stands for.
pub(super) fn sentence(page: &Page, message: Personal) -> ReadError<Rejection> {
    let refusal = Rejection::new(page.operation, "sentence", Kind::Sentence);
    ReadError::Rejected(refusal.message(Some(message)))
}

fn twice(page: &Page, name: &str) -> Unreadable {
    Unreadable::at(format!("{}.{name}", page.result), Reason::Twice)
}

/// The code and message of a result.
pub(super) struct Status {
    pub(super) code: String,
    pub(super) message: Option<String>,
    pub(super) cargo_key: Option<String>,
}

impl Status {
    /// The code in a result, or one level deeper. Codes that differ are unreadable.
    pub(super) fn of(page: &Page, result: &Cell) -> Result<Option<Self>, Unreadable> {
        let below = match result {
            Cell::Map(members) => members.as_slice(),
            _ => &[],
        };
        let cells = iter::once(result).chain(below.iter().map(|(_, cell)| cell));
        let mut found: Option<Self> = None;
        for cell in cells {
            let text = |name: &str| {
                let text = cell.one_text(&[name]).map_err(|_| twice(page, name))?;
                Ok::<_, Unreadable>(text.map(str::to_owned))
            };
            let Some(code) = text("ResultCode")? else {
                continue;
            };
            let [message, other] = MESSAGES;
            let status = Self {
                message: text(message)?.or(text(other)?),
                cargo_key: text("CargoKey")?,
                code,
            };
            match &found {
                Some(Self { code, .. }) if *code != status.code => {
                    return Err(twice(page, "ResultCode"));
                }
                Some(_) => {}
                None => found = Some(status),
            }
        }
        Ok(found)
    }

    pub(super) fn message(&self, settings: &ShipmentSettings) -> Option<Personal> {
        let message = self.message.as_ref();
        message.map(|text| Personal::from(settings.login.scrub(text)))
    }

    pub(super) fn refusal(&self, page: &Page, settings: &ShipmentSettings) -> ReadError<Rejection> {
        let listed = RESULT_CODES.iter().find(|(code, _)| *code == self.code);
        let kind = listed.map_or(Kind::Unlisted, |(_, kind)| *kind);
        let code = settings.login.scrub(&self.code);
        let refusal = Rejection::new(page.operation, &code, kind);
        ReadError::Rejected(refusal.message(self.message(settings)))
    }
}
