//! Fills serde types from a document: tracks the path, notes drift, forgives form.

mod variant;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::str::FromStr;

#[cfg(feature = "soap")]
use serde::de::value::MapDeserializer;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, Expected,
    IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use self::variant::Variant;
use super::letter_case::in_other_case;
use super::node::{Kind, Node, Opened};
use super::notes::Notes;
use super::optional::OPTIONAL;
use super::path::Step;
use super::track::{Failure, Track};
use kervan_core::error::{Reason, Unreadable};
use kervan_core::secret::{FOREIGN_TEXT, Scrub};

/// The member in which a type that takes anything finds what XML says in attributes, or in elements of
/// a column.
#[cfg(feature = "soap")]
const MARKUP: &str = "@";

/// Where a value is in its document.
#[derive(Clone, Copy)]
pub(super) struct Place<'e> {
    /// The member that holds it.
    pub(super) envelope: Option<&'e str>,
    /// The row of that member.
    pub(super) row: Option<usize>,
    /// Whether the names of fields are read in any letter case.
    pub(super) any_case: bool,
    /// The secrets that are hidden in the provider's texts.
    pub(super) scrub: Option<&'e dyn Scrub>,
    /// Members of the value that were read before.
    pub(super) read_before: &'e [&'static str],
}

/// Fills a type from a value. Fields that the type does not read are noted.
pub(super) fn read<T: DeserializeOwned>(
    node: &Node<'_>,
    at: Place<'_>,
    notes: &mut Notes,
) -> Result<T, Unreadable> {
    let envelope = at.envelope.map(|name| Step::Field(Cow::Borrowed(name)));
    let steps: Vec<_> = envelope.into_iter().chain(at.row.map(Step::Item)).collect();
    let track = RefCell::new(Track {
        row: at.row.map(|_| steps.len()),
        read_before: (steps.len(), at.read_before),
        scrub: at.scrub,
        steps,
        notes: std::mem::take(notes),
        strict: false,
        any_case: at.any_case,
    });
    let value = fill(node, &track);
    *notes = track.into_inner().notes;
    value
}

/// Fills a type from a value and refuses what the type does not read.
#[cfg(feature = "json")]
pub(super) fn read_strictly<T: DeserializeOwned>(node: &Node<'_>) -> Result<T, Unreadable> {
    let track = RefCell::new(Track {
        steps: Vec::new(),
        notes: Notes::default(),
        strict: true,
        any_case: false,
        row: None,
        scrub: None,
        read_before: (0, &[]),
    });
    fill(node, &track)
}

fn fill<'a, T: DeserializeOwned>(
    node: &Node<'a>,
    track: &RefCell<Track<'a>>,
) -> Result<T, Unreadable> {
    T::deserialize(Reader { node, track }).map_err(|failure| {
        let failure = failure.located(track);
        Unreadable::at(failure.path.unwrap_or_default(), failure.reason)
    })
}

/// Reads one value of the document.
#[derive(Clone, Copy)]
struct Reader<'t, 'n, 'a> {
    node: &'n Node<'a>,
    track: &'t RefCell<Track<'a>>,
}

