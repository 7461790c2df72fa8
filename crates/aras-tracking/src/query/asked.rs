//! The parcels that a question names, and whether a row is of one of them.

use std::collections::BTreeMap;

use kervan_core::Personal;
use kervan_turkiye::line::sent;
use kervan_turkiye::text::{fold_letters, fold_name, is_blank};

use crate::status::is_placeholder;

/// The columns that show the shipper's reference.
pub(crate) const REFERENCES: [&str; 4] = [
    "MUSTERI_OZEL_KODU",
    "MOK",
    "ENTEGRASYON_KODU",
    "IntegrationCode",
];

/// The columns that show the tracking number.
const TRACKING_NUMBERS: [&str; 2] = ["KARGO_TAKIP_NO", "TRACKINGNUMBER"];

/// The same columns, folded: they hold what a parcel is known by.
const KEYS: [&str; 6] = [
    "MUSTERIOZELKODU",
    "MOK",
    "ENTEGRASYONKODU",
    "INTEGRATIONCODE",
    "KARGOTAKIPNO",
    "TRACKINGNUMBER",
];

/// Returns whether a column of this folded name holds what a parcel is known by.
pub(crate) fn is_key(folded: &str) -> bool {
    KEYS.contains(&folded)
}

/// The parcels that a question names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked<'a> {
    /// Not by name: a day, a period, an account, a number that rows do not show.
    Any,
    /// By the shipper's references.
    References(Vec<&'a str>),
    /// By the tracking number.
    TrackingNumber(&'a str),
}

impl Asked<'_> {
    /// Returns whether a row with these values is of a parcel that was asked for. A row that does not show
    /// the value counts as one of them.
    pub(crate) fn is_answered_by(&self, named: &Named<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::References(references) => {
                let mut shown = named.references.iter().filter(|text| !is_blank(text));
                let is_own = |text: &&str| references.iter().any(|one| is_same(one, text));
                named.references.iter().all(|text| is_blank(text)) || shown.any(is_own)
            }
            Self::TrackingNumber(number) => {
                let shown = named.tracking_number.filter(|text| !is_blank(text));
                shown.is_none_or(|text| is_same(number, text))
            }
        }
    }
}

impl Asked<'_> {
    /// Returns whether a row shows what was asked for. Only such a row can settle a write:
    /// [`is_answered_by`](Self::is_answered_by) also takes rows that show nothing.
    #[cfg(feature = "shipments")]
    pub(crate) fn is_named_by(&self, named: &Named<'_>) -> bool {
        match self {
            Self::Any => false,
            Self::References(_) => named.references.iter().any(|text| self.names(text)),
            Self::TrackingNumber(_) => named.tracking_number.is_some_and(|text| self.names(text)),
        }
    }

    /// Returns whether the question names a parcel by this.
    pub(crate) fn names(&self, text: &str) -> bool {
        match self {
            Self::Any => false,
            Self::References(references) => references.iter().any(|one| is_same(one, text)),
            Self::TrackingNumber(number) => is_same(number, text),
        }
    }
}

impl<'a> Asked<'a> {
    /// Asks for one reference.
    pub(crate) fn reference(reference: &'a str) -> Self {
        Self::References(vec![reference])
    }
}

/// The parcel that a row names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Named<'a> {
    /// The shipper's references: a row may have several columns for it.
    pub references: Vec<&'a str>,
    /// The tracking number. Wire: `KARGO_TAKIP_NO`, `TRACKINGNUMBER`.
    pub tracking_number: Option<&'a str>,
}

impl<'a> Named<'a> {
    /// Returns the names in columns that no type has taken.
    pub(crate) fn of(columns: &'a BTreeMap<String, Personal>) -> Self {
        let mut named = Self::default();
        for (name, value) in columns {
            let name = fold_name(name);
            if REFERENCES.iter().any(|known| fold_name(known) == name) {
                named.references.push(value.as_str());
            } else if TRACKING_NUMBERS
                .iter()
                .any(|known| fold_name(known) == name)
            {
                let number = Some(value.as_str()).filter(|number| !is_placeholder(number));
                named.tracking_number = number.or(named.tracking_number);
            }
        }
        named
    }

