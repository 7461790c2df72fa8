//! Blind writes about an order that exists: its cancelling, its label.

use horoz_shipping::{
    CancelLabel, CancelShippingOrder, CancelSupplierPaysOrder, CreateLabel, Settings,
};
use kervan_core::Operation;
use kervan_sandbox::horoz::{Effect, Horoz};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Blind;

use super::orders;
use crate::another::by_another;
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<Existing<CancelSupplierPaysOrder>>(),
        Write::of::<Existing<CancelShippingOrder>>(),
        Write::of::<Existing<CreateLabel>>(),
        Write::of::<Existing<CancelLabel>>(),
    ]
}

/// A write about an order that exists.
trait OnOrder: Operation<Service = Settings> + Clone + 'static {
    /// The name of the subject.
    const SUBJECT: &'static str;
    /// Horoz' staff, the same write of another program, and that of another order.
    const OTHERS: &'static [&'static str];
    const IS_REPEATED_WELL: bool = false;

    /// Makes the order, and the write about it.
    fn draw(number: &str, world: &mut Horoz, now: Moment, chance: &mut Chance) -> Self;

    /// Horoz' staff does something to the order.
    fn staff(number: &str, world: &mut Horoz, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        world.accept(number, now, chance)
    }

    /// Returns whether an effect is that of this write, with the number of its order.
    fn is_of(effect: &Effect, own: &str) -> bool;

    /// Returns whether the order is as the write wants it.
    fn is_wanted(number: &str, world: &Horoz) -> bool;
}

/// A write, and the same write of another order.
struct Existing<W> {
    numbers: [String; 2],
    writes: [W; 2],
}

impl<W: OnOrder> Subject for Existing<W> {
    const NAME: &'static str = W::SUBJECT;
    const OTHERS: &'static [&'static str] = W::OTHERS;
    const IS_REPEATED_WELL: bool = W::IS_REPEATED_WELL;
    type World = Horoz;
    type Write = Blind<W>;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Horoz) {
        let number = orders::number(chance);
        let numbers = [number.clone(), format!("{number}-N")];
        let mut world = Horoz::demo();
        let writes = [0, 1].map(|at: usize| W::draw(&numbers[at], &mut world, now, chance));
        (Self { numbers, writes }, world)
    }

    fn write(&self) -> Blind<W> {
        Blind::new(self.writes[0].clone())
    }

    fn neighbour(&self) -> Option<Blind<W>> {
        Some(Blind::new(self.writes[1].clone()))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Horoz,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        match which {
            0 => W::staff(&self.numbers[0], world, now, chance),
            _ => by_another(&self.writes[(which - 1).min(1)], world, now, chance),
        }
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        W::is_of(effect, &self.numbers[0])
    }

    fn is_wanted(&self, world: &Horoz) -> bool {
        W::is_wanted(&self.numbers[0], world)
    }
}

impl OnOrder for CancelSupplierPaysOrder {
    const SUBJECT: &'static str = "horoz cancelPaysSupplierShipping";
    const OTHERS: &'static [&'static str] = CANCELS;

    fn draw(number: &str, world: &mut Horoz, now: Moment, chance: &mut Chance) -> Self {
        let order = orders::supplier_pays(number, orders::KNOWN_SUPPLIER, chance);
        by_another(&order, world, now, chance);
        Self::new(number)
    }

    fn is_of(effect: &Effect, own: &str) -> bool {
        is_cancelled(effect, own)
    }

    fn is_wanted(number: &str, world: &Horoz) -> bool {
        !world.is_active(number)
    }
}

impl OnOrder for CancelShippingOrder {
    const SUBJECT: &'static str = "horoz cancelShipping";
    const OTHERS: &'static [&'static str] = CANCELS;

    fn draw(number: &str, world: &mut Horoz, now: Moment, chance: &mut Chance) -> Self {
        plain(number, world, now, chance);
        Self::new(number)
    }

    fn is_of(effect: &Effect, own: &str) -> bool {
        is_cancelled(effect, own)
    }

    fn is_wanted(number: &str, world: &Horoz) -> bool {
        !world.is_active(number)
    }
}

impl OnOrder for CreateLabel {
    const SUBJECT: &'static str = "horoz createBarcode";
    const OTHERS: &'static [&'static str] = &[
        "accepts the goods",
        "makes the label",
        "makes the label of another order",
    ];
    /// The same label is given again.
    const IS_REPEATED_WELL: bool = true;

    fn draw(number: &str, world: &mut Horoz, now: Moment, chance: &mut Chance) -> Self {
        plain(number, world, now, chance);
        Self::new(number)
    }

    fn is_of(effect: &Effect, own: &str) -> bool {
        matches!(effect, Effect::LabelMade { number, .. } if number == own)
    }

    fn is_wanted(number: &str, world: &Horoz) -> bool {
        !world.labels_of(number).is_empty()
    }
}

impl OnOrder for CancelLabel {
    const SUBJECT: &'static str = "horoz cancelBarcode";
    const OTHERS: &'static [&'static str] = &[
        "scans the label",
        "cancels the label",
        "cancels the label of another order",
    ];

    fn draw(number: &str, world: &mut Horoz, now: Moment, chance: &mut Chance) -> Self {
        plain(number, world, now, chance);
        by_another(&CreateLabel::new(number), world, now, chance);
        let record = world.order(number).and_then(|order| order.atf());
        Self::new(record.unwrap_or_default().into(), number.into())
    }

    fn staff(number: &str, world: &mut Horoz, _: Moment, _: &mut Chance) -> Vec<Effect> {
        world.read_label(number);
        Vec::new()
    }

    fn is_of(effect: &Effect, own: &str) -> bool {
        matches!(effect, Effect::LabelCancelled { number, .. } if number == own)
    }

    fn is_wanted(number: &str, world: &Horoz) -> bool {
        world.labels_of(number).is_empty()
    }
}

const CANCELS: &[&str] = &[
    "accepts the goods",
    "cancels the order",
    "cancels another order",
];

fn plain(number: &str, world: &mut Horoz, now: Moment, chance: &mut Chance) {
    let order = orders::plain(number, chance);
    by_another(&order, world, now, chance);
}

fn is_cancelled(effect: &Effect, own: &str) -> bool {
    matches!(effect, Effect::Cancelled { number } if number == own)
}
