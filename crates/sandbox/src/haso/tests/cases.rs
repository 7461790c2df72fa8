//! The cases of the fixtures, played at a world that knows their numbers.

use chrono::NaiveDate;

use super::*;
use crate::values::replay;

/// Cases whose answer has another shape, with the reason.
const DIFFERENCES: &[(&str, &str)] = &[
    (
        "GetCustomerTransactions/success",
        "asks for the second page of two orders, where the world has none",
    ),
    ("GetErrorCodes/success", "one list has two names for a code"),
    (
        "GetErrorCodes/success-dictionary",
        "holds one code; the world lists all of them",
    ),
    (
        "GetLimit-json/success-new-member",
        "the end of the address is missing",
    ),
    (
        "GetPaymentsOfTransaction/success-plan-in-data",
        "a state of an installment under an invented name, and no down payment",
    ),
    (
        "SetPaidPayment/success",
        "invented members of `paymentfunds`, which the page does not describe",
    ),
    (
        "UpdateTransaction/success-unsigned-method",
        "a path that only a client's setting knows",
    ),
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
        received: Decimal::ZERO,
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
    if case.starts_with("CheckRefund") || case == "RefundTransaction/refused-h307" {
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
    prepare(&mut story, case);
    story
}

/// Prepares what one case needs: objects of the world, or its dialect.
fn prepare(story: &mut Story, case: &str) {
    let world = &mut story.world;
    let dialect = &mut world.settings.dialect;
    match case {
        "ChangeCustomerGsmNo/refused-h223"
        | "GetCustomerInformation/success-unknown"
        | "GetCustomerInformation/success-null-data" => {
            if case.ends_with("null-data") {
                dialect.unknown_customer = UnknownCustomer::NullData;
            }
            world.customers.clear();
        }
        "ChangeCustomerGsmNo/refused-h311" => {
            "5536616020".clone_into(&mut world.customers.get_mut("5004").unwrap().mobile);
        }
        "ChangeCustomerGsmNo/refused-rs115" => {
            let offered = vec!["5550000001".to_owned(), "5550000002".to_owned()];
            world.refuse_phone("5536616020", offered);
        }
        "CheckRefund/refused-h308" => world.refunds.clear(),
        "CheckRefund/success-any-content" => dialect.refund = RefundForm::Info,
        "GetCustomerInformation/success-as-text" => {
            dialect.data = DataForm::InnerText;
            dialect.spelling = Spelling::Small;
            dialect.decimals = Decimals::Turkish;
        }
        "GetCustomerPayments/success" => world.transactions.clear(),
        "GetErrorCodes/success-dictionary" => dialect.codes = CodeList::Dictionary,
        "GetLimit-json/success-data-as-pairs" => dialect.data = DataForm::Pairs,
        "GetLimit-json/success-data-as-text" => {
            dialect.data = DataForm::Text;
            dialect.dates = Dates::Turkish;
        }
        "GetLimit-json/success-net-date" => {
            dialect.spelling = Spelling::Small;
            dialect.dates = Dates::Net;
        }
        "GetLimit-json/success-new-member" => dialect.new_member = NewMember::InData,
        "GetPaymentsOfTransaction/success-plan-in-data" => {
            dialect.plan = PlanForm::Data;
            dialect.decimals = Decimals::Turkish;
            dialect.dates = Dates::Turkish;
        }
        "GetPaymentsOfTransaction/success-still-waiting" => {
            dialect.plan = PlanForm::Object;
            dialect.shows_status = true;
            dialect.dates = Dates::Day;
            world.settings.serves_waiting_plans = true;
            world.transactions.get_mut("TRX-1").unwrap().status = Status::Waiting;
        }
        "GetToken/success-beside" => {
            dialect.envelope = EnvelopeForm::Short;
            dialect.token = TokenPlace::Beside;
        }
        "GetToken/success-capital" => dialect.spelling = Spelling::Capital,
        "GetToken/success-data-itself" => dialect.token = TokenPlace::Data,
        "HasoAuthSendInfo/success" => world.customers.get_mut("5004").unwrap().limit = None,
        "HasoAuthSendInfo/success-has-limit" => dialect.has_number_codes = true,
        "LoadCustomerBalance/success-drift" => dialect.new_member = NewMember::Beside,
        "RefundTransaction/success-whole" => dialect.refund = RefundForm::Nothing,
        "SendKkbPinCode/success" => {
            dialect.hides_numbers = true;
            dialect.decimals = Decimals::Text;
        }
        "Transaction/success-known-customer" => dialect.redirect = Redirect::SeeOther,
        "UpdateTransaction/success-data" => {
            dialect.shows_status = true;
            dialect.has_number_codes = true;
        }
        _ if case.ends_with("/success-page") => dialect.redirect = Redirect::Page,
        _ => {}
    }
}

#[test]
fn every_case_is_answered_in_its_own_shape() {
    let cases = replay::documented("haso-bnpl");
    let play = |case: &replay::Case, _| {
        let name = case.name.as_str();
        let (answer, effects) = known(name).send(&case.request);
        if let Some((_, refusal)) = name.split_once("/refused-") {
            let refused = answer.refused.as_ref().unwrap();
            assert_eq!(refused.code.to_lowercase(), refusal, "{name}");
            assert_eq!(effects, [], "{name}");
        } else if name != "UpdateTransaction/success-unsigned-method" {
            assert_eq!(answer.refused, None, "{name}");
        }
        answer
    };
    replay::compare("haso-bnpl", &cases, DIFFERENCES, replay::shape, play);
}
