//! The pieces of a parcel.

use kervan_core::Personal;
use serde::{Deserialize, Serialize};

use super::measure::Measure;

/// One piece of a parcel. Its label has to show the barcode exactly as it is here.
///
/// Wire: `PieceDetail`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Piece {
    /// The text that the branch scans, at most 64 characters, never used before. Digits alone are the safest:
    /// some branches' scanners read no letters. Wire: `BarcodeNumber`.
    pub barcode: String,
    /// Desi, above zero. Wire: `VolumetricWeight`.
    #[serde(default)]
    pub desi: Measure,
    /// Kilograms, above zero. Wire: `Weight`.
    #[serde(default)]
    pub weight_kg: Measure,
    /// The shipper's code of the product, at most 32 characters. Wire: `ProductNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Personal>,
    /// At most 64 characters. Wire: `Description`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Personal>,
}

impl Piece {
    /// Creates a piece by its barcode. Desi and weight are set one by one, and the check reports missing ones.
    pub fn new(barcode: impl Into<String>) -> Self {
        Self {
            barcode: barcode.into(),
            desi: Measure::default(),
            weight_kg: Measure::default(),
            product: None,
            description: None,
        }
    }
}

kervan_core::setters! { Piece {
    /// Sets the desi.
    desi: into Measure,
    /// Sets the kilograms.
    weight_kg: into Measure,
    /// Sets the shipper's code of the product.
    product: into Option<Personal>,
    /// Sets the description.
    description: into Option<Personal>,
}}

/// The pieces of a parcel, one at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Piece>", into = "Vec<Piece>")]
pub struct Pieces {
    first: Piece,
    others: Vec<Piece>,
}

/// A list of pieces is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a parcel has one piece at least")]
#[non_exhaustive]
pub struct NoPieces;

impl Pieces {
    /// Starts with one piece.
    pub fn one(piece: Piece) -> Self {
        Self {
            first: piece,
            others: Vec::new(),
        }
    }

    /// Adds a piece.
    #[must_use]
    pub fn and(mut self, piece: Piece) -> Self {
        self.others.push(piece);
        self
    }

    /// Returns the pieces in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Piece> + Clone {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// Returns how many pieces there are. Wire: `PieceCount`.
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }
}

impl From<Piece> for Pieces {
    fn from(piece: Piece) -> Self {
        Self::one(piece)
    }
}

impl TryFrom<Vec<Piece>> for Pieces {
    type Error = NoPieces;

    fn try_from(pieces: Vec<Piece>) -> Result<Self, NoPieces> {
        let mut pieces = pieces.into_iter();
        let first = pieces.next().ok_or(NoPieces)?;
        let others = pieces.collect();
        Ok(Self { first, others })
    }
}

impl From<Pieces> for Vec<Piece> {
    fn from(pieces: Pieces) -> Self {
        let mut all = vec![pieces.first];
        all.extend(pieces.others);
        all
    }
}
