//! One name of a place with everything it may be written as.

use serde::Serialize;

use super::province::{is_former, names_of, plate_of};
use crate::text::fold;

/// The name of central districts, folded.
pub(super) const CENTRAL: &str = "MERKEZ";

/// Districts that lists name differently, folded, after their province.
const DISTRICTS: [(&str, &[&str]); 4] = [
    ("SAMSUN", &["19MAYIS", "ONDOKUZMAYIS"]),
    ("ISTANBUL", &["EYUPSULTAN", "EYUP"]),
    ("ANKARA", &["KAHRAMANKAZAN", "KAZAN"]),
    ("AGRI", &["DOGUBAYAZIT", "DOGUBEYAZIT"]),
];

/// Words behind the name of a district that say nothing more, folded.
const DISTRICT_WORDS: [&str; 2] = ["ILCE", "ILCESI"];

/// Names longer than this are never near anything, which bounds the work on odd input.
const LONGEST: usize = 64;

/// How a given spelling relates to the list's own; the better one is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub enum Spelling {
    /// The list's own spelling, to the letter.
    #[serde(rename = "exact")]
    Exact,
    /// The same name, but for case, Turkish letters, blanks or punctuation.
    #[serde(rename = "folded")]
    Folded,
    /// The same name as people write it: with its plate or an addition, shortened, or the city's name for its
    /// province: `34 İstanbul`, `Ş.Urfa`, `Adapazarı`.
    #[serde(rename = "informal")]
    Informal,
    /// Another name of the same place, which a list may have: `Eyüp` for `Eyüpsultan`, `İçel` for `Mersin`,
    /// `Düzce` for `Merkez` in Düzce.
    #[serde(rename = "alias")]
    Alias,
}

/// One name as the list spells it, and what it may be written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Names {
    /// The list's own spelling.
    pub(super) name: String,
    /// Folded forms, the name's own first.
    forms: Vec<String>,
    /// Of a province, its plate, where the built-in table knows it.
    plate: Option<u8>,
}

impl Names {
    /// Creates a province.
    pub(super) fn province(name: String) -> Self {
        let plate = plate_of(&name);
        let mut names = Self::alone(name);
        names.plate = plate;
        for form in plate.into_iter().flat_map(names_of) {
            if !names.knows(form) {
                names.forms.push(form.to_owned());
            }
        }
        names
    }

    /// Creates a district of a province.
    ///
    /// Other names of a district are valid within its province only: `Kazan` is not an alias elsewhere.
    pub(super) fn district(name: String, province: &Self) -> Self {
        let mut names = Self::alone(name);
        for (place, group) in DISTRICTS {
            if province.knows(place) {
                names.join(group);
            }
        }
        let mut central = vec![CENTRAL.to_owned()];
        for form in &province.forms {
            central.push(form.clone());
            central.push(format!("{form}{CENTRAL}"));
        }
        names.join(&central);
        names
    }

    fn alone(name: String) -> Self {
        let forms = vec![fold(&name)];
        Self {
            name,
            forms,
            plate: None,
        }
    }

    /// Takes over the forms of a group that the name belongs to.
    fn join(&mut self, group: &[impl AsRef<str>]) {
        if group.iter().any(|form| self.knows(form.as_ref())) {
            for form in group {
                if !self.knows(form.as_ref()) {
                    self.forms.push(form.as_ref().to_owned());
                }
            }
        }
    }

    /// Returns the forms in which the name may be written, folded; its own form first.
    pub(super) fn forms(&self) -> &[String] {
        &self.forms
    }

    /// Returns whether a folded text is one of the forms. An empty one never is.
    pub(super) fn knows(&self, folded: &str) -> bool {
        !folded.is_empty() && self.forms.iter().any(|form| form == folded)
    }

    /// Returns whether the name is that of a central district.
    pub(super) fn is_central(&self) -> bool {
        self.knows(CENTRAL)
    }

    /// Returns how a text and its folded form relate to the name, if they do.
    pub(super) fn spelling(&self, text: &str, folded: &str) -> Option<Spelling> {
        if !self.knows(folded) {
            None
        } else if self.name == text {
            Some(Spelling::Exact)
        } else if self.forms.first().is_some_and(|own| own == folded) {
            Some(Spelling::Folded)
        } else if self.plate.is_some() && !self.is_former_name(folded) {
            Some(Spelling::Informal)
        } else {
            Some(Spelling::Alias)
        }
    }

