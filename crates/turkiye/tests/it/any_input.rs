//! No input panics, and no error shows what was typed.

use kervan_turkiye::amount::kurus_from_input;
use kervan_turkiye::card_number::{CardNumber, luhn};
use kervan_turkiye::client_address::ClientAddress;
use kervan_turkiye::fault::InputError;
use kervan_turkiye::iban::Iban;
use kervan_turkiye::identity_number::IdentityNumber;
use kervan_turkiye::mobile_number::MobileNumber;
use kervan_turkiye::net_number::NumberForm;
use kervan_turkiye::pasted_link::link_in;
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::tax_number::TaxNumber;
use kervan_turkiye::{ascii_code, empty_date, spreadsheet};
use proptest::prelude::*;

/// Texts near the edges of every value, and any text.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9 .,()+/TRtr\u{a0}\u{200e}٠-٩۰-۹０-９eE'=\"-]{0,40}",
        "[0-9a-fA-F:.\\[\\]%,]{0,45}",
        "/Date\\([-+0-9é]{0,20}\\)/",
        "\\PC{0,60}",
        any::<String>(),
    ]
}

fn errors(text: &str) -> Vec<InputError> {
    [
        IdentityNumber::from_input(text).err(),
        IdentityNumber::new(text).err(),
        TaxNumber::from_input(text).err(),
        TaxNumber::new(text).err(),
        Iban::from_input(text).err(),
        Iban::new(text).err(),
        MobileNumber::from_input(text).err(),
        MobileNumber::new(text).err(),
        PhoneNumber::from_input(text).err(),
        PhoneNumber::new(text).err(),
        CardNumber::from_input(text).err(),
        CardNumber::new(text).err(),
        ClientAddress::from_input(text).err(),
        ClientAddress::new(text).err(),
        kurus_from_input(text).err(),
        NumberForm::Mixed.kurus(text).err(),
        NumberForm::Turkish.kurus(text).err(),
        NumberForm::Measure.whole(text).err(),
        spreadsheet::cell(text).err(),
        spreadsheet::key_cell(text).err(),
        #[cfg(feature = "decimal")]
        kervan_turkiye::decimal::Fixed::<3>::from_input(text, ',').err(),
        #[cfg(feature = "decimal")]
        kervan_turkiye::decimal::Fixed::<3>::from_input(text, '.').err(),
        #[cfg(feature = "time")]
        kervan_turkiye::day::day_from_input(text).err(),
        #[cfg(feature = "line")]
        kervan_turkiye::line::Line::from_input(text).err(),
        #[cfg(feature = "line")]
        kervan_turkiye::line::Line::new(text).err(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

proptest! {
    #[test]
    fn nothing_panics(text in text()) {
        for error in errors(&text) {
            prop_assert!(!error.english().contains('{'), "{error}");
            prop_assert!(!error.turkish().contains('{'), "{error}");
        }
        let _ = luhn(&text);
        let _ = ascii_code::to_upper(&text);
        let _ = empty_date::is_empty_date(&text);
        let _ = spreadsheet::is_shortened(&text);
    }

    #[test]
    fn a_right_number_is_not_printed(digits in "5[0-9]{9}") {
        let number = MobileNumber::new(&digits).unwrap();
        prop_assert_eq!(format!("{number:?} {number:#?}"), "[redacted] [redacted]");
    }

    /// Seven digits cannot be a length, a limit or the code of a character.
    #[test]
    fn errors_do_not_show_what_was_typed(text in "[1-9]{7,30}[.,x]?[0-9]{0,2}") {
        for error in errors(&text) {
            let shown = format!("{error} {error:?} {}", error.turkish());
            prop_assert!(!shown.contains(&text[..7]), "{}", shown);
        }
    }

    #[test]
    fn taking_guards_off_twice_changes_nothing(text in "[='\" 0-9a-zİ+-]{0,20}|\\PC{0,40}") {
        let once = spreadsheet::unguarded(&text);
        prop_assert_eq!(spreadsheet::unguarded(&once), once.clone());
    }

    #[test]
    fn a_link_is_found_in_itself(text in "[ <>(){}\\[\\].,a-z:/?'\"“”\u{200b}]{0,30}|\\PC{0,40}") {
        let link = link_in(&text);
        prop_assert_eq!(link_in(link), link);
        prop_assert!(text.contains(link));
    }
}
