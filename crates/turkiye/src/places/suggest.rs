//! Suggestions for a pair that a list does not have.

use super::names::CENTRAL;
use super::pairs::{District, Pair, Pairs};
use crate::text::fold;

/// What it costs, in letters, to read a pair with its two names exchanged.
const EXCHANGED: usize = 1;
/// What it costs, in letters, to move a district to another province.
const ELSEWHERE: usize = 2;

impl Pairs {
    /// Suggests pairs for one that is not in the list, the nearest first, at most `limit`.
    ///
    /// Names are near when at most a third of their letters differ, or when three or more
    /// letters are the beginning of a name. Suggested are near districts of the province; if the province is not
    /// in the list, those of provinces with a near name; the pair whose names were exchanged; and
    /// districts of that very name in other provinces, but for central ones. Only if there is none
    /// of these, districts of a near name in other provinces are. Of equally near pairs those come
    /// first that begin with the same letter, then in the list's order: the same question always
    /// gets the same answer. A pair of the list costs nothing, so ask [`Pairs::find`] first.
    ///
    /// ```
    /// use kervan_turkiye::places::Pairs;
    ///
    /// let near = Pairs::turkey().suggest("Ankara", "Kadıkoy", 1);
    /// assert_eq!(near[0].to_string(), "İstanbul/Kadıköy");
    /// ```
    pub fn suggest(&self, province: &str, district: &str, limit: usize) -> Vec<Pair<'_>> {
        let asked = Asked::new(self, fold(province), fold(district));
        let mut ranked = asked.rank(self, Asked::cost);
        if ranked.is_empty() {
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
        let folded = fold(name);
        let mut ranked: Vec<_> = self
            .province_names()
            .iter()
            .filter_map(|province| Some((province.distance(&folded)?, province.name.as_str())))
            .collect();
        ranked.sort_by_key(|(distance, _)| *distance);
        ranked.truncate(limit);
        ranked.into_iter().map(|(_, name)| name).collect()
    }
}

/// The folded names that were asked for, and how near the list's provinces are to both.
struct Asked {
    province: String,
    district: String,
    near_province: Vec<Option<usize>>,
    near_district: Vec<Option<usize>>,
}

impl Asked {
    fn new(list: &Pairs, province: String, district: String) -> Self {
        let distances = |folded: &str| -> Vec<_> {
            let provinces = list.province_names().iter();
            provinces.map(|names| names.distance(folded)).collect()
        };
        let mut near_province = distances(&province);
        if near_province.contains(&Some(0)) {
            // The province is known, so that provinces of a similar name are not meant.
            for distance in &mut near_province {
                *distance = distance.filter(|letters| *letters == 0);
            }
        }
        let near_district = distances(&district);
        Self {
            province,
            district,
            near_province,
            near_district,
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

    /// The cost of reading the question as this pair, by the cheapest way.
    fn cost(&self, candidate: &District) -> Option<usize> {
        let sum = |distances: &[Option<usize>], district: &str, extra: usize| {
            let of_province = distances.get(candidate.province).copied().flatten()?;
            Some(of_province + candidate.names.distance(district)? + extra)
        };
        let here = sum(&self.near_province, &self.district, 0);
        let exchanged = sum(&self.near_district, &self.province, EXCHANGED);
        let elsewhere = self.is_named_alike(candidate).then_some(ELSEWHERE);
        [here, exchanged, elsewhere].into_iter().flatten().min()
    }

    /// Whether the candidate has the district's name and a name that means something by itself:
    /// `Merkez` does not, but `Düzce` does.
    fn is_named_alike(&self, candidate: &District) -> bool {
        candidate.names.knows(&self.district) && self.district != CENTRAL
    }

    /// The cost of a district of a near name in any province.
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
        assert_eq!(suggested("Bursa", "Merkez"), [""; 0]);
        for pair in Pairs::turkey().suggest("", "Merkes", 973) {
            assert_ne!(pair.district, "Merkez");
        }
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