impl<'n, 'a> Reader<'_, 'n, 'a> {
    fn open(&self) -> Result<Opened<'n, 'a>, Failure> {
        let value = self.node.open();
        match &*value {
            Kind::Opaque(reason) => Err(Failure::new(reason.clone())),
            _ => Ok(value),
        }
    }

    fn object<'de, V: Visitor<'de>>(
        self,
        entries: &[(Cow<'a, str>, Node<'a>)],
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let mut track = self.track.borrow_mut();
        let mut renamed = Vec::new();
        match fields {
            Some(fields) => {
                // A row with none of its columns is one of a table in another shape, not one of blanks.
                let is_known = |(name, _): &(Cow<'_, str>, _)| fields.contains(&name.as_ref());
                let is_row = track.row == Some(track.steps.len()) && !entries.is_empty();
                if is_row && !entries.iter().any(is_known) {
                    return Err(Failure::expected("a column of the table"));
                }
                for field in track.read_before().iter().chain(fields) {
                    let is_there = entries.iter().any(|(name, _)| name == field);
                    if track.any_case
                        && let Some(other) = in_other_case(entries, field, is_there)
                            .map_err(|reason| Failure::at(track.path(Some(field)), reason))?
                    {
                        track.in_other_case(&entries[other].0);
                        renamed.push((other, *field));
                    } else if !is_there {
                        track.absent(field);
                    }
                }
            }
            // A struct refuses doubled members itself, a map takes the last one.
            None if track.strict => {
                let mut names = HashSet::new();
                if let Some((name, _)) = entries.iter().find(|(name, _)| !names.insert(name)) {
                    return Err(Failure::at(track.path(Some(name)), Reason::Twice));
                }
            }
            None => {}
        }
        drop(track);
        let access = Members {
            entries: entries.iter().enumerate(),
            value: None,
            fields,
            read_before: self.track.borrow().read_before(),
            renamed,
            track: self.track,
        };
        visitor
            .visit_map(access)
            .map_err(|failure| failure.located(self.track))
    }

    fn items<'de, V: Visitor<'de>>(
        self,
        items: &[Node<'a>],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_seq(Items {
            items: items.iter().enumerate(),
            track: self.track,
        })
    }

    /// Returns the digits of a number, or the text of a string without blanks around it.
    fn digits<'v>(&self, value: &'v Kind<'a>) -> Option<&'v str>
    where
        'a: 'v,
    {
        match value {
            Kind::Number => Some(self.node.written()),
            Kind::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    fn number<T: FromStr>(&self, expected: &dyn Expected) -> Result<T, Failure> {
        let value = self.open()?;
        self.digits(&value)
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| Failure::expected(expected.to_string()))
    }
}

