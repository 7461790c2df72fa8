//! Every write of the reference page has stories.

use std::collections::BTreeSet;

use stories::writes;

/// The page that is generated from the registry of calls.
const PAGE: &str = include_str!("../../../../docs/reference/writes.md");

/// Forms that the customer's browser posts. The client passes on any page that comes back.
const WITHOUT_STORIES: [&str; 3] = [
    "haso GetLimit",
    "haso Transaction",
    "haso TransactionMobile",
];

/// Returns the writes of the page, as `haso UpdateTransaction`.
fn on_page() -> BTreeSet<String> {
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| {
        let (package, rest) = row.split_once("` | `")?;
        let (provider, _) = package.split_once('-')?;
        let (write, _) = rest.split_once('`')?;
        Some(format!("{provider} {write}"))
    })
    .collect()
}

#[test]
fn every_write_has_stories_apart_from_three_forms() {
    let told: BTreeSet<_> = writes::all()
        .iter()
        .map(|write| {
            // A variant stands behind the name, as `(part)`.
            let words: Vec<_> = write.name.split(' ').take(2).collect();
            words.join(" ")
        })
        .collect();
    let on_page = on_page();
    assert!(
        on_page.len() >= 40,
        "the page has the form that is read here"
    );
    let without: Vec<_> = on_page.difference(&told).map(String::as_str).collect();
    assert_eq!(without, WITHOUT_STORIES);
    let unknown: Vec<_> = told.difference(&on_page).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Writes whose read-back does not name their object, with the reason.
const NAMELESS: [(&str, &str); 3] = [
    (
        "aras CancelDispatch",
        "the empty answer after it names nobody",
    ),
    ("param KS_Kart_Ekle", "no column of the list has the owner"),
    ("param KS_Kart_Sil", "no column of the list has the owner"),
];

#[test]
fn every_read_back_that_names_its_object_is_also_asked_about_a_neighbour() {
    let writes = writes::all();
    for write in writes.iter().filter(|write| write.names_object) {
        assert!((write.has_neighbours)(), "{}", write.name);
    }
    let nameless: Vec<_> = writes
        .iter()
        .filter(|write| (write.has_read_back)() && !write.names_object)
        .map(|write| write.name)
        .collect();
    assert_eq!(nameless, NAMELESS.map(|(name, _)| name));
}
