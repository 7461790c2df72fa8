//! Giving back a payment that has no sellers.

use std::marker::PhantomData;

use kervan_sandbox::param::{Effect, Param};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Settle;
use param_marketplace::Settings;
use param_marketplace::payments::{RefundPayment, RefundWithReceipt};

use super::{ORDER, OTHER_ORDER, PAYMENT, an_hour_ago, lira, money, yesterday};
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<GiveBack<RefundPayment, false>>(),
        Write::of::<GiveBack<RefundPayment, true>>(),
        Write::of::<GiveBack<RefundWithReceipt, false>>(),
        Write::of::<GiveBack<RefundWithReceipt, true>>(),
    ]
}

/// A call that gives a payment back.
trait Call: Settle<Service = Settings> + 'static {
    /// The name of the refund, and that of the cancellation.
    const NAMES: [&'static str; 2];

    fn of(refund: RefundPayment) -> Self;
}

impl Call for RefundPayment {
    const NAMES: [&'static str; 2] = [
        "param TP_Islem_Iptal_Iade_Kismi2 (part)",
        "param TP_Islem_Iptal_Iade_Kismi2 (cancel)",
    ];

    fn of(refund: RefundPayment) -> Self {
        refund
    }
}

impl Call for RefundWithReceipt {
    const NAMES: [&'static str; 2] = [
        "param TP_Islem_Iptal_Iade_Kismi4 (part)",
        "param TP_Islem_Iptal_Iade_Kismi4 (cancel)",
    ];

    fn of(refund: RefundPayment) -> Self {
        Self::new(refund)
    }
}

/// A part, on a later day; or everything, on the day of the payment.
struct GiveBack<C, const CANCEL: bool>(PhantomData<C>);

impl<C: Call, const CANCEL: bool> GiveBack<C, CANCEL> {
    fn of(order: &str) -> C {
        C::of(if CANCEL {
            RefundPayment::cancel(order, money(lira(100)))
        } else {
            RefundPayment::refund(order, money(lira(10)))
        })
    }
}

impl<C: Call, const CANCEL: bool> Subject for GiveBack<C, CANCEL> {
    const NAME: &'static str = C::NAMES[CANCEL as usize];
    const OTHERS: &'static [&'static str] = &[
        "gives the same amount back",
        "gives the same amount of another payment back",
        "gives everything back",
    ];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = C;

    fn draw(now: Moment, _: &mut Chance) -> (Self, Param) {
        let mut world = Param::default();
        let paid = if CANCEL {
            an_hour_ago(now)
        } else {
            yesterday(now)
        };
        world.seed_payment(PAYMENT, ORDER, lira(100), paid);
        world.seed_payment(PAYMENT + 1, OTHER_ORDER, lira(100), paid);
        (Self(PhantomData), world)
    }

    fn write(&self) -> C {
        Self::of(ORDER)
    }

    fn neighbour(&self) -> Option<C> {
        Some(Self::of(OTHER_ORDER))
    }

    fn others_write(&self, which: usize) -> Option<C> {
        Some(match which {
            0 => Self::of(ORDER),
            1 => Self::of(OTHER_ORDER),
            _ if CANCEL => C::of(RefundPayment::cancel(ORDER, money(lira(100)))),
            _ => C::of(RefundPayment::refund(ORDER, money(lira(100)))),
        })
    }

    /// Of a payment that is given back as a whole, the client leaves a part to a person.
    fn is_decidable(&self, others: &[usize]) -> bool {
        CANCEL || !others.contains(&2)
    }

    /// A refund of another payment.
    fn is_told_apart(&self, which: usize) -> bool {
        which == 1
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        match effect {
            Effect::Refunded { payment, .. } | Effect::Cancelled { payment, .. } => {
                *payment == PAYMENT
            }
            _ => false,
        }
    }

    fn is_wanted(&self, world: &Param) -> bool {
        world.returned(ORDER).0 > 0
    }
}
