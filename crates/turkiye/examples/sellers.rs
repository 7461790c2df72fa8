//! Reads a small file of sellers as a spreadsheet saved it, and reports each problem with its row.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use kervan_turkiye::amount::kurus_from_input;
use kervan_turkiye::fault::InputError;
use kervan_turkiye::iban::Iban;
use kervan_turkiye::mobile_number::MobileNumber;
use kervan_turkiye::tax_number::TaxNumber;

/// Tax number, mobile number, IBAN and the amount of the first payment.
const ROWS: [[&str; 4]; 4] = [
    [
        "123 456 78 90",
        "0555 000 00 01",
        "TR33 0006 1005 1978 6457 8413 26",
        "1.234,50",
    ],
    [
        "=\"0000000198\"",
        "+90 (555) 000-00-02",
        "tr330006100519786457841326",
        "10,00 TL",
    ],
    ["123456789", "5,32E+09", "330006100519786457841326", "1.234"],
    ["10000000146", "ev yok", "", "on lira"],
];

/// A seller as it would be sent. Nothing of it is printed but the amount.
#[derive(Debug)]
#[expect(dead_code, reason = "an example sends nothing")]
struct Seller {
    tax_number: TaxNumber,
    mobile: MobileNumber,
    iban: Iban,
    kurus: i64,
}

fn main() {
    for (index, row) in ROWS.iter().enumerate() {
        let mut problems = Vec::new();
        match read(row, &mut problems) {
            Some(seller) => println!("row {}: {seller:?}", index + 1),
            None => {
                for problem in problems {
                    println!("row {}: {}", index + 1, problem.turkish());
                    println!("       {} ({})", problem.english(), problem.code());
                    // Personal data: shown to the person who typed it, and not written to a log.
                    if let Some(suggestion) = problem.suggestion() {
                        println!("       {suggestion}?");
                    }
                }
            }
        }
    }
}

/// Reads all fields, so that all problems are reported at once.
fn read(row: &[&str; 4], problems: &mut Vec<InputError>) -> Option<Seller> {
    let [tax_number, mobile, iban, amount] = row;
    let tax_number = noted(TaxNumber::from_input(tax_number), "vergi no", problems);
    let mobile = noted(MobileNumber::from_input(mobile), "telefon", problems);
    let iban = noted(Iban::from_input(iban), "iban", problems);
    let kurus = noted(kurus_from_input(amount), "tutar", problems);
    Some(Seller {
        tax_number: tax_number?,
        mobile: mobile?,
        iban: iban?,
        kurus: kurus?,
    })
}

fn noted<T>(
    read: Result<T, InputError>,
    column: &'static str,
    problems: &mut Vec<InputError>,
) -> Option<T> {
    read.map_err(|error| problems.push(error.at(column))).ok()
}
