//! Aras: the document numbers of an order, and the recall of a parcel.

use aras_tracking::CustomerReference;
use aras_tracking::shipments::{RecallRequest, UpdateNumbers};
use kervan_sandbox::aras::{Aras, Effect, Order};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Blind;

use crate::another::by_another;
use crate::{Subject, Write};

pub(super) fn writes() -> [Write; 3] {
    [
        Write::of::<Numbers>(),
        Write::of::<Recalling<false>>(),
        Write::of::<Recalling<true>>(),
    ]
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
    const NAMES_OBJECT: bool = true;
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
        let Some(write) = self.others_write(which).filter(|_| which < 2) else {
            world.cut_waybill(&self.code);
            return Vec::new();
        };
        by_another(&write, world, now, chance)
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
