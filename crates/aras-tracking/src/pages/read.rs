//! Reads a page: whether it is a parcel, and its fields.

use std::collections::BTreeMap;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Answer, Drift, Form, Personal, Scrub};
use kervan_tracking::EventTime;
use kervan_wire::charset;
use serde::Serialize;

use super::fields::{ALL, FAILED, KIND, MOVEMENTS, MOVEMENTS_IN_ONE, WAYBILL};
use super::html::{self, Parts};
use super::parcel::{FailedAttempt, MovementsTab, ParcelPage, Step};
use super::secrets::LinkSecrets;
use crate::status::is_placeholder;
use kervan_turkiye::text::fold;

/// The longest page that is read, in bytes.
pub const MAX_BYTES: usize = 2 << 20;

const WAYBILL_TAB: &str = "CargoInfoWaybillAndDelivered.aspx";
const MOVEMENT_TAB: &str = "CargoInfoTransactionAndRedirection.aspx";
const CAPTCHA: &str = "control.aspx";

/// The words of the pages for a parcel that does not exist, folded.
const NO_RESULT: &str = "SONUCBULUNAMAMISTIR";
const NO_RECORD: &str = "KAYITBULUNAMADI";
/// The words in red of the tab of the waybill. They are not public, so the usual ones count; any other
/// message in red is an error.
const RED: [&str; 4] = [
    "KAYITBULUNAMA",
    "SONUCBULUNAMA",
    "KARGOBULUNAMA",
    "GONDERIBULUNAMA",
];

/// The place of a page, as far as its reader knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At an address of a link, or not known.
    Entry,
    /// At the address of the tab of waybill and delivery.
    Waybill,
    /// At the address of the tab of movements.
    Movements,
}

/// The content of a page of the carrier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum PageContent {
    /// The entry page: its two tabs are pages of their own, at these addresses, relative to it.
    #[serde(rename = "entry")]
    Entry {
        /// The tab of waybill and delivery.
        waybill: String,
        /// The tab of movements, where there is a link to it.
        movements: Option<String>,
    },
    /// A tab, or the page that has everything in one.
    #[serde(rename = "parcel")]
    Parcel(Box<ParcelPage>),
    /// The parcel does not exist (yet).
    #[serde(rename = "not_found")]
    NotFound,
    /// A captcha is in front of the parcel, so a person has to look.
    #[serde(rename = "needs_person")]
    NeedsPerson,
}

/// Reads a page that was fetched. `content_type` is that of the reply, for its charset.
///
/// # Errors
///
/// [`Unreadable`] for a page that is not the carrier's, or is too long. A missing parcel is not an error,
/// but a page without any sign of that does not prove it either.
///
/// ```
/// use aras_tracking::pages::{PageContent, read_page};
/// let page = r#"<span id="Label1">Girdi&#287;iniz bilgiler için bir sonuç bulunamamıştır.</span>"#;
/// let read = read_page(page.as_bytes(), "text/html; charset=utf-8")?;
/// assert_eq!(read.value, PageContent::NotFound);
/// # Ok::<(), kervan_core::error::Unreadable>(())
/// ```
pub fn read_page(page: &[u8], content_type: &str) -> Result<Answer<PageContent>, Unreadable> {
    read_at(Place::Entry, page, content_type, &LinkSecrets::default())
}

/// Reads a page in its place, and hides secrets in it. In the place of a tab, the frame of the tabs is
/// unreadable. So is half a page, because the missing half is not known.
pub(super) fn read_at(
    place: Place,
    page: &[u8],
    content_type: &str,
    scrub: &impl Scrub,
) -> Result<Answer<PageContent>, Unreadable> {
    if page.len() > MAX_BYTES {
        return Err(Unreadable::whole(Reason::TooLarge));
    }
    let decoded = charset::read(page, declares_turkish(page, content_type))?;
    if decoded.text.trim().is_empty() {
        return Err(Unreadable::whole(Reason::Empty));
    }
    let mut parts = html::read(&decoded.text, &ALL);
    parts.hide(|text| scrub.scrub(text));
    let drift = drift(&decoded, &parts);
    Ok(Answer::new(content(place, &mut parts)?, drift))
}

