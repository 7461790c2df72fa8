//! Aras: cancelling an order.

use aras_tracking::shipments::CancelDispatch;
use aras_tracking::{Client, CustomerReference, Login, ShipmentEnvironment, ShipmentSettings};
use kervan_core::{Config, Host, Transport};
use kervan_sandbox::aras::{Aras, Effect, Order};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Settler;

use crate::another::by_another;
use crate::writes::base;
use crate::{Account, Subject, Write};

pub(super) fn writes() -> [Write; 1] {
    [Write::of::<Cancel>()]
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
