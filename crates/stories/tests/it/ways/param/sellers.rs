//! Sellers: added, changed, listed, asked for their limit, removed.

use chrono::NaiveDate;
use kervan_core::Personal;
use param_marketplace::{
    AddSubMerchant, CheckLimit, Company, Individual, ListSubMerchants, PayoutAccount, Person,
    RemoveSubMerchant, SellerPlace, Settled, SubMerchantId, UpdateSubMerchant,
};

use super::{Shop, money};

fn individual() -> AddSubMerchant {
    let born = NaiveDate::from_ymd_opt(1990, 1, 31).unwrap();
    let seller = Individual::new("Ayşe Örnek", Person::new("10000000146", born));
    let account = PayoutAccount::new("TR330006100519786457841326").owner("Ayşe Örnek");
    let place = SellerPlace::in_province(34).district(3401);
    AddSubMerchant::new(seller, "5550000001", account, place)
}

fn sellers(shop: &Shop) -> Vec<SubMerchantId> {
    let list = shop.stage.run(shop.client.call(&ListSubMerchants::all()));
    let sellers = list.unwrap().value.sellers;
    sellers.into_iter().filter_map(|one| one.id).collect()
}

#[test]
fn a_seller_is_added_once_though_the_answer_is_lost() {
    let shop = Shop::open();
    let add = individual();
    let attempt = shop.stage.run(shop.client.prepare(&add)).unwrap();
    shop.stage.faults([kervan_sandbox::Fault::AnswerLost]);
    assert!(shop.stage.run(shop.client.send(&add, &attempt)).is_err());
    let settled = shop.stage.run(shop.client.settle(&add, &attempt));
    let Settled::Done(Some(added)) = settled else {
        panic!("the list shows the seller: {settled:?}");
    };
    let known = shop.stage.ask(|world| world.sellers()[0].key.clone());
    assert_eq!(added.id, SubMerchantId::from(known));
    assert_eq!(sellers(&shop), [added.value.id]);
}

#[test]
fn a_seller_is_changed_listed_and_removed() {
    let shop = Shop::open();
    let added = shop.stage.run(shop.client.call(&individual())).unwrap();
    let key = added.value.id;
    let change = UpdateSubMerchant::new(key.clone(), "ŞİŞLİ").address("Çiçekli Sk. 2");
    shop.stage.run(shop.client.call(&change)).unwrap();
    let list = shop.stage.run(shop.client.call(&ListSubMerchants::all()));
    let row = list.unwrap().value.sellers.remove(0);
    assert_eq!(
        row.address.as_ref().map(Personal::as_str),
        Some("Çiçekli Sk. 2")
    );
    assert_eq!(row.name.as_ref().map(Personal::as_str), Some("Ayşe Örnek"));

    shop.stage
        .run(shop.client.call(&RemoveSubMerchant::new(key)))
        .unwrap();
    assert!(sellers(&shop).is_empty());
    assert!(shop.stage.ask(|world| world.sellers()[0].removed.is_some()));
}

#[test]
fn the_limit_of_an_individual_is_asked_before_the_payment() {
    let shop = Shop::open();
    let added = shop.stage.run(shop.client.call(&individual())).unwrap();
    let may = |amount: &str| {
        let ask = CheckLimit::new(added.id.clone(), money(amount));
        let checked = shop.stage.run(shop.client.call(&ask)).unwrap();
        checked.may_take_payment()
    };
    assert!(may("5000.00"));
    assert!(!may("5000.01"));
}

#[test]
fn a_company_has_no_such_limit() {
    let shop = Shop::open();
    let born = NaiveDate::from_ymd_opt(1990, 1, 31).unwrap();
    let company = Company::new("Örnek A.Ş.", Person::new("10000000146", born))
        .title("Örnek Anonim Şirketi")
        .tax_office("ŞİŞLİ")
        .tax_number("1234567890");
    let mut add = individual();
    add.seller = company.into();
    let added = shop.stage.run(shop.client.call(&add)).unwrap();
    let ask = CheckLimit::new(added.value.id, money("50000.00"));
    let checked = shop.stage.run(shop.client.call(&ask)).unwrap();
    assert!(checked.may_take_payment());
}
