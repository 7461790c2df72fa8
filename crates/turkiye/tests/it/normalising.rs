//! Numbers in every dress become one, and reading what was read changes nothing.

use kervan_turkiye::amount::kurus_from_input;
use kervan_turkiye::client_address::ClientAddress;
use kervan_turkiye::iban::Iban;
use kervan_turkiye::identity_number::IdentityNumber;
use kervan_turkiye::mobile_number::MobileNumber;
use kervan_turkiye::net_number::NumberForm;
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::tax_number::TaxNumber;
use proptest::prelude::*;

/// Returns where a number is split, and with what.
fn dress() -> impl Strategy<Value = Vec<(usize, &'static str)>> {
    let between = prop::sample::select(vec![
        " ", "-", "\u{a0}", "\u{202f}", "\u{2013}", "(", ")", "\u{200e}", "\t", "\r\n", "",
    ]);
    prop::collection::vec((0..40_usize, between), 0..6)
}

fn dressed(number: &str, dress: &[(usize, &str)], digits: u32) -> String {
    let mut letters: Vec<String> = number
        .chars()
        .map(|letter| match letter.to_digit(10) {
            Some(digit) if digits > 0 => char::from_u32(digits + digit).unwrap().to_string(),
            _ => letter.to_string(),
        })
        .collect();
    for (at, between) in dress {
        letters.insert(at % (letters.len() + 1), (*between).to_owned());
    }
    letters.concat()
}

/// Returns the zero of the digits of ASCII (none), full width, Arabic and Persian.
fn zero() -> impl Strategy<Value = u32> {
    prop::sample::select(vec![0, 0xff10, 0x660, 0x6f0])
}

proptest! {
    #[test]
    fn mobile_numbers(
        number in "5[0-9]{9}",
        before in prop::sample::select(vec!["", "0", "90", "+90", "0090", "+900", "900", "00900"]),
        dress in dress(),
        zero in zero(),
    ) {
        let typed = dressed(&format!("{before}{number}"), &dress, zero);
        let read = MobileNumber::from_input(&typed).unwrap();
        prop_assert_eq!(read.as_str(), &number);
        prop_assert_eq!(MobileNumber::new(read.as_str()), Ok(read.clone()));
        for form in [read.with_zero(), read.international(), read.as_str().to_owned()] {
            prop_assert_eq!(MobileNumber::from_input(&form), Ok(read.clone()));
            let phone = PhoneNumber::from_input(&form).unwrap();
            prop_assert_eq!(phone.mobile(), Some(read.clone()));
        }
    }

    #[test]
    fn lines(
        number in "[2-4][0-9]{9}",
        before in prop::sample::select(vec!["", "0", "90", "+90", "0090"]),
        dress in dress(),
    ) {
        let read = PhoneNumber::from_input(&dressed(&format!("{before}{number}"), &dress, 0)).unwrap();
        prop_assert_eq!(read.as_str(), &number);
        prop_assert!(MobileNumber::from_input(&number).is_err());
    }

    #[test]
    fn whatever_is_read_is_in_the_form_that_is_sent(text in "[0-9 ٠-٩.()/+OIl-]{8,20}") {
        if let Ok(read) = MobileNumber::from_input(&text) {
            prop_assert_eq!(MobileNumber::new(read.as_str()), Ok(read));
        }
        if let Ok(read) = IdentityNumber::from_input(&text) {
            prop_assert_eq!(IdentityNumber::new(read.as_str()), Ok(read));
        }
        if let Ok(read) = TaxNumber::from_input(&text) {
            prop_assert_eq!(TaxNumber::new(read.as_str()), Ok(read));
        }
    }

    /// A suggestion is a right value.
    #[test]
    fn suggestions_are_right(text in "[0-9 .OIl]{7,14}|[A-Z:]{0,6}[0-9 ]{8,14}(\\.0)?") {
        if let Err(error) = TaxNumber::from_input(&text) {
            prop_assert!(error.suggestion().is_none_or(|text| TaxNumber::new(text).is_ok()));
        }
        if let Err(error) = MobileNumber::from_input(&text) {
            prop_assert!(error.suggestion().is_none_or(|text| MobileNumber::new(text).is_ok()));
        }
    }

    #[test]
    fn accounts(
        account in prop::sample::select(vec!["TR330006100519786457841326", "tr330006100519786457841326"]),
        dress in dress(),
        zero in zero(),
    ) {
        let read = Iban::from_input(&dressed(account, &dress, zero)).unwrap();
        prop_assert_eq!(read.as_str(), "TR330006100519786457841326");
        prop_assert_eq!(Iban::from_input(&read.grouped()), Ok(read));
    }

    /// Each way to write an amount is read as this amount.
    #[test]
    fn amounts(kurus in -99_999_999_999_999_999_i64..=99_999_999_999_999_999, places in 2_usize..5) {
        let whole = (kurus.abs() / 100).to_string();
        let decimals = format!("{:02}{:0<2$}", kurus.abs() % 100, "", places - 2);
        let sign = if kurus < 0 { "-" } else { "" };
        let grouped = |mark: &str| {
            let groups: Vec<_> = whole.as_bytes().rchunks(3).rev().collect();
            let groups: Vec<_> = groups.iter().map(|group| str::from_utf8(group).unwrap()).collect();
            groups.join(mark)
        };
        let is_ambiguous = decimals.len() == 3 && whole.len() <= 3 && whole != "0";
        for (whole, mark) in [
            (whole.clone(), ","),
            (whole.clone(), "."),
            (grouped("."), ","),
            (grouped(","), "."),
        ] {
            let text = format!("{sign}{whole}{mark}{decimals}");
            let read = kurus_from_input(&text);
            prop_assert_eq!(&read, &NumberForm::Mixed.kurus(&text));
            if is_ambiguous {
                prop_assert_eq!(read.unwrap_err().code(), "amount.ambiguous");
            } else {
                prop_assert_eq!(read, Ok(kurus), "{}", text);
            }
        }
        let blanks = format!("{sign}{},{decimals} ₺", grouped("\u{a0}"));
        prop_assert!(is_ambiguous || kurus_from_input(&blanks) == Ok(kurus));
    }

    #[test]
    fn addresses(bytes in any::<[u8; 4]>(), segments in any::<[u16; 8]>()) {
        let v4 = std::net::Ipv4Addr::from(bytes);
        let mapped = ClientAddress::from_input(&v4.to_ipv6_mapped().to_string()).unwrap();
        prop_assert_eq!(mapped.to_text(), v4.to_string());
        prop_assert_eq!(mapped.is_public(), ClientAddress::from(std::net::IpAddr::V4(v4)).is_public());
        let v6 = ClientAddress::from(std::net::IpAddr::V6(segments.into()));
        prop_assert_eq!(ClientAddress::new(&v6.to_text()), Ok(v6));
        prop_assert_eq!(ClientAddress::from_input(&v6.to_text()), Ok(v6));
    }
}

