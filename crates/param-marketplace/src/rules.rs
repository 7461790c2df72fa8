//! The provider's rules, each with its own code and texts.
//!
//! Lengths and required fields use [`TOO_LONG`] and [`MISSING`] of the core. Values that people type
//! (numbers of persons, companies, accounts, telephones and cards, days, internet addresses, lines) follow
//! the rules of `kervan_turkiye`, which have codes of their own.

use kervan_core::Rule;
use kervan_core::problem::{CONTROL_CHARACTER, MISSING, TOO_LONG};

/// An amount is above zero. Wire: `Tutar_Urun`, `Tutar_Odenecek`, `SiparisTutar`.
pub static AMOUNT_NOT_POSITIVE: Rule = Rule::error(
    "param.amount_not_positive",
    "`{path}` is {actual}; an amount must be more than zero",
    "`{path}` {actual}; tutar sıfırdan büyük olmalıdır",
);

/// The seller's amount does not exceed the product's amount. Wire: `Tutar_Odenecek`, `Tutar_Urun`.
pub static PAYABLE_ABOVE_PRODUCT: Rule = Rule::error(
    "param.payable_above_product",
    "`{path}` is {actual}, more than the product's {limit}",
    "`{path}` {actual}, ürün tutarından ({limit}) fazla",
);

/// A payment's number is not zero. Wire: `SanalPOS_Islem_ID`.
pub static PAYMENT_ZERO: Rule = Rule::error(
    "param.payment_zero",
    "`{path}` is zero, which is no payment's number",
    "`{path}` sıfır; bu bir ödeme numarası değil",
);

/// A query has at least one filter.
pub static QUERY_EMPTY: Rule = Rule::warning(
    "param.query_empty",
    "`{path}` names nothing to ask for",
    "`{path}` alanında sorgu ölçütü yok",
);

/// The end of a range of dates is not before its start. Wire: `Tarih_Bas`, `Tarih_Bit`.
pub static DATES_REVERSED: Rule = Rule::error(
    "param.dates_reversed",
    "`{path}` is {actual}, before the start {limit}",
    "`{path}` {actual}, başlangıçtan ({limit}) önce",
);

/// An approved order must wait before it can be cancelled. Wire: `Durum`.
pub static STEP_NOT_ALLOWED: Rule = Rule::error(
    "param.step_not_allowed",
    "`{path}` is {actual}, which does not follow on {limit}",
    "`{path}` {actual}; {limit} durumundan bu duruma geçilemez",
);

/// A name of a raw call is a name in XML. Operations are ASCII, because a header repeats them.
pub static RAW_NAME: Rule = Rule::error(
    "param.raw_name",
    "`{path}` has a name that XML does not take",
    "`{path}` alanının adı XML için geçersiz",
);

/// The elements of a raw call nest no deeper than answers may.
pub static RAW_TOO_DEEP: Rule = Rule::error(
    "param.raw_too_deep",
    "`{path}` nests deeper than {limit}",
    "`{path}` {limit} düzeyden derin",
);

/// Provinces have the codes 1 to 81. Wire: `Il`.
pub static PROVINCE: Rule = Rule::error(
    "param.province",
    "`{path}` is not a province's code from 1 to 81",
    "`{path}` 1 ile 81 arasında bir il kodu değil",
);

/// Districts have codes of up to four digits. Wire: `Ilce`.
pub static DISTRICT: Rule = Rule::error(
    "param.district",
    "`{path}` is not a district's code of up to four digits",
    "`{path}` en fazla dört rakamlı bir ilçe kodu değil",
);

/// A hashed text has only characters of ISO-8859-9. Wire: `Siparis_ID`, `Hata_URL`, `Basarili_URL`.
pub static HASH_CHARSET: Rule = Rule::error(
    "param.hash_charset",
    "`{path}` has a character outside ISO-8859-9, which the payment's hash cannot hold",
    "`{path}` alanında ISO-8859-9 dışında bir karakter var; ödeme özetine giremez",
);

/// A month of expiry. Wire: `KK_SK_Ay`.
pub static CARD_MONTH: Rule = Rule::error(
    "param.card_month",
    "`{path}` is not a month from 01 to 12",
    "`{path}` 01 ile 12 arasında bir ay değil",
);

