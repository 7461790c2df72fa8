//! The result codes of the service, as a table.

use kervan_core::{Class, Language, Order, Outcome, Try};
use serde::{Deserialize, Serialize};

/// The meaning of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RejectionKind {
    /// Failed without a detail.
    #[serde(rename = "failed")]
    Failed,
    /// The login is wrong, or the machine's address is not on the provider's list.
    #[serde(rename = "login")]
    Login,
    /// A value of the request is wrong.
    #[serde(rename = "request")]
    Request,
    /// The account may not do this, for example the test user.
    #[serde(rename = "not_allowed")]
    NotAllowed,
    /// The provider failed inside. The outcome is unknown.
    #[serde(rename = "system")]
    System,
    /// The object of the call does not exist.
    #[serde(rename = "not_found")]
    NotFound,
    /// Already cancelled or already refunded, perhaps by somebody else. It does not prove that this write
    /// succeeded: read back.
    #[serde(rename = "already_done")]
    AlreadyDone,
    /// The order number already has a successful payment. This call did nothing.
    #[serde(rename = "already_paid")]
    AlreadyPaid,
    /// Nothing is left to cancel or refund, or it needs the other way or a smaller amount.
    #[serde(rename = "cannot_undo")]
    CannotUndo,
    /// The service answered with a SOAP fault. The outcome is unknown.
    #[serde(rename = "fault")]
    Fault,
    /// A code that no page lists. The outcome is unknown.
    #[serde(rename = "unlisted")]
    Unlisted,
}

/// The action that a program should take after a refusal.
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
}

impl RejectionKind {
    /// Returns whether the call may have happened in spite of a refusal of this kind, if nothing else is
    /// known. A [`Rejection`](crate::Rejection) knows its call and is more exact.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::AlreadyDone | Self::AlreadyPaid | Self::System | Self::Fault | Self::Unlisted => {
                Outcome::Unknown
            }
            _ => Outcome::NotDone,
        }
    }

    /// Returns the meaning as a few words for people. A listed code has a more exact one in English:
    /// [`ResultCode::meaning`].
    pub fn text(self, language: Language) -> &'static str {
        let (english, turkish) = match self {
            Self::Failed => ("failed, no detail", "işlem başarısız, ayrıntı yok"),
            Self::Login => (
                "login wrong, or address not on the list",
                "giriş bilgileri yanlış ya da adres listede değil",
            ),
            Self::Request => (
                "a value of the request is wrong",
                "istekteki bir değer hatalı",
            ),
            Self::NotAllowed => (
                "the account may not do this",
                "hesabın bu işleme yetkisi yok",
            ),
            Self::System => ("the service failed inside", "serviste iç hata oluştu"),
            Self::NotFound => ("not found", "kayıt bulunamadı"),
            Self::AlreadyDone => (
                "already cancelled or refunded",
                "daha önce iptal ya da iade edilmiş",
            ),
            Self::AlreadyPaid => (
                "the order number already has a payment",
                "bu sipariş numarası zaten ödenmiş",
            ),
            Self::CannotUndo => (
                "cannot be cancelled or refunded in this way",
                "bu yolla iptal ya da iade edilemez",
            ),
            Self::Fault => ("the service failed", "servis hata verdi"),
            Self::Unlisted => ("a code that no page lists", "belgelerde olmayan bir kod"),
        };
        match language {
            Language::Turkish => turkish,
            _ => english,
        }
    }

    /// Returns the action that a program should take.
    pub fn action(self) -> Action {
        match self {
            Self::Login => Action::CheckAccess,
            Self::AlreadyDone | Self::AlreadyPaid | Self::System | Self::Fault | Self::Unlisted => {
                Action::ReadBack
            }
            _ => Action::Correct,
        }
    }
}

/// Whether a call reaches a bank, and the bank's answer as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bank {
    /// The call ends at Param.
    None,
    /// The answer does not hold a refusal by the bank.
    Silent,
    /// The bank refused.
    Refused,
}

impl Bank {
    /// Adds the bank's code. `00` is a bank's success, and Param writes `-1` for no answer, so neither is a
    /// refusal.
    pub(crate) fn with_code(self, code: &str) -> Self {
        let code = code.trim();
        let refuses = !code.is_empty() && !code.starts_with('-') && code.bytes().any(|b| b != b'0');
        match self {
            Self::None => Self::None,
            _ if refuses => Self::Refused,
            known => known,
        }
    }
}

