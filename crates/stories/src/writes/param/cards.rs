//! Stored cards: storing and removing.

use kervan_sandbox::param::{Effect, Param};
use kervan_sandbox::{Chance, Moment};
use param_marketplace::payments::stored::{CardToStore, RemoveStoredCard, StoreCard};

use super::{CARDS, OWNER, yesterday};
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<Store>(), Write::of::<Remove>()]
}

fn store(number: &str) -> StoreCard {
    let card = CardToStore::new(number)
        .holder("Deneme")
        .month("12")
        .year("2031");
    StoreCard::new(card, OWNER)
}

/// `KS_Kart_Ekle`.
struct Store;

impl Subject for Store {
    const NAME: &'static str = "param KS_Kart_Ekle";
    const OTHERS: &'static [&'static str] = &["stores the same card", "stores another card"];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = StoreCard;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Param) {
        (Self, Param::default())
    }

    fn write(&self) -> StoreCard {
        store(CARDS[0])
    }

    fn others_write(&self, which: usize) -> Option<StoreCard> {
        Some(store(CARDS[which.min(1)]))
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

    fn write(&self) -> RemoveStoredCard {
        RemoveStoredCard::new(self.key.as_str().into(), OWNER.into())
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::CardRemoved { key } if *key == self.key)
    }

    fn is_wanted(&self, world: &Param) -> bool {
        !world.stored_cards().iter().any(|card| card.key == self.key)
    }
}
