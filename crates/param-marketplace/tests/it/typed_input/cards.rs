//! Numbers of cards.

use super::*;

#[tokio::test]
async fn t6_grouped_card_numbers_are_sent_bare() {
    for typed in [
        "4546 7112 3456 7894",
        "4546\u{a0}7112\u{a0}3456\u{a0}7894",
        "4546-7112-3456-7894",
        " 4546711234567894\r\n",
    ] {
        let (payment, storing) = (numbered(typed), to_store(typed, "C-1"));
        assert_eq!(found(&payment), [], "{typed:?}");
        assert_eq!(found(&storing), [], "{typed:?}");
        assert!(payment.card.has_right_check_digit());
        assert_eq!(text(&sent(&payment).await, "KK_No"), "4546711234567894");
        assert_eq!(text(&sent(&storing).await, "KK_No"), "4546711234567894");
    }
    // The card of a test system that nobody issued.
    let wrong = numbered("4546 7112 3456 7895");
    assert_eq!(
        only(&wrong),
        problem("card_number.check_digit", "card.number", None)
    );
    assert_eq!(text(&sent(&wrong).await, "KK_No"), "4546711234567895");
}

#[test]
fn t6_wrong_card_numbers_are_problems_without_suggestions() {
    for (typed, code) in [
        ("454671******7894", "card_number.masked"),
        ("4546 7112", "card_number.length"),
        // More digits than Param has room for, though cards have them.
        ("4546711234567894001", "card_number.length"),
        ("4546 7112 3456 789O", "card_number.not_a_number"),
        ("4,54671E+15", "text.shortened_by_spreadsheet"),
        ("", "text.missing"),
    ] {
        let at = problem(code, "card.number", None);
        assert_eq!(only(&numbered(typed)), at, "{typed}");
        assert_eq!(only(&to_store(typed, "C-1")), at, "{typed}");
    }
}

#[tokio::test]
async fn t6_a_stored_card_typed_in_groups_is_found_in_the_list() {
    let list = |rows: &[&[(&str, &str)]]| {
        crate::support::body("KS_Kart_Liste", &crate::support::table(rows))
    };
    let row = [("KK_GUID", ORDER), ("KK_No", "454671******7894")];
    for typed in ["4546 7112 3456 7894", "4546-7112-3456-7894"] {
        let storing = to_store(typed, "C-1");
        let found = settled_late(&[&list(&[]), &list(&[&row])], &storing).await;
        assert_eq!(found, "done", "{typed}");
    }
}
