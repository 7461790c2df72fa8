//! Takes off what is dialled before the ten digits of a telephone number.

use crate::fault::{Fault, InputError};
use crate::input::{compact, suggest};
use crate::letters::is_digits;

const DIGITS: usize = 10;

/// The faults that telephone numbers of all kinds have.
pub(crate) struct Faults {
    pub(crate) name: &'static str,
    pub(crate) not_a_number: &'static Fault,
    pub(crate) length: &'static Fault,
    pub(crate) country: &'static Fault,
}

/// Reads what people type, by what reads ten digits.
pub(crate) fn read<T: Into<String>>(
    text: &str,
    faults: &Faults,
    new: impl Fn(&str) -> Result<T, InputError>,
) -> Result<T, InputError> {
    let read = |text: &str| national(text, faults).and_then(&new);
    compact(faults.name, text)
        .and_then(|compact| read(&compact.replace('/', "")))
        .map_err(|error| {
            // The digits of another country's number may look like one of this country.
            if error.fault() == faults.country {
                error
            } else {
                suggest(error, text, |_| Vec::new(), |text| read(text).ok())
            }
        })
}

/// Takes off what is dialled before the ten digits. People write the zero behind the country too:
/// `+90 (0555) …`.
fn national<'a>(text: &'a str, faults: &Faults) -> Result<&'a str, InputError> {
    let other_country = || faults.country.of(faults.name);
    let without_zero = |digits: &'a str| digits.strip_prefix('0').unwrap_or(digits);
    if let Some(digits) = text.strip_prefix('+') {
        return match digits.strip_prefix("90") {
            Some(rest) => Ok(without_zero(rest)),
            None if is_digits(digits) => Err(other_country()),
            None => Ok(text),
        };
    }
    if let Some(rest) = text.strip_prefix("0090") {
        return Ok(without_zero(rest));
    }
    match text.len() {
        12.. if text.starts_with("00") && is_digits(text) => Err(other_country()),
        12 | 13 if text.starts_with("90") => Ok(without_zero(&text[2..])),
        // The seven digits that are dialled without an area.
        9 if text.starts_with("90444") => Ok(&text[2..]),
        _ => Ok(without_zero(text)),
    }
}

pub(crate) fn ten_digits(text: &str, faults: &Faults) -> Result<(), InputError> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(faults.not_a_number.of(faults.name));
    }
    if text.len() != DIGITS {
        let error = faults.length.of(faults.name).limit("10");
        return Err(error.actual(text.len().to_string()));
    }
    Ok(())
}
