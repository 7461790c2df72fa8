//! Compares an order with the one that is registered under its reference.

use kervan_settling::Baseline;
use kervan_turkiye::line::sent;
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::text::fold_letters;

use super::members::{Kind, Member};
use super::{NewOrder, Piece};
use crate::query::Number;
use crate::query::asked::is_same;
use crate::shipments::order::{Order, RegisteredPiece};

/// The members in which a registered order differs from one that was sent, and what tells its state from another.
///
/// Values are compared as the carrier may write them: without regard to letter case, Turkish letters and blanks,
/// numbers by their value, telephone numbers by their ten digits. A member that was sent and is not shown differs.
pub(in crate::shipments) struct Comparison {
    differing: Vec<Differing>,
    /// The registered values that may be kept, and the names of the personal members that differ.
    facts: Vec<String>,
}

struct Differing {
    path: String,
    decides: bool,
}

impl Comparison {
    pub(in crate::shipments) fn of(order: &NewOrder, registered: &Order) -> Self {
        let mut comparison = Self {
            differing: Vec::new(),
            facts: Vec::new(),
        };
        for member in NewOrder::members() {
            if let Some(wanted) = member.sent(order) {
                comparison.member(member, &wanted, registered.member(member.wire));
            }
        }
        comparison.pieces(order, &registered.piece_details);
        comparison
    }

    /// Returns whether everything that was sent is registered.
    pub(in crate::shipments) fn is_equal(&self) -> bool {
        self.differing.is_empty()
    }

    /// Returns whether the same parcel is registered: receiver, pieces, barcodes, collection and payer.
    pub(in crate::shipments) fn is_same_parcel(&self) -> bool {
        self.differing.iter().all(|differing| !differing.decides)
    }

    /// Returns the paths of the members that differ, without their values.
    pub(in crate::shipments) fn differing(self) -> Vec<String> {
        let mut paths: Vec<_> = self.differing.into_iter().map(|one| one.path).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// Returns the registered state, without personal data.
    pub(in crate::shipments) fn state(&self) -> Baseline {
        Baseline::new(self.facts.iter().map(String::as_str))
    }

    fn member(&mut self, member: &Member, wanted: &str, shown: Option<&str>) {
        let is_equal = shown.is_some_and(|shown| member.kind.is_equal(wanted, shown));
        if !is_equal {
            self.differs(member.path.to_owned(), member.part.decides());
        }
        let fact = if member.part.is_personal() {
            (!is_equal).then(|| format!("{} differs", member.wire))
        } else {
            shown.map(|shown| format!("{}={}", member.wire, shown.trim()))
        };
        self.facts.extend(fact);
    }

    /// Compares the pieces by their barcodes, whatever their order.
    fn pieces(&mut self, order: &NewOrder, registered: &[RegisteredPiece]) {
        let all_shown = registered.len() == order.pieces.count();
        let mut is_complete = all_shown;
        for (index, piece) in order.pieces.iter().enumerate() {
            let is_its = |shown: &&RegisteredPiece| {
                let barcode = shown.barcode.as_deref();
                barcode.is_some_and(|barcode| is_same(&piece.barcode, barcode))
            };
            match registered.iter().find(is_its) {
                Some(shown) => self.piece(index, piece, shown),
                None => is_complete = false,
            }
        }
        if !is_complete {
            self.differs("pieces".to_owned(), true);
        }
        self.facts.extend(registered.iter().map(|piece| {
            let number = |number: &Option<Number>| {
                let number = number.as_ref().map(Number::as_str);
                number.unwrap_or_default().trim().to_owned()
            };
            let barcode = piece.barcode.as_deref().unwrap_or_default();
            let (desi, weight) = (number(&piece.desi), number(&piece.weight_kg));
            format!("PieceDetail={barcode};{desi};{weight}")
        }));
    }

    fn piece(&mut self, index: usize, piece: &Piece, shown: &RegisteredPiece) {
        for (field, wanted, shown) in [
            ("desi", piece.desi, &shown.desi),
            ("weight_kg", piece.weight_kg, &shown.weight_kg),
        ] {
            let shown = shown.as_ref().and_then(Number::fixed::<3>);
            if shown != Some(wanted.exact()) {
                self.differs(format!("pieces[{index}].{field}"), true);
            }
        }
    }

    fn differs(&mut self, path: String, decides: bool) {
        self.differing.push(Differing { path, decides });
    }
}

impl Kind {
    fn is_equal(self, wanted: &str, shown: &str) -> bool {
        let number = |text: &str| Number::new(text.trim());
        match self {
            Self::Text => folded(wanted) == folded(shown),
            Self::Phone => match PhoneNumber::from_input(shown) {
                Ok(number) => number.as_str() == wanted,
                Err(_) => shown.trim() == wanted,
            },
            Self::Measure => {
                let shown = number(shown).fixed::<3>();
                shown.is_some() && shown == number(wanted).fixed::<3>()
            }
            Self::Amount => {
                let shown = number(shown).money();
                shown.is_some() && shown == number(wanted).money()
            }
            Self::Count => {
                let shown = number(shown).whole();
                shown.is_some() && shown == number(wanted).whole()
            }
        }
    }
}

/// Returns a text in one case, in Latin letters and with single blanks.
fn folded(text: &str) -> String {
    let text = fold_letters(&sent(text));
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}
