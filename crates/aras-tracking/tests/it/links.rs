//! Links survive being built, read, broken over lines and mistreated.

use aras_tracking::{
    AccountId, AccountLink, CargoCode, CustomerReference, Link, LinkReport, Problem, Secret,
    ShareableLink, TrackingNumber, parse_link,
};
use proptest::prelude::*;

const GUIDE_LINK: &str = "http://kargotakip.araskargo.com.tr/mainpage.aspx?accountid=CBAD417894B73048BBC058C09771C\nDB8&sifre=nd1234&alici_kod=6140307";

fn account(text: &str) -> AccountLink {
    match parse_link(text) {
        Ok(Link::Account(link)) => link,
        other => panic!("no account link: {other:?}"),
    }
}

/// Returns texts as references and passwords hold them in practice, and any other text.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{1,40}",
        "[a-zA-Z0-9çğıöşüÇĞİÖŞÜ&%+=#?/ .-]{1,40}",
        "(%[0-9A-Fa-f]{2}|%u[0-9A-F]{4}|&amp;|\\+| ){1,10}",
        "\\PC{1,40}",
    ]
}

fn shareable() -> impl Strategy<Value = ShareableLink> {
    ("[0-9]{1,40}", 0..3).prop_map(|(digits, form)| match form {
        0 => ShareableLink::by_tracking_number(TrackingNumber::new(digits).unwrap()),
        1 => ShareableLink::by_cargo_code(CargoCode::new(digits).unwrap()),
        _ => ShareableLink::on_ebranch(TrackingNumber::new(digits).unwrap()),
    })
}

fn link_like() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![Just("http://"), Just("HTTPS://"), Just("//"), Just("")];
    let host = prop_oneof![
        Just("kargotakip.araskargo.com.tr"),
        Just("ebranch.araskargo.com.tr"),
        Just("www.araskargo.com.tr"),
        Just("social.araskargo.com.tr"),
        Just("example.com"),
    ];
    let page = prop_oneof![
        Just("/mainpage.aspx?"),
        Just("/yurticigonbil.aspx?"),
        Just("/track/"),
        Just("/CargoInfoV3.aspx?"),
        Just("/?"),
    ];
    let name = prop_oneof![
        Just("code="),
        Just("Cargo_Code="),
        Just("accountid="),
        Just("sifre="),
        Just("alici_kod="),
        Just("seri="),
        Just("fat_no="),
        Just("&"),
        Just(""),
    ];
    let query =
        proptest::collection::vec((name, ".{0,12}|[0-9%uF+&;]{0,12}"), 0..6).prop_map(|pairs| {
            pairs
                .into_iter()
                .flat_map(|(name, value)| [name.to_owned(), value, "&".to_owned()])
                .collect()
        });
    (scheme, host, page, query).prop_map(|(scheme, host, page, query): (_, _, _, String)| {
        format!("{scheme}{host}{page}{query}")
    })
}

#[test]
fn t11_a_link_in_a_sentence_is_read() {
    let host = "https://kargotakip.araskargo.com.tr";
    for link in [
        format!("{host}/mainpage.aspx?code=3513773163316"),
        format!("{host}/yurticigonbil.aspx?Cargo_Code=0805513773163332313"),
        format!("{host}/mainpage.aspx?accountid=CBAD417894B73048BBC058C09771CDB8&alici_kod=A(1)"),
        format!("{host}/CargoInfoV3.aspx?code=3513773163316"),
        // Two more: the newer page, and a waybill.
        "https://ebranch.araskargo.com.tr/track/3513773163316".to_owned(),
        format!("{host}/yurticigonbil.aspx?seri=AL&fat_no=268418"),
    ] {
        let plain = LinkReport::of(&link);
        let ok = serde_json::to_value(&plain).unwrap();
        assert!(plain.link().is_ok(), "{link}");
        for (before, behind) in [
            ("", "."),
            ("", ")"),
            ("<", ">"),
            // Three more: both at once, quotes of Turkish texts, and a messenger's mark.
            ("(<", ">)."),
            ("“", "”,"),
            ("\u{200e}«", "»\u{200b}!"),
        ] {
            let text = format!("{before}{link}{behind}");
            let report = LinkReport::of(&text);
            let codes: Vec<_> = report.warnings().iter().map(Problem::code).collect();
            assert!(codes.contains(&"link.sentence_marks"), "{text}");
            assert_eq!(codes.len(), plain.warnings().iter().count() + 1, "{text}");
            let read = serde_json::to_value(&report).unwrap();
            for member in ["kind", "canonical", "customer_reference", "identifier"] {
                assert_eq!(read["ok"][member], ok["ok"][member], "{text}");
            }
        }
    }
    // Two links, a link that is cut off, and a sentence are none.
    for text in [
        format!("<{host}/mainpage.aspx?code=1> <{host}/mainpage.aspx?code=2>"),
        format!("{host}/mainpage.aspx?code=35137…"),
        format!("Kargonuz: {host}/mainpage.aspx?code=3513773163316."),
    ] {
        assert!(parse_link(&text).is_err(), "{text}");
    }
}

