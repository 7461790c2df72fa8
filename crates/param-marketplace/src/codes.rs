//! The result codes of the service, as a table.

use kervan_core::Outcome;
use serde::{Deserialize, Serialize};

/// What a refusal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Kind {
    /// Failed without a detail.
    #[serde(rename = "failed")]
    Failed,
    /// The login is wrong, or the machine's address is not on the provider's list.
    #[serde(rename = "login")]
    Login,
    /// A value of the request is wrong.
    #[serde(rename = "request")]
    Request,
    /// The account may not do this, as with the test user.
    #[serde(rename = "not_allowed")]
    NotAllowed,
    /// The provider failed inside. It says nothing about what happened.
    #[serde(rename = "system")]
    System,
    /// What the call is about does not exist.
    #[serde(rename = "not_found")]
    NotFound,
    /// Already cancelled, already refunded, or already paid: an earlier try has done it.
    #[serde(rename = "already_done")]
    AlreadyDone,
    /// Nothing is left to cancel or refund, or not this way or not so much.
    #[serde(rename = "cannot_undo")]
    CannotUndo,
    /// The service answered with a SOAP fault. It says nothing about what happened.
    #[serde(rename = "fault")]
    Fault,
    /// A code that no page lists. It says nothing about what happened.
    #[serde(rename = "unlisted")]
    Unlisted,
}

/// What a program should do about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Action {
    /// Correct the request and send it again.
    #[serde(rename = "correct")]
    Correct,
    /// Check login and address list with the provider.
    #[serde(rename = "check_access")]
    CheckAccess,
    /// Read back before anything else.
    #[serde(rename = "read_back")]
    ReadBack,
    /// Nothing: an earlier try has done it.
    #[serde(rename = "nothing")]
    Nothing,
}

impl Kind {
    /// Whether the call may have happened in spite of a refusal of this kind.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::AlreadyDone | Self::System | Self::Fault | Self::Unlisted => Outcome::Unknown,
            _ => Outcome::NotDone,
        }
    }

    /// What a program should do about it.
    pub fn action(self) -> Action {
        match self {
            Self::Login => Action::CheckAccess,
            Self::AlreadyDone => Action::Nothing,
            Self::System | Self::Fault | Self::Unlisted => Action::ReadBack,
            _ => Action::Correct,
        }
    }
}

/// One code of the provider's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The code as it travels.
    pub code: i32,
    /// What it means for a program.
    pub kind: Kind,
    /// What it means for a reader.
    pub meaning: &'static str,
}

const fn row(code: i32, kind: Kind, meaning: &'static str) -> Code {
    Code {
        code,
        kind,
        meaning,
    }
}

/// Means that the order is paid in the marketplace's list only. The payment service is said to answer
/// it when 3-D cannot start, and elsewhere it has no public meaning.
const ALREADY_PAID: i32 = -400;

/// What a code means in the marketplace service, or in the other two.
pub(crate) fn listed(code: i32, of_marketplace: bool) -> Option<&'static Code> {
    let listed = RESULT_CODES.iter().find(|row| row.code == code);
    listed.filter(|row| of_marketplace || row.code != ALREADY_PAID)
}

/// The provider's list of codes, for all its services; none is documented for one method. Success
/// is any number above zero. Provider's page: dev.param.com.tr, "hata kodları".
pub static RESULT_CODES: [Code; 43] = [
    row(-1, Kind::Failed, "failed, no detail"),
    row(-100, Kind::NotFound, "account not found"),
    row(-101, Kind::Login, "login wrong, or address not on the list"),
    row(-102, Kind::Request, "payment hash wrong"),
    row(-103, Kind::Request, "length of a key"),
    row(-104, Kind::Request, "order id longer than 36 characters"),
    row(-105, Kind::Request, "length of the card's security code"),
    row(-106, Kind::Request, "length of the card's year"),
    row(-107, Kind::Request, "length of the card's month"),
    row(-108, Kind::Request, "mobile number wrong"),
    row(-109, Kind::Request, "length of the POS id"),
    row(-110, Kind::Request, "instalment wrong"),
    row(-111, Kind::Request, "form of the IP address"),
    row(-112, Kind::Request, "form of an amount: comma, no point"),
    row(-113, Kind::Request, "an amount must be above zero"),
    row(-114, Kind::NotAllowed, "not allowed with the test user"),
    row(
        -115,
        Kind::Request,
        "an amount needs two digits after the comma",
    ),
    row(-116, Kind::Request, "success or error address empty"),
    row(-117, Kind::Request, "mobile number not numeric"),
    row(-118, Kind::Request, "length of the card number"),
    row(-119, Kind::Request, "form of the card number"),
    row(-120, Kind::Request, "form of a date"),
    row(-121, Kind::Request, "card holder missing"),
    row(-200, Kind::Request, "no commission defined"),
    row(
        -201,
        Kind::Request,
        "instalments not possible with this POS",
    ),
    row(-202, Kind::Request, "commission in the total wrong"),
    row(-203, Kind::System, "commission could not be computed"),
    row(-204, Kind::Request, "POS type wrong"),
    row(-205, Kind::System, "payment could not be stored"),
    row(-206, Kind::System, "POS transaction could not be stored"),
    row(-207, Kind::System, "system error"),
    row(-208, Kind::NotFound, "POS type or card number not found"),
    row(-209, Kind::NotFound, "transaction not found"),
    row(-210, Kind::CannotUndo, "nothing to cancel or refund"),
    row(-211, Kind::AlreadyDone, "already cancelled"),
    row(-212, Kind::AlreadyDone, "already refunded"),
    row(-213, Kind::CannotUndo, "can be refunded, not cancelled"),
    row(-214, Kind::CannotUndo, "can be cancelled, not refunded"),
    row(-215, Kind::Request, "POS id does not fit the card"),
    row(-220, Kind::Request, "debit card with instalments"),
    row(-221, Kind::CannotUndo, "refund larger than what is left"),
    row(-222, Kind::Request, "date range above seven days"),
    row(
        ALREADY_PAID,
        Kind::AlreadyDone,
        "order id already paid; of the marketplace service only",
    ),
];
