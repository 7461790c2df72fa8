//! Stored cards: faults, settling, planted cards and keys.

use std::time::Duration;

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use param_marketplace::payments::Security;
use param_marketplace::payments::stored::{
    CardCode, CardToStore, ChargeStoredCard, ChargeStoredCardWithModel, ListStoredCards,
    ListStoredCardsPage, RemoveStoredCard, StoreCard, StoredCardKey,
};
use param_marketplace::{Client, Error, Language, Outcome, Settled};

use super::faults::cut_at_every_byte;
use super::{CARD, charged, sale, status};
use crate::faults::fails_as_expected;
use crate::sentinel::{answered, show, show_settled};
use crate::support::{
    Desk, SECRETS, body, client, said, settled, settled_after, settled_late, table,
};

const KEY: &str = "5f2b9c1e-0000-4000-8000-PLANTEDKEY01";
const OWNER: &str = "PLANTED-customer-42";
const MASKED: &str = "454671******7894";

fn card() -> CardToStore {
    let [number, month, year, _] = CARD;
    CardToStore::new(number)
        .holder("PLANTED Holder")
        .month(month)
        .year(year)
}

fn new_card() -> StoreCard {
    StoreCard::new(card(), OWNER).named("PLANTED name")
}

fn removal() -> RemoveStoredCard {
    RemoveStoredCard::new(KEY.into(), OWNER.into())
}

fn charge(security: Security) -> ChargeStoredCard {
    let charge = match security {
        Security::ThreeD => ChargeStoredCard::with_3d(sale(), KEY, CardCode::new(CARD[3])),
        _ => ChargeStoredCard::without_3d(sale(), KEY),
    };
    charge.owner(OWNER)
}

fn model_charge(security: Security) -> ChargeStoredCardWithModel {
    ChargeStoredCardWithModel::new(charge(security))
}

fn page() -> ListStoredCardsPage {
    ListStoredCardsPage::new(ListStoredCards::of_owner(OWNER))
        .count("10")
        .index("1")
}

#[tokio::test]
async fn store_card() {
    fails_as_expected("KS_Kart_Ekle", true, |client| async move {
        client.call(&new_card()).await
    })
    .await;
}

#[tokio::test]
async fn remove_stored_card() {
    fails_as_expected("KS_Kart_Sil", true, |client| async move {
        client.call(&removal()).await
    })
    .await;
}

#[tokio::test]
async fn list_stored_cards() {
    fails_as_expected("KS_Kart_Liste", false, |client| async move {
        client.call(&ListStoredCards::all()).await
    })
    .await;
}

#[tokio::test]
async fn p6_both_texts_of_a_page_are_optional() {
    for (page, sent) in [
        (
            page(),
            [
                "<Sayfa_Sayi>10</Sayfa_Sayi>",
                "<Sayfa_Index>1</Sayfa_Index>",
            ],
        ),
        (
            ListStoredCardsPage::new(ListStoredCards::all()),
            ["<Sayfa_Sayi></Sayfa_Sayi>", "<Sayfa_Index></Sayfa_Index>"],
        ),
        (
            ListStoredCardsPage::new(ListStoredCards::all()).index("son"),
            [
                "<Sayfa_Sayi></Sayfa_Sayi>",
                "<Sayfa_Index>son</Sayfa_Index>",
            ],
        ),
    ] {
        let desk = crate::support::Desk::new([]);
        let request = desk.client.dry_run(&page).unwrap();
        let body = String::from_utf8(request.body).unwrap();
        for element in sent {
            assert!(body.contains(element), "{element} in {body}");
        }
    }
}

#[tokio::test]
async fn list_stored_cards_page() {
    fails_as_expected("KS_Kart_Liste_Pagination", false, |client| async move {
        client.call(&page()).await
    })
    .await;
}

