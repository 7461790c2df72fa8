//! Which answers prove that a refund was made.

use kervan_core::Reason;
use kervan_core::error::Unreadable;
use kervan_wire::tree::Value;

use crate::codes;
use crate::ids::is_same;
use crate::received::envelope::Envelope;

/// Checks that an answer shows this refund: its number and no other, no code but success, and no refusing
/// text.
pub(super) fn check(own: &str, envelope: &Envelope) -> Result<(), Unreadable> {
    let mut found = Found::default();
    found.walk("", &envelope.rest, own);
    // A number beside `Data` does not prove it, only one in it.
    found.is_named = false;
    found.walk("", &envelope.data, own);
    let unexpected =
        |what: &'static str| Err(Unreadable::at("Data", Reason::Unexpected(what.into())));
    if found.is_other {
        return Err(Unreadable::at(
            "Data.RefundId",
            Reason::Unexpected("the refund's own number".into()),
        ));
    }
    if found.has_code {
        return unexpected("no code but success");
    }
    if found.says_no {
        return unexpected("nothing that says no");
    }
    if !found.is_named {
        return Err(Unreadable::at("Data.RefundId", Reason::Missing));
    }
    Ok(())
}

/// The findings in an answer's values.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "four findings, each its own")]
struct Found {
    is_named: bool,
    is_other: bool,
    has_code: bool,
    says_no: bool,
}

impl Found {
    fn walk(&mut self, name: &str, value: &Value, own: &str) {
        match value {
            Value::Text(text) if name == "RefundId" && is_same(text, own) => self.is_named = true,
            Value::Text(text) if name == "RefundId" && !text.trim().is_empty() => {
                self.is_other = true;
            }
            Value::Text(text) if !is_same(text, own) => {
                self.has_code |= codes::refusing(text).is_some();
                self.says_no |= text.trim().eq_ignore_ascii_case("false");
            }
            Value::Flag(false) => self.says_no = true,
            Value::List(items) => items.iter().for_each(|item| self.walk(name, item, own)),
            Value::Object(members) => {
                for (name, value) in members {
                    self.has_code |= codes::refusing(name).is_some();
                    self.walk(name, value, own);
                }
            }
            Value::Null | Value::Text(_) | Value::Flag(true) => {}
        }
    }
}