/// Returns whether a call may have happened in spite of a refusal. Nothing else decides it.
///
/// | kind | outcome |
/// |---|---|
/// | login, request, not allowed, not found, cannot undo | not done |
/// | failed, of a call that ends at Param | not done |
/// | failed, of a call that reaches a bank, with its refusal | not done |
/// | failed, of a call that reaches a bank, without it | unknown: the bank may have done it; a start is not done, because its page was never shown |
/// | already done | unknown: somebody did it, and the read-back shows the current state |
/// | already paid | not done by this try; unknown where an earlier try of the same charge may be the payment |
/// | system, fault, unlisted | unknown |
pub(crate) fn outcome(kind: RejectionKind, this: Option<Try>, bank: Bank) -> Outcome {
    let class = this.map(|this| this.class);
    let is_first = this.is_some_and(|this| this.order == Order::First);
    match kind {
        RejectionKind::Failed if bank == Bank::Silent && class != Some(Class::Start) => {
            Outcome::Unknown
        }
        RejectionKind::AlreadyPaid if is_first || class == Some(Class::Start) => Outcome::NotDone,
        _ => kind.outcome(),
    }
}

/// One code of the provider's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResultCode {
    /// The code as it travels.
    pub code: i32,
    /// The meaning for a program.
    pub kind: RejectionKind,
    /// The meaning for a reader.
    pub meaning: &'static str,
}

const fn row(code: i32, kind: RejectionKind, meaning: &'static str) -> ResultCode {
    ResultCode {
        code,
        kind,
        meaning,
    }
}

/// `TP_WMD_UCD` and `TP_WMD_UCD_v2` answer it for an order number that has a successful payment. No other
/// call is known to answer it; as the answer of another call it is an unlisted code.
const ALREADY_PAID: i32 = -400;

/// Returns the meaning of a code as the answer of a call.
pub(crate) fn listed(code: i32, operation: &str) -> Option<&'static ResultCode> {
    let listed = RESULT_CODES.iter().find(|row| row.code == code);
    listed.filter(|row| row.code != ALREADY_PAID || operation.starts_with("TP_WMD_UCD"))
}

