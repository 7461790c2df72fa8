//! The form that the browser posts after the check of a card. It is not signed.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Delivery, Personal, Secret};
use kervan_wire::form::Fields;
use serde::Serialize;
use subtle::ConstantTimeEq;

use crate::payments::hash::with_pluses;
use crate::rejection;
use crate::service::is_success;

const CODE: &str = "KK_VERIFY_Sonuc";
const MESSAGE: &str = "KK_VERIFY_Sonuc_Str";
const TOKEN: &str = "KK_VERIFY_Data1";
const DATA: [&str; 4] = [
    "KK_VERIFY_Data2",
    "KK_VERIFY_Data3",
    "KK_VERIFY_Data4",
    "KK_VERIFY_Data5",
];

/// The form after [`VerifyCard`](crate::payments::VerifyCard). **It is a hint, not a proof**, because the
/// provider signs nothing in it.
///
/// The token shows only that the sender of the form has seen it, and the customer has. Do not base anything
/// that costs money on it.
///
/// ```
/// use kervan_core::Secret;
/// use param_marketplace::payments::{CardCheckError, CardCheckHint};
///
/// let form = "KK_VERIFY_Sonuc=1&KK_VERIFY_Data1=k3Yp0Zc8Q1vT5mXa";
/// let posted = kervan_testing::delivery("application/x-www-form-urlencoded", form);
/// let hint = CardCheckHint::read(&posted, &Secret::new("k3Yp0Zc8Q1vT5mXa"))?;
/// assert!(hint.says_valid());
///
/// let foreign = CardCheckHint::read(&posted, &Secret::new("another-token-00"));
/// assert_eq!(foreign, Err(CardCheckError::Foreign));
/// # Ok::<(), CardCheckError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CardCheckHint {
    /// The code; `?` replaces a text that is not a code. Wire: `KK_VERIFY_Sonuc`.
    pub code: String,
    /// The provider's message. Wire: `KK_VERIFY_Sonuc_Str`.
    pub message: Option<Personal>,
    /// The texts that were sent beside the token. Wire: `KK_VERIFY_Data2` to `KK_VERIFY_Data5`.
    pub data: [Option<Personal>; 4],
}

/// The reason why a form was rejected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CardCheckError {
    /// The form cannot be read, or a field that decides is duplicate.
    #[error("the form after the card's check cannot be read")]
    Unreadable(#[from] Unreadable),
    /// The form does not hold the token of this check.
    #[error("the form after the card's check has another token")]
    Foreign,
}

impl CardCheckHint {
    /// Reads the form by the token of the check. The tokens are compared
    /// in constant time. **Forget the token afterwards**, so that no form counts twice.
    ///
    /// # Errors
    ///
    /// [`CardCheckError`]; an empty token is never the right one.
    pub fn read(delivery: &Delivery, token: &Secret) -> Result<Self, CardCheckError> {
        let fields = Fields::parse(delivery.content_type(), &delivery.body)?;
        // A token has no blank, so one that comes back with it was decoded twice.
        let posted = with_pluses(fields.one(TOKEN)?.unwrap_or_default());
        let same: bool = token.expose().as_bytes().ct_eq(posted.as_bytes()).into();
        if !same || posted.is_empty() {
            return Err(CardCheckError::Foreign);
        }
        let code = fields.one(CODE)?;
        let code = code.ok_or_else(|| Unreadable::at(CODE, Reason::Missing))?;
        let text = |name| fields.one(name).map(|text| text.map(Personal::from));
        let [second, third, fourth, fifth] = DATA.map(text);
        Ok(Self {
            code: rejection::shown_code(code),
            message: text(MESSAGE)?,
            data: [second?, third?, fourth?, fifth?],
        })
    }

    /// Returns whether the form says that the customer is the card's holder: a code above zero.
    pub fn says_valid(&self) -> bool {
        is_success(&self.code)
    }
}

#[cfg(test)]
mod tests {
    use kervan_wire::form;
    use proptest::prelude::*;

    use kervan_testing::delivery;

    use super::*;

    const OWN: &str = "k3Yp0Zc8Q1vT5mXa";

    fn read(fields: &[(&str, &str)], token: &str) -> Result<CardCheckHint, CardCheckError> {
        let body = form::encode(fields.iter().copied());
        CardCheckHint::read(&delivery(None, body.as_bytes()), &Secret::new(token))
    }

    #[test]
    fn c1_a_blank_in_a_token_is_a_plus() {
        let token = "k3Yp+Zc8Q1vT5mX+";
        let posted = token.replace('+', " ");
        assert!(read(&[(CODE, "1"), (TOKEN, &posted)], token).is_ok());
        let other = read(&[(CODE, "1"), (TOKEN, &posted)], "k3Yp-Zc8Q1vT5mX+");
        assert_eq!(other, Err(CardCheckError::Foreign));
    }

    #[test]
    fn a_foreign_code_is_not_shown() {
        let hint = read(&[(CODE, "1 <script>"), (TOKEN, OWN)], OWN).unwrap();
        assert_eq!(hint.code, "?");
        assert!(!hint.says_valid());
    }

    #[test]
    fn neither_token_nor_texts_are_shown() {
        let fields = [
            (CODE, "1"),
            (MESSAGE, "Ayşe"),
            (TOKEN, OWN),
            (DATA[0], "c1"),
        ];
        let shown = format!("{:?} {:?}", read(&fields, OWN), read(&fields, "another"));
        for hidden in [OWN, "Ayşe", "c1"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }

    proptest! {
        #[test]
        fn no_other_token_is_taken(other in "[!-~]{0,20}") {
            prop_assume!(other != OWN);
            let read = read(&[(CODE, "1"), (TOKEN, &other)], OWN);
            prop_assert_eq!(read, Err(CardCheckError::Foreign));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let read = CardCheckHint::read(&delivery(None, &body), &Secret::new(OWN));
            prop_assert!(read.is_err());
        }
    }
}
