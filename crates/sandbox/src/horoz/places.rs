//! Provinces and districts, which `listCounties` serves.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::settings::Places;

const TABLE: &str = include_str!("places.txt");

static PAIRS: LazyLock<BTreeSet<(&'static str, &'static str)>> = LazyLock::new(|| all().collect());

/// All pairs in the order of the Turkish alphabet.
fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| line.split_once('\t'));
    rows.flat_map(|(province, districts)| {
        districts
            .split(',')
            .map(move |district| (province, district))
    })
}

/// Returns the pairs of a world in their order.
pub(super) fn of(places: &Places) -> Vec<(&str, &str)> {
    match places {
        Places::All => all().collect(),
        Places::Only(pairs) => {
            let pairs = pairs.iter();
            pairs
                .map(|(province, district)| (province.as_str(), district.as_str()))
                .collect()
        }
    }
}

/// Returns whether a world lists the pair, letter by letter.
pub(super) fn has(places: &Places, province: &str, district: &str) -> bool {
    match places {
        Places::All => is_listed(province, district),
        Places::Only(pairs) => pairs
            .iter()
            .any(|pair| pair.0 == province && pair.1 == district),
    }
}

fn is_listed(province: &str, district: &str) -> bool {
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
