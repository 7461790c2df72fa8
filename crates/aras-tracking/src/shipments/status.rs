//! The result code of an answer, and the message beside it.

use std::iter;

use kervan_core::error::{Reason, Unreadable};
use kervan_wire::tree::Value;

use crate::rejection::RejectionKind;
use crate::value::ValueExt as _;

/// The result codes that refuse, as the guides list them for all operations but `SetOrder`. 0 and 1 are success.
pub const RESULT_CODES: [(&str, RejectionKind); 4] = [
    ("-1", RejectionKind::NotFound),
    ("-2", RejectionKind::Login),
    ("936", RejectionKind::Failed),
    ("999", RejectionKind::WaybillCut),
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
    /// [`Unreadable`] for codes that differ, for a member that holds two texts, and for a row without a code beside one
    /// that has it.
    pub(super) fn of(
        result: &Value,
        path: impl Fn(&str) -> String,
    ) -> Result<Option<Self>, Unreadable> {
        let below = match result {
            Value::Object(members) => members.as_slice(),
            _ => &[],
        };
        let values = iter::once(result).chain(below.iter().map(|(_, value)| value));
        let mut found: Option<Self> = None;
        for value in values {
            let Some(status) = Self::in_row(value, &path)? else {
                continue;
            };
            let rows = value.below(&[]).into_iter();
            let mut rows = rows.filter(|row| !row.is_blank());
            if rows.any(|row| row.below(&["ResultCode"]).into_iter().all(Value::is_blank)) {
                return Err(Unreadable::at(path("ResultCode"), Reason::Missing));
            }
            match &found {
                Some(Self { code, .. }) if *code != status.code => {
                    return Err(Unreadable::at(path("ResultCode"), Reason::Twice));
                }
                Some(_) => {}
                None => found = Some(status),
            }
        }
        Ok(found)
    }

    /// Finds the code among the members of a row, and no deeper: what is below a row may be of another.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] for a member that holds two texts.
    pub(super) fn in_row(
        row: &Value,
        path: impl Fn(&str) -> String,
    ) -> Result<Option<Self>, Unreadable> {
        let text = |name: &str| {
            let twice = |_| Unreadable::at(path(name), Reason::Twice);
            let text = row.one_text(&[name]).map_err(twice)?;
            Ok::<_, Unreadable>(text.map(str::to_owned))
        };
        let Some(code) = text("ResultCode")? else {
            return Ok(None);
        };
        let [message, other] = MESSAGES;
        Ok(Some(Self {
            message: text(message)?.or(text(other)?),
            cargo_key: text("CargoKey")?,
            code,
        }))
    }

    /// Returns whether the code means success.
    pub(super) fn is_success(&self) -> bool {
        matches!(self.code.as_str(), "0" | "1")
    }
}

/// Returns the meaning of a refusing code, where the operation has no list of its own.
pub(super) fn kind(code: &str) -> RejectionKind {
    let listed = RESULT_CODES.iter().find(|(listed, _)| *listed == code);
    listed.map_or(RejectionKind::Unlisted, |(_, kind)| *kind)
}

/// Returns whether a member is a code or its text.
pub(super) fn is_status(name: &str) -> bool {
    name == "ResultCode" || MESSAGES.contains(&name)
}

/// Returns the message in a result, also where no code is beside it.
pub(super) fn message(result: &Value) -> Option<&str> {
    let texts = MESSAGES.iter().flat_map(|name| result.below(&[name]));
    texts.into_iter().find_map(Value::text)
}

/// Removes a code of success and its message. The rest are rows, or nothing.
pub(super) fn remove_status(result: &mut Value) {
    remove_below(result, true);
}

fn remove_below(result: &mut Value, may_go_deeper: bool) {
    if let Value::Object(members) = result {
        members.retain(|(name, _)| !is_status(name));
        if may_go_deeper {
            for (_, value) in members {
                remove_below(value, false);
            }
        }
    }
}
