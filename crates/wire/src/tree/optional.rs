//! Values that decide nothing, and rows of a list: one that cannot be read does not cost the rest.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, SeqAccess, Visitor};

/// The name under which a [`Reader`](super::reader) hands out a value that may be unreadable.
pub(super) const OPTIONAL: &str = "kervan_wire::tree::Optional";

/// A value that decides nothing, such as a date that is only shown. When it cannot be read it is
/// absent, and the drift keeps it among what nobody reads.
///
/// For wire types that are read from a [`Document`](super::Document); other formats do not know it.
/// As `Option<Optional<T>>`, the field may be missing as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Optional<T>(Option<T>);

impl<T> Optional<T> {
    /// Returns the value, where it could be read.
    pub fn get(self) -> Option<T> {
        self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Optional<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple_struct(OPTIONAL, 1, Try(PhantomData))
    }
}

struct Try<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Try<T> {
    type Value = Optional<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut value: A) -> Result<Optional<T>, A::Error> {
        if let Ok(read) = value.next_element::<T>() {
            return Ok(Optional(read));
        }
        // Lets the reader know that nobody has read it.
        value.next_element::<IgnoredAny>()?;
        Ok(Optional(None))
    }
}

/// The rows of a list that could be read. The drift keeps the others.
///
/// A list of which no row can be read has another shape than documented: it is unreadable, not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadableRows<T>(Vec<Option<T>>);

impl<T> Default for ReadableRows<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ReadableRows<T> {
    /// Returns the rows that could be read, in their order.
    pub fn read(self) -> impl Iterator<Item = T> {
        self.0.into_iter().flatten()
    }

    /// Returns how many rows could not be read.
    pub fn unread(&self) -> usize {
        self.0.iter().filter(|row| row.is_none()).count()
    }

    /// All rows in their places, `None` for one that could not be read.
    pub fn all(self) -> Vec<Option<T>> {
        self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ReadableRows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = Vec::<Optional<T>>::deserialize(deserializer)?;
        let rows: Vec<_> = rows.into_iter().map(Optional::get).collect();
        if !rows.is_empty() && rows.iter().all(Option::is_none) {
            return Err(D::Error::custom("no row can be read"));
        }
        Ok(Self(rows))
    }
}
