//! The result codes with their texts, documented ones letter by letter.

/// A code and its text.
pub(super) type Code = (&'static str, &'static str);

pub(super) const CREATED: Code = ("STA-100", "Kayit islemi basarili");
pub(super) const DONE: Code = ("STA-100", "ISLEM BASARILI");
pub(super) const REACHED: Code = ("STA-100", "Erişim Başarılı");

pub(super) const KEY: Code = ("ERR-20001", "HATALI IŞLEM ANAHTARI");
pub(super) const NO_NUMBER: Code = ("ERR-20002", "EKSİK PARAMETRE: TALEP NUMARASI");
pub(super) const TOO_LONG: Code = ("ERR-20002", "GİRİLEN DEĞER ÇOK UZUN: ");
pub(super) const EXISTS: &str = "ERR-20003";
pub(super) const SENDER: Code = ("ERR-20005", "GEÇERSİZ GÖNDEREN BİLGİSİ");
pub(super) const RECIPIENT: Code = ("ERR-20006", "GEÇERSİZ ALICI BİLGİSİ");
pub(super) const NO_TOTALS: Code = ("ERR-20007", "EKSİK PARAMETRE: TOPLAM ADET/DESİ");
pub(super) const NO_LINES: Code = ("ERR-20008", "EKSİK PARAMETRE: KARGO BİLGİLERİ");
pub(super) const DESI: Code = ("ERR-20009", "DESI BILGISI SIFIR OLAMAZ.");
pub(super) const TOTAL_DESI: Code = ("ERR-20012", "TOPLAM DESI SIFIR OLAMAZ");
pub(super) const NO_TYPE: Code = ("ERR-20056", "shippingType BİLGİSİ BOŞ GEÇİLEMEZ.");
pub(super) const STILL_BROKEN: Code = (
    "ERR-20071",
    "BU TALEP DAHA ÖNCE GÖNDEREN İL/İLÇE YADA ALICI İL/İLÇE BOZUK OLARAK SİSTEME GÖNDERİLMİŞ. KAYDI DÜZELTİP TEKRAR DENEYİNİZ",
);

/// Tracking: the same order was asked for again too soon.
pub(super) const TOO_SOON: Code = ("ERR-20002", "SORGULAMA SIKLIĞI");
/// Tracking: unknown, or the goods are not accepted yet.
pub(super) const NOT_TRACKED: Code = ("ERR-20004", "KAYIT BULUNAMADI");

pub(super) const ACCEPTED: Code = ("ERR-29001", "SİPARİŞ ONAYLANMIŞ");
pub(super) const NOT_FOUND: Code = ("ERR-29002", "SİPARİŞ BULUNAMADI");
pub(super) const CANCELLED: Code = ("ERR-29003", "SİPARİŞ İPTAL EDİLMİŞ");
pub(super) const LABEL_READ: Code = ("ERR-29004", "BARKOD OKUTULMUŞ");
pub(super) const PLACE: Code = ("ERR-29005", "GEÇERSİZ İL/İLÇE BİLGİSİ");
pub(super) const LABEL_NOT_FOUND: Code = ("ERR-29006", "BARKOD BULUNAMADI");
pub(super) const RULE: &str = "ERR-29090";

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
