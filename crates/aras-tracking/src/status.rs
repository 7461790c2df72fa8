//! The carrier's codes and words in the shared vocabulary.

use kervan_tracking::TrackingStatus;
use kervan_turkiye::empty_date::is_empty_date;
use kervan_turkiye::text::fold;

mod reason;

pub(crate) use self::reason::reason;

/// Returns whether a text is a placeholder: only zeros, dashes and points, or the first day of the calendar.
/// Such a text does not report an event where a value would.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let filler = |c: char| matches!(c, '0' | '-' | '–' | '—' | '.' | ',') || c.is_whitespace();
    is_empty_date(text) || text.chars().all(filler)
}

/// Which way a parcel goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Back,
    /// Not known. A delivered parcel may be back with its sender.
    Unknown,
}

impl Way {
    /// Returns a forward state as seen from the parcel's way. `kind` is the text of the way.
    fn of(self, forward: TrackingStatus, kind: &str) -> TrackingStatus {
        match (self, forward) {
            (Self::Back, forward) => forward.of_return(),
            (Self::Unknown, TrackingStatus::Delivered) => TrackingStatus::Unknown(kind.to_owned()),
            (_, forward) => forward,
        }
    }
}

/// Returns a code without the decimals that its column sometimes has: `3.0` is `3`.
#[cfg(feature = "query")]
fn code(text: Option<&str>) -> &str {
    let text = text.unwrap_or_default().trim();
    match text.split_once(['.', ',']) {
        Some((code, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => code,
        _ => text,
    }
}

/// Returns the state that `DURUM_KODU` and `TIP_KODU` give together. `is_return` is the finding in the rest
/// of the row, for a row without `TIP_KODU`.
///
/// `TIP_KODU` 3, a return, takes precedence: a returned parcel is marked delivered too, once the
/// sender has it back. Under a kind that no document lists, delivered could mean that as well.
#[cfg(feature = "query")]
pub(crate) fn of_codes(
    status: Option<&str>,
    kind: Option<&str>,
    is_return: bool,
) -> TrackingStatus {
    let (status, kind) = (code(status), code(kind));
    let forward = match status {
        "1" => TrackingStatus::Accepted,
        "2" | "3" | "7" => TrackingStatus::InTransit,
        "4" => TrackingStatus::OutForDelivery,
        "5" => TrackingStatus::PartlyDelivered,
        "6" => TrackingStatus::Delivered,
        other => TrackingStatus::Unknown(other.to_owned()),
    };
    let way = match kind {
        "" if is_return => Way::Back,
        "" | "1" | "2" => Way::Forward,
        "3" => Way::Back,
        _ => Way::Unknown,
    };
    way.of(forward, &format!("{status}/{kind}"))
}

/// Returns whether a row's word says that it is a return. Wire: `IADE`.
#[cfg(feature = "query")]
pub(crate) fn is_yes(word: &str) -> bool {
    fold(word) == "EVET"
}

/// Returns the state that the words of a page give. A shipment of the kind `İADE` is a return; under an
/// unknown kind, and without the element of the kind, delivered could mean that it is back with its sender.
#[cfg(feature = "pages")]
pub(crate) fn of_words(status: &str, kind: Option<&str>) -> TrackingStatus {
    let forward = match fold(status).as_str() {
        "CIKISSUBESINDE" => TrackingStatus::Accepted,
        "YOLDA" | "TESLIMATSUBESINDE" | "YONLENDIRILDI" => TrackingStatus::InTransit,
        "TESLIMATTA" => TrackingStatus::OutForDelivery,
        "PARCALITESLIMAT" | "PARCALITESLIMEDILDI" => TrackingStatus::PartlyDelivered,
        "TESLIMEDILDI" => TrackingStatus::Delivered,
        _ => TrackingStatus::Unknown(status.trim().to_owned()),
    };
    let way = match kind.map(fold).as_deref() {
        Some("" | "NORMAL") => Way::Forward,
        Some(kind) if kind.starts_with("YONLENDIR") => Way::Forward,
        Some(kind) if kind.starts_with("IADE") => Way::Back,
        _ => Way::Unknown,
    };
    let kind = kind.unwrap_or_default().trim();
    way.of(forward, &format!("{}/{kind}", status.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_holds_no_letter_and_no_other_digit() {
        for text in [
            "",
            " ",
            "0",
            "-",
            "--",
            "—",
            "0,00",
            "00000",
            "0001-01-01T00:00:00",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["10", "-1", "AY", "İADE", "2026-01-01", "0001-02-01"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[cfg(feature = "query")]
    #[test]
    fn a_return_takes_precedence() {
        let of = |status, kind| of_codes(status, kind, false);
        for three in ["3", " 3 ", "3.0", "3,00"] {
            assert_eq!(of(Some("6"), Some(three)), TrackingStatus::Returned);
            assert_eq!(of(Some("6.0"), Some(three)), TrackingStatus::Returned);
            assert_eq!(of(Some("2"), Some(three)), TrackingStatus::Returning);
            assert_eq!(of(None, Some(three)), TrackingStatus::Returning);
        }
        for forward in [None, Some(""), Some(" "), Some("1"), Some("2"), Some("2.0")] {
            assert_eq!(of(Some("6"), forward), TrackingStatus::Delivered);
            assert_eq!(of(Some(" 5 "), forward), TrackingStatus::PartlyDelivered);
        }
        for odd in ["0", "8", "06", "TESLİM", "", "6.5", "6."] {
            assert_eq!(of(Some(odd), None), TrackingStatus::Unknown(odd.to_owned()));
        }
    }

    #[cfg(feature = "query")]
    #[test]
    fn a_kind_that_nobody_knows_is_not_delivered() {
        for (kind, raw) in [("4", "6/4"), ("0", "6/0"), ("3x", "6/3x"), ("03.0", "6/03")] {
            let unknown = TrackingStatus::Unknown(raw.to_owned());
            assert_eq!(of_codes(Some("6"), Some(kind), false), unknown);
            assert_eq!(of_codes(Some("6"), Some(kind), true), unknown);
            assert_eq!(
                of_codes(Some("2"), Some(kind), false),
                TrackingStatus::InTransit
            );
        }
        // The rest of the row tells where the kind does not.
        assert_eq!(of_codes(Some("6"), None, true), TrackingStatus::Returned);
        assert_eq!(of_codes(Some("2"), None, true), TrackingStatus::Returning);
        assert_eq!(
            of_codes(Some("6"), Some("1"), true),
            TrackingStatus::Delivered
        );
        assert!(is_yes("Evet") && is_yes(" EVET ") && !is_yes("Hayır") && !is_yes(""));
    }

    #[cfg(feature = "pages")]
    #[test]
    fn arrived_at_the_delivery_branch_is_not_out_for_delivery() {
        let of_words = |status, kind| of_words(status, Some(kind));
        assert_eq!(
            of_words("TESLİMAT ŞUBESİNDE", "NORMAL"),
            TrackingStatus::InTransit
        );
        assert_eq!(of_words("TESLİM EDİLDİ", "İADE"), TrackingStatus::Returned);
        assert_eq!(of_words("Teslim edildi ", ""), TrackingStatus::Delivered);
        for kind in ["", "-", "Normal", "YÖNLENDİRİLDİ", "YÖNLENDİRME"] {
            assert_eq!(of_words("TESLİM EDİLDİ", kind), TrackingStatus::Delivered);
        }
        for kind in ["İade", "IADE", "İADE GÖNDERİ"] {
            assert_eq!(of_words("TESLİM EDİLDİ", kind), TrackingStatus::Returned);
            assert_eq!(of_words("YOLDA", kind), TrackingStatus::Returning);
        }
        assert_eq!(
            of_words("TESLİM EDİLDİ", "GERİ DÖNÜŞ"),
            TrackingStatus::Unknown("TESLİM EDİLDİ/GERİ DÖNÜŞ".to_owned())
        );
        assert_eq!(of_words("YOLDA", "GERİ DÖNÜŞ"), TrackingStatus::InTransit);
        let odd = of_words("TESLİM EDİLEMEDİ", "");
        assert_eq!(odd, TrackingStatus::Unknown("TESLİM EDİLEMEDİ".to_owned()));
    }

    #[cfg(feature = "pages")]
    #[test]
    fn r13_delivered_without_a_kind_is_unknown() {
        let unknown = TrackingStatus::Unknown("TESLİM EDİLDİ/".to_owned());
        assert_eq!(of_words("TESLİM EDİLDİ", None), unknown);
        assert_eq!(of_words("YOLDA", None), TrackingStatus::InTransit);
        assert_eq!(of_words("TESLİMATTA", None), TrackingStatus::OutForDelivery);
    }
}
