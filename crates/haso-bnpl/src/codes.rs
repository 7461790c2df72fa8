//! The provider's codes.

use kervan_core::outcome::{Order, Try};
use kervan_core::{Class, Language, Outcome};
use serde::{Deserialize, Serialize};

/// The one code that means success.
pub(crate) const SUCCESS: &str = "RS100";

/// The meaning of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RejectionKind {
    /// The telephone number cannot be used. The rejection's `phones` has the list that comes with it: by
    /// its name, the numbers that the credit bureau knows.
    #[serde(rename = "phone_not_usable")]
    PhoneNotUsable,
    /// No such customer.
    #[serde(rename = "customer_not_found")]
    CustomerNotFound,
    /// A refund with this number was made before: yours, or another one under the same number.
    /// **Never send the refund under a new number because of it.**
    #[serde(rename = "already_refunded")]
    AlreadyRefunded,
    /// No refund with this number.
    #[serde(rename = "refund_not_found")]
    RefundNotFound,
    /// The new telephone number is the present one.
    #[serde(rename = "same_phone")]
    SamePhone,
    /// A code that no page lists, a text without a code, or a refusal beside `Success` true. It does not show
    /// whether the call was done.
    #[serde(rename = "unlisted")]
    Unlisted,
}

impl RejectionKind {
    /// Returns whether the call may have happened in spite of a refusal of this kind, where it is not known
    /// whether it was the first try.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::AlreadyRefunded | Self::Unlisted => Outcome::Unknown,
            _ => Outcome::NotDone,
        }
    }

    /// Returns whether a write with this kind of refusal may have been done, by the method and the tries
    /// before it.
    ///
    /// | kind | of a first try | of another try | exists | refuses the contents |
    /// |---|---|---|---|---|
    /// | `AlreadyRefunded` | not done: somebody else has the number | unknown | yes | |
    /// | `SamePhone` | not done: the state was there before | not done by this try | yes | |
    /// | `PhoneNotUsable`, `CustomerNotFound` | not done | not done | | yes |
    /// | `RefundNotFound` | answers a question only | | | |
    /// | `Unlisted`, and a code on a write without it on its page | unknown | unknown | | |
    pub(crate) fn outcome_of(self, method: &str, this: Option<Try>) -> Outcome {
        let is_write = this.is_none_or(|this| this.class != Class::Read);
        if is_write && !self.is_named_by(method) {
            return Outcome::Unknown;
        }
        match (self, this.map(|this| this.order)) {
            (Self::AlreadyRefunded, Some(Order::First)) => Outcome::NotDone,
            _ => self.outcome(),
        }
    }

    /// Returns whether it says that the wanted key or state was there before the try that it answers.
    pub(crate) fn exists(self, method: &str) -> bool {
        matches!(self, Self::AlreadyRefunded | Self::SamePhone) && self.is_named_by(method)
    }

    /// Returns whether no try of the same contents can have been done.
    pub(crate) fn refuses_contents(self, method: &str) -> bool {
        matches!(self, Self::PhoneNotUsable | Self::CustomerNotFound) && self.is_named_by(method)
    }

    fn is_named_by(self, method: &str) -> bool {
        let mut rows = RESULT_CODES.iter().filter(|row| row.kind == Some(self));
        rows.any(|row| row.methods.contains(&method))
    }

    /// Returns its meaning, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::PhoneNotUsable => "the telephone number cannot be used",
            Self::CustomerNotFound => "no such customer",
            Self::AlreadyRefunded => "a refund with this number was already made",
            Self::RefundNotFound => "no refund with this number",
            Self::SamePhone => "the new telephone number is the present one",
            Self::Unlisted => "no code that is documented",
        }
    }

    /// Returns the meaning in a few words, in a language.
    pub fn text(self, language: Language) -> &'static str {
        let turkish = match self {
            Self::PhoneNotUsable => "telefon numarası kullanılamıyor",
            Self::CustomerNotFound => "böyle bir müşteri yok",
            Self::AlreadyRefunded => "bu numarayla daha önce iade yapılmış",
            Self::RefundNotFound => "bu numarayla iade yok",
            Self::SamePhone => "yeni telefon numarası şimdikiyle aynı",
            Self::Unlisted => "belgelerde olmayan bir kod",
        };
        match language {
            Language::Turkish => turkish,
            _ => self.meaning(),
        }
    }
}

