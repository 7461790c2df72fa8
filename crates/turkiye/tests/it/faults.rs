//! The list of faults: codes that differ, texts in both languages.

use kervan_turkiye::fault::{self, Fault};
use kervan_turkiye::{
    amount, card_number, client_address, iban, identity_number, mobile_number, phone_number,
    tax_number,
};

fn all() -> Vec<&'static Fault> {
    [
        fault::ALL,
        amount::ALL,
        card_number::ALL,
        client_address::ALL,
        iban::ALL,
        identity_number::ALL,
        mobile_number::ALL,
        phone_number::ALL,
        tax_number::ALL,
        #[cfg(feature = "time")]
        kervan_turkiye::birth_date::ALL,
        #[cfg(feature = "time")]
        kervan_turkiye::day::ALL,
        #[cfg(feature = "line")]
        kervan_turkiye::line::ALL,
    ]
    .concat()
}

/// A program can build rules of its own from these, in its constants.
static CODE_AND_TEXT: (&str, &str) = (iban::LENGTH.code, iban::LENGTH.tr);

#[test]
fn faults_are_constants() {
    assert_eq!(CODE_AND_TEXT.0, "iban.length");
    assert!(CODE_AND_TEXT.1.contains("{limit}"));
}

#[test]
fn codes_differ_and_name_their_value() {
    let mut codes: Vec<_> = all().iter().map(|fault| fault.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
    for code in codes {
        let is_plain = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let (value, rule) = code.split_once('.').unwrap();
        assert!(is_plain(value) && is_plain(rule), "{code}");
    }
}

#[test]
fn both_texts_have_the_same_places() {
    for fault in all() {
        for place in ["{path}", "{limit}", "{actual}"] {
            assert_eq!(
                fault.en.contains(place),
                fault.tr.contains(place),
                "{}",
                fault.code
            );
        }
        assert!(
            fault.en.contains("`{path}`") && fault.tr.contains("`{path}`"),
            "{}",
            fault.code
        );
        assert!(
            !fault.en.ends_with('.') && !fault.tr.ends_with('.'),
            "{}",
            fault.code
        );
        assert_ne!(fault.en, fault.tr);
    }
}

/// Both READMEs list every fault.
#[test]
fn the_readmes_list_every_fault() {
    for readme in [
        include_str!("../../README.md"),
        include_str!("../../README.tr.md"),
    ] {
        for fault in all() {
            assert!(
                readme.contains(&format!("`{}`", fault.code)),
                "{}",
                fault.code
            );
        }
    }
}
