//! The notes of a reading about an answer: each place once, and up to a limit.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::path::{self, Step};
use kervan_core::drift::{Drift, Form};
#[cfg(feature = "soap")]
use kervan_core::secret::Scrub;

/// Collects drift. A field that is missing in every row of a list, or beyond the documented ones,
/// is one fact about the list, so it is noted for the first row only.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    drift: Drift,
    unread: HashSet<u64>,
    absent: HashSet<u64>,
    hasher: RandomState,
    /// Whether missing fields are noted no longer.
    narrowed: bool,
    /// Whether nothing is noted.
    off: bool,
}

impl Notes {
    /// Notes nothing.
    pub(super) fn off() -> Self {
        Self {
            off: true,
            ..Self::default()
        }
    }

    /// Notes a field that no type reads.
    pub(super) fn unread(&mut self, steps: &[Step<'_>], name: &str, value: &str) {
        if self.off {
            return;
        }
        let shape = self.shape(steps, name);
        let path = || path::path(steps, Some(name));
        if !self.unread.contains(&shape) && self.drift.note_unread(path, value) {
            self.unread.insert(shape);
        }
    }

    /// Notes a value that its type could not read. Each place is noted, because each row is another.
    pub(super) fn unread_here(&mut self, steps: &[Step<'_>], value: &str) {
        if !self.off {
            self.drift.note_unread(|| path::path(steps, None), value);
        }
    }

    /// Notes a field that was read although its form is another one.
    pub(crate) fn tolerated(&mut self, steps: &[Step<'_>], name: &str, form: Form) {
        if !self.off {
            self.drift.tolerate(&path::path(steps, Some(name)), form);
        }
    }

    /// Notes a documented field that is missing.
    pub(super) fn absent(&mut self, steps: &[Step<'_>], name: &str) {
        if self.narrowed || self.off {
            return;
        }
        let shape = self.shape(steps, name);
        let path = || path::path(steps, Some(name));
        if !self.absent.contains(&shape) && self.drift.note_absent(path) {
            self.absent.insert(shape);
        }
    }

    /// Notes no further missing field, and forgets those that are not missing any more.
    #[cfg(feature = "soap")]
    pub(crate) fn narrow_absent(&mut self, is_absent: impl Fn(&str) -> bool) {
        self.narrowed = true;
        self.drift.absent.retain(|path| is_absent(path));
    }

    /// Returns how many entries of each kind there are.
    #[cfg(feature = "soap")]
    pub(crate) fn sizes(&self) -> [usize; 3] {
        let Drift {
            unread,
            absent,
            tolerated,
            ..
        } = &self.drift;
        [unread.len(), absent.len(), tolerated.len()]
    }

    /// Hides what may not be repeated in the entries that came since these sizes.
    #[cfg(feature = "soap")]
    pub(crate) fn scrub_since(&mut self, sizes: [usize; 3], scrub: &dyn Scrub) {
        let [unread, absent, tolerated] = sizes;
        for field in self.drift.unread.iter_mut().skip(unread) {
            field.path = scrub.scrub(&field.path);
            field.value = scrub.scrub(field.value.as_str()).into();
        }
        for path in self.drift.absent.iter_mut().skip(absent) {
            *path = scrub.scrub(path);
        }
        for value in self.drift.tolerated.iter_mut().skip(tolerated) {
            value.path = scrub.scrub(&value.path);
        }
    }

    pub(crate) fn finish(self) -> Drift {
        self.drift
    }

    /// Returns a path without its positions, as a number.
    fn shape(&self, steps: &[Step<'_>], name: &str) -> u64 {
        let steps = steps.iter().map(|step| match step {
            Step::Field(name) => Some(path::head(name)),
            Step::Item(_) => None,
        });
        let shape = steps.fold(0, |shape, step| self.hasher.hash_one((shape, step)));
        self.hasher.hash_one((shape, path::head(name)))
    }
}
