//! What all calls share: the login block, the envelope, the result code.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDateTime;
use kervan_core::problem::check_text;
use kervan_core::soap::{self, CONTROL_CHARACTER, Call};
use kervan_core::tree::Optional;
use kervan_core::{BaseUrl, Personal, Problems};
use serde::de::{Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::codes::Bank;
use crate::settings::Settings;

/// The namespace of every element of the marketplace and the payment service.
pub(crate) const NAMESPACE: &str = "https://turkpos.com.tr/";
/// The namespace of every element of the service for stored cards.
#[cfg(feature = "payments")]
const CARD_NAMESPACE: &str = "https://turkpara.com.tr/";

/// Which of Param's services an operation is in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Service {
    Marketplace,
    Payment,
    #[cfg(feature = "payments")]
    StoredCards,
}

/// Where an operation is and how its answers are described.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    service: Service,
    /// The operation's wire name.
    pub(crate) operation: &'static str,
    /// The element in the answer that holds the result.
    pub(crate) result: &'static str,
    /// The element with the result's code.
    pub(crate) code: &'static str,
    bank: Bank,
}

impl kervan_core::Endpoint for Page {
    fn name(&self) -> &'static str {
        self.operation
    }
}

impl Page {
    /// An operation of the marketplace service.
    pub(crate) const fn marketplace(operation: &'static str, result: &'static str) -> Self {
        Self::of(Service::Marketplace, operation, result)
    }

    /// An operation of the payment service.
    pub(crate) const fn payment(operation: &'static str, result: &'static str) -> Self {
        Self::of(Service::Payment, operation, result)
    }

    /// An operation of the service for stored cards.
    #[cfg(feature = "payments")]
    pub(crate) const fn stored_cards(operation: &'static str, result: &'static str) -> Self {
        Self::of(Service::StoredCards, operation, result)
    }

    const fn of(service: Service, operation: &'static str, result: &'static str) -> Self {
        Self {
            service,
            operation,
            result,
            code: "Sonuc",
            bank: Bank::None,
        }
    }

    /// The same, as a call behind which a bank is.
    pub(crate) const fn at_bank(mut self) -> Self {
        self.bank = Bank::Silent;
        self
    }

    pub(crate) fn bank(self) -> Bank {
        self.bank
    }

    /// The same with another name of the result's code; [`WireStatus`] has to know it.
    #[cfg(feature = "payments")]
    pub(crate) const fn with_code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// The path of an element of the result.
    pub(crate) fn path(self, element: &str) -> String {
        format!("{}.{element}", self.result)
    }

    pub(crate) fn address(self, settings: &Settings) -> &BaseUrl {
        match self.service {
            Service::Marketplace => &settings.address,
            Service::Payment => &settings.payment_address,
            #[cfg(feature = "payments")]
            Service::StoredCards => &settings.card_address,
        }
    }

    pub(crate) fn call(self) -> Call {
        let namespace = match self.service {
            Service::Marketplace | Service::Payment => NAMESPACE,
            #[cfg(feature = "payments")]
            Service::StoredCards => CARD_NAMESPACE,
        };
        Call::new(namespace, self.operation)
    }
}

/// Checks a text: its length, that it is there, and that XML can carry it.
pub(crate) fn check(
    problems: &mut Problems,
    path: &'static str,
    text: &str,
    max_characters: usize,
    required: bool,
) {
    check_text(problems, || path, text, max_characters, required);
    if !soap::can_carry(text) {
        problems.push(CONTROL_CHARACTER.at(path));
    }
}

/// Code and text of a result, under the names of all operations.
#[derive(Deserialize)]
pub(crate) struct WireStatus {
    #[serde(rename = "Sonuc", alias = "Response_Code", alias = "ResultCode")]
    pub(crate) code: String,
    #[serde(
        rename = "Sonuc_Str",
        alias = "Sonuc_Ack",
        alias = "Response_Message",
        alias = "ResultDescription"
    )]
    pub(crate) message: Option<String>,
    #[serde(rename = "Banka_Sonuc_Kod", alias = "Bank_Sonuc_Kod")]
    pub(crate) bank_code: Option<String>,
}

/// The caller's own key in a row: read, so that it is no surprise, and dropped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unkept;

impl<'de> Deserialize<'de> for Unkept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Personal::deserialize(deserializer).map(|_| Self)
    }
}

/// The element of a table, whose rows were handed out while they were read. Anything left in it is a
/// table in another shape: rows that are escaped, elements without a data set, a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TablePlace;

impl<'de> Deserialize<'de> for TablePlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Whatever it is: a reader of texts would read an element with attributes as an empty one.
        deserializer.deserialize_any(Emptied)
    }
}

struct Emptied;

impl Visitor<'_> for Emptied {
    type Value = TablePlace;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<TablePlace, E> {
        Ok(TablePlace)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<TablePlace, E> {
        if text.trim().is_empty() {
            Ok(TablePlace)
        } else {
            Err(E::invalid_value(Unexpected::Other("text"), &self))
        }
    }
}

/// A moment of a filter as the service writes it, in Türkiye's time.
pub(crate) fn moment(moment: Option<NaiveDateTime>) -> String {
    moment
        .map(|moment| moment.format("%d.%m.%Y %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// A text as the service wants it when there is none.
pub(crate) fn or_empty(text: Option<&str>) -> Cow<'_, str> {
    text.map_or(Cow::Borrowed(""), Cow::Borrowed)
}
/// Reads a value that decides nothing: what cannot be read is absent, and the drift keeps it.
pub(crate) fn readable<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let value = Option::<Optional<T>>::deserialize(deserializer)?;
    Ok(value.and_then(Optional::get))
}
