//! Where a parcel is, by its carrier's own word.

use std::sync::Arc;

use aras_tracking::tracking::{Tracking, TrackingStatus};
use aras_tracking::{ParcelLookup, parse_link};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use horoz_shipping::{RejectionKind, TrackError, TrackOrder};
use kervan_core::{Error, Language};

use crate::failure::Failure;
use crate::form::Fields;
use crate::note::Note;
use crate::pages::Words;
use crate::parcels::HOROZ;
use crate::shop::{Shop, Trouble};
use crate::store::{Parcel, Status};

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
    let task = format!("track {}", parcel.id);
    let asking = Arc::clone(&shop);
    shop.spawn(&task, async move { asking.track(&parcel).await });
    shop.wait_for_answer(&task).await?;
    Ok(words.go(&format!("/orders/{id}")))
}

impl Shop {
    async fn track(&self, parcel: &Parcel) -> Result<(), Trouble> {
        let status = if parcel.carrier == HOROZ {
            at_horoz(self, parcel).await
        } else {
            Some(at_aras(self, parcel).await)
        };
        let Some(status) = status else {
            return Ok(());
        };
        let now = self.now();
        let stored = self
            .store
            .write(|store| Parcel::tracked(store, parcel.id, &status, now));
        stored.map_err(|error| Trouble::Before(Note::from(&error)))
    }
}

/// Asks Horoz. Returns nothing where the client or Horoz says that it was asked too soon, and an answer is
/// known.
async fn at_horoz(shop: &Shop, parcel: &Parcel) -> Option<Status> {
    let query = TrackOrder::new(parcel.number.as_str());
    let asked = shop.clients.horoz.track_order(&query).await;
    Some(match asked {
        Ok(order) => Status::Said(shown("Horoz", &order.value.tracking)),
        Err(error) if parcel.status.is_some() && is_too_soon(&error) => return None,
        Err(TrackError::Call(Error::Rejected(no))) if no.kind == RejectionKind::NotAcceptedYet => {
            Status::NotYet(Note::new(
                "Horoz has not accepted the goods yet.",
                "Horoz ürünü henüz teslim almadı.",
            ))
        }
        Err(error) => Status::Failed(Note::from(&error)),
    })
}

fn is_too_soon(error: &TrackError) -> bool {
    match error {
        TrackError::TooSoon { .. } => true,
        TrackError::Call(Error::Rejected(no)) => no.kind == RejectionKind::AskedTooSoon,
        _ => false,
    }
}

async fn at_aras(shop: &Shop, parcel: &Parcel) -> Status {
    let Ok(link) = parse_link(&parcel.number) else {
        return Status::Failed(Note::new(
            "The link cannot be read.",
            "Bağlantı okunamıyor.",
        ));
    };
    let found = shop.clients.aras.fetch_parcel(&link).await;
    match found.map(|found| found.value) {
        Ok(ParcelLookup::Found(page)) => Status::Said(shown("Aras", &page.tracking())),
        Ok(ParcelLookup::NotFound) => Status::NotYet(Note::new(
            "Aras does not know it yet.",
            "Aras'ta henüz kaydı yok.",
        )),
        Ok(_) => Status::Failed(Note::new(
            "Aras asks whether a person is looking. Open its page.",
            "Aras, bakanın bir insan olduğunu doğrulamak istiyor. Sayfasını açın.",
        )),
        Err(error) => Status::Failed(Note::from(&error)),
    }
}

/// Returns the state in both languages, with the carrier's own word. A state outside the common list is that
/// word alone: the carrier knows where the parcel is.
fn shown(by: &str, tracking: &Tracking) -> Note {
    let text = |language| tracking.status.text(language);
    let status = Note::new(text(Language::English), text(Language::Turkish));
    let own = tracking.status_text.as_deref();
    match (&tracking.status, own) {
        (TrackingStatus::Unknown(value), None) if value.trim().is_empty() => status,
        (TrackingStatus::Unknown(value), own) => Note::by(by, own.unwrap_or(value)),
        (_, Some(own)) => status.said(by, own),
        (_, None) => status,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_outside_the_common_list_is_the_carriers_word_alone() {
        let unknown = |value: &str| Tracking::new(TrackingStatus::Unknown(value.to_owned()));
        let by_aras = |word: &str| Note::by("Aras", word);
        let text = unknown("9").status_text("BEKLETİLİYOR");
        assert_eq!(shown("Aras", &text), by_aras("BEKLETİLİYOR"));
        assert_eq!(shown("Aras", &unknown("9")), by_aras("9"));
        let nothing = Note::new("unknown", "bilinmiyor");
        assert_eq!(shown("Aras", &unknown(" ")), nothing);
        let known = Tracking::new(TrackingStatus::InTransit).status_text("YOLDA");
        let both = Note::new("in transit", "yolda").said("Aras", "YOLDA");
        assert_eq!(shown("Aras", &known), both);
    }
}