/// The provider's list of codes, for all its services, and six that public clients recorded on the
/// test system (-210, -211, -220, -221, -222, -400). Only -400 belongs to one call, `TP_WMD_UCD` and its
/// variants. Success is any number above zero. Provider's page: dev.param.com.tr, "hata kodları".
pub static RESULT_CODES: [ResultCode; 43] = [
    row(-1, RejectionKind::Failed, "failed, no detail"),
    row(-100, RejectionKind::NotFound, "account not found"),
    row(
        -101,
        RejectionKind::Login,
        "login wrong, or address not on the list",
    ),
    row(-102, RejectionKind::Request, "payment hash wrong"),
    row(-103, RejectionKind::Request, "length of a key"),
    row(
        -104,
        RejectionKind::Request,
        "order id longer than 36 characters",
    ),
    row(
        -105,
        RejectionKind::Request,
        "length of the card's security code",
    ),
    row(-106, RejectionKind::Request, "length of the card's year"),
    row(-107, RejectionKind::Request, "length of the card's month"),
    row(-108, RejectionKind::Request, "mobile number wrong"),
    row(-109, RejectionKind::Request, "length of the POS id"),
    row(-110, RejectionKind::Request, "installment wrong"),
    row(-111, RejectionKind::Request, "form of the IP address"),
    row(
        -112,
        RejectionKind::Request,
        "form of an amount: comma, no point",
    ),
    row(-113, RejectionKind::Request, "an amount must be above zero"),
    row(
        -114,
        RejectionKind::NotAllowed,
        "not allowed with the test user",
    ),
    row(
        -115,
        RejectionKind::Request,
        "an amount needs two digits after the comma",
    ),
    row(
        -116,
        RejectionKind::Request,
        "success or error address empty",
    ),
    row(-117, RejectionKind::Request, "mobile number not numeric"),
    row(-118, RejectionKind::Request, "length of the card number"),
    row(-119, RejectionKind::Request, "form of the card number"),
    row(-120, RejectionKind::Request, "form of a date"),
    row(-121, RejectionKind::Request, "card holder missing"),
    row(-200, RejectionKind::Request, "no commission defined"),
    row(
        -201,
        RejectionKind::Request,
        "installments not possible with this POS",
    ),
    row(
        -202,
        RejectionKind::Request,
        "commission in the total wrong",
    ),
    row(
        -203,
        RejectionKind::System,
        "commission could not be computed",
    ),
    row(-204, RejectionKind::Request, "POS type wrong"),
    row(-205, RejectionKind::System, "payment could not be stored"),
    row(
        -206,
        RejectionKind::System,
        "POS transaction could not be stored",
    ),
    row(-207, RejectionKind::System, "system error"),
    row(
        -208,
        RejectionKind::NotFound,
        "POS type or card number not found",
    ),
    row(-209, RejectionKind::NotFound, "transaction not found"),
    row(
        -210,
        RejectionKind::CannotUndo,
        "nothing to cancel or refund",
    ),
    row(-211, RejectionKind::AlreadyDone, "already cancelled"),
    row(-212, RejectionKind::AlreadyDone, "already refunded"),
    row(
        -213,
        RejectionKind::CannotUndo,
        "can be refunded, not cancelled",
    ),
    row(
        -214,
        RejectionKind::CannotUndo,
        "can be cancelled, not refunded",
    ),
    row(-215, RejectionKind::Request, "POS id does not fit the card"),
    row(-220, RejectionKind::Request, "debit card with installments"),
    row(
        -221,
        RejectionKind::CannotUndo,
        "refund larger than what is left",
    ),
    row(-222, RejectionKind::Request, "date range above seven days"),
    row(
        ALREADY_PAID,
        RejectionKind::AlreadyPaid,
        "order id already paid, by an earlier payment",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: [Class; 4] = [Class::State, Class::Delta, Class::Charge, Class::Start];

    #[test]
    fn w16_a_failure_without_a_detail_is_unknown_where_the_bank_is_silent() {
        for class in CLASSES {
            let of = |bank| outcome(RejectionKind::Failed, Some(Try::first(class)), bank);
            assert_eq!(of(Bank::None), Outcome::NotDone, "{class:?}");
            assert_eq!(of(Bank::Refused), Outcome::NotDone, "{class:?}");
            let is_open = of(Bank::Silent) == Outcome::Unknown;
            assert_eq!(is_open, class != Class::Start, "{class:?}");
        }
    }

    #[test]
    fn w16_a_success_of_the_bank_is_not_its_refusal() {
        for code in ["", " ", "0", "00", "000", "-1"] {
            assert_eq!(Bank::Silent.with_code(code), Bank::Silent, "{code}");
        }
        for code in ["99", "05", "37", "N7"] {
            assert_eq!(Bank::Silent.with_code(code), Bank::Refused, "{code}");
            assert_eq!(Bank::None.with_code(code), Bank::None, "{code}");
        }
    }

    #[test]
    fn p2_an_order_that_is_paid_is_a_refusal_on_a_first_try_only() {
        let of = |this| outcome(RejectionKind::AlreadyPaid, Some(this), Bank::Silent);
        assert_eq!(of(Try::first(Class::Charge)), Outcome::NotDone);
        assert_eq!(of(Try::unknown(Class::Charge)), Outcome::Unknown);
        assert_eq!(of(Try::again(Class::Charge)), Outcome::Unknown);
        assert_eq!(of(Try::unknown(Class::Start)), Outcome::NotDone);
        for operation in ["TP_WMD_UCD", "TP_WMD_UCD_v2"] {
            assert_eq!(
                listed(-400, operation).map(|row| row.kind),
                Some(RejectionKind::AlreadyPaid)
            );
        }
        for operation in ["Pos_Odeme", "Pazaryeri_TP_Iptal_Iade", "TP_WMD_Pay"] {
            assert_eq!(listed(-400, operation), None);
        }
    }

    #[test]
    fn w3_what_is_already_done_is_never_this_writes_success() {
        for class in CLASSES {
            let of = |this| outcome(RejectionKind::AlreadyDone, Some(this), Bank::Silent);
            assert_eq!(of(Try::first(class)), Outcome::Unknown);
            assert_eq!(of(Try::again(class)), Outcome::Unknown);
        }
    }
}
