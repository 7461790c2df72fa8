//! The warnings and problems this crate gives, each as one rule with a stable code and texts in two languages.
//!
//! Those about links and identifiers are warnings: a link that breaks one is still read and built. Those
//! about calls begin with `aras.`, and their errors stop the call. The check of a call also reports the rules of texts of one
//! line, as one that is missing, has a control character, or is sent without its line ends.

use kervan_core::Rule;

/// Every rule of this crate, to list or translate them.
pub static ALL: [&Rule; 42] = [
    &TRACKING_NUMBER_LENGTH,
    &CARGO_CODE_LENGTH,
    &CUSTOMER_REFERENCE_LONG,
    &ACCOUNT_ID_FORM,
    &WAYBILL_SERIES,
    &LINK_PLAIN_HTTP,
    &LINK_SENTENCE,
    &LINK_LINE_BREAK,
    &LINK_HTML_ESCAPED,
    &LINK_FRAGMENT,
    &LINK_UNKNOWN_PARAMETERS,
    &LINK_PASSWORD_CUT,
    &LINK_RAW_BLANK,
    &LINK_PLUS,
    &LINK_STRAY_PERCENT,
    &LINK_SINGLE_BYTE,
    &PERIOD_REVERSED,
    &PERIOD_TOO_LONG,
    &PERIOD_TOO_OLD,
    &DAY_NOT_WRITABLE,
    &NO_REFERENCES,
    &REFERENCE_COMMA,
    &RAW_NAME,
    &TOO_MANY_SERVICES,
    &LINK_NOT_FETCHABLE,
    &REFERENCE_TOO_SHORT,
    &NOT_ONLY_DIGITS,
    &WAYBILL_MISSING,
    &DIGITS_EXPECTED,
    &TAX_OFFICE_TOO_LONG,
    &ABROAD_NOT_DESCRIBED,
    &COLLECTION_NOT_POSITIVE,
    &COLLECTION_UNUSUAL,
    &TOO_MANY_PIECES,
    &PIECE_DESI_MISSING,
    &PIECE_WEIGHT_MISSING,
    &BARCODE_TWICE,
    &TOTAL_NOT_POSITIVE,
    &TOTAL_TOO_LARGE,
    &NO_ORDERS,
    &REFERENCE_TWICE,
    &REFERENCE_OF_ANOTHER_ORDER,
];

/// A tracking number has other than 13 digits. Limit and actual are digits.
///
/// Source: Aras tracking link guide of 2014-05-15, page 1, form 1.
pub static TRACKING_NUMBER_LENGTH: Rule = Rule::warning(
    "tracking_number.unusual_length",
    "`{path}` has {actual} digits, usual are {limit}",
    "`{path}` alanı {actual} haneli, alışılmış uzunluk {limit}",
);

/// A cargo code has other than 19 or 20 digits. Limit and actual are digits.
///
/// Source: Aras tracking link guide of 2014-05-15, page 2, form 3, which says 20 and prints 19.
pub static CARGO_CODE_LENGTH: Rule = Rule::warning(
    "cargo_code.unusual_length",
    "`{path}` has {actual} digits, usual are {limit}",
    "`{path}` alanı {actual} haneli, alışılmış uzunluk {limit}",
);

/// A customer reference is longer than the 32 characters an order takes. Both are characters.
///
/// Source: Aras shipment integration guide, print of 2025-04-27, field `IntegrationCode`.
pub static CUSTOMER_REFERENCE_LONG: Rule = Rule::warning(
    "customer_reference.long",
    "`{path}` has {actual} characters, an order takes {limit}",
    "`{path}` alanı {actual} karakter, siparişte en fazla {limit} karakter kullanılabilir",
);

/// An account id is not 32 hexadecimal digits. Limit and actual are characters.
///
/// Source: the sample in the Aras tracking link guide of 2014-05-15, page 1, form 2.
pub static ACCOUNT_ID_FORM: Rule = Rule::warning(
    "account_id.unusual_form",
    "`{path}` is not {limit} hexadecimal digits",
    "`{path}` alanı alışıldığı gibi {limit} onaltılık haneden oluşmuyor",
);

/// A waybill series has other than two letters. Limit and actual are letters.
///
/// Source: the screenshot in the Aras guide to the customer query services (2014, revised
/// 2017-07-31), which shows `AL 268418`.
pub static WAYBILL_SERIES: Rule = Rule::warning(
    "waybill.unusual_series",
    "the series of `{path}` has {actual} letters, usual are {limit}",
    "`{path}` alanının serisi {actual} harf, alışılmış uzunluk {limit}",
);

/// A link begins with `http`. Links that are built from it begin with `https`.
pub static LINK_PLAIN_HTTP: Rule = Rule::warning(
    "link.plain_http",
    "the link is not encrypted, https should be used",
    "bağlantı şifresiz, https kullanılmalı",
);

