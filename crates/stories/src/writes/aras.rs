//! Aras: registering an order, replacing and cancelling it.

mod changes;

use aras_tracking::shipments::{
    CancelDispatch, CollectedBy, NewOrder, Payment, Piece, Pieces, Receiver, SetOrder,
};
use aras_tracking::{Client, CustomerReference, Login, ShipmentEnvironment, ShipmentSettings};
use kervan_core::{Config, Host, Transport};
use kervan_sandbox::aras::{Aras, CodeList, Effect, Order, OrderSpelling};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Settler;

use crate::another::by_another;
use crate::writes::base;
use crate::{Account, Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    let orders = [
        Write::of::<Register>(),
        Write::of::<Update>(),
        Write::of::<Cancel>(),
    ];
    orders.into_iter().chain(changes::writes()).collect()
}

impl Account for Aras {
    type Settings = ShipmentSettings;

    #[expect(clippy::expect_used, reason = "the address is a valid one")]
    fn client(
        network: impl Transport,
        host: impl Host,
        config: Config,
    ) -> Settler<ShipmentSettings> {
        let environment = ShipmentEnvironment::At(base());
        let login = Login::published_test_account();
        let builder = Client::<ShipmentSettings>::builder(&environment, login);
        let builder = builder.expect("an address").config(config);
        Settler::clone(&builder.build_over(network, host))
    }
}

/// `CancelDispatch`. A row of its read-back names the order, but the empty answer after a cancellation names
/// nobody: only the fresh connection of a settling read keeps the empty answer about another order away.
struct Cancel {
    code: String,
}

#[expect(clippy::expect_used, reason = "the reference is a valid one")]
fn cancel(code: &str) -> CancelDispatch {
    CancelDispatch::new(CustomerReference::new(code).expect("a reference"))
}

impl Subject for Cancel {
    const NAME: &'static str = "aras CancelDispatch";
    const OTHERS: &'static [&'static str] = &[
        "cancels the order",
        "cuts the waybill of the order",
        "cancels another order",
    ];
    type World = Aras;
    type Write = CancelDispatch;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Aras) {
        let code = format!("KV-{}", chance.below(1_000_000));
        let mut world = Aras::demo();
        for code in [code.clone(), format!("{code}-N"), "KV-OTHER".to_owned()] {
            let order = Order::new(code, now)
                .with("TradingWaybillNumber", "S-1")
                .with("ReceiverName", "DENEME ALICI");
            world.register(order);
        }
        (Self { code }, world)
    }

    fn write(&self) -> CancelDispatch {
        cancel(&self.code)
    }

    fn neighbour(&self) -> Option<CancelDispatch> {
        Some(cancel(&format!("{}-N", self.code)))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Aras,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let code = match which {
            0 => &self.code,
            1 => {
                world.cut_waybill(&self.code);
                return Vec::new();
            }
            _ => "KV-OTHER",
        };
        by_another(&cancel(code), world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Cancelled { code } if *code == self.code)
    }

    fn is_wanted(&self, world: &Aras) -> bool {
        !world.is_active(&self.code)
    }
}

/// Draws what nobody published about the service.
fn world(chance: &mut Chance) -> Aras {
    let mut world = Aras::demo();
    let settings = world.settings_mut();
    if chance.below(2) == 0 {
        settings.codes = CodeList::Printed;
    }
    if chance.below(3) == 0 {
        settings.order_spelling = OrderSpelling::Own;
    }
    settings.refuses_own_barcodes = chance.below(3) == 0;
    world
}

/// An order under a code, whose contents are drawn by its `version`.
#[expect(clippy::expect_used, reason = "the reference is a valid one")]
fn order(code: &str, version: u32) -> NewOrder {
    let reference = CustomerReference::new(code).expect("a reference");
    let receiver = Receiver::new("Işıl Örnek")
        .address(format!("Çınar Mah. Deneme Sok. No: {version}"))
        .phone("0555 000 00 17")
        .city("İzmir")
        .town("Konak");
    let payment = Payment::CashOnDelivery {
        amount: "349.90".parse().unwrap_or_default(),
        by: CollectedBy::Cash,
    };
    let piece = |at: u32| {
        let barcode = format!("{code}-{at}");
        Piece::new(barcode).desi(at + version).weight_kg(at)
    };
    let pieces = Pieces::one(piece(1)).and(piece(2));
    NewOrder::new(reference, receiver, payment, pieces).waybill("S-1")
}

