//! Where a parcel is, by its carrier's own word.

use std::sync::Arc;

use aras_tracking::tracking::Tracking;
use aras_tracking::{ParcelLookup, parse_link};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use horoz_shipping::TrackOrder;

use crate::failure::Failure;
use crate::form::Fields;
use crate::pages::Words;
use crate::parcels::HOROZ;
use crate::shop::Shop;
use crate::store::Parcel;

/// Asks a parcel's carrier.
pub(crate) async fn track(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let parcel: i64 = fields.number("parcel")?;
    let parcel = shop.store.read(|store| Parcel::find(store, parcel))?;
    let parcel = parcel
        .filter(|parcel| parcel.order == id)
        .ok_or(Failure::NotFound)?;
    let status = if parcel.carrier == HOROZ {
        at_horoz(&shop, words, &parcel).await
    } else {
        at_aras(&shop, words, &parcel).await
    };
    let now = shop.now();
    shop.store
        .write(|store| Parcel::tracked(store, parcel.id, &status, now))?;
    Ok(words.go(&format!("/orders/{id}")))
}

async fn at_horoz(shop: &Shop, words: Words, parcel: &Parcel) -> String {
    let asked = shop
        .clients
        .horoz
        .track_order(&TrackOrder::new(parcel.number.as_str()))
        .await;
    match asked {
        Ok(order) => shown(words, &order.value.tracking),
        Err(error) => error.to_string(),
    }
}

async fn at_aras(shop: &Shop, words: Words, parcel: &Parcel) -> String {
    let Ok(link) = parse_link(&parcel.number) else {
        return words
            .say("the link cannot be read", "bağlantı okunamıyor")
            .to_owned();
    };
    match shop
        .clients
        .aras
        .fetch_parcel(&link)
        .await
        .map(|found| found.value)
    {
        Ok(ParcelLookup::Found(page)) => shown(words, &page.tracking()),
        Ok(ParcelLookup::NotFound) => words
            .say("the carrier does not know it yet", "henüz kayıt yok")
            .to_owned(),
        Ok(_) => words
            .say(
                "the carrier's page waits for a person",
                "takip sayfası bir kişiyi bekliyor",
            )
            .to_owned(),
        Err(error) => error.to_string(),
    }
}

fn shown(words: Words, tracking: &Tracking) -> String {
    let status = tracking.status.text(words.language).to_string();
    match &tracking.status_text {
        Some(own) => format!("{status} ({own})"),
        None => status,
    }
}
