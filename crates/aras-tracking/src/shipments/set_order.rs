//! Registers a parcel, or replaces its order until the waybill is cut. Wire: `SetOrder` (SOAP, write).

use kervan_core::{
    Answer, Class, Context, EncodeError, Language, Operation, Problems, ReadError, Rule,
};
use kervan_settling::{Baseline, Found, Many, Refusal, RefusalOf, Settle};
use kervan_wire::soap::Element;
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::find_order::FindOrder;
use super::new_order::{Comparison, NewOrder};
use super::order::Order;
use super::order_answer::Registered;
use super::order_codes::{self, ORDER_CODES};
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::query::asked::{Asked, folded};
use crate::query::{QueryRow as _, QueryRows};
use crate::rejection::{Rejection, RejectionKind};
use crate::rules;

/// The operation's wire name.
pub(crate) const NAME: &str = "SetOrder";

/// Registers a parcel under the shipper's reference, or replaces the order of one.
///
/// The carrier stores the receiver, the pieces and who pays. A branch scans the barcode of each piece and cuts the
/// waybill; until then the order can be sent again or [cancelled](super::CancelDispatch). **Sending the same
/// reference again replaces the order without a word**, so derive the reference from the sale, and never cut it.
/// The data of one order can be sent twenty times.
///
/// | | [`new`](Self::new) | [`update`](Self::update) |
/// |---|---|---|
/// | class | keyed: sent again under the same reference with the same contents | state: sent again only where the old order is proven to be there still |
/// | before it | nothing is asked | [`prepare`](kervan_settling::Settler::prepare) reads the order, and fails where there is none |
/// | found with these contents | in state: the same parcel is there, whoever sent it | in state: everything that was sent is there, whoever sent it |
/// | found with others, or beside them | [`Why::Other`](crate::Why::Other): never sent over them, a person decides | not done after the settling time, where it is the order of before; `Why::Other` where it is neither |
/// | not found | open; `resume` sends it again | unclear: somebody has cancelled it |
///
/// **Settle a registration before you cancel its order.** One that was cancelled meanwhile looks like one that never
/// arrived, and `resume` would register it again.
///
/// [`FindOrder`] settles both after an unknown [`outcome`](kervan_core::Error::outcome).
/// [`ORDER_CODES`](super::ORDER_CODES) has the codes of its refusals, and
/// [`Rejection::meanings`](crate::Rejection::meanings) their words.
///
/// ```
/// # use aras_tracking::shipments::{NewOrder, Payment, Piece, Receiver};
/// # use aras_tracking::CustomerReference;
/// use aras_tracking::shipments::SetOrder;
/// # let reference = CustomerReference::new("2026000417")?;
/// # let order = NewOrder::new(reference, Receiver::new("Ayşe Örnek"), Payment::SenderPays, Piece::new("202600041701"));
///
/// let register = SetOrder::new(order.clone());
/// let replace = SetOrder::update(order.waybill("SVK-000418"));
/// # assert_ne!(register, replace);
/// # Ok::<(), aras_tracking::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetOrder {
    /// The contents of the order. Wire: `orderInfo`, with one `Order`.
    pub order: NewOrder,
    /// Whether it is a new order or replaces one. The carrier gets the same either way.
    #[serde(default)]
    pub purpose: Purpose,
}

/// Whether an order is new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Purpose {
    /// The reference was never used.
    #[default]
    #[serde(rename = "register")]
    Register,
    /// An order of the reference is registered, and its waybill is not cut.
    #[serde(rename = "update")]
    Update,
}

impl SetOrder {
    /// Registers an order under a reference that was never used.
    pub fn new(order: NewOrder) -> Self {
        Self {
            order,
            purpose: Purpose::Register,
        }
    }

    /// Replaces a registered order. Give the complete order: whether members that are left out stay is not
    /// published.
    pub fn update(order: NewOrder) -> Self {
        Self {
            order,
            purpose: Purpose::Update,
        }
    }
}

impl NewOrder {
    /// Returns the element of the order, with the login in it.
    pub(super) fn element(&self, settings: &ShipmentSettings) -> Element {
        let login = [
            ("UserName", &settings.login.user_name),
            ("Password", &settings.login.password),
        ];
        let login = login
            .into_iter()
            .map(|(name, value)| Element::text(name, value.expose()));
        Element::parent("Order", login.chain(self.elements()).collect())
    }
}