#[tokio::test]
async fn charge_stored_card() {
    fails_as_expected("KS_Tahsilat", true, |client| async move {
        client.call(&charge(Security::None)).await
    })
    .await;
}

#[tokio::test]
async fn charge_stored_card_with_model() {
    fails_as_expected("KS_Tahsilat_UCD", true, |client| async move {
        let charge = model_charge(Security::ThreeD);
        client.call(&charge).await
    })
    .await;
}

#[tokio::test]
async fn a_charge_cut_at_every_byte() {
    cut_at_every_byte(
        &charge(Security::None),
        &charged("KS_Tahsilat", "UCD_URL"),
        None,
        &status("1", "SUCCESS", "3007300695", "0"),
        "done",
    )
    .await;
}

#[tokio::test]
async fn a_model_charge_cut_at_every_byte() {
    cut_at_every_byte(
        &model_charge(Security::None),
        &charged("KS_Tahsilat_UCD", "UCD_HTML"),
        None,
        &status("1", "SUCCESS", "3007300695", "0"),
        "done",
    )
    .await;
}

fn listed(rows: &[&[(&str, &str)]]) -> String {
    body("KS_Kart_Liste", &table(rows))
}

#[tokio::test]
async fn a_stored_card_is_found_by_its_masked_number() {
    let this: &[_] = &[("KK_GUID", KEY), ("KK_No", MASKED)];
    let other: &[_] = &[("KK_GUID", "k2"), ("KK_No", "540134******7891")];
    let no_key: &[_] = &[("KK_GUID", ""), ("KK_No", MASKED)];
    let zeros: &[_] = &[
        ("KK_GUID", "00000000-0000-0000-0000-000000000000"),
        ("KK_No", MASKED),
    ];
    let hidden: &[_] = &[("KK_GUID", KEY), ("KK_No", "************7894")];
    let (none, before) = (listed(&[]), listed(&[other]));
    let found = [&*before, &listed(&[other, this])];
    match settled_after(Duration::ZERO, &found, &new_card()).await {
        Settled::Done(Some(stored)) => assert_eq!(stored.card, StoredCardKey::from(KEY)),
        settled => panic!("{settled:?}"),
    }
    // No key, a number that tells nothing, or two that could be it.
    for rows in [&[no_key][..], &[zeros], &[hidden], &[this, no_key]] {
        let now = listed(rows);
        assert_eq!(
            settled_late(&[&before, &now], &new_card()).await,
            "unclear",
            "{rows:?}"
        );
    }
    // W1, W2: what is not there yet, and what was there before.
    for rows in [&[][..], &[other]] {
        let now = listed(rows);
        assert_eq!(settled(&[&none, &now], &new_card()).await, "too early");
        assert_eq!(settled_late(&[&none, &now], &new_card()).await, "not done");
    }
    let same = listed(&[this]);
    assert_eq!(settled(&[&same, &same], &new_card()).await, "too early");
    let mut nameless = new_card();
    nameless.owner = None;
    assert_eq!(settled(&[&same], &nameless).await, "no read-back");
    let refused = body("KS_Kart_Liste", "<Sonuc>-1</Sonuc>");
    assert_eq!(
        settled_late(&[&none, &refused], &new_card()).await,
        "failed"
    );
}

#[tokio::test]
async fn a_removal_is_settled_by_the_owners_other_cards() {
    let upper = KEY.to_uppercase();
    let this: &[_] = &[("KK_GUID", upper.as_str())];
    let other: &[_] = &[("KK_GUID", "k2")];
    let no_key: &[_] = &[("KK_No", MASKED)];
    for (rows, early, late) in [
        (&[other, this][..], "too early", "not done"),
        (&[other], "in state", "in state"),
        (&[other, no_key], "unclear", "unclear"),
        (&[], "unclear", "unclear"),
    ] {
        let now = listed(rows);
        assert_eq!(settled(&[&now], &removal()).await, early, "{rows:?}");
        assert_eq!(settled_late(&[&now], &removal()).await, late, "{rows:?}");
    }
    let nameless = RemoveStoredCard::without_owner(KEY);
    assert_eq!(
        settled_late(&[&listed(&[other])], &nameless).await,
        "unclear"
    );
    assert_eq!(
        settled_late(&[&listed(&[this])], &nameless).await,
        "not done"
    );
    let refused = body("KS_Kart_Liste", "<Sonuc>-1</Sonuc>");
    assert_eq!(settled_late(&[&refused], &removal()).await, "failed");
}

