//! The result codes of the service, as a table.

use kervan_core::{Language, Outcome};
use serde::{Deserialize, Serialize};

/// The one code that means success, at any place of the body.
pub(crate) const SUCCESS: &str = "STA-100";

/// The meaning of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RejectionKind {
    /// The process key is wrong. Ask Horoz; do not repeat.
    #[serde(rename = "wrong_key")]
    WrongKey,
    /// The request number is missing, or a text is too long; see
    /// [`Rejection::too_long_field`](crate::Rejection::too_long_field).
    #[serde(rename = "missing_or_too_long")]
    MissingOrTooLong,
    /// An order with this request number exists. On a first try another order has the number; after
    /// a try that was sent it is that try's, unless somebody else uses the same numbers. **Never send
    /// the order under a new number because of it.**
    #[serde(rename = "duplicate")]
    NumberTaken,
    /// Horoz does not know the supplier code given as sender.
    #[serde(rename = "unknown_sender")]
    UnknownSender,
    /// Horoz does not know the supplier code given as recipient.
    #[serde(rename = "unknown_recipient")]
    UnknownRecipient,
    /// The total of pieces or of desi is missing.
    #[serde(rename = "missing_totals")]
    MissingTotals,
    /// Something is missing in the lines.
    #[serde(rename = "incomplete_lines")]
    IncompleteLines,
    /// The desi of a line is not above zero.
    #[serde(rename = "zero_line_desi")]
    ZeroLineDesi,
    /// The total desi is not above zero.
    #[serde(rename = "zero_total_desi")]
    ZeroTotalDesi,
    /// The shipping type is missing.
    #[serde(rename = "missing_shipping_type")]
    MissingShippingType,
    /// An earlier record with this request number is stored with a bad province or district.
    /// Correct the places and send again **with the same request number**.
    #[serde(rename = "broken_places")]
    BrokenPlaces,
    /// The order is approved or its goods are accepted, so it can no longer be cancelled by a call. Its code
    /// is not public, as for the kinds below: see [`Quirks::codes`](crate::Quirks::codes).
    #[serde(rename = "already_accepted")]
    AlreadyAccepted,
    /// The label has been read in operations, so it can no longer be cancelled.
    #[serde(rename = "label_read")]
    LabelRead,
    /// Horoz does not find the order, or not by this method, or it is cancelled already.
    #[serde(rename = "not_found")]
    NotFound,
    /// An earlier try has cancelled it.
    #[serde(rename = "already_cancelled")]
    AlreadyCancelled,
    /// The same order was asked for too short a time ago.
    #[serde(rename = "asked_too_soon")]
    AskedTooSoon,
    /// The order is unknown, or its goods are not accepted yet.
    #[serde(rename = "not_accepted_yet")]
    NotAcceptedYet,
    /// A code that the provider's page does not list. It does not show whether the call was done.
    #[serde(rename = "unlisted")]
    Unlisted,
}

impl RejectionKind {
    /// Returns whether the call may have happened in spite of a refusal of this kind, without knowledge of
    /// earlier tries. [`NumberTaken`](Self::NumberTaken) on a first try means "not done".
    pub fn outcome(self) -> Outcome {
        match self {
            Self::NumberTaken | Self::NotFound | Self::AlreadyCancelled | Self::Unlisted => {
                Outcome::Unknown
            }
            _ => Outcome::NotDone,
        }
    }

    /// Returns whether it refuses the contents of an order, so that no try of the same contents can have
    /// created it. A wrong key or an unlisted code does not refuse the order.
    ///
    /// [`BrokenPlaces`](Self::BrokenPlaces) is one of them: the record that Horoz keeps is not an
    /// order, and the corrected order takes its number.
    pub fn refuses_contents(self) -> bool {
        match self {
            Self::MissingOrTooLong
            | Self::UnknownSender
            | Self::UnknownRecipient
            | Self::MissingTotals
            | Self::IncompleteLines
            | Self::ZeroLineDesi
            | Self::ZeroTotalDesi
            | Self::MissingShippingType
            | Self::BrokenPlaces => true,
            Self::WrongKey
            | Self::NumberTaken
            | Self::AlreadyAccepted
            | Self::LabelRead
            | Self::NotFound
            | Self::AlreadyCancelled
            | Self::AskedTooSoon
            | Self::NotAcceptedYet
            | Self::Unlisted => false,
        }
    }

