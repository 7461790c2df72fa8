//! SOAP: the call inside an envelope with its arguments, and answers in the form of .NET.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;

/// An element with its text and children, by local names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// Creates an element with a text.
    pub(crate) fn text(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            children: Vec::new(),
        }
    }

    /// Creates an element with children.
    pub(crate) fn of(name: &str, children: Vec<Element>) -> Self {
        Self {
            name: name.to_owned(),
            text: String::new(),
            children,
        }
    }

    /// Returns the first child with exactly this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// Deeper documents are refused.
const MOST_LEVELS: usize = 32;

/// Returns the call in an envelope. `None` when the document is anything else.
pub(crate) fn call(body: &[u8]) -> Option<Element> {
    let envelope = read(str::from_utf8(body).ok()?)?;
    let is_envelope = envelope.name == "Envelope";
    let body = envelope.child("Body").filter(|_| is_envelope)?;
    body.children.first().cloned()
}

/// Reads a document. `None` when it is not well-formed, or has a declaration of a type.
pub(crate) fn read(text: &str) -> Option<Element> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if open.len() < MOST_LEVELS => open.push(named(&start)),
            Event::Empty(start) => open.last_mut()?.children.push(named(&start)),
            Event::End(_) => {
                let ended = open.pop()?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(ended),
                    None => return Some(ended),
                }
            }
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let text = &mut open.last_mut()?.text;
                match entity.resolve_char_ref().ok()? {
                    Some(letter) => text.push(letter),
                    None => text.push_str(resolve_xml_entity(&entity)?),
                }
            }
            Event::Start(_) | Event::DocType(_) | Event::PI(_) | Event::Eof => return None,
            Event::Decl(_) | Event::Comment(_) => {}
        }
    }
}

fn named(start: &BytesStart<'_>) -> Element {
    Element::of(start.local_name().into_inner(), Vec::new())
}

/// Returns an envelope around one element, which has the name space of the service.
pub(crate) fn envelope(namespace: &str, element: &Element) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    let soap = "http://schemas.xmlsoap.org/soap/envelope/";
    let mut start = BytesStart::new("soap:Envelope");
    start.push_attribute(("xmlns:soap", soap));
    // Writing to memory cannot fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
    let _ = writer.write_event(Event::Start(start));
    let _ = writer.write_event(Event::Start(BytesStart::new("soap:Body")));
    write(&mut writer, element, Some(namespace));
    let _ = writer.write_event(Event::End(BytesEnd::new("soap:Body")));
    let _ = writer.write_event(Event::End(BytesEnd::new("soap:Envelope")));
    writer.into_inner()
}

fn write(writer: &mut Writer<Vec<u8>>, element: &Element, namespace: Option<&str>) {
    let mut start = BytesStart::new(element.name.as_str());
    if let Some(namespace) = namespace.filter(|namespace| !namespace.is_empty()) {
        start.push_attribute(("xmlns", namespace));
    }
    if element.children.is_empty() && element.text.is_empty() {
        let _ = writer.write_event(Event::Empty(start));
        return;
    }
    let _ = writer.write_event(Event::Start(start));
    if !element.text.is_empty() {
        let _ = writer.write_event(Event::Text(BytesText::new(&element.text)));
    }
    for child in &element.children {
        write(writer, child, None);
    }
    let _ = writer.write_event(Event::End(BytesEnd::new(element.name.as_str())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_undoes_writing() {
        let element = Element::of(
            "Call",
            vec![
                Element::text("a", "1 < 2 & \"3\" > ı"),
                Element::of("b", Vec::new()),
            ],
        );
        assert_eq!(call(&envelope("http://x/", &element)).unwrap(), element);
        for body in ["", "<a/>", "<a>", "<!DOCTYPE a><a></a>", "{}"] {
            assert_eq!(call(body.as_bytes()), None, "{body}");
        }
    }
}
