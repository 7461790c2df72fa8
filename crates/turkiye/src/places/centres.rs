//! The districts that the centres of the metropolitan provinces have become.

use std::sync::OnceLock;

use crate::text::fold;

/// Its first lines name the sources.
const TABLE: &str = include_str!("centres.tsv");

/// A province without a central district, and the districts that its centre has become.
pub(super) struct Centre {
    plate: u8,
    /// Folded names, the one with most of the former centre first.
    districts: Vec<String>,
}

/// Returns the place of a district among those that a province's centre has become.
pub(super) fn rank(plate: u8, folded_district: &str) -> Option<usize> {
    let centre = centres().iter().find(|centre| centre.plate == plate)?;
    let mut districts = centre.districts.iter();
    districts.position(|district| district == folded_district)
}

fn centres() -> &'static [Centre] {
    static CENTRES: OnceLock<Vec<Centre>> = OnceLock::new();
    CENTRES.get_or_init(|| TABLE.lines().filter_map(parse).collect())
}

/// Reads a line of the table. Comments are skipped.
fn parse(line: &'static str) -> Option<Centre> {
    let mut columns = line.split('\t');
    Some(Centre {
        plate: columns.next()?.parse().ok()?,
        districts: columns.nth(2)?.split(',').map(fold).collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::places::{find, provinces, turkey};

    #[test]
    fn t5_every_district_of_the_table_exists_in_its_province() {
        let mut plates = BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<_> = line.split('\t').collect();
            let [plate, province, law, districts] = columns.as_slice() else {
                panic!("{line}")
            };
            assert!(
                ["6360", "5747", "older", "older, 5747"].contains(law),
                "{line}"
            );
            let mut seen = BTreeSet::new();
            for district in districts.split(',') {
                let found = find(province, district).unwrap();
                assert_eq!((found.province, found.district), (*province, district));
                assert_eq!(found.plate.to_string(), *plate);
                assert!(seen.insert(district), "{line}");
            }
            assert!(plates.insert(plate.parse::<u8>().unwrap()), "{line}");
        }
        assert_eq!(plates.len(), centres().len());
    }

    #[test]
    fn t5_every_province_has_a_central_district_or_what_it_became() {
        for province in provinces() {
            let mut districts = turkey()
                .iter()
                .filter(|place| place.plate == province.plate);
            let has_centre = districts.any(|place| place.district == "Merkez");
            let has_entry = centres()
                .iter()
                .any(|centre| centre.plate == province.plate);
            assert_ne!(has_centre, has_entry, "{province:?}");
        }
    }
}
