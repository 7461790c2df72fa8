//! Refunds, by the shop's own number.

use haso_bnpl::{Extent, Refund};
use kervan_sandbox::haso::{Effect, Haso, Status};
use kervan_sandbox::{Chance, Moment};

use super::{Made, made, money};
use crate::another::by_another;
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<GiveBack>()]
}

/// `RefundTransaction`.
struct GiveBack {
    made: Made,
    refund: String,
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
    /// All that is known of either answer is the refund's number.
    const IS_ANSWERED_AS_READ_BACK: bool = true;
    const NAMES_OBJECT: bool = true;
    type World = Haso;
    type Write = Refund;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = Haso::demo();
        let made = made(&mut world, Status::Active, now, chance);
        let refund = format!("R-{}", chance.below(1_000_000));
        (Self { made, refund }, world)
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
