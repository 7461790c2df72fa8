//! An answer, and the forms on it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use scraper::{ElementRef, Html, Selector};

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Page {
    pub(crate) fn location(&self) -> &str {
        let location = self.headers.get("location");
        location.unwrap_or_else(|| panic!("{} without an address: {}", self.status, self.text()))
    }

    pub(crate) fn has(&self, selector: &str) -> bool {
        let selector = Selector::parse(selector).unwrap();
        Html::parse_document(&self.body)
            .select(&selector)
            .next()
            .is_some()
    }

    /// Returns the texts of the elements that a selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let document = Html::parse_document(&self.body);
        document
            .select(&selector)
            .map(|element| element.text().collect())
            .collect()
    }

    pub(crate) fn text(&self) -> String {
        self.texts("main").concat()
    }

    /// Returns the address and the body of a form, as a browser sends it.
    pub(crate) fn form(&self, form: &str, values: &[(&str, &str)]) -> (String, String) {
        let document = Html::parse_document(&self.body);
        let selector = Selector::parse(form).unwrap();
        let found = document.select(&selector).next();
        let form = found.unwrap_or_else(|| panic!("no {form} on the page: {}", self.text()));
        let inputs = Selector::parse("input, select").unwrap();
        // In their order, and each as often as it is there.
        let mut fields: Vec<(String, String)> = Vec::new();
        for input in form.select(&inputs) {
            let is_box = input.attr("type") == Some("checkbox");
            let is_off = is_box && input.attr("checked").is_none();
            if let Some(name) = input.attr("name").filter(|_| !is_off) {
                fields.push((name.to_owned(), value(input)));
            }
        }
        for (name, value) in values {
            fields.retain(|(own, _)| own != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        (
            form.attr("action").unwrap().to_owned(),
            pairs.collect::<Vec<_>>().join("&"),
        )
    }
}

fn value(input: ElementRef<'_>) -> String {
    let option = Selector::parse("option").unwrap();
    let chosen = input.select(&option).next().unwrap_or(input);
    chosen.attr("value").unwrap_or_default().to_owned()
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        write!(encoded, "%{byte:02X}").unwrap();
    }
    encoded
}
