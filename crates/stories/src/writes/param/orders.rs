//! Entries of sellers in a payment: adding, approving, giving back.

use kervan_sandbox::param::{Effect, OrderState as State, Param};
use kervan_sandbox::{Chance, Kurus, Moment};
use param_marketplace::{
    AddOrderDetail, CancelOrRefund, PaymentId, RefundAmount, SetOrderStatus, Undo,
};

use super::{ORDER, OTHER_ORDER, PAYMENT, an_hour_ago, any_case, lira, money, same_key, yesterday};
use crate::another::by_another;
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<Entry>(),
        Write::of::<Approval>(),
        Write::of::<Refund<false>>(),
        Write::of::<Refund<true>>(),
    ]
}

/// Returns a world with two paid orders, and two sellers.
fn world(at: Moment, seller: &str) -> Param {
    let mut world = Param::default();
    let values = [
        ("Tip", "1"),
        ("Ad_Soyad", "Deneme"),
        ("TC_VN", "10000000146"),
    ];
    world.seed_seller(seller, &values, at);
    world.seed_seller("11111111-0000-4000-8000-000000000001", &values, at);
    world.seed_payment(PAYMENT, ORDER, lira(100), at);
    world.seed_payment(PAYMENT + 1, OTHER_ORDER, lira(100), at);
    world
}

/// `Pazaryeri_TP_Siparis_Detay_Ekle`.
struct Entry {
    seller: String,
    add: AddOrderDetail,
}

impl Entry {
    fn of(payment: i64, seller: &str, product: Kurus, payable: Kurus) -> AddOrderDetail {
        let payment = PaymentId::new(payment.unsigned_abs());
        AddOrderDetail::new(payment, seller.into())
            .product_amount(money(product))
            .payable(money(payable))
    }
}

impl Subject for Entry {
    const NAME: &'static str = "param Pazaryeri_TP_Siparis_Detay_Ekle";
    const OTHERS: &'static [&'static str] = &[
        "enters the same seller with the same amounts",
        "enters another seller with the same amounts",
        "enters the same seller in another payment",
        "enters the same seller and cancels the entry",
    ];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = AddOrderDetail;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let seller = chance.guid();
        let product = lira(10 + i64::try_from(chance.below(3)).unwrap_or(0));
        let add = Self::of(PAYMENT, &any_case(&seller, chance), product, lira(8));
        let world = world(yesterday(now), &seller);
        (Self { seller, add }, world)
    }

    fn write(&self) -> AddOrderDetail {
        self.add.clone()
    }

    fn neighbour(&self) -> Option<AddOrderDetail> {
        let mut add = self.add.clone();
        add.payment = PaymentId::new(PAYMENT.unsigned_abs() + 1);
        Some(add)
    }

    fn other(
        &self,
        which: usize,
        world: &mut Param,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let mut add = self.add.clone();
        match which {
            1 => add.seller = "11111111-0000-4000-8000-000000000001".into(),
            2 => add.payment = PaymentId::new(PAYMENT.unsigned_abs() + 1),
            _ => {}
        }
        let mut effects = by_another(&add, world, now, chance);
        if let (3, Some(Effect::OrderEntered { key, .. })) = (which, effects.first()) {
            let key = key.as_str().into();
            let cancel = SetOrderStatus::cancel(key);
            effects.extend(by_another(&cancel, world, now, chance));
        }
        effects
    }

    /// Another seller, another payment, an entry that is cancelled already.
    fn is_told_apart(&self, which: usize) -> bool {
        which > 0
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::OrderEntered { payment, seller, .. }
            if *payment == PAYMENT && same_key(seller, &self.seller))
    }

    fn is_wanted(&self, world: &Param) -> bool {
        let entries = world.orders_of(PAYMENT);
        entries
            .iter()
            .any(|entry| same_key(&entry.seller, &self.seller))
    }
}

/// `Pazaryeri_TP_Siparis_Onay`: approving.
struct Approval {
    key: String,
    other: String,
    approve: SetOrderStatus,
}

/// Returns the keys of an entry, of another one of the same seller, and of one that is left alone.
fn entries(world: &mut Param, seller: &str, at: Moment, chance: &mut Chance) -> [String; 3] {
    let keys = [chance.guid(), chance.guid(), chance.guid()];
    for key in &keys {
        world.seed_entry(key, PAYMENT, seller, (lira(10), lira(8)), at);
    }
    keys
}

