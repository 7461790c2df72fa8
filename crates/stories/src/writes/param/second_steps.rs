//! The second step of the 3D Model: charging the card, or reserving the amount.

use std::marker::PhantomData;

use kervan_sandbox::param::{Effect, Param, PaymentState, Verdict};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Settle;
use param_marketplace::Settings;
use param_marketplace::payments::{CompletePayment, CompleteReservation, Security};

use super::ways::{STORED, Stored, Way};
use super::{CARDS, ORDER, OTHER_ORDER, OWNER, PAYMENT, lira, money, yesterday};
use crate::another::by_another;
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<Complete<CompletePayment>>(),
        Write::of::<Complete<CompleteReservation>>(),
    ]
}

/// A second step.
trait Step: Settle<Service = Settings> + From<CompletePayment> + 'static {
    const STORY: &'static str;
    const RESERVES: bool;
}

impl Step for CompletePayment {
    const STORY: &'static str = "param TP_WMD_Pay (payment)";
    const RESERVES: bool = false;
}

impl Step for CompleteReservation {
    const STORY: &'static str = "param TP_WMD_Pay (reservation)";
    const RESERVES: bool = true;
}

/// `TP_WMD_Pay`.
struct Complete<S> {
    steps: [CompletePayment; 2],
    kind: PhantomData<S>,
}

/// Returns the shop's key of the attempt to pay an order.
fn key(order: &str) -> String {
    format!("{order}-1")
}

impl<S: Step> Subject for Complete<S> {
    const NAME: &'static str = S::STORY;
    const OTHERS: &'static [&'static str] = &[
        "charges a stored card under the same order number",
        "completes another payment",
    ];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = S;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let mut world = Param::default();
        world.seed_card(STORED, OWNER, CARDS[1], yesterday(now));
        if chance.below(3) == 0 {
            world.set_bank(CARDS[0], Verdict::Refuses(51));
        }
        let is_keyless = chance.below(4) == 0;
        let numbered = [(PAYMENT, ORDER), (PAYMENT + 1, OTHER_ORDER)];
        let steps = numbered.map(|(id, order)| {
            let (amount, key) = (lira(10), key(order));
            let (session, proof) = world.seed_proof(id, (order, &key), amount, S::RESERVES, now);
            let step = CompletePayment::new(proof.into(), session, order.into());
            if is_keyless {
                return step;
            }
            step.of_attempt(key, money(amount))
        });
        let kind = PhantomData;
        (Self { steps, kind }, world)
    }

    fn write(&self) -> S {
        self.steps[0].clone().into()
    }

    fn neighbour(&self) -> Option<S> {
        Some(self.steps[1].clone().into())
    }

    fn other(
        &self,
        which: usize,
        world: &mut Param,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        if which == 1 {
            return by_another(&self.steps[1], world, now, chance);
        }
        let charge = Stored::write(ORDER, "KV-2001-9", Security::None);
        by_another(&charge, world, now, chance)
    }

    /// The order's number alone may find another payment.
    fn is_decidable(&self, _: &[usize]) -> bool {
        self.steps[0].key.is_some()
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        match effect {
            Effect::Charged { payment, .. } | Effect::Reserved { payment, .. } => {
                *payment == PAYMENT
            }
            _ => false,
        }
    }

    fn is_wanted(&self, world: &Param) -> bool {
        let payment = world.payment(PAYMENT);
        payment.is_some_and(|payment| {
            matches!(
                payment.state,
                PaymentState::Charged | PaymentState::Reserved
            )
        })
    }
}
