//! Objects with members that are not documented.

use std::fmt;

use kervan_core::Scrub;
use kervan_wire::tree::Optional;
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The most members of one object that are kept.
const MOST: usize = 200;

/// The members of an object: texts, numbers and truth values by name, and the objects in it.
#[derive(Default)]
pub(super) struct Members {
    pub(super) texts: Vec<(String, String)>,
    /// The names of the members that are objects or lists.
    pub(super) nested: Vec<String>,
    pub(super) inner: Vec<Members>,
    /// Whether it had more members than are kept.
    pub(super) is_cut: bool,
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = Found::deserialize(deserializer)?;
        Ok(match found {
            Found::Members(members) => members,
            Found::Text(_) | Found::Nothing => Self::default(),
            Found::List(inner) => Self {
                inner,
                ..Self::default()
            },
        })
    }
}

impl Members {
    /// Hides secrets in every text and every name.
    pub(super) fn scrubbed_by(self, scrub: &impl Scrub) -> Self {
        let texts = self.texts.iter();
        let texts = texts.map(|(name, text)| (scrub.scrub(name), scrub.scrub(text)));
        Self {
            texts: texts.collect(),
            ..self
        }
    }

    /// Returns the objects of a list: its own, or those of the lists in it, as gateways that
    /// convert from XML wrap them.
    pub(super) fn rows(self) -> Vec<Self> {
        if self.texts.is_empty() {
            self.inner.into_iter().flat_map(Self::rows).collect()
        } else {
            vec![self]
        }
    }
}

/// The objects of one row of a list.
pub(super) struct Row(pub(super) Vec<Members>);

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = Members::rows;
        match Found::deserialize(deserializer)? {
            Found::Members(members) => Ok(Self(rows(members))),
            Found::List(inner) => Ok(Self(inner.into_iter().flat_map(rows).collect())),
            Found::Text(_) | Found::Nothing => Err(D::Error::custom("an object")),
        }
    }
}

enum Found {
    Nothing,
    Text(String),
    List(Vec<Members>),
    Members(Members),
}

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Found, E> {
        Ok(Found::Text(text.trim().to_owned()))
    }

    fn visit_bool<E>(self, is_true: bool) -> Result<Found, E> {
        Ok(Found::Text(is_true.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Found, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Optional<Found>>()? {
            match item.get().unwrap_or(Found::Nothing) {
                Found::Members(members) => list.push(members),
                Found::List(inner) => list.extend(inner),
                Found::Text(_) | Found::Nothing => {}
            }
        }
        Ok(Found::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Found, A::Error> {
        let mut members = Members::default();
        while let Some(name) = entries.next_key::<String>()? {
            if members.texts.len() + members.nested.len() >= MOST {
                members.is_cut = true;
                entries.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = entries.next_value::<Optional<Found>>()?;
            match value.get().unwrap_or(Found::Nothing) {
                Found::Text(text) => members.texts.push((name, text)),
                Found::List(inner) => {
                    members.nested.push(name);
                    members.inner.extend(inner);
                }
                Found::Members(inner) => {
                    members.nested.push(name);
                    members.inner.push(inner);
                }
                Found::Nothing => {}
            }
        }
        Ok(Found::Members(members))
    }
}
