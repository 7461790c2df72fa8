//! Orders: made without a page, and activated.

use haso_bnpl::{ActivateOrder, CreateTransaction};
use kervan_sandbox::haso::{Effect, Haso, Status};
use kervan_sandbox::{Chance, Moment};

use super::{CUSTOMERS, Made, made, money, world};
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<Create>(), Write::of::<Activate>()]
}

pub(super) fn create() -> CreateTransaction {
    create_for(CUSTOMERS[0])
}

fn create_for(customer: &str) -> CreateTransaction {
    CreateTransaction::new(money("100.00"), 2, customer)
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
    const NAMES_OBJECT: bool = true;
    type World = Haso;
    type Write = CreateTransaction;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Haso) {
        (Self, world())
    }

    fn write(&self) -> CreateTransaction {
        create()
    }

    /// Returns the same order of another customer.
    fn neighbour(&self) -> Option<CreateTransaction> {
        Some(create_for(CUSTOMERS[1]))
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

    fn is_ours_in(&self, effect: &Effect, world: &Haso) -> bool {
        let (Effect::OrderWaiting { transaction, .. } | Effect::Activated { transaction, .. }) =
            effect
        else {
            return false;
        };
        let mut own = world.transactions().filter(|one| one.code == *transaction);
        own.all(|one| one.customer == CUSTOMERS[0])
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        let mut transactions = world.transactions();
        transactions.any(|one| one.customer == CUSTOMERS[0])
    }
}

/// `UpdateTransaction`.
struct Activate {
    orders: [Made; 2],
}

impl Subject for Activate {
    const NAME: &'static str = "haso UpdateTransaction";
    const OTHERS: &'static [&'static str] = &["activates the order", "activates another order"];
    const IS_REPEATED_WELL: bool = true;
    /// A refusal to show a plan has no documented code.
    const SHOWS_ABSENCE: bool = false;
    const NAMES_OBJECT: bool = true;
    type World = Haso;
    type Write = ActivateOrder;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = Haso::demo();
        let orders = [(); 2].map(|()| made(&mut world, Status::Waiting, now, chance));
        (Self { orders }, world)
    }

    fn write(&self) -> ActivateOrder {
        activate(&self.orders[0])
    }

    fn neighbour(&self) -> Option<ActivateOrder> {
        Some(activate(&self.orders[1]))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Activated { order, .. } if *order == self.orders[0].order)
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        world.is_active(&self.orders[0].order)
    }
}
