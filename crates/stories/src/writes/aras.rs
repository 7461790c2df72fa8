//! Aras: cancelling an order, its document numbers, the recall of a parcel.

use aras_tracking::shipments::{CancelDispatch, RecallRequest, UpdateNumbers};
use aras_tracking::{Client, CustomerReference, Login, ShipmentEnvironment, ShipmentSettings};
use kervan_core::{Config, Host, Transport};
use kervan_sandbox::aras::{Aras, Effect, Order};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::{Blind, Settler};

use crate::another::by_another;
use crate::writes::base;
use crate::{Account, Subject, Write};

pub(super) fn writes() -> [Write; 4] {
    [
        Write::of::<Cancel>(),
        Write::of::<Numbers>(),
        Write::of::<Recalling<false>>(),
        Write::of::<Recalling<true>>(),
    ]
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

/// `UpdateInvoiceWaybillNumber`, of which the order itself shows what became of it.
struct Numbers {
    code: String,
    /// Whether the dispatch note changes too, or the invoice alone.
    is_both: bool,
}

const OLD: [(&str, &str); 2] = [("TradingWaybillNumber", "S-1"), ("InvoiceNumber", "F-1")];
const NEW: [&str; 2] = ["S-2", "F-2"];

impl Numbers {
    #[expect(clippy::expect_used, reason = "the reference is a valid one")]
    fn of(&self, code: &str, [waybill, invoice]: [&str; 2]) -> UpdateNumbers {
        let reference = CustomerReference::new(code).expect("a reference");
        let update = UpdateNumbers::of(reference).invoice(invoice);
        if self.is_both {
            update.waybill(waybill)
        } else {
            update
        }
    }
}

impl Subject for Numbers {
    const NAME: &'static str = "aras UpdateInvoiceWaybillNumber";
    const OTHERS: &'static [&'static str] = &[
        "makes the same change",
        "changes the numbers of another order",
        "cuts the waybill of the order",
    ];
    const IS_REPEATED_WELL: bool = true;
    type World = Aras;
    type Write = UpdateNumbers;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Aras) {
        let code = format!("KV-{}", chance.below(1_000_000));
        let mut world = Aras::demo();
        for code in [code.clone(), format!("{code}-N")] {
            let order = Order::new(code, now).with("ReceiverName", "DENEME ALICI");
            let numbers = OLD.into_iter();
            world.register(numbers.fold(order, |order, (name, number)| order.with(name, number)));
        }
        let is_both = chance.below(2) == 0;
        (Self { code, is_both }, world)
    }

    fn write(&self) -> UpdateNumbers {
        self.of(&self.code, NEW)
    }

    fn neighbour(&self) -> Option<UpdateNumbers> {
        Some(self.of(&format!("{}-N", self.code), NEW))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Aras,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        match self.others_write(which).filter(|_| which < 2) {
            Some(write) => by_another(&write, world, now, chance),
            None => {
                world.cut_waybill(&self.code);
                Vec::new()
            }
        }
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Renumbered { code } if *code == self.code)
    }

    fn is_wanted(&self, world: &Aras) -> bool {
        let numbers = OLD.into_iter().zip(NEW).skip(usize::from(!self.is_both));
        let order = world.order(&self.code);
        let mut numbers = numbers.map(|((name, _), new)| {
            let number = order.and_then(|order| order.member(name));
            number == Some(new)
        });
        numbers.all(|is_new| is_new)
    }
}

/// `Recall` and `CancelRecall`, of which nothing can be read back.
struct Recalling<const UNDO: bool> {
    code: String,
}

fn recalling<const UNDO: bool>(code: &str) -> Blind<RecallRequest<UNDO>> {
    Blind::new(RecallRequest::new(code))
}

impl<const UNDO: bool> Subject for Recalling<UNDO> {
    const NAME: &'static str = if UNDO {
        "aras CancelRecall"
    } else {
        "aras Recall"
    };
    const OTHERS: &'static [&'static str] = &["makes the same change", "changes another parcel"];
    const SHOWS_DONE: bool = false;
    const SHOWS_ABSENCE: bool = false;
    type World = Aras;
    type Write = Blind<RecallRequest<UNDO>>;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Aras) {
        let code = format!("KV-{}", chance.below(1_000_000));
        let mut world = Aras::demo();
        for code in [code.clone(), format!("{code}-N")] {
            world.register(Order::new(code.clone(), now).with("ReceiverName", "DENEME ALICI"));
            world.cut_waybill(&code);
            if UNDO {
                by_another(&RecallRequest::<false>::new(code), &mut world, now, chance);
            }
        }
        (Self { code }, world)
    }

    fn write(&self) -> Self::Write {
        recalling(&self.code)
    }

    fn neighbour(&self) -> Option<Self::Write> {
        Some(recalling(&format!("{}-N", self.code)))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        match effect {
            Effect::Recalled { .. } => !UNDO,
            Effect::RecallCancelled { .. } => UNDO,
            _ => false,
        }
    }

    fn is_ours_in(&self, effect: &Effect, world: &Aras) -> bool {
        let (Effect::Recalled { tracking_number } | Effect::RecallCancelled { tracking_number }) =
            effect
        else {
            return false;
        };
        let parcel = world.parcel(&self.code);
        self.is_ours(effect) && parcel.is_some_and(|it| it.tracking_number == *tracking_number)
    }

    fn is_wanted(&self, world: &Aras) -> bool {
        let parcel = world.parcel(&self.code);
        parcel.is_some_and(|parcel| parcel.recalled_at.is_some() != UNDO)
    }
}
