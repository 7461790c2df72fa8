//! Parcels: one is ordered at Horoz, and one that Aras carries is named by its number or a link.

use std::sync::Arc;

use aras_tracking::{Link, ShareableLink, TrackingNumber, parse_link};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use horoz_shipping::{
    CreateSupplierPaysOrder, CreatedSupplierPaysOrder, OrderDays, OrderLine, Party, Settings,
};
use kervan_ledger::{Account, Entry};
use kervan_settling::Settler;
use maud::{Markup, html};

use crate::desk;
use crate::failure::Failure;
use crate::form::Fields;
use crate::orders::Whole;
use crate::pages::{Words, field};
use crate::shop::Shop;
use crate::store::{Change, Parcel, Status, Write, watches};
use crate::writes::Work;

pub(crate) const HOROZ: &str = "horoz";
pub(crate) const ARAS: &str = "aras";

impl Work for CreateSupplierPaysOrder {
    const KIND: &'static str = "horoz_order";

    fn account(shop: &Shop) -> &Account {
        &shop.clients.accounts.horoz
    }

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.horoz
    }

    /// Ordered: its delivery is waited for.
    fn end(
        &self,
        shop: &Arc<Shop>,
        entry: &Entry,
        _: Option<&CreatedSupplierPaysOrder>,
    ) -> Option<Change> {
        let (shop, own) = (Arc::clone(shop), entry.key.own.clone());
        let change: Change = Box::new(move |store| {
            let parcel = Parcel::of_write(store, &own)?;
            parcel.map_or(Ok(()), |parcel| {
                watches::expect(store, &shop.parcel_watch(&parcel))
            })
        });
        entry.state.is_done().then_some(change)
    }
}

/// Orders a parcel at Horoz, under the number of the order. After a refusal the corrected one has the same
/// number, as Horoz wants it.
pub(crate) async fn order(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let recipient = Party::new(fields.required("recipient")?)
        .city(fields.required("city")?)
        .county(fields.required("county")?)
        .address(fields.required("address")?)
        .phone(fields.required("phone")?);
    let desi = fields.number("desi")?;
    let today = shop.clients.horoz.today();
    shop.write_of_order(id, |store, whole| {
        if whole.is_given_back() {
            return Ok(Err(Failure::not_now(
                "All of the money was given back.",
                "Paranın tamamı iade edildi.",
            )));
        }
        let number = whole.order.number.as_str();
        let days = OrderDays::from_today(today, 3);
        let mut write =
            CreateSupplierPaysOrder::delivery(number, shop.clients.supplier, recipient, days);
        for (at, line) in whole.lines.iter().enumerate() {
            let line = OrderLine::new(format!("P-{}", at + 1), 1, desi).name(line.name.as_str());
            write = write.line(line.category("Ürün"));
        }
        let own = format!("horoz:{number}");
        let planned = shop.plan(store, (&own, &own), Some(id), &write)?;
        if planned.is_ok() {
            Parcel::insert(store, id, (HOROZ, number), Some(&own))?;
        }
        Ok(planned)
    })
    .await?;
    Ok(words.go(&format!("/orders/{id}")))
}

/// Reads a number, or a link of any form. A link that shows all parcels of its shipper is not kept.
fn shareable(text: &str) -> Result<ShareableLink, Failure> {
    if let Ok(number) = TrackingNumber::new(text) {
        return Ok(ShareableLink::by_tracking_number(number));
    }
    let link = parse_link(text)
        .ok()
        .and_then(|link: Link| link.to_shareable());
    link.ok_or_else(|| {
        Failure::wrong(
            "This is neither a tracking number nor a link to one parcel.",
            "Bu, bir takip numarası ya da tek bir gönderinin bağlantısı değil.",
        )
    })
}

/// Notes a parcel that Aras carries.
pub(crate) async fn note(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let link = shareable(fields.required("parcel")?)?.to_string();
    let known = shop.store.write(|store| {
        let known = crate::store::Order::find(store, id)?.is_some();
        if known {
            let parcel = Parcel::insert(store, id, (ARAS, &link), None)?;
            watches::expect(store, &shop.parcel_watch(&parcel))?;
        }
        Ok(known)
    })?;
    if known {
        Ok(words.go(&format!("/orders/{id}")))
    } else {
        Err(Failure::NotFound)
    }
}