/// A link was copied out of a sentence: brackets, quotes or a full stop around it were not read.
pub static LINK_SENTENCE: Rule = Rule::warning(
    "link.sentence_marks",
    "marks around the link, as of a sentence, were not read",
    "bağlantının çevresindeki noktalama işaretleri okunmadı",
);

/// A link was broken over lines, as documents and e-mail do; the parts were joined.
pub static LINK_LINE_BREAK: Rule = Rule::warning(
    "link.line_break",
    "the link was broken over several lines and has been joined",
    "bağlantı satırlara bölünmüştü, birleştirildi",
);

/// A link was copied from the source of a page: `&amp;` was read as `&`.
pub static LINK_HTML_ESCAPED: Rule = Rule::warning(
    "link.html_escaped",
    "the link holds `&amp;`, which was read as `&`",
    "bağlantıda `&amp;` var, `&` olarak okundu",
);

/// Something follows a `#`. Browsers do not send it, so it was not read.
pub static LINK_FRAGMENT: Rule = Rule::warning(
    "link.fragment_ignored",
    "what follows `#` in the link was not read",
    "bağlantıda `#` işaretinden sonrası okunmadı",
);

/// Parameters that no form of the link has were not read. Actual is their count.
///
/// Neither names nor values are shown: a link password with an unencoded `&` continues in a text that looks
/// like the name of a parameter.
pub static LINK_UNKNOWN_PARAMETERS: Rule = Rule::warning(
    "link.unknown_parameters",
    "{actual} unknown parameters of the link were not read",
    "bağlantıdaki {actual} bilinmeyen parametre okunmadı",
);

/// Text without `=` follows the link password, so the password probably holds an unencoded `&`.
pub static LINK_PASSWORD_CUT: Rule = Rule::warning(
    "link.password_cut",
    "the link password probably holds an unencoded `&` and was read only up to it",
    "bağlantı şifresinde kodlanmamış `&` olabilir, şifre oraya kadar okundu",
);

/// A value holds an unencoded blank.
pub static LINK_RAW_BLANK: Rule = Rule::warning(
    "link.raw_blank",
    "the link holds an unencoded blank",
    "bağlantıda kodlanmamış boşluk var",
);

/// A value holds a raw `+`, which the provider's pages (ASP.NET) read as a blank.
pub static LINK_PLUS: Rule = Rule::warning(
    "link.plus_is_blank",
    "the link holds an unencoded `+`, which was read as a blank",
    "bağlantıda kodlanmamış `+` var, boşluk olarak okundu",
);

/// A `%` is not followed by two hexadecimal digits and was kept as it is.
pub static LINK_STRAY_PERCENT: Rule = Rule::warning(
    "link.stray_percent",
    "the link holds a `%` that encodes nothing and was kept",
    "bağlantıda kodlama olmayan bir `%` var, olduğu gibi bırakıldı",
);

/// Letters were encoded as single bytes (windows-1254, ISO 8859-9) instead of UTF-8.
pub static LINK_SINGLE_BYTE: Rule = Rule::warning(
    "link.single_byte_letters",
    "the link encodes letters as single bytes, which were read as Turkish",
    "bağlantıdaki harfler tek baytla kodlanmış, Türkçe olarak okundu",
);

/// A period ends before it begins. Limit is the first day, actual the last.
pub static PERIOD_REVERSED: Rule = Rule::error(
    "aras.period_reversed",
    "`{path}` is {actual}, before the first day {limit}",
    "`{path}` alanı {actual}, ilk günden ({limit}) önce",
);

/// A period is longer than its query type takes. Limit is the last day that would hold.
///
/// Source: Aras guide to the customer query services, types 41 (one month) and 101 (one week).
pub static PERIOD_TOO_LONG: Rule = Rule::error(
    "aras.period_too_long",
    "`{path}` is {actual}, the period may end on {limit} at the latest",
    "`{path}` alanı {actual}, dönem en geç {limit} gününde bitebilir",
);

/// A period begins further back than its query type reaches. Limit is the first day that would hold.
///
/// Source: Aras guide to the customer query services, types 30 (one month) and 41 (one year).
pub static PERIOD_TOO_OLD: Rule = Rule::error(
    "aras.period_too_old",
    "`{path}` is {actual}, the period may begin on {limit} at the earliest",
    "`{path}` alanı {actual}, dönem en erken {limit} gününde başlayabilir",
);

/// The year of a day has other than four digits, which the form dd.MM.yyyy cannot hold.
pub static DAY_NOT_WRITABLE: Rule = Rule::error(
    "aras.day_not_writable",
    "`{path}` is {actual}; the year needs four digits",
    "`{path}` alanı {actual}; yıl dört haneli olmalıdır",
);

