//! Texts, checks, result codes and tables that all calls share.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDateTime;
#[cfg(feature = "payments")]
use kervan_core::problem::MISSING;
use kervan_core::{Personal, Problems};
use kervan_turkiye::Money;
use kervan_turkiye::problems::check_line;
use kervan_wire::tree::Optional;
use serde::de::{Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::ids::{OrderKey, PaymentId, SubMerchantId};
use crate::rules;

/// A value as a text, as it was given; empty when it is absent. A [`Body`](crate::service::Body) sends it
/// as one line.
pub(crate) trait ToText {
    fn to_text(&self) -> Cow<'_, str>;
}

impl<T: ToText + ?Sized> ToText for &T {
    fn to_text(&self) -> Cow<'_, str> {
        (**self).to_text()
    }
}

impl<T: ToText> ToText for Option<T> {
    fn to_text(&self) -> Cow<'_, str> {
        self.as_ref().map_or(Cow::Borrowed(""), ToText::to_text)
    }
}

/// Values that hold their text.
macro_rules! held_as_text {
    ($($type:ty)+) => {$(
        impl $crate::wire::ToText for $type {
            fn to_text(&self) -> std::borrow::Cow<'_, str> {
                std::borrow::Cow::Borrowed(self.as_str())
            }
        }
    )+};
}

/// Numbers, as their digits.
macro_rules! written_as_digits {
    ($($type:ty)+) => {$(
        impl ToText for $type {
            fn to_text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )+};
}

#[cfg(feature = "payments")]
pub(crate) use held_as_text;

held_as_text! { String Personal SubMerchantId OrderKey }
written_as_digits! { u8 u16 u32 u64 PaymentId }

impl ToText for str {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

/// The rules that many fields share.
pub(crate) trait Checks {
    /// Checks a text that must be present and not blank.
    fn required(&mut self, path: &'static str, text: impl ToText, most: usize);

    /// Checks a text that may be absent or blank.
    fn optional(&mut self, path: &'static str, text: impl ToText, most: usize);

    /// Checks a text that may be absent, but not blank.
    fn unless_absent(&mut self, path: &'static str, text: Option<impl ToText>, most: usize);

    /// Checks that an amount is above zero.
    fn positive(&mut self, path: &'static str, amount: Money);

    /// Checks that a time does not end before it starts.
    fn in_order(
        &mut self,
        path: &'static str,
        from: impl Into<Option<NaiveDateTime>>,
        to: impl Into<Option<NaiveDateTime>>,
    );
}

/// A text of any length.
pub(crate) const ANY: usize = usize::MAX;

impl Checks for Problems {
    fn required(&mut self, path: &'static str, text: impl ToText, most: usize) {
        check(self, path, &text.to_text(), most, true);
    }

    fn optional(&mut self, path: &'static str, text: impl ToText, most: usize) {
        check(self, path, &text.to_text(), most, false);
    }

    fn unless_absent(&mut self, path: &'static str, text: Option<impl ToText>, most: usize) {
        if let Some(text) = text {
            self.required(path, text, most);
        }
    }

    fn positive(&mut self, path: &'static str, amount: Money) {
        if !amount.is_positive() {
            self.push(rules::AMOUNT_NOT_POSITIVE.at(path).actual(amount));
        }
    }

    fn in_order(
        &mut self,
        path: &'static str,
        from: impl Into<Option<NaiveDateTime>>,
        to: impl Into<Option<NaiveDateTime>>,
    ) {
        if let (Some(from), Some(to)) = (from.into(), to.into())
            && to < from
        {
            self.push(rules::DATES_REVERSED.at(path).limit(from).actual(to));
        }
    }
}

/// Checks a text that is sent as one line: its length, its presence, and that it is without control
/// characters. A text that is changed for sending is a warning.
pub(crate) fn check(
    problems: &mut Problems,
    path: &'static str,
    text: &str,
    max_characters: usize,
    required: bool,
) {
    check_line(problems, || path, text, max_characters, required);
}

/// Checks a text that is sent as it was given: that a required one is present, and that XML can carry it.
#[cfg(feature = "payments")]
pub(crate) fn check_verbatim(
    problems: &mut Problems,
    path: &'static str,
    text: &str,
    required: bool,
) {
    if required && text.trim().is_empty() {
        problems.push(MISSING.at(path));
    }
    problems.extend(kervan_wire::soap::not_carried(|| path, text));
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

/// The caller's own key in a row. It is read, so that it is not drift, and dropped.
#[cfg(feature = "payments")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unkept;

#[cfg(feature = "payments")]
impl<'de> Deserialize<'de> for Unkept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Personal::deserialize(deserializer).map(|_| Self)
    }
}

/// The element of a table whose rows were passed on while they were read. Any other content is a table in
/// another shape: escaped rows, elements without a data set, a sentence.
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

/// Writes a moment of a filter in the service's form, in Türkiye's time.
pub(crate) fn moment(moment: Option<NaiveDateTime>) -> String {
    moment
        .map(|moment| moment.format("%d.%m.%Y %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// Reads a value that decides nothing. One that cannot be read is absent, and the drift keeps it.
pub(crate) fn readable<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let value = Option::<Optional<T>>::deserialize(deserializer)?;
    Ok(value.and_then(Optional::get))
}
