//! Where an answer and its documentation differ.

pub mod path;

use std::fmt;

use serde::{Deserialize, Serialize};

use self::path::DROPPED;
use crate::secret::Personal;

/// How an answer differs from what its documentation says: fields that no type reads, kept with
/// their values, fields that should be there and were not, and values in another form than they
/// should have, which were read all the same.
///
/// Paths are in the provider's names, as `response.shipments[0].state`. `…` replaces a name of more
/// than 64 characters and a path of more than 512 bytes. Characters that cannot be shown are replaced too.
/// A difference of several rows of a list is noted for the first of them. `Debug` shows paths only.
///
/// However an answer differs, its drift stays small: at most [`MOST`](Drift::MOST) entries of each
/// kind, and [`VALUE_BYTES`](Drift::VALUE_BYTES) of values in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Drift {
    /// Fields beyond the documented ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// Documented fields that never came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// Values in another form than they should have, which were read all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerated: Vec<Tolerated>,
    /// How many more there were of all of these, which are not kept.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks this way")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Drift {
    /// The most entries of each kind.
    pub const MOST: usize = 100;
    /// The most bytes that all values take together.
    pub const VALUE_BYTES: usize = 64 << 10;

    /// Returns whether answer and documentation agree.
    pub fn is_empty(&self) -> bool {
        self.unread.is_empty()
            && self.absent.is_empty()
            && self.tolerated.is_empty()
            && self.more == 0
    }

    /// Adds what was found in another part of the answer, as far as there is room.
    pub fn extend(&mut self, other: Self) {
        for field in other.unread {
            self.note_unread(|| field.path, field.value.as_str());
        }
        for path in other.absent {
            self.note_absent(|| path);
        }
        for value in other.tolerated {
            self.tolerate(&value.path, value.form);
        }
        self.more = self.more.saturating_add(other.more);
    }

    /// Replaces every kept path and value by what `hide` makes of it, as a client does whose
    /// credentials the provider may repeat. Values of a JSON answer are JSON text, in which
    /// letters may be written as escapes.
    pub fn scrub(&mut self, hide: impl Fn(&str) -> String) {
        for field in &mut self.unread {
            field.path = hide(&field.path);
            field.value = Personal::new(hide(field.value.as_str()));
        }
        let tolerated = self.tolerated.iter_mut().map(|value| &mut value.path);
        for path in self.absent.iter_mut().chain(tolerated) {
            *path = hide(path);
        }
    }

    /// Takes back that fields of these names are absent, for an answer that does not have them.
    pub fn forgive_absent(&mut self, names: &[&str]) {
        let name = |path: &str| path.rsplit('.').next().unwrap_or(path).to_owned();
        self.absent
            .retain(|path| !names.contains(&name(path).as_str()));
    }

    /// Adds a value that was read although its form is another one; each place and form once. An empty
    /// path means the whole answer.
    pub fn tolerate(&mut self, path: &str, form: Form) {
        let path = self::path::tidy(path);
        let value = Tolerated { path, form };
        let is_known = self.tolerated.contains(&value);
        if !is_known && self.tolerated.len() < Self::MOST {
            self.tolerated.push(value);
        } else if !is_known {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Keeps a field that nobody reads if there is room, and returns whether it did.
    pub fn note_unread(&mut self, path: impl FnOnce() -> String, value: &str) -> bool {
        if self.unread.len() >= Self::MOST {
            self.more = self.more.saturating_add(1);
            return false;
        }
        let kept: usize = self.unread.iter().map(|u| u.value.as_str().len()).sum();
        // The marks of all entries fit in any case. A value is dropped and not cut, as a path is.
        let room = Self::VALUE_BYTES - Self::MOST * DROPPED.len();
        let fits = kept.saturating_add(value.len()) <= room;
        self.unread.push(Unread {
            path: self::path::tidy(&path()),
            value: Personal::from(if fits { value } else { DROPPED }),
        });
        true
    }

    /// Keeps the path of a missing field if there is room, and returns whether it did.
    pub fn note_absent(&mut self, path: impl FnOnce() -> String) -> bool {
        if self.absent.len() >= Self::MOST {
            self.more = self.more.saturating_add(1);
            return false;
        }
        self.absent.push(self::path::tidy(&path()));
        true
    }
}

/// A field beyond the documented ones.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Unread {
    /// Where it stood.
    pub path: String,
    /// Its value as it was written, for JSON as JSON text; `…` where there was no room for it.
    pub value: Personal,
}

