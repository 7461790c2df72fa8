//! The reasons why a text is not an identifier.

use thiserror::Error;

/// A text is not the identifier it was given as. The text itself is never part of the error.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IdError {
    /// Nothing is left once blanks are dropped.
    #[error("`{field}` is empty")]
    Empty {
        /// Which identifier, as `tracking_number`.
        field: &'static str,
    },
    /// A number has a character that is not an ASCII digit.
    #[error("`{field}` has a character that is not a digit")]
    NotDigits {
        /// Which identifier, as `tracking_number`.
        field: &'static str,
    },
    /// A waybill series has a character that is not a letter.
    #[error("`{field}` has a character that is not a letter where letters are expected")]
    NotLetters {
        /// Which identifier, as `waybill`.
        field: &'static str,
    },
    /// A control character is in the text.
    #[error("`{field}` has a control character")]
    ControlCharacter {
        /// Which identifier, as `customer_reference`.
        field: &'static str,
    },
    /// `accountid=` or `sifre=` is in the text: somebody passed a link, or a piece of one.
    #[error("`{field}` has account credentials in it")]
    Credentials {
        /// Which identifier, as `customer_reference`.
        field: &'static str,
    },
}

impl IdError {
    /// Returns a stable name of the kind of error, as `not_digits`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "empty",
            Self::NotDigits { .. } => "not_digits",
            Self::NotLetters { .. } => "not_letters",
            Self::ControlCharacter { .. } => "control_character",
            Self::Credentials { .. } => "credentials",
        }
    }
}
