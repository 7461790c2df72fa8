//! Installments that were paid outside HASO, and refunds.

use haso_bnpl::{Extent, Refund, SetPaid, Settings};
use kervan_core::{Caller, Config, Money, MovableHost};
use kervan_sandbox::haso::{Effect, Haso, Status};
use kervan_sandbox::{Chance, Moment};

use super::{Made, by_another, client, made};
use crate::{Network, Subject, Write, clock};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<Paid>(), Write::of::<GiveBack>()]
}

/// `SetPaidPayment`.
struct Paid {
    made: Made,
    payments: [String; 2],
}

impl Paid {
    fn of(&self, which: usize) -> SetPaid {
        let payment = self.payments[which.min(1)].as_str();
        let order = self.made.order.as_str();
        let paid = SetPaid::new(payment.into(), order.into(), clock::today());
        paid.transaction(self.made.transaction.as_str())
    }
}

impl Subject for Paid {
    const NAME: &'static str = "haso SetPaidPayment";
    const OTHERS: &'static [&'static str] = &[
        "marks the installment as paid",
        "marks another installment as paid",
    ];
    const IS_REPEATED_WELL: bool = true;
    /// A plan need not show the states of its installments, and here it does not.
    const SHOWS_DONE: bool = false;
    const SHOWS_ABSENCE: bool = false;
    type World = Haso;
    type Write = SetPaid;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = Haso::demo();
        let made = made(&mut world, Status::Active, now, chance);
        let transaction = world.transaction_of(&made.order);
        let code = |at: usize| {
            let installment = transaction.and_then(|one| one.installments.get(at));
            installment.map(|one| one.code.clone()).unwrap_or_default()
        };
        let payments = [code(0), code(1)];
        (Self { made, payments }, world)
    }

    fn caller(
        &self,
        network: Network<Haso>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> SetPaid {
        self.of(0)
    }

    fn neighbour(&self) -> Option<SetPaid> {
        Some(self.of(1))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Haso,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        by_another(&self.of(which), world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Paid { payment, .. } if *payment == self.payments[0])
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        world.is_paid(&self.payments[0])
    }
}

/// `RefundTransaction`.
struct GiveBack {
    made: Made,
    refund: String,
}

#[expect(clippy::expect_used, reason = "the amount is a valid one")]
fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

impl GiveBack {
    fn of(&self, refund: &str, amount: &str) -> Refund {
        let (transaction, order) = (self.made.transaction.as_str(), self.made.order.as_str());
        let part = Extent::Part(money(amount));
        Refund::new(refund.into(), transaction.into(), order.into(), part)
    }
}

impl Subject for GiveBack {
    const NAME: &'static str = "haso RefundTransaction";
    const OTHERS: &'static [&'static str] = &[
        "refunds under the same number",
        "refunds under another number",
    ];
    type World = Haso;
    type Write = Refund;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = Haso::demo();
        let made = made(&mut world, Status::Active, now, chance);
        let refund = format!("R-{}", chance.below(1_000_000));
        (Self { made, refund }, world)
    }

    fn caller(
        &self,
        network: Network<Haso>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> Refund {
        self.of(&self.refund, "30.00")
    }

    fn neighbour(&self) -> Option<Refund> {
        Some(self.of(&format!("{}-N", self.refund), "10.00"))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Haso,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let other = format!("{}-O{}", self.refund, chance.below(1_000));
        let refund = [self.refund.as_str(), &other][which.min(1)];
        by_another(&self.of(refund, "5.00"), world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Refunded { refund, .. } if *refund == self.refund)
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        world.refunds().any(|refund| refund.id == self.refund)
    }
}