/// The list of a query for several parcels is empty.
pub static NO_REFERENCES: Rule = Rule::error(
    "aras.no_references",
    "`{path}` is empty; at least one reference is needed",
    "`{path}` boş; en az bir referans gerekli",
);

/// A reference in a list holds a comma, which separates the references on the wire.
pub static REFERENCE_COMMA: Rule = Rule::error(
    "aras.reference_comma",
    "`{path}` holds a comma, which separates references in a list",
    "`{path}` alanında virgül var; listede referansları virgül ayırır",
);

/// The name of a raw parameter cannot be the name of an element.
pub static RAW_NAME: Rule = Rule::error(
    "aras.raw_name",
    "the name of `{path}` is not ASCII letters, digits and `_`, a letter first",
    "`{path}` adı yalnızca ASCII harf, rakam ve `_` içermeli, harfle başlamalıdır",
);

/// A price is asked for with more further services than its call has arguments for. Limit and actual are
/// services. Wire: `ekserviceid`, `ek1serviceid` to `ek7serviceid`.
///
/// Source: the service description of production, 2024.
pub static TOO_MANY_SERVICES: Rule = Rule::error(
    "aras.too_many_services",
    "`{path}` has {actual} services, the call takes {limit}",
    "`{path}` alanında {actual} hizmet var, çağrı en fazla {limit} hizmet alır",
);

/// A recognised link names no parcel by a number that the documented pages take.
pub static LINK_NOT_FETCHABLE: Rule = Rule::error(
    "aras.link_not_fetchable",
    "`{path}` names no parcel that the documented pages know",
    "`{path}` belgelenmiş sayfalarda aranabilecek bir kargo içermiyor",
);

/// A reference has fewer characters than an order takes. Limit is characters.
///
/// Source: a later edition of the Aras shipment integration guide, field `IntegrationCode`. Wire: `IntegrationCode`.
pub static REFERENCE_TOO_SHORT: Rule = Rule::error(
    "aras.reference_too_short",
    "`{path}` is too short; an order takes {limit} characters or more",
    "`{path}` çok kısa; sipariş en az {limit} karakter ister",
);

/// A reference or a barcode has characters other than digits.
///
/// Source: a test-scenario paper of the carrier, and a shop whose branch's scanners read no letters. Wire:
/// `IntegrationCode`, `BarcodeNumber`.
pub static NOT_ONLY_DIGITS: Rule = Rule::warning(
    "aras.not_only_digits",
    "`{path}` is not digits only; some branches read nothing else",
    "`{path}` yalnızca rakam değil; bazı şubeler başka karakter okuyamıyor",
);

/// An order has no number of the shipper's dispatch note. The guide demands one; some clients are served without.
///
/// Source: Aras shipment integration guide, print of 2025-04-27. Wire: `TradingWaybillNumber`.
pub static WAYBILL_MISSING: Rule = Rule::warning(
    "aras.waybill_missing",
    "`{path}` is missing; the guide demands the number of the dispatch note, and the reference can replace it",
    "`{path}` boş; kılavuz sevk irsaliye numarası istiyor, yerine referans yazılabilir",
);

/// A text that has to be digits has other characters.
///
/// Wire: `ReceiverPhone1` of a parcel abroad, `TtDocumentId`.
pub static DIGITS_EXPECTED: Rule = Rule::error(
    "aras.digits_expected",
    "`{path}` has characters other than digits",
    "`{path}` alanında rakam dışında karakter var",
);

/// The code of a tax office has too many digits. Limit is digits.
///
/// Source: Aras shipment integration guide, print of 2025-04-27. Wire: `TaxOffice`.
pub static TAX_OFFICE_TOO_LONG: Rule = Rule::error(
    "aras.tax_office_too_long",
    "`{path}` has more than {limit} digits",
    "`{path}` {limit} haneden uzun",
);

/// A parcel goes abroad. Which members it needs is not published.
///
/// Wire: `IsWorldWide`.
pub static ABROAD_NOT_DESCRIBED: Rule = Rule::warning(
    "aras.abroad_not_described",
    "`{path}` is abroad; the guide does not say which fields such a parcel needs",
    "`{path}` yurt dışı; kılavuz bu gönderide hangi alanların gerektiğini yazmıyor",
);

/// The amount of a collection is not above zero. Actual is lira.
///
/// Wire: `CodAmount`.
pub static COLLECTION_NOT_POSITIVE: Rule = Rule::error(
    "aras.collection_not_positive",
    "`{path}` is {actual}, an amount to collect is above zero",
    "`{path}` {actual}, tahsil edilecek tutar sıfırdan büyük olmalıdır",
);

