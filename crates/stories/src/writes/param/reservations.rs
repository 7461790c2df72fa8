//! The end of a reservation: capturing and releasing it.

use kervan_sandbox::param::{Effect, Param, PaymentState};
use kervan_sandbox::{Chance, Moment};
use param_marketplace::payments::{CaptureReservation, VoidReservation};

use super::{ORDER, OTHER_ORDER, PAYMENT, lira, money, yesterday};
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<Capture>(), Write::of::<Void>()]
}

fn reserved(now: Moment) -> Param {
    let mut world = Param::default();
    world.seed_reservation(PAYMENT, ORDER, lira(10), yesterday(now));
    world.seed_reservation(PAYMENT + 1, OTHER_ORDER, lira(10), yesterday(now));
    world
}

/// `TP_Islem_Odeme_OnProv_Kapa`.
struct Capture {
    /// Whether the status tells a captured reservation from another one.
    is_shown: bool,
}

fn capture(order: &str) -> CaptureReservation {
    CaptureReservation::new(order, money(lira(10)))
}

impl Subject for Capture {
    const NAME: &'static str = "param TP_Islem_Odeme_OnProv_Kapa";
    const OTHERS: &'static [&'static str] = &["captures the reservation", "captures another one"];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = CaptureReservation;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let mut world = reserved(now);
        let is_shown = chance.below(2) == 0;
        world.rules.captures_show = is_shown;
        (Self { is_shown }, world)
    }

    fn write(&self) -> CaptureReservation {
        capture(ORDER)
    }

    fn neighbour(&self) -> Option<CaptureReservation> {
        Some(capture(OTHER_ORDER))
    }

    fn is_decidable(&self, _: &[usize]) -> bool {
        self.is_shown
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Charged { payment, .. } if *payment == PAYMENT)
    }

    fn is_wanted(&self, world: &Param) -> bool {
        !world.charges(ORDER).is_empty()
    }
}

/// `TP_Islem_Iptal_OnProv`.
struct Void;

impl Subject for Void {
    const NAME: &'static str = "param TP_Islem_Iptal_OnProv";
    const OTHERS: &'static [&'static str] = &["voids the reservation", "voids another one"];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = VoidReservation;

    fn draw(now: Moment, _: &mut Chance) -> (Self, Param) {
        (Self, reserved(now))
    }

    fn write(&self) -> VoidReservation {
        VoidReservation::new(ORDER)
    }

    fn neighbour(&self) -> Option<VoidReservation> {
        Some(VoidReservation::new(OTHER_ORDER))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Released { payment, .. } if *payment == PAYMENT)
    }

    fn is_wanted(&self, world: &Param) -> bool {
        let payment = world.payment(PAYMENT);
        payment.is_some_and(|payment| {
            !matches!(
                payment.state,
                PaymentState::Reserved | PaymentState::Charged
            )
        })
    }
}