#[test]
fn joins_the_account_link_as_the_guide_prints_it() {
    for text in [GUIDE_LINK.to_owned(), GUIDE_LINK.replace('\n', " \r\n\t ")] {
        let link = account(&text);
        assert_eq!(
            link.account_id().expose(),
            "CBAD417894B73048BBC058C09771CDB8"
        );
        let codes: Vec<_> = LinkReport::of(&text)
            .warnings()
            .iter()
            .map(Problem::code)
            .collect();
        assert_eq!(codes, ["link.plain_http", "link.line_break"]);
    }
}

#[test]
fn refuses_two_links_on_two_lines() {
    let text = format!("{GUIDE_LINK}\n{GUIDE_LINK}");
    assert_eq!(parse_link(&text).unwrap_err().kind(), "several_links");
}

proptest! {
    #[test]
    fn shareable_links_read_back(link in shareable()) {
        let url = link.to_string();
        prop_assert!(url.starts_with("https://"));
        prop_assert_eq!(url.parse::<ShareableLink>(), Ok(link.clone()));
        let http = format!("\u{a0}{}\r\n", url.replacen("https", "http", 1));
        prop_assert_eq!(http.parse::<ShareableLink>(), Ok(link.clone()));
        let json = serde_json::to_string(&link).unwrap();
        prop_assert_eq!(serde_json::from_str::<ShareableLink>(&json).unwrap(), link);
    }

    #[test]
    fn account_links_read_back(
        id in text(),
        password in proptest::option::of(text()),
        reference in text(),
    ) {
        let (Ok(id), Ok(reference)) = (AccountId::new(id), CustomerReference::new(reference)) else {
            return Ok(());
        };
        let mut link = AccountLink::new(id, reference);
        if let Some(password) = password {
            link = link.password(Secret::new(password));
        }
        let url = link.expose_url();
        prop_assert!(url.is_ascii());
        let again = account(&url);
        prop_assert_eq!(again.account_id().expose(), link.account_id().expose());
        prop_assert_eq!(
            again.link_password().map(Secret::expose),
            link.link_password().map(Secret::expose)
        );
        prop_assert_eq!(again.customer_reference(), link.customer_reference());
        prop_assert_eq!(again.expose_url(), url.clone());
        // Nothing unusual about the link itself: what is built needs no leniency.
        prop_assert!(LinkReport::of(&url).warnings().iter().all(|w| w.path() != "link"));
    }

    #[test]
    fn t11_marks_around_a_link_change_nothing(
        link in shareable(),
        before in "[<(\\[{\"'“„‘« \n\u{200b}]{0,4}",
        behind in "[>)\\]}\"'”’».,;:!? \n\u{200b}]{0,4}",
    ) {
        prop_assert_eq!(format!("{before}{link}{behind}").parse(), Ok(link));
    }

    #[test]
    fn a_line_break_anywhere_changes_nothing(at in 0..GUIDE_LINK.len()) {
        let mut text = GUIDE_LINK.to_owned();
        text.insert_str(at, " \n ");
        prop_assert_eq!(account(&text).expose_url(), account(GUIDE_LINK).expose_url());
    }

    #[test]
    fn identifiers_read_back(text in text()) {
        for read in [
            TrackingNumber::new(&text).map(|id| id.to_string() == TrackingNumber::new(id.as_str()).unwrap().to_string()),
            CargoCode::new(&text).map(|id| CargoCode::new(id.as_str()).unwrap() == id),
            CustomerReference::new(&text).map(|id| CustomerReference::new(id.as_str()).unwrap() == id),
            AccountId::new(text.as_str()).map(|id| AccountId::new(id.expose()).unwrap().expose() == id.expose()),
        ] {
            prop_assert!(read.unwrap_or(true));
        }
    }

    #[test]
    fn no_text_panics_and_only_aras_hosts_are_read(text in prop_oneof![".{0,200}", link_like()]) {
        let report = LinkReport::of(&text);
        if report.link().is_ok() {
            prop_assert!(text.to_ascii_lowercase().contains("araskargo.com.tr"));
            prop_assert!(!text.contains("example.com/"));
        }
        let _ = serde_json::to_string(&report).unwrap();
        let _ = format!("{report:?}");
    }
}
