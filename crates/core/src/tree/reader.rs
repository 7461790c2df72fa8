//! Fills serde types from a document: tracks the path, notes drift, forgives form.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected,
    IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::drift::{Drift, Unread};
use super::{Node, Value};
use crate::error::{Reason, Unreadable};

/// Fills a type from a value, which stands in the member `envelope` where one is named, and there in
/// the row `row`.
pub(crate) fn read<T: DeserializeOwned>(
    node: &Node<'_>,
    envelope: Option<&str>,
    row: Option<usize>,
) -> Result<(T, Drift), Unreadable> {
    let track = RefCell::new(Track {
        steps: envelope
            .map(Step::Field)
            .into_iter()
            .chain(row.map(Step::Item))
            .collect(),
        drift: Drift::default(),
    });
    let value = T::deserialize(Reader {
        node,
        track: &track,
    })
    .map_err(|failure| Unreadable::at(failure.path.unwrap_or_default(), failure.reason))?;
    Ok((value, track.into_inner().drift))
}

/// Where the reading stands, and what it has noted.
struct Track<'a> {
    steps: Vec<Step<'a>>,
    drift: Drift,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

impl Track<'_> {
    fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.steps {
            match step {
                Step::Field(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Step::Item(index) => path.extend(["[", &index.to_string(), "]"]),
            }
        }
        path
    }

    fn path_of(&self, field: &str) -> String {
        let path = self.path();
        if path.is_empty() {
            field.to_owned()
        } else {
            format!("{path}.{field}")
        }
    }
}

/// What could not be read. It holds no value of the document.
#[derive(Debug)]
struct Failure {
    /// The member that is missing or doubled, until its struct adds the path.
    field: Option<&'static str>,
    path: Option<String>,
    reason: Reason,
}

impl Failure {
    fn new(reason: Reason) -> Self {
        Self {
            field: None,
            path: None,
            reason,
        }
    }

    fn expected(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::Unexpected(what.into()))
    }

    fn about(field: &'static str, reason: Reason) -> Self {
        Self {
            field: Some(field),
            ..Self::new(reason)
        }
    }

    /// Adds the path where the failure arose, once.
    fn located(mut self, track: &RefCell<Track<'_>>) -> Self {
        if self.path.is_none() {
            let track = track.borrow();
            self.path = Some(
                self.field
                    .map_or_else(|| track.path(), |field| track.path_of(field)),
            );
        }
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl serde::de::Error for Failure {
    /// The text is dropped: it comes from a type's own reader and may quote the value.
    fn custom<T: fmt::Display>(_text: T) -> Self {
        Self::expected("another form")
    }

    fn invalid_type(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected.to_string())
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected.to_string())
    }

    fn unknown_variant(_found: &str, _expected: &'static [&'static str]) -> Self {
        Self::expected("one of the known values")
    }

    fn missing_field(field: &'static str) -> Self {
        Self::about(field, Reason::Missing)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::about(field, Reason::Twice)
    }
}

/// Reads one value of the document.
#[derive(Clone, Copy)]
struct Reader<'t, 'a> {
    node: &'a Node<'a>,
    track: &'t RefCell<Track<'a>>,
}

impl<'a> Reader<'_, 'a> {
    fn object<'de, V: Visitor<'de>>(
        self,
        entries: &'a [(Cow<'a, str>, Node<'a>)],
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if let Some(fields) = fields {
            let mut track = self.track.borrow_mut();
            for field in fields {
                if !entries.iter().any(|(name, _)| name == field) {
                    let path = track.path_of(field);
                    track.drift.absent.push(path);
                }
            }
        }
        let access = Members {
            entries: entries.iter(),
            value: None,
            fields,
            track: self.track,
        };
        visitor
            .visit_map(access)
            .map_err(|failure| failure.located(self.track))
    }

    fn items<'de, V: Visitor<'de>>(
        self,
        items: &'a [Node<'a>],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_seq(Items {
            items: items.iter().enumerate(),
            track: self.track,
        })
    }

    /// The digits of a number, or the text of a string without blanks around it.
    fn digits(self) -> Option<&'a str> {
        match &self.node.value {
            Value::Number => Some(self.node.raw),
            Value::Text(text) => Some(text.trim()),
            _ => None,
        }
    }
}