impl Operation for SetOrder {
    type Service = ShipmentSettings;
    type Output = Registered;
    const ENDPOINT: Endpoint = Endpoint::new(NAME).login_last().codes(&ORDER_CODES);
    /// Keyed, of a new order: the same contents under the same reference are one order, however often they are
    /// sent. An update is [a state](Self::class).
    const CLASS: Class = Class::Keyed;

    fn class(&self) -> Class {
        match self.purpose {
            Purpose::Register => Class::Keyed,
            Purpose::Update => Class::State,
        }
    }

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        self.order.check("order", problems);
    }

    fn body(&self, context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        let order = self.order.element(context.settings());
        Ok(Body::new().parent("orderInfo", vec![order]))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<Registered>, ReadError<Rejection>> {
        reading.orders()?.only(&self.order.reference)
    }
}

impl Settle for SetOrder {
    type ReadBack = FindOrder;

    /// Returns the reference as the carrier may write it: in one case and Latin letters.
    fn key(&self) -> String {
        folded(self.order.reference.as_str())
    }

    /// Leaves out the login, which is in the order too.
    fn lasting_contents(&self) -> Option<Vec<u8>> {
        let mut contents = self.order.sent_contents();
        contents.push(u8::from(self.purpose == Purpose::Update));
        Some(contents)
    }

    fn read_back(&self) -> Option<FindOrder> {
        Some(FindOrder::new(self.order.reference.clone()))
    }

    /// An update needs the state before it: where its contents are not found, only that tells the old order from
    /// one that the carrier writes in its own way.
    fn needs_baseline(&self) -> bool {
        self.purpose == Purpose::Update
    }

    /// Keeps the registered order without its personal data. `None` where there is none to update.
    fn baseline(&self, before: &Answer<QueryRows<Order>>) -> Option<Baseline> {
        let [row] = self.own(before)[..] else {
            return None;
        };
        Some(Comparison::of(&self.order, row).state(&self.order))
    }

    fn found(
        &self,
        now: Answer<QueryRows<Order>>,
        before: Option<&Baseline>,
    ) -> Found<Registered, Rejection> {
        let own = self.own(&now);
        let Some(before) = before else {
            // The carrier's form of "not registered, or removed".
            if now.is_not_found() {
                return Found::Absent;
            }
            // A row without a reference answers the question as well, and sending again would replace its order.
            let asked = Asked::reference(self.order.reference.as_str());
            let rows = now.rows.iter();
            let rows = rows.filter(|row| asked.is_answered_by(&row.named()));
            let mut others = rows
                .map(|row| Comparison::of(&self.order, row))
                .filter(|compared| !compared.is_same_parcel());
            return match (others.next(), &own[..]) {
                (Some(other), _) => Found::Other(other.differing()),
                // It may have been so before this call, or another program's doing: never more than "in state".
                (None, [_]) => Found::Wanted,
                (None, _) => Found::Unclear,
            };
        };
        let [row] = own[..] else {
            return Found::Unclear;
        };
        let compared = Comparison::of(&self.order, row);
        if compared.is_equal() {
            Found::Wanted
        } else if compared.state(&self.order) == *before {
            Found::Absent
        } else {
            Found::Other(compared.differing())
        }
    }
}

impl Many for SetOrder {
    const KIND: &'static str = "register_parcel";
    const KEY_PATH: &'static str = "order.reference";
    const KEY_TWICE: &'static Rule = &rules::REFERENCE_TWICE;
    const KEY_OF_ANOTHER: &'static Rule = &rules::REFERENCE_OF_ANOTHER_ORDER;

    fn refusal(_settings: &ShipmentSettings, code: &str) -> Refusal {
        let kind = Self::ENDPOINT.kind(code);
        let meanings = order_codes::find(code).map(|row| row.meanings(Language::English));
        Refusal {
            about: match kind {
                RejectionKind::Login => RefusalOf::Login,
                // A general failure would meet the other orders too.
                RejectionKind::Unlisted | RejectionKind::Failed => RefusalOf::Unlisted,
                _ => RefusalOf::Contents,
            },
            meaning: meanings.map(|meanings| match meanings[..] {
                [meaning] => meaning,
                _ => kind.meaning(),
            }),
        }
    }
}

impl SetOrder {
    /// Returns the rows of the order's own reference. Those of others, or of none, answer another question.
    fn own<'r>(&self, answer: &'r QueryRows<Order>) -> Vec<&'r Order> {
        let asked = Asked::reference(self.order.reference.as_str());
        let rows = answer.rows.iter();
        rows.filter(|row| asked.is_named_by(&row.named())).collect()
    }
}
