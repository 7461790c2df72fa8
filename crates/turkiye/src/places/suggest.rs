//! Suggestions for a pair that a list does not have.

use super::centres;
use super::names::{CENTRAL, Names, without_district_word};
use super::pairs::{District, Pair, Pairs};
use super::province::plate_of;
use crate::text::fold;

/// The cost, in letters, of reading a pair with its two names exchanged.
const EXCHANGED: usize = 1;
/// The cost, in letters, of moving a district to another province.
const ELSEWHERE: usize = 2;

impl Pairs {
    /// Suggests pairs for one that is not in the list, the nearest first, at most `limit`.
    ///
    /// Names are near when at most a third of their letters differ, or when three or more letters are the
    /// beginning of a name. A half that is right is kept:
    ///
    /// - For a province of the list, districts of this province: near ones, and for a `Merkez` that was
    ///   abolished, those that the centre has become.
    /// - For a district of the list, its pairs in any province, but for central ones.
    /// - For a pair of which neither half is right, near districts of provinces with a near name; only without
    ///   these, districts of a near name in any province.
    ///
    /// Pairs whose names were exchanged are suggested too, unless the province is right. Of equally near
    /// pairs those come first that begin with the same letter, then in the list's order: the same question
    /// always gets the same answer. A pair of the list costs nothing, so ask [`Pairs::find`] first.
    ///
    /// ```
    /// use kervan_turkiye::places::Pairs;
    ///
    /// let near = Pairs::turkey().suggest("Ankara", "Kadıkoy", 1);
    /// assert_eq!(near[0].to_string(), "İstanbul/Kadıköy");
    /// let centre = Pairs::turkey().suggest("Hatay", "Merkez", 5);
    /// assert_eq!(centre.iter().map(|pair| pair.district).collect::<Vec<_>>(), ["Antakya", "Defne"]);
    /// ```
    pub fn suggest(&self, province: &str, district: &str, limit: usize) -> Vec<Pair<'_>> {
        let asked = Asked::new(self, province, district);
        let mut ranked = asked.rank(self, Asked::cost);
        if ranked.is_empty() && !asked.is_province_right {
            ranked = asked.rank(self, Asked::cost_anywhere);
        }
        ranked.truncate(limit);
        ranked
            .into_iter()
            .map(|(_, candidate)| self.pair(candidate))
            .collect()
    }

    /// Suggests provinces for a name that is not in the list, the nearest first, at most `limit`.
    ///
    /// ```
    /// use kervan_turkiye::places::Pairs;
    /// assert_eq!(Pairs::turkey().suggest_province("Eskişeir", 3), ["Eskişehir"]);
    /// ```
    pub fn suggest_province(&self, name: &str, limit: usize) -> Vec<&str> {
        let distances = distances(self, name, &fold(name));
        let names = self.province_names().iter().zip(distances);
        let mut ranked: Vec<_> = names
            .filter_map(|(province, distance)| Some((distance?, province.name.as_str())))
            .collect();
        ranked.sort_by_key(|(distance, _)| *distance);
        ranked.truncate(limit);
        ranked.into_iter().map(|(_, name)| name).collect()
    }
}

/// Returns the number of letters between a text and each province of a list, where it is near.
fn distances(list: &Pairs, text: &str, folded: &str) -> Vec<Option<usize>> {
    let plate = plate_of(text);
    let provinces = list.province_names().iter();
    provinces
        .map(|names| {
            let is_meant = plate.is_some() && names.plate() == plate;
            is_meant.then_some(0).or_else(|| names.distance(folded))
        })
        .collect()
}

/// A central district that was asked for.
#[derive(Clone, Copy)]
enum Centre {
    /// `Merkez`, of the province beside it.
    Merkez,
    /// `Adana` or `Adana Merkez`, by the plate.
    Of(u8),
}

impl Centre {
    fn of(text: &str, folded: &str) -> Option<Self> {
        if folded == CENTRAL {
            return Some(Self::Merkez);
        }
        let city = folded.strip_suffix(CENTRAL);
        city.map_or_else(|| plate_of(text), plate_of).map(Self::Of)
    }
}

