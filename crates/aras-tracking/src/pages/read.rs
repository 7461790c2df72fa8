//! What a page is, and what it says.

use std::collections::BTreeMap;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::tracking::EventTime;
use kervan_core::{Personal, charset};
use serde::Serialize;

use super::fields::{ALL, FAILED, MOVEMENTS, MOVEMENTS_IN_ONE, WAYBILL};
use super::html::{self, Parts};
use super::parcel::{FailedAttempt, ParcelPage, Step};
use crate::status::fold;

/// The longest page that is read, in bytes.
pub const MAX_BYTES: usize = 2 << 20;

const WAYBILL_TAB: &str = "CargoInfoWaybillAndDelivered.aspx";
const MOVEMENT_TAB: &str = "CargoInfoTransactionAndRedirection.aspx";
const CAPTCHA: &str = "control.aspx";

/// What a page of the carrier says.
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
    /// There is no such parcel (yet).
    #[serde(rename = "not_found")]
    NotFound,
    /// A captcha stands before the parcel: somebody has to look for themselves.
    #[serde(rename = "needs_person")]
    NeedsPerson,
}

/// Reads a page that was fetched. `content_type` is that of the reply, for its charset.
///
/// # Errors
///
/// [`Unreadable`] for what is no page of the carrier's, or is too long. That there is no such
/// parcel is no error; a page without any sign of it is no proof of it either.
///
/// ```
/// use aras_tracking::pages::{PageContent, read_page};
/// let page = r#"<span id="Label1">Girdi&#287;iniz bilgiler için bir sonuç bulunamamıştır.</span>"#;
/// assert_eq!(read_page(page.as_bytes(), "text/html; charset=utf-8")?, PageContent::NotFound);
/// # Ok::<(), kervan_core::error::Unreadable>(())
/// ```
pub fn read_page(page: &[u8], content_type: &str) -> Result<PageContent, Unreadable> {
    if page.len() > MAX_BYTES {
        return Err(Unreadable::whole(Reason::TooLarge));
    }
    let text = charset::body_text(page, charset::declares_turkish(content_type))?;
    if text.trim().is_empty() {
        return Err(Unreadable::whole(Reason::Empty));
    }
    let mut parts = html::read(&text, &ALL);
    let label = parts.texts.get("Label1").map(|text| fold(text));
    if label.is_some_and(|label| label.contains("SONUCBULUNAMAMISTIR")) {
        return Ok(PageContent::NotFound);
    }
    let leads_to = |page: &str| {
        let same = |link: &&String| has_page(link, page);
        parts.links.iter().find(same).cloned()
    };
    if let Some(waybill) = leads_to(WAYBILL_TAB) {
        let movements = leads_to(MOVEMENT_TAB);
        return Ok(PageContent::Entry { waybill, movements });
    }
    let captcha = leads_to(CAPTCHA).is_some();
    if let Some(parcel) = parcel(&mut parts) {
        return Ok(PageContent::Parcel(Box::new(parcel)));
    }
    if captcha {
        return Ok(PageContent::NeedsPerson);
    }
    let body = fold(&parts.body);
    if body.contains("KAYITBULUNAMADI") || body.contains("SONUCBULUNAMAMISTIR") {
        return Ok(PageContent::NotFound);
    }
    // A message in red in the place of a tab, or the frame of the tabs without the tabs.
    if parts.is_red || parts.texts.contains_key("tabs") {
        return Ok(PageContent::NotFound);
    }
    Err(Unreadable::whole(Reason::Unexpected(
        "a tracking page".into(),
    )))
}

/// Whether a link leads to a page of this name, in any case.
fn has_page(link: &str, page: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.eq_ignore_ascii_case(page)
}

/// The parcel that the parts show; `None` when none of a parcel's elements is there.
fn parcel(parts: &mut Parts) -> Option<ParcelPage> {
    let mut tables = ["", "", ""].map(|_| None);
    for (table, id) in tables.iter_mut().zip([FAILED, MOVEMENTS, MOVEMENTS_IN_ONE]) {
        *table = parts.tables.remove(id);
    }
    let [failed, movements, in_one] = tables;
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut known = failed.is_some() || movements.is_some() || in_one.is_some();
    for (field, ids) in WAYBILL {
        for id in ids {
            if let Some(text) = parts.texts.remove(id) {
                known |= field != "label";
                if !text.is_empty() {
                    found.entry(field).or_insert(text);
                }
            }
        }
    }
    if !known {
        return None;
    }
    let mut take = |field: &str| found.remove(field);
    let (day, hour) = (take("delivery_date"), take("delivery_hour"));
    let hour = hour.unwrap_or_default();
    let steps = movements.unwrap_or_default().into_iter().filter_map(step);
    let steps = steps.chain(in_one.unwrap_or_default().into_iter().filter_map(step));
    let failed = failed.unwrap_or_default().into_iter().filter_map(attempt);
    Some(ParcelPage {
        status_text: take("status_text"),
        kind: take("kind"),
        cargo_code: take("cargo_code"),
        waybill: take("waybill"),
        trading_waybill: take("trading_waybill"),
        waybill_date: take("waybill_date").map(|text| EventTime::read(&text)),
        first_branch: take("first_branch"),
        origin_branch: take("origin_branch"),
        delivery_branch: take("delivery_branch"),
        payment_type: take("payment_type"),
        sender: take("sender").map(Personal::from),
        recipient: take("recipient").map(Personal::from),
        cargo_type: take("cargo_type"),
        kg_or_desi: take("kg_or_desi"),
        pieces: take("pieces"),
        received_by: take("received_by").map(Personal::from),
        delivered_at: day.map(|day| EventTime::read_apart(&day, &hour)),
        delivery_code: take("delivery_code").map(Personal::from),
        failed_attempts: failed.collect(),
        steps: steps.collect(),
    })
}

/// The time in a row's first cell. Heading rows consist of ordinary cells, and have none.
fn time(cells: &mut std::vec::IntoIter<String>) -> Option<EventTime> {
    let at = EventTime::read(&cells.next()?);
    at.day().is_some().then_some(at)
}

/// A movement: time, province, unit, operation; or without the province.
fn step(row: Vec<String>) -> Option<Step> {
    let has_city = row.len() >= 4;
    let mut cells = row.into_iter();
    let at = time(&mut cells)?;
    let city = if has_city { cells.next() } else { None };
    let (unit, operation) = (cells.next()?, cells.next()?);
    Some(Step::new(at, city, unit, operation))
}

/// A failed attempt: time, reason, note.
fn attempt(row: Vec<String>) -> Option<FailedAttempt> {
    let mut cells = row.into_iter();
    let at = time(&mut cells)?;
    let reason = cells.next()?;
    Some(FailedAttempt::new(
        at,
        reason,
        cells.next().unwrap_or_default(),
    ))
}
