//! A registered order.

use crate::Moment;
use crate::values::xml::Element;

/// A registered order: its members as they were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Order {
    /// The shipper's key, `IntegrationCode`.
    pub code: String,
    /// The other members in order, by their names on the wire.
    pub members: Vec<(String, String)>,
    /// When it was registered.
    pub registered_at: Moment,
    /// Whether a branch has cut the waybill.
    pub has_waybill: bool,
}

impl Order {
    /// An order without further members.
    pub fn new(code: impl Into<String>, registered_at: Moment) -> Self {
        Self {
            code: code.into(),
            members: Vec::new(),
            registered_at,
            has_waybill: false,
        }
    }

    /// Adds a member by its name on the wire, as `ReceiverName`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.members.push((name.into(), value.into()));
        self
    }

    /// A member that is not empty.
    pub fn member(&self, name: &str) -> Option<&str> {
        let member = self.members.iter().find(|(listed, _)| listed == name);
        member
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    pub(super) fn element(&self) -> Element {
        let member = |(name, value): &(String, String)| Element::text(name, value);
        let mut children: Vec<Element> = self.members.iter().map(member).collect();
        children.push(Element::text("IntegrationCode", &self.code));
        Element::of("Order", children)
    }
}
