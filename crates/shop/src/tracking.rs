//! Where a parcel is, by its carrier's own word.

use std::sync::Arc;
use std::time::Duration;

use aras_tracking::tracking::{Tracking, TrackingStatus};
use aras_tracking::{ParcelLookup, parse_link};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use horoz_shipping::{RejectionKind, TrackError, TrackOrder};
use kervan_core::{Error, Language};
use kervan_ledger::{Limit, Seen, Watch};

use crate::failure::Failure;
use crate::form::Fields;
use crate::note::Note;
use crate::pages::Words;
use crate::parcels::HOROZ;
use crate::shop::Shop;
use crate::store::{Change, Parcel, Status};
use crate::watching::{Answered, PARCEL};

/// The pause that Horoz wants between two answers about one order, as public shops keep it.
const HOROZ_PAUSE: Duration = Duration::from_secs(3_600);
/// The pause between two other questions about a parcel, so that no page is asked at every click.
const A_WHILE: Duration = Duration::from_secs(5);

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
    shop.answer(&PARCEL, &shop.parcel_watch(&parcel)).await?;
    Ok(words.go(&format!("/orders/{id}")))
}

impl Shop {
    pub(crate) fn parcel_watch(&self, parcel: &Parcel) -> Watch {
        let accounts = &self.clients.accounts;
        let account = if parcel.carrier == HOROZ {
            &accounts.horoz
        } else {
            &accounts.aras
        };
        PARCEL.of(self, account, &parcel.id.to_string())
    }

    /// Asks a parcel's carrier, where its limit lets any program of the shop ask now.
    pub(crate) async fn track(self: Arc<Self>, watch: Watch) -> Answered {
        let id = watch.subject.parse().unwrap_or_default();
        let parcel = match self.store.read(|store| Parcel::find(store, id)) {
            Ok(Some(parcel)) => parcel,
            Ok(None) => return (Seen::Over("gone".to_owned()), None),
            Err(_) => return (Seen::Nothing, None),
        };
        if let Err(seen) = self.may_ask(&watch, limit(&parcel)).await {
            return (seen, None);
        }
        let asked = if parcel.carrier == HOROZ {
            at_horoz(&self, &parcel).await
        } else {
            Some(at_aras(&self, &parcel).await)
        };
        let Some((seen, status)) = asked else {
            return (Seen::NotBefore(self.host.now() + HOROZ_PAUSE), None);
        };
        let now = self.now();
        let change: Change = Box::new(move |store| Parcel::tracked(store, id, &status, now));
        (seen, Some(change))
    }
}

/// Returns how often a carrier is asked about a parcel. Horoz answers once an hour, and refuses a question in between;
/// before its first word about a parcel it counts none.
fn limit(parcel: &Parcel) -> Limit {
    let has_word = matches!(parcel.status, Some(Status::Said(_)));
    Limit::every(if parcel.carrier == HOROZ && has_word {
        HOROZ_PAUSE
    } else {
        A_WHILE
    })
}

/// Returns a carrier's word, and whether it is the last one.
fn said(by: &str, tracking: &Tracking) -> (Seen, Status) {
    let code = tracking.status.code().to_owned();
    let seen = if tracking.status.is_final() {
        Seen::Over(code)
    } else {
        Seen::Still(code)
    };
    (seen, Status::Said(shown(by, tracking)))
}

/// Asks Horoz. Returns nothing where the client or Horoz says that it was asked too soon, and an answer is
/// known.
async fn at_horoz(shop: &Shop, parcel: &Parcel) -> Option<(Seen, Status)> {
    let query = TrackOrder::new(parcel.number.as_str());
    let asked = shop.clients.horoz.track_order(&query).await;
    Some(match asked {
        Ok(order) => said("Horoz", &order.value.tracking),
        Err(error) if parcel.status.is_some() && is_too_soon(&error) => return None,
        Err(TrackError::Call(Error::Rejected(no))) if no.kind == RejectionKind::NotAcceptedYet => {
            let why = Note::new(
                "Horoz has not accepted the goods yet.",
                "Horoz ürünü henüz teslim almadı.",
            );
            (Seen::Still("not_accepted".to_owned()), Status::NotYet(why))
        }
        Err(error) => (Seen::Nothing, Status::Failed(Note::from(&error))),
    })
}

fn is_too_soon(error: &TrackError) -> bool {
    match error {
        TrackError::TooSoon { .. } => true,
        TrackError::Call(Error::Rejected(no)) => no.kind == RejectionKind::AskedTooSoon,
        _ => false,
    }
}

async fn at_aras(shop: &Shop, parcel: &Parcel) -> (Seen, Status) {
    let failed = |note: Note| (Seen::Nothing, Status::Failed(note));
    let Ok(link) = parse_link(&parcel.number) else {
        return failed(Note::new(
            "The link cannot be read.",
            "Bağlantı okunamıyor.",
        ));
    };
    let found = shop.clients.aras.fetch_parcel(&link).await;
    match found.map(|found| found.value) {
        Ok(ParcelLookup::Found(page)) => said("Aras", &page.tracking()),
        Ok(ParcelLookup::NotFound) => {
            let why = Note::new("Aras does not know it yet.", "Aras'ta henüz kaydı yok.");
            (Seen::Still("unknown".to_owned()), Status::NotYet(why))
        }
        Ok(_) => failed(Note::new(
            "Aras asks whether a person is looking. Open its page.",
            "Aras, bakanın bir insan olduğunu doğrulamak istiyor. Sayfasını açın.",
        )),
        Err(error) => failed(Note::from(&error)),
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
