//! Payments with a card, and reservations.

use std::net::{IpAddr, Ipv4Addr};

use kervan_core::{Caller, Config, MovableHost};
use kervan_sandbox::param::{Effect, Param, Verdict};
use kervan_sandbox::{Chance, Moment};
use param_marketplace::Settings;
use param_marketplace::payments::{
    CaptureReservation, Card, PosPayment, Sale, Security, VoidReservation,
};

use super::{ORDER, PAYMENT, by_another, client, lira, money, yesterday};
use crate::{Network, Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<Charge<false>>(),
        Write::of::<Charge<true>>(),
        Write::of::<Capture>(),
        Write::of::<Void>(),
    ]
}

/// A published test card.
const CARD: &str = "4546711234567894";

/// `Pos_Odeme`: without 3-D a charge, with it a start.
struct Charge<const PAGE: bool> {
    order: String,
}

fn payment<const PAGE: bool>(order: &str, key: &str) -> PosPayment {
    let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 77));
    let urls = ["https://shop.example/failed", "https://shop.example/paid"];
    let sale = Sale::new(order, key, money(lira(10)), urls[0], urls[1], customer);
    let card = Card::new("Deneme", CARD, "12", "2031", "000");
    let security = if PAGE {
        Security::ThreeD
    } else {
        Security::None
    };
    PosPayment::new(sale.phone("5550000001"), card, security)
}

impl<const PAGE: bool> Subject for Charge<PAGE> {
    const NAME: &'static str = if PAGE {
        "param Pos_Odeme (3-D)"
    } else {
        "param Pos_Odeme (without 3-D)"
    };
    const OTHERS: &'static [&'static str] = &["charges the same order under another key"];
    type World = Param;
    type Write = PosPayment;

    fn draw(_: Moment, chance: &mut Chance) -> (Self, Param) {
        let order = format!("KV-{}", chance.below(1_000_000));
        let mut world = Param::default();
        if chance.below(3) == 0 {
            world.set_bank(CARD, Verdict::Refuses(51));
        }
        (Self { order }, world)
    }

    fn caller(
        &self,
        network: Network<Param>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> PosPayment {
        payment::<PAGE>(&self.order, &format!("{}-1", self.order))
    }

    fn neighbour(&self) -> Option<PosPayment> {
        Some(payment::<PAGE>(
            &format!("{}N", self.order),
            &format!("{}N-1", self.order),
        ))
    }

    fn other(&self, _: usize, world: &mut Param, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        let payment = payment::<PAGE>(&self.order, &format!("{}-2", self.order));
        by_another(&payment, world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        match effect {
            Effect::Charged { key, .. } => *key == format!("{}-1", self.order),
            // The provider replaces an order number that was used.
            Effect::Started { order, .. } => {
                let rest = order.strip_prefix(&self.order);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
            }
            _ => false,
        }
    }

    fn is_wanted(&self, world: &Param) -> bool {
        !world.charges(&format!("{}-1", self.order)).is_empty()
    }
}

fn reserved(now: Moment) -> Param {
    let mut world = Param::default();
    world.seed_reservation(PAYMENT, ORDER, lira(10), yesterday(now));
    world.seed_reservation(PAYMENT + 1, "KV-2002", lira(10), yesterday(now));
    world
}

/// `TP_Islem_Odeme_OnProv_Kapa`.
struct Capture;

impl Subject for Capture {
    const NAME: &'static str = "param TP_Islem_Odeme_OnProv_Kapa";
    const OTHERS: &'static [&'static str] = &["captures the reservation", "captures another one"];
    /// A captured reservation has been seen to call itself `PRE_AUTH` still.
    const SHOWS_DONE: bool = false;
    type World = Param;
    type Write = CaptureReservation;

    fn draw(now: Moment, _: &mut Chance) -> (Self, Param) {
        (Self, reserved(now))
    }

    fn caller(
        &self,
        network: Network<Param>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> CaptureReservation {
        CaptureReservation::new(ORDER, money(lira(10)))
    }

    fn neighbour(&self) -> Option<CaptureReservation> {
        Some(CaptureReservation::new("KV-2002", money(lira(10))))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Param,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let order = [ORDER, "KV-2002"][which.min(1)];
        let capture = CaptureReservation::new(order, money(lira(10)));
        by_another(&capture, world, now, chance)
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
    type World = Param;
    type Write = VoidReservation;

    fn draw(now: Moment, _: &mut Chance) -> (Self, Param) {
        (Self, reserved(now))
    }

    fn caller(
        &self,
        network: Network<Param>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> VoidReservation {
        VoidReservation::new(ORDER)
    }

    fn neighbour(&self) -> Option<VoidReservation> {
        Some(VoidReservation::new("KV-2002"))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Param,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let order = [ORDER, "KV-2002"][which.min(1)];
        by_another(&VoidReservation::new(order), world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Released { payment, .. } if *payment == PAYMENT)
    }

    fn is_wanted(&self, world: &Param) -> bool {
        use kervan_sandbox::param::PaymentState;
        let payment = world.payment(PAYMENT);
        payment.is_some_and(|payment| {
            !matches!(
                payment.state,
                PaymentState::Reserved | PaymentState::Charged
            )
        })
    }
}
