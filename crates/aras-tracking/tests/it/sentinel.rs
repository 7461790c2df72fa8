//! Planted credentials never show: not in `Debug`, errors, warnings or reports.

use std::error::Error;
use std::fmt::Write;

use aras_tracking::{
    AccountId, AccountLink, CustomerReference, IdError, Language, Link, LinkReport, Problems,
    Secret, TrackingNumber, parse_link,
};
use proptest::prelude::*;

const ACCOUNT: &str = "5EC2E7ACC5EC2E7ACC5EC2E7ACC5EC2E";
const PASSWORD: &str = "s3ntinel-pass";

/// Returns everything that the crate says about a text, in one string.
fn said_about(text: &str) -> String {
    let report = LinkReport::of(text);
    let mut said = format!("{report:?}{report:#?}");
    said.push_str(&serde_json::to_string(&report).unwrap());
    add_problems(&mut said, report.warnings());
    match parse_link(text) {
        Ok(link) => {
            write!(said, "{link:?}{link:#?}").unwrap();
            add_problems(&mut said, &link.warnings());
            if let Some(link) = link.to_shareable() {
                write!(said, "{link}{link:?}").unwrap();
            }
            if let Link::Account(link) = &link {
                let (id, reference) = (link.account_id(), link.customer_reference());
                write!(said, "{id:?}{reference:?}{:?}", link.link_password()).unwrap();
                let shared = link.shareable(TrackingNumber::new("3513773163316").unwrap());
                write!(said, "{shared}{shared:?}").unwrap();
            }
        }
        Err(error) => add_error(&mut said, &error),
    }
    said
}

fn add_error(said: &mut String, error: &dyn Error) {
    write!(said, "{error}{error:?}").unwrap();
    let mut source = error.source();
    while let Some(error) = source {
        write!(said, "{error}{error:?}").unwrap();
        source = error.source();
    }
}

fn add_problems(said: &mut String, problems: &Problems) {
    said.push_str(&problems.text(Language::English));
    said.push_str(&problems.text(Language::Turkish));
    write!(
        said,
        "{problems:?}{}",
        serde_json::to_string(problems).unwrap()
    )
    .unwrap();
}

/// Looks for a credential, or for a piece of it that would be worth something.
fn assert_hidden(said: &str, text: &str) {
    for secret in [ACCOUNT, PASSWORD, "5EC2E7ACC", "s3ntinel", "pass"] {
        // The crate's own word for the password.
        let said = said.replace("password", "").replace("PASSWORD", "");
        assert!(
            !said
                .to_ascii_lowercase()
                .contains(&secret.to_ascii_lowercase()),
            "`{secret}` shows for {text}:\n{said}"
        );
    }
}

fn account_url() -> String {
    format!(
        "https://kargotakip.araskargo.com.tr/mainpage.aspx?accountid={ACCOUNT}&sifre={PASSWORD}&alici_kod=6140307"
    )
}

#[test]
fn whole_links_hide_their_credentials() {
    let url = account_url();
    for text in [
        url.clone(),
        url.replace("https", "http"),
        url.replace('&', "&amp;"),
        url.replace("s3ntinel-", "s3ntinel&"),
        url.replace("s3ntinel-", "s3ntinel#"),
        url.replace("s3ntinel-", "s3ntinel%80"),
        url.replace("s3ntinel-", "s3ntinel\0"),
        url.replace("s3ntinel-", "s3ntinel\n"),
        url.replace("sifre", "SIFRE"),
        url.replace(ACCOUNT, &format!("{ACCOUNT}0")),
    ] {
        assert_hidden(&said_about(&text), &text);
    }
}

