//! An order and how its parcel moves.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::effect::Effect;
use crate::{Moment, StateName};

/// The method that an order was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Method {
    /// `createPaysSupplierShipping`.
    SupplierPays,
    /// `createShipping`.
    Plain,
}

/// How far an order is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum State {
    /// Kept with a bad place. It becomes a parcel only when the place is corrected.
    Broken,
    /// Waits for planning.
    Waiting,
    /// The goods are accepted under this number.
    Accepted {
        /// The number of the goods acceptance, 11 digits.
        atf: String,
    },
    /// Cancelled.
    Cancelled,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Order {
    /// The order's number.
    pub number: String,
    /// The method that made it.
    pub method: Method,
    /// The sender's account code; 0 for a consumer.
    pub sender_code: i64,
    /// The recipient's account code; 0 for a consumer.
    pub recipient_code: i64,
    /// The sender's name.
    pub sender: String,
    /// The recipient's name.
    pub recipient: String,
    /// The sender's telephone number.
    #[serde(default)]
    pub sender_phone: String,
    /// The recipient's telephone number.
    #[serde(default)]
    pub recipient_phone: String,
    /// The recipient's address.
    #[serde(default)]
    pub recipient_address: String,
    /// The recipient's province and district.
    pub recipient_place: (String, String),
    /// The direction and contract, as sent.
    pub shipping_type: String,
    /// All pieces.
    pub pieces: u64,
    /// The total volumetric weight.
    pub desi: Decimal,
    /// The lines.
    pub lines: Vec<Line>,
    /// How far it is.
    pub state: State,
    /// Whether `createBarcode` was called for an order of the supplier's account.
    #[serde(default)]
    pub has_supplier_label: bool,
    /// Whether the label has been scanned in operations.
    pub is_label_read: bool,
    /// The movements of the parcel, oldest first.
    pub movements: Vec<Movement>,
    /// How often tracking was asked, refused queries included.
    pub queries: u32,
    /// When tracking last answered.
    pub answered_at: Option<Moment>,
    /// When the order was made or corrected.
    pub created_at: Moment,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Line {
    /// The product's code.
    pub product: String,
    /// The product's name.
    pub name: String,
    /// The pieces of the line.
    pub quantity: Decimal,
    /// The weight of the whole line in kilograms.
    pub weight: Decimal,
    /// The volumetric weight of the whole line.
    pub desi: Decimal,
}

/// A movement of a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Movement {
    /// When.
    pub at: Moment,
    /// The new state.
    pub kind: MovementKind,
}

/// A state of a movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MovementKind {
    /// The label is made. Wire: `BEKLİYOR`.
    Waiting,
    /// Entered a transfer centre. Wire: `GİRİŞ`.
    Entered,
    /// Left a transfer centre. Wire: `ÇIKIŞ`.
    Left,
    /// Delivery failed, with the reason. Wire: `TESLİM SORUN`.
    Problem(String),
    /// Delivered. Wire: `TESLİM`.
    Delivered,
}

impl MovementKind {
    /// Returns the word on the wire.
    pub fn wire(&self) -> &'static str {
        match self {
            MovementKind::Waiting => "BEKLİYOR",
            MovementKind::Entered => "GİRİŞ",
            MovementKind::Left => "ÇIKIŞ",
            MovementKind::Problem(_) => "TESLİM SORUN",
            MovementKind::Delivered => "TESLİM",
        }
    }

    /// Returns the next state, which follows by itself.
    fn next(&self) -> Option<Self> {
        match self {
            MovementKind::Waiting => Some(MovementKind::Entered),
            MovementKind::Entered => Some(MovementKind::Left),
            MovementKind::Left | MovementKind::Problem(_) => Some(MovementKind::Delivered),
            MovementKind::Delivered => None,
        }
    }
}

impl Order {
    /// Returns whether a parcel is or will be on its way.
    pub fn is_active(&self) -> bool {
        matches!(self.state, State::Waiting | State::Accepted { .. })
    }

    /// Returns the state as one word, for people and tests that wait for one.
    pub fn word(&self) -> StateName {
        match &self.state {
            State::Broken => StateName::Broken,
            State::Waiting => StateName::Waiting,
            State::Cancelled => StateName::Cancelled,
            State::Accepted { .. } => match self.movements.last().map(|last| &last.kind) {
                None | Some(MovementKind::Waiting) => StateName::Accepted,
                Some(MovementKind::Entered) => StateName::Entered,
                Some(MovementKind::Left) => StateName::Left,
                Some(MovementKind::Problem(_)) => StateName::Problem,
                Some(MovementKind::Delivered) => StateName::Delivered,
            },
        }
    }

    /// Returns the number of the goods acceptance.
    pub fn atf(&self) -> Option<&str> {
        match &self.state {
            State::Accepted { atf } => Some(atf),
            _ => None,
        }
    }

    /// Returns the barcodes: the number of the goods acceptance and three digits for the piece. Empty
    /// without a label.
    pub fn barcodes(&self) -> Vec<String> {
        let pieces = 1..=self.pieces.min(999);
        let has_label = self.method == Method::Plain || self.has_supplier_label;
        let atf = self.atf().filter(|_| has_label);
        let of = |atf: &str| pieces.map(|piece| format!("{atf}{piece:03}")).collect();
        atf.map(of).unwrap_or_default()
    }

    /// Makes the goods acceptance and the first movement.
    pub(super) fn accept(&mut self, atf: String, now: Moment) {
        self.state = State::Accepted { atf };
        self.is_label_read = false;
        self.movements = vec![Movement {
            at: now,
            kind: MovementKind::Waiting,
        }];
    }

    /// Adds a movement to an accepted order.
    pub(super) fn move_to(&mut self, kind: MovementKind, now: Moment) -> Option<Effect> {
        self.atf()?;
        self.is_label_read |= kind != MovementKind::Waiting;
        self.movements.push(Movement {
            at: now,
            kind: kind.clone(),
        });
        Some(Effect::Moved {
            number: self.number.clone(),
            to: kind,
        })
    }

    /// Returns the movement that follows by itself.
    pub(super) fn next_movement(&self) -> Option<MovementKind> {
        self.atf()?;
        self.movements.last()?.kind.next()
    }

    /// When something last happened to the parcel.
    pub(super) fn changed_at(&self) -> Moment {
        let last = self.movements.last();
        last.map_or(self.created_at, |movement| movement.at)
    }
}
