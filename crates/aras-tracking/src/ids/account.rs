//! The id of a shipper's account, which opens all its parcels.

use kervan_core::{Problems, Secret};
use serde::Deserialize;

use super::blanks;
use super::error::IdError;
use crate::rules;

const FIELD: &str = "account_id";
const USUAL_LENGTH: usize = 32;

/// The id of a shipper's account in tracking links, usually 32 hexadecimal digits.
///
/// The provider issues it once for a shipper. Whoever has it can read every parcel of that shipper
/// by trying references, so it is held as a [`Secret`]: it prints as `[redacted]` and does not
/// serialise. It can be read from a configuration. Every blank in it is dropped: the guide prints
/// its sample broken over two lines. Wire: `accountid`.
///
/// Source: Aras tracking link guide of 2014-05-15, page 1, form 2, and the warning on page 2.
///
/// ```
/// use aras_tracking::AccountId;
/// let id = AccountId::new("CBAD417894B73048BBC058C09771C\nDB8")?;
/// assert_eq!(format!("{id:?}"), "AccountId([redacted])");
/// assert!(id.warnings().is_empty());
/// # Ok::<(), aras_tracking::IdError>(())
/// ```
///
/// ```compile_fail
/// fn serialises<T: serde::Serialize>() {}
/// serialises::<aras_tracking::AccountId>();
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Secret")]
pub struct AccountId(Secret);

impl AccountId {
    /// Takes an account id, without its blanks.
    ///
    /// # Errors
    ///
    /// [`IdError::Empty`] and [`IdError::ControlCharacter`].
    pub fn new(id: impl Into<Secret>) -> Result<Self, IdError> {
        let id = Secret::new(blanks::drop_all(id.into().expose()));
        if id.expose().is_empty() {
            Err(IdError::Empty { field: FIELD })
        } else if id.expose().chars().any(char::is_control) {
            Err(IdError::ControlCharacter { field: FIELD })
        } else {
            Ok(Self(id))
        }
    }

    /// Returns the account id. From there on the caller keeps it safe.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Returns everything that is unusual about the account id: [`rules::ACCOUNT_ID_FORM`].
    pub fn warnings(&self) -> Problems {
        let id = self.0.expose();
        let mut problems = Problems::new();
        if id.len() != USUAL_LENGTH || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let rule = &rules::ACCOUNT_ID_FORM;
            problems.push(
                rule.at(FIELD)
                    .limit(USUAL_LENGTH)
                    .actual(id.chars().count()),
            );
        }
        problems
    }
}

impl TryFrom<Secret> for AccountId {
    type Error = IdError;

    fn try_from(id: Secret) -> Result<Self, IdError> {
        Self::new(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warns_about_anything_but_32_hex_digits() {
        let usual = |id: &str| AccountId::new(id).unwrap().warnings().is_empty();
        assert!(usual("CBAD417894B73048BBC058C09771CDB8"));
        assert!(usual("cbad417894b73048bbc058c09771cdb8"));
        assert!(!usual("CBAD417894B73048BBC058C09771C"));
        assert!(!usual("GBAD417894B73048BBC058C09771CDB8"));
    }

    #[test]
    fn reads_from_a_configuration_and_refuses_blanks_only() {
        let id: AccountId = serde_json::from_str("\" A B%20\"").unwrap();
        assert_eq!(id.expose(), "AB");
        assert_eq!(AccountId::new(" %20").unwrap_err().kind(), "empty");
        assert_eq!(
            AccountId::new("A\u{1}").unwrap_err().kind(),
            "control_character"
        );
    }
}
