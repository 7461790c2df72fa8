//! The carrier's codes and words in the shared vocabulary.

#[cfg(any(feature = "query", feature = "pages"))]
use kervan_core::tracking::{NonDeliveryReason, TrackingStatus};

/// Drops everything but letters and digits, takes Turkish letters for their Latin bases, and the
/// rest in upper case: `İŞLEM TARİHİ`, `Islem_Tarihi` and `_x0130_şlem tarihi` become one.
///
/// Letters are folded before their case is changed: the lower case of `İ` has two characters.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (letter, after) = match escaped(rest) {
            Some(found) => found,
            None => (letter, &rest[letter.len_utf8()..]),
        };
        rest = after;
        match letter {
            'İ' | 'ı' | 'i' | 'I' | 'Î' | 'î' => folded.push('I'),
            'Ş' | 'ş' => folded.push('S'),
            'Ğ' | 'ğ' => folded.push('G'),
            'Ü' | 'ü' | 'Û' | 'û' => folded.push('U'),
            'Ö' | 'ö' => folded.push('O'),
            'Ç' | 'ç' => folded.push('C'),
            'Â' | 'â' => folded.push('A'),
            other if other.is_alphanumeric() => folded.extend(other.to_uppercase()),
            _ => {}
        }
    }
    folded
}

/// A character that .NET wrote as `_xHHHH_` into a name, and what follows.
fn escaped(text: &str) -> Option<(char, &str)> {
    let digits = text.strip_prefix("_x")?.get(..4)?;
    let after = text.get(6..)?.strip_prefix('_')?;
    let letter = u32::from_str_radix(digits, 16)
        .ok()
        .and_then(char::from_u32)?;
    Some((letter, after))
}

/// The state that `DURUM_KODU` and `TIP_KODU` give together.
///
/// `TIP_KODU` 3, a return, takes precedence: a returned parcel is marked delivered too, once the
/// sender has it back.
#[cfg(feature = "query")]
pub(crate) fn of_codes(status: Option<&str>, kind: Option<&str>) -> TrackingStatus {
    let status = status.unwrap_or_default().trim();
    let forward = match status {
        "1" => TrackingStatus::Accepted,
        "2" | "3" | "7" => TrackingStatus::InTransit,
        "4" => TrackingStatus::OutForDelivery,
        "5" => TrackingStatus::PartlyDelivered,
        "6" => TrackingStatus::Delivered,
        other => TrackingStatus::Unknown(other.to_owned()),
    };
    if kind.is_some_and(|kind| kind.trim() == "3") {
        forward.of_return()
    } else {
        forward
    }
}

/// The state that the words of a page give. A shipment of the kind `İADE` is a return.
#[cfg(feature = "pages")]
pub(crate) fn of_words(status: &str, kind: &str) -> TrackingStatus {
    let forward = match fold(status).as_str() {
        "CIKISSUBESINDE" => TrackingStatus::Accepted,
        "YOLDA" | "TESLIMATSUBESINDE" | "YONLENDIRILDI" => TrackingStatus::InTransit,
        "TESLIMATTA" => TrackingStatus::OutForDelivery,
        "PARCALITESLIMAT" | "PARCALITESLIMEDILDI" => TrackingStatus::PartlyDelivered,
        "TESLIMEDILDI" => TrackingStatus::Delivered,
        _ => TrackingStatus::Unknown(status.trim().to_owned()),
    };
    if fold(kind) == "IADE" {
        forward.of_return()
    } else {
        forward
    }
}

/// Why a parcel was not delivered, by the letters of the carrier's table or by its numbers.
#[cfg(any(feature = "query", feature = "pages"))]
pub(crate) fn reason(code: &str) -> NonDeliveryReason {
    use NonDeliveryReason as Reason;
    match fold(code).as_str() {
        "10" | "AY" => Reason::WrongAddress,
        "11" | "NT" => Reason::NoteLeft,
        "12" | "MD" => Reason::ServedOnCertainDays,
        "14" | "TL" => Reason::Holiday,
        "15" | "SA" => Reason::CollectedAtBranch,
        "17" | "AD" => Reason::OutsideArea,
        "18" | "TG" => Reason::NotWithinTheDay,
        "20" | "AA" => Reason::RecipientUnknown,
        "22" | "HT" => Reason::Damaged,
        "26" | "KG" => Reason::InCustoms,
        "32" | "PR" => Reason::CollectionPoint,
        "33" | "UR" => Reason::CarriageRefused,
        "34" | "KE" => Reason::Refused,
        "45" | "TT" => Reason::PreferredDelivery,
        "47" | "PS" => Reason::PieceProblem,
        "51" | "TO" => Reason::PublicDisorder,
        _ => Reason::Other(code.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_every_spelling_of_a_name() {
        for name in [
            "İŞLEM TARİHİ",
            "ISLEM_TARIHI",
            "İşlem_tarihi",
            "islem tarihi",
            "_x0130_ŞLEM_x0020_TARİHİ",
        ] {
            assert_eq!(fold(name), "ISLEMTARIHI", "{name}");
        }
        assert_eq!(fold("TUTAR(KDV'SİZ)"), "TUTARKDVSIZ");
        assert_eq!(fold("TUTAR_x0028_KDV_x0027_SİZ_x0029_"), "TUTARKDVSIZ");
        assert_eq!(fold("_x00ZZ_ _x_ _x12"), "X00ZZXX12");
    }

    #[cfg(feature = "query")]
    #[test]
    fn a_return_takes_precedence() {
        assert_eq!(of_codes(Some("6"), Some("3")), TrackingStatus::Returned);
        assert_eq!(of_codes(Some("2"), Some("3")), TrackingStatus::Returning);
        assert_eq!(of_codes(None, Some("3")), TrackingStatus::Returning);
        assert_eq!(of_codes(Some("6"), Some("2")), TrackingStatus::Delivered);
        assert_eq!(
            of_codes(Some(" 5 "), Some("1")),
            TrackingStatus::PartlyDelivered
        );
        for odd in ["0", "8", "06", "TESLİM", ""] {
            assert_eq!(
                of_codes(Some(odd), None),
                TrackingStatus::Unknown(odd.to_owned())
            );
        }
    }

    #[cfg(feature = "pages")]
    #[test]
    fn arrived_at_the_delivery_branch_is_not_out_for_delivery() {
        assert_eq!(
            of_words("TESLİMAT ŞUBESİNDE", "NORMAL"),
            TrackingStatus::InTransit
        );
        assert_eq!(of_words("TESLİM EDİLDİ", "İADE"), TrackingStatus::Returned);
        assert_eq!(of_words("Teslim edildi ", ""), TrackingStatus::Delivered);
        let odd = of_words("TESLİM EDİLEMEDİ", "");
        assert_eq!(odd, TrackingStatus::Unknown("TESLİM EDİLEMEDİ".to_owned()));
    }

    #[cfg(any(feature = "query", feature = "pages"))]
    #[test]
    fn reasons_by_letters_and_by_numbers() {
        assert_eq!(reason("ŞA"), reason("15"));
        assert_eq!(reason("ür"), reason("33"));
        assert_eq!(reason(" 99 "), NonDeliveryReason::Other("99".to_owned()));
    }
}
