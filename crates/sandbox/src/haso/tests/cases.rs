//! The cases of the fixtures, played at a world that knows their numbers.

use chrono::NaiveDate;

use super::*;
use crate::values::replay;

/// Cases that a client sends under settings of its own.
const OTHER_SETTINGS: [&str; 1] = ["UpdateTransaction/success-unsigned-method"];

/// Cases whose answer has another shape on purpose, with the reason.
const OTHER_SHAPES: &[(&str, &str)] = &[
    ("CheckRefund/success-any-content", "members of another name"),
    ("GetCustomerInformation/success-as-text", "JSON in a text"),
    (
        "GetCustomerInformation/success-null-data",
        "the customer is unknown",
    ),
    (
        "GetCustomerInformation/success-unknown",
        "the customer is unknown",
    ),
    ("GetCustomerPayments/success", "an empty list"),
    (
        "GetCustomerTransactions/success",
        "one row; the world's second page is empty",
    ),
    ("GetErrorCodes/success", "two names for a code"),
    (
        "GetErrorCodes/success-dictionary",
        "another form of the list",
    ),
    (
        "GetLimit-json/success-data-as-pairs",
        "pairs instead of members",
    ),
    ("GetLimit-json/success-data-as-text", "JSON in a text"),
    (
        "GetLimit-json/success-net-date",
        "another spelling and date",
    ),
    (
        "GetLimit-json/success-new-member",
        "a member nobody described",
    ),
    ("GetLimit/success-page", "a page instead of a redirect"),
    (
        "GetPaymentsOfTransaction/success-plan-in-data",
        "the plan in `Data` itself",
    ),
    (
        "GetPaymentsOfTransaction/success-still-waiting",
        "a plan before the activation",
    ),
    ("GetToken/success-beside", "the token beside `Data`"),
    ("GetToken/success-capital", "another spelling"),
    ("GetToken/success-data-itself", "the token is `Data`"),
    (
        "HasoAuthSendInfo/success-has-limit",
        "the customer's number as a number",
    ),
    (
        "LoadCustomerBalance/success-drift",
        "a member nobody described",
    ),
    ("RefundTransaction/success-whole", "no `Data`"),
    (
        "SendKkbPinCode/success",
        "the limit as a text, without the customer's number",
    ),
    (
        "SetPaidPayment/success",
        "invented members of `paymentfunds`",
    ),
    ("Transaction/success-known-customer", "status 303"),
    ("Transaction/success-page", "a page instead of a redirect"),
    (
        "TransactionMobile/success-page",
        "a page instead of a redirect",
    ),
    ("UpdateTransaction/success-data", "`Data` with a status"),
];

/// Returns a world with the numbers of the cases.
fn known(case: &str) -> Story {
    let mut story = Story::new();
    let installment = |number: u32| Installment {
        number,
        code: format!("PAY-{number}"),
        amount: lira(26_525),
        fee: lira(1_525),
        due: NaiveDate::from_ymd_opt(2026, 12, 22).unwrap(),
        is_paid: false,
        is_cancelled: false,
    };
    let is_waiting = case.starts_with("UpdateTransaction");
    let transaction = Transaction {
        code: "TRX-1".to_owned(),
        order: "1905231436-1".to_owned(),
        customer: "5004".to_owned(),
        amount: lira(50_000),
        status: if is_waiting {
            Status::Waiting
        } else {
            Status::Active
        },
        installments: vec![installment(1), installment(2)],
        expenses: Decimal::ZERO,
        made_at: NOON,
    };
    if !case.starts_with("Transaction") {
        story
            .world
            .transactions
            .insert("TRX-1".to_owned(), transaction);
    }
    for token in ["TOKEN-1", "TOKEN-2", "TOKEN-3"] {
        story.world.tokens.insert(token.to_owned(), NOON);
    }
    let qr = Qr {
        customer: "5004".to_owned(),
        shown_at: NOON,
    };
    story.world.qr.insert("QRHASH==".to_owned(), qr);
    if case.starts_with("CheckRefund") {
        let refund = Refund {
            id: "REF-1".to_owned(),
            order: "1905231436-1".to_owned(),
            amount: lira(1),
            at: NOON,
        };
        story.world.refunds.insert("REF-1".to_owned(), refund);
    }
    let request = BureauRequest {
        customer: "5004".to_owned(),
        pin: "1234".to_owned(),
        is_test: true,
        is_confirmed: true,
        reads_left: 1,
    };
    story.world.bureau.insert("KKB-1".to_owned(), request);
    if case == "HasoAuthSendInfo/success" {
        story.world.customers.get_mut("5004").unwrap().limit = None;
    }
    story
}

#[test]
fn every_case_is_answered_in_its_own_shape() {
    let mut differences = Vec::new();
    for case in replay::successes("haso-bnpl", &[]) {
        let name = case.name.as_str();
        let (answer, _) = known(name).send(&case.request);
        let body = text(&answer);
        if OTHER_SETTINGS.contains(&name) {
            assert_eq!(answer.status, 404, "{name}");
            continue;
        }
        assert!(
            !body.starts_with("sandbox:"),
            "{name}: {body}; each call is simulated, in `crates/sandbox/src/haso`"
        );
        assert!(!body.contains("\"Success\":false"), "{name}: {body}");
        let (ours, theirs) = (replay::shape(&answer), replay::shape(&case.answer));
        let is_other = OTHER_SHAPES.iter().any(|(other, _)| *other == name);
        if (ours == theirs) == is_other {
            differences.push((case.name, ours, theirs));
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}
