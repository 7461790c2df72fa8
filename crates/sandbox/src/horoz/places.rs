//! Provinces and districts, which `listCounties` serves.

use std::collections::BTreeSet;
use std::sync::LazyLock;

const TABLE: &str = include_str!("places.txt");

static PAIRS: LazyLock<BTreeSet<(&'static str, &'static str)>> = LazyLock::new(|| all().collect());

/// All pairs in the order of the Turkish alphabet.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| line.split_once('\t'));
    rows.flat_map(|(province, districts)| {
        districts
            .split(',')
            .map(move |district| (province, district))
    })
}

/// Returns whether the pair is listed, letter by letter.
pub(super) fn is_listed(province: &str, district: &str) -> bool {
    PAIRS.contains(&(province, district))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_complete() {
        assert_eq!(all().count(), 973);
        assert_eq!(PAIRS.len(), 973);
        assert_eq!(
            all().filter(|(_, district)| *district == "MERKEZ").count(),
            51
        );
        assert!(is_listed("İZMİR", "KARŞIYAKA"));
        assert!(!is_listed("IZMIR", "KARSIYAKA"));
        assert!(!is_listed("ANKARA", "KARŞIYAKA"));
    }
}