/// Numbers: from a number or from a text that holds one, exactly.
macro_rules! read_number {
    ($($method:ident => $visit:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            let number = self.number(&visitor)?;
            visitor.$visit(number)
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_, '_, '_> {
    type Error = Failure;

    read_number! {
        deserialize_i8 => visit_i8,
        deserialize_i16 => visit_i16,
        deserialize_i32 => visit_i32,
        deserialize_i64 => visit_i64,
        deserialize_i128 => visit_i128,
        deserialize_u8 => visit_u8,
        deserialize_u16 => visit_u16,
        deserialize_u32 => visit_u32,
        deserialize_u64 => visit_u64,
        deserialize_u128 => visit_u128,
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let number: f32 = self.number(&visitor)?;
        if number.is_finite() {
            visitor.visit_f32(number)
        } else {
            Err(Failure::expected("a finite number"))
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let number: f64 = self.number(&visitor)?;
        if number.is_finite() {
            visitor.visit_f64(number)
        } else {
            Err(Failure::expected("a finite number"))
        }
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &*self.open()? {
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Number => visitor.visit_str(self.node.written()),
            Kind::Text(text) => visitor.visit_str(text),
            Kind::List(items) => self.items(items, visitor),
            Kind::Object(entries) => self.object(entries, None, visitor),
            #[cfg(feature = "soap")]
            Kind::Markup(raw) => {
                visitor.visit_map(MapDeserializer::new(std::iter::once((MARKUP, *raw))))
            }
            Kind::Null | Kind::Later(_) | Kind::Opaque(_) => visitor.visit_unit(),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &*self.open()? {
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Text(text) if text.eq_ignore_ascii_case("true") => visitor.visit_bool(true),
            Kind::Text(text) if text.eq_ignore_ascii_case("false") => visitor.visit_bool(false),
            _ => Err(Failure::expected("true or false")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &*self.open()? {
            Kind::Text(text) => visitor.visit_str(text),
            Kind::Number => visitor.visit_str(self.node.written()),
            #[cfg(feature = "soap")]
            Kind::Markup(_) => visitor.visit_str(""),
            _ => Err(Failure::invalid_type(Unexpected::Other("value"), &visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.value {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let scrub = self.track.borrow().scrub;
        match scrub {
            Some(scrub) if name == FOREIGN_TEXT => {
                let text = scrub.scrub(&String::deserialize(self)?);
                visitor.visit_newtype_struct(text.into_deserializer())
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    /// A list, one object or text for a list of one, or nothing for an empty list.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &*self.open()? {
            Kind::List(items) => self.items(items, visitor),
            Kind::Null => self.items(&[], visitor),
            Kind::Text(text) if text.trim().is_empty() => self.items(&[], visitor),
            Kind::Object(_) | Kind::Text(_) => self.items(std::slice::from_ref(self.node), visitor),
            _ => Err(Failure::expected("a list")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match &*self.open()? {
            Kind::Object(entries) => self.object(entries, Some(fields), visitor),
            _ => Err(Failure::expected("an object")),
        }
    }

    /// A text that names a variant, or an object of one member that is named after it.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let value = self.open()?;
        if let Kind::Object(entries) = &*value {
            let [(name, content)] = entries.as_slice() else {
                return Err(Failure::expected("an object of one member"));
            };
            let content = Reader {
                node: content,
                track: self.track,
            };
            return Track::inside(self.track, Step::Field(name.clone()), || {
                visitor.visit_enum(Variant {
                    name,
                    content: Some(content),
                })
            });
        }
        match self.digits(&value) {
            Some(name) => visitor.visit_enum(Variant {
                name,
                content: None::<Self>,
            }),
            None => Err(Failure::expected("a text")),
        }
    }

    /// Of an [`Optional`](super::Optional), the value in a list of one, which may be left unread.
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if name != OPTIONAL {
            return self.deserialize_any(visitor);
        }
        visitor.visit_seq(Once {
            reader: self,
            is_tried: false,
        })
    }

    forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct tuple map identifier
    }
}

/// The one value of an [`Optional`](super::Optional). Asked for again, it is noted as unread.
struct Once<'t, 'n, 'a> {
    reader: Reader<'t, 'n, 'a>,
    is_tried: bool,
}

impl<'de> SeqAccess<'de> for Once<'_, '_, '_> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Failure> {
        if !std::mem::replace(&mut self.is_tried, true) {
            return seed.deserialize(self.reader).map(Some);
        }
        let Reader { node, track } = self.reader;
        track.borrow_mut().unreadable(&node.shown());
        Ok(None)
    }
}

/// The members of an object. Of a struct, those it has no field for are noted and passed over, or
/// refused.
struct Members<'t, 'n, 'a> {
    entries: std::iter::Enumerate<std::slice::Iter<'n, (Cow<'a, str>, Node<'a>)>>,
    value: Option<&'n (Cow<'a, str>, Node<'a>)>,
    fields: Option<&'static [&'static str]>,
    /// Members that were read before, which are passed over.
    read_before: &'n [&'static str],
    /// Members that are read under another name: the field's own, in its letter case.
    renamed: Vec<(usize, &'static str)>,
    track: &'t RefCell<Track<'a>>,
}

impl<'de> MapAccess<'de> for Members<'_, '_, '_> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Failure> {
        let (fields, read_before) = (self.fields, self.read_before);
        // The type may have a field for one of them all the same.
        let is_read_before = |name: &str| {
            read_before.contains(&name) && fields.is_some_and(|fields| !fields.contains(&name))
        };
        for (at, entry) in self.entries.by_ref() {
            let (name, node) = entry;
            let field = self.renamed.iter().find(|(other, _)| *other == at);
            let field = field.map(|(_, field)| *field);
            if is_read_before(field.unwrap_or(name)) {
                continue;
            }
            if let Some(field) = field {
                self.value = Some(entry);
                return seed.deserialize(field.into_deserializer()).map(Some);
            }
            let is_replaced = self.renamed.iter().any(|(_, field)| field == name);
            if is_replaced
                || self
                    .fields
                    .is_some_and(|fields| !fields.contains(&name.as_ref()))
            {
                let mut track = self.track.borrow_mut();
                if track.strict {
                    let reason = Reason::Unexpected("a known field".into());
                    return Err(Failure::at(track.path(Some(name)), reason));
                }
                track.unread(name, &node.shown());
                continue;
            }
            self.value = Some(entry);
            return seed
                .deserialize(name.as_ref().into_deserializer())
                .map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        let (name, node) = self
            .value
            .take()
            .ok_or_else(|| Failure::expected("a value"))?;
        let track = self.track;
        Track::inside(track, Step::Field(name.clone()), || {
            seed.deserialize(Reader { node, track })
        })
    }
}

struct Items<'t, 'n, 'a> {
    items: std::iter::Enumerate<std::slice::Iter<'n, Node<'a>>>,
    track: &'t RefCell<Track<'a>>,
}

impl<'de> SeqAccess<'de> for Items<'_, '_, '_> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Failure> {
        let Some((index, node)) = self.items.next() else {
            return Ok(None);
        };
        let track = self.track;
        Track::inside(track, Step::Item(index), || {
            seed.deserialize(Reader { node, track })
        })
        .map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}
