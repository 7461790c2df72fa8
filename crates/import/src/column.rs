//! A column that a file may have.

use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::text::fold;

/// A column that a file may have: its names, and how its values are read.
///
/// Two columns with the same first name are one.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    field: &'static str,
    names: &'static [&'static str],
    compared: Option<fn(&str) -> Option<String>>,
    pub(crate) is_needed: bool,
    pub(crate) is_key: bool,
    pub(crate) is_of_order: bool,
}

impl Column {
    /// Creates a column of a part, which a file may leave out. `field` is the end of the path that a problem of its value has, as
    /// `title` of `recipient.title`, or empty. The first name is the English one.
    pub const fn new(field: &'static str, names: &'static [&'static str]) -> Self {
        Self {
            field,
            names,
            compared: None,
            is_needed: false,
            is_key: false,
            is_of_order: false,
        }
    }

    /// Makes it a mistake to leave the column out.
    #[must_use]
    pub const fn needed(mut self) -> Self {
        self.is_needed = true;
        self
    }

    /// Makes decimals that a spreadsheet added a mistake, because the column holds a key of digits or letters.
    #[must_use]
    pub const fn key(mut self) -> Self {
        self.is_key = true;
        self
    }

    /// Makes the column a key that is compared as a telephone number: in any of its usual forms.
    #[must_use]
    pub const fn phone(self) -> Self {
        self.key().compared(phone_form)
    }

    /// Makes the column one of the order, whose value is the same in all its rows.
    #[must_use]
    pub const fn of_order(mut self) -> Self {
        self.is_of_order = true;
        self
    }

    /// Sets the form in which a value of the order is compared with that of another row; `None` for a value without one, which
    /// is compared as the line that is sent.
    #[must_use]
    pub const fn compared(mut self, form: fn(&str) -> Option<String>) -> Self {
        self.compared = Some(form);
        self
    }

    /// Returns the names, the English one first.
    pub fn names(&self) -> &'static [&'static str] {
        self.names
    }

    /// Returns the English name.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }

    /// Returns whether the column has a name, in any letter case and with any separators between its words.
    pub fn is_named(&self, name: &str) -> bool {
        let name = fold(name);
        self.names.iter().any(|known| fold(known) == name)
    }

    /// Returns the special form in which a value is compared.
    pub(crate) fn form(&self, text: &str) -> Option<String> {
        self.compared.and_then(|form| form(text))
    }

    /// Returns whether a path ends with the column's field.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        let before = path.strip_suffix(self.field);
        !self.field.is_empty()
            && before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }
}

impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Column {}

fn phone_form(text: &str) -> Option<String> {
    PhoneNumber::from_input(text).ok().map(String::from)
}
