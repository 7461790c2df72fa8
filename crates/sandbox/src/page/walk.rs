//! The forms of a page, as a browser without scripts has them.

use scraper::{ElementRef, Html, Selector};

use crate::Answer;

/// A form.
pub(crate) struct Form {
    /// Where it goes; empty for the page itself.
    pub(crate) action: String,
    /// Names and values of its hidden fields.
    pub(crate) fields: Vec<(String, String)>,
    /// Names and values of its buttons; a button without a name has an empty one.
    pub(crate) buttons: Vec<(String, String)>,
}

impl Form {
    /// Returns what is sent when somebody presses the button with this value.
    pub(crate) fn pressed(&self, button: &str) -> Vec<(&str, &str)> {
        let mut buttons = self.buttons.iter();
        let button = buttons.find(|(_, value)| value == button);
        let button = button.expect("the form has the button");
        let all = self.fields.iter().chain([button]);
        all.map(|(name, value)| (&**name, &**value)).collect()
    }
}

/// Returns the forms of a page in their order.
pub(crate) fn forms(answer: &Answer) -> Vec<Form> {
    let document = Html::parse_document(&answer.text());
    let selector = selector("form");
    let forms = document.select(&selector).map(|form| Form {
        action: attribute(form, "action"),
        fields: named(form, "input[type=hidden]"),
        buttons: named(form, "button"),
    });
    forms.collect()
}

fn named(form: ElementRef<'_>, selected: &str) -> Vec<(String, String)> {
    let selector = selector(selected);
    let all = form.select(&selector);
    all.map(|one| (attribute(one, "name"), attribute(one, "value")))
        .collect()
}

fn attribute(element: ElementRef<'_>, name: &str) -> String {
    element.attr(name).unwrap_or_default().to_owned()
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}
