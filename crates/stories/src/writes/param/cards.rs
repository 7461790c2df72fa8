//! Stored cards, and refunds of whole payments.

use kervan_core::{Caller, Config, MovableHost};
use kervan_sandbox::param::{Effect, Param};
use kervan_sandbox::{Chance, Moment};
use param_marketplace::Settings;
use param_marketplace::payments::RefundPayment;
use param_marketplace::payments::stored::{CardToStore, RemoveStoredCard, StoreCard};

use super::{ORDER, PAYMENT, by_another, client, lira, money, yesterday};
use crate::{Network, Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<Store>(),
        Write::of::<Remove>(),
        Write::of::<Refund>(),
    ]
}

const OWNER: &str = "customer-42";
/// Published test cards.
const CARDS: [&str; 2] = ["4546711234567894", "4022774022774026"];

fn store(number: &str) -> StoreCard {
    StoreCard::new(CardToStore::new("Deneme", number, "12", "2031"), OWNER)
}

/// `KS_Kart_Ekle`.
struct Store;

impl Subject for Store {
    const NAME: &'static str = "param KS_Kart_Ekle";
    const OTHERS: &'static [&'static str] = &["stores the same card", "stores another card"];
    type World = Param;
    type Write = StoreCard;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Param) {
        (Self, Param::default())
    }

    fn caller(
        &self,
        network: Network<Param>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> StoreCard {
        store(CARDS[0])
    }

    fn other(
        &self,
        which: usize,
        world: &mut Param,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        by_another(&store(CARDS[which.min(1)]), world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::CardStored { .. })
    }

    fn is_wanted(&self, world: &Param) -> bool {
        !world.stored_cards().is_empty()
    }
}

/// `KS_Kart_Sil`.
struct Remove {
    key: String,
}

impl Subject for Remove {
    const NAME: &'static str = "param KS_Kart_Sil";
    const OTHERS: &'static [&'static str] = &["removes the card"];
    type World = Param;
    type Write = RemoveStoredCard;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let mut world = Param::default();
        let key = chance.guid();
        for (key, number) in [(key.clone(), CARDS[0]), (chance.guid(), CARDS[1])] {
            world.seed_card(&key, OWNER, number, yesterday(now));
        }
        (Self { key }, world)
    }

    fn caller(
        &self,
        network: Network<Param>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> RemoveStoredCard {
        RemoveStoredCard::new(self.key.as_str(), OWNER)
    }

    fn other(&self, _: usize, world: &mut Param, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        by_another(&self.write(), world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::CardRemoved { key } if *key == self.key)
    }

    fn is_wanted(&self, world: &Param) -> bool {
        !world.stored_cards().iter().any(|card| card.key == self.key)
    }
}

/// `TP_Islem_Iptal_Iade_Kismi2`: a part, on a later day.
struct Refund;

impl Subject for Refund {
    const NAME: &'static str = "param TP_Islem_Iptal_Iade_Kismi2";
    const OTHERS: &'static [&'static str] = &[
        "refunds the same amount",
        "refunds the same amount of another payment",
        "refunds all of the payment",
    ];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = RefundPayment;

    fn draw(now: Moment, _: &mut Chance) -> (Self, Param) {
        let mut world = Param::default();
        world.seed_payment(PAYMENT, ORDER, lira(100), yesterday(now));
        world.seed_payment(PAYMENT + 1, "KV-2002", lira(100), yesterday(now));
        (Self, world)
    }

    fn caller(
        &self,
        network: Network<Param>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> RefundPayment {
        RefundPayment::refund(ORDER, money(lira(10)))
    }

    fn neighbour(&self) -> Option<RefundPayment> {
        Some(RefundPayment::refund("KV-2002", money(lira(10))))
    }

    fn other(
        &self,
        which: usize,
        world: &mut Param,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let (order, amount) = [(ORDER, 10), ("KV-2002", 10), (ORDER, 100)][which.min(2)];
        let refund = RefundPayment::refund(order, money(lira(amount)));
        by_another(&refund, world, now, chance)
    }

    /// Of a payment that is given back as a whole, the client leaves it to a person.
    fn is_decidable(&self, others: &[usize]) -> bool {
        !others.contains(&2)
    }

    /// A refund of another payment.
    fn is_told_apart(&self, which: usize) -> bool {
        which == 1
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Refunded { payment, .. } if *payment == PAYMENT)
    }

    fn is_wanted(&self, world: &Param) -> bool {
        world.returned(ORDER).0 > 0
    }
}
