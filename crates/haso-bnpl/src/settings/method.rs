//! Changes to one method: its path, its encoding, its fields, its signature.

use kervan_core::Secret;
use serde::Deserialize;

/// Differences from this crate's guess in one method. Several methods are public by name only, so
/// their field lists are guesses; the contract's documents may say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Method {
    /// The path below the base address.
    pub path: Option<String>,
    /// How the fields are written.
    pub encoding: Option<Encoding>,
    /// All fields in their order, in the place of this crate's own list.
    pub fields: Option<Vec<Field>>,
    /// The fields that `requestToken` signs, in order, by their names on the wire or this crate's names
    /// for them: fields, listed texts, further fields of the request. The signature covers the values that are sent. The salt
    /// follows by itself. A field that is not sent counts as empty; an unknown name is a problem.
    pub signed: Option<Vec<String>>,
    /// Whether `requestToken` is sent at all.
    pub request_token: Option<bool>,
}

/// How fields are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`.
    #[serde(rename = "form")]
    Form,
    /// One JSON object.
    #[serde(rename = "json")]
    Json,
}

/// The changes to a method, borrowed from the settings or from a call that makes them itself.
#[derive(Clone, Copy, Default)]
pub(crate) struct Changes<'a> {
    pub(crate) path: Option<&'a str>,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) fields: Option<&'a [Field]>,
    pub(crate) signed: Option<&'a [String]>,
    pub(crate) request_token: Option<bool>,
}

/// A field of a changed list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Field {
    /// Its name on the wire.
    pub name: String,
    /// The source of its value.
    pub source: Source,
}

/// The source of a field's value.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub enum Source {
    /// The value that this crate sends under this name by itself, as `merchantOid`. One that is not
    /// there for a request is left out.
    #[serde(rename = "value")]
    Value(String),
    /// This text. It may be a credential, so it does not print itself.
    #[serde(rename = "text")]
    Text(Secret),
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(own), Self::Value(other)) => own == other,
            (Self::Text(own), Self::Text(other)) => own.expose() == other.expose(),
            _ => false,
        }
    }
}

impl Eq for Source {}

impl Method {
    /// Creates changes that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field with a value that this crate knows under the name `value`. The first field that
    /// is added replaces the whole list.
    #[must_use]
    pub fn field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), Source::Value(value.into()))
    }

    /// Adds a field with a text.
    #[must_use]
    pub fn text(self, name: impl Into<String>, text: impl Into<Secret>) -> Self {
        self.with(name.into(), Source::Text(text.into()))
    }

    /// Sets the fields that `requestToken` signs.
    #[must_use]
    pub fn signed<T: Into<String>>(mut self, fields: impl IntoIterator<Item = T>) -> Self {
        self.signed = Some(fields.into_iter().map(Into::into).collect());
        self
    }

    /// Borrows the changes.
    pub(super) fn changes(&self) -> Changes<'_> {
        Changes {
            path: self.path.as_deref(),
            encoding: self.encoding,
            fields: self.fields.as_deref(),
            signed: self.signed.as_deref(),
            request_token: self.request_token,
        }
    }

    /// Returns the texts of the field list, to change.
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Secret> {
        let fields = self.fields.iter_mut().flatten();
        fields.filter_map(|field| match &mut field.source {
            Source::Text(text) => Some(text),
            Source::Value(_) => None,
        })
    }

    /// Returns the texts of the field list, to read.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Secret> {
        let fields = self.fields.iter().flatten();
        fields.filter_map(|field| match &field.source {
            Source::Text(text) => Some(text),
            Source::Value(_) => None,
        })
    }

    fn with(mut self, name: String, source: Source) -> Self {
        self.fields
            .get_or_insert_default()
            .push(Field { name, source });
        self
    }
}

kervan_core::setters! { Method {
    /// Sets the path below the base address.
    path: into Option<String>,
    /// Sets how the fields are written.
    encoding: Option<Encoding>,
    /// Sets whether `requestToken` is sent at all.
    request_token: Option<bool>,
}}
