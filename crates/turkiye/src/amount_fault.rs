//! The faults of amounts, typed and received.

use crate::fault::{Fault, FaultKind};

pub(crate) const NAME: &str = "amount";

/// An amount is digits with one decimal mark, and with marks between groups of three digits.
pub static FORM: Fault = Fault::new(
    "amount.form",
    FaultKind::Form,
    "`{path}` is not an amount: 1234,50 or 1.234,50",
    "`{path}` bir tutar değil: 1234,50 ya da 1.234,50 biçiminde olmalıdır",
);

/// One mark with three digits behind it is either a decimal mark or one between groups: `1.234`.
pub static AMBIGUOUS: Fault = Fault::new(
    "amount.ambiguous",
    FaultKind::Ambiguous,
    "`{path}` could mean two amounts; write it with two decimals",
    "`{path}` iki ayrı tutar olarak okunabilir; kuruşlarıyla birlikte yazın",
);

/// An amount has at most two decimals. It is never rounded.
pub static TOO_MANY_DECIMALS: Fault = Fault::new(
    "amount.too_many_decimals",
    FaultKind::Range,
    "`{path}` has more than {limit} decimals",
    "`{path}` alanında {limit} haneden fazla kuruş var",
);

/// An amount has at most 15 digits before the decimal mark.
pub static TOO_LARGE: Fault = Fault::new(
    "amount.too_large",
    FaultKind::Range,
    "`{path}` has more than {limit} digits before the decimal mark",
    "`{path}` tam kısmı {limit} haneden uzun",
);

/// The faults of an amount.
pub static ALL: &[&Fault] = &[&FORM, &AMBIGUOUS, &TOO_MANY_DECIMALS, &TOO_LARGE];
