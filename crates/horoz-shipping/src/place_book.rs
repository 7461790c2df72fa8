//! The list that provinces and districts are checked against, and their spelling on the wire.

use std::sync::{Arc, OnceLock};

use kervan_core::Problem;
use kervan_turkiye::places::{Found, Pairs, Spelling, turkey};

use crate::order::SentText;
use crate::rules;

/// The name of the central district where it differs from the province's name. The one spelling of a district
/// with several names that the provider's page confirms.
const CENTRAL: &str = "MERKEZ";

/// The most pairs that are suggested. The largest centre has become five districts.
const SUGGESTIONS: usize = 5;

/// The list that provinces and districts are checked against.
///
/// Horoz stores an order with a bad place in a broken state (`ERR-20071`), so places are looked up
/// as a pair before anything is sent, and a pair that is found is sent in the list's own spelling:
/// `istanbul`/`Besiktas` goes out as `İSTANBUL`/`BEŞİKTAŞ`, and `34 İstanbul`, `Ş.Urfa` or `İzmit` as the name
/// of the province.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum PlaceBook {
    /// The built-in table of 973 districts. It is a hint: a pair outside of it is a warning.
    #[default]
    BuiltIn,
    /// The list fetched from Horoz by [`ListCounties`](crate::ListCounties). It is the reference: a pair
    /// outside of it is an error.
    Fetched(Arc<Pairs>),
    /// Places are not checked; they are sent in Turkish upper case as given.
    Unchecked,
}

impl PlaceBook {
    /// Returns the problem of a pair, at the path of its party.
    pub(crate) fn problem(&self, path: &str, city: &str, county: &str) -> Option<Problem> {
        let at = format!("{path}.county");
        let (pairs, unknown) = match self {
            Self::BuiltIn => (built_in(), &rules::PLACE_NOT_IN_TABLE),
            Self::Fetched(pairs) => (pairs.as_ref(), &rules::PLACE_UNKNOWN),
            Self::Unchecked => return None,
        };
        match pairs.find(city, county) {
            None => {
                let near = pairs.suggest(city, county, SUGGESTIONS);
                let near = near.iter().map(|pair| capitals(&pair.to_string()));
                Some(unknown.at(at).suggest(near.collect()))
            }
            Some(found) if self.keeps_a_name(&found) => {
                let name = capitals(&found.pair().to_string());
                Some(rules::PLACE_OTHER_NAME.at(at).suggest(vec![name]))
            }
            Some(_) => None,
        }
    }

    /// Province and district as they are sent.
    pub(crate) fn spell<'a>(
        &'a self,
        city: &'a str,
        county: &'a str,
    ) -> (SentText<'a>, SentText<'a>) {
        let found = match self {
            Self::BuiltIn => built_in().find(city, county),
            Self::Fetched(pairs) => pairs.find(city, county),
            Self::Unchecked => None,
        };
        let (city, county) = match found {
            Some(found) => (
                if self.keeps_province(&found) {
                    city
                } else {
                    found.province
                },
                if self.keeps_district(&found) {
                    county
                } else {
                    found.district
                },
            ),
            None => (city, county),
        };
        (SentText::capitals(city), SentText::capitals(county))
    }

    /// Returns whether a name in the built-in table differs from the given one, so that it is not known which
    /// of the two Horoz uses.
    fn keeps_a_name(&self, found: &Found<'_>) -> bool {
        self.keeps_province(found) || self.keeps_district(found)
    }

    fn keeps_province(&self, found: &Found<'_>) -> bool {
        matches!(self, Self::BuiltIn) && found.province_spelling == Spelling::Alias
    }

    fn keeps_district(&self, found: &Found<'_>) -> bool {
        matches!(self, Self::BuiltIn)
            && found.district_spelling == Spelling::Alias
            && found.district != CENTRAL
    }
}

/// Returns the built-in table as Horoz spells names: in upper case.
fn built_in() -> &'static Pairs {
    static UPPER: OnceLock<Pairs> = OnceLock::new();
    UPPER.get_or_init(|| {
        turkey()
            .iter()
            .map(|place| (capitals(place.province), capitals(place.district)))
            .collect()
    })
}

fn capitals(name: &str) -> String {
    SentText::capitals(name).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(book: &PlaceBook, city: &str, county: &str) -> Option<&'static str> {
        book.problem("recipient", city, county)
            .map(|problem| problem.code())
    }

    fn spelled(book: &PlaceBook, city: &str, county: &str) -> (String, String) {
        let (city, county) = book.spell(city, county);
        (city.as_str().to_owned(), county.as_str().to_owned())
    }

    fn pair(city: &str, county: &str) -> (String, String) {
        (city.to_owned(), county.to_owned())
    }

    #[test]
    fn the_built_in_table_is_a_hint() {
        let book = PlaceBook::BuiltIn;
        assert_eq!(codes(&book, "İSTANBUL", "BEŞİKTAŞ"), None);
        assert_eq!(codes(&book, "ISTANBUL", "besiktas"), None);
        assert_eq!(
            codes(&book, "İSTANBUL", "MAMAK"),
            Some("horoz.place_not_in_table")
        );
        assert_eq!(
            codes(&book, "İSTANBUL", "EYÜP"),
            Some("horoz.place_other_name")
        );
        assert_eq!(
            codes(&book, "AFYON", "MERKEZ"),
            Some("horoz.place_other_name")
        );
        assert_eq!(codes(&book, "DÜZCE", "DÜZCE"), None);
        assert_eq!(
            spelled(&book, "ISTANBUL", " besiktas"),
            pair("İSTANBUL", "BEŞİKTAŞ")
        );
        assert_eq!(spelled(&book, "İstanbul", "Eyüp"), pair("İSTANBUL", "EYÜP"));
        assert_eq!(spelled(&book, "Düzce", "Düzce"), pair("DÜZCE", "MERKEZ"));
    }

    #[test]
    fn a_fetched_list_is_the_truth() {
        let book = PlaceBook::Fetched(Arc::new(Pairs::new([
            ("İSTANBUL", "EYÜP"),
            ("ANKARA", "MAMAK"),
        ])));
        assert_eq!(codes(&book, "İstanbul", "Eyüpsultan"), None);
        assert_eq!(
            spelled(&book, "İstanbul", "Eyüpsultan"),
            pair("İSTANBUL", "EYÜP")
        );
        assert_eq!(
            codes(&book, "İSTANBUL", "BEŞİKTAŞ"),
            Some("horoz.place_unknown")
        );
    }

    #[test]
    fn suggests_near_pairs() {
        let problem = PlaceBook::BuiltIn
            .problem("recipient", "İstanbul", "Beşiktş")
            .unwrap();
        assert_eq!(
            problem.suggestions().first().map(String::as_str),
            Some("İSTANBUL/BEŞİKTAŞ")
        );
    }
}