impl Subject for Approval {
    const NAME: &'static str = "param Pazaryeri_TP_Siparis_Onay";
    const OTHERS: &'static [&'static str] = &[
        "approves the entry",
        "approves another entry",
        "cancels the entry, if it waits",
        "gives the payment back",
    ];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = SetOrderStatus;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let seller = chance.guid();
        let paid = yesterday(now);
        let mut world = world(paid, &seller);
        let [key, other, _] = entries(&mut world, &seller, paid, chance);
        let approve = SetOrderStatus::approve(any_case(&key, chance).into());
        let case = Self {
            key,
            other,
            approve,
        };
        (case, world)
    }

    fn write(&self) -> SetOrderStatus {
        self.approve.clone()
    }

    fn neighbour(&self) -> Option<SetOrderStatus> {
        Some(SetOrderStatus::approve(self.other.as_str().into()))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Param,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let key = self.approve.order.clone();
        match which {
            0 => by_another(&self.approve, world, now, chance),
            2 => {
                let cancel = SetOrderStatus::cancel(key);
                by_another(&cancel, world, now, chance)
            }
            3 => {
                let refund = CancelOrRefund::new(key, ORDER, Undo::Refund, RefundAmount::Full);
                by_another(&refund, world, now, chance)
            }
            _ => {
                let approve = SetOrderStatus::approve(self.other.as_str().into());
                by_another(&approve, world, now, chance)
            }
        }
    }

    /// A cancelled or refunded entry may have been approved before.
    fn is_decidable(&self, others: &[usize]) -> bool {
        !others.iter().any(|which| matches!(which, 2 | 3))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::OrderApproved { key } if *key == self.key)
    }

    fn is_wanted(&self, world: &Param) -> bool {
        let entry = world.order(&self.key);
        entry.is_some_and(|entry| entry.state == State::Approved)
    }
}

/// `Pazaryeri_TP_Iptal_Iade`: all of an entry, or a part of it.
struct Refund<const WHOLE: bool> {
    key: String,
    other: String,
    /// An entry of the other payment.
    stranger: String,
    write: CancelOrRefund,
}

impl<const WHOLE: bool> Subject for Refund<WHOLE> {
    const NAME: &'static str = if WHOLE {
        "param Pazaryeri_TP_Iptal_Iade (whole)"
    } else {
        "param Pazaryeri_TP_Iptal_Iade (part)"
    };
    const OTHERS: &'static [&'static str] = &[
        "gives the same amount back",
        "gives the same amount of another entry back",
        "gives the whole payment back",
        "gives another part of the entry back",
    ];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = CancelOrRefund;

    #[expect(clippy::expect_used, reason = "the amount is not zero")]
    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let seller = chance.guid();
        // Everything may go back on the day of the payment, too.
        let (undo, paid) = if WHOLE && chance.below(2) == 0 {
            (Undo::Cancel, an_hour_ago(now))
        } else {
            (Undo::Refund, yesterday(now))
        };
        let mut world = world(paid, &seller);
        // Nobody knows which of it is true.
        world.rules.part_changes_state = chance.below(2) == 0;
        world.rules.whole_clears_shares = chance.below(2) == 0;
        let [key, other, _] = entries(&mut world, &seller, paid, chance);
        let stranger = chance.guid();
        world.seed_entry(&stranger, PAYMENT + 1, &seller, (lira(10), lira(8)), paid);
        let amount = if WHOLE {
            RefundAmount::Full
        } else {
            // The seller may get as much as before.
            let payable = lira(8 - i64::try_from(chance.below(3)).unwrap_or(0));
            let part = RefundAmount::part(money(lira(2)));
            part.leaving(money(payable)).expect("an amount")
        };
        let entry = any_case(&key, chance).into();
        let write = CancelOrRefund::new(entry, ORDER, undo, amount);
        let refund = Self {
            key,
            other,
            stranger,
            write,
        };
        (refund, world)
    }

    fn write(&self) -> CancelOrRefund {
        self.write.clone()
    }

    /// Returns the same part of another entry, or the whole of another payment.
    fn neighbour(&self) -> Option<CancelOrRefund> {
        let mut refund = self.write.clone();
        if WHOLE {
            refund.order = self.stranger.as_str().into();
            OTHER_ORDER.clone_into(&mut refund.payment_order);
        } else {
            refund.order = self.other.as_str().into();
        }
        Some(refund)
    }

    #[expect(clippy::expect_used, reason = "the amount is not zero")]
    fn others_write(&self, which: usize) -> Option<CancelOrRefund> {
        let mut refund = self.write.clone();
        match which {
            0 => {}
            1 => refund.order = self.other.as_str().into(),
            2 => refund.amount = RefundAmount::Full,
            _ => {
                // The seller gets nothing more, as after a refund of everything.
                let part = RefundAmount::part(money(lira(1))).leaving(money(lira(0)));
                refund.amount = part.expect("an amount");
            }
        }
        Some(refund)
    }

    /// A part of another entry.
    fn is_told_apart(&self, which: usize) -> bool {
        which == 1
    }

    /// No row shows a part after which the seller gets as much as before.
    fn is_decidable(&self, others: &[usize]) -> bool {
        match self.write.amount {
            RefundAmount::Partial(part) => {
                part.new_payable() != money(lira(8)) && !others.contains(&0)
            }
            RefundAmount::Full => true,
        }
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        let (Effect::Refunded { payment, entry, .. } | Effect::Cancelled { payment, entry, .. }) =
            effect
        else {
            return false;
        };
        // All of a payment goes back with all its entries.
        if WHOLE {
            *payment == PAYMENT && entry.is_none()
        } else {
            entry.as_ref() == Some(&self.key)
        }
    }

    fn is_wanted(&self, world: &Param) -> bool {
        if WHOLE {
            return world.returned(ORDER) == lira(100);
        }
        world.refunded(&self.key).0 > 0
    }
}