/// The stored attempt has neither the owner nor a key that charges a card.
#[tokio::test]
async fn an_attempt_holds_no_card_and_no_owner() {
    let this: &[_] = &[("KK_GUID", KEY), ("KK_No", MASKED)];
    let desk = Desk::new([said(&listed(&[this]))]);
    let store = desk.client.prepare(&new_card()).await.unwrap();
    let remove = desk.client.prepare(&removal()).await.unwrap();
    for attempt in [store, remove] {
        let text = format!("{} {attempt:?}", serde_json::to_string(&attempt).unwrap());
        for planted in [KEY, OWNER, CARD[0], MASKED] {
            assert!(!text.contains(planted), "{planted}: {text}");
        }
        assert!(!attempt.key().is_empty());
    }
}

async fn every_call(shown: &mut Vec<String>, client: &Client) {
    for security in [Security::ThreeD, Security::None] {
        answered(shown, client.call(&charge(security)).await);
        let charge = model_charge(security);
        answered(shown, client.call(&charge).await);
    }
    answered(shown, client.call(&new_card()).await);
    answered(shown, client.call(&removal()).await);
    let owner = ListStoredCards::of_owner(OWNER);
    answered(shown, client.call(&owner).await);
    answered(shown, client.call(&page()).await);
    show_settled(shown, client, &new_card()).await;
}

/// The output shows neither a card's owner nor a card's key.
#[tokio::test]
async fn no_card_and_no_key_is_shown() {
    let columns = [
        "KK_GUID", "KK_No", "Kart_Adi", "KK_Hash", "KK_KD", "KK_SK", "Data2", "Yeni",
    ];
    let row = columns.map(|column| (column, KEY));
    let masked = [("KK_GUID", KEY), ("KK_No", MASKED)];
    let text = format!(
        "<Sonuc_Str>{KEY} {OWNER} {}</Sonuc_Str><KS_GUID>{KEY}</KS_GUID><Y>{KEY}</Y><Islem_ID>7</Islem_ID>\
         <UCD_URL>https://x.example/{KEY}</UCD_URL><UCD_HTML>&lt;html>{KEY}</UCD_HTML>",
        CARD[0]
    );
    let mut shown = Vec::new();
    for operation in [
        "KS_Kart_Ekle",
        "KS_Kart_Liste",
        "KS_Kart_Liste_Pagination",
        "KS_Kart_Sil",
        "KS_Tahsilat",
        "KS_Tahsilat_UCD",
    ] {
        for result in [
            format!("{}{text}", table(&[&row])),
            format!("{}{text}", table(&[&masked])),
            format!("<Sonuc>-1</Sonuc>{text}"),
        ] {
            let answer = Format::Xml.answer(200, body(operation, &result).as_bytes());
            let server = FaultServer::start(Fault::Answer(answer));
            every_call(&mut shown, &client(&server, 1)).await;
        }
    }
    let client = client("http://127.0.0.1:9", 1);
    show(
        &mut shown,
        &(new_card(), removal(), page(), charge(Security::ThreeD)),
    );
    show(&mut shown, &model_charge(Security::ThreeD));
    wrong_requests(&mut shown, &client);
    let mut dry = Vec::new();
    let body = |body: Vec<u8>| String::from_utf8(body).unwrap();
    dry.push(body(
        client.dry_run(&charge(Security::ThreeD)).unwrap().body,
    ));
    dry.push(body(
        client
            .dry_run(&model_charge(Security::ThreeD))
            .unwrap()
            .body,
    ));
    dry.push(body(client.dry_run(&removal()).unwrap().body));
    dry.push(body(client.dry_run(&new_card()).unwrap().body));
    for text in &dry {
        // The owner and the card's name are personal data of the request, which a dry run shows.
        let text = text.replace(OWNER, "").replace("PLANTED name", "");
        for planted in [CARD[0], CARD[2], CARD[3], "PLANTED", SECRETS[3]] {
            assert!(!text.contains(planted), "{planted}: {text}");
        }
    }
    assert!(shown.iter().any(|text| text.contains("CardStored")));
    for text in shown {
        // A digest of an attempt may hold any three digits.
        let is_digest =
            |part: &&str| part.len() == 16 && part.bytes().all(|b| b.is_ascii_hexdigit());
        let text: String = text.split('"').filter(|part| !is_digest(part)).collect();
        for planted in [CARD[0], CARD[2], CARD[3], "PLANTED", "192.0.2.77"] {
            assert!(!text.contains(planted), "{planted}: {text}");
        }
    }
}

