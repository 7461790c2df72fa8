//! Turns any tracking link into the one that may go to a customer.
//!
//! `cargo run -p aras-tracking --example share_a_link -- "<link>"`

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to its user"
)]

use std::process::ExitCode;

use aras_tracking::{Language, Link, LinkReport};

const USAGE: &str = "\
usage: share_a_link [LINK]

Prints the link that may go to a customer. Without a link it shows what becomes of a sample.

exit status: 0 a link to share; 1 none can be made of it; 2 wrong use";

const SAMPLE: &str = "http://kargotakip.araskargo.com.tr/mainpage.aspx?code=%203513773163316";

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let text = match words.as_slice() {
        [] => SAMPLE,
        [help] if matches!(help.as_str(), "--help" | "-h") => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [link] if !link.starts_with('-') => link,
        _ => {
            eprintln!("share_a_link: one link is needed\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let report = LinkReport::of(text);
    for warning in report.warnings() {
        println!("warning: {}", warning.text(Language::English));
    }
    match report.link() {
        Ok(Link::Account(link)) => eprintln!(
            "share_a_link: keep this link to yourself; order {} needs its tracking number",
            link.customer_reference()
        ),
        Ok(link) => match link.to_shareable() {
            Some(link) => {
                println!("share: {link}");
                return ExitCode::SUCCESS;
            }
            None => eprintln!("share_a_link: recognised, but there is no link to share"),
        },
        Err(error) => eprintln!("share_a_link: no tracking link: {error}"),
    }
    ExitCode::FAILURE
}
