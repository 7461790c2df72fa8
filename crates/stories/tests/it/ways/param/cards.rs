//! Stored cards: stored, listed, charged with and without 3-D, removed.

use kervan_sandbox::param::{Customer, PaymentState};
use param_marketplace::Settled;
use param_marketplace::payments::stored::{
    CardCode, CardToStore, ChargeStoredCard, ChargeStoredCardWithModel, ListStoredCards,
    ListStoredCardsPage, RemoveStoredCard, StoreCard, StoredCardKey,
};
use param_marketplace::payments::{Payment, QueryPayment};

use super::{CARD, Shop, sale};

const OWNER: &str = "customer-42";

/// Stores the card of the customer. The answer gets lost, and the list shows it.
fn stored(shop: &Shop) -> StoredCardKey {
    let card = CardToStore::new(CARD)
        .holder("Deneme")
        .month("12")
        .year("2031");
    let store = StoreCard::new(card, OWNER);
    let attempt = shop.stage.run(shop.client.prepare(&store)).unwrap();
    shop.stage.faults([kervan_sandbox::Fault::AnswerLost]);
    assert!(shop.stage.run(shop.client.send(&store, &attempt)).is_err());
    let settled = shop.stage.run(shop.client.settle(&store, &attempt));
    let Settled::Done(Some(stored)) = settled else {
        panic!("the list shows it: {settled:?}");
    };
    let known = shop.stage.ask(|world| world.stored_cards()[0].key.clone());
    assert_eq!(stored.card.expose(), known);
    stored.value.card
}

#[test]
fn a_card_is_stored_listed_charged_and_removed() {
    let shop = Shop::open();
    let key = stored(&shop);
    let list = ListStoredCards::of_owner(OWNER);
    let cards = shop.stage.run(shop.client.call(&list)).unwrap();
    assert_eq!(cards.cards.len(), 1);
    assert_eq!(cards.cards[0].key(), Some(&key));
    let page = ListStoredCardsPage::new(list.clone());
    let page = shop.stage.run(shop.client.call(&page)).unwrap();
    assert_eq!(page.cards.len(), 1);

    let charge = ChargeStoredCard::without_3d(sale("KV-1", "100.00"), key.clone()).owner(OWNER);
    let answer = shop.stage.run(shop.client.call(&charge)).unwrap().value;
    let Payment::Charged(charged) = answer else {
        panic!("no page was asked for");
    };
    let truth = shop.truth("KV-1");
    assert_eq!(truth.state, PaymentState::Charged);
    assert_eq!(charged.receipt.as_str(), truth.receipt.to_string());

    let remove = RemoveStoredCard::new(key.clone(), OWNER.into());
    shop.stage.run(shop.client.call(&remove)).unwrap();
    assert!(shop.stage.ask(|world| world.stored_cards().is_empty()));
    let again = ChargeStoredCard::without_3d(sale("KV-2", "100.00"), key).owner(OWNER);
    assert!(shop.stage.run(shop.client.call(&again)).is_err());
    assert!(shop.stage.ask(|world| world.charges("KV-2").is_empty()));
}

#[test]
fn a_stored_card_with_3d_is_confirmed_by_its_status() {
    let shop = Shop::open();
    let key = stored(&shop);
    let charge = ChargeStoredCard::with_3d(sale("KV-1", "100.00"), key, CardCode::new("000"));
    let answer = shop
        .stage
        .run(shop.client.call(&charge.owner(OWNER)))
        .unwrap();
    assert!(matches!(answer.value, Payment::Started(_)));
    shop.customer("KV-1", Customer::Proves);
    // The form has no signature.
    let status = shop
        .stage
        .run(shop.client.call(&QueryPayment::by_key("KV-1-1")));
    assert!(status.unwrap().value.payment.unwrap().is_paid());
    assert_eq!(shop.truth("KV-1").state, PaymentState::Charged);
}

#[test]
fn a_stored_card_by_the_3d_model_is_charged_by_the_second_step() {
    use param_marketplace::payments::callback::{ExpectedModel, ModelCallback, ModelResult};

    let shop = Shop::open();
    let key = stored(&shop);
    let charge = ChargeStoredCard::with_3d(sale("KV-1", "100.00"), key, CardCode::new("000"));
    let charge = ChargeStoredCardWithModel::new(charge.owner(OWNER));
    let answer = shop.stage.run(shop.client.call(&charge)).unwrap().value;
    let Payment::Started(page) = answer else {
        panic!("3-D was asked for");
    };
    let expected = ExpectedModel::of(&charge.payment.sale, &page).unwrap();
    let post = shop.customer("KV-1", Customer::Proves);
    let callback = ModelCallback::read(&post).unwrap();
    let result = callback.verify(shop.client.settings(), &expected).unwrap();
    let ModelResult::Authenticated(proof) = result else {
        panic!("the customer has proved to be the holder");
    };
    assert_eq!(shop.truth("KV-1").state, PaymentState::Proven);
    shop.stage
        .run(shop.client.send_or_settle(&proof.complete()))
        .unwrap();
    assert_eq!(shop.truth("KV-1").state, PaymentState::Charged);
}