fn content(place: Place, parts: &mut Parts) -> Result<PageContent, Unreadable> {
    let label = parts.texts.get("Label1").map(|text| fold(text));
    if label.is_some_and(|label| label.contains(NO_RESULT)) {
        return Ok(PageContent::NotFound);
    }
    if parts.is_cut {
        return Err(Unreadable::whole(Reason::CutOff));
    }
    // Links only: the form of a tab posts to the tab itself.
    if let Some(waybill) = leads_to(&parts.links, WAYBILL_TAB)
        && place == Place::Entry
    {
        let movements = leads_to(&parts.links, MOVEMENT_TAB);
        return Ok(PageContent::Entry { waybill, movements });
    }
    let body = fold(&parts.body);
    let says_nothing = body.contains(NO_RECORD) || body.contains(NO_RESULT);
    let red = fold(&parts.red);
    let captcha = [&parts.links, &parts.forms].map(|links| leads_to(links, CAPTCHA).is_some());
    let frame = parts.texts.get("tabs").is_some_and(String::is_empty);
    if let Some(parcel) = parcel(place, parts) {
        // A template may be around the message.
        let is_told = parcel.status_text.is_some()
            || !parcel.steps.is_empty()
            || !parcel.failed_attempts.is_empty();
        if is_told || !says_nothing {
            return Ok(PageContent::Parcel(Box::new(parcel)));
        }
    }
    if captcha.contains(&true) {
        return Ok(PageContent::NeedsPerson);
    }
    let says_so_in_red = RED.iter().any(|phrase| red.contains(phrase));
    let is_not_found = match place {
        // The frame of the tabs without the tabs.
        Place::Entry => says_nothing || frame,
        Place::Waybill => says_nothing || says_so_in_red,
        Place::Movements => says_nothing,
    };
    if is_not_found {
        return Ok(PageContent::NotFound);
    }
    let what = match place {
        Place::Entry => "a tracking page",
        Place::Waybill | Place::Movements => "a tab of a tracking page",
    };
    Err(Unreadable::whole(Reason::Unexpected(what.into())))
}

/// Returns whether a page says that it is in Windows-1254: in its header, or in itself where that names no
/// charset.
fn declares_turkish(page: &[u8], content_type: &str) -> bool {
    if content_type.to_ascii_lowercase().contains("charset=") {
        return charset::declares_turkish(content_type);
    }
    let head = String::from_utf8_lossy(&page[..page.len().min(MAX_HEAD)]);
    let head = head.to_ascii_lowercase();
    head.match_indices("charset=").any(|(at, _)| {
        let end = head[at..]
            .find(['>', '/'])
            .map_or(head.len(), |end| at + end);
        charset::declares_turkish(&head[at..end].replace(['"', '\'', ' '], ""))
    })
}

/// How much of a page is searched for its charset, in bytes. Browsers look as far.
const MAX_HEAD: usize = 1024;

/// Notes the oddities in the text of a page.
fn drift(decoded: &charset::Decoded<'_>, parts: &Parts) -> Drift {
    let mut drift = Drift::default();
    if decoded.is_misdeclared {
        drift.tolerate("", Form::Charset);
    }
    if decoded.is_damaged {
        let is_damaged = |text: &String| text.contains(charset::DAMAGED);
        let texts = parts.texts.iter().filter(|(_, text)| is_damaged(text));
        let tables = parts.tables.iter();
        let tables = tables.filter(|(_, rows)| rows.iter().flatten().any(is_damaged));
        for id in texts.map(|(id, _)| id).chain(tables.map(|(id, _)| id)) {
            drift.tolerate(id, Form::DamagedLetter);
        }
    }
    drift
}

fn leads_to(links: &[String], page: &str) -> Option<String> {
    links.iter().find(|link| has_page(link, page)).cloned()
}

/// Returns whether a link leads to a page of this name, in any case.
fn has_page(link: &str, page: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.eq_ignore_ascii_case(page)
}

