//! The reasons why a text is not a tracking link.

use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::ids::IdError;

/// A text is not a tracking link of Aras Kargo. The error never holds any part of the text.
///
/// `parameter` is the provider's own name of a parameter, or `track` and `kargo-takip` for a number
/// in the path.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The text is empty, or holds only blanks.
    #[error("the link is empty")]
    Empty,
    /// The text is longer than [`MAX_BYTES`](super::MAX_BYTES).
    #[error("the link is longer than {limit} bytes")]
    TooLong {
        /// How long a link may be.
        limit: usize,
    },
    /// A control character other than a tab or a line break is in the text.
    #[error("the link has a control character")]
    ControlCharacter,
    /// A second `://` follows: two links were pasted at once.
    #[error("the text has more than one link")]
    SeveralLinks,
    /// The text does not begin with `http://` or `https://`.
    #[error("the link does not begin with http:// or https://")]
    Scheme,
    /// A backslash is in front of the query. Browsers read it as a slash, other programs do not.
    #[error("the link has a backslash before its query")]
    Backslash,
    /// A user name and `@` are in front of the host, as in links that imitate a host.
    #[error("the link has a user name before its host")]
    UserName,
    /// The link names a port other than the usual one of its scheme.
    #[error("the link names an unusual port")]
    Port,
    /// The host is not the provider's.
    #[error("the host is not one of aras kargo")]
    ForeignHost,
    /// The host is the provider's, but the page does not show parcels.
    #[error("the page is not a known tracking page")]
    UnknownPage,
    /// A known parameter is a duplicate. Programs differ in which of the two counts, so the link is refused.
    #[error("`{parameter}` occurs more than once")]
    DuplicateParameter {
        /// Which parameter.
        parameter: &'static str,
    },
    /// Two parameters name a parcel in different ways.
    #[error("`{first}` and `{second}` exclude each other")]
    Ambiguous {
        /// The one that came first.
        first: &'static str,
        /// The other one.
        second: &'static str,
    },
    /// The page does not take account credentials, but the link has some.
    #[error("`{parameter}` does not belong on this page")]
    UnexpectedParameter {
        /// Which parameter.
        parameter: &'static str,
    },
    /// A parameter that the page needs is absent or empty.
    #[error("`{parameter}` is missing")]
    MissingParameter {
        /// Which parameter.
        parameter: &'static str,
    },
    /// A value is encoded neither as UTF-8 nor as single-byte Turkish letters.
    #[error("`{parameter}` is in no known encoding")]
    Encoding {
        /// Which parameter.
        parameter: &'static str,
    },
    /// A value is not an identifier of the parameter's kind. The source gives the reason.
    #[error("`{parameter}` is not valid")]
    Identifier {
        /// Which parameter.
        parameter: &'static str,
        /// Why.
        #[source]
        source: IdError,
    },
    /// The link is one, but only a [`ShareableLink`](super::ShareableLink) was asked for.
    #[error("the link is not shareable")]
    NotShareable,
}

impl LinkError {
    /// Returns a stable name of the kind of error, as `foreign_host`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacter => "control_character",
            Self::SeveralLinks => "several_links",
            Self::Scheme => "scheme",
            Self::Backslash => "backslash",
            Self::UserName => "user_name",
            Self::Port => "port",
            Self::ForeignHost => "foreign_host",
            Self::UnknownPage => "unknown_page",
            Self::DuplicateParameter { .. } => "duplicate_parameter",
            Self::Ambiguous { .. } => "ambiguous",
            Self::UnexpectedParameter { .. } => "unexpected_parameter",
            Self::MissingParameter { .. } => "missing_parameter",
            Self::Encoding { .. } => "encoding",
            Self::Identifier { .. } => "identifier",
            Self::NotShareable => "not_shareable",
        }
    }

    /// Returns the parameter that the error is about, by the provider's name; the first one of two.
    pub fn parameter(&self) -> Option<&'static str> {
        match self {
            Self::DuplicateParameter { parameter }
            | Self::Ambiguous {
                first: parameter, ..
            }
            | Self::UnexpectedParameter { parameter }
            | Self::MissingParameter { parameter }
            | Self::Encoding { parameter }
            | Self::Identifier { parameter, .. } => Some(parameter),
            _ => None,
        }
    }
}

/// Kind, parameter, and for an identifier the kind of its error.
impl Serialize for LinkError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shape {
            kind: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            parameter: Option<&'static str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            other: Option<&'static str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            reason: Option<&'static str>,
        }
        Shape {
            kind: self.kind(),
            parameter: self.parameter(),
            other: match self {
                Self::Ambiguous { second, .. } => Some(second),
                _ => None,
            },
            reason: match self {
                Self::Identifier { source, .. } => Some(source.kind()),
                _ => None,
            },
        }
        .serialize(serializer)
    }
}
