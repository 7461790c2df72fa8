//! The elements of a request, written by yaserde.

use std::borrow::Cow;
use std::io::Write;

use xml::attribute::OwnedAttribute;
use xml::namespace::Namespace;
use xml::writer::XmlEvent;
use yaserde::YaSerialize;
use yaserde::ser::Serializer;

use kervan_core::error::EncodeError;

/// An element by its wire name. It does not print its contents.
#[derive(Clone)]
pub struct Element {
    name: Cow<'static, str>,
    namespace: Option<&'static str>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Text(String),
    Elements(Vec<Element>),
}

impl Element {
    /// Creates an element with a text.
    pub fn text(name: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self::new(name.into(), Content::Text(text.into()))
    }

    /// Creates an element with others in it.
    pub fn parent(name: impl Into<Cow<'static, str>>, children: Vec<Element>) -> Self {
        Self::new(name.into(), Content::Elements(children))
    }

    fn new(name: Cow<'static, str>, content: Content) -> Self {
        Self {
            name,
            namespace: None,
            content,
        }
    }

    /// Returns the same with a default namespace, which holds for what is in it too.
    #[must_use]
    pub fn in_namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// Returns the element as text, for a place where XML travels as a string.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] when a name or a text holds what XML cannot carry.
    pub fn to_document(&self) -> Result<String, EncodeError> {
        let plain = yaserde::ser::Config {
            perform_indent: false,
            write_document_declaration: false,
            indent_string: None,
        };
        // The error's own text is dropped: it may quote the request.
        yaserde::ser::to_string_with_config(self, &plain).map_err(|_| EncodeError::Value("body"))
    }
}

impl std::fmt::Debug for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Element")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl YaSerialize for Element {
    fn serialize<W: Write>(&self, writer: &mut Serializer<W>) -> yaserde::Result<()> {
        // The writer's own errors are dropped: they may quote the request.
        let unwritable = |_| yaserde::Error::custom("unwritable");
        let start = XmlEvent::start_element(&*self.name);
        let start = match self.namespace {
            Some(namespace) => start.default_ns(namespace),
            None => start,
        };
        writer.write(start).map_err(unwritable)?;
        match &self.content {
            Content::Text(text) => writer
                .write(XmlEvent::characters(text))
                .map_err(unwritable)?,
            Content::Elements(children) => {
                for child in children {
                    child.serialize(writer)?;
                }
            }
        }
        writer.write(XmlEvent::end_element()).map_err(unwritable)
    }

    fn serialize_attributes(
        &self,
        attributes: Vec<OwnedAttribute>,
        namespace: Namespace,
    ) -> yaserde::Result<(Vec<OwnedAttribute>, Namespace)> {
        Ok((attributes, namespace))
    }
}