/// A year of expiry. Wire: `KK_SK_Yil`.
pub static CARD_YEAR: Rule = Rule::error(
    "param.card_year",
    "`{path}` is not a year of four digits",
    "`{path}` dört rakamlı bir yıl değil",
);

/// A card's security code. Wire: `KK_CVC`, `CVV`.
pub static CARD_CODE: Rule = Rule::error(
    "param.card_code",
    "`{path}` is not a code of three digits",
    "`{path}` üç rakamlı bir kod değil",
);

/// An address that the browser returns to. Wire: `Hata_URL`, `Basarili_URL`.
pub static RETURN_URL: Rule = Rule::error(
    "param.return_url",
    "`{path}` is not an address that begins with https:// or http://",
    "`{path}` https:// veya http:// ile başlayan bir adres değil",
);

/// Payments are in 1 to 12 parts. Wire: `Taksit`.
pub static INSTALLMENTS: Rule = Rule::error(
    "param.installments",
    "`{path}` is {actual}, not a number of parts from 1 to 12",
    "`{path}` {actual}; taksit sayısı 1 ile 12 arasında olmalıdır",
);

/// The card is charged the order's amount or more. Wire: `Toplam_Tutar`, `Islem_Tutar`.
pub static TOTAL_BELOW_AMOUNT: Rule = Rule::warning(
    "param.total_below_amount",
    "`{path}` is {actual}, less than the order's {limit}",
    "`{path}` {actual}, işlem tutarından ({limit}) az",
);

/// The number of texts that come back is limited. Wire: `Data1` and so on.
pub static TOO_MANY_DATA: Rule = Rule::error(
    "param.too_many_data",
    "`{path}` has {actual} texts, there is room for {limit}",
    "`{path}` alanında {actual} metin var, en fazla {limit} metin olabilir",
);

/// Texts come back joined by bars. Wire: `Data1` and so on, `Ext_Data`.
pub static BAR_IN_DATA: Rule = Rule::warning(
    "param.bar_in_data",
    "`{path}` holds a bar, which cannot be told from those that join the texts",
    "`{path}` alanında dikey çizgi var; metinleri birleştiren çizgilerden ayırt edilemez",
);

/// A query names a payment. Wire: `Dekont_ID`, `Siparis_ID`, `Islem_ID`.
pub static PAYMENT_UNNAMED: Rule = Rule::error(
    "param.payment_unnamed",
    "`{path}` names no payment: receipt, order or key",
    "`{path}` alanında dekont, sipariş ya da işlem numarası yok",
);

/// The list of payments covers seven days at most. Wire: `Tarih_Bas`, `Tarih_Bit`.
pub static RANGE_TOO_LONG: Rule = Rule::error(
    "param.range_too_long",
    "`{path}` is {actual}, more than {limit} days after the start",
    "`{path}` {actual}; başlangıçtan sonra en fazla {limit} gün olabilir",
);

/// A card is looked up by its first six to eight digits. Wire: `BIN`.
pub static BIN: Rule = Rule::error(
    "param.bin",
    "`{path}` is not the first six to eight digits of a card",
    "`{path}` kartın ilk altı ile sekiz rakamı değil",
);

/// A token that protects an unsigned answer from forgery cannot be guessed. Wire: `Data1`.
pub static TOKEN: Rule = Rule::error(
    "param.token",
    "`{path}` is not 16 to 250 visible ASCII characters",
    "`{path}` 16 ile 250 arasında görünür ASCII karakter değil",
);

/// Every rule that a check of this crate can report.
pub static ALL: &[&Rule] = &[
    &MISSING,
    &TOO_LONG,
    &CONTROL_CHARACTER,
    &AMOUNT_NOT_POSITIVE,
    &PAYABLE_ABOVE_PRODUCT,
    &PAYMENT_ZERO,
    &QUERY_EMPTY,
    &DATES_REVERSED,
    &STEP_NOT_ALLOWED,
    &RAW_NAME,
    &RAW_TOO_DEEP,
    &PROVINCE,
    &DISTRICT,
    &HASH_CHARSET,
    &CARD_MONTH,
    &CARD_YEAR,
    &CARD_CODE,
    &RETURN_URL,
    &INSTALLMENTS,
    &TOTAL_BELOW_AMOUNT,
    &TOO_MANY_DATA,
    &BAR_IN_DATA,
    &PAYMENT_UNNAMED,
    &RANGE_TOO_LONG,
    &BIN,
    &TOKEN,
];