/// The folded names that were asked for, and how near the list's provinces are to both.
struct Asked {
    province: String,
    district: String,
    centre: Option<Centre>,
    near_province: Vec<Option<usize>>,
    near_district: Vec<Option<usize>>,
    /// The plates of the list's provinces.
    plates: Vec<Option<u8>>,
    is_province_right: bool,
    is_district_right: bool,
}

impl Asked {
    fn new(list: &Pairs, province_text: &str, district_text: &str) -> Self {
        let province = fold(province_text);
        let district = without_district_word(district_text).unwrap_or_else(|| fold(district_text));
        let mut near_province = distances(list, province_text, &province);
        let is_province_right = near_province.contains(&Some(0));
        if is_province_right {
            // Provinces of a similar name are not meant.
            for distance in &mut near_province {
                *distance = distance.filter(|letters| *letters == 0);
            }
        }
        let mut districts = list.districts().iter();
        Self {
            centre: Centre::of(district_text, &district),
            near_district: distances(list, district_text, &district),
            plates: list.province_names().iter().map(Names::plate).collect(),
            is_district_right: district != CENTRAL
                && districts.any(|candidate| candidate.names.knows(&district)),
            is_province_right,
            near_province,
            province,
            district,
        }
    }

    /// All pairs that cost something, the cheapest first, then those that begin like the district:
    /// of the two that are as near to `K.Çekmece`, it is `Küçükçekmece`. The sort is stable.
    fn rank<'a>(
        &self,
        list: &'a Pairs,
        cost: impl Fn(&Self, &District) -> Option<usize>,
    ) -> Vec<(usize, &'a District)> {
        let mut ranked: Vec<_> = list
            .districts()
            .iter()
            .filter_map(|candidate| Some((cost(self, candidate)?, candidate)))
            .collect();
        ranked
            .sort_by_key(|(cost, candidate)| (*cost, !candidate.names.begins_like(&self.district)));
        ranked
    }

    /// Returns the cost of reading the question as this pair, by the cheapest way.
    fn cost(&self, candidate: &District) -> Option<usize> {
        let sum = |distances: &[Option<usize>], district: &str, extra: usize| {
            let of_province = distances.get(candidate.province).copied().flatten()?;
            Some(of_province + candidate.names.distance(district)? + extra)
        };
        let is_named_alike = self.is_named_alike(candidate);
        // Where one half is right, the other one may not be changed together with it.
        let here = (self.is_province_right || !self.is_district_right || is_named_alike)
            .then(|| sum(&self.near_province, &self.district, 0));
        let exchanged =
            (!self.is_province_right).then(|| sum(&self.near_district, &self.province, EXCHANGED));
        let elsewhere = is_named_alike.then_some(ELSEWHERE);
        let ways = [
            here.flatten(),
            exchanged.flatten(),
            elsewhere,
            self.cost_of_centre(candidate),
        ];
        ways.into_iter().flatten().min()
    }

    /// Returns the cost of a district that the centre which was asked for has become.
    fn cost_of_centre(&self, candidate: &District) -> Option<usize> {
        let plate = self.plates.get(candidate.province).copied().flatten()?;
        let near = self.near_province.get(candidate.province).copied();
        let of_province = match self.centre? {
            Centre::Of(other) if other != plate => return None,
            Centre::Of(_) => near.flatten().unwrap_or(ELSEWHERE),
            Centre::Merkez => near.flatten()?,
        };
        let own = candidate.names.forms().first()?;
        Some(of_province + centres::rank(plate, own)?)
    }

    /// Returns whether the candidate has the district's name and a name that means something by itself:
    /// `Merkez` does not, but `Düzce` does.
    fn is_named_alike(&self, candidate: &District) -> bool {
        candidate.names.knows(&self.district) && self.district != CENTRAL
    }

    /// Returns the cost of a district of a near name in any province.
    fn cost_anywhere(&self, candidate: &District) -> Option<usize> {
        if self.district == CENTRAL || candidate.names.is_central() {
            return None;
        }
        candidate.names.distance(&self.district)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn suggested(province: &str, district: &str) -> Vec<String> {
        let near = Pairs::turkey().suggest(province, district, 3);
        near.iter().map(Pair::to_string).collect()
    }

    #[test]
    fn suggests_near_districts_of_the_province() {
        assert_eq!(suggested("İSTANBUL", "BEŞİKTŞ"), ["İstanbul/Beşiktaş"]);
        assert_eq!(
            suggested("Istanbul", "K.Çekmece")[0],
            "İstanbul/Küçükçekmece"
        );
        assert_eq!(suggested("Istanbul", "Eyub")[0], "İstanbul/Eyüpsultan");
        assert_eq!(suggested("Düzce", "Merkes")[0], "Düzce/Merkez");
        assert_eq!(
            suggested("Adana", "Seyham")[..2],
            ["Adana/Seyhan", "Adana/Ceyhan"]
        );
    }

    #[test]
    fn completes_the_beginning_of_a_name() {
        assert_eq!(suggested("İstanbul", "Beylik")[0], "İstanbul/Beylikdüzü");
    }

    #[test]
    fn suggests_for_a_misspelled_province() {
        assert_eq!(suggested("İSTAMBUL", "KADIKÖY")[0], "İstanbul/Kadıköy");
        assert_eq!(suggested("Eskşehir", "Odunpzarı"), ["Eskişehir/Odunpazarı"]);
        assert_eq!(suggested("Maraş", "Elbistan")[0], "Kahramanmaraş/Elbistan");
    }

    #[test]
    fn suggests_the_district_in_other_provinces() {
        assert_eq!(suggested("Bursa", "Kadıköy"), ["İstanbul/Kadıköy"]);
        assert_eq!(
            suggested("Bursa", "Gölbaşı"),
            ["Adıyaman/Gölbaşı", "Ankara/Gölbaşı"]
        );
        assert_eq!(suggested("", "Kadıköyy"), ["İstanbul/Kadıköy"]);
        assert_eq!(suggested("Bolu", "Düzce"), ["Düzce/Merkez"]);
    }

    #[test]
    fn suggests_exchanged_names() {
        assert_eq!(suggested("Kadıköy", "İstanbul")[0], "İstanbul/Kadıköy");
        assert_eq!(suggested("Kadikoy", "İstambul")[0], "İstanbul/Kadıköy");
    }

    #[test]
    fn suggests_no_central_district_of_other_provinces() {
        assert_eq!(suggested("Nowhere", "Merkez"), [""; 0]);
        for pair in Pairs::turkey().suggest("", "Merkes", 973) {
            assert_ne!(pair.district, "Merkez");
        }
    }

    #[test]
    fn t5_suggests_what_the_centre_has_become() {
        let all = |province: &str, district: &str| {
            let near = Pairs::turkey().suggest(province, district, 5);
            let of_one = |pair: &Pair<'_>| pair.province == near[0].province;
            assert!(near.iter().all(of_one), "{near:?}");
            near.iter().map(|pair| pair.district).collect::<Vec<_>>()
        };
        for (province, districts) in [
            (
                "Adana",
                ["Seyhan", "Yüreğir", "Çukurova", "Sarıçam"].as_slice(),
            ),
            ("Hatay", &["Antakya", "Defne"]),
            ("Şanlıurfa", &["Eyyübiye", "Haliliye", "Karaköprü"]),
            ("ORDU", &["Altınordu"]),
            ("Denizli", &["Merkezefendi", "Pamukkale"]),
            // Two more, by other names of the province.
            (
                "Adapazarı",
                &["Adapazarı", "Serdivan", "Erenler", "Arifiye"],
            ),
            ("46 K.Maraş", &["Onikişubat", "Dulkadiroğlu"]),
            // A letter too few.
            ("Trabzn", &["Ortahisar"]),
        ] {
            assert_eq!(Pairs::turkey().find(province, "Merkez"), None);
            assert_eq!(all(province, "Merkez"), districts, "{province}");
            assert_eq!(all(province, "merkez ilçesi"), districts, "{province}");
        }
        for (province, district, found) in [
            ("Adana", "Adana", "Seyhan"),
            ("Bursa", "Bursa Merkez", "Osmangazi"),
            ("Gaziantep", "Antep", "Şahinbey"),
            ("Bolu", "Samsun Merkez", "İlkadım"),
        ] {
            assert_eq!(all(province, district)[0], found, "{district}");
        }
        // A list that still has the district answers with it, and one without its successors with nothing.
        let old = Pairs::new([("ORDU", "MERKEZ"), ("MUĞLA", "FETHİYE")]);
        assert_eq!(old.find("Ordu", "Ordu").unwrap().district, "MERKEZ");
        assert_eq!(old.suggest("Muğla", "Merkez", 5), []);
    }

    #[test]
    fn t5_keeps_the_half_that_is_right() {
        for province in ["İstanbul", "Ordu", "Muğla", "34 istanbul", "İçel"] {
            let name = Pairs::turkey().province(province).unwrap();
            for district in ["Beşiktş", "Merkezz", "Kadıkoyy", "Fetiye", "Ünyee", "Gülnr"] {
                for pair in Pairs::turkey().suggest(province, district, 9) {
                    assert_eq!(pair.province, name, "{district}");
                }
            }
        }
        for (district, provinces) in [
            ("Yenişehir", ["Bursa", "Diyarbakır", "Mersin"].as_slice()),
            ("gölbaşı", &["Adıyaman", "Ankara"]),
            ("Edremit", &["Balıkesir", "Van"]),
        ] {
            for province in ["Qqqq", "", "Sinop"] {
                let near = Pairs::turkey().suggest(province, district, 9);
                let found: Vec<_> = near.iter().map(|pair| pair.province).collect();
                assert_eq!(found, provinces, "{province}");
                assert!(
                    near.iter()
                        .all(|pair| fold(pair.district) == fold(district))
                );
            }
        }
        assert_eq!(suggested("Adama", "Seyhan"), ["Adana/Seyhan"]);
        assert_eq!(suggested("Akçakoca", "Düzce")[0], "Düzce/Akçakoca");
    }

    #[test]
    fn suggests_nothing_for_nothing_or_noise() {
        assert!(suggested("", "").is_empty());
        assert!(suggested("Ankara", "Qqqqqqqq").is_empty());
        assert!(Pairs::turkey().suggest("Ankara", "Mamk", 0).is_empty());
        assert!(Pairs::turkey().suggest_province("Qqqqq", 3).is_empty());
        let long = "İSTANBUL".repeat(10_000);
        assert!(suggested(&long, &long).is_empty());
    }

    #[test]
    fn a_pair_of_the_list_is_its_own_first_suggestion() {
        for pair in Pairs::turkey().iter() {
            let first = Pairs::turkey().suggest(pair.province, pair.district, 1);
            assert_eq!(first, [pair]);
        }
    }

    #[test]
    fn one_missing_letter_keeps_the_pair_among_three() {
        for pair in Pairs::turkey().iter() {
            let shorter: String = pair.district.chars().skip(1).collect();
            let near = Pairs::turkey().suggest(pair.province, &shorter, 3);
            assert!(near.contains(&pair), "{pair}: {near:?}");
        }
    }

    #[test]
    fn answers_in_the_spelling_of_the_list() {
        let list = Pairs::new([
            ("ADANA", "ALADAĞ"),
            ("ADANA", "CEYHAN"),
            ("DÜZCE", "MERKEZ"),
        ]);
        let near = list.suggest("Adana", "Aladg", 3);
        assert_eq!(
            near.iter().map(Pair::to_string).collect::<Vec<_>>(),
            ["ADANA/ALADAĞ"]
        );
        assert_eq!(list.suggest_province("duzc", 3), ["DÜZCE"]);
    }

    proptest! {
        #[test]
        fn any_text_gets_at_most_so_many(
            province in "\\PC{0,20}",
            district in "\\PC{0,20}",
            limit in 0_usize..5,
        ) {
            let near = Pairs::turkey().suggest(&province, &district, limit);
            prop_assert!(near.len() <= limit);
            prop_assert_eq!(&near, &Pairs::turkey().suggest(&province, &district, limit));
        }
    }
}
