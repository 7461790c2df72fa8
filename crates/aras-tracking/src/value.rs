//! Reads values of a shape that is not known beforehand.

use kervan_wire::tree::Value;

use kervan_turkiye::text::fold_name;

/// Reads a value: the columns of a row, the rows of a table, a text, or nothing.
#[cfg_attr(
    not(feature = "query"),
    expect(dead_code, reason = "posts need only a part of it")
)]
pub(crate) trait ValueExt: Sized {
    /// Returns the text of a value that holds no others, without the whitespace around it.
    fn text(&self) -> Option<&str>;

    /// Returns all values that this path of names leads to; lists on the way are passed through.
    fn below(&self, path: &[&str]) -> Vec<&Self>;

    /// Returns the text that this path leads to, if there is one.
    ///
    /// # Errors
    ///
    /// [`Contradiction`] when it leads to two texts that differ.
    fn one_text(&self, path: &[&str]) -> Result<Option<&str>, Contradiction>;

    /// Returns whether it is a list of texts that differ, as XML holds a duplicate element.
    fn contradicts_itself(&self) -> bool {
        self.one_text(&[]).is_err()
    }

    /// Returns whether it is empty, whitespace, or markup only: a converter writes an element without a value
    /// as `{"@xsi:nil":"true"}`.
    fn is_blank(&self) -> bool;

    /// Returns whether it has an element that is blank.
    #[cfg(feature = "shipments")]
    fn holds_blanks(&self) -> bool;

    /// Returns the value without the user names and passwords in it.
    fn without_login(self) -> Self;

    /// Returns the texts of a list, whatever the name of its items.
    #[cfg(feature = "shipments")]
    fn items(&self) -> impl Iterator<Item = &str>;

    /// Returns the value as one line of text, for a column that should hold only one text.
    fn flat(self) -> String;
}

/// Two texts where one is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contradiction;

impl ValueExt for Value {
    fn text(&self) -> Option<&str> {
        let text = match self {
            Self::Text(text) => text.trim(),
            Self::Flag(true) => "true",
            Self::Flag(false) => "false",
            _ => "",
        };
        Some(text).filter(|text| !text.is_empty())
    }

    fn below(&self, path: &[&str]) -> Vec<&Self> {
        match (self, path) {
            (Self::List(items), _) => items.iter().flat_map(|item| item.below(path)).collect(),
            (_, []) => vec![self],
            (Self::Object(members), [name, rest @ ..]) => {
                let same = members.iter().filter(|(member, _)| member == name);
                same.flat_map(|(_, value)| value.below(rest)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn one_text(&self, path: &[&str]) -> Result<Option<&str>, Contradiction> {
        let mut texts = self.below(path).into_iter().filter_map(Self::text);
        let first = texts.next();
        if texts.all(|text| Some(text) == first) {
            Ok(first)
        } else {
            Err(Contradiction)
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Flag(_) => false,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.iter().all(Self::is_blank),
            Self::Object(members) => members
                .iter()
                .all(|(name, value)| is_markup(name) || value.is_blank()),
        }
    }

    #[cfg(feature = "shipments")]
    fn holds_blanks(&self) -> bool {
        let Self::Object(members) = self else {
            return false;
        };
        let mut elements = members.iter().filter(|(name, _)| !is_markup(name));
        elements.any(|(_, value)| value.is_blank())
    }

    fn without_login(self) -> Self {
        match self {
            Self::Object(members) => {
                let members = members.into_iter();
                let members = members.filter(|(name, _)| !is_login(&fold_name(name)));
                let members = members.map(|(name, value)| (name, value.without_login()));
                Self::Object(members.collect())
            }
            Self::List(items) => Self::List(items.into_iter().map(Self::without_login).collect()),
            other => other,
        }
    }

    #[cfg(feature = "shipments")]
    fn items(&self) -> impl Iterator<Item = &str> {
        let members = match self {
            Self::Object(members) => members.as_slice(),
            _ => &[],
        };
        let items = members.iter().filter(|(name, _)| !is_markup(name));
        let items = items.flat_map(|(_, value)| value.below(&[]));
        items.filter_map(Self::text)
    }

    fn flat(self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Flag(flag) => flag.to_string(),
            Self::Text(text) => text,
            Self::List(items) => {
                let items: Vec<_> = items.into_iter().map(Self::flat).collect();
                items.join(", ")
            }
            Self::Object(members) => {
                let members = members.into_iter();
                let members: Vec<_> = members
                    .map(|(name, value)| format!("{name}: {}", value.flat()))
                    .collect();
                members.join(", ")
            }
        }
    }
}

/// The names, folded, under which a login is in a row: that of the question, or of another account.
const LOGIN: [&str; 5] = ["USERNAME", "PASSWORD", "KULLANICIADI", "SIFRE", "PAROLA"];

/// Returns whether a member of this folded name is a user name or a password.
fn is_login(folded: &str) -> bool {
    LOGIN.contains(&folded)
}

/// Returns whether a member belongs to the way in which an answer is written, as a converter from XML writes
/// it: names of namespaces, declarations, and attributes with a prefix (`@xsi:nil`, `@diffgr:id`).
pub(crate) fn is_markup(name: &str) -> bool {
    match name.strip_prefix('@') {
        Some(attribute) => attribute.contains(':') || matches!(attribute, "xmlns" | "nil"),
        None => name.starts_with('?') || name.starts_with("xmlns"),
    }
}

/// Returns whether a member is an attribute that holds a value of the answer.
#[cfg(feature = "query")]
pub(crate) fn is_attribute(name: &str) -> bool {
    name.starts_with('@') && !is_markup(name)
}

#[cfg(feature = "query")]
#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: &str) -> Value {
        kervan_wire::json::parse(json).unwrap().glance().unwrap()
    }

    #[test]
    fn a_flag_is_read_as_its_word() {
        let flags = value(r#"{"a":true,"b":[true,"true"],"c":[true,false]}"#);
        assert_eq!(flags.one_text(&["a"]), Ok(Some("true")));
        assert_eq!(flags.one_text(&["b"]), Ok(Some("true")));
        assert_eq!(flags.one_text(&["c"]), Err(Contradiction));
        assert!(!value("false").is_blank());
        assert_eq!(flags.flat(), "a: true, b: true, true, c: true, false");
    }

    #[test]
    fn a_login_is_dropped_at_any_depth() {
        let row = value(r#"{"MOK":"1","Sifre":"x","Parca":[{"user_name":"y","No":"2"}]}"#);
        assert_eq!(row.without_login().flat(), "MOK: 1, Parca: No: 2");
    }
}
