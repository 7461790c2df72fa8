//! Any list of province and district pairs.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;

use super::names::Names;
use super::turkey;

/// A province and one of its districts, as a list spells them.
///
/// Prints as `DÜZCE/MERKEZ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Pair<'a> {
    /// Name of the province.
    pub province: &'a str,
    /// Name of the district.
    pub district: &'a str,
}

impl fmt::Display for Pair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.province, self.district)
    }
}

/// A list of provinces and districts that can be searched.
///
/// The list may be the built-in table, [`Pairs::turkey`], or one that a provider sent. Its spelling
/// is the truth: lookups answer in that spelling, ready to be sent. They accept other
/// case, letters without their Turkish marks, other blanks and punctuation, and other names of the same
/// place, in both directions:
///
/// | place | names |
/// |---|---|
/// | Afyonkarahisar | Afyon |
/// | Mersin | İçel |
/// | Şanlıurfa | Urfa |
/// | Doğubayazıt in Ağrı | Doğubeyazıt |
/// | Kahramankazan in Ankara | Kazan |
/// | Eyüpsultan in İstanbul | Eyüp |
/// | 19 Mayıs in Samsun | Ondokuz Mayıs |
/// | Merkez in any province | the province's own name, alone or before Merkez |
///
/// Provinces are also found as people write them ([`Spelling::Informal`](super::Spelling::Informal)):
///
/// | written as | examples |
/// |---|---|
/// | an initial and the end of the name, where it is that of one province | `Ş.Urfa`, `K. Maraş`, `E.Şehir` |
/// | the city's name, or one of long ago | `Adapazarı`, `İzmit`, `Antakya`, `Antep`, `Maraş`, `Dersim` |
/// | with the plate or the postal code | `34 İstanbul`, `34-İSTANBUL`, `İstanbul 34`, `34387 İstanbul` |
/// | with an addition in brackets, or two of its names | `Hatay (Antakya)`, `Mersin(İçel)`, `Sakarya/Adapazarı` |
/// | with a word, and İstanbul with its side | `Adana ili`, `İstanbul (Anadolu)`, `İstanbul Avrupa` |
///
/// A plate of another province, or the name of one, does not match: `06 İstanbul`. A district may have
/// `ilçesi` behind it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pairs {
    provinces: Vec<Names>,
    districts: Vec<District>,
    /// The places of the pairs that a folded pair of names may mean.
    pub(super) by_forms: HashMap<String, Vec<usize>>,
}

/// One pair: the district's names and the place of its province in the list of provinces.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct District {
    pub(super) province: usize,
    pub(super) names: Names,
}

impl Pairs {
    /// Builds a list from pairs of province and district, in this order.
    pub fn new<P, D>(pairs: impl IntoIterator<Item = (P, D)>) -> Self
    where
        P: Into<String>,
        D: Into<String>,
    {
        let mut provinces: Vec<Names> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut districts = Vec::new();
        for (province, district) in pairs {
            let province = province.into();
            let index = known.get(&province).copied().unwrap_or(provinces.len());
            if index == provinces.len() {
                known.insert(province.clone(), index);
                provinces.push(Names::province(province));
            }
            if let Some(province) = provinces.get(index) {
                districts.push(District {
                    province: index,
                    names: Names::district(district.into(), province),
                });
            }
        }
        let by_forms = index(&provinces, &districts);
        Self {
            provinces,
            districts,
            by_forms,
        }
    }

    /// Returns the built-in table, in the order of [`turkey`].
    pub fn turkey() -> &'static Self {
        static TURKEY: OnceLock<Pairs> = OnceLock::new();
        TURKEY.get_or_init(|| {
            Self::new(
                turkey()
                    .iter()
                    .map(|place| (place.province, place.district)),
            )
        })
    }

    /// Returns the number of pairs.
    pub fn len(&self) -> usize {
        self.districts.len()
    }

    /// Returns whether the list has no pairs.
    pub fn is_empty(&self) -> bool {
        self.districts.is_empty()
    }

    /// All pairs in the list's order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Pair<'_>> {
        self.districts.iter().map(|district| self.pair(district))
    }

    /// All provinces in the order of their first pair.
    pub fn provinces(&self) -> impl ExactSizeIterator<Item = &str> {
        self.provinces.iter().map(|province| province.name.as_str())
    }

    pub(super) fn province_names(&self) -> &[Names] {
        &self.provinces
    }

    pub(super) fn districts(&self) -> &[District] {
        &self.districts
    }

    pub(super) fn pair<'a>(&'a self, district: &'a District) -> Pair<'a> {
        let province = self.provinces.get(district.province);
        Pair {
            province: province.map_or("", |names| names.name.as_str()),
            district: &district.names.name,
        }
    }
}

/// Every way to name each pair, folded.
fn index(provinces: &[Names], districts: &[District]) -> HashMap<String, Vec<usize>> {
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, district) in districts.iter().enumerate() {
        let province = provinces.get(district.province).map(Names::forms);
        for province in province.unwrap_or_default() {
            for form in district.names.forms() {
                let fits = index
                    .entry(format!("{province}{BETWEEN}{form}"))
                    .or_default();
                fits.push(at);
            }
        }
    }
    index
}

/// The separator of the names in a folded pair; folded names do not contain it.
pub(super) const BETWEEN: char = '/';

impl fmt::Debug for Pairs {
    /// Prints the sizes: a list is too long for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairs")
            .field("provinces", &self.provinces.len())
            .field("districts", &self.districts.len())
            .finish_non_exhaustive()
    }
}

impl<P: Into<String>, D: Into<String>> FromIterator<(P, D)> for Pairs {
    fn from_iter<I: IntoIterator<Item = (P, D)>>(pairs: I) -> Self {
        Self::new(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_sizes_only() {
        let text = format!("{:?}", Pairs::turkey());
        assert_eq!(text, "Pairs { provinces: 81, districts: 973, .. }");
    }
}
