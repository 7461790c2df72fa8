//! The codes of `SetOrder`. Two lists are in circulation, and seven numbers mean something else in each.

use kervan_core::Language;

use crate::rejection::RejectionKind::{
    self, AlreadyProcessed, Contents, Failed, Login, NotSetUp, SentTooOften, WaybillCut,
};

/// A code of `SetOrder` other than 0, with its meaning in both lists.
///
/// Production follows the later list in part; nobody published which list the test system has. So a code with
/// [two meanings](RejectionKind::TwoMeanings) leaves open whether an order exists, and a read-back settles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OrderCode {
    /// The number as it is sent.
    pub code: &'static str,
    /// Its meaning for the order.
    pub kind: RejectionKind,
    /// Its meaning in the guide's print of April 2025.
    pub printed: Option<Meaning>,
    /// Its meaning in a later edition, which is known from programs.
    pub later: Option<Meaning>,
}

/// The meaning of a code in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meaning {
    /// In English.
    pub english: &'static str,
    /// In Turkish.
    pub turkish: &'static str,
}

impl Meaning {
    /// Returns the meaning in a language.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::Turkish => self.turkish,
            _ => self.english,
        }
    }
}

impl OrderCode {
    /// Returns each meaning once: two for a code that the lists contradict each other about.
    pub fn meanings(&self, language: Language) -> Vec<&'static str> {
        let mut texts: Vec<_> = [self.printed, self.later]
            .into_iter()
            .flatten()
            .map(|meaning| meaning.text(language))
            .collect();
        texts.dedup();
        texts
    }
}

/// Finds a code of the table.
pub(crate) fn find(code: &str) -> Option<&'static OrderCode> {
    ORDER_CODES.iter().find(|row| row.code == code)
}

const fn said(english: &'static str, turkish: &'static str) -> Meaning {
    Meaning { english, turkish }
}

/// A code that the printed list alone has.
const fn printed(code: &'static str, kind: RejectionKind, meaning: Meaning) -> OrderCode {
    row(code, kind, Some(meaning), None)
}

/// A code that the later list alone has.
const fn later(code: &'static str, kind: RejectionKind, meaning: Meaning) -> OrderCode {
    row(code, kind, None, Some(meaning))
}

/// A code that both lists have, with one meaning for the order.
const fn both(
    code: &'static str,
    kind: RejectionKind,
    printed: Meaning,
    later: Meaning,
) -> OrderCode {
    row(code, kind, Some(printed), Some(later))
}

/// A code that means the same in both lists.
const fn same(code: &'static str, kind: RejectionKind, meaning: Meaning) -> OrderCode {
    both(code, kind, meaning, meaning)
}

/// A code that means something else in each list.
const fn two(code: &'static str, printed: Meaning, later: Meaning) -> OrderCode {
    both(code, RejectionKind::TwoMeanings, printed, later)
}

const fn row(
    code: &'static str,
    kind: RejectionKind,
    printed: Option<Meaning>,
    later: Option<Meaning>,
) -> OrderCode {
    OrderCode {
        code,
        kind,
        printed,
        later,
    }
}

const AN_ERROR: Meaning = said("an error occurred", "bir hata oluştu");
const BRANCH: Meaning = said(
    "no branch is set for the account; ask the carrier",
    "hesaba tanımlı şube yok; kargo firmasına sorulmalıdır",
);
const UPDATING: Meaning = said(
    "an error while the account's integration data were updated; ask the carrier",
    "hesabın entegrasyon bilgileri güncellenirken hata; kargo firmasına sorulmalıdır",
);
const NO_ORDER: Meaning = said("the call holds no order", "çağrıda sipariş yok");
const CUT: Meaning = said(
    "the waybill is cut, so the order is not updated",
    "irsaliye kesilmiş, sipariş güncellenemez",
);
const USED: Meaning = said("a barcode was used before", "barkod daha önce kullanılmış");
const WEIGHT: Meaning = said("the weight is not a decimal", "ağırlık ondalık sayı değil");

