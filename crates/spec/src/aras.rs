//! Rules of the carrier's guide that concern several elements of a registered order.

use super::Finding;
use crate::wire::xml::Element;

/// Checks the orders of `SetOrder`.
pub(super) fn check(call: &Element, found: &mut Vec<Finding>) {
    let orders = call.child("orderInfo");
    let orders = orders.map(|info| info.children.as_slice());
    for (index, order) in orders.unwrap_or_default().iter().enumerate() {
        let mut broken = |element: &str, message: &str| {
            let path = format!("body.orderInfo.Order[{index}].{element}");
            found.push(Finding::new(path, message));
        };
        check_login(call, order, &mut broken);
        check_collection(order, &mut broken);
        check_pieces(order, &mut broken);
    }
}

/// Returns the text of an element, unless it is blank.
fn value(parent: &Element, name: &str) -> Option<String> {
    let text = parent.child(name)?.text();
    (!text.trim().is_empty()).then_some(text)
}

/// The login is sent twice: in every order, and behind the list.
fn check_login(call: &Element, order: &Element, broken: &mut impl FnMut(&str, &str)) {
    for (inner, outer) in [("UserName", "userName"), ("Password", "password")] {
        if value(order, inner) != value(call, outer) {
            broken(inner, &format!("is not that of `{outer}`"));
        }
    }
}

/// A parcel with a collection has an amount, a kind and a payer of its own; any other has none of them.
fn check_collection(order: &Element, broken: &mut impl FnMut(&str, &str)) {
    let is_collected = value(order, "IsCod").as_deref() == Some("1");
    for name in ["CodAmount", "CodCollectionType", "CodBillingType"] {
        let text = value(order, name);
        // Without a collection, an amount of 0 is in use as well.
        let is_zero = name == "CodAmount" && text.as_deref().is_some_and(is_zero);
        match (is_collected, text) {
            (true, None) => broken(name, "is missing, but `IsCod` is 1"),
            (true, Some(_)) if is_zero => broken(name, "is 0, but `IsCod` is 1"),
            (false, Some(_)) if !is_zero => broken(name, "is there, but `IsCod` is not 1"),
            _ => {}
        }
    }
    if is_collected && value(order, "PayorTypeCode").as_deref() != Some("1") {
        broken("PayorTypeCode", "is not 1, but `IsCod` is 1");
    }
}

/// The pieces are as many as their count, each has sizes above zero, and no barcode comes twice.
fn check_pieces(order: &Element, broken: &mut impl FnMut(&str, &str)) {
    let pieces = order.child("PieceDetails");
    let pieces = pieces.map(|details| details.children.as_slice());
    let pieces = pieces.unwrap_or_default();
    let count = value(order, "PieceCount").and_then(|count| count.parse().ok());
    if count != Some(pieces.len()) || pieces.is_empty() {
        broken("PieceCount", "is not the count of `PieceDetail`");
    }
    let barcodes: Vec<_> = pieces
        .iter()
        .map(|piece| value(piece, "BarcodeNumber"))
        .collect();
    for (index, piece) in pieces.iter().enumerate() {
        let of_piece = |name: &str| format!("PieceDetails.PieceDetail[{index}].{name}");
        for name in ["VolumetricWeight", "Weight"] {
            if value(piece, name).as_deref().is_some_and(is_zero) {
                broken(&of_piece(name), "is 0");
            }
        }
        if barcodes[index].is_some() && barcodes[..index].contains(&barcodes[index]) {
            broken(&of_piece("BarcodeNumber"), "is that of another piece");
        }
    }
}

fn is_zero(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}
