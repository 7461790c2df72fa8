//! The query types: which parcels each selects, and which columns it answers with.

use super::columns::{self as all, Column, Step};

/// Parcels by their parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Select {
    /// `IntegrationCode` or `TrackingNumber`.
    Key,
    /// `IntegrationCode`, several separated by commas.
    Codes,
    /// `TrackingNumber` and `Code`.
    NumberAndCode,
    /// `IntegrationCode` with the barcode that the shipper gave to a piece.
    Piece,
    /// `Barcode`, 34 digits.
    Barcode,
    /// One of several keys, or a period, of incoming parcels.
    Incoming,
    /// `IntegrationCode`, or a period of one week at most; `AddressID` in the login.
    CodeOrWeek,
    /// `IntegrationCode`; `AddressID` in the login.
    OfAddress,
    /// `AccountContractID`, and `IntegrationCode` or a period.
    OfContract,
    /// `Date` of the waybill.
    SentOn,
    /// `Date` of the delivery.
    DeliveredOn,
    /// `Date` of the waybill of a delivered parcel.
    SentOnAndDelivered,
    /// `Date` of the redirection.
    RedirectedOn,
    /// `Date` of the waybill of a round trip.
    RoundTripOn,
    /// `Date` of the return.
    ReturnedOn,
    /// No parameter: parcels that wait at the delivery branch after an attempt.
    Waiting,
    /// `DateType` of a collection: 1 due, 2 payment, 3 delivery.
    Collected,
    /// `StartDate` and `EndDate` of the waybill.
    Period,
    /// The same, of parcels with a collection.
    PeriodCollected,
    /// The same, of parcels with a failed attempt.
    PeriodAttempted,
    /// The same, of parcels with a failed attempt or a redirection.
    PeriodReasons,
    /// The same, of one month at most and one year back.
    Invoices,
}

/// The rows of a type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rows {
    /// One for each parcel.
    Parcels(&'static [&'static [Column]]),
    /// One for each movement.
    Steps(&'static [&'static [Step]]),
    /// Several tables about one parcel.
    Tables,
    /// One for each branch.
    Branches,
    /// One with a count.
    Count,
}

/// A query type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    /// The name of a row.
    pub(super) row: &'static str,
    pub(super) select: Select,
    pub(super) rows: Rows,
    /// Parcels that are younger than so many days only.
    pub(super) days: Option<i64>,
    /// Columns that it does not have.
    pub(super) without: &'static [&'static str],
}

/// Types of the guide that are answered "not simulated", because no public page shows their columns.
pub(super) const NOT_SIMULATED: [&str; 2] = ["23", "36"];

/// Returns the numbers of the types that the guide has.
pub(super) fn numbers() -> impl Iterator<Item = String> {
    let numbers = (1..1000).map(|number: u32| number.to_string());
    numbers.filter(|number| shape(number).is_some() || NOT_SIMULATED.contains(&number.as_str()))
}

/// Returns a type by its number.
pub(super) fn kind(number: &str) -> Option<Kind> {
    let (row, select, rows) = shape(number)?;
    Some(Kind {
        row,
        select,
        rows,
        days: match number {
            "21" | "24" | "25" | "100" => Some(90),
            "30" => Some(31),
            _ => None,
        },
        without: match number {
            "11" => &["KARGO_TAKIP_NO", "KARGO_LINK_NO"],
            "37" => &["TUTAR"],
            "39" => &["ODEME_TARIHI"],
            _ => &[],
        },
    })
}

fn shape(number: &str) -> Option<(&'static str, Select, Rows)> {
    Some(match number {
        "1" => ("Cargo", Select::Key, parcels(&[all::CORE])),
        "2" => ("Cargo", Select::SentOn, parcels(&[all::SENT])),
        "3" => (
            "Cargo",
            Select::DeliveredOn,
            parcels(&[all::SENT, all::HANDED_OVER, all::OF_DISPATCH]),
        ),
        "4" => (
            "Cargo",
            Select::SentOnAndDelivered,
            parcels(&[all::SENT, all::HANDED_OVER, all::COLLECTED]),
        ),
        "5" => (
            "Cargo",
            Select::Waiting,
            parcels(&[all::NAMED, all::WAITING]),
        ),
        "6" => (
            "Cargo",
            Select::RedirectedOn,
            parcels(&[all::NAMED, all::REDIRECTED]),
        ),
        "7" => (
            "Cargo",
            Select::RoundTripOn,
            parcels(&[all::NAMED, all::ROUND_TRIP]),
        ),
        "8" => (
            "Cargo",
            Select::ReturnedOn,
            parcels(&[all::NAMED, all::SENT_BACK]),
        ),
        "9" => (
            "CargoTransaction",
            Select::Key,
            Rows::Steps(&[all::STEP, all::REMARK]),
        ),
        "10" => ("Cargo", Select::Waiting, Rows::Branches),
        "11" => ("Collection", Select::Codes, parcels(WITH_COLLECTION)),
        "12" => ("Cargo", Select::Period, parcels(&[all::CORE])),
        "13" => (
            "Collection",
            Select::PeriodCollected,
            parcels(WITH_COLLECTION),
        ),
        "14" => ("Cargo", Select::NumberAndCode, parcels(&[all::CORE])),
        "15" => ("CargoTransaction", Select::Codes, Rows::Steps(&[all::STEP])),
        "16" => (
            "WaybillNotDelivered",
            Select::PeriodAttempted,
            parcels(&[all::CORE]),
        ),
        "18" => ("Cargo", Select::Period, parcels(&[all::SENT])),
        "19" => (
            "Cargo",
            Select::PeriodReasons,
            parcels(&[all::NAMED, all::REASONS]),
        ),
        "21" => ("Cargo", Select::Piece, parcels(&[all::CORE])),
        "22" | "26" => ("Table", Select::Key, Rows::Tables),
        "24" => ("Cargo", Select::Barcode, parcels(&[all::CORE, all::PLACE])),
        "25" => ("Collection", Select::Collected, parcels(WITH_COLLECTION)),
        "30" => ("Cargo", Select::Incoming, parcels(&[all::CORE])),
        "31" => ("Cargo", Select::Waiting, Rows::Count),
        "37" => (
            "Collection",
            Select::Codes,
            parcels(&[all::CORE, all::PHONES, all::WEIGHTS, all::COLLECTION]),
        ),
        "39" => (
            "Collection",
            Select::Codes,
            parcels(&[all::CORE, all::PHONES, all::EVERYTHING, all::COLLECTION]),
        ),
        "40" => ("Cargo", Select::OfContract, parcels(&[all::OF_CONTRACT])),
        "41" => ("Invoice", Select::Invoices, parcels(&[all::INVOICE])),
        "100" => ("Cargo", Select::Codes, parcels(&[all::SHORT])),
        "101" => ("Cargo", Select::CodeOrWeek, parcels(&[all::LAST_STEP])),
        "102" => (
            "Cargo",
            Select::OfAddress,
            parcels(&[all::SHORT, all::OF_ADDRESS]),
        ),
        _ => return None,
    })
}

const WITH_COLLECTION: &[&[Column]] = &[all::CORE, all::PHONES, all::COLLECTION];

const fn parcels(columns: &'static [&'static [Column]]) -> Rows {
    Rows::Parcels(columns)
}
