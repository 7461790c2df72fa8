//! Sellers: adding, changing, removing.

use super::*;

#[tokio::test]
async fn a_seller_is_found_in_the_list_with_its_key() {
    let spaced = "TR33 0006 1005 1978 6457 8413 26";
    let spelled: Columns<'_> = &[("GUID", SELLER), ("TC_VN", NUMBER), ("IBAN_No", spaced)];
    let before = sellers("1", &[OTHER]);
    // The total does not matter when the seller is there.
    for (total, row) in [("2", SAME), ("900", SAME), ("", spelled)] {
        let now = sellers(total, &[OTHER, row]);
        let found = settled_after(Duration::ZERO, &[&before, &now], &new_seller()).await;
        let Settled::Done(Some(added)) = found else {
            panic!("the key is needed: {found:?}")
        };
        assert_eq!(added.id.as_str(), SELLER);
    }
    // A list before it that was not whole proves nothing afterwards.
    for total in ["900", ""] {
        let before = sellers(total, &[OTHER]);
        let now = sellers("2", &[OTHER, SAME]);
        assert_eq!(
            settled_late(&[&before, &now], &new_seller()).await,
            "unclear"
        );
    }
}

#[tokio::test]
async fn a_seller_that_the_list_does_not_settle_stays_open() {
    let hidden: Columns<'_> = &[
        ("GUID", SELLER),
        ("TC_VN", "100*****146"),
        ("IBAN_No", IBAN),
    ];
    let no_number: Columns<'_> = &[("GUID", SELLER), ("IBAN_No", IBAN)];
    let no_account: Columns<'_> = &[("GUID", SELLER), ("TC_VN", NUMBER)];
    let other_account: Columns<'_> = &[
        ("GUID", SELLER),
        ("TC_VN", NUMBER),
        ("IBAN_No", "TR330006100519786457841327"),
    ];
    let second: Columns<'_> = &[("GUID", "s2"), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];
    let before = sellers("0", &[]);
    for (total, rows) in [
        ("2", &[SAME, second][..]),
        ("2", &[OTHER]),
        ("", &[OTHER]),
        ("1", &[]),
        ("1", &[hidden]),
        ("2", &[SAME, hidden]),
        ("1", &[no_number]),
        ("1", &[no_account]),
        ("1", &[other_account]),
        ("2", &[SAME, other_account]),
    ] {
        let found = [&*before, &*sellers(total, rows)];
        assert_eq!(
            settled_late(&found, &new_seller()).await,
            "unclear",
            "{rows:?}"
        );
    }
}

#[tokio::test]
async fn a_change_is_settled_only_by_a_row_that_shows_it() {
    let equal: Columns<'_> = &[
        ("GUID", "7F2B9C1E-0000-4000-8000-0000000000A1"),
        ("Ad_Soyad", "SENTINEL Örnek"),
        ("GSM_No", "5000000001"),
        ("Il", "01"),
        ("Ilce", "1104"),
        ("Vergi_Daire", "SENTINEL Office"),
    ];
    // W2: it shows the wanted state, which may have stood before.
    let now = sellers("", &[OTHER, equal]);
    assert_eq!(settled(&[&now], &changed_seller()).await, "in state");
    assert_eq!(settled(&[&now], &changed_seller_v2()).await, "in state");
    // Each column in turn shows something else, or nothing.
    for at in 0..equal.len() {
        let mut differs = equal.to_vec();
        differs[at].1 = "9";
        let mut lacks = equal.to_vec();
        lacks.remove(at);
        for row in [differs, lacks] {
            let now = sellers("1", &[&row]);
            assert_eq!(
                settled_late(&[&now], &changed_seller()).await,
                "unclear",
                "{row:?}"
            );
        }
    }
    // What no column shows, and the seller twice.
    let mailed = changed_seller().email("a@example.com");
    for (change, rows) in [(mailed, &[equal][..]), (changed_seller(), &[equal, equal])] {
        assert_eq!(
            settled_late(&[&sellers("1", rows)], &change).await,
            "unclear"
        );
    }
    let mut numbered = changed_seller_v2();
    numbered.external = new_seller_v2().external;
    assert_eq!(
        settled_late(&[&sellers("1", &[equal])], &numbered).await,
        "unclear"
    );
}

#[tokio::test]
async fn a_removal_is_settled_by_the_list() {
    assert_eq!(
        settled(&[&sellers("1", &[OTHER])], &removal()).await,
        "in state"
    );
    let no_key: Columns<'_> = &[("TC_VN", NUMBER)];
    for (total, rows) in [("2", &[OTHER][..]), ("", &[]), ("2", &[OTHER, no_key])] {
        let now = sellers(total, rows);
        assert_eq!(
            settled_late(&[&now], &removal()).await,
            "unclear",
            "{rows:?}"
        );
    }
}

#[tokio::test]
async fn a_list_that_fails_leaves_the_question_open() {
    let no = body(LIST, "<Sonuc>-101</Sonuc>");
    let before = sellers("0", &[]);
    assert_eq!(settled_late(&[&before, &no], &new_seller()).await, "failed");
    assert_eq!(settled_late(&[&no], &removal()).await, "failed");
    assert_eq!(settled_late(&[&no], &changed_seller()).await, "failed");
}

#[tokio::test]
async fn w13_a_list_of_another_marketplace_proves_nothing() {
    const ELSEWHERE: &str = "99999999-0000-4000-8000-000000000009";
    let of = |marketplace, total: &str, rows: &[Columns<'_>]| {
        let rows: Vec<Vec<_>> = rows
            .iter()
            .map(|row| [&[("ETS_GUID", marketplace)], *row].concat())
            .collect();
        let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
        sellers(total, &rows)
    };
    let own = SECRETS[3];
    let before = sellers("0", &[]);
    let shouted = own.to_uppercase();
    for (marketplace, word) in [
        (own, "done"),
        (&*shouted, "done"),
        ("", "done"),
        (ELSEWHERE, "unclear"),
    ] {
        let found = [&*before, &*of(marketplace, "1", &[SAME])];
        assert_eq!(settled(&found, &new_seller()).await, word, "{marketplace}");
    }
    for (marketplace, word) in [(own, "not done"), (ELSEWHERE, "unclear")] {
        let found = [&*before, &*of(marketplace, "1", &[OTHER])];
        assert_eq!(settled_late(&found, &new_seller()).await, word);
        let before = [
            &*of(marketplace, "1", &[OTHER]),
            &*sellers("2", &[OTHER, SAME]),
        ];
        let word = if word == "unclear" { word } else { "done" };
        assert_eq!(settled_late(&before, &new_seller()).await, word);
    }
    for (marketplace, word) in [(own, "in state"), (ELSEWHERE, "unclear")] {
        let now = of(marketplace, "1", &[OTHER]);
        assert_eq!(settled_late(&[&now], &removal()).await, word);
    }
}
