//! The parcels that a query asks for.

use chrono::{Months, NaiveDate};

use super::cells::due;
use super::kinds::{Kind, Select};
use crate::Moment;
use crate::aras::parcel::Parcel;
use crate::aras::soap::argument;
use crate::aras::stage::Stage;
use crate::values::day::day;
use crate::values::xml::Element;

/// Why a query is not answered with rows.
pub(super) enum Refusal {
    /// The service does not understand it.
    Fault(String),
    /// The service answers as if nothing was found.
    Nothing(String),
    /// The service answers with a sentence.
    Sentence(&'static str, String),
}

/// Returns the keys of parcels that a query names, of which each answer counts as a read.
pub(super) fn keys(kind: &Kind, query: &Element) -> Vec<String> {
    let names: &[&str] = match kind.select {
        Select::Key => &["IntegrationCode", "TrackingNumber"],
        Select::NumberAndCode => &["TrackingNumber"],
        Select::Codes | Select::OfAddress | Select::CodeOrWeek | Select::OfContract => {
            &["IntegrationCode"]
        }
        _ => &[],
    };
    let texts = names.iter().map(|name| argument(query, name));
    texts.flat_map(listed).collect()
}

/// Returns the parcels that meet the condition, in the order of their waybills.
pub(super) fn parcels<'a>(
    kind: &Kind,
    parcels: &'a [Parcel],
    condition: &dyn Fn(&Parcel) -> bool,
    now: Moment,
) -> Vec<&'a Parcel> {
    let is_young = |parcel: &Parcel| match kind.days {
        Some(days) => (day(now) - day(parcel.cut_at)).num_days() <= days,
        None => true,
    };
    let wants_incoming = kind.select == Select::Incoming;
    let is_wanted = |parcel: &&Parcel| {
        parcel.is_incoming == wants_incoming && is_young(parcel) && condition(parcel)
    };
    parcels.iter().filter(is_wanted).collect()
}

/// The condition that a parcel meets.
pub(super) type Condition = Box<dyn Fn(&Parcel) -> bool>;

/// Reads the parameters of a query.
pub(super) fn condition(
    kind: &Kind,
    login: &Element,
    query: &Element,
    now: Moment,
) -> Result<Condition, Refusal> {
    let given =
        |name: &'static str| Some(argument(query, name).trim()).filter(|text| !text.is_empty());
    Ok(match kind.select {
        Select::Key => match (given("IntegrationCode"), given("TrackingNumber")) {
            (Some(code), _) => by_codes(code),
            (None, Some(number)) => by_numbers(number),
            (None, None) => return Err(missing("IntegrationCode")),
        },
        Select::Codes => by_codes(needed(query, "IntegrationCode")?),
        Select::OfAddress => {
            needed(login, "AddressID")?;
            by_codes(needed(query, "IntegrationCode")?)
        }
        Select::NumberAndCode => {
            let numbers = by_numbers(needed(query, "TrackingNumber")?);
            match given("Code").map(by_codes) {
                Some(codes) => Box::new(move |parcel| numbers(parcel) && codes(parcel)),
                None => numbers,
            }
        }
        Select::Piece => {
            let barcode = needed(query, "IntegrationCode")?.to_owned();
            Box::new(move |parcel| parcel.pieces.contains(&barcode))
        }
        Select::Barcode => {
            let barcode = needed(query, "Barcode")?.to_owned();
            Box::new(move |parcel| parcel.piece_barcodes().contains(&barcode))
        }
        Select::Incoming => incoming(query)?,
        Select::CodeOrWeek => {
            needed(login, "AddressID")?;
            match given("IntegrationCode") {
                Some(codes) => by_codes(codes),
                None => week(query)?,
            }
        }
        Select::OfContract => {
            needed(query, "AccountContractID")?;
            match given("IntegrationCode") {
                Some(codes) => by_codes(codes),
                None => period(query)?,
            }
        }
        Select::SentOn => sent_on(query, |_| true)?,
        Select::SentOnAndDelivered => sent_on(query, |parcel| parcel.stage == Stage::Delivered)?,
        Select::RoundTripOn => sent_on(query, |parcel| parcel.way_back.is_some())?,
        Select::DeliveredOn => {
            let on = date(query, "Date")?;
            Box::new(move |parcel| {
                let is_on = |at: Moment| day(at) == on;
                !parcel.is_return() && parcel.delivery.as_ref().is_some_and(|it| is_on(it.at))
            })
        }
        Select::RedirectedOn => {
            let on = date(query, "Date")?;
            Box::new(move |parcel| parcel.redirections.iter().any(|it| day(it.at) == on))
        }
        Select::ReturnedOn => {
            let on = date(query, "Date")?;
            Box::new(move |parcel| parcel.is_return() && day(parcel.changed_at()) == on)
        }
        Select::Waiting => Box::new(|parcel| parcel.stage == Stage::Undelivered),
        Select::Collected => collected(needed(query, "DateType")?, now)?,
        Select::Period => period(query)?,
        Select::PeriodCollected => and(period(query)?, |parcel| parcel.collection.is_some()),
        Select::PeriodAttempted => and(period(query)?, |parcel| !parcel.attempts.is_empty()),
        Select::PeriodReasons => and(period(query)?, |parcel| {
            !parcel.attempts.is_empty() || !parcel.redirections.is_empty()
        }),
        Select::Invoices => {
            let (from, to) = dates(query)?;
            if from
                .checked_add_months(Months::new(1))
                .is_some_and(|most| to > most)
            {
                return Err(Refusal::Nothing("EndDate: more than one month".to_owned()));
            }
            if day(now)
                .checked_sub_months(Months::new(12))
                .is_some_and(|first| from < first)
            {
                return Err(Refusal::Nothing(
                    "StartDate: more than one year ago".to_owned(),
                ));
            }
            and(within(from, to), |parcel| !parcel.recipient_pays)
        }
    })
}

