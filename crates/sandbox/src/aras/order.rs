//! A registered order.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::values::xml::Element;

/// A registered order: its members as they were sent, the login left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Order {
    /// The shipper's key, `IntegrationCode`.
    pub code: String,
    /// The other texts in order, by their names on the wire.
    pub members: Vec<(String, String)>,
    /// The texts of each piece, by their names on the wire.
    pub pieces: Vec<Vec<(String, String)>>,
    /// When it was first registered.
    pub registered_at: Moment,
    /// How often it was sent and accepted.
    pub sent: u32,
    /// Whether a branch has cut the waybill.
    pub has_waybill: bool,
}

impl Order {
    /// Creates an order without further members.
    pub fn new(code: impl Into<String>, registered_at: Moment) -> Self {
        Self {
            code: code.into(),
            members: Vec::new(),
            pieces: Vec::new(),
            registered_at,
            sent: 1,
            has_waybill: false,
        }
    }

    /// Adds a text by its name on the wire, as `ReceiverName`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.members.push((name.into(), value.into()));
        self
    }

    /// Returns a text that is not empty.
    pub fn member(&self, name: &str) -> Option<&str> {
        text(&self.members, name)
    }

    /// Returns the barcodes of the pieces.
    pub fn barcodes(&self) -> impl Iterator<Item = &str> {
        let pieces = self.pieces.iter();
        pieces.filter_map(|piece| text(piece, "BarcodeNumber"))
    }

    /// Reads an `Order` of `SetOrder`.
    pub(super) fn read(element: &Element, now: Moment) -> Self {
        let mut order = Self::new("", now);
        for child in &element.children {
            match child.name.as_str() {
                "UserName" | "Password" => {}
                "IntegrationCode" => order.code.clone_from(&child.text),
                "PieceDetails" => order.pieces = child.children.iter().map(texts).collect(),
                _ => order.members.push((child.name.clone(), child.text.clone())),
            }
        }
        order
    }

    /// Returns whether another sending has the same contents.
    pub(super) fn has_contents_of(&self, other: &Self) -> bool {
        self.members == other.members && self.pieces == other.pieces
    }

    /// Returns the order in the spelling of a service of its own: names in Turkish upper case, numbers with three
    /// decimals and a comma, telephone numbers with a leading 0.
    pub(super) fn normalised(mut self) -> Self {
        let pieces = self.pieces.iter_mut().flatten();
        for (name, value) in self.members.iter_mut().chain(pieces) {
            match name.as_str() {
                "ReceiverName" | "ReceiverAddress" => *value = upper(value),
                "VolumetricWeight" | "Weight" => {
                    if let Ok(number) = value.parse::<Decimal>() {
                        *value = format!("{number:.3}").replace('.', ",");
                    }
                }
                "ReceiverPhone1" if value.len() == 10 => value.insert(0, '0'),
                _ => {}
            }
        }
        self
    }

    pub(super) fn element(&self) -> Element {
        let mut children = elements(&self.members);
        children.push(Element::text("IntegrationCode", &self.code));
        if !self.pieces.is_empty() {
            let piece = |piece: &Vec<_>| Element::of("PieceDetail", elements(piece));
            let pieces = self.pieces.iter().map(piece).collect();
            children.push(Element::of("PieceDetails", pieces));
        }
        Element::of("Order", children)
    }
}

fn upper(text: &str) -> String {
    text.replace('i', "İ").replace('ı', "I").to_uppercase()
}

/// Returns a text that is not empty.
pub(super) fn text<'a>(members: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let member = members.iter().find(|(listed, _)| listed == name);
    let value = member.map(|(_, value)| value.as_str());
    value.filter(|value| !value.trim().is_empty())
}

fn texts(element: &Element) -> Vec<(String, String)> {
    let text = |child: &Element| (child.name.clone(), child.text.clone());
    element.children.iter().map(text).collect()
}

fn elements(members: &[(String, String)]) -> Vec<Element> {
    let element = |(name, value): &(String, String)| Element::text(name, value);
    members.iter().map(element).collect()
}
