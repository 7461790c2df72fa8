//! Horoz: orders, cancels and labels.

use horoz_shipping::{
    CancelSupplierPaysOrder, Client, CreateSupplierPaysOrder, Days, Line, Party, ProcessKey,
    Settings, SupplierCode,
};
use kervan_core::{Caller, Config, Host, MovableHost};
use kervan_sandbox::horoz::{Effect, Horoz};
use kervan_sandbox::{Chance, Moment, Provider};

use crate::blind::Blind;
use crate::writes::base;
use crate::{Network, Subject, Write};
use crate::{another, clock};

pub(super) fn writes() -> [Write; 2] {
    [Write::of::<Order>(), Write::of::<Cancel>()]
}

/// An account that Horoz knows, and one that it refuses.
const SUPPLIERS: [u64; 2] = [123_456, 123_457];
const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A client over any network.
#[expect(clippy::expect_used, reason = "the key of the world is a valid one")]
fn client(
    network: impl kervan_core::Transport,
    host: impl Host,
    config: Config,
) -> Caller<Settings> {
    let key = ProcessKey::new(KEY).expect("a key");
    let client = Client::builder(base(), key).config(config);
    client.build_over(network, host).caller().clone()
}

#[expect(clippy::expect_used, reason = "the values are valid ones")]
fn order(number: &str, supplier: u64, chance: &mut Chance) -> CreateSupplierPaysOrder {
    let recipient = Party::new("Deneme Alıcı")
        .city("İzmir")
        .county("Karşıyaka")
        .address("Örnek Mahallesi 1")
        .phone("5550000001");
    let supplier = SupplierCode::new(supplier).expect("a code");
    let day = Days::from_today(clock::today(), 3);
    let pieces = 1 + u32::try_from(chance.below(5)).unwrap_or(0);
    let line = Line::new("KOD1", pieces, "12.5".parse().expect("a desi"))
        .name("Yatak")
        .category("YATAK");
    CreateSupplierPaysOrder::delivery(number, supplier, recipient, day).line(line)
}

/// `createPaysSupplierShipping`.
struct Order {
    order: CreateSupplierPaysOrder,
    of_another: CreateSupplierPaysOrder,
}

impl Subject for Order {
    const NAME: &'static str = "horoz createPaysSupplierShipping";
    const OTHERS: &'static [&'static str] = &[
        "creates an order under this number",
        "creates an order under another number",
    ];
    type World = Horoz;
    type Write = CreateSupplierPaysOrder;

    fn draw(_: Moment, chance: &mut Chance) -> (Self, Horoz) {
        let number = format!("KV-{}", chance.below(1_000_000));
        let supplier = SUPPLIERS[usize::from(chance.below(4) == 0)];
        let of_another = order(&number, SUPPLIERS[0], chance);
        let order = order(&number, supplier, chance);
        (Self { order, of_another }, Horoz::demo())
    }

    fn caller(
        &self,
        network: Network<Horoz>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> CreateSupplierPaysOrder {
        self.order.clone()
    }

    fn neighbour(&self) -> Option<CreateSupplierPaysOrder> {
        let mut order = self.order.clone();
        order.number = format!("{}-N", self.order.number).into();
        Some(order)
    }

    fn other(
        &self,
        which: usize,
        world: &mut Horoz,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let mut order = self.of_another.clone();
        if which == 1 {
            order.number = format!("{}-O", self.order.number).into();
        }
        create(&order, world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::OrderCreated { number, .. } if number == self.order.number.as_str())
    }

    fn is_wanted(&self, world: &Horoz) -> bool {
        world.order(self.order.number.as_str()).is_some()
    }
}

/// Creates an order as another program does.
fn create(
    order: &CreateSupplierPaysOrder,
    world: &mut Horoz,
    now: Moment,
    chance: &mut Chance,
) -> Vec<Effect> {
    let request = another::request(
        |network, host| client(network, host, Config::default()),
        order,
    );
    request.map_or_else(Vec::new, |request| world.handle(&request, now, chance).1)
}

/// `cancelPaysSupplierShipping`.
struct Cancel {
    number: String,
}

impl Subject for Cancel {
    const NAME: &'static str = "horoz cancelPaysSupplierShipping";
    const OTHERS: &'static [&'static str] = &["accepts the goods"];
    type World = Horoz;
    type Write = Blind<CancelSupplierPaysOrder>;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Horoz) {
        let number = format!("KV-{}", chance.below(1_000_000));
        let mut world = Horoz::demo();
        for number in [&number, &format!("{number}-N")] {
            let order = order(number, SUPPLIERS[0], chance);
            create(&order, &mut world, now, chance);
        }
        (Self { number }, world)
    }

    fn caller(
        &self,
        network: Network<Horoz>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> Blind<CancelSupplierPaysOrder> {
        Blind(CancelSupplierPaysOrder::new(self.number.as_str()))
    }

    fn neighbour(&self) -> Option<Blind<CancelSupplierPaysOrder>> {
        let number = format!("{}-N", self.number);
        Some(Blind(CancelSupplierPaysOrder::new(number)))
    }

    fn other(&self, _: usize, world: &mut Horoz, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        world.accept(&self.number, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Cancelled { number } if *number == self.number)
    }

    fn is_wanted(&self, world: &Horoz) -> bool {
        !world.is_active(&self.number)
    }
}