fn incoming(query: &Element) -> Result<Condition, Refusal> {
    let given =
        |name: &str| Some(argument(query, name).trim().to_owned()).filter(|it| !it.is_empty());
    if let Some(codes) = given("IntegrationCode") {
        return Ok(by_codes(&codes));
    }
    if let Some(numbers) = given("TrackingNumber") {
        return Ok(by_numbers(&numbers));
    }
    if let Some(barcode) = given("Barcode") {
        return Ok(Box::new(move |parcel| {
            parcel.piece_barcodes().contains(&barcode)
        }));
    }
    if let Some(number) = given("KtfBarcodeNo") {
        let of = crate::aras::numbers::ktf_number;
        return Ok(Box::new(move |parcel| of(&parcel.cargo_code) == number));
    }
    period(query)
}

/// Due, paid or delivered in the last 90 days, and not in the future.
fn collected(kind: &str, now: Moment) -> Result<Condition, Refusal> {
    let kind = kind.to_owned();
    if !matches!(kind.as_str(), "1" | "2" | "3") {
        return Err(Refusal::Nothing("DateType: not 1, 2 or 3".to_owned()));
    }
    Ok(Box::new(move |parcel| {
        let delivered = parcel.delivery.as_ref().map(|delivery| delivery.at);
        let at = if kind == "3" { delivered } else { due(parcel) };
        let is_in_time = |at: Moment| kind == "1" || at <= now;
        parcel.collection.is_some() && at.is_some_and(is_in_time)
    }))
}

fn week(query: &Element) -> Result<Condition, Refusal> {
    let (from, to) = dates(query)?;
    if (to - from).num_days() > 7 {
        let text = "Rapor en fazla bir haftalık alınabilir.";
        return Err(Refusal::Sentence(
            text,
            "EndDate: more than one week".to_owned(),
        ));
    }
    Ok(within(from, to))
}

fn by_codes(texts: &str) -> Condition {
    let codes = listed(texts);
    Box::new(move |parcel| !parcel.code.is_empty() && codes.contains(&parcel.code))
}

fn by_numbers(texts: &str) -> Condition {
    let numbers = listed(texts);
    Box::new(move |parcel| numbers.contains(&parcel.tracking_number))
}

fn listed(texts: &str) -> Vec<String> {
    let texts = texts.split(',').map(str::trim);
    texts
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

fn sent_on(query: &Element, other: fn(&Parcel) -> bool) -> Result<Condition, Refusal> {
    let on = date(query, "Date")?;
    Ok(and(within(on, on), other))
}

fn period(query: &Element) -> Result<Condition, Refusal> {
    let (from, to) = dates(query)?;
    Ok(within(from, to))
}

fn within(from: NaiveDate, to: NaiveDate) -> Condition {
    Box::new(move |parcel| (from..=to).contains(&day(parcel.cut_at)))
}

fn and(one: Condition, other: fn(&Parcel) -> bool) -> Condition {
    Box::new(move |parcel| one(parcel) && other(parcel))
}

fn dates(query: &Element) -> Result<(NaiveDate, NaiveDate), Refusal> {
    Ok((date(query, "StartDate")?, date(query, "EndDate")?))
}

/// Day first, with dots, dashes or slashes.
fn date(query: &Element, name: &str) -> Result<NaiveDate, Refusal> {
    let text = argument(query, name).trim().replace(['-', '/'], ".");
    NaiveDate::parse_from_str(&text, "%d.%m.%Y")
        .map_err(|_| Refusal::Fault(format!("{name}: not a day of the form dd.MM.yyyy")))
}

fn needed<'a>(element: &'a Element, name: &str) -> Result<&'a str, Refusal> {
    let text = argument(element, name).trim();
    if text.is_empty() {
        Err(missing(name))
    } else {
        Ok(text)
    }
}

fn missing(name: &str) -> Refusal {
    Refusal::Nothing(format!("{name}: missing"))
}
