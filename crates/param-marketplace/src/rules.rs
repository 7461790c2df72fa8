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

/// Every rule that a check of this crate can report.
pub static ALL: [&Rule; 9] = [
    &MISSING,
    &TOO_LONG,
    &CONTROL_CHARACTER,
    &AMOUNT_NOT_POSITIVE,
    &PAYABLE_ABOVE_PRODUCT,
    &PAYMENT_ZERO,
    &QUERY_EMPTY,
    &DATES_REVERSED,
    &STEP_NOT_ALLOWED,
];
