//! Differences as a file for a spreadsheet.

use std::io::Write;

use kervan_core::Language;
use kervan_turkiye::Money;

use crate::difference::{Difference, Side, What};

/// Writes differences as CSV, one by one, in UTF-8 with its mark, so that spreadsheets read Turkish letters. Returns how
/// many there were.
///
/// In Turkish, cells are parted by a semicolon and amounts have a comma, as spreadsheets in Turkish read them. A cell
/// that a spreadsheet would take for a formula is guarded by an apostrophe.
///
/// # Errors
///
/// Those of the writer.
pub fn write(
    out: impl Write,
    differences: impl IntoIterator<Item = Difference>,
    language: Language,
) -> Result<usize, csv::Error> {
    let mut out = out;
    out.write_all("\u{feff}".as_bytes())?;
    let is_turkish = language == Language::Turkish;
    let mut writer = csv::WriterBuilder::new()
        .delimiter(if is_turkish { b';' } else { b',' })
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(if is_turkish {
        [
            "tür",
            "numara",
            "fark",
            "buradaki adet",
            "buradaki tutar",
            "oradaki adet",
            "oradaki tutar",
            "sütun",
            "metin",
            "yapılacak",
        ]
    } else {
        [
            "kind",
            "number",
            "difference",
            "count here",
            "sum here",
            "count there",
            "sum there",
            "column",
            "text",
            "what to do",
        ]
    })?;
    let mut count = 0;
    for difference in differences {
        let (column, text) = match &difference.what {
            What::Unreadable { column, text } => (*column, text.as_str()),
            _ => ("", ""),
        };
        let [ours, theirs] = [difference.ours, difference.theirs];
        writer.write_record([
            difference.kind.text(language),
            &guarded(&difference.subject),
            difference.what.text(language),
            &ours.count.to_string(),
            &sum(ours, language),
            &theirs.count.to_string(),
            &sum(theirs, language),
            column,
            &guarded(text),
            difference.what.advice(language),
        ])?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

pub(crate) fn sum(side: Side, language: Language) -> String {
    let written = match language {
        Language::Turkish => Money::comma,
        _ => Money::dot,
    };
    let sum = side.sum.filter(|_| side.count > 0);
    sum.map(written).unwrap_or_default()
}

/// Keeps a spreadsheet from running a text of somebody else.
fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
