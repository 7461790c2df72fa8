//! The result code of an answer, and the message beside it.

use std::iter;

use kervan_core::error::{Reason, Unreadable};

use crate::cell::Cell;
use crate::rejection::Kind;

/// The result codes that refuse, as the guides list them. 0 and 1 are success.
pub const RESULT_CODES: [(&str, Kind); 4] = [
    ("-1", Kind::NotFound),
    ("-2", Kind::Login),
    ("936", Kind::Failed),
    ("999", Kind::WaybillCut),
];

/// The members that carry the text of a code: the label operations have the second.
const MESSAGES: [&str; 2] = ["ResultMessage", "Message"];

/// The code and message of a result, as received.
pub(super) struct Status {
    pub(super) code: String,
    pub(super) message: Option<String>,
    pub(super) cargo_key: Option<String>,
}

impl Status {
    /// Finds the code in a result, or one level deeper. `path` returns the path of a member.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] for codes that differ, and for a member that holds two texts.
    pub(super) fn of(
        result: &Cell,
        path: impl Fn(&str) -> String,
    ) -> Result<Option<Self>, Unreadable> {
        let twice = |name: &str| Unreadable::at(path(name), Reason::Twice);
        let below = match result {
            Cell::Map(members) => members.as_slice(),
            _ => &[],
        };
        let cells = iter::once(result).chain(below.iter().map(|(_, cell)| cell));
        let mut found: Option<Self> = None;
        for cell in cells {
            let text = |name: &str| {
                let text = cell.one_text(&[name]).map_err(|_| twice(name))?;
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
                Some(Self { code, .. }) if *code != status.code => return Err(twice("ResultCode")),
                Some(_) => {}
                None => found = Some(status),
            }
        }
        Ok(found)
    }

    /// Whether the code says yes.
    pub(super) fn is_success(&self) -> bool {
        matches!(self.code.as_str(), "0" | "1")
    }

    /// Returns the meaning of a code that says no.
    pub(super) fn kind(&self) -> Kind {
        let listed = RESULT_CODES.iter().find(|(code, _)| *code == self.code);
        listed.map_or(Kind::Unlisted, |(_, kind)| *kind)
    }
}

/// Whether a member is a code or its text.
pub(super) fn is_status(name: &str) -> bool {
    name == "ResultCode" || MESSAGES.contains(&name)
}

/// Returns the message in a result, also where no code is beside it.
pub(super) fn message(result: &Cell) -> Option<&str> {
    let texts = MESSAGES.iter().flat_map(|name| result.below(&[name]));
    texts.into_iter().find_map(Cell::text)
}

/// Removes a code that says yes, and its message. The rest are rows, or nothing.
pub(super) fn remove_status(result: &mut Cell) {
    remove_below(result, true);
}

fn remove_below(result: &mut Cell, may_go_deeper: bool) {
    if let Cell::Map(members) = result {
        members.retain(|(name, _)| !is_status(name));
        if may_go_deeper {
            for (_, cell) in members {
                remove_below(cell, false);
            }
        }
    }
}