/// A documented code. Each refusal is documented for one method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResultCode {
    /// The code as it travels.
    pub code: &'static str,
    /// Its meaning; `None` for success.
    pub kind: Option<RejectionKind>,
    /// The methods with a page that names it.
    pub methods: &'static [&'static str],
}

/// Every code that a readable page names. HASO serves its whole list to
/// [`ListErrorCodes`](crate::ListErrorCodes).
pub const RESULT_CODES: &[ResultCode] = &[
    ResultCode {
        code: SUCCESS,
        kind: None,
        methods: &[
            "ChangeCustomerGsmNo",
            "SetPaidPayment",
            "SetBulkPaidPayment",
        ],
    },
    ResultCode {
        code: "RS115",
        kind: Some(RejectionKind::PhoneNotUsable),
        methods: &["ChangeCustomerGsmNo"],
    },
    ResultCode {
        code: "H223",
        kind: Some(RejectionKind::CustomerNotFound),
        methods: &["ChangeCustomerGsmNo"],
    },
    ResultCode {
        code: "H307",
        kind: Some(RejectionKind::AlreadyRefunded),
        methods: &["RefundTransaction"],
    },
    ResultCode {
        code: "H308",
        kind: Some(RejectionKind::RefundNotFound),
        methods: &["CheckRefund"],
    },
    ResultCode {
        code: "H311",
        kind: Some(RejectionKind::SamePhone),
        methods: &["ChangeCustomerGsmNo"],
    },
];

/// Returns the codes that a method's page names.
pub(crate) fn of(method: &str) -> Vec<&'static str> {
    let named = RESULT_CODES
        .iter()
        .filter(|row| row.methods.contains(&method));
    named.map(|row| row.code).collect()
}

/// Finds the codes in a text: `RS` or `H` and two to six digits, apart from other letters and digits. A
/// part of a number with `-`, `/` or `.` in it is not a code, as in `R-H307`.
pub(crate) fn all(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |letter: char| letter.is_alphanumeric() || "_-/.".contains(letter);
    let words = text.split(move |letter| !is_part(letter));
    // A sentence's own marks are at the end of its words.
    let words = words.map(|word| word.trim_end_matches(['-', '/', '.']));
    words.filter(|word| {
        let digits = word.strip_prefix("RS").or_else(|| word.strip_prefix('H'));
        digits.is_some_and(|digits| {
            (2..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

/// Finds the first code in a text.
pub(crate) fn find(text: &str) -> Option<&str> {
    all(text).next()
}

/// Finds the first code in a text that does not mean success.
pub(crate) fn refusing(text: &str) -> Option<&str> {
    all(text).find(|code| *code != SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_code_anywhere_in_a_text() {
        for (text, code) in [
            ("RS100", Some("RS100")),
            ("H307: iade daha önce yapılmış", Some("H307")),
            ("Hata (H311).", Some("H311")),
            ("Hata H1", None),
            ("SH307", None),
            ("H3x7", None),
            ("RS100A", None),
            ("R-H307 numaralı iade bulunamadı", None),
            ("H307-2 ve 2/H307 ve 1.H307", None),
            ("iade yapılmış: H307.", Some("H307")),
            ("HASO 2024", None),
            ("", None),
        ] {
            assert_eq!(find(text), code, "{text}");
        }
    }

    #[test]
    fn success_does_not_hide_a_refusal() {
        assert_eq!(refusing("RS100, H308"), Some("H308"));
        assert_eq!(refusing("RS100"), None);
    }

    #[test]
    fn no_code_stands_there_twice() {
        let mut codes: Vec<_> = RESULT_CODES.iter().map(|row| row.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), RESULT_CODES.len());
    }
}
