//! The values of the columns, each in the form of the wire.
#![expect(
    clippy::unnecessary_wraps,
    reason = "the values of a table have one type, and some are never NULL"
)]

use rust_decimal::Decimal;

use crate::Moment;
use crate::aras::parcel::{Attempt, Collection, Parcel};
use crate::aras::stage::Stage;
use crate::values::day::{day, iso, istanbul, turkish};

/// When the amount that was collected is due to the shipper: a week after the delivery.
pub(super) fn due(parcel: &Parcel) -> Option<Moment> {
    parcel.collection.as_ref()?;
    let delivery = parcel.delivery.as_ref().filter(|_| !parcel.is_return())?;
    Some(delivery.at.plus(7 * 86_400_000))
}

pub(super) fn paid(parcel: &Parcel, now: Moment) -> Option<(&Collection, Moment)> {
    let at = due(parcel).filter(|due| day(*due) <= day(now))?;
    Some((parcel.collection.as_ref()?, at))
}

/// The texts of the last failed attempt.
pub(super) fn attempt<'a>(
    parcel: &'a Parcel,
    text: impl Fn(&'a Attempt) -> &'a String,
) -> Option<String> {
    parcel.attempts.last().map(text).cloned()
}

/// A delivered parcel has its reasons empty, and any other one has none.
pub(super) fn or_empty(parcel: &Parcel, reason: Option<String>) -> Option<String> {
    let is_delivered = parcel.stage == Stage::Delivered;
    reason.or_else(|| is_delivered.then(String::new))
}

pub(super) fn delivered(parcel: &Parcel, form: &str) -> Option<String> {
    let delivery = parcel.delivery.as_ref()?;
    Some(istanbul(delivery.at).format(form).to_string())
}

pub(super) fn reference(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.code.clone()).filter(|code| !code.is_empty())
}

pub(super) fn waybill(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.waybill.clone())
}

pub(super) fn sender(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.sender.clone())
}

pub(super) fn recipient(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.recipient.clone())
}

pub(super) fn tracking_number(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.tracking_number.clone())
}

pub(super) fn cargo_code(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.cargo_code.clone())
}

pub(super) fn origin(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.origin.clone())
}

pub(super) fn destination(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.destination.clone())
}

pub(super) fn city(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.city.clone())
}

pub(super) fn pieces(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.pieces.len().to_string())
}

pub(super) fn desi(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(format!("{:.3}", parcel.desi))
}

pub(super) fn weight(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(format!("{:.3}", parcel.weight))
}

pub(super) fn amount(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(with_point(parcel.amount))
}

pub(super) fn payer(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(if parcel.recipient_pays { "ÜA" } else { "ÜG" }.to_owned())
}

pub(super) fn own_reference(parcel: &Parcel, _: Moment) -> Option<String> {
    parcel.reference.clone()
}

pub(super) fn taker(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.delivery.as_ref()?.to.clone())
}

pub(super) fn delivery_day(parcel: &Parcel, _: Moment) -> Option<String> {
    delivered(parcel, "%d.%m.%Y")
}

pub(super) fn waybill_day(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(turkish(day(parcel.cut_at)))
}

pub(super) fn kind(parcel: &Parcel, _: Moment) -> Option<String> {
    let code = if parcel.is_return() {
        "3"
    } else if parcel.redirections.is_empty() {
        "1"
    } else {
        "2"
    };
    Some(code.to_owned())
}

pub(super) fn status_code(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.stage.code().to_owned())
}

pub(super) fn status(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(parcel.stage.turkish().to_owned())
}

pub(super) fn is_return(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(if parcel.is_return() { "Evet" } else { "Hayır" }.to_owned())
}

pub(super) fn last_step(parcel: &Parcel, _: Moment) -> Option<String> {
    Some(iso(istanbul(parcel.changed_at())))
}

pub(super) fn flag(is_set: bool) -> String {
    if is_set { "1" } else { "0" }.to_owned()
}

pub(super) fn with_point(amount: Decimal) -> String {
    format!("{amount:.2}")
}

pub(super) fn with_comma(amount: Decimal) -> String {
    with_point(amount).replace('.', ",")
}

pub(super) fn iso_day(moment: Moment) -> String {
    format!("{}T00:00:00", day(moment))
}

pub(super) fn day_with_offset(moment: Moment) -> String {
    iso_day(moment) + "+03:00"
}

/// `18.11.2026 17:10:05`.
pub(super) fn turkish_second(moment: Moment) -> String {
    istanbul(moment).format("%d.%m.%Y %H:%M:%S").to_string()
}
