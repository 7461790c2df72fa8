//! The check, the body and the output that the calls which only name an order share.

use kervan_core::Problems;
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Serialize, Serializer};

use crate::order::{RequestNumber, check_number};
use crate::rules;
use crate::settings::{AtfIdForm, Settings};

/// Checks a call that only names an order.
pub(crate) fn check_named(problems: &mut Problems, number: &RequestNumber, settings: &Settings) {
    check_number(problems, number);
    if matches!(settings.quirks.order_number_key.trim(), "" | "atfId") {
        problems.push(rules::ORDER_NUMBER_KEY.at("settings.quirks.order_number_key"));
    }
}

/// The body of the methods that name an order, and perhaps its label. The key of the order number is a
/// setting, because their tables are not public.
pub(crate) struct WireNumber<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) number: &'a RequestNumber,
    /// The record of the label, where the method names one.
    pub(crate) atf_id: Option<&'a str>,
}

impl<'a> WireNumber<'a> {
    /// Names an order without a label.
    pub(crate) fn new(settings: &'a Settings, number: &'a RequestNumber) -> Self {
        Self {
            settings,
            number,
            atf_id: None,
        }
    }
}

impl Serialize for WireNumber<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(None)?;
        match (self.atf_id, self.settings.quirks.atf_id) {
            (None, _) => {}
            (Some(id), AtfIdForm::Text) => body.serialize_entry("atfId", id)?,
            (Some(id), AtfIdForm::Number) => {
                let number: u64 = id.parse().map_err(S::Error::custom)?;
                body.serialize_entry("atfId", &number)?;
            }
        }
        let key = self.settings.quirks.order_number_key.as_ref();
        body.serialize_entry(key, self.number.as_str())?;
        body.end()
    }
}

/// The order, or its label, was cancelled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cancelled {}
