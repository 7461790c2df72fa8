//! Small HTML documents, whose texts and values the writer escapes.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::Answer;

/// A document with one column of lines and forms. It needs no script.
pub(crate) struct Html(Writer<Vec<u8>>);

impl Html {
    /// Begins a document with its title and the line that every page shows.
    pub(crate) fn begin(title: &str, banner: &str) -> Self {
        let mut html = Html::head(title);
        html.start("body", &[]);
        html.element("p", &[("role", "note")], banner);
        html.element("h1", &[], title);
        html
    }

    fn head(title: &str) -> Self {
        let mut html = Html(Writer::new(Vec::new()));
        html.put(Event::DocType(BytesText::new("html")));
        html.start("html", &[("lang", "tr")]);
        html.start("head", &[]);
        html.empty("meta", &[("charset", "utf-8")]);
        let viewport = "width=device-width, initial-scale=1";
        html.empty("meta", &[("name", "viewport"), ("content", viewport)]);
        html.element("title", &[], title);
        html.end("head");
        html
    }

    /// Returns a document that submits its only form by itself, or by the button without scripts.
    pub(crate) fn submitting(address: &str, fields: &[(&str, &str)]) -> String {
        let mut html = Html::head("3D Secure");
        html.start("body", &[("onload", "document.forms[0].submit()")]);
        html.form(address, fields, "Devam / Continue");
        html.end("body");
        html.end("html");
        String::from_utf8(html.0.into_inner()).unwrap_or_default()
    }

    /// Adds a line of text.
    pub(crate) fn line(&mut self, text: &str) {
        self.element("p", &[], text);
    }

    /// Adds a form with hidden fields and a button.
    pub(crate) fn form(&mut self, address: &str, fields: &[(&str, &str)], button: &str) {
        self.start("form", &[("method", "post"), ("action", address)]);
        for (name, value) in fields {
            self.empty(
                "input",
                &[("type", "hidden"), ("name", name), ("value", value)],
            );
        }
        self.element("button", &[("type", "submit")], button);
        self.end("form");
    }

    /// Ends the document.
    pub(crate) fn answer(mut self, status: u16) -> Answer {
        self.end("body");
        self.end("html");
        Answer::new(status, "text/html; charset=utf-8", self.0.into_inner())
    }

    /// Writing to memory does not fail.
    fn put(&mut self, event: Event<'_>) {
        let written = self.0.write_event(event);
        debug_assert!(written.is_ok());
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.put(Event::Start(start));
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let empty = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.put(Event::Empty(empty));
    }

    fn end(&mut self, name: &str) {
        self.put(Event::End(BytesEnd::new(name)));
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        self.put(Event::Text(BytesText::new(text)));
        self.end(name);
    }
}
