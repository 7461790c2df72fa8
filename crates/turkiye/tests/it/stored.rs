//! Values are stored as texts and read back; what is found instead is not quoted.

use kervan_turkiye::card_number::CardNumber;
use kervan_turkiye::client_address::ClientAddress;
use kervan_turkiye::iban::Iban;
use kervan_turkiye::identity_number::IdentityNumber;
use kervan_turkiye::mobile_number::MobileNumber;
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::tax_number::TaxNumber;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn survives<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T, text: &str) {
    let stored = serde_json::to_string(value).unwrap();
    assert_eq!(stored, format!("\"{text}\""));
    assert_eq!(&serde_json::from_str::<T>(&stored).unwrap(), value);
}

fn refuses<T: DeserializeOwned>(json: &str) {
    let error = serde_json::from_str::<T>(json).err().unwrap().to_string();
    assert!(!error.contains("5550000"), "{error}");
}

#[test]
fn values_survive() {
    survives(&MobileNumber::new("5550000001").unwrap(), "5550000001");
    survives(&PhoneNumber::new("3120000001").unwrap(), "3120000001");
    survives(&IdentityNumber::new("10000000146").unwrap(), "10000000146");
    survives(&TaxNumber::new("1234567890").unwrap(), "1234567890");
    survives(
        &Iban::new("TR330006100519786457841326").unwrap(),
        "TR330006100519786457841326",
    );
    survives(&ClientAddress::new("203.0.113.7").unwrap(), "203.0.113.7");
    // Of a test system, whose people do not exist.
    let invented = IdentityNumber::with_any_check_digits("10000000147").unwrap();
    survives(&invented, "10000000147");
    let invented = TaxNumber::with_any_check_digit("1234567891").unwrap();
    survives(&invented, "1234567891");
}

#[test]
fn only_the_form_that_is_sent_is_read() {
    for json in [
        "\"05550000001\"",
        "5550000001",
        "\"555 000 00 01\"",
        "null",
        "[5550000001]",
        "\"5550000\"",
    ] {
        refuses::<MobileNumber>(json);
        refuses::<IdentityNumber>(json);
        refuses::<Iban>(json);
        refuses::<CardNumber>(json);
        refuses::<ClientAddress>(json);
    }
    let card: CardNumber = serde_json::from_str("\"4546711234567894\"").unwrap();
    assert_eq!(card.as_str(), "4546711234567894");
}

#[cfg(feature = "time")]
#[test]
fn a_birth_date_is_stored_as_a_day() {
    use chrono::NaiveDate;
    use kervan_turkiye::birth_date::BirthDate;
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    survives(
        &BirthDate::from_input("1.5.1990", today).unwrap(),
        "1990-05-01",
    );
    for json in [
        "\"01.05.1990\"",
        "\"0001-01-01\"",
        "\"1900-01-01\"",
        "5550000",
        "\"1990-5-1\"",
    ] {
        refuses::<BirthDate>(json);
    }
}

#[cfg(feature = "line")]
#[test]
fn a_line_is_stored_as_its_text() {
    use kervan_turkiye::line::Line;
    let stored: Line = serde_json::from_str("\"Örnek A.Ş.\"").unwrap();
    survives(&stored, "Örnek A.Ş.");
    refuses::<Line>("\"a\\nb\"");
}