/// Returns the parcel that the parts show; `None` when they hold no text of a parcel's elements and no row
/// with a date. In the place of the movements their table is enough, because a new parcel has no movements.
fn parcel(place: Place, parts: &mut Parts) -> Option<ParcelPage> {
    let mut tables = ["", "", ""].map(|_| None);
    for (table, id) in tables.iter_mut().zip([FAILED, MOVEMENTS, MOVEMENTS_IN_ONE]) {
        *table = parts.tables.remove(id);
    }
    let [failed, movements, in_one] = tables;
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let has_movements = movements.is_some() || in_one.is_some();
    let steps = movements.unwrap_or_default().into_iter().filter_map(step);
    let steps = steps.chain(in_one.unwrap_or_default().into_iter().filter_map(step));
    let steps: Vec<_> = steps.collect();
    let failed = failed.unwrap_or_default().into_iter().filter_map(attempt);
    let failed: Vec<_> = failed.collect();
    let has_kind = parts.texts.contains_key(KIND);
    let mut known = match place {
        Place::Movements => has_movements,
        Place::Entry | Place::Waybill => !steps.is_empty() || !failed.is_empty(),
    };
    for (field, ids) in WAYBILL {
        for id in ids {
            let text = parts.texts.remove(id).filter(|text| !text.is_empty());
            if let Some(text) = text {
                known |= field != "label" && place != Place::Movements;
                found.entry(field).or_insert(text);
            }
        }
    }
    if !known {
        return None;
    }
    let mut take = |field: &str| found.remove(field);
    // A dash in the place of a day or of a name says that nobody has taken it.
    let said = |text: &String| !is_placeholder(text);
    let (day, hour) = (take("delivery_date").filter(said), take("delivery_hour"));
    let hour = hour.unwrap_or_default();
    Some(ParcelPage {
        status_text: take("status_text"),
        kind: take("kind").or_else(|| has_kind.then(String::new)),
        cargo_code: take("cargo_code"),
        waybill: take("waybill"),
        trading_waybill: take("trading_waybill"),
        waybill_date: take("waybill_date")
            .filter(said)
            .map(|text| EventTime::read(&text)),
        first_branch: take("first_branch"),
        origin_branch: take("origin_branch"),
        delivery_branch: take("delivery_branch"),
        payment_type: take("payment_type"),
        sender: take("sender").map(Personal::from),
        recipient: take("recipient").map(Personal::from),
        cargo_type: take("cargo_type"),
        kg_or_desi: take("kg_or_desi"),
        pieces: take("pieces"),
        received_by: take("received_by").filter(said).map(Personal::from),
        delivered_at: day.map(|day| EventTime::read_apart(&day, &hour)),
        delivery_code: take("delivery_code").map(Personal::from),
        failed_attempts: failed,
        steps,
        movements: if has_movements {
            MovementsTab::Read
        } else {
            MovementsTab::NoLink
        },
    })
}

/// Returns the time in a row's first cell. Heading rows consist of ordinary cells without a time.
fn time(cells: &mut std::vec::IntoIter<String>) -> Option<EventTime> {
    let at = EventTime::read(&cells.next()?);
    at.day().is_some().then_some(at)
}

/// Reads a movement: time, province, unit, operation; or without the province.
fn step(row: Vec<String>) -> Option<Step> {
    let has_city = row.len() >= 4;
    let mut cells = row.into_iter();
    let at = time(&mut cells)?;
    let city = if has_city { cells.next() } else { None };
    let (unit, operation) = (cells.next()?, cells.next()?);
    Some(Step {
        city,
        ..Step::new(at).unit(unit).operation(operation)
    })
}

/// Reads a failed attempt: time, reason, note.
fn attempt(row: Vec<String>) -> Option<FailedAttempt> {
    let mut cells = row.into_iter();
    let at = time(&mut cells)?;
    let reason = cells.next()?;
    let note = cells.next().unwrap_or_default();
    Some(FailedAttempt::new(at).reason(reason).note(note))
}
