//! Installments that were paid outside HASO, one and many.

use std::marker::PhantomData;

use haso_bnpl::{SetBulkPaid, SetPaid, Settings};
use kervan_sandbox::haso::{Effect, Haso, Status};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Settle;

use super::{Made, made};
use crate::{Subject, Write, clock};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<Paid<SetPaid>>(),
        Write::of::<Paid<SetBulkPaid>>(),
    ]
}

/// A report that installments were paid.
trait Report: Settle<Service = Settings> + 'static {
    /// The name of the subject.
    const SUBJECT: &'static str;
    /// How many installments it is about.
    const COUNT: usize;

    fn of(made: &Made, payments: &[String]) -> Self;
}

impl Report for SetPaid {
    const SUBJECT: &'static str = "haso SetPaidPayment";
    const COUNT: usize = 1;

    fn of(made: &Made, payments: &[String]) -> Self {
        let (payment, order) = (payments[0].as_str(), made.order.as_str());
        let paid = Self::new(payment.into(), order.into(), clock::today());
        paid.transaction(made.transaction.as_str())
    }
}

impl Report for SetBulkPaid {
    const SUBJECT: &'static str = "haso SetBulkPaidPayment";
    const COUNT: usize = 2;

    fn of(made: &Made, payments: &[String]) -> Self {
        let payments = payments.iter().map(|code| code.as_str().into()).collect();
        let paid = Self::new(payments, made.order.as_str(), clock::today());
        paid.transaction(made.transaction.as_str())
    }
}

/// An active order with its installments, and another one.
struct Paid<W> {
    orders: [(Made, Vec<String>); 2],
    write: PhantomData<W>,
}

impl<W: Report> Subject for Paid<W> {
    const NAME: &'static str = W::SUBJECT;
    const OTHERS: &'static [&'static str] = &["marks them as paid", "marks others as paid"];
    const IS_REPEATED_WELL: bool = true;
    /// A plan need not show the states of its installments, and here it does not.
    const SHOWS_DONE: bool = false;
    const SHOWS_ABSENCE: bool = false;
    const NAMES_OBJECT: bool = true;
    type World = Haso;
    type Write = W;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = Haso::demo();
        let orders = [(); 2].map(|()| {
            let made = made(&mut world, Status::Active, now, chance);
            let installments = world.transaction_of(&made.order);
            let installments = installments.into_iter().flat_map(|one| &one.installments);
            let payments = installments.take(W::COUNT).map(|one| one.code.clone());
            let payments = payments.collect();
            (made, payments)
        });
        let write = PhantomData;
        (Self { orders, write }, world)
    }

    fn write(&self) -> W {
        let (made, payments) = &self.orders[0];
        W::of(made, payments)
    }

    fn neighbour(&self) -> Option<W> {
        let (made, payments) = &self.orders[1];
        Some(W::of(made, payments))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Paid { payment, .. } if self.orders[0].1.contains(payment))
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        self.orders[0]
            .1
            .iter()
            .all(|payment| world.is_paid(payment))
    }
}
