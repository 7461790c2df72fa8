//! A registered order.

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
