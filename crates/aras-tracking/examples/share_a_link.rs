//! Turns any tracking link into the one that may go to a customer.
//!
//! `cargo run -p aras-tracking --example share_a_link -- "<link>"`

use aras_tracking::{Language, Link, LinkReport};

const SAMPLE: &str = "http://kargotakip.araskargo.com.tr/mainpage.aspx?code=%203513773163316";

#[expect(clippy::print_stdout, reason = "an example talks to its user")]
fn main() {
    let text = std::env::args().nth(1).unwrap_or_else(|| SAMPLE.to_owned());
    let report = LinkReport::of(&text);
    for warning in report.warnings() {
        println!("warning: {}", warning.text(Language::English));
    }
    match report.link() {
        Ok(Link::Account(link)) => println!(
            "keep this link to yourself; order {} needs its tracking number",
            link.customer_reference()
        ),
        Ok(link) => match link.to_shareable() {
            Some(link) => println!("share: {link}"),
            None => println!("recognised, but there is no link to share"),
        },
        Err(error) => println!("no tracking link: {error}"),
    }
}