/// Returns the number of a parcel, which is not all of an address at Aras.
pub(crate) fn digits(parcel: &Parcel) -> String {
    let link = parcel.number.parse().ok();
    let number = link.and_then(|link: ShareableLink| {
        let number = link.tracking_number().map(ToString::to_string);
        number.or_else(|| link.cargo_code().map(ToString::to_string))
    });
    number.unwrap_or_else(|| parcel.number.clone())
}

/// Shows whose a parcel is, and its number: that of Aras leads to the carrier's page, at the address that the
/// shop asks too.
fn named(shop: &Shop, parcel: &Parcel) -> Markup {
    let link = parcel.number.parse().ok();
    let link = link.filter(|_: &ShareableLink| parcel.carrier == ARAS);
    let Some(link) = link else {
        return html! { "Horoz " (parcel.number) };
    };
    let digits = digits(parcel);
    let to = link.to_string();
    let base = shop.clients.aras.settings().base.as_str();
    let path = to.splitn(4, '/').nth(3).unwrap_or_default();
    let to = format!("{}/{path}", base.trim_end_matches('/'));
    html! { "Aras " a href=(to) { (digits) } }
}

/// Shows the answer to the question where a parcel is.
fn status(words: Words, parcel: &Parcel) -> Markup {
    let Some((status, at)) = parcel.status.as_ref().zip(parcel.asked_at) else {
        return html! {};
    };
    html! {
        p.status {
            @match status {
                Status::Said(note) => strong { (note.show(words)) },
                Status::NotYet(note) => (note.show(words)),
                Status::Failed(note) => {
                    (words.say("The question failed", "Sorgu başarısız")) ": " (note.show(words))
                },
            }
            " " small { (Shop::shown(at)) }
        }
    }
}

/// Returns whether a parcel's order was refused, so that its carrier does not know it.
fn is_refused(whole: &Whole, parcel: &Parcel) -> bool {
    let write = parcel.write.as_deref().and_then(|own| whole.write(own));
    write.is_some_and(Write::is_not_done)
}

/// Shows the parcels of an order, and their forms.
pub(crate) fn section(shop: &Shop, words: Words, whole: &Whole) -> Markup {
    let say = |english, turkish| words.say(english, turkish);
    let is_sent = |parcel: &Parcel| parcel.carrier == HOROZ && !is_refused(whole, parcel);
    let has_horoz = whole.parcels.iter().any(is_sent);
    let is_over = whole.is_given_back();
    if is_over && whole.parcels.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { (say("Parcels", "Gönderiler")) }
            ul #parcels {
                @for parcel in &whole.parcels {
                    li id={ "parcel-" (parcel.id) } {
                        (named(shop, parcel))
                        @if let Some(write) = parcel.write.as_deref().and_then(|own| whole.write(own)) {
                            " (" (desk::state(words, write)) ")"
                        }
                        (status(words, parcel))
                        @if !is_refused(whole, parcel) {
                          form id={ "track-" (parcel.id) } method="post" action=(whole.action(words, "track")) {
                            input type="hidden" name="parcel" value=(parcel.id);
                            button id={ "track-button-" (parcel.id) } { (say("Where is it?", "Nerede?")) }
                          }
                        }
                    }
                }
            }
            @if !has_horoz && !is_over {
                h3 { (say("Send by Horoz", "Horoz ile gönder")) }
                form #horoz method="post" action=(whole.action(words, "horoz")) {
                    div.fields {
                        (field(words, "horoz-recipient", "recipient", &whole.order.buyer))
                        (field(words, "horoz-city", "city", "İzmir"))
                        (field(words, "horoz-county", "county", "Karşıyaka"))
                        (field(words, "horoz-address", "address", "Deneme Mah. Çiçekli Sk. No: 1"))
                        (field(words, "horoz-phone", "phone", &whole.order.phone))
                        (field(words, "horoz-desi", "desi", "12"))
                    }
                    button #horoz-button { (say("Order the parcel", "Gönderi oluştur")) }
                }
            }
            @if !is_over {
                h3 { (say("A parcel of Aras", "Aras gönderisi")) }
                form #aras method="post" action=(whole.action(words, "aras")) {
                    (field(words, "aras-parcel", "parcel", ""))
                    button #aras-button { (say("Note it", "Kaydet")) }
                }
            }
        }
    }
}