    /// Adds a reference that a type has taken.
    pub(crate) fn reference(mut self, reference: Option<&'a str>) -> Self {
        self.references.extend(reference);
        self
    }

    /// Adds a tracking number that a type has taken.
    pub(crate) fn tracking_number(mut self, number: Option<&'a str>) -> Self {
        self.tracking_number = number.or(self.tracking_number);
        self
    }
}

/// Compares two references as leniently as the service, which may write them in its own letters:
/// blanks around them, letter case, Turkish letters and letters in parts make no difference, punctuation does.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    one == other || folded(one) == folded(other)
}

/// Returns a text as it is sent, in one case and Latin letters. Its punctuation stays: references differ in
/// it.
pub(crate) fn folded(text: &str) -> String {
    fold_letters(&sent(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named<'a>(reference: &'a str, tracking_number: &'a str) -> Named<'a> {
        let named = Named::default().reference(Some(reference));
        named.tracking_number(Some(tracking_number))
    }

    #[test]
    fn w13_a_row_of_another_reference_is_a_stray() {
        let asked = Asked::reference("KV-1");
        for own in ["KV-1", " KV-1 ", "kv-1", "", " "] {
            assert!(asked.is_answered_by(&named(own, "6513100200317")), "{own}");
        }
        let without = Named::default();
        assert!(asked.is_answered_by(&without), "without the column");
        for other in ["KV-2", "KV1", "KV-11", "KV-1 2", "KV 1"] {
            assert!(!asked.is_answered_by(&named(other, "")), "{other}");
        }
        assert!(Asked::reference("İş-1").is_answered_by(&named("IS-1", "")));
        let two = named("KV-2", "").reference(Some("KV-1"));
        assert!(asked.is_answered_by(&two), "one of its columns");
        let many = Asked::References(vec!["KV-1", "KV-3"]);
        assert!(many.is_answered_by(&named("KV-3", "")));
        assert!(!many.is_answered_by(&named("KV-2", "")));
    }

    #[test]
    fn t10_a_row_in_the_other_spelling_is_of_the_same_reference() {
        for (reference, shown) in [
            ("ŞİŞE-1", "S\u{327}I\u{307}S\u{327}E-1"),
            ("s\u{327}is\u{327}e-1", "şişe-1"),
            // Two more: letters of another language, and those of the service.
            ("e\u{301}cole/2", "ÉCOLE/2"),
            ("go\u{308}ru\u{308}s\u{327}", "GORUS"),
        ] {
            assert!(Asked::reference(reference).is_answered_by(&named(shown, "")));
            assert!(Asked::reference(shown).is_answered_by(&named(reference, "")));
        }
        assert!(!Asked::reference("s\u{327}e-1").is_answered_by(&named("şe1", "")));
    }

    #[test]
    fn w13_a_row_of_another_tracking_number_is_a_stray() {
        let asked = Asked::TrackingNumber("6513100200317");
        assert!(asked.is_answered_by(&named("any", " 6513100200317")));
        assert!(asked.is_answered_by(&named("any", "")));
        assert!(!asked.is_answered_by(&named("any", "6513100200318")));
        assert!(Asked::Any.is_answered_by(&named("any", "6513100200318")));
    }

    #[test]
    fn the_folded_names_are_those_of_the_columns() {
        let names = REFERENCES.iter().chain(&TRACKING_NUMBERS);
        assert!(names.clone().all(|name| is_key(&fold_name(name))));
        assert_eq!(names.count(), KEYS.len());
    }

    #[test]
    fn columns_are_found_in_any_spelling() {
        let columns = [
            ("MÜŞTERİ ÖZEL KODU", "KV-1"),
            ("KargoTakipNo", "6513100200317"),
            ("ALICI", "-"),
        ];
        let columns = columns.map(|(name, value)| (name.to_owned(), Personal::from(value)));
        let columns = BTreeMap::from(columns);
        assert_eq!(Named::of(&columns), named("KV-1", "6513100200317"));
    }
}