/// Numbers: from a number or from a text that holds one, exactly.
macro_rules! read_number {
    ($($method:ident => $visit:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            match self.digits().and_then(|digits| digits.parse().ok()) {
                Some(number) => visitor.$visit(number),
                None => Err(Failure::invalid_type(Unexpected::Other("value"), &visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_, '_> {
    type Error = Failure;

    read_number! {
        deserialize_i8 => visit_i8,
        deserialize_i16 => visit_i16,
        deserialize_i32 => visit_i32,
        deserialize_i64 => visit_i64,
        deserialize_u8 => visit_u8,
        deserialize_u16 => visit_u16,
        deserialize_u32 => visit_u32,
        deserialize_u64 => visit_u64,
        deserialize_f32 => visit_f32,
        deserialize_f64 => visit_f64,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number => visitor.visit_str(self.node.raw),
            Value::Text(text) => visitor.visit_str(text),
            Value::List(items) => self.items(items, visitor),
            Value::Object(entries) => self.object(entries, None, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Text(text) if text.eq_ignore_ascii_case("true") => visitor.visit_bool(true),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => visitor.visit_bool(false),
            _ => Err(Failure::expected("true or false")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Text(text) => visitor.visit_str(text),
            Value::Number => visitor.visit_str(self.node.raw),
            _ => Err(Failure::invalid_type(Unexpected::Other("value"), &visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    /// A list, one object or text for a list of one, or nothing for an empty list.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::List(items) => self.items(items, visitor),
            Value::Null => self.items(&[], visitor),
            Value::Text(text) if text.trim().is_empty() => self.items(&[], visitor),
            Value::Object(_) | Value::Text(_) => {
                self.items(std::slice::from_ref(self.node), visitor)
            }
            _ => Err(Failure::expected("a list")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Object(entries) => self.object(entries, Some(fields), visitor),
            _ => Err(Failure::expected("an object")),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.digits() {
            Some(text) => visitor.visit_enum(Variant(text)),
            None => Err(Failure::expected("a text")),
        }
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct map identifier ignored_any
    }
}

/// The members of an object. Of a struct, those it has no field for are noted and passed over.
struct Members<'t, 'a> {
    entries: std::slice::Iter<'a, (Cow<'a, str>, Node<'a>)>,
    value: Option<(&'a str, &'a Node<'a>)>,
    fields: Option<&'static [&'static str]>,
    track: &'t RefCell<Track<'a>>,
}

impl<'de> MapAccess<'de> for Members<'_, '_> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Failure> {
        for (name, node) in self.entries.by_ref() {
            if self
                .fields
                .is_some_and(|fields| !fields.contains(&name.as_ref()))
            {
                let mut track = self.track.borrow_mut();
                let unread = Unread::new(track.path_of(name), node.raw);
                track.drift.unread.push(unread);
                continue;
            }
            self.value = Some((name, node));
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
        self.track.borrow_mut().steps.push(Step::Field(name));
        let value = seed
            .deserialize(Reader {
                node,
                track: self.track,
            })
            .map_err(|failure| failure.located(self.track));
        self.track.borrow_mut().steps.pop();
        value
    }
}

struct Items<'t, 'a> {
    items: std::iter::Enumerate<std::slice::Iter<'a, Node<'a>>>,
    track: &'t RefCell<Track<'a>>,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Failure> {
        let Some((index, node)) = self.items.next() else {
            return Ok(None);
        };
        self.track.borrow_mut().steps.push(Step::Item(index));
        let value = seed
            .deserialize(Reader {
                node,
                track: self.track,
            })
            .map_err(|failure| failure.located(self.track));
        self.track.borrow_mut().steps.pop();
        value.map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// A variant named by a text.
struct Variant<'a>(&'a str);

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        Ok((seed.deserialize(self.0.into_deserializer())?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _seed: T) -> Result<T::Value, Failure> {
        Err(Failure::expected("a plain value"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Failure> {
        Err(Failure::expected("a plain value"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Failure> {
        Err(Failure::expected("a plain value"))
    }
}