    /// Returns whether a folded text, or the list's own name, is a name that the province had by law.
    fn is_former_name(&self, folded: &str) -> bool {
        is_former(folded) || self.forms.first().is_some_and(|own| is_former(own))
    }

    /// Returns the plate of a province that the built-in table knows.
    pub(super) fn plate(&self) -> Option<u8> {
        self.plate
    }

    /// Returns whether the name and a folded text begin with the same letter.
    pub(super) fn begins_like(&self, folded: &str) -> bool {
        let own = self.forms.first().and_then(|form| form.chars().next());
        own.is_some() && own == folded.chars().next()
    }

    /// Returns the number of letters between a folded text and the nearest form, if it is near at all.
    pub(super) fn distance(&self, folded: &str) -> Option<usize> {
        self.forms
            .iter()
            .filter_map(|form| near(folded, form))
            .min()
    }
}

/// Returns the name of a district without a word like `ilçesi` behind it, folded; `None` where there is
/// none.
pub(super) fn without_district_word(text: &str) -> Option<String> {
    let (name, word) = text.trim().rsplit_once(char::is_whitespace)?;
    let name = DISTRICT_WORDS
        .contains(&fold(word).as_str())
        .then(|| fold(name));
    name.filter(|name| !name.is_empty())
}

/// Returns the number of letters that tell two folded texts apart, if at most a third of the longer one
/// differs or the first is the beginning of the second.
fn near(given: &str, form: &str) -> Option<usize> {
    let (given_letters, form_letters) = (given.chars().count(), form.chars().count());
    let (short, long) = (
        given_letters.min(form_letters),
        given_letters.max(form_letters),
    );
    if short == 0 || long > LONGEST {
        return None;
    }
    if given_letters >= 3 && form.starts_with(given) {
        return Some(long - short);
    }
    // At least one letter, but never the whole of a name.
    let allowed = (long / 3).max(1).min(long - 1);
    if long - short > allowed {
        return None;
    }
    let distance = strsim::osa_distance(given, form);
    (distance <= allowed).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_how_a_text_relates_to_the_name() {
        let province = Names::province("İSTANBUL".to_owned());
        let district = Names::district("EYÜP".to_owned(), &province);
        let spelling = |text: &str| district.spelling(text, &fold(text));
        assert_eq!(spelling("EYÜP"), Some(Spelling::Exact));
        assert_eq!(spelling("eyup"), Some(Spelling::Folded));
        assert_eq!(spelling("Eyüpsultan"), Some(Spelling::Alias));
        assert_eq!(spelling("Eyüpsulta"), None);
        assert_eq!(spelling(""), None);
    }

    #[test]
    fn keeps_aliases_to_their_province() {
        let bursa = Names::province("Bursa".to_owned());
        assert!(!Names::district("Kazan".to_owned(), &bursa).knows("KAHRAMANKAZAN"));
        assert!(!Names::district("Osmangazi".to_owned(), &bursa).is_central());
        let afyon = Names::province("Afyon".to_owned());
        assert!(Names::district("Afyonkarahisar".to_owned(), &afyon).is_central());
    }

    #[test]
    fn is_near_within_a_third_of_the_letters() {
        assert_eq!(near("BESIKTAS", "BESIKTAS"), Some(0));
        assert_eq!(near("BESIKATS", "BESIKTAS"), Some(1));
        assert_eq!(near("BESYKTAZ", "BESIKTAS"), Some(2));
        assert_eq!(near("BYSYKTAZ", "BESIKTAS"), None);
        assert_eq!(near("BEYLIK", "BEYLIKDUZU"), Some(4));
        assert_eq!(near("BEY", "BEYLIKDUZU"), Some(7));
        assert_eq!(near("OX", "OF"), Some(1));
        assert_eq!(near("O", "X"), None);
        assert_eq!(near("", "OF"), None);
        let long = "A".repeat(65);
        assert_eq!(near(&long, &long), None);
    }
}