/// A value that was read although its form is another one than documented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tolerated {
    /// Where it is; empty for the whole answer.
    pub path: String,
    /// The form in which it was written.
    pub form: Form,
}

/// The unexpected form of a value that was read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Form {
    /// The body is in another charset than it says.
    #[serde(rename = "charset")]
    Charset,
    /// A letter was cut. U+FFFD replaces it.
    #[serde(rename = "damaged_letter")]
    DamagedLetter,
    /// A control character where the format has none, as a raw tab in a JSON text.
    #[serde(rename = "control_character")]
    ControlCharacter,
    /// The name of the field, or the value, is in another letter case.
    #[serde(rename = "letter_case")]
    LetterCase,
    /// Blanks around a value that has none, as `" STA-100 "`.
    #[serde(rename = "blanks")]
    Blanks,
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.path, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drift(unread: usize, absent: usize, value: &str) -> Drift {
        let mut drift = Drift::default();
        for n in 0..unread {
            drift.note_unread(|| format!("u{n}"), value);
        }
        for n in 0..absent {
            drift.note_absent(|| format!("a{n}"));
        }
        drift
    }

    fn sizes(drift: &Drift) -> (usize, usize, usize) {
        (drift.unread.len(), drift.absent.len(), drift.more)
    }

    #[test]
    fn keeps_a_hundred_of_each_and_counts_the_rest() {
        let full = drift(100, 100, "1");
        assert_eq!(sizes(&full), (100, 100, 0));
        let mut over = drift(101, 102, "1");
        assert_eq!(sizes(&over), (100, 100, 3));
        over.extend(full);
        assert_eq!(sizes(&over), (100, 100, 203));
    }

    #[test]
    fn builds_no_path_that_is_not_kept() {
        let mut full = drift(100, 100, "1");
        assert!(!full.note_unread(|| unreachable!(), "1"));
        assert!(!full.note_absent(|| unreachable!()));
    }

    #[test]
    fn keeps_64_kib_of_values() {
        let drift = drift(100, 0, &"x".repeat(1000));
        let bytes: usize = drift.unread.iter().map(|u| u.value.as_str().len()).sum();
        assert!(bytes <= Drift::VALUE_BYTES && bytes > 60_000, "{bytes}");
        assert_eq!(drift.unread[99].value.as_str(), "…");
    }

    #[test]
    fn a_tolerated_form_is_noted_once_for_each_place() {
        let mut drift = Drift::default();
        for n in 0..102 {
            drift.tolerate(&format!("key{n}"), Form::Blanks);
            drift.tolerate("key0", Form::Blanks);
        }
        assert_eq!((drift.tolerated.len(), drift.more), (100, 2));
        drift.scrub(|text| text.replace("key", "*"));
        assert_eq!(drift.tolerated[99].path, "*99");
        let mut other = Drift::default();
        other.extend(drift);
        assert_eq!((other.tolerated.len(), other.is_empty()), (100, false));
    }

    #[test]
    fn scrubs_values_and_paths() {
        let mut drift = drift(1, 1, "x key x");
        drift.unread[0].path = "a.key".to_owned();
        drift.absent[0] = "key.b".to_owned();
        drift.scrub(|text| text.replace("key", "*"));
        assert_eq!(drift.unread[0].value.as_str(), "x * x");
        assert_eq!(drift.unread[0].path, "a.*");
        assert_eq!(drift.absent, ["*.b"]);
    }

    #[test]
    fn is_not_empty_when_something_was_counted() {
        let counted = Drift {
            more: 1,
            ..Drift::default()
        };
        assert!(!counted.is_empty() && Drift::default().is_empty());
    }
}
