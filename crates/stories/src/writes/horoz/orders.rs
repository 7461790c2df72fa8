//! New orders, of both methods.

use horoz_shipping::{
    CreateShippingOrder, CreateSupplierPaysOrder, OrderDays, OrderLine, Party, SupplierCode,
};
use kervan_sandbox::horoz::{Effect, Horoz};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Blind;

use crate::clock;
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<SupplierPays>(), Write::of::<Plain>()]
}

/// A supplier that Horoz knows.
pub(super) const KNOWN_SUPPLIER: u64 = 123_456;
/// The same, and one that Horoz refuses.
const SUPPLIERS: [u64; 2] = [KNOWN_SUPPLIER, 123_457];

/// The parts of an order.
struct Parts {
    supplier: SupplierCode,
    recipient: Party,
    days: OrderDays,
    line: OrderLine,
}

#[expect(clippy::expect_used, reason = "the values are valid ones")]
fn parts(supplier: u64, chance: &mut Chance) -> Parts {
    let recipient = Party::new("Deneme Alıcı")
        .city("İzmir")
        .county("Karşıyaka")
        .address("Örnek Mahallesi 1")
        .phone("5550000001");
    let pieces = 1 + u32::try_from(chance.below(5)).unwrap_or(0);
    let desi = "12.5".parse().expect("a desi");
    Parts {
        supplier: SupplierCode::new(supplier).expect("a code"),
        recipient,
        days: OrderDays::from_today(clock::today(), 3),
        line: OrderLine::new("KOD1", pieces, desi)
            .name("Yatak")
            .category("YATAK"),
    }
}

/// Returns an order that the supplier pays.
pub(super) fn supplier_pays(
    number: &str,
    supplier: u64,
    chance: &mut Chance,
) -> CreateSupplierPaysOrder {
    let parts = parts(supplier, chance);
    let order =
        CreateSupplierPaysOrder::delivery(number, parts.supplier, parts.recipient, parts.days);
    order.line(parts.line)
}

/// Returns an order of the merchant's own account.
pub(super) fn plain(number: &str, chance: &mut Chance) -> CreateShippingOrder {
    let parts = parts(KNOWN_SUPPLIER, chance);
    let order = CreateShippingOrder::new(
        number.into(),
        "Standart",
        parts.supplier,
        parts.recipient,
        parts.days,
    );
    order.line(parts.line)
}

/// `createPaysSupplierShipping`.
struct SupplierPays {
    order: CreateSupplierPaysOrder,
    of_another: CreateSupplierPaysOrder,
}

impl Subject for SupplierPays {
    const NAME: &'static str = "horoz createPaysSupplierShipping";
    const OTHERS: &'static [&'static str] = &[
        "creates an order under this number",
        "creates an order under another number",
    ];
    type World = Horoz;
    type Write = CreateSupplierPaysOrder;

    fn draw(_: Moment, chance: &mut Chance) -> (Self, Horoz) {
        let number = number(chance);
        let supplier = SUPPLIERS[usize::from(chance.below(4) == 0)];
        let order = supplier_pays(&number, supplier, chance);
        let of_another = supplier_pays(&number, KNOWN_SUPPLIER, chance);
        (Self { order, of_another }, Horoz::demo())
    }

    fn write(&self) -> CreateSupplierPaysOrder {
        self.order.clone()
    }

    fn neighbour(&self) -> Option<CreateSupplierPaysOrder> {
        let mut order = self.order.clone();
        order.number = format!("{}-N", self.order.number).into();
        Some(order)
    }

    fn others_write(&self, which: usize) -> Option<CreateSupplierPaysOrder> {
        let mut order = self.of_another.clone();
        if which == 1 {
            order.number = format!("{}-O", self.order.number).into();
        }
        Some(order)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        is_created(effect, self.order.number.as_str())
    }

    fn is_wanted(&self, world: &Horoz) -> bool {
        world.order(self.order.number.as_str()).is_some()
    }
}

/// `createShipping`.
struct Plain {
    order: CreateShippingOrder,
}

impl Subject for Plain {
    const NAME: &'static str = "horoz createShipping";
    const OTHERS: &'static [&'static str] = &[
        "creates the same order",
        "creates an order under another number",
    ];
    type World = Horoz;
    type Write = Blind<CreateShippingOrder>;

    fn draw(_: Moment, chance: &mut Chance) -> (Self, Horoz) {
        let order = plain(&number(chance), chance);
        (Self { order }, Horoz::demo())
    }

    fn write(&self) -> Blind<CreateShippingOrder> {
        Blind::new(self.order.clone())
    }

    fn neighbour(&self) -> Option<Blind<CreateShippingOrder>> {
        let mut order = self.order.clone();
        order.number = format!("{}-N", self.order.number).into();
        Some(Blind::new(order))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        is_created(effect, self.order.number.as_str())
    }

    fn is_wanted(&self, world: &Horoz) -> bool {
        world.order(self.order.number.as_str()).is_some()
    }
}

pub(super) fn number(chance: &mut Chance) -> String {
    format!("KV-{}", chance.below(1_000_000))
}

fn is_created(effect: &Effect, own: &str) -> bool {
    matches!(effect, Effect::OrderCreated { number, .. } if number == own)
}
