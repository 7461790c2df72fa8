//! Orders: made without a page, and activated.

use haso_bnpl::{ActivateOrder, CreateTransaction, Settings};
use kervan_core::{Caller, Config, MovableHost};
use kervan_sandbox::haso::{Effect, Haso, Status};
use kervan_sandbox::{Chance, Moment};

use super::{CUSTOMER, Made, by_another, client, made};
use crate::{Network, Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<Create>(), Write::of::<Activate>()]
}

#[expect(clippy::expect_used, reason = "the amount is a valid one")]
pub(super) fn create() -> CreateTransaction {
    let amount = "100.00".parse().expect("an amount");
    CreateTransaction::new(amount, 2, CUSTOMER)
}

pub(super) fn activate(made: &Made) -> ActivateOrder {
    ActivateOrder::without_post(made.order.as_str().into(), made.transaction.as_str().into())
}

/// `CreateTransaction`.
struct Create;

impl Subject for Create {
    const NAME: &'static str = "haso CreateTransaction";
    const OTHERS: &'static [&'static str] = &["makes the same order", "makes and activates one"];
    /// The list shows approved orders only, and a new one waits.
    const SHOWS_DONE: bool = false;
    const SHOWS_ABSENCE: bool = false;
    type World = Haso;
    type Write = CreateTransaction;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Haso) {
        (Self, Haso::demo())
    }

    fn caller(
        &self,
        network: Network<Haso>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> CreateTransaction {
        create()
    }

    fn other(
        &self,
        which: usize,
        world: &mut Haso,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let status = [Status::Waiting, Status::Active][which.min(1)];
        made(world, status, now, chance);
        Vec::new()
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(
            effect,
            Effect::OrderWaiting { .. } | Effect::Activated { .. }
        )
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        world.transactions().next().is_some()
    }
}

/// `UpdateTransaction`.
struct Activate {
    made: Made,
    other: Made,
}

impl Subject for Activate {
    const NAME: &'static str = "haso UpdateTransaction";
    const OTHERS: &'static [&'static str] = &["activates the order", "activates another order"];
    const IS_REPEATED_WELL: bool = true;
    /// A refusal to show a plan has no documented code.
    const SHOWS_ABSENCE: bool = false;
    type World = Haso;
    type Write = ActivateOrder;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = Haso::demo();
        let made = [(); 2].map(|()| made(&mut world, Status::Waiting, now, chance));
        let [made, other] = made;
        (Self { made, other }, world)
    }

    fn caller(
        &self,
        network: Network<Haso>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> ActivateOrder {
        activate(&self.made)
    }

    fn other(
        &self,
        which: usize,
        world: &mut Haso,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let made = [&self.made, &self.other][which.min(1)];
        by_another(&activate(made), world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Activated { order, .. } if *order == self.made.order)
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        world.is_active(&self.made.order)
    }
}
