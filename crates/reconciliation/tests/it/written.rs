//! The file and the page: every text of somebody else shows as text.

use kervan_core::Language;
use kervan_reconciliation::csv::write;
use kervan_reconciliation::page::{STYLE, content_policy, page};
use kervan_reconciliation::{Difference, Kind, Reconciliation, Row, Unread};

use crate::{day, ours, row, theirs};

const HOSTILE: &str = "=HYPERLINK(\"https://evil.example\");<script>alert(1)</script>";

fn differences() -> impl Iterator<Item = Difference> {
    let mut all = Reconciliation::of(day());
    all.ours(ours("KV-1", 1_234, 720));
    all.rows([
        row(theirs(HOSTILE, 5, 720)),
        Row::Unread(Unread {
            kind: Kind::Payment,
            subject: "KV-2".to_owned(),
            column: "Tutar",
            text: HOSTILE.to_owned(),
        }),
    ]);
    all.differences()
}

#[test]
fn a_file_is_read_back_by_a_spreadsheet_and_runs_nothing() {
    for (language, separator, amount) in [
        (Language::English, b',', "1234.00"),
        (Language::Turkish, b';', "1234,00"),
    ] {
        let mut file = Vec::new();
        let count = write(&mut file, differences(), language).unwrap();
        assert_eq!(count, 3);
        let text = String::from_utf8(file).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 3);
        for row in &rows {
            for cell in row {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            }
        }
        let missing = rows.iter().find(|row| &row[1] == "KV-1").unwrap();
        assert_eq!((&missing[4], &missing[6]), (amount, ""));
        assert!(rows.iter().any(|row| row[1].ends_with(HOSTILE)));
        assert!(rows.iter().any(|row| row[8].ends_with(HOSTILE)));
    }
}

#[test]
fn a_page_shows_every_text_as_text() {
    for (language, words) in [
        (Language::English, "missing there"),
        (Language::Turkish, "orada yok"),
    ] {
        let html = page(day().day(), differences(), language);
        let read = scraper::Html::parse_document(&html);
        let select = |what: &str| scraper::Selector::parse(what).unwrap();
        assert_eq!(read.select(&select("script, a, img, [onclick]")).count(), 0);
        assert_eq!(read.select(&select("tbody tr")).count(), 3);
        let text: String = read.root_element().text().collect();
        assert_eq!(text.matches(HOSTILE).count(), 2);
        assert!(text.contains(words));
    }
    let nothing = page(day().day(), [], Language::English);
    assert!(nothing.contains("Both sides agree."));
    assert!(!nothing.contains("<table"));
}

#[test]
fn the_policy_allows_the_page_its_style_only() {
    assert!(STYLE.contains("prefers-color-scheme"));
    let policy = content_policy();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    assert!(!policy.contains("unsafe"));
}