/// The standard library and the registries agree on what both know.
#[test]
fn special_addresses_are_those_of_the_standard_library() {
    use kervan_turkiye::client_address::Reach;
    for first in 0..=255_u8 {
        for second in 0..=255_u8 {
            for (third, fourth) in [(0, 0), (0, 1), (2, 9), (100, 3), (113, 7), (255, 255)] {
                let address = std::net::Ipv4Addr::new(first, second, third, fourth);
                let reach = ClientAddress::from(std::net::IpAddr::V4(address)).reach();
                assert_eq!(reach == Reach::Private, address.is_private(), "{address}");
                assert_eq!(reach == Reach::Loopback, address.is_loopback(), "{address}");
                assert_eq!(
                    reach == Reach::LinkLocal,
                    address.is_link_local(),
                    "{address}"
                );
                assert_eq!(
                    reach == Reach::Multicast,
                    address.is_multicast(),
                    "{address}"
                );
                assert_eq!(
                    reach == Reach::Broadcast,
                    address.is_broadcast(),
                    "{address}"
                );
                assert_eq!(
                    reach == Reach::Documentation,
                    address.is_documentation(),
                    "{address}"
                );
            }
        }
    }
}

#[cfg(feature = "line")]
mod lines_of_text {
    use kervan_turkiye::line::{Line, composed};

    use super::*;

    proptest! {
        #[test]
        fn reading_twice_changes_nothing(
            text in "[a-zA-ZıİçÇ \u{301}-\u{308}\u{327}\u{345}\r\n\t\u{a0}\u{200b}\u{2028}]{0,24}|\\PC{0,60}",
        ) {
            if let Ok(line) = Line::from_input(&text) {
                let again = Line::from_input(line.as_str()).unwrap();
                prop_assert_eq!(again.as_str(), line.as_str());
                prop_assert_eq!(again.notes(), []);
                prop_assert_eq!(Line::new(line.as_str()), Ok(again));
                prop_assert!(!line.as_str().chars().any(char::is_control));
            }
        }

        #[test]
        fn composed_text_is_composed(text in "[iıoOIİ\u{300}-\u{310}\u{323}-\u{328}\u{345}]{0,16}|\\PC{0,40}") {
            if let Some(once) = composed(&text) {
                prop_assert_eq!(composed(&once), None);
            }
        }

        #[test]
        fn plain_text_is_not_touched(text in "[A-Za-zçÇğĞıİöÖşŞüÜâÂîÎûÛ0-9.,:/&'-]{0,40}") {
            let line = Line::from_input(&text).unwrap();
            prop_assert_eq!(line.as_str(), &text);
            prop_assert_eq!(line.notes(), []);
        }
    }
}

#[cfg(feature = "time")]
mod days {
    use chrono::NaiveDate;
    use kervan_turkiye::birth_date::BirthDate;
    use kervan_turkiye::day::day_from_input;

    use super::*;

    proptest! {
        #[test]
        fn every_form_is_the_day(
            days in 366_i64..3_652_000,
            form in prop::sample::select(vec![
                "%d.%m.%Y", "%-d.%-m.%Y", "%d/%m/%Y", "%-d-%-m-%Y", "%Y-%m-%d", "%Y.%m.%d",
                "%d.%m.%Y 00:00:00", "%Y-%m-%dT23:59:59.9999999+03:00", "%Y-%m-%d 10:30",
            ]),
        ) {
            let day = NaiveDate::from_ymd_opt(1, 1, 1).unwrap() + chrono::Duration::days(days);
            prop_assert_eq!(day_from_input(&day.format(form).to_string()), Ok(day));
        }

        #[test]
        fn birth_dates_round_trip(days in 0_i64..45_000) {
            let day = NaiveDate::from_ymd_opt(1901, 1, 1).unwrap() + chrono::Duration::days(days);
            let today = day.succ_opt().unwrap();
            let born = BirthDate::new(day, today).unwrap();
            prop_assert_eq!(BirthDate::from_input(&born.dotted(), today), Ok(born));
            prop_assert_eq!(BirthDate::from_input(&born.iso(), today), Ok(born));
            prop_assert!(BirthDate::new(day, day).is_err());
        }
    }
}
