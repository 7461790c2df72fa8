//! Stored cards: storing and removing.

use kervan_sandbox::param::{Effect, Param};
use kervan_sandbox::{Chance, Moment};
use param_marketplace::payments::stored::{CardToStore, RemoveStoredCard, StoreCard};

use super::{CARDS, OWNER, yesterday};
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<Store>(), Write::of::<Remove>()]
}

/// The shop's key of another customer.
const OTHER_OWNER: &str = "customer-43";

fn store(number: &str, owner: &str) -> StoreCard {
    let card = CardToStore::new(number)
        .holder("Deneme")
        .month("12")
        .year("2031");
    StoreCard::new(card, owner)
}

/// `KS_Kart_Ekle`. No column of the list names the customer, so an answer about another customer's cards
/// cannot be told apart: only the fresh connection of a settling read keeps it away.
struct Store;

impl Subject for Store {
    const NAME: &'static str = "param KS_Kart_Ekle";
    const OTHERS: &'static [&'static str] = &["stores the same card", "stores another card"];
    type World = Param;
    type Write = StoreCard;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Param) {
        (Self, Param::default())
    }

    fn write(&self) -> StoreCard {
        store(CARDS[0], OWNER)
    }

    /// Returns the same card of another customer.
    fn neighbour(&self) -> Option<StoreCard> {
        Some(store(CARDS[0], OTHER_OWNER))
    }

    fn others_write(&self, which: usize) -> Option<StoreCard> {
        Some(store(CARDS[which.min(1)], OWNER))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::CardStored { .. })
    }

    fn is_ours_in(&self, effect: &Effect, world: &Param) -> bool {
        let Effect::CardStored { key } = effect else {
            return false;
        };
        let mut own = world.stored_cards().iter().filter(|one| one.key == *key);
        own.all(|one| one.owner_key == OWNER)
    }

    fn is_wanted(&self, world: &Param) -> bool {
        world
            .stored_cards()
            .iter()
            .any(|one| one.owner_key == OWNER)
    }
}

/// `KS_Kart_Sil`. As [`Store`], its read-back does not name the customer.
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
