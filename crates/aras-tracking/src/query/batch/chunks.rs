//! References in portions of one call each.

use crate::ids::CustomerReference;

/// The references of one call.
#[derive(Debug, PartialEq)]
pub(super) enum Chunk {
    One(CustomerReference),
    /// Several by one call. One may be there more than once.
    List(Vec<CustomerReference>),
    /// One that a list gave no answer for, and how often it was in the list.
    Again(CustomerReference, usize),
}

impl Chunk {
    pub(super) fn into_references(self) -> Vec<CustomerReference> {
        match self {
            Self::One(reference) => vec![reference],
            Self::List(references) => references,
            Self::Again(reference, copies) => vec![reference; copies],
        }
    }
}

/// Takes references from their source, as many as one call asks for. One with a comma, which would
/// become two in a list, goes alone.
pub(super) struct Chunks<I> {
    references: std::iter::Fuse<I>,
    listed: usize,
    alone: Option<CustomerReference>,
}

impl<I: Iterator<Item = CustomerReference>> Chunks<I> {
    pub(super) fn new(references: I, listed: usize) -> Self {
        Self {
            references: references.fuse(),
            listed,
            alone: None,
        }
    }

    pub(super) fn next(&mut self) -> Option<Chunk> {
        if let Some(reference) = self.alone.take() {
            return Some(Chunk::One(reference));
        }
        if self.listed == 1 {
            return self.references.next().map(Chunk::One);
        }
        let mut list = Vec::new();
        while list.len() < self.listed && self.alone.is_none() {
            let Some(reference) = self.references.next() else {
                break;
            };
            if reference.as_str().contains(',') {
                self.alone = Some(reference);
            } else {
                list.push(reference);
            }
        }
        if list.is_empty() {
            return self.alone.take().map(Chunk::One);
        }
        Some(Chunk::List(list))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(texts: &[&str], listed: usize) -> Vec<Vec<String>> {
        let references = texts
            .iter()
            .map(|text| CustomerReference::new(text).unwrap());
        let mut chunks = Chunks::new(references, listed);
        let next = || chunks.next().map(Chunk::into_references);
        std::iter::from_fn(next)
            .map(|chunk| chunk.iter().map(ToString::to_string).collect())
            .collect()
    }

    #[test]
    fn a_reference_with_a_comma_goes_alone() {
        assert_eq!(
            chunks(&["1", "2", "3,4", "5", "6", "7"], 2),
            [vec!["1", "2"], vec!["3,4"], vec!["5", "6"], vec!["7"]]
        );
        assert_eq!(chunks(&["1,2", "3"], 5), [["1,2"], ["3"]]);
        assert_eq!(chunks(&["1", "2,3"], 1), [["1"], ["2,3"]]);
        assert!(chunks(&[], 5).is_empty());
    }
}
