//! The result codes with their texts, documented ones letter by letter.

/// A code of success and its text.
pub(super) type Code = (&'static str, &'static str);

/// A code of a refusal, its text, and the broken rule with the field's name on the wire.
pub(super) type Broken = (&'static str, &'static str, &'static str);

pub(super) const CREATED: Code = ("STA-100", "Kayit islemi basarili");
/// The same in Turkish letters, which the page's own text avoids.
pub(super) const CREATED_IN_TURKISH: Code = ("STA-100", "KAYIT İŞLEMİ BAŞARILI");
pub(super) const DONE: Code = ("STA-100", "ISLEM BASARILI");
pub(super) const REACHED: Code = ("STA-100", "Erişim Başarılı");

/// The page's own text is followed by the field's name.
pub(super) const TOO_LONG: (&str, &str) = ("ERR-20002", "GİRİLEN DEĞER ÇOK UZUN: ");
pub(super) const EXISTS: &str = "ERR-20003";
/// Another rule of the page is broken.
pub(super) const RULE: &str = "ERR-29090";

pub(super) const KEY: Broken = (
    "ERR-20001",
    "HATALI IŞLEM ANAHTARI",
    "processKey: not the key of this account",
);
pub(super) const NO_NUMBER: Broken = (
    "ERR-20002",
    "EKSİK PARAMETRE: TALEP NUMARASI",
    "requestNumber: missing",
);
pub(super) const SENDER: Broken = (
    "ERR-20005",
    "GEÇERSİZ GÖNDEREN BİLGİSİ",
    "senderCode: neither 0 nor a registered account",
);
pub(super) const RECIPIENT: Broken = (
    "ERR-20006",
    "GEÇERSİZ ALICI BİLGİSİ",
    "recipientCode: neither 0 nor a registered account",
);
pub(super) const NO_TOTALS: Broken = (
    "ERR-20007",
    "EKSİK PARAMETRE: TOPLAM ADET/DESİ",
    "shipmentCount, totalDesi: missing",
);
pub(super) const NO_LINES: Broken = (
    "ERR-20008",
    "EKSİK PARAMETRE: KARGO BİLGİLERİ",
    "shippingDetail: without a line, or a line without one of its mandatory fields",
);
pub(super) const DESI: Broken = (
    "ERR-20009",
    "DESI BILGISI SIFIR OLAMAZ.",
    "shippingDetail[].desi: not above 0",
);
pub(super) const TOTAL_DESI: Broken = (
    "ERR-20012",
    "TOPLAM DESI SIFIR OLAMAZ",
    "totalDesi: not above 0",
);
pub(super) const NO_TYPE: Broken = (
    "ERR-20056",
    "shippingType BİLGİSİ BOŞ GEÇİLEMEZ.",
    "shippingType: missing",
);
pub(super) const STILL_BROKEN: Broken = (
    "ERR-20071",
    "BU TALEP DAHA ÖNCE GÖNDEREN İL/İLÇE YADA ALICI İL/İLÇE BOZUK OLARAK SİSTEME GÖNDERİLMİŞ. KAYDI DÜZELTİP TEKRAR DENEYİNİZ",
    "senderCity, senderCounty, recipientCity, recipientCounty: still not a listed pair",
);
/// Tracking: the same order was asked for again too soon.
pub(super) const TOO_SOON: Broken = (
    "ERR-20002",
    "SORGULAMA SIKLIĞI",
    "requestNumber: asked for again before the pause was over",
);
/// Tracking: unknown, or the goods are not accepted yet.
pub(super) const NOT_TRACKED: Broken = (
    "ERR-20004",
    "KAYIT BULUNAMADI",
    "requestNumber: no order has this number, or its goods are not accepted",
);
pub(super) const ACCEPTED: Broken = (
    "ERR-29001",
    "SİPARİŞ ONAYLANMIŞ",
    "requestNumber: the goods are accepted",
);
pub(super) const NOT_FOUND: Broken = (
    "ERR-29002",
    "SİPARİŞ BULUNAMADI",
    "requestNumber: no order of this method has this number",
);
pub(super) const CANCELLED: Broken = (
    "ERR-29003",
    "SİPARİŞ İPTAL EDİLMİŞ",
    "requestNumber: the order is cancelled",
);
pub(super) const LABEL_READ: Broken = (
    "ERR-29004",
    "BARKOD OKUTULMUŞ",
    "atfId: the label has been scanned",
);
pub(super) const PLACE: Broken = (
    "ERR-29005",
    "GEÇERSİZ İL/İLÇE BİLGİSİ",
    "senderCity, senderCounty, recipientCity, recipientCounty: not a listed pair",
);
pub(super) const LABEL_NOT_FOUND: Broken = (
    "ERR-29006",
    "BARKOD BULUNAMADI",
    "atfId: the order has no label with this number",
);

/// The codes that the public pages do not show, with their meaning.
pub const INVENTED: &[(&str, &str)] = &[
    (
        "ERR-29001",
        "the goods are accepted, so the order cannot be cancelled",
    ),
    ("ERR-29002", "no such order of this method"),
    ("ERR-29003", "the order is cancelled already"),
    ("ERR-29004", "the label has been scanned"),
    (
        "ERR-29005",
        "a place is not in `listCounties`; the order is kept in a broken state",
    ),
    ("ERR-29006", "the order has no label with this `atfId`"),
    (
        "ERR-29090",
        "another rule of the page is broken; the text names it",
    ),
];
