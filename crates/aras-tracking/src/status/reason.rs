//! Why a parcel was not delivered: the carrier's table by its numbers, its letters and its words.

use kervan_tracking::NonDeliveryReason as Reason;

use kervan_turkiye::text::fold;

/// Number and letters of a reason, folded, and words that only a text of this reason holds.
type Entry = (&'static str, &'static str, Reason, &'static [&'static str]);

/// The table of the guide to the customer query services. The first words of each entry are its own, the
/// others are those of older lists of the same numbers and of the carrier's pages.
static TABLE: [Entry; 16] = [
    (
        "10",
        "AY",
        Reason::WrongAddress,
        &[
            "ADRESYANLIS",
            "ADRESYETERSIZ",
            "YANLISADRES",
            "YETERSIZADRES",
            "YANLISVEYAYETERSIZADRES",
        ],
    ),
    (
        "11",
        "NT",
        Reason::NoteLeft,
        &["NOTUBIRAKILDI", "NOTBIRAKILDI"],
    ),
    (
        "12",
        "MD",
        Reason::ServedOnCertainDays,
        &["MOBILDAGITIM", "MOBILALAN"],
    ),
    (
        "14",
        "TL",
        Reason::Holiday,
        &["TATILDOLAYISIYLA", "TATILNEDENIYLE", "RESMITATIL"],
    ),
    (
        "15",
        "SA",
        Reason::CollectedAtBranch,
        &["SUBEDENALACAK", "MUSTERIKENDIALACAK", "SUBEDENTESLIMALACAK"],
    ),
    (
        "17",
        "AD",
        Reason::OutsideArea,
        &["DAGITIMALANIDISI", "ATDISI", "ALANDISI"],
    ),
    (
        "18",
        "TG",
        Reason::NotWithinTheDay,
        &[
            "GUNICERISINDEYAPILAMADI",
            "GUNICINDEYAPILAMADI",
            "GUNICINDETESLIMEDILEMEDI",
            "ATYETISMEDI",
        ],
    ),
    (
        "20",
        "AA",
        Reason::RecipientUnknown,
        &["ADRESTETANINMIYOR", "ALICITANINMIYOR"],
    ),
    (
        "22",
        "HT",
        Reason::Damaged,
        &["HASARLI", "TAZMINLIK", "SORUNLUKARGO"],
    ),
    ("26", "KG", Reason::InCustoms, &["GUMRUKTE"]),
    ("32", "PR", Reason::CollectionPoint, &["PRATIK724"]),
    (
        "33",
        "UR",
        Reason::CarriageRefused,
        &["UCRETINIODEMEYI", "UCRETIODEMEYI", "UCRETINIODEMEDI"],
    ),
    (
        "34",
        "KE",
        Reason::Refused,
        &["KABULETMIYOR", "KABULETMEDI"],
    ),
    ("45", "TT", Reason::PreferredDelivery, &["TERCIHLITESLIMAT"]),
    (
        "47",
        "PS",
        Reason::PieceProblem,
        &["PARCASORUN", "PARCAPROBLEM"],
    ),
    ("51", "TO", Reason::PublicDisorder, &["TOPLUMSALOLAY"]),
];

/// Returns why a parcel was not delivered, by the letters of the carrier's table, its numbers or its words. A
/// text that holds the words of two reasons is another one.
pub(crate) fn reason(text: &str) -> Reason {
    let folded = fold(text);
    let by_code = |(number, letters, ..): &&Entry| folded == *number || folded == *letters;
    let by_words = |(.., words): &&Entry| words.iter().any(|words| folded.contains(words));
    if let Some((.., reason, _)) = TABLE.iter().find(by_code) {
        return reason.clone();
    }
    let mut told = TABLE.iter().filter(by_words);
    match (told.next(), told.next()) {
        (Some((.., reason, _)), None) => reason.clone(),
        _ => Reason::Other(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the guide's table.
    const WORDS: [(&str, &str); 16] = [
        ("10", "ADRES YANLIŞ/YETERSİZ"),
        ("11", "UĞRAMA NOTU BIRAKILDI (1-2)"),
        ("12", "MOBİL DAĞITIM GÜNÜNDE TESLİMATA ÇIKARILACAK"),
        ("14", "TATİL DOLAYISIYLA TESLİMAT YAPILAMADI"),
        ("15", "MÜŞTERİ KARGOSUNU ŞUBEDEN ALACAK"),
        ("17", "ALICI ADRESİ DAĞITIM ALANI DIŞINDA"),
        ("18", "TESLİMAT GÜN İÇERİSİNDE YAPILAMADI"),
        ("20", "ALICI ADRESTE TANINMIYOR"),
        ("22", "HASARLI/TAZMİNLİK/SORUNLU KARGO"),
        ("26", "KARGO GÜMRÜKTE"),
        ("32", "PRATİK 7/24"),
        ("33", "ALICI TAŞIMA ÜCRETİNİ ÖDEMEYİ REDDETTİ"),
        ("34", "ALICI KARGOYU KABUL ETMİYOR"),
        ("45", "TERCİHLİ TESLİMAT"),
        ("47", "PARÇA SORUNLU/TESLİM EDİLEMEDİ"),
        ("51", "TOPLUMSAL OLAYLAR"),
    ];

    #[test]
    fn reasons_by_letters_and_by_numbers() {
        assert_eq!(reason("ŞA"), reason("15"));
        assert_eq!(reason("ür"), reason("33"));
        assert_eq!(reason(" 99 "), Reason::Other("99".to_owned()));
    }

    #[test]
    fn r11_the_words_of_the_table_are_its_reasons() {
        for (number, words) in WORDS {
            let expected = reason(number);
            assert!(!matches!(expected, Reason::Other(_)), "{number}");
            for text in [
                words.to_owned(),
                format!(" {number} - {words}. "),
                words.to_lowercase(),
            ] {
                assert_eq!(reason(&text), expected, "{text}");
            }
        }
        assert_eq!(reason("Adres yanlış / yetersiz"), reason("AY"));
        assert_eq!(reason("1.UĞRAMA NOTU BIRAKILDI"), reason("NT"));
        assert_eq!(reason("AT YETİŞMEDİ"), reason("18"));
    }

    #[test]
    fn r11_words_of_no_reason_and_of_two_are_kept() {
        for text in ["KARGOSU GELMEDİ", "", "ADRES", "HASARLI, KABUL ETMİYOR"] {
            assert_eq!(reason(text), Reason::Other(text.to_owned()), "{text}");
        }
    }
}
