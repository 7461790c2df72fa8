//! Days as people type them.

use chrono::{Datelike, NaiveDate};

use crate::empty_date::is_empty_date;
use crate::fault::{Fault, FaultKind, InputError, MISSING, SHORTENED};
use crate::input::plain;
use crate::letters::is_digits;
use crate::moment::{read_clock, read_offset};
use crate::spreadsheet::is_shortened;

const NAME: &str = "day";

/// A day is written as `5.12.2026`, `05/12/2026` or `2026-12-05`.
pub static FORM: Fault = Fault::new(
    "day.form",
    FaultKind::Form,
    "`{path}` is not a day as 5.12.2026 or 2026-12-05",
    "`{path}` 5.12.2026 ya da 2026-12-05 biçiminde bir tarih değil",
);

/// The day is in the calendar.
pub static NOT_IN_CALENDAR: Fault = Fault::new(
    "day.not_in_calendar",
    FaultKind::Range,
    "`{path}` is a day that does not exist",
    "`{path}` takvimde olmayan bir gün",
);

/// The year has four digits.
pub static SHORT_YEAR: Fault = Fault::new(
    "day.short_year",
    FaultKind::Ambiguous,
    "`{path}` has a year of two digits; write four",
    "`{path}` alanında yıl iki haneli; dört haneli yazın",
);

/// A spreadsheet wrote the number of the day instead of the day: `46361`.
pub static SERIAL: Fault = Fault::new(
    "day.number_of_spreadsheet",
    FaultKind::Spreadsheet,
    "`{path}` is the number that a spreadsheet has for a day; format its column as a date",
    "`{path}` alanında hesap tablosunun tarih için tuttuğu sayı var; sütunu tarih olarak biçimlendirin",
);

/// The faults of a day.
pub static ALL: &[&Fault] = &[&FORM, &NOT_IN_CALENDAR, &SHORT_YEAR, &SERIAL];

/// Returns the day that a person or a spreadsheet wrote: `5.12.2026`, `05/12/2026`, `5-12-2026`,
/// `2026-12-05`, each with or without a time behind it.
///
/// The day comes before the month, as in Türkiye, unless the year comes first. The date that .NET
/// writes for a missing one ([`is_empty_date`]) is missing.
///
/// ```
/// use kervan_turkiye::day::day_from_input;
/// let day = day_from_input("20.11.2026 00:00:00")?;
/// assert_eq!(day.to_string(), "2026-11-20");
/// assert_eq!(day_from_input("0001-01-01T00:00:00").unwrap_err().code(), "text.missing");
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
///
/// # Errors
///
/// One of [`ALL`] or of [`fault::ALL`](crate::fault::ALL).
pub fn day_from_input(text: &str) -> Result<NaiveDate, InputError> {
    let plain = plain(NAME, text)?;
    let plain = plain.trim();
    if plain.is_empty() || is_empty_date(plain) {
        return Err(MISSING.of(NAME));
    }
    if is_shortened(plain) {
        return Err(SHORTENED.of(NAME));
    }
    if plain.len() == 5 && is_digits(plain) {
        return Err(SERIAL.of(NAME).suggest(of_serial(plain)));
    }
    let (day, time) = match plain.find(['T', ' ']) {
        Some(at) => (&plain[..at], plain[at + 1..].trim()),
        None => (plain, ""),
    };
    if !is_time(time) {
        return Err(FORM.of(NAME));
    }
    read(day)
}

fn read(text: &str) -> Result<NaiveDate, InputError> {
    let mark = text.find(['.', '/', '-']).map(|at| &text[at..=at]);
    let parts: Vec<&str> = mark.map_or(Vec::new(), |mark| text.split(mark).collect());
    let [first, month, last] = parts.as_slice() else {
        return Err(FORM.of(NAME));
    };
    if !parts.iter().all(|part| is_digits(part)) {
        return Err(FORM.of(NAME));
    }
    let (year, day) = match (first.len(), last.len()) {
        (4, 1..=2) => (first, last),
        (1..=2, 4) => (last, first),
        (1..=2, 2) if month.len() <= 2 => return Err(SHORT_YEAR.of(NAME)),
        _ => return Err(FORM.of(NAME)),
    };
    if month.len() > 2 {
        return Err(FORM.of(NAME));
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or_default();
    let year = year.parse().unwrap_or_default();
    NaiveDate::from_ymd_opt(year, number(month), number(day))
        .filter(|day| day.year() > 0)
        .ok_or_else(|| NOT_IN_CALENDAR.of(NAME))
}

/// Nothing, or a time of the day with or without seconds, fraction and zone. The zone does not move the
/// day, because a person means the day that is written.
fn is_time(text: &str) -> bool {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => (text[..at].trim_end(), Some(&text[at..])),
        None => (text, None),
    };
    let is_zone = zone.is_none_or(|zone| read_offset(zone).is_some());
    text.is_empty() || (read_clock(clock).is_some() && is_zone)
}

/// Returns the day of a number that spreadsheets count from the end of 1899.
fn of_serial(text: &str) -> Option<String> {
    let days = text.parse().ok()?;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))?;
    Some(day.format("%d.%m.%Y").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t3_days_as_people_and_spreadsheets_write_them() {
        for (text, day) in [
            ("5.12.2026", "2026-12-05"),
            ("20.11.2026 00:00:00", "2026-11-20"),
            ("20/11/2026", "2026-11-20"),
            // Two more: a guarded one, and one with a zone, which does not move the day.
            ("'05.12.2026", "2026-12-05"),
            ("2026-11-20T00:00:00+03:00", "2026-11-20"),
            ("2026-11-20", "2026-11-20"),
            ("2026-11-20 14:30", "2026-11-20"),
            ("2026-11-20T21:00:00.123Z", "2026-11-20"),
            ("5-12-2026", "2026-12-05"),
            ("29.02.2028", "2028-02-29"),
            ("２０.１１.２０２６", "2026-11-20"),
        ] {
            assert_eq!(
                day_from_input(text).map(|day| day.to_string()).as_deref(),
                Ok(day),
                "{text}"
            );
        }
    }

    #[test]
    fn t12_the_empty_date_is_missing() {
        // The last two are more.
        for text in [
            "0001-01-01T00:00:00",
            "",
            "01.01.0001 00:00:00",
            "0001-01-01",
        ] {
            assert_eq!(
                day_from_input(text).unwrap_err().code(),
                "text.missing",
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_by_code() {
        for (text, code) in [
            ("31.02.2026", "day.not_in_calendar"),
            ("12/31/2026", "day.not_in_calendar"),
            ("29.02.2026", "day.not_in_calendar"),
            ("01.01.0000", "day.not_in_calendar"),
            ("5.12.26", "day.short_year"),
            ("46361", "day.number_of_spreadsheet"),
            ("4,6361E+04", "text.shortened_by_spreadsheet"),
            ("yarın", "day.form"),
            ("5.12", "day.form"),
            ("5.12/2026", "day.form"),
            ("5..2026", "day.form"),
            ("05122026", "day.form"),
            ("2026-11-20T25:00", "day.form"),
            ("2026-11-20 x", "day.form"),
            ("2026-11-20 14:30+99", "day.form"),
            ("2026-11-20 14:30 Zx", "day.form"),
            ("5.123.2026", "day.form"),
            ("5.12.2026\0", "text.control_character"),
        ] {
            assert_eq!(day_from_input(text).unwrap_err().code(), code, "{text}");
        }
        let error = day_from_input("46361").unwrap_err();
        assert_eq!(error.suggestion(), Some("05.12.2026"));
    }
}