/// Problems of a request do not quote its values.
fn wrong_requests(shown: &mut Vec<String>, client: &Client) {
    let [number, month, year, code] = CARD;
    let card = CardToStore::new(format!("{number}0"))
        .holder("PLANTED\u{1}")
        .month(format!("{month}0"))
        .year(format!("{year}0"));
    let wrong = StoreCard::new(card, "PLANTED".repeat(40));
    let problems = client.check(&wrong);
    assert_eq!(problems.errors().count(), 5);
    show(shown, &problems);
    shown.push(problems.text(Language::Turkish));
    let mut wrong = charge(Security::ThreeD);
    wrong.code = Some(CardCode::new(format!("{code}0")));
    wrong.card = KEY.repeat(2).into();
    let problems = client.check(&wrong);
    assert_eq!(problems.errors().count(), 2);
    shown.push(problems.text(Language::English));
    let stored = serde_json::json!({ "card": KEY, "code": [code], "sale": number });
    let error = serde_json::from_value::<ChargeStoredCard>(stored).unwrap_err();
    shown.push(format!("{error} {error:?}"));
}

#[test]
fn a_key_serialises_because_it_has_to_be_kept() {
    let stored = serde_json::to_string(&removal()).unwrap();
    assert_eq!(
        serde_json::from_str::<RemoveStoredCard>(&stored).unwrap(),
        removal()
    );
    assert!(stored.contains(KEY));
}

#[tokio::test]
async fn w8_a_card_in_capitals_is_not_a_new_one() {
    let (upper, lower) = (KEY.to_uppercase(), KEY.to_lowercase());
    let of = |key: &str| listed(&[&[("KK_GUID", key), ("KK_No", MASKED)]]);
    let found = [&*of(&lower), &*of(&upper)];
    assert_eq!(settled(&found, &new_card()).await, "too early");
    assert_eq!(settled_late(&found, &new_card()).await, "not done");
    // Nor is a removal of it one of another card.
    for key in [&upper, &lower] {
        let removal = RemoveStoredCard::new(key.as_str().into(), OWNER.into());
        assert_eq!(settled(&[&of(&lower)], &removal).await, "too early");
    }
}

#[tokio::test]
async fn w9_a_stored_card_without_its_key_is_unreadable() {
    for key in ["", " ", "00000000-0000-0000-0000-000000000000"] {
        let result = format!("<Sonuc>1</Sonuc><KS_GUID>{key}</KS_GUID>");
        let desk = Desk::new([said(&body("KS_Kart_Ekle", &result))]);
        let error = desk.client.call(&new_card()).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{key}: {error:?}");
        assert_eq!(error.outcome(), Outcome::Unknown, "{key}");
    }
}
