//! Posts in every form that fits the provider's page, and in many others. Only a valid post activates, none
//! panics, and each gets its documented answer.

mod encodings;
mod forged;
mod limits;
mod repeats;

use haso_bnpl::callbacks::{
    CallbackAnswer, LimitFail, LimitOk, LimitResult, Mismatch, OrderCallback, OrderFail, OrderOk,
    OrderState,
};
use haso_bnpl::{AmountRule, Quirks, StoredOrder, SumRule};
use proptest::prelude::*;
use serde_json::{Value, json};

use self::encodings::{ENCODINGS, Encoding, LETTERS};
use crate::support::money;
use kervan_testing::delivery;

const NUMBER: &str = "1905231436-1";

/// The result of a post.
#[derive(Clone, Debug, PartialEq)]
enum Verdict {
    Activates,
    Mismatch(Mismatch),
    /// The reason's name and the answer.
    Unreadable(&'static str, u16),
}

use Verdict::{Activates, Unreadable};

fn unfit(mismatch: Mismatch) -> Verdict {
    Verdict::Mismatch(mismatch)
}

fn stored() -> StoredOrder {
    StoredOrder::open(NUMBER, money("500.00"))
}

/// Reads a post as both endpoints do, and returns the result.
fn verdict(content_type: &str, body: &[u8], stored: &StoredOrder) -> Verdict {
    let quirks = Quirks::default();
    let by_browser = OrderOk::read(&delivery(content_type, body));
    let by_service = OrderCallback::read(&delivery(content_type, body));
    match (by_browser, by_service) {
        (Ok(ok), Ok(callback)) => {
            assert_eq!(ok.key(), callback.key());
            let confirmed = ok.confirm(stored, &quirks);
            assert_eq!(confirmed, callback.confirm(stored, &quirks));
            match confirmed {
                Ok(order) => {
                    let activation = order.activation();
                    assert_eq!(activation.order, stored.number);
                    Activates
                }
                Err(mismatch) => unfit(mismatch),
            }
        }
        (Err(error), Err(other)) => {
            assert_eq!(error, other);
            Unreadable(
                error.reason().name(),
                CallbackAnswer::to_unreadable(&error).status,
            )
        }
        (ok, callback) => panic!("{ok:?} {callback:?}"),
    }
}

/// Returns the documented post: an envelope around a completed order.
fn envelope() -> Value {
    let part = |n: u32| {
        json!({"InstallmentNo": n, "PaymentCode": format!("PAY-{n}"), "InstallmentPayment": "265.25",
               "Fee": "15.25", "TermDate": "2026-12-22T00:00:00"})
    };
    json!({"Success": "True", "Data": {
        "NameSurname": "Nilüfer Örnek", "CustomerId": "5004", "TransactionStatus": "6",
        "TransactionPayments": {
            "TransactionCode": "TRX-1", "MerchantOid": NUMBER, "Fee": "30.50", "TotalAmount": "530.50",
            "DownPayment": "0", "TransactionPayments": [part(1), part(2)]}}})
}

type Change = fn(&mut Value);

/// Returns changes of the post, and the result of each.
#[expect(clippy::too_many_lines, reason = "one table")]
fn changes() -> Vec<(&'static str, Change, Verdict)> {
    vec![
        (
            "another order",
            |e| e["Data"]["TransactionPayments"]["MerchantOid"] = "1905231436-2".into(),
            unfit(Mismatch::Order),
        ),
        (
            "longer order",
            |e| e["Data"]["TransactionPayments"]["MerchantOid"] = "1905231436-11".into(),
            unfit(Mismatch::Order),
        ),
        (
            "less",
            |e| e["Data"]["TransactionPayments"]["TotalAmount"] = "529.50".into(),
            unfit(Mismatch::Amount),
        ),
        (
            "more",
            |e| e["Data"]["TransactionPayments"]["TotalAmount"] = "5300.50".into(),
            unfit(Mismatch::Amount),
        ),
        (
            "no fee",
            |e| remove(&mut e["Data"]["TransactionPayments"], "Fee"),
            unfit(Mismatch::Amount),
        ),
        (
            "installments differ",
            |e| {
                e["Data"]["TransactionPayments"]["TransactionPayments"][0]["InstallmentPayment"] =
                    "1.00".into();
            },
            unfit(Mismatch::Sum),
        ),
        (
            "status 7",
            |e| e["Data"]["TransactionStatus"] = "7".into(),
            unfit(Mismatch::Status),
        ),
        (
            "status 66",
            |e| e["Data"]["TransactionStatus"] = "66".into(),
            unfit(Mismatch::Status),
        ),
        (
            "failed",
            |e| e["Success"] = "False".into(),
            unfit(Mismatch::NotCompleted),
        ),
        (
            "errors beside success",
            |e| e["Errors"] = json!(["H999"]),
            unfit(Mismatch::Contradiction),
        ),
        (
            "installment of nothing",
            |e| {
                let list = &mut e["Data"]["TransactionPayments"]["TransactionPayments"];
                list[0]["InstallmentPayment"] = "0".into();
                list[1]["InstallmentPayment"] = "530.50".into();
            },
            unfit(Mismatch::Plan),
        ),
        (
            "an installment twice",
            |e| {
                let list = &mut e["Data"]["TransactionPayments"]["TransactionPayments"];
                list[1]["InstallmentNo"] = "1".into();
            },
            unfit(Mismatch::Plan),
        ),
        (
            "negative fee",
            |e| {
                e["Data"]["TransactionPayments"]["Fee"] = "-30.50".into();
                e["Data"]["TransactionPayments"]["TotalAmount"] = "469.50".into();
            },
            unfit(Mismatch::Plan),
        ),
        (
            "negative down payment",
            |e| e["Data"]["TransactionPayments"]["DownPayment"] = "-1".into(),
            unfit(Mismatch::Plan),
        ),
        (
            "more down than all",
            |e| e["Data"]["TransactionPayments"]["DownPayment"] = "530.51".into(),
            unfit(Mismatch::Plan),
        ),
        (
            "no plan",
            |e| remove(&mut e["Data"], "TransactionPayments"),
            unfit(Mismatch::NoPlan),
        ),
        (
            "no status",
            |e| remove(&mut e["Data"], "TransactionStatus"),
            Unreadable("missing", 400),
        ),
        (
            "blank status",
            |e| e["Data"]["TransactionStatus"] = " ".into(),
            Unreadable("missing", 400),
        ),
        (
            "no transaction",
            |e| remove(&mut e["Data"]["TransactionPayments"], "TransactionCode"),
            Unreadable("missing", 400),
        ),
        (
            "no number",
            |e| remove(&mut e["Data"]["TransactionPayments"], "MerchantOid"),
            Unreadable("missing", 400),
        ),
        (
            "no total",
            |e| remove(&mut e["Data"]["TransactionPayments"], "TotalAmount"),
            Unreadable("missing", 400),
        ),
        (
            "ambiguous total",
            |e| e["Data"]["TransactionPayments"]["TotalAmount"] = "1.530".into(),
            Unreadable("unexpected", 400),
        ),
        (
            "no name",
            |e| remove(&mut e["Data"], "NameSurname"),
            Activates,
        ),
        (
            "no customer",
            |e| remove(&mut e["Data"], "CustomerId"),
            Activates,
        ),
        ("new member", |e| e["Data"]["Yeni"] = "1".into(), Activates),
        (
            "Turkish amounts",
            |e| {
                e["Data"]["TransactionPayments"]["TotalAmount"] = "530,50".into();
                e["Data"]["TransactionPayments"]["Fee"] = "30,50".into();
            },
            Activates,
        ),
    ]
}

fn remove(value: &mut Value, name: &str) {
    value.as_object_mut().unwrap().remove(name);
}

struct Seen {
    count: usize,
    bodies: std::collections::BTreeSet<(Vec<u8>, String)>,
}

impl Seen {
    fn check(
        &mut self,
        name: &str,
        (content_type, body): (String, Vec<u8>),
        stored: &StoredOrder,
        wanted: &Verdict,
    ) {
        let found = verdict(&content_type, &body, stored);
        assert_eq!(
            &found,
            wanted,
            "{name}: {content_type}: {}",
            String::from_utf8_lossy(&body)
        );
        if self
            .bodies
            .insert((body, format!("{stored:?}{content_type}")))
        {
            self.count += 1;
        }
    }
}

#[test]
fn more_than_two_hundred_variants_get_their_answer() {
    let mut seen = Seen {
        count: 0,
        bodies: std::collections::BTreeSet::new(),
    };
    for (encoding_name, encode) in ENCODINGS {
        for (letters_name, letters) in LETTERS {
            let name = format!("{encoding_name}, {letters_name}");
            seen.check(
                &name,
                encode(&encodings::renamed(&envelope(), letters)),
                &stored(),
                &Activates,
            );
        }
        for (change_name, change, wanted) in changes() {
            let mut post = envelope();
            change(&mut post);
            seen.check(
                &format!("{encoding_name}, {change_name}"),
                encode(&post),
                &stored(),
                &wanted,
            );
        }
        for (state, wanted) in [
            (
                OrderState::Activated("TRX-1".into()),
                Mismatch::AlreadyActivated,
            ),
            (
                OrderState::Activated("TRX-2".into()),
                Mismatch::OtherActivated,
            ),
            (
                OrderState::Activating("TRX-2".into()),
                Mismatch::Transaction,
            ),
            (OrderState::Closed, Mismatch::Closed),
        ] {
            let stored = stored().state(state);
            seen.check(encoding_name, encode(&envelope()), &stored, &unfit(wanted));
        }
        let begun = stored().state(OrderState::Activating("TRX-1".into()));
        seen.check(encoding_name, encode(&envelope()), &begun, &Activates);
        oddities(&mut seen, encoding_name, *encode);
    }
    assert!(seen.count >= 200, "{}", seen.count);
    println!("{} variants", seen.count);
}

/// Tries doubled and reordered fields, and cut, padded and foreign bytes.
fn oddities(seen: &mut Seen, name: &str, encode: Encoding) {
    let (content_type, body) = encode(&envelope());
    let text = String::from_utf8_lossy(&body).into_owned();
    let is_form = content_type.starts_with("application/x-www-form") && !name.contains("1254");
    if is_form && text.contains('&') {
        let reversed: Vec<_> = text.split('&').rev().collect();
        let post = (content_type.clone(), reversed.join("&").into_bytes());
        seen.check(&format!("{name}, reversed"), post, &stored(), &Activates);
        let twice = format!("Success=False&{text}");
        seen.check(
            &format!("{name}, success twice"),
            (content_type.clone(), twice.into()),
            &stored(),
            &Unreadable("twice", 400),
        );
        let twice = format!("{text}&success=True");
        seen.check(
            &format!("{name}, success twice"),
            (content_type.clone(), twice.into()),
            &stored(),
            &Unreadable("twice", 400),
        );
        let pads = "&x=y".repeat(1100);
        seen.check(
            &format!("{name}, many fields"),
            (content_type.clone(), (text.clone() + &pads).into()),
            &stored(),
            &Unreadable("too_large", 413),
        );
    }
    let large = [body.clone(), vec![b' '; 1 << 20]].concat();
    seen.check(
        &format!("{name}, oversized"),
        (content_type.clone(), large),
        &stored(),
        &Unreadable("too_large", 413),
    );
    seen.check(
        &format!("{name}, nothing"),
        (content_type.clone(), b" \r\n".to_vec()),
        &stored(),
        &Unreadable("empty", 400),
    );
    // Wherever it is cut, and whatever byte is foreign: never activated unless it is whole.
    for at in (0..body.len()).step_by(7) {
        assert_ne!(
            verdict(&content_type, &body[..at], &stored()),
            Activates,
            "{name}, cut at {at}"
        );
        let mut foreign = body.clone();
        foreign[at] = 0x81;
        let _ = verdict(&content_type, &foreign, &stored());
    }
}

#[test]
fn doubled_members_of_the_data_are_not_believed() {
    let post = |data: &str| format!("Success=true&Data={data}").into_bytes();
    let form = "application/x-www-form-urlencoded";
    for data in [
        r#"{"TransactionStatus":"7","TransactionStatus":"6"}"#,
        r#"{"TransactionStatus":"","TransactionStatus":"6"}"#,
        r#"{"TransactionStatus":"6","TransactionStatus":null}"#,
        r#"{"TransactionStatus":"7","transactionstatus":"6"}"#,
        r#"[{"Key":"TransactionStatus","Value":"7"},{"Key":"TransactionStatus","Value":"6"}]"#,
    ] {
        assert_eq!(
            verdict(form, &post(data), &stored()),
            Unreadable("twice", 400),
            "{data}"
        );
    }
    let plan = crate::support::plan(NUMBER, "530.50");
    let twice = plan.replacen(
        "\"MerchantOid\"",
        "\"merchantOid\":\"other\",\"MerchantOid\"",
        1,
    );
    let data = format!(r#"{{"TransactionStatus":"6","TransactionPayments":{twice}}}"#);
    assert_eq!(
        verdict(form, &post(&data), &stored()),
        Unreadable("twice", 400)
    );
}

#[test]
fn a_name_in_two_places_has_one_value() {
    let json_post = |change: Change| {
        let mut post = envelope();
        change(&mut post);
        verdict("application/json", post.to_string().as_bytes(), &stored())
    };
    let twice: [Change; 6] = [
        |e| e["Data"]["MerchantOid"] = "1905231436-2".into(),
        |e| e["MerchantOid"] = "1905231436-2".into(),
        |e| e["Data"]["TotalAmount"] = "530.51".into(),
        |e| e["TransactionStatus"] = "7".into(),
        |e| e["Data"]["TransactionPayments"]["TransactionStatus"] = "7".into(),
        |e| e["CustomerId"] = "5005".into(),
    ];
    for change in twice {
        assert_eq!(json_post(change), Unreadable("twice", 400));
    }
    let same: [Change; 3] = [
        |e| e["MerchantOid"] = NUMBER.into(),
        |e| e["Data"]["MerchantOid"] = "".into(),
        |e| e["Data"]["TotalAmount"] = "530,5".into(),
    ];
    for change in same {
        assert_eq!(json_post(change), Activates);
    }
}

#[test]
fn numbers_are_read_by_their_point() {
    let post = |from: &str, to: &str| {
        let plan = crate::support::plan(NUMBER, "530.50").replace(from, to);
        let data = format!(r#"{{"TransactionStatus":6,"TransactionPayments":{plan}}}"#);
        let body = format!(r#"{{"Success":true,"Data":{data}}}"#);
        verdict("application/json", body.as_bytes(), &stored())
    };
    assert_eq!(post("530.50", "530.500"), Activates);
    assert_eq!(post("30.50", "30.500"), Activates);
    assert_eq!(post("265.25", "265.250"), Activates);
    assert_eq!(post("530.50", "\"530.500\""), Unreadable("unexpected", 400));
    assert_eq!(post("530.50", "530.501"), Unreadable("unexpected", 400));
    // The fee of an installment decides nothing.
    assert_eq!(post("\"Fee\":15.25", "\"Fee\":\"yok\""), Activates);
    assert_eq!(post("\"Fee\":15.25", "\"Fee\":[1]"), Activates);
}

#[test]
fn a_plan_without_installments_is_none() {
    let mut post = envelope();
    post["Data"]["TransactionPayments"]["TransactionPayments"] = json!([]);
    let found = verdict("application/json", post.to_string().as_bytes(), &stored());
    assert_eq!(found, unfit(Mismatch::Plan));
}

#[test]
fn the_rules_of_the_settings_count() {
    let (content_type, body) = (ENCODINGS[0].1)(&envelope());
    let post = OrderOk::read(&delivery(content_type.as_str(), &body)).unwrap();
    let whole = StoredOrder::open(NUMBER, money("530.50"));
    let total = Quirks::default().amount_rule(AmountRule::Total);
    assert_eq!(
        post.confirm(&stored(), &total).unwrap_err(),
        Mismatch::Amount
    );
    assert!(post.confirm(&whole, &total).is_ok());
    let status = Quirks::default().waiting_status("5");
    assert_eq!(
        post.confirm(&stored(), &status).unwrap_err(),
        Mismatch::Status
    );
    let strict = Quirks::default().sum_rule(SumRule::Total);
    assert!(post.confirm(&stored(), &strict).is_ok());
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), json in any::<bool>()) {
        let content_type = if json { "application/json" } else { "application/x-www-form-urlencoded" };
        prop_assert_ne!(verdict(content_type, &bytes, &stored()), Activates);
    }

    #[test]
    fn no_change_of_bytes_panics(index in 0..ENCODINGS.len(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (content_type, mut body) = (ENCODINGS[index].1)(&envelope());
        let at = at.index(body.len());
        body[at] = byte;
        let _ = verdict(&content_type, &body, &stored());
    }
}
