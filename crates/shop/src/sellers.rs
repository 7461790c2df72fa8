//! Sellers join, and offer products.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use kervan_ledger::{Account, Entry};
use kervan_settling::Settler;
use maud::html;
use param_marketplace::{
    AddSubMerchant, Individual, PayoutAccount, Person, SellerPlace, Settings, SubMerchantAdded,
};
use sha2::{Digest, Sha256};

use crate::desk;
use crate::failure::Failure;
use crate::form::Fields;
use crate::pages::{Words, field, page};
use crate::shop::Shop;
use crate::store::{Change, Product, Seller, Write, hex};
use crate::writes::Work;

impl Work for AddSubMerchant {
    const KIND: &'static str = "add_seller";

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.param
    }

    /// Sellers are added one after the other.
    const WAITS: bool = true;

    fn account(shop: &Shop) -> &Account {
        &shop.clients.accounts.param
    }

    fn end(
        &self,
        _: &Arc<Shop>,
        entry: &Entry,
        output: Option<&SubMerchantAdded>,
    ) -> Option<Change> {
        let (own, key) = (entry.key.own.clone(), output?.id.as_str().to_owned());
        Some(Box::new(move |store| Seller::added(store, &own, &key)))
    }
}

pub(crate) async fn show(State(shop): State<Arc<Shop>>, words: Words) -> Result<Response, Failure> {
    let (sellers, products) = shop.store.read(|store| {
        let mut sellers = Vec::new();
        for seller in Seller::all(store)? {
            let write = Write::named(store, &seller.write)?;
            sellers.push((seller, write));
        }
        Ok((sellers, Product::all(store)?))
    })?;
    let say = |english, turkish| words.say(english, turkish);
    let main = html! {
        section {
            h2 { (say("Sellers", "Satıcılar")) }
            ul #sellers {
                @for (seller, write) in &sellers {
                    li {
                        (seller.name) ": "
                        @match (&seller.key, write) {
                            (Some(_), _) => span.good { (say("added", "eklendi")) },
                            (None, Some(write)) => (desk::state(words, write)),
                            (None, None) => (say("unknown", "bilinmiyor")),
                        }
                    }
                }
            }
            h2 { (say("A new seller", "Yeni satıcı")) }
            form #add-seller method="post" action=(words.link("/sellers")) {
                div.fields {
                    (field(words, "seller-name", "full_name", "Ayşe Örnek"))
                    (field(words, "seller-identity", "identity", "10000000146"))
                    (field(words, "seller-born", "born", "31.01.1990"))
                    (field(words, "seller-mobile", "mobile", "5550000001"))
                    (field(words, "seller-iban", "iban", "TR330006100519786457841326"))
                    (field(words, "seller-province", "province", "34"))
                    (field(words, "seller-district", "district", "1103"))
                }
                button #add-seller-button { (say("Add the seller", "Satıcıyı ekle")) }
            }
        }
        section {
            h2 { (say("Products", "Ürünler")) }
            ul #products {
                @for product in &products {
                    li { (product.name) ", " (product.price.comma()) " TL, " (product.seller_name) }
                }
            }
            @if sellers.iter().any(|(seller, _)| seller.key.is_some()) {
                form #add-product method="post" action=(words.link("/products")) {
                    div.fields {
                        (field(words, "product-name", "name", "Lamba"))
                        (field(words, "product-price", "price", "100,00"))
                        p.field {
                            label for="product-seller" { (say("Seller", "Satıcı")) }
                            select #product-seller name="seller" {
                                @for (seller, _) in sellers.iter().filter(|(seller, _)| seller.key.is_some()) {
                                    option value=(seller.id) { (seller.name) }
                                }
                            }
                        }
                    }
                    button #add-product-button { (say("Add the product", "Ürünü ekle")) }
                }
            } @else {
                p { (say("Products need a seller who was added.", "Ürün için önce bir satıcı eklenmelidir.")) }
            }
        }
    };
    Ok(page(
        words,
        "/sellers",
        say("Sellers and products", "Satıcılar ve ürünler"),
        &main,
    ))
}

pub(crate) async fn add(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let name = fields.required("full_name")?;
    let person = Person::new(fields.required("identity")?, fields.required("born")?);
    let iban = fields.required("iban")?;
    let place = SellerPlace::in_province(fields.number("province")?);
    let request = AddSubMerchant::new(
        Individual::new(name, person),
        fields.required("mobile")?,
        PayoutAccount::new(iban).owner(name),
        place.district(fields.number("district")?),
    );
    // A seller joins once: the same number and account are the same seller.
    let digest = Sha256::digest([fields.get("identity"), "|", iban].concat());
    let own = format!("seller:{}", hex(&digest[..8]));
    let key = shop.store.write(|store| {
        // One at a time: the list of sellers is what each of them is found by.
        let planned = shop.plan(store, (&own, "sellers"), None, &request)?;
        if planned.is_ok() {
            Seller::insert(store, name, &own)?;
        }
        Ok(planned)
    })??;
    shop.sent(&key).await?;
    Ok(words.go("/sellers"))
}

pub(crate) async fn add_product(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let (name, price) = (fields.required("name")?, fields.money("price")?);
    let seller: i64 = fields.number("seller")?;
    let found = shop.store.write(|store| {
        let seller = Seller::find(store, seller)?.filter(|seller| seller.key.is_some());
        if let Some(seller) = &seller {
            Product::insert(store, seller.id, name, price)?;
        }
        Ok(seller.is_some())
    })?;
    if !found {
        return Err(Failure::not_now(
            "This seller was not added.",
            "Bu satıcı eklenmedi.",
        ));
    }
    Ok(words.go("/sellers"))
}
