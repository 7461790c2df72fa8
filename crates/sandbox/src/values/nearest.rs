//! Finds the name that a mistyped one may have meant.

/// Returns the known name most like this one, without regard to letter case. `None` when no name is known.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let likeness = |candidate: &str| strsim::jaro_winkler(&wanted, &candidate.to_lowercase());
    let scored = known.into_iter().map(|known| (likeness(known), known));
    let nearest = scored.max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.cmp(x)));
    nearest.map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_beginnings_and_other_letter_cases() {
        let known = [
            "createShipping",
            "createPaysSupplierShipping",
            "listCounties",
        ];
        for (mistyped, meant) in [
            ("createShiping", "createShipping"),
            ("createPaySupplierShipping", "createPaysSupplierShipping"),
            ("LISTCOUNTIES", "listCounties"),
            ("list", "listCounties"),
        ] {
            assert_eq!(nearest(mistyped, known), Some(meant));
        }
        assert_eq!(nearest("x", []), None);
        // Of two that are equally near, the first in the order of letters.
        assert_eq!(nearest("ac", ["ab", "aa"]), Some("aa"));
    }
}