/// Every code of both lists but 0.
#[rustfmt::skip]
pub static ORDER_CODES: [OrderCode; 45] = [
    later("934", Contents, said("the receiver's name has more than 100 characters", "alıcı adı 100 karakterden uzun")),
    two("935",
        said("the receiver's telephone number is not digits only", "alıcı telefonu yalnızca rakam değil"),
        said("the reference is empty or not 2 to 32 characters, the order was sent 20 times, or the telephone number is missing or not digits",
             "referans boş ya da 2-32 karakter değil, sipariş 20 kez gönderilmiş, ya da telefon boş veya rakam değil")),
    two("936",
        said("the update failed", "güncelleme başarısız"),
        said("address or name missing or with a swear word, city or town missing or too long, payer or collection not allowed",
             "adres veya ad boş ya da küfür içeriyor, il veya ilçe boş ya da çok uzun, ödeyen veya tahsilat geçersiz")),
    printed("937", Contents, said("the reference is missing", "sipariş numarası boş")),
    printed("938", Contents, said("the address is missing", "adres boş")),
    printed("939", Contents, said("the receiver's name is missing", "alıcı adı boş")),
    printed("940", Contents, said("the city is missing", "il boş")),
    printed("941", Contents, said("the town is missing", "ilçe boş")),
    printed("942", Contents, said("a collection where the receiver pays the carriage", "tahsilatlı kargoda ücreti alıcı ödüyor")),
    same("1000", Login, said("user name or password wrong", "kullanıcı adı veya şifre yanlış")),
    printed("1001", Failed, UPDATING),
    two("1002", BRANCH, UPDATING),
    later("1003", NotSetUp, BRANCH),
    later("1006", NotSetUp, said("the sending address is not found or not active", "gönderici adresi bulunamadı ya da etkin değil")),
    later("5000", Failed, AN_ERROR),
    later("5001", Failed, AN_ERROR),
    later("5002", Failed, AN_ERROR),
    later("5003", Failed, AN_ERROR),
    later("5004", Failed, AN_ERROR),
    later("5005", Failed, AN_ERROR),
    later("5006", Failed, AN_ERROR),
    later("5007", Failed, AN_ERROR),
    later("5008", Failed, said("the record could not be made", "kayıt oluşturulamadı")),
    two("60020", CUT, NO_ORDER),
    printed("60021", Contents, NO_ORDER),
    later("60022", WaybillCut, CUT),
    same("70018", Contents, said("the address has more than 250 characters", "adres 250 karakterden uzun")),
    same("70019", Contents, said("the invoice number has more than 20 characters", "fatura numarası 20 karakterden uzun")),
    printed("70020", Contents, said("the count differs from the pieces", "parça sayısı parça bilgilerinden farklı")),
    both("70021", Contents,
        said("the count of pieces is missing", "parça sayısı boş"),
        said("the count of pieces is missing, 0, or differs from the pieces", "parça sayısı boş, 0 ya da parça bilgilerinden farklı")),
    same("70022", Contents, said("a barcode is missing in the pieces", "parça bilgilerinde barkod boş")),
    same("70023", Contents, said("the desi is missing", "desi boş")),
    same("70024", Contents, said("the weight is missing", "ağırlık boş")),
    same("70025", Contents, said("a file shipment with more than one piece", "dosya gönderisinde birden fazla parça")),
    two("70026",
        said("the desi is not a decimal", "desi ondalık sayı değil"),
        said("the desi is not a decimal, a barcode was used before, the destination is closed, or the amount is not within 5 and 5,000 lira",
             "desi ondalık sayı değil, barkod daha önce kullanılmış, varış yeri kapalı, ya da tahsilat tutarı 5-5.000 TL dışında")),
    two("70027", USED, said("the weight is not a decimal, or the waybill is cut", "ağırlık ondalık sayı değil, ya da irsaliye kesilmiş")),
    two("70028", WEIGHT, said("the barcodes of the pieces are equal, or the parcel was already processed", "parça barkodları aynı, ya da kargo daha önce işlenmiş")),
    printed("70029", WaybillCut, CUT),
    printed("70030", Contents, said("the barcodes of the pieces are equal", "parça barkodları aynı")),
    printed("70031", AlreadyProcessed, said("the parcel was already processed", "kargo daha önce işlenmiş")),
    printed("70032", Contents, said("the payer is not allowed", "ödeyen tipi geçersiz")),
    printed("70033", Contents, said("the kind of collection is not allowed", "tahsilat tipi geçersiz")),
    printed("70034", Contents, said("the mark of a collection is not allowed", "tahsilatlı kargo işareti geçersiz")),
    printed("70035", SentTooOften, said("the order was sent 20 times", "sipariş 20 kez gönderilmiş")),
    later("70121", Contents, said("the dispatch note has more than 16 characters", "sevk irsaliye numarası 16 karakterden uzun")),
];
