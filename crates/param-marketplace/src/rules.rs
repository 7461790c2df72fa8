//! The provider's rules, each with its own code and texts.
//!
//! Lengths and required fields use [`TOO_LONG`] and [`MISSING`] of the core.

use kervan_core::Rule;
use kervan_core::problem::{MISSING, TOO_LONG};
use kervan_core::soap::CONTROL_CHARACTER;

/// An amount is above zero. Wire: `Tutar_Urun`, `Tutar_Odenecek`, `SiparisTutar`.
pub static AMOUNT_NOT_POSITIVE: Rule = Rule::error(
    "param.amount_not_positive",
    "`{path}` is {actual}; an amount must be more than zero",
    "`{path}` {actual}; tutar sıfırdan büyük olmalıdır",
);

/// The seller gets no more than the product brought. Wire: `Tutar_Odenecek`, `Tutar_Urun`.
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

/// A query names what it asks for.
pub static QUERY_EMPTY: Rule = Rule::warning(
    "param.query_empty",
    "`{path}` names nothing to ask for",
    "`{path}` alanında sorgu ölçütü yok",
);

/// The end of a range of dates does not come before its start. Wire: `Tarih_Bas`, `Tarih_Bit`.
pub static DATES_REVERSED: Rule = Rule::error(
    "param.dates_reversed",
    "`{path}` is {actual}, before the start {limit}",
    "`{path}` {actual}, başlangıçtan ({limit}) önce",
);

/// An approved order is cancelled through waiting only. Wire: `Durum`.
pub static STEP_NOT_ALLOWED: Rule = Rule::error(
    "param.step_not_allowed",
    "`{path}` is {actual}, which does not follow on {limit}",
    "`{path}` {actual}; {limit} durumundan bu duruma geçilemez",
);

/// A name of a raw call is a name in XML. Operations are ASCII, because they stand in a header.
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

/// A person's number has eleven digits, the first of them not zero. Wire: `TC_VN`,
/// `Yetkili_Kisi_TC`.
pub static IDENTITY_NUMBER: Rule = Rule::error(
    "param.identity_number",
    "`{path}` is not an identity number: eleven digits, the first not 0",
    "`{path}` T.C. kimlik numarası değil: 0 ile başlamayan on bir rakam olmalıdır",
);

/// The last two digits of a person's number follow from the others. Wire: `TC_VN`,
/// `Yetkili_Kisi_TC`.
pub static IDENTITY_CHECKSUM: Rule = Rule::warning(
    "param.identity_checksum",
    "`{path}` has wrong check digits",
    "`{path}` alanındaki T.C. kimlik numarasının kontrol haneleri yanlış",
);

/// A company's tax number has ten digits. Wire: `TC_VN`.
pub static TAX_NUMBER: Rule = Rule::error(
    "param.tax_number",
    "`{path}` is not a tax number of ten digits",
    "`{path}` on rakamlı bir vergi numarası değil",
);

/// The last digit of a tax number follows from the others. Wire: `TC_VN`.
pub static TAX_CHECKSUM: Rule = Rule::warning(
    "param.tax_checksum",
    "`{path}` has a wrong check digit",
    "`{path}` alanındaki vergi numarasının kontrol hanesi yanlış",
);

/// A Turkish account is TR and 24 digits. Wire: `IBAN_No`.
pub static IBAN_FORM: Rule = Rule::error(
    "param.iban_form",
    "`{path}` is not a Turkish IBAN: TR and 24 digits",
    "`{path}` Türkiye IBAN'ı değil: TR ve 24 rakam olmalıdır",
);

/// The check digits of an account follow from the rest of it. Wire: `IBAN_No`.
pub static IBAN_CHECKSUM: Rule = Rule::error(
    "param.iban_checksum",
    "`{path}` is an IBAN with wrong check digits",
    "`{path}` alanındaki IBAN'ın kontrol haneleri yanlış",
);

/// A mobile number has ten digits and begins with 5. Wire: `GSM_No`.
pub static MOBILE: Rule = Rule::error(
    "param.mobile",
    "`{path}` is not a mobile number: ten digits that begin with 5",
    "`{path}` cep telefonu numarası değil: 5 ile başlayan on rakam olmalıdır",
);

/// A birth date is after 1900 and in the past. Wire: `Kisi_DogumTarihi`, `Yetkili_Kisi_DogumTarihi`.
pub static BIRTH_DATE: Rule = Rule::error(
    "param.birth_date",
    "`{path}` is not a birth date: after 1900 and before today",
    "`{path}` doğum tarihi olamaz: 1900'den sonra ve bugünden önce olmalıdır",
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

/// Every rule that a check of this crate can report.
pub static ALL: [&Rule; 21] = [
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
    &IDENTITY_NUMBER,
    &IDENTITY_CHECKSUM,
    &TAX_NUMBER,
    &TAX_CHECKSUM,
    &IBAN_FORM,
    &IBAN_CHECKSUM,
    &MOBILE,
    &BIRTH_DATE,
    &PROVINCE,
    &DISTRICT,
];
