//! The parameters of a link: known ones once each, unknown ones counted.

use kervan_core::Problems;

use super::encoding::{Plus, decode};
use super::error::LinkError;
use super::notes::Notes;
use crate::ids::trim;
use crate::rules;

/// The kind of number that names a parcel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// `code` and its unproven synonyms.
    Number,
    /// `Cargo_Code` and its unproven synonym.
    Barcode,
    /// `seri` and `fat_no`, or the older pair.
    Waybill,
    /// `accountid`, `sifre`, `alici_kod`.
    Account,
}

/// The known parameters, spelled as the provider spells them.
const KNOWN: [(&str, Subject); 13] = [
    ("code", Subject::Number),
    ("kargo_takip_no", Subject::Number),
    ("gonderitakipno", Subject::Number),
    ("trackingNumber", Subject::Number),
    ("Cargo_Code", Subject::Barcode),
    ("barcode", Subject::Barcode),
    ("seri", Subject::Waybill),
    ("fat_no", Subject::Waybill),
    ("seri_no", Subject::Waybill),
    ("irs_no", Subject::Waybill),
    ("accountid", Subject::Account),
    ("sifre", Subject::Account),
    ("alici_kod", Subject::Account),
];

/// Parameters of search forms that select nothing here; they are neither read nor reported.
const HARMLESS: [&str; 3] = ["ref_no", "query", "querydetail"];

/// The known parameters of a link. It holds credentials, so it does not print.
pub(super) struct Query {
    values: Vec<(&'static str, Subject, String)>,
    unknown: usize,
    notes: Notes,
}

impl Query {
    /// Reads the text between `?` and `#`.
    pub(super) fn read(text: &str) -> Result<Self, LinkError> {
        let mut query = Self {
            values: Vec::new(),
            unknown: 0,
            notes: Notes::default(),
        };
        let mut after_password = false;
        for part in text.split('&').filter(|part| !trim(part).is_empty()) {
            let (raw_name, raw_value) = part.split_once('=').unwrap_or((part, ""));
            let (raw_name, escaped) = match strip_prefix(trim(raw_name), "amp;") {
                Some(name) => (name, true),
                None => (raw_name, false),
            };
            // Decoded, so that no second spelling of a name hides a second value.
            let name = decode(raw_name, Plus::Blank, &mut Notes::default()).unwrap_or_default();
            let name = trim(&name);
            if let Some(&(name, subject)) = KNOWN.iter().find(|(known, _)| is(name, known)) {
                query.add(name, subject, raw_value)?;
                after_password = name == "sifre";
                if escaped {
                    query.notes.add(&rules::LINK_HTML_ESCAPED);
                }
            } else if !HARMLESS.iter().any(|harmless| is(name, harmless)) {
                query.unknown += 1;
                if after_password && !part.contains('=') {
                    query.notes.add(&rules::LINK_PASSWORD_CUT);
                }
            }
        }
        Ok(query)
    }

    fn add(&mut self, name: &'static str, subject: Subject, raw: &str) -> Result<(), LinkError> {
        if self.values.iter().any(|(known, ..)| *known == name) {
            return Err(LinkError::DuplicateParameter { parameter: name });
        }
        let value = decode(raw, Plus::Blank, &mut self.notes)
            .ok_or(LinkError::Encoding { parameter: name })?;
        self.values.push((name, subject, value));
        Ok(())
    }

    /// Returns the value of a parameter, unless it is absent or blank.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.present()
            .find(|(known, ..)| *known == name)
            .map(|(.., value)| value)
    }

    /// Returns the one kind of number that names the parcel, and the first parameter of that kind.
    ///
    /// Empty parameters do not count: search forms send all their fields.
    pub(super) fn subject(&self) -> Result<Option<(Subject, &'static str)>, LinkError> {
        let mut present = self.present();
        let Some((first, subject, _)) = present.next() else {
            return Ok(None);
        };
        for (second, other, _) in present {
            let pair = match subject {
                Subject::Account => subject == other,
                Subject::Waybill => is_pair(first, second),
                Subject::Number | Subject::Barcode => false,
            };
            if !pair {
                return Err(LinkError::Ambiguous { first, second });
            }
        }
        Ok(Some((subject, first)))
    }

    /// Returns everything that was unusual about the parameters.
    pub(super) fn warnings(&self) -> Problems {
        let mut problems = Problems::new();
        problems.extend(self.notes.0.iter().map(|rule| rule.at("link")));
        if self.unknown > 0 {
            problems.push(
                rules::LINK_UNKNOWN_PARAMETERS
                    .at("link")
                    .actual(self.unknown),
            );
        }
        problems
    }

    fn present(&self) -> impl Iterator<Item = (&'static str, Subject, &str)> {
        self.values
            .iter()
            .map(|(name, subject, value)| (*name, *subject, value.as_str()))
            // A password may consist of blanks, nothing else may.
            .filter(|(name, _, value)| match *name {
                "sifre" => !value.is_empty(),
                _ => !trim(value).is_empty(),
            })
    }
}

fn is_pair(first: &str, second: &str) -> bool {
    [("seri", "fat_no"), ("seri_no", "irs_no")]
        .iter()
        .any(|&(series, number)| {
            (first, second) == (series, number) || (second, first) == (series, number)
        })
}

/// Compares names as ASP.NET does, without regard to case.
fn is(name: &str, known: &str) -> bool {
    name.eq_ignore_ascii_case(known)
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start
        .eq_ignore_ascii_case(prefix)
        .then(|| text.get(prefix.len()..))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<&'static str> {
        match Query::read(text) {
            Ok(query) => query.subject().err().map(|error| error.kind()),
            Err(error) => Some(error.kind()),
        }
    }

    #[test]
    fn finds_a_second_value_in_every_spelling() {
        for text in [
            "code=1&code=2",
            "code=1&CODE=1",
            "code=1&c%6Fde=2",
            "code=1&%u0063ode=2",
            "code=1& code=2",
            "code=1&amp;code=2",
            "code=&code=2",
            "code=1&code",
            "alici_kod=1&x=2&alici_kod=3",
        ] {
            assert_eq!(kind(text), Some("duplicate_parameter"), "{text}");
        }
    }

    #[test]
    fn takes_one_way_to_name_a_parcel() {
        assert_eq!(kind("code=1&Cargo_Code=2"), Some("ambiguous"));
        assert_eq!(kind("code=1&accountid=2"), Some("ambiguous"));
        assert_eq!(kind("accountid=1&seri=2"), Some("ambiguous"));
        assert_eq!(kind("seri=AL&irs_no=2"), Some("ambiguous"));
        assert_eq!(kind("code=1&trackingNumber=1"), Some("ambiguous"));
        assert_eq!(kind("seri=AL&fat_no=2&ref_no=&Cargo_Code="), None);
        assert_eq!(kind("alici_kod=1&accountid=2&sifre=3"), None);
    }

    #[test]
    fn notes_what_is_unusual_without_its_text() {
        let query =
            Query::read("accountid=A&sifre=nd&12%34=x&pq&alici_kod=50%+a b&amp;code=").unwrap();
        let codes: Vec<_> = query
            .warnings()
            .iter()
            .map(kervan_core::Problem::code)
            .collect();
        assert_eq!(
            codes,
            [
                "link.password_cut",
                "link.stray_percent",
                "link.plus_is_blank",
                "link.raw_blank",
                "link.html_escaped",
                "link.unknown_parameters",
            ]
        );
        assert_eq!(query.get("sifre"), Some("nd"));
    }
}
