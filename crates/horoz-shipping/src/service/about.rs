//! Whether an answer is that about an order, or one that came out of step.

use kervan_core::error::{Reason, Unreadable};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};

use super::walk::each_text;
use crate::labels::AtfId;
use crate::order::RequestNumber;
use crate::rejection::is_same_number;
use crate::settings::Quirks;

/// The deepest level that is searched for numbers.
const DEEPEST: usize = 6;

/// The order that a call names, and its record where it names one.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) number: &'a RequestNumber,
    pub(crate) record: Option<&'a AtfId>,
}

impl<'a> From<&'a RequestNumber> for About<'a> {
    fn from(number: &'a RequestNumber) -> Self {
        Self {
            number,
            record: None,
        }
    }
}

impl About<'_> {
    /// Checks that each number of an order in an answer is that of this order. An answer need not have one.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] at the member: the answer is that about another order.
    pub(super) fn check(self, numbers: Numbers, quirks: &Quirks) -> Result<(), Unreadable> {
        let keys = [
            "requestNumber",
            &*quirks.order_number_key,
            &*quirks.tracking_parameter,
        ];
        for (name, text) in numbers.0 {
            let is_own = match self.record {
                Some(record) if is_same_name(&name, "atfId") => {
                    // A number has lost the zeros in front.
                    text.trim_start_matches('0') == record.as_str().trim_start_matches('0')
                }
                _ if keys.iter().any(|key| is_same_name(&name, key)) => {
                    is_same_number(&text, self.number.as_str())
                }
                _ => true,
            };
            if !is_own {
                let what = "the number of this order".into();
                return Err(Unreadable::at(name, Reason::Unexpected(what)));
            }
        }
        Ok(())
    }
}

fn is_same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> Vec<u8> {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        letters.map(|byte| byte.to_ascii_lowercase()).collect()
    };
    plain(one) == plain(other)
}

/// Members of the answers of `listCounties`, `serviceControl` and `listShippingDetails`.
#[derive(Deserialize)]
pub(super) struct OtherCalls {
    #[serde(rename = "listCountiesOutput")]
    counties: Option<IgnoredAny>,
    #[serde(rename = "ipBilgisi")]
    access: Option<IgnoredAny>,
    #[serde(rename = "shippingDeliveryState")]
    tracking: Option<IgnoredAny>,
}

impl OtherCalls {
    /// Checks that an answer has none of them.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] at the member: the answer is that to another call.
    pub(super) fn check(self) -> Result<(), Unreadable> {
        let members = [
            ("listCountiesOutput", self.counties),
            ("ipBilgisi", self.access),
            ("shippingDeliveryState", self.tracking),
        ];
        let found = members.into_iter().find(|(_, member)| member.is_some());
        found.map_or(Ok(()), |(name, _)| {
            let what = "an answer to this call".into();
            Err(Unreadable::at(name, Reason::Unexpected(what)))
        })
    }
}

/// Every text and number of an answer that is not blank, with the name of its member.
pub(super) struct Numbers(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut found = Vec::new();
        each_text(deserializer, DEEPEST, |name, text| {
            if !text.is_empty() && name.len() <= MOST_LETTERS {
                found.push((name.to_owned(), text.to_owned()));
            }
        })?;
        Ok(Self(found))
    }
}

/// The most letters of the name of a number.
const MOST_LETTERS: usize = 64;
