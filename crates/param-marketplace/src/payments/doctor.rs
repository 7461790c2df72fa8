//! Explains a refused hash: the field, order, letter case or encoding that makes the difference.
//!
//! It computes the right hash of the same values, then makes every known mistake and every pair of mistakes
//! on purpose until one gives the refused hash. An explanation names fields and never shows values.

mod digests;
mod mistake;
mod mistakes;
mod signed;

use std::collections::HashSet;

use self::digests::{DIGESTS, Digest};
pub use self::mistake::Mistake;
use self::mistakes::Made;
pub use self::signed::{Signed, SignedError};

/// The explanation of a refused hash.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Explanation {
    /// The hash is right for these values. The request differed from them: another value, another encoding
    /// of the body, or another account.
    Right,
    /// The smallest sets of mistakes that give the refused hash. Several lists of the same length are
    /// alternatives.
    Mistakes(Vec<Vec<Mistake>>),
    /// No known mistake and no pair of them gives the refused hash. A value differs from the hashed one,
    /// for example the key of another account.
    Unexplained,
}

/// Explains a hash that was refused for these values.
///
/// ```
/// use param_marketplace::payments::doctor::{Explanation, Signed, explain};
/// let values = Signed::pos_payment([
///     ("CLIENT_CODE", "10738"),
///     ("GUID", "0c13d406-873b-403b-9c09-a5766840d98c"),
///     ("Taksit", "1"),
///     ("Islem_Tutar", "1000,25"),
///     ("Toplam_Tutar", "1000,25"),
///     ("Siparis_ID", "order222"),
///     ("Hata_URL", "https://domain.com/fail"),
///     ("Basarili_URL", "https://domain.com/success"),
/// ])?;
/// // The hash of the same values without the installment.
/// let Explanation::Mistakes(found) = explain(&values, "LFZ+Sl0mW+ybGvLr1u0ehZoxhxM=") else {
///     panic!("it is a known mistake");
/// };
/// assert_eq!((found[0][0].code, found[0][0].field.as_deref()), ("field_missing", Some("Taksit")));
/// # Ok::<(), param_marketplace::payments::doctor::SignedError>(())
/// ```
pub fn explain(values: &Signed, refused: &str) -> Explanation {
    let right = Made::right(values);
    let matches = |made: &Made, digest: &Digest| digest.gives(&made.text(), refused);
    if matches(&right, &DIGESTS[0]) {
        return Explanation::Right;
    }
    let singles = mistakes::all(&right);
    let with_digest = |made: &Made| {
        let digests = DIGESTS.iter().filter(|digest| matches(made, digest));
        let lists = digests.map(|digest| {
            let mut list = made.mistakes.clone();
            list.extend(digest.mistake.clone());
            list
        });
        lists.collect::<Vec<_>>()
    };
    let mut found = with_digest(&right);
    found.extend(singles.iter().flat_map(with_digest));
    if found.is_empty() {
        // Pairs of mistakes in the values.
        let pairs = singles.iter().flat_map(mistakes::all);
        let pairs = pairs.filter(|made| matches(made, &DIGESTS[0]));
        found.extend(pairs.map(|made| made.mistakes));
    }
    match found.iter().map(Vec::len).min() {
        None => Explanation::Unexplained,
        Some(fewest) => {
            found.retain(|list| list.len() == fewest);
            let mut seen = HashSet::new();
            found.retain(|list| seen.insert(format!("{:?}", sorted(list))));
            Explanation::Mistakes(found)
        }
    }
}

/// Sorts mistakes, because two mistakes in the other order are the same.
fn sorted(list: &[Mistake]) -> Vec<(&'static str, Option<&str>)> {
    let mut names: Vec<_> = list
        .iter()
        .map(|mistake| (mistake.code, mistake.field.as_deref()))
        .collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests;
