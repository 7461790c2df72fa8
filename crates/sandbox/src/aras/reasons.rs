//! Why parcels are not delivered: the codes of the guide to the query services.

/// Number, letters and the world's own sentence for each reason.
pub(super) const REASONS: [(&str, &str, &str); 16] = [
    ("10", "AY", "ADRES YETERSİZ"),
    ("11", "NT", "NOT BIRAKILDI"),
    ("12", "MD", "MOBİL DAĞITIM GÜNÜNDE"),
    ("14", "TL", "TATİL"),
    ("15", "ŞA", "ŞUBEDEN ALACAK"),
    ("17", "AD", "ALAN DIŞI"),
    ("18", "TG", "GÜN İÇİNDE TESLİM EDİLEMEDİ"),
    ("20", "AA", "ADRESTE TANINMIYOR"),
    ("22", "HT", "HASARLI KARGO"),
    ("26", "KG", "GÜMRÜKTE"),
    ("32", "PR", "PRATİK 7/24"),
    ("33", "ÜR", "ÜCRETİ REDDETTİ"),
    ("34", "KE", "KABUL ETMEDİ"),
    ("45", "TT", "TERCİHLİ TESLİMAT"),
    ("47", "PS", "PARÇA SORUNU"),
    ("51", "TO", "TOPLUMSAL OLAY"),
];

/// Returns letters and sentence of a reason by its number or its letters.
pub(super) fn reason(code: &str) -> Option<(&'static str, &'static str)> {
    let is_asked = |(number, letters, _): &&(&str, &str, &str)| code == *number || code == *letters;
    let found = REASONS.iter().find(is_asked)?;
    Some((found.1, found.2))
}