    /// Returns the meaning in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::WrongKey => "wrong process key",
            Self::MissingOrTooLong => "request number missing, or a value too long",
            Self::NumberTaken => "an order with this request number exists",
            Self::UnknownSender => "unknown sender code",
            Self::UnknownRecipient => "unknown recipient code",
            Self::MissingTotals => "total pieces or total desi missing",
            Self::IncompleteLines => "something is missing in the lines",
            Self::ZeroLineDesi => "desi of a line not above zero",
            Self::ZeroTotalDesi => "total desi not above zero",
            Self::MissingShippingType => "shipping type missing",
            Self::BrokenPlaces => "an earlier record of this request number has a bad place",
            Self::AlreadyAccepted => "the order is approved or accepted already",
            Self::LabelRead => "the label has been read in operations",
            Self::NotFound => "no such order, or cancelled already",
            Self::AlreadyCancelled => "cancelled already",
            Self::AskedTooSoon => "asked again too soon",
            Self::NotAcceptedYet => "order unknown, or its goods not accepted yet",
            Self::Unlisted => "a code that is not documented",
        }
    }

    /// Returns the meaning in a few words, in a language.
    pub fn text(self, language: Language) -> &'static str {
        let turkish = match self {
            Self::WrongKey => "işlem anahtarı yanlış",
            Self::MissingOrTooLong => "talep numarası eksik ya da bir değer çok uzun",
            Self::NumberTaken => "bu talep numarasıyla bir sipariş var",
            Self::UnknownSender => "gönderici kodu bilinmiyor",
            Self::UnknownRecipient => "alıcı kodu bilinmiyor",
            Self::MissingTotals => "toplam parça ya da toplam desi eksik",
            Self::IncompleteLines => "satırlarda eksik bilgi var",
            Self::ZeroLineDesi => "bir satırın desisi sıfırdan büyük değil",
            Self::ZeroTotalDesi => "toplam desi sıfırdan büyük değil",
            Self::MissingShippingType => "gönderi türü eksik",
            Self::BrokenPlaces => "bu talep numarasının eski kaydında il ya da ilçe hatalı",
            Self::AlreadyAccepted => "sipariş onaylanmış ya da mal kabulü yapılmış",
            Self::LabelRead => "etiket operasyonda okutulmuş",
            Self::NotFound => "böyle bir sipariş yok ya da iptal edilmiş",
            Self::AlreadyCancelled => "daha önce iptal edilmiş",
            Self::AskedTooSoon => "çok kısa süre içinde yeniden soruldu",
            Self::NotAcceptedYet => "sipariş bilinmiyor ya da mal kabulü henüz yapılmadı",
            Self::Unlisted => "belgelerde olmayan bir kod",
        };
        match language {
            Language::Turkish => turkish,
            _ => self.meaning(),
        }
    }
}

/// A documented code of one method. Numbers mean other things in other methods and services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResultCode {
    /// The code as it travels.
    pub code: &'static str,
    /// Its meaning; `None` for success.
    pub kind: Option<RejectionKind>,
}

const fn success() -> ResultCode {
    ResultCode {
        code: SUCCESS,
        kind: None,
    }
}

const fn refusal(code: &'static str, kind: RejectionKind) -> ResultCode {
    ResultCode {
        code,
        kind: Some(kind),
    }
}

/// Provider's page: createPaysSupplierShipping, "Servis Cevapları".
pub(crate) const CREATE_SUPPLIER_PAYS: &[ResultCode] = &[
    success(),
    refusal("ERR-20001", RejectionKind::WrongKey),
    refusal("ERR-20002", RejectionKind::MissingOrTooLong),
    refusal("ERR-20003", RejectionKind::NumberTaken),
    refusal("ERR-20005", RejectionKind::UnknownSender),
    refusal("ERR-20006", RejectionKind::UnknownRecipient),
    refusal("ERR-20007", RejectionKind::MissingTotals),
    refusal("ERR-20008", RejectionKind::IncompleteLines),
    refusal("ERR-20009", RejectionKind::ZeroLineDesi),
    refusal("ERR-20012", RejectionKind::ZeroTotalDesi),
    refusal("ERR-20056", RejectionKind::MissingShippingType),
    refusal("ERR-20071", RejectionKind::BrokenPlaces),
];

/// Provider's page: listCounties.
pub(crate) const LIST_COUNTIES: &[ResultCode] =
    &[success(), refusal("ERR-20001", RejectionKind::WrongKey)];

/// Provider's page: serviceControl.
pub(crate) const SERVICE_CONTROL: &[ResultCode] = &[success()];

/// The codes of methods with a page that is public in part only: success alone is known.
pub(crate) const SUCCESS_ONLY: &[ResultCode] = &[success()];

/// Returns the documented codes of a method, by its wire name; empty for a method this crate does not call.
pub fn result_codes(method: &str) -> &'static [ResultCode] {
    match method {
        "createPaysSupplierShipping" => CREATE_SUPPLIER_PAYS,
        "listCounties" => LIST_COUNTIES,
        "serviceControl" => SERVICE_CONTROL,
        "createShipping"
        | "cancelShipping"
        | "cancelPaysSupplierShipping"
        | "createBarcode"
        | "cancelBarcode"
        | "listShippingDetails" => SUCCESS_ONLY,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_begins_with_success_and_has_no_code_twice() {
        for table in [CREATE_SUPPLIER_PAYS, LIST_COUNTIES, SERVICE_CONTROL] {
            assert_eq!((table[0].code, table[0].kind), (SUCCESS, None));
            let mut codes: Vec<_> = table.iter().map(|row| row.code).collect();
            codes.dedup();
            assert_eq!(codes.len(), table.len());
        }
    }

    #[test]
    fn a_taken_number_and_an_unlisted_code_leave_the_outcome_open() {
        assert_eq!(RejectionKind::Unlisted.outcome(), Outcome::Unknown);
        for kind in CREATE_SUPPLIER_PAYS.iter().filter_map(|row| row.kind) {
            let open = kind == RejectionKind::NumberTaken;
            assert_eq!(kind.outcome() == Outcome::Unknown, open, "{kind:?}");
        }
    }

    #[test]
    fn w7_every_listed_refusal_but_two_is_of_the_contents() {
        for kind in CREATE_SUPPLIER_PAYS.iter().filter_map(|row| row.kind) {
            let is_of_the_try =
                matches!(kind, RejectionKind::WrongKey | RejectionKind::NumberTaken);
            assert_eq!(kind.refuses_contents(), !is_of_the_try, "{kind:?}");
            if kind.refuses_contents() {
                assert_eq!(kind.outcome(), Outcome::NotDone, "{kind:?}");
            }
        }
        assert!(!RejectionKind::Unlisted.refuses_contents());
    }
}
