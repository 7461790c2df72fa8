//! The date that .NET writes for a missing one.

/// Returns whether a text is the first day of the calendar, which .NET services write for a date that
/// is missing: `0001-01-01T00:00:00`, `01.01.0001`, `1/1/0001 12:00:00 AM`, `/Date(-62135596800000)/`.
///
/// Zones move that moment by some hours, so the last hours of the year before count, and so does any
/// time of the day itself.
///
/// ```
/// use kervan_turkiye::empty_date::is_empty_date;
/// assert!(is_empty_date("0001-01-01T00:00:00"));
/// assert!(!is_empty_date("2001-01-01T00:00:00"));
/// ```
pub fn is_empty_date(text: &str) -> bool {
    let text = text.trim();
    if let Some(rest) = text
        .strip_prefix("/Date(")
        .and_then(|rest| rest.strip_suffix(")/"))
    {
        let end = rest.get(1..).and_then(|rest| rest.find(['+', '-']));
        let milliseconds = end.map_or(rest, |end| &rest[..=end]);
        return milliseconds
            .parse::<i64>()
            .is_ok_and(|number| (FIRST_DAY - DAY..FIRST_DAY + DAY).contains(&number));
    }
    let end = text.find(['T', ' ']).unwrap_or(text.len());
    let parts: Vec<&str> = text[..end].split(['-', '.', '/']).collect();
    let [first, middle, last] = parts.as_slice() else {
        return false;
    };
    let (year, month, day) = match first.len() {
        4 => (*first, *middle, *last),
        _ => (*last, *middle, *first),
    };
    let short = |part: &str| match part {
        "1" | "01" => 1,
        "12" => 12,
        "31" => 31,
        _ => 0,
    };
    match year {
        "0001" => short(month) == 1 && short(day) == 1,
        "0000" => short(month) == 12 && short(day) == 31,
        _ => false,
    }
}

/// Milliseconds from 1970 back to the first day.
const FIRST_DAY: i64 = -62_135_596_800_000;
const DAY: i64 = 86_400_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t12_the_first_day_is_no_date() {
        for text in [
            "0001-01-01T00:00:00",
            "0001-01-01",
            " 01.01.0001 00:00:00 ",
            "1.1.0001",
            // Two more: as American settings write it, and as the old JSON of .NET does.
            "1/1/0001 12:00:00 AM",
            "/Date(-62135596800000)/",
            "/Date(-62135604000000+0200)/",
            "0001-01-01T00:00:00+02:00",
            "0000-12-31T21:00:00Z",
        ] {
            assert!(is_empty_date(text), "{text}");
        }
        for text in [
            "",
            "0001",
            "0001-01-02",
            "0001-10-01",
            "0000-12-30",
            "0000-01-31",
            "2001-01-01",
            "01.01.2001",
            "1.1.1",
            "/Date(0)/",
            "/Date()/",
            "/Date(+)/",
            "/Date(é)/",
        ] {
            assert!(!is_empty_date(text), "{text}");
        }
    }
}
