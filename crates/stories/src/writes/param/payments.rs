//! Payments and reservations: without 3-D a charge, with it a start.

use std::marker::PhantomData;

use kervan_sandbox::param::{Effect, Param, PaymentState, Verdict};
use kervan_sandbox::{Chance, Moment};
use param_marketplace::payments::Security;

use super::ways::{
    Bkm, InCurrency, Modal, ModalInCurrency, Model, ModelV2, Pos, Reserve, ReserveModel, STORED,
    Stored, StoredModel, Way,
};
use super::{CARDS, OWNER, paid_by_another, yesterday};
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    [
        both::<Pos>(),
        both::<Model>(),
        both::<ModelV2>(),
        both::<InCurrency>(),
        both::<Stored>(),
        both::<StoredModel>(),
        both::<Reserve>(),
        both::<ReserveModel>(),
        vec![
            Write::of::<Pay<Bkm, true>>(),
            Write::of::<Pay<Modal, true>>(),
            Write::of::<Pay<ModalInCurrency, true>>(),
        ],
    ]
    .concat()
}

/// Returns the charge and the start of a way.
fn both<W: Way>() -> Vec<Write> {
    vec![Write::of::<Pay<W, false>>(), Write::of::<Pay<W, true>>()]
}

/// A payment or reservation; `PAGE` when the customer has to visit a page first.
struct Pay<W, const PAGE: bool> {
    order: String,
    way: PhantomData<W>,
}

impl<W: Way, const PAGE: bool> Pay<W, PAGE> {
    const SECURITY: Security = if PAGE {
        Security::ThreeD
    } else {
        Security::None
    };

    /// Returns the shop's key of an attempt to pay the order.
    fn key(&self, attempt: u32) -> String {
        format!("{}-{attempt}", self.order)
    }

    /// Returns whether an order number is this one, as the provider keeps it: a used one is replaced.
    fn is_order(&self, order: &str) -> bool {
        let rest = order.strip_prefix(&self.order);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    }
}

impl<W: Way, const PAGE: bool> Subject for Pay<W, PAGE> {
    const NAME: &'static str = W::NAMES[PAGE as usize];
    const OTHERS: &'static [&'static str] = &["pays the same order under another key, to the end"];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = W::Write;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let order = format!("KV-{}", chance.below(1_000_000));
        let mut world = Param::default();
        world.seed_card(STORED, OWNER, CARDS[0], yesterday(now));
        if chance.below(3) == 0 {
            world.set_bank(CARDS[0], Verdict::Refuses(51));
        }
        let way = PhantomData;
        (Self { order, way }, world)
    }

    fn write(&self) -> W::Write {
        W::write(&self.order, &self.key(1), Self::SECURITY)
    }

    fn neighbour(&self) -> Option<W::Write> {
        let order = format!("{}N", self.order);
        Some(W::write(&order, &format!("{order}-1"), Self::SECURITY))
    }

    fn other(&self, _: usize, world: &mut Param, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        let payment = W::write(&self.order, &self.key(2), Self::SECURITY);
        paid_by_another(&payment, world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        match effect {
            Effect::Charged { key, .. } => *key == self.key(1),
            Effect::Started { order, .. } | Effect::Reserved { order, .. } => self.is_order(order),
            _ => false,
        }
    }

    fn is_wanted(&self, world: &Param) -> bool {
        let key = self.key(1);
        let mut payments = world.payments().iter();
        payments.any(|payment| {
            let state = payment.state;
            payment.key == key && matches!(state, PaymentState::Charged | PaymentState::Reserved)
        })
    }
}
