//! Differences as a page for the person at the desk.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use kervan_core::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::csv::sum;
use crate::difference::{Difference, What};

/// The style. It follows the reader's light or dark colours, and turns rows into cards on a phone.
pub const STYLE: &str = include_str!("page.css");

/// Returns the policy to send with the page as `Content-Security-Policy`: nothing but its own style, by its hash.
pub fn content_policy() -> String {
    let style = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'; base-uri 'none'"
    )
}

/// Returns a whole page of differences, without script. Every text is escaped.
pub fn page(
    day: NaiveDate,
    differences: impl IntoIterator<Item = Difference>,
    language: Language,
) -> String {
    let is_turkish = language == Language::Turkish;
    let pick =
        |english: &'static str, turkish: &'static str| if is_turkish { turkish } else { english };
    let title = format!(
        "{} {}",
        pick("Differences of", "Farklar:"),
        day.format("%d.%m.%Y")
    );
    let [here, there] = sides(language);
    let mut count = 0;
    let rows: Vec<Markup> = differences
        .into_iter()
        .inspect(|_| count += 1)
        .map(|difference| row(&difference, language))
        .collect();
    let markup = html! {
        (DOCTYPE)
        html lang=(pick("en", "tr")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    @if count == 0 {
                        p { (pick("Both sides agree.", "İki taraf aynı.")) }
                    } @else {
                        p { (count) " " (pick("differences", "fark")) }
                        table {
                            thead { tr {
                                th scope="col" { (pick("Number", "Numara")) }
                                th scope="col" { (pick("Difference", "Fark")) }
                                th scope="col" { (here) }
                                th scope="col" { (there) }
                                th scope="col" { (pick("What to do", "Yapılacak")) }
                            } }
                            tbody { @for row in &rows { (row) } }
                        }
                    }
                }
            }
        }
    };
    markup.into_string()
}

/// Returns the names of the two sides. On a phone each amount has its own.
fn sides(language: Language) -> [&'static str; 2] {
    match language {
        Language::Turkish => ["Burada", "Orada"],
        _ => ["Here", "There"],
    }
}

fn row(difference: &Difference, language: Language) -> Markup {
    let what = &difference.what;
    let [here, there] = sides(language);
    let side = |side| {
        let amount = sum(side, language);
        html! { (side.count) @if !amount.is_empty() { " · " (amount) " TL" } }
    };
    html! {
        tr class=(what.name()) {
            th scope="row" { (difference.subject) small { (difference.kind.text(language)) } }
            td {
                strong { (what.text(language)) }
                @if let What::Unreadable { column, text } = what {
                    small { code { (column) } ": " q { (text) } }
                }
            }
            td.side { span { (here) ": " } (side(difference.ours)) }
            td.side { span { (there) ": " } (side(difference.theirs)) }
            td { (what.advice(language)) }
        }
    }
}
