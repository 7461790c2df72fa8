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
    /// The registered numbers, and the names of the other members that differ. No text of the carrier.
    facts: Vec<String>,
    /// The texts that differ, as the carrier shows them.
    texts: Vec<String>,
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
            texts: Vec::new(),
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

    /// Returns the registered state, without personal data. The texts that differ are in it as one digest, which
    /// tells the old order from one that is neither the old nor the new one.
    pub(in crate::shipments) fn state(&self, order: &NewOrder) -> Baseline {
        let mut texts: Vec<_> = self.texts.iter().map(String::as_str).collect();
        texts.sort_unstable();
        let sealed = (!texts.is_empty()).then(|| {
            let contents = order.sent_contents();
            Baseline::sealed(&contents, texts)
        });
        Baseline::new(self.facts.iter().cloned().chain(sealed))
    }

    fn member(&mut self, member: &Member, wanted: &str, shown: Option<&str>) {
        let is_equal = shown.is_some_and(|shown| member.kind.is_equal(wanted, shown));
        if !is_equal {
            self.differs(member.path.to_owned(), member.part.decides());
        }
        match shown.and_then(|shown| member.kind.number(shown)) {
            Some(number) => self.facts.push(format!("{}={number}", member.wire)),
            None if is_equal => {}
            None => {
                self.facts.push(format!("{} differs", member.wire));
                let shown = shown.map(|shown| format!("{}={}", member.wire, folded(shown)));
                self.texts.extend(shown);
            }
        }
    }

    /// Compares the pieces by their barcodes, whatever their order.
    fn pieces(&mut self, order: &NewOrder, registered: &[RegisteredPiece]) {
        let all_shown = registered.len() == order.pieces.count();
        let mut is_complete = all_shown;
        for (index, piece) in order.pieces.iter().enumerate() {
            match registered.iter().find(|shown| is_of(piece, shown)) {
                Some(shown) => self.piece(index, piece, shown),
                None => is_complete = false,
            }
        }
        if !is_complete {
            self.differs("pieces".to_owned(), true);
        }
        for shown in registered {
            let mut own = order.pieces.iter();
            let own = own.position(|piece| is_of(piece, shown));
            let name = own.map_or("other".to_owned(), |index| index.to_string());
            if own.is_none() {
                let barcode = shown.barcode.as_deref().unwrap_or_default();
                self.texts.push(format!("piece={}", folded(barcode)));
            }
            let mut number = |number: &Option<Number>| {
                let text = number.as_ref().map(Number::as_str)?;
                let number = Kind::Measure.number(text);
                if number.is_none() {
                    self.texts.push(format!("piece {name}={}", folded(text)));
                }
                number
            };
            let (desi, weight) = (number(&shown.desi), number(&shown.weight_kg));
            let (desi, weight) = (desi.unwrap_or_default(), weight.unwrap_or_default());
            self.facts.push(format!("piece {name}={desi};{weight}"));
        }
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
        match self {
            Self::Text => folded(wanted) == folded(shown),
            Self::Phone => match PhoneNumber::from_input(shown) {
                Ok(number) => number.as_str() == wanted,
                Err(_) => shown.trim() == wanted,
            },
            Self::Measure | Self::Amount | Self::Count => {
                let shown = self.number(shown);
                shown.is_some() && shown == self.number(wanted)
            }
        }
    }

    /// Returns a number in one spelling. `None` for a text.
    fn number(self, text: &str) -> Option<String> {
        let number = Number::new(text.trim());
        match self {
            Self::Text | Self::Phone => None,
            Self::Measure => Some(number.fixed::<3>()?.to_string()),
            Self::Amount => Some(number.money()?.dot()),
            Self::Count => Some(number.whole()?.to_string()),
        }
    }
}

/// Returns whether a registered piece is this one, by its barcode.
fn is_of(piece: &Piece, shown: &RegisteredPiece) -> bool {
    let barcode = shown.barcode.as_deref();
    barcode.is_some_and(|barcode| is_same(&piece.barcode, barcode))
}

/// Returns a text in one case, in Latin letters and with single blanks.
fn folded(text: &str) -> String {
    let text = fold_letters(&sent(text));
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}