#[test]
fn broken_links_hide_their_credentials() {
    let host = "https://kargotakip.araskargo.com.tr";
    for text in [
        format!("{host}/mainpage.aspx?accountid={ACCOUNT}&sifre={PASSWORD}"),
        format!(
            "{host}/mainpage.aspx?accountid={ACCOUNT}&sifre={PASSWORD}&alici_kod=1&alici_kod=2"
        ),
        format!("{host}/mainpage.aspx?sifre={PASSWORD}&sifre={PASSWORD}"),
        format!("{host}/mainpage.aspx?sifre={PASSWORD}&alici_kod=1"),
        format!("{host}/mainpage.aspx?alici_kod=1&sifre={PASSWORD}&accountid="),
        format!("{host}/mainpage.aspx?alici_kod=1?accountid={ACCOUNT}&sifre={PASSWORD}"),
        format!("{host}/mainpage.aspx?accountid={ACCOUNT}&alici_kod=1?sifre={PASSWORD}"),
        format!("{host}/mainpage.aspx?accountid={ACCOUNT}&alici_kod=1;sifre={PASSWORD}"),
        format!("{host}/mainpage.aspx?accountid={ACCOUNT}&alici_kod=1%26sifre%3D{PASSWORD}"),
        format!("{host}/mainpage.aspx?accountid={ACCOUNT}&alici_kod=1%2526sifre%253D{PASSWORD}"),
        format!("{host}/mainpage.aspx?code={ACCOUNT}"),
        format!("{host}/mainpage.aspx?code=3513773163316&{PASSWORD}"),
        format!("{host}/mainpage.aspx?code=3513773163316&{PASSWORD}={ACCOUNT}"),
        format!("{host}/mainpage.aspx?code=3513773163316&sifre={PASSWORD}"),
        format!("{host}/yurticigonbil.aspx?Cargo_Code=0805513773163332313&sifre={PASSWORD}"),
        format!("{host}/yurticigonbil.aspx?seri={PASSWORD}&fat_no=1"),
        format!("{host}/{ACCOUNT}/{PASSWORD}"),
        format!("https://{PASSWORD}@kargotakip.araskargo.com.tr/mainpage.aspx?code={ACCOUNT}"),
        format!("https://{PASSWORD}.araskargo.com.tr/mainpage.aspx?code={ACCOUNT}"),
        format!("https://{PASSWORD}.example.com/?accountid={ACCOUNT}"),
        format!("https://ebranch.araskargo.com.tr/track/{ACCOUNT}"),
        format!("https://ebranch.araskargo.com.tr/track/3513773163316?accountid={ACCOUNT}"),
        format!("accountid={ACCOUNT}&sifre={PASSWORD}"),
        format!("{}\n{}", account_url(), account_url()),
    ] {
        assert_hidden(&said_about(&text), &text);
    }
}

#[test]
fn built_links_and_their_parts_hide_their_credentials() {
    let id = AccountId::new(format!("{ACCOUNT}0")).unwrap();
    let link = AccountLink::new(id.clone(), CustomerReference::new("6140307").unwrap())
        .password(Secret::new(PASSWORD));
    let mut said = format!("{id:?}{link:?}{link:#?}{:?}", link.link_password());
    add_problems(&mut said, &link.warnings());
    add_problems(&mut said, &id.warnings());
    assert_hidden(&said, "a built link");
    // The test itself must be able to find them.
    assert!(link.expose_url().contains(ACCOUNT) && link.expose_url().contains(PASSWORD));
}

#[test]
fn identifier_errors_hide_what_they_refuse() {
    let url = account_url();
    let errors: [IdError; 4] = [
        TrackingNumber::new(ACCOUNT).unwrap_err(),
        CustomerReference::new(&url).unwrap_err(),
        CustomerReference::new(format!("{PASSWORD}\0")).unwrap_err(),
        AccountId::new(format!("{ACCOUNT}\0")).unwrap_err(),
    ];
    for error in errors {
        let mut said = String::new();
        add_error(&mut said, &error);
        assert_hidden(&said, "an identifier");
    }
    let error = serde_json::from_value::<CustomerReference>(url.into()).unwrap_err();
    assert_hidden(&error.to_string(), "a reference in JSON");
    let error = serde_json::from_value::<AccountId>(format!("{ACCOUNT}\0").into()).unwrap_err();
    assert_hidden(&error.to_string(), "an account id in JSON");
}

proptest! {
    /// One character lost, added or changed anywhere, as careless copying does.
    #[test]
    fn damaged_links_hide_their_credentials(
        reference_first in any::<bool>(),
        at in any::<prop::sample::Index>(),
        damage in prop_oneof![Just(String::new()), "[&?=#%;+/ \n\0a-f]".prop_map(String::from)],
        keep in any::<bool>(),
    ) {
        let query = if reference_first {
            format!("alici_kod=6140307&sifre={PASSWORD}&accountid={ACCOUNT}")
        } else {
            format!("accountid={ACCOUNT}&sifre={PASSWORD}&alici_kod=6140307")
        };
        let mut text = format!("https://kargotakip.araskargo.com.tr/mainpage.aspx?{query}");
        let at = at.index(text.len());
        let end = if keep { at } else { at + 1 };
        text.replace_range(at..end, &damage);
        assert_hidden(&said_about(&text), &text);
    }
}
