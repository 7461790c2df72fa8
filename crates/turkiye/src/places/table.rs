//! The built-in table of provinces and districts.

use std::sync::OnceLock;

use serde::Serialize;

use super::Pairs;

/// Written by `cargo xtask places`; its first lines name the source.
const TABLE: &str = include_str!("turkey.tsv");

/// One district of the built-in table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// Plate number of the province, 1 to 81.
    pub plate: u8,
    /// Name of the province in title case, as `İstanbul`.
    pub province: &'static str,
    /// Official district code of the address register, 1101 to 2107. Unique in the country.
    pub district_code: u16,
    /// Name of the district in title case, as `Beşiktaş`; central districts are named `Merkez`.
    pub district: &'static str,
}

/// One province of the built-in table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Province {
    /// Plate number, 1 to 81.
    pub plate: u8,
    /// Name in title case, as `İstanbul`.
    pub name: &'static str,
}

/// All 973 districts: provinces by plate, districts within a province by the Turkish alphabet.
///
/// ```
/// let codes = kervan_turkiye::places::turkey().iter().map(|place| place.district_code);
/// assert_eq!((codes.clone().min(), codes.max()), (Some(1101), Some(2107)));
/// ```
pub fn turkey() -> &'static [Place] {
    static PLACES: OnceLock<Vec<Place>> = OnceLock::new();
    PLACES.get_or_init(|| TABLE.lines().filter_map(parse).collect())
}

/// All 81 provinces by plate.
///
/// ```
/// assert_eq!(kervan_turkiye::places::provinces()[33].name, "İstanbul");
/// ```
pub fn provinces() -> &'static [Province] {
    static PROVINCES: OnceLock<Vec<Province>> = OnceLock::new();
    PROVINCES.get_or_init(|| {
        let mut provinces: Vec<_> = turkey()
            .iter()
            .map(|place| Province {
                plate: place.plate,
                name: place.province,
            })
            .collect();
        provinces.dedup();
        provinces
    })
}

/// Finds a district of the built-in table, as tolerant as [`Pairs::find`].
///
/// ```
/// let place = kervan_turkiye::places::find("İstanbul", "Eyüp").ok_or("not found")?;
/// assert_eq!((place.district, place.district_code), ("Eyüpsultan", 1325));
/// # Ok::<(), &str>(())
/// ```
pub fn find(province: &str, district: &str) -> Option<&'static Place> {
    let (index, _) = Pairs::turkey().position(province, district)?;
    turkey().get(index)
}

/// Reads a line of the table; `None` for a comment or a line of another form.
fn parse(line: &'static str) -> Option<Place> {
    let mut columns = line.split('\t');
    Some(Place {
        plate: columns.next()?.parse().ok()?,
        province: columns.next()?,
        district_code: columns.next()?.parse().ok()?,
        district: columns.next()?,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::text;

    /// The alphabet's order, with what else occurs in names before it.
    const ALPHABET: &str = " 0123456789ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ";

    fn collation(name: &str) -> Vec<Option<usize>> {
        let upper = text::to_upper(name);
        upper.chars().map(|letter| ALPHABET.find(letter)).collect()
    }

    #[test]
    fn reads_every_line_that_is_no_comment() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(lines, turkey().len());
        assert!(TABLE.starts_with("# ") && TABLE.contains("cargo xtask places"));
    }

    #[test]
    fn has_81_provinces_973_districts_and_51_central_ones() {
        assert_eq!(turkey().len(), 973);
        let plates: Vec<_> = provinces().iter().map(|province| province.plate).collect();
        assert_eq!(plates, (1..=81).collect::<Vec<_>>());
        let names: BTreeSet<_> = provinces().iter().map(|province| province.name).collect();
        assert_eq!(names.len(), 81);
        let central = turkey().iter().filter(|place| place.district == "Merkez");
        let provinces: BTreeSet<_> = central.map(|place| place.plate).collect();
        assert_eq!(provinces.len(), 51);
    }

    #[test]
    fn has_unique_official_codes() {
        let codes: BTreeSet<_> = turkey().iter().map(|place| place.district_code).collect();
        assert_eq!(codes.len(), 973);
        assert_eq!(codes.first().zip(codes.last()), Some((&1101, &2107)));
        for (province, district, plate, code) in [
            ("Adana", "Seyhan", 1, 1104),
            ("İstanbul", "Beşiktaş", 34, 1183),
            ("Ankara", "Mamak", 6, 1746),
        ] {
            let place = find(province, district).unwrap();
            assert_eq!((place.plate, place.district_code), (plate, code));
            assert_eq!((place.province, place.district), (province, district));
        }
    }

    #[test]
    fn is_in_the_order_of_plates_and_of_the_alphabet() {
        assert!(turkey().is_sorted_by_key(|place| (place.plate, collation(place.district))));
    }

    #[test]
    fn upper_case_names_use_only_the_letters_providers_know() {
        let known = |letter| "ABCÇDEFGĞHIİKLMNOÖPRSŞTUÜVYZ 19".contains(letter);
        let longest = |name: fn(&Place) -> &str| {
            let lengths = turkey().iter().map(|place| {
                let upper = text::to_upper(name(place));
                assert!(upper.chars().all(known), "{upper}");
                upper.chars().count()
            });
            lengths.max()
        };
        assert_eq!(longest(|place| place.district), Some(16));
        assert_eq!(longest(|place| place.province), Some(14));
    }

    #[test]
    fn district_names_alone_are_ambiguous() {
        let mut provinces = BTreeMap::<_, usize>::new();
        for place in turkey() {
            *provinces.entry(place.district).or_default() += 1;
        }
        assert_eq!(provinces.remove("Merkez"), Some(51));
        assert_eq!(provinces["Yenişehir"], 3);
        assert_eq!(provinces.values().filter(|count| **count > 1).count(), 24);
    }

    #[test]
    fn skips_lines_of_another_form() {
        for line in [
            "",
            "# 1\tAdana\t1104\tSeyhan",
            "1\tAdana\t1104",
            "1\tAdana\tx\tSeyhan",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