/// Returns whether an order is registered with the contents of a version.
fn has_version(world: &Aras, code: &str, version: u32) -> bool {
    let order = world.order(code);
    let address = order.and_then(|order| order.member("ReceiverAddress"));
    address.is_some_and(|address| address.ends_with(&format!(": {version}")))
}

/// Another program sends an order, or a branch cuts the waybill.
fn set_or_cut(
    write: Option<SetOrder>,
    code: &str,
    world: &mut Aras,
    now: Moment,
    chance: &mut Chance,
) -> Vec<Effect> {
    if let Some(write) = write {
        return by_another(&write, world, now, chance);
    }
    world.cut_waybill(code);
    Vec::new()
}

/// `SetOrder` of a new order: keyed, so that it may leave again under its code. Its code may have been that of an
/// order that was removed.
struct Register {
    code: String,
    is_refused: bool,
}

impl Subject for Register {
    const NAME: &'static str = "aras SetOrder (new)";
    const OTHERS: &'static [&'static str] = &[
        "registers the same order",
        "registers another order",
        "cuts the waybill of the order",
    ];
    /// An order that is sent again is stored again.
    const IS_REPEATED_WELL: bool = true;
    const NAMES_OBJECT: bool = true;
    type World = Aras;
    type Write = SetOrder;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Aras) {
        let code = format!("{}", 1_000_000 + chance.below(1_000_000));
        let mut world = world(chance);
        let mut is_refused = false;
        if chance.below(4) == 0 {
            // Another parcel had the code before.
            let mut earlier = order(&code, 9);
            earlier.pieces = Pieces::one(Piece::new(format!("{code}-9")).desi(1).weight_kg(1));
            by_another(&SetOrder::new(earlier), &mut world, now, chance);
            by_another(&cancel(&code), &mut world, now, chance);
            is_refused = chance.below(2) == 0;
            world.settings_mut().keeps_removed_codes = is_refused;
        }
        (Self { code, is_refused }, world)
    }

    fn write(&self) -> SetOrder {
        SetOrder::new(order(&self.code, 1))
    }

    fn neighbour(&self) -> Option<SetOrder> {
        Some(SetOrder::new(order(&format!("{}0", self.code), 1)))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Aras,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let write = self.others_write(which).filter(|_| which < 2);
        set_or_cut(write, &self.code, world, now, chance)
    }

    /// A code with two meanings refuses each try, and leaves open whether an order exists.
    fn is_decidable(&self, _others: &[usize]) -> bool {
        !self.is_refused
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Registered { code, .. } if *code == self.code)
    }

    fn is_wanted(&self, world: &Aras) -> bool {
        has_version(world, &self.code, 1)
    }
}

/// `SetOrder` of an order that is registered: a state, whose old form is known by the baseline alone.
struct Update {
    code: String,
}

impl Subject for Update {
    const NAME: &'static str = "aras SetOrder (update)";
    const OTHERS: &'static [&'static str] = &[
        "updates the order to the same contents",
        "updates another order",
        "cuts the waybill of the order",
    ];
    /// An update that was made already is made again.
    const IS_REPEATED_WELL: bool = true;
    const NAMES_OBJECT: bool = true;
    type World = Aras;
    type Write = SetOrder;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Aras) {
        let code = format!("{}", 1_000_000 + chance.below(1_000_000));
        let mut world = world(chance);
        world.settings_mut().refuses_own_barcodes = false;
        // An update may find what it asks for.
        let version = u32::from(chance.below(5) == 0) + 1;
        for code in [code.clone(), format!("{code}0")] {
            let earlier = SetOrder::new(order(&code, version));
            by_another(&earlier, &mut world, now, chance);
        }
        (Self { code }, world)
    }

    fn write(&self) -> SetOrder {
        SetOrder::update(order(&self.code, 2))
    }

    fn neighbour(&self) -> Option<SetOrder> {
        Some(SetOrder::update(order(&format!("{}0", self.code), 2)))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Aras,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let write = self.others_write(which).filter(|_| which < 2);
        set_or_cut(write, &self.code, world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Updated { code, .. } if *code == self.code)
    }

    fn is_wanted(&self, world: &Aras) -> bool {
        has_version(world, &self.code, 2)
    }
}