/// The amount of a collection is outside what one edition of the guide takes. Limit and actual are lira.
///
/// Source: a later edition of the Aras shipment integration guide, code 70026: 5 to 5,000 lira, which may have
/// changed. Wire: `CodAmount`.
pub static COLLECTION_UNUSUAL: Rule = Rule::warning(
    "aras.collection_unusual",
    "`{path}` is {actual}, beyond {limit}, which one edition of the guide refuses",
    "`{path}` {actual}, kılavuzun bir baskısındaki {limit} sınırını aşıyor",
);

/// A parcel has more pieces than `PieceCount` can hold. Limit and actual are pieces.
///
/// Source: Aras shipment integration guide, print of 2025-04-27. Wire: `PieceDetails`.
pub static TOO_MANY_PIECES: Rule = Rule::error(
    "aras.too_many_pieces",
    "`{path}` has {actual} pieces, a parcel has {limit} at most",
    "`{path}` {actual} parça, bir gönderide en fazla {limit} parça olabilir",
);

/// A piece has no desi above zero. Actual is the desi.
///
/// Source: Aras shipment integration guide, print of 2025-04-27, code 70023. Wire: `VolumetricWeight`.
pub static PIECE_DESI_MISSING: Rule = Rule::error(
    "aras.piece_desi_missing",
    "`{path}` is {actual}, each piece needs desi above zero",
    "`{path}` {actual}, her parçanın desisi sıfırdan büyük olmalıdır",
);

/// A piece has no weight above zero. Actual is kilograms.
///
/// Source: Aras shipment integration guide, print of 2025-04-27, code 70024. Wire: `Weight`.
pub static PIECE_WEIGHT_MISSING: Rule = Rule::error(
    "aras.piece_weight_missing",
    "`{path}` is {actual}, each piece needs a weight above zero",
    "`{path}` {actual}, her parçanın ağırlığı sıfırdan büyük olmalıdır",
);

/// Two pieces have one barcode. Limit is the other one.
///
/// Source: Aras shipment integration guide, print of 2025-04-27, code 70030. Wire: `BarcodeNumber`.
pub static BARCODE_TWICE: Rule = Rule::error(
    "aras.barcode_twice",
    "`{path}` is the barcode of {limit} as well",
    "`{path}` aynı zamanda {limit} için kullanılan barkod",
);

/// A parcel's own desi or weight is not above zero. Actual is desi or kilograms.
///
/// Wire: `VolumetricWeight`, `Weight`.
pub static TOTAL_NOT_POSITIVE: Rule = Rule::error(
    "aras.total_not_positive",
    "`{path}` is {actual}; leave it out for the sum over the pieces",
    "`{path}` {actual}; boş bırakılırsa parçaların toplamı gönderilir",
);

/// A parcel's desi or weight has more digits than the field. Limit is desi or kilograms.
///
/// Source: Aras shipment integration guide, print of 2025-04-27, number 9,3. Wire: `VolumetricWeight`, `Weight`.
pub static TOTAL_TOO_LARGE: Rule = Rule::error(
    "aras.total_too_large",
    "`{path}` is more than {limit}",
    "`{path}` {limit} değerinden büyük",
);

/// A call for several orders has none.
///
/// Source: Aras shipment integration guide, print of 2025-04-27, code 60021. Wire: `orderInfo`.
pub static NO_ORDERS: Rule = Rule::error(
    "aras.no_orders",
    "`{path}` is empty; at least one order is needed",
    "`{path}` boş; en az bir sipariş gerekli",
);

/// Two orders have one reference, so that the second would replace the first. Limit is the other one.
///
/// Wire: `IntegrationCode`.
pub static REFERENCE_TWICE: Rule = Rule::error(
    "aras.reference_twice",
    "`{path}` is the reference of {limit} as well",
    "`{path}` aynı zamanda {limit} için kullanılan referans",
);

/// A reference of an order that is registered has other contents in a run of many.
///
/// Wire: `IntegrationCode`.
pub static REFERENCE_OF_ANOTHER_ORDER: Rule = Rule::error(
    "aras.reference_of_another_order",
    "`{path}` is the reference of an order that is registered with other contents; an update replaces it",
    "`{path}` başka içerikle kayıtlı bir siparişin referansı; değişiklik için güncelleme gönderilmelidir",
);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kervan_core::Severity;

    use super::*;

    #[test]
    fn every_rule_has_a_code_of_its_own_and_only_those_of_calls_stop() {
        let stops = |rule: &&&Rule| rule.severity == Severity::Error;
        let mut stopping = ALL.iter().filter(stops);
        assert!(stopping.all(|rule| rule.code.starts_with("aras.")));
        let codes: BTreeSet<_> = ALL.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), ALL.len());
    }
}
