//! A sender or a recipient.

use kervan_core::{Personal, Problems};
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::problems::noted;
use serde::{Deserialize, Serialize};

use super::sent_text::{SentText, check_as_given, check_capitals};
use crate::place_book::PlaceBook;

/// A sender or a recipient: a person or a company at an address. Never prints itself.
///
/// Wire: the fields that begin with `sender` or `recipient`. Texts are sent in Turkish upper case;
/// the e-mail address stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Party {
    /// Name of the person or company, at most 100 characters. Wire: `…Title`.
    pub title: Personal,
    /// Province, at most 50 characters, as `İSTANBUL`. Wire: `…City`.
    pub city: Personal,
    /// District of that province, at most 50 characters, as `BEŞİKTAŞ`. Wire: `…County`.
    pub county: Personal,
    /// Street and number, at most 500 characters. Wire: `senderAdress`, and for the recipient by
    /// [`RecipientAddressKey`](crate::RecipientAddressKey).
    pub address: Personal,
    /// Telephone number of Türkiye, as people type it. Sent as the sample has it, in eleven digits with a
    /// leading 0: `05550000001`; a number that begins with 444 in seven. Wire: `…PhoneNumber`.
    pub phone: Personal,
    /// E-mail address, at most 100 characters. Wire: `…Email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal>,
}

impl Party {
    /// Creates a party by name. The other fields are set one by one, and the check reports missing ones.
    pub fn new(title: impl Into<Personal>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// Checks a party. Only the side that Horoz cannot look up by a supplier code has to be complete.
    pub(super) fn check(
        &self,
        path: &'static str,
        required: bool,
        places: &PlaceBook,
        problems: &mut Problems,
    ) {
        let fields = [
            ("title", &self.title, 100),
            ("city", &self.city, 50),
            ("county", &self.county, 50),
            ("address", &self.address, 500),
        ];
        for (field, value, max) in fields {
            let at = || format!("{path}.{field}");
            check_capitals(problems, at, value.as_str(), max, required);
        }
        let phone = self.phone.as_str();
        if required || !SentText::as_given(phone).is_empty() {
            let read = PhoneNumber::from_input(phone);
            noted(problems, format!("{path}.phone"), read);
        }
        if let Some(email) = &self.email {
            check_as_given(
                problems,
                || format!("{path}.email"),
                email.as_str(),
                100,
                false,
            );
        }
        let half = self.city.is_blank() || self.county.is_blank();
        let empty = self.city.is_blank() && self.county.is_blank();
        if !half || !required && !empty {
            problems.extend(places.problem(path, self.city.as_str(), self.county.as_str()));
        }
    }
}

kervan_core::setters! { Party {
    /// Sets the province.
    city: into Personal,
    /// Sets the district.
    county: into Personal,
    /// Sets street and number.
    address: into Personal,
    /// Sets the telephone number.
    phone: into Personal,
    /// Sets the e-mail address.
    email: into Option<Personal>,
}}
