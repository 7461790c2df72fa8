//! Lookup of a pair in a list.

use serde::Serialize;

use super::names::{Spelling, without_district_word};
use super::pairs::{BETWEEN, Pair, Pairs};
use super::province::{official_of, plate_of};
use crate::text::{fold, fold_into};

/// A pair that was found, and how it had been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Found<'a> {
    /// Name of the province in the list's own spelling.
    pub province: &'a str,
    /// Name of the district in the list's own spelling.
    pub district: &'a str,
    /// How the names looked up relate to the list's, by the worse of the two.
    pub spelling: Spelling,
    /// How the province looked up relates to the list's.
    pub province_spelling: Spelling,
    /// How the district looked up relates to the list's.
    pub district_spelling: Spelling,
}

impl<'a> Found<'a> {
    /// Returns the names without the way they were found.
    pub fn pair(&self) -> Pair<'a> {
        Pair {
            province: self.province,
            district: self.district,
        }
    }
}

impl Pairs {
    /// Finds a pair.
    ///
    /// When several pairs of the list fit, the one with the nearest [`Spelling`] is found, and of
    /// these the first.
    pub fn find(&self, province: &str, district: &str) -> Option<Found<'_>> {
        let (index, [of_province, of_district]) = self.position(province, district)?;
        let Pair { province, district } = self.pair(self.districts().get(index)?);
        Some(Found {
            province,
            district,
            spelling: of_province.max(of_district),
            province_spelling: of_province,
            district_spelling: of_district,
        })
    }

    /// Finds a province and gives the list's own spelling of it.
    ///
    /// ```
    /// use kervan_turkiye::places::Pairs;
    /// assert_eq!(Pairs::turkey().province("ICEL"), Some("Mersin"));
    /// ```
    pub fn province(&self, name: &str) -> Option<&str> {
        let folded = fold(name);
        self.province_of(name, &folded).or_else(|| {
            let official = official_of(plate_of(name)?)?;
            self.province_of(name, official)
        })
    }

    fn province_of(&self, name: &str, folded: &str) -> Option<&str> {
        let fits = self.province_names().iter().filter_map(|province| {
            let spelling = province.spelling(name, folded)?;
            Some((spelling, province.name.as_str()))
        });
        // The first of the nearest ones, as `min_by_key` keeps the first of equals.
        fits.min_by_key(|(spelling, _)| *spelling)
            .map(|(_, name)| name)
    }

    /// Returns the place of a pair in the list, and how its two names had been written.
    pub(super) fn position(
        &self,
        province: &str,
        district: &str,
    ) -> Option<(usize, [Spelling; 2])> {
        let mut folded = String::with_capacity(province.len() + district.len() + 1);
        fold_into(province, &mut folded);
        let middle = folded.len();
        folded.push(BETWEEN);
        fold_into(district, &mut folded);
        self.position_of([province, district], &folded, middle)
            .or_else(|| {
                let folded = [&folded[..middle], &folded[middle + 1..]];
                self.position_as_written([province, district], folded)
            })
    }

    /// Returns the place of a pair by what its folded names are read as.
    fn position_as_written(
        &self,
        [province, district]: [&str; 2],
        [folded_province, folded_district]: [&str; 2],
    ) -> Option<(usize, [Spelling; 2])> {
        let official = plate_of(province)
            .and_then(official_of)
            .filter(|official| *official != folded_province);
        let bare = without_district_word(district);
        let provinces = [Some(folded_province), official];
        let districts = [Some(folded_district), bare.as_deref()];
        let mut tries = districts.into_iter().flatten().flat_map(|district| {
            let provinces = provinces.into_iter().flatten();
            provinces.map(move |province| (province, district))
        });
        // The first of them was asked for already.
        tries.next();
        tries.find_map(|(read_province, read_district)| {
            let folded = format!("{read_province}{BETWEEN}{read_district}");
            let given = [province, district];
            let (index, found) = self.position_of(given, &folded, read_province.len())?;
            let [of_province, of_district] = found;
            // What was written has more in it than a name.
            let read = |is_a_name: bool, of: Spelling| {
                if is_a_name { of } else { Spelling::Informal }
            };
            let of_province = read(read_province == folded_province, of_province);
            let of_district = read(read_district == folded_district, of_district);
            Some((index, [of_province, of_district]))
        })
    }

    /// Returns the place of a folded pair of names, whose first is that long.
    fn position_of(
        &self,
        [province, district]: [&str; 2],
        folded: &str,
        middle: usize,
    ) -> Option<(usize, [Spelling; 2])> {
        let fits = self.by_forms.get(folded)?;
        let (folded_province, folded_district) = (&folded[..middle], &folded[middle + 1..]);
        let fits = fits.iter().filter_map(|&index| {
            let candidate = self.districts().get(index)?;
            let names = self.province_names().get(candidate.province)?;
            let of_province = names.spelling(province, folded_province)?;
            let of_district = candidate.names.spelling(district, folded_district)?;
            Some((index, [of_province, of_district]))
        });
        fits.min_by_key(|(_, [of_province, of_district])| *of_province.max(of_district))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::places::turkey;
    use crate::text::{to_lower, to_upper};

    fn found(list: &Pairs, province: &str, district: &str) -> Option<(String, Spelling)> {
        let found = list.find(province, district)?;
        Some((found.pair().to_string(), found.spelling))
    }

    fn fetched() -> Pairs {
        turkey()
            .iter()
            .map(|place| (to_upper(place.province), to_upper(place.district)))
            .collect()
    }

    #[test]
    fn finds_every_pair_of_the_table_in_any_case() {
        for place in turkey() {
            let (province, district) = (place.province, place.district);
            let pair = format!("{province}/{district}");
            let spelled = |province: &str, district: &str| {
                let (pair_found, spelling) = found(Pairs::turkey(), province, district).unwrap();
                assert_eq!(pair_found, pair);
                spelling
            };
            assert_eq!(spelled(province, district), Spelling::Exact);
            for case in [|text: &str| to_upper(text).into_owned(), to_lower, fold] {
                assert_eq!(spelled(&case(province), &case(district)), Spelling::Folded);
            }
            let loose = format!(" {}. ", district.to_lowercase());
            assert_eq!(spelled(province, &loose), Spelling::Folded);
        }
    }

    #[test]
    fn finds_every_pair_in_an_upper_case_list() {
        let fetched = fetched();
        assert_eq!((fetched.len(), fetched.provinces().len()), (973, 81));
        for (place, pair) in turkey().iter().zip(fetched.iter()) {
            let found = fetched.find(place.province, place.district).unwrap();
            assert_eq!(found.pair(), pair);
        }
    }

    #[test]
    fn no_form_of_a_name_fits_two_districts_of_a_province() {
        for place in turkey() {
            let folded = fold(place.district);
            let fits = Pairs::turkey().districts().iter().filter(|candidate| {
                let province = Pairs::turkey().pair(candidate).province;
                province == place.province && candidate.names.knows(&folded)
            });
            assert_eq!(fits.count(), 1, "{place:?}");
            let provinces = Pairs::turkey().province_names().iter();
            let fits = provinces.filter(|names| names.knows(&fold(place.province)));
            assert_eq!(fits.count(), 1, "{place:?}");
        }
    }

    #[test]
    fn knows_other_names_in_both_directions() {
        let alias = Some(Spelling::Alias);
        for ((province, district), (other_province, other_district)) in [
            (("SAMSUN", "19 MAYIS"), ("SAMSUN", "ONDOKUZMAYIS")),
            (("SAMSUN", "19 MAYIS"), ("SAMSUN", "ONDOKUZ MAYIS")),
            (("İSTANBUL", "EYÜPSULTAN"), ("İSTANBUL", "EYÜP")),
            (("ANKARA", "KAHRAMANKAZAN"), ("ANKARA", "KAZAN")),
            (("AĞRI", "DOĞUBAYAZIT"), ("AĞRI", "DOĞUBEYAZIT")),
            (("AFYONKARAHİSAR", "MERKEZ"), ("AFYON", "AFYONKARAHİSAR")),
            (("AFYONKARAHİSAR", "SANDIKLI"), ("AFYON", "SANDIKLI")),
            (("MERSİN", "TARSUS"), ("İÇEL", "TARSUS")),
            (("ŞANLIURFA", "SİVEREK"), ("URFA", "SİVEREK")),
            (("DÜZCE", "MERKEZ"), ("DÜZCE", "DÜZCE")),
            (("DÜZCE", "MERKEZ"), ("DÜZCE", "DÜZCE MERKEZ")),
        ] {
            let table = Pairs::turkey().find(other_province, other_district);
            let table = table.unwrap();
            assert_eq!(to_upper(table.province), province);
            assert_eq!(to_upper(table.district), district);
            assert_eq!(Some(table.spelling), alias);

            let list = Pairs::new([("X", "Y"), (other_province, other_district)]);
            let there = found(&list, province, district).unwrap();
            assert_eq!(there.0, format!("{other_province}/{other_district}"));
            assert_eq!(Some(there.1), alias);
        }
    }

    #[test]
    fn t4_finds_provinces_as_people_write_them() {
        for (given, province, district) in [
            ("Adapazarı", "Sakarya", "Sapanca"),
            ("İzmit", "Kocaeli", "Gebze"),
            ("Antakya", "Hatay", "Antakya"),
            ("Ş.Urfa", "Şanlıurfa", "Siverek"),
            ("G.Antep", "Gaziantep", "Nizip"),
            ("D.Bakır", "Diyarbakır", "Bismil"),
            ("34 İstanbul", "İstanbul", "Kadıköy"),
            ("İstanbul (Anadolu)", "İstanbul", "Kadıköy"),
            ("Mersin(İçel)", "Mersin", "Tarsus"),
            // Two more of each kind are in the tests of `province`.
            ("35-İZMİR", "İzmir", "Karşıyaka"),
            ("Bolu ili", "Bolu", "Gerede"),
        ] {
            let found = Pairs::turkey().find(given, district).unwrap();
            assert_eq!((found.province, found.district), (province, district));
            assert_eq!(found.spelling, Spelling::Informal, "{given}");
            assert_eq!(Pairs::turkey().province(given), Some(province));
            let near = Pairs::turkey().suggest(given, &district[1..], 1);
            assert_eq!(near.first().map(|pair| pair.province), Some(province));
        }
        assert_eq!(Pairs::turkey().find("06 İstanbul", "Kadıköy"), None);
        assert_eq!(Pairs::turkey().find("Ankara (Anadolu)", "Çankaya"), None);
        assert_eq!(Pairs::turkey().find("Adapazarı", "Merkez"), None);
    }

    #[test]
    fn t4_finds_a_province_in_a_list_that_writes_it_so() {
        let list = Pairs::new([
            ("İSTANBUL (AVRUPA)", "FATİH"),
            ("İSTANBUL (ANADOLU)", "KADIKÖY"),
            ("Ş.URFA", "SİVEREK"),
            ("MERSİN(İÇEL)", "TARSUS"),
            ("41-KOCAELİ", "GEBZE"),
        ]);
        for (given, district, province) in [
            ("istanbul", "Kadıköy", "İSTANBUL (ANADOLU)"),
            ("34 İstanbul", "Fatih", "İSTANBUL (AVRUPA)"),
            ("Şanlıurfa", "Siverek", "Ş.URFA"),
            ("İçel", "Tarsus", "MERSİN(İÇEL)"),
            ("İzmit", "Gebze", "41-KOCAELİ"),
        ] {
            let found = list.find(given, district).unwrap();
            assert_eq!(found.province, province, "{given}");
        }
    }

    #[test]
    fn t4_a_district_may_have_a_word_behind_it() {
        for (district, name) in [
            ("Mamak İlçesi", "Mamak"),
            ("ÇANKAYA İLÇE", "Çankaya"),
            ("kazan ilçesi", "Kahramankazan"),
        ] {
            let found = Pairs::turkey().find("Ankara ili", district).unwrap();
            assert_eq!(found.district, name);
            assert_eq!(found.district_spelling, Spelling::Informal);
        }
        assert_eq!(Pairs::turkey().find("Ankara", "ilçesi"), None);
    }

    #[test]
    fn circumflexes_fold() {
        let list = Pairs::new([("HAKKÂRİ", "YÜKSEKOVA"), ("ADIYAMAN", "KÂHTA")]);
        let folded = |province, district| found(&list, province, district).unwrap().1;
        assert_eq!(folded("Hakkari", "Yüksekova"), Spelling::Folded);
        assert_eq!(folded("Adıyaman", "Kahta"), Spelling::Folded);
    }

    #[test]
    fn matches_the_pair_and_never_the_district_alone() {
        assert_eq!(Pairs::turkey().find("Ankara", "Kadıköy"), None);
        assert_eq!(Pairs::turkey().find("", "Kadıköy"), None);
        assert_eq!(Pairs::turkey().find("Bursa", "Merkez"), None);
        assert_eq!(Pairs::turkey().find("Bursa", "Bursa"), None);
        let golbasi = |province| Pairs::turkey().find(province, "gölbaşı").unwrap().province;
        assert_eq!(
            (golbasi("ankara"), golbasi("adiyaman")),
            ("Ankara", "Adıyaman")
        );
    }

    #[test]
    fn prefers_the_nearest_spelling_whatever_the_order() {
        let list = Pairs::new([
            ("DÜZCE", "MERKEZ"),
            ("DÜZCE", "DUZCE"),
            ("DÜZCE", "DÜZCE"),
            ("Düzce", "Düzce"),
        ]);
        let pair = |province, district| found(&list, province, district).unwrap().0;
        assert_eq!(pair("DÜZCE", "MERKEZ"), "DÜZCE/MERKEZ");
        assert_eq!(pair("DÜZCE", "DÜZCE"), "DÜZCE/DÜZCE");
        assert_eq!(pair("Düzce", "Düzce"), "Düzce/Düzce");
        assert_eq!(pair("düzce", "düzce"), "DÜZCE/DUZCE");
        assert_eq!(list.province("Düzce"), Some("Düzce"));
        assert_eq!(list.province("düzce"), Some("DÜZCE"));
        assert_eq!(list.province("Bolu"), None);
    }

    #[test]
    fn blanks_find_nothing_even_in_a_list_with_blanks() {
        let list = Pairs::new([("", ""), ("ADANA", "-")]);
        assert_eq!(list.find("", ""), None);
        assert_eq!(list.find("ADANA", "-"), None);
        assert_eq!(list.province(" "), None);
        assert!(Pairs::new::<&str, &str>([]).is_empty());
    }

    #[test]
    fn takes_a_list_of_any_length_in_any_order() {
        let pairs = (0..300_000).map(|n| (format!("P{}", n % 150_000), format!("D{n}")));
        let list = Pairs::new(pairs);
        assert_eq!((list.len(), list.provinces().len()), (300_000, 150_000));
        let one = found(&list, "p149999", "d299999");
        assert_eq!(one, Some(("P149999/D299999".to_owned(), Spelling::Folded)));
    }

    proptest! {
        #[test]
        fn any_text_can_be_looked_up(province in "\\PC{0,40}", district in "\\PC{0,40}") {
            let _ = Pairs::turkey().find(&province, &district);
            let _ = Pairs::turkey().province(&province);
        }

        #[test]
        fn a_list_finds_its_own_pairs(
            pairs in prop::collection::vec(("[A-ZÇĞİÖŞÜ. ]{1,8}", "[A-ZÇĞİÖŞÜ. ]{1,8}"), 0..8),
        ) {
            let list = Pairs::new(pairs.clone());
            prop_assert_eq!(list.len(), pairs.len());
            for ((province, district), pair) in pairs.iter().zip(list.iter()) {
                prop_assert_eq!((pair.province, pair.district), (province.as_str(), district.as_str()));
                if !fold(province).is_empty() && !fold(district).is_empty() {
                    let found = list.find(province, district);
                    prop_assert_eq!(found.map(|found| found.pair()), Some(pair));
                }
            }
        }
    }
}
