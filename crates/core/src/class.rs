//! The kind of write that a call is, which decides what proves it and whether it may be sent again.

use serde::{Deserialize, Serialize};

/// The kind of a call, as far as sending it twice is concerned.
///
/// | class | "done" is proven by | "not done" is proven by | sent again |
/// |---|---|---|---|
/// | `Read` | the answer | – | yes |
/// | `Keyed` | the own key, or "it exists" after a try that was sent | a refusal of the contents | yes: same key, same contents |
/// | `State` | the object is in the wanted state, whoever did it | the old state, after the settling time | yes, if no other write on the object lies between |
/// | `Delta` | a row or a sum that the baseline does not have | equal to the baseline, after the settling time | only on that proof |
/// | `Start` | the query by the own key, where there is one | the query says that it failed | never; a new start under a new key is safe at once |
/// | `Charge` | the query by the own key, same amount | the query says that it failed | never under the same key |
/// | `Blind` | nothing | nothing | never; a person decides |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(clippy::exhaustive_enums, reason = "every class has rules of its own")]
pub enum Class {
    /// Changes nothing.
    #[serde(rename = "read")]
    Read,
    /// The provider takes a key once.
    #[serde(rename = "keyed")]
    Keyed,
    /// Asks for a state, such as cancelled, approved or removed.
    #[serde(rename = "state")]
    State,
    /// Adds something, such as an entry or a part of a refund.
    #[serde(rename = "delta")]
    Delta,
    /// Opens a page for a person, who decides there.
    #[serde(rename = "start")]
    Start,
    /// Takes money without a page.
    #[serde(rename = "charge")]
    Charge,
    /// Nothing can be read back.
    #[serde(rename = "blind")]
    Blind,
}

impl Class {
    /// Returns whether a call of this class changes something.
    pub fn is_write(self) -> bool {
        self != Self::Read
    }

    /// Returns the class in one word, as in tables and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Keyed => "keyed",
            Self::State => "state",
            Self::Delta => "delta",
            Self::Start => "start",
            Self::Charge => "charge",
            Self::Blind => "blind",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_has_one_name_in_tables_and_in_stores() {
        for class in [
            Class::Read,
            Class::Keyed,
            Class::State,
            Class::Delta,
            Class::Start,
            Class::Charge,
            Class::Blind,
        ] {
            let stored = serde_json::to_string(&class).unwrap();
            assert_eq!(stored, format!("\"{}\"", class.name()));
            assert_eq!(class.is_write(), class != Class::Read);
        }
    }
}
