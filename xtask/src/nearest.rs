//! Finds the names that a mistyped one may have meant.

/// The most names that are suggested.
const MOST: usize = 3;
/// The least similarity of a suggestion, from 0 to 1.
const LEAST: f64 = 0.8;

/// Ends a message about an unknown name: the nearest known names, or nothing.
///
/// ```
/// let hint = xtask::nearest::hint("lits", ["lint", "list", "tidy"]);
/// assert_eq!(hint, "; nearest: `list`, `lint`");
/// ```
pub fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let names = nearest(name, known);
    if names.is_empty() {
        return String::new();
    }
    format!("; nearest: `{}`", names.join("`, `"))
}

/// Returns the known names most like this one, the nearest first.
fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name.to_lowercase();
    let mut scored: Vec<_> = known
        .into_iter()
        .map(|candidate| (similarity(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(score, _)| *score >= LEAST)
        .collect();
    scored.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.cmp(y)));
    scored.dedup();
    scored
        .into_iter()
        .map(|(_, candidate)| candidate)
        .take(MOST)
        .collect()
}

/// The beginning of a name is as good as a slip in it.
fn similarity(wanted: &str, candidate: &str) -> f64 {
    let score = strsim::jaro_winkler(wanted, candidate);
    let slips = strsim::osa_distance(wanted, candidate);
    if slips == 1 { score.max(0.95) } else { score }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_was_meant_first() {
        let known = ["horoz-shipping", "param-marketplace", "aras-tracking"];
        assert_eq!(nearest("horoz-shiping", known), ["horoz-shipping"]);
        assert_eq!(nearest("HOROZ", known), ["horoz-shipping"]);
        assert_eq!(nearest("yurtici", known), Vec::<&str>::new());
        assert_eq!(hint("yurtici", known), "");
        let known = ["listCounties", "createLabel"];
        assert_eq!(hint("listCountys", known), "; nearest: `listCounties`");
    }
}
