//! A column that a file may have.

use kervan_turkiye::line::sent;
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::text::fold;

/// A column that a file may have: its names, and how its values are read.
///
/// Two columns with the same first name are one.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    field: &'static str,
    names: &'static [&'static str],
    compared: fn(&str) -> String,
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
            compared: line_form,
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

    /// Sets the form in which a value of the order is compared with that of another row; at first the line that is sent.
    #[must_use]
    pub const fn compared(mut self, form: fn(&str) -> String) -> Self {
        self.compared = form;
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

    /// Returns the form in which a value is compared.
    pub(crate) fn form(&self, text: &str) -> String {
        (self.compared)(text)
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

fn line_form(text: &str) -> String {
    sent(text).into_owned()
}

fn phone_form(text: &str) -> String {
    PhoneNumber::from_input(text).map_or_else(|_| line_form(text), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_the_column_of_its_end() {
        let city = Column::new("receiver.city", &["city", "İl"]);
        for path in ["receiver.city", "order.receiver.city"] {
            assert!(city.is_at(path), "{path}");
        }
        for path in ["city", "other_receiver.city", "receiver.city.name", ""] {
            assert!(!city.is_at(path), "{path}");
        }
        let without = Column::new("", &["direction"]);
        assert!(!without.is_at("") && !without.is_at("order."));
    }

    #[test]
    fn a_value_is_compared_in_its_form() {
        let phone = Column::new("phone", &["phone"]).phone();
        assert_eq!(phone.form("0555 000 00 17"), phone.form("+905550000017"));
        assert_ne!(phone.form("0555 000 00 17"), phone.form("05550000018"));
        assert_eq!(phone.form("none"), "none");
        let name = Column::new("name", &["name"]);
        assert_eq!(name.form("Ayşe\u{a0}Örnek"), "Ayşe Örnek");
    }
}
