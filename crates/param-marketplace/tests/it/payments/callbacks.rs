//! Tampered fields of both callbacks, each of which is rejected.

use std::future::Future;
use std::sync::LazyLock;

use kervan_core::Answer;
use kervan_wire::form;
use param_marketplace::payments::callback::{
    CallbackError, ExpectedModel, ExpectedPayment, ModelCallback, ModelResult, PaidCallback,
    PayCallback, PayResult,
};
use param_marketplace::payments::{Reservation, ReserveAmount, ReserveWithModel, Security};
use param_marketplace::{
    Client, Credentials, Environment, Error, MarketplaceKey, MerchantKey, Settings,
};

use super::settling::after;
use super::{card, money, sale};
use crate::support::body as reply;
use kervan_testing::delivery;

const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";

pub(super) type Form = Vec<(String, String)>;

/// The keys of the published test account.
pub(super) static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let login = Credentials::published_test_account();
    let (marketplace, merchant) = (MarketplaceKey::new(KEY), MerchantKey::new(KEY));
    let builder = Client::builder(&Environment::Test, login, marketplace, merchant).unwrap();
    builder.settings().clone()
});

fn form(fields: &[(&str, &str)]) -> Form {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    fields.iter().map(own).collect()
}

/// Returns the values and signatures of the provider's own server; the other fields are invented.
pub(super) fn model(status: &str, signature: &str) -> Form {
    form(&[
        (
            "md",
            "581877:A65A349B0BAE27FC6567294215158DD8AE223843B5C96462F04A750CA7E8B165:3680:##500100000",
        ),
        ("mdStatus", status),
        ("orderId", "2025011749D1"),
        ("transactionAmount", "10,01"),
        ("islemGUID", "35513153-9902-4a4c-a256-af6ed9cadc52"),
        ("islemHash", signature),
        ("bankResult", "Y-status"),
        ("dc", ""),
        ("dcURL", ""),
    ])
}

pub(super) fn pay(result: &str, receipt: &str, order: &str, key: &str, signature: &str) -> Form {
    let name = |name: &str| format!("TURKPOS_RETVAL_{name}");
    let fields = [
        ("Sonuc", result),
        ("Sonuc_Str", "Islem Basarili"),
        ("GUID", KEY),
        ("Islem_Tarih", "5.01.2025 14:52:20"),
        ("Dekont_ID", receipt),
        ("Tahsilat_Tutari", "10,01"),
        ("Odeme_Tutari", "9,83"),
        ("Siparis_ID", order),
        ("Islem_ID", key),
        ("Ext_Data", "||||"),
        ("Banka_Sonuc_Kod", "0"),
        ("PB", "TL"),
        ("KK_No", "454671******7894"),
        ("Taksit", "0"),
        ("Hash", signature),
        ("Islem_GUID", "5b7b5ae2-0000-4000-8000-000000000001"),
        ("SanalPOS_Islem_ID", "6021847062"),
    ];
    let fields = fields.map(|(field, value)| (name(field), value.to_owned()));
    fields.to_vec()
}

pub(super) fn body(form: &Form) -> String {
    form::encode(
        form.iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    )
}

/// Returns tampered forms: the description, the index of the changed field, the form.
fn tampered(good: &Form) -> Vec<(String, usize, Form)> {
    let mut forms = Vec::new();
    for (at, (name, value)) in good.iter().enumerate() {
        let mut add = |what: &str, change: &dyn Fn(&mut Form)| {
            let mut form = good.clone();
            change(&mut form);
            forms.push((format!("{name}: {what}"), at, form));
        };
        add("missing", &|form| drop(form.remove(at)));
        add("twice", &|form| form.push(form[at].clone()));
        add("twice, first another", &|form| {
            form.insert(0, (name.to_uppercase(), "x".to_owned()));
        });
        add("renamed", &|form| form[at].0.push('2'));
        for extra in ["0", "1", " ", "\u{130}", "\n", "x"] {
            add("longer", &|form| form[at].1.push_str(extra));
            add("longer in front", &|form| form[at].1.insert_str(0, extra));
        }
        for other in ["", "0", "1", "-1", "null"] {
            if value != other {
                add("replaced", &|form| other.clone_into(&mut form[at].1));
            }
        }
        for other in [value.to_uppercase(), value.to_lowercase()] {
            if *value != other {
                add("in another letter case", &|form| {
                    other.clone_into(&mut form[at].1);
                });
            }
        }
        for cut in 0..value.len() {
            add("a character less", &|form| {
                form[at].1.remove(cut);
            });
            add("a character changed", &|form| {
                let changed = if &value[cut..=cut] == "7" { "8" } else { "7" };
                form[at].1.replace_range(cut..=cut, changed);
            });
        }
        for other in at + 1..good.len() {
            if good[other].1 != *value {
                add("exchanged", &|form| {
                    let kept = form[at].1.clone();
                    form[at].1 = std::mem::replace(&mut form[other].1, kept);
                });
                add("moved to the next", &|form| {
                    let moved = form[at].1.pop();
                    form[other]
                        .1
                        .insert_str(0, &moved.map(String::from).unwrap_or_default());
                });
            }
        }
    }
    forms
}

fn read_model(form: &Form) -> Result<ModelResult, CallbackError> {
    let expected = serde_json::json!({
        "order": "2025011749D1", "transaction": "35513153-9902-4a4c-a256-af6ed9cadc52",
        "total": "10.01", "payment": 6_021_842_587_u64,
    });
    let expected: ExpectedModel = serde_json::from_value(expected).unwrap();
    ModelCallback::read(&delivery(None, body(form).as_bytes()))?.verify(&SETTINGS, &expected)
}

#[test]
fn no_tampered_callback_of_the_model_proves_anything() {
    let good = model("1", "b1D7+nI3j4k3WGJuhW5IuPOFpEE=");
    let proof = read_model(&good).unwrap();
    assert!(matches!(proof, ModelResult::Authenticated(_)));
    let free = ["bankResult", "dc", "dcURL"];
    let forms = tampered(&good);
    assert!(forms.len() > 500, "{} forms", forms.len());
    for (what, at, form) in forms {
        match read_model(&form) {
            Err(_) => {}
            // Nothing is taken from what is not signed and not compared.
            Ok(result) => {
                let changed = form.iter().filter(|field| !good.contains(field));
                let only_free = changed.clone().all(|(name, _)| {
                    free.contains(&name.as_str()) || free.iter().any(|free| name.starts_with(free))
                });
                assert!(only_free && free.contains(&good[at].0.as_str()), "{what}");
                let (ModelResult::Authenticated(result), ModelResult::Authenticated(proof)) =
                    (&result, &proof)
                else {
                    panic!("{what}")
                };
                assert_eq!(result.complete(), proof.complete(), "{what}");
            }
        }
    }
}

fn read_pay(form: &Form, order: &str, key: &str) -> Result<PayResult, CallbackError> {
    let expected = serde_json::json!({
        "order": order, "key": key, "total": "10.01", "payment": 6_021_847_062_u64,
    });
    read_pay_of(form, expected)
}

fn read_pay_of(form: &Form, expected: serde_json::Value) -> Result<PayResult, CallbackError> {
    let expected: ExpectedPayment = serde_json::from_value(expected).unwrap();
    PayCallback::read(&delivery(None, body(form).as_bytes()))?.verify(&SETTINGS, &expected)
}

pub(super) const PAID: [&str; 2] = ["20250119BACB", "1944A39AD0AEA92E173D665B"];
pub(super) const UNPAID: [&str; 2] = ["202501193584", "FF0591BD887935E481743533"];

pub(super) fn paid() -> Form {
    let [order, key] = PAID;
    let signature = "LOpkL9J8vne8E2j0A0HKOhUWGhI=";
    pay("1", "3007300695", order, key, signature)
}

/// The fields that are neither signed nor compared.
const FREE: [&str; 8] = [
    "Sonuc_Str",
    "Islem_Tarih",
    "Odeme_Tutari",
    "Ext_Data",
    "Banka_Sonuc_Kod",
    "KK_No",
    "Taksit",
    "Islem_GUID",
];

/// Returns whether an accepted form may have this value: its field is free, or it means the same as in the
/// valid form.
fn may_say(name: &str, posted: Option<&str>) -> bool {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match name {
        "Sonuc" => posted.and_then(number).is_some_and(|result| result > 0),
        "GUID" => posted.is_none_or(|key| key.is_empty() || key.eq_ignore_ascii_case(KEY)),
        "SanalPOS_Islem_ID" => posted.and_then(number) == Some(6_021_847_062),
        _ => FREE.contains(&name),
    }
}

#[test]
fn no_tampered_result_is_another_payment() {
    let [order, key] = PAID;
    let good = paid();
    let forms = tampered(&good);
    assert!(forms.len() > 800, "{} forms", forms.len());
    let expected = serde_json::json!({
        "order": order, "key": key, "total": "10.01", "payment": 6_021_847_062_u64,
    });
    let mut not_reported = expected.clone();
    not_reported["order_reported"] = false.into();
    for expected in [expected, not_reported] {
        let Ok(PayResult::Paid(paid)) = read_pay_of(&good, expected.clone()) else {
            panic!("the good one is paid")
        };
        let mut believed = 0;
        for (what, _, form) in &forms {
            let Ok(read) = read_pay_of(form, expected.clone()) else {
                continue;
            };
            let PayResult::Paid(read) = read else {
                panic!("{what}: a paid order became another")
            };
            believed += 1;
            for (name, value) in &good {
                let posted = form.iter().find(|(posted, _)| posted == name);
                let posted = posted.map(|(_, value)| value.as_str());
                let field = name.trim_start_matches("TURKPOS_RETVAL_");
                let same = posted == Some(value);
                assert!(same || may_say(field, posted), "{what}: {posted:?}");
            }
            let facts = |paid: &PaidCallback| {
                let texts = [
                    paid.order.as_str(),
                    paid.key.as_str(),
                    paid.receipt.as_str(),
                ];
                let texts = texts.map(str::to_owned);
                (texts, paid.total, paid.currency, paid.payment)
            };
            assert_eq!(facts(&read), facts(&paid), "{what}");
        }
        assert!(believed > 100, "{believed} forms");
    }
}

#[test]
fn no_tampered_failure_is_a_payment() {
    let [order, key] = UNPAID;
    let good = pay("-1", "0", order, key, "+qCEIrH+7ARPmJC55MGQCykg8pk=");
    assert!(matches!(
        read_pay(&good, order, key),
        Ok(PayResult::NotPaid(_))
    ));
    for (what, _, form) in tampered(&good) {
        let read = read_pay(&form, order, key);
        assert!(!matches!(read, Ok(PayResult::Paid(_))), "{what}");
    }
}

#[test]
fn a_callback_of_another_order_is_not_believed() {
    let [order, key] = PAID;
    let good = paid();
    let replayed = read_pay(&good, UNPAID[0], key);
    assert!(matches!(
        replayed,
        Err(CallbackError::Mismatch("TURKPOS_RETVAL_Siparis_ID"))
    ));
    let replayed = read_pay(&good, order, UNPAID[1]);
    assert!(matches!(
        replayed,
        Err(CallbackError::Mismatch("TURKPOS_RETVAL_Islem_ID"))
    ));
}

#[test]
fn an_order_that_was_not_reported_is_told_by_its_key() {
    let good = paid();
    let expected = |key: &str, reported: bool| {
        serde_json::json!({
            "order": "KV-2001", "order_reported": reported, "key": key, "total": "10.01",
        })
    };
    let Ok(PayResult::Paid(result)) = read_pay_of(&good, expected(PAID[1], false)) else {
        panic!("the service replaced the order's number")
    };
    assert_eq!(result.order.as_str(), PAID[0]);
    let stored = result.changed_from.unwrap();
    assert_eq!(stored.as_str(), "KV-2001");
    for (key, reported, field) in [
        (PAID[1], true, "TURKPOS_RETVAL_Siparis_ID"),
        (UNPAID[1], false, "TURKPOS_RETVAL_Islem_ID"),
    ] {
        let read = read_pay_of(&good, expected(key, reported));
        assert_eq!(read, Err(CallbackError::Mismatch(field)));
    }
}

/// Starts a reservation at a server with this answer, and returns the started reservation.
async fn started<S, F>(answer: &str, reserve: impl Fn(Client) -> F) -> S
where
    F: Future<Output = Result<Answer<Reservation<S>>, Error>>,
{
    let answer = after(answer, async |client: Client| reserve(client).await).await;
    match answer.map(|answer| answer.value) {
        Ok(Reservation::Started(started)) => started,
        _ => panic!("3-D was asked for"),
    }
}

#[tokio::test]
async fn what_is_reserved_is_not_called_paid() {
    let [order, key] = PAID;
    let result = format!(
        "<Islem_ID>6021847062</Islem_ID><UCD_URL>https://bank.example/</UCD_URL><Sonuc>1</Sonuc>\
         <Siparis_ID>{order}</Siparis_ID>"
    );
    let answer = reply("TP_Islem_Odeme_OnProv", &result);
    let mut sale = sale();
    sale.key = key.into();
    let started = started(&answer, |client: Client| async move {
        let reservation = ReserveAmount::new(super::sale(), card(), Security::ThreeD);
        client.call(&reservation).await
    });
    let expected = ExpectedPayment::of_reservation(&sale, &started.await);
    // As it is read back from where the shop stored it.
    let stored = serde_json::to_value(&expected).unwrap();
    let Ok(PayResult::Reserved(reserved)) = read_pay_of(&paid(), stored) else {
        panic!("the amount is reserved")
    };
    assert_eq!(reserved.provision.as_str(), "3007300695");
    assert_eq!(reserved.total, money("10.01"));
}

#[tokio::test]
async fn a_reservations_second_step_reserves() {
    let result = "<Islem_ID>6021842587</Islem_ID><UCD_HTML>&lt;html&gt;</UCD_HTML><Sonuc>1</Sonuc>\
                  <Siparis_ID>2025011749D1</Siparis_ID>\
                  <Islem_GUID>35513153-9902-4a4c-a256-af6ed9cadc52</Islem_GUID>";
    let answer = reply("TP_Islem_Odeme_OnProv_WMD", result);
    let started = started(&answer, |client: Client| async move {
        let reservation = ReserveWithModel::new(sale(), card(), Security::ThreeD);
        client.call(&reservation).await
    });
    let expected = ExpectedModel::of_reservation(&sale(), &started.await).unwrap();
    let good = model("1", "b1D7+nI3j4k3WGJuhW5IuPOFpEE=");
    let callback = ModelCallback::read(&delivery(None, body(&good).as_bytes())).unwrap();
    let result = callback.verify(&SETTINGS, &expected).unwrap();
    let ModelResult::AuthenticatedReservation(proof) = result else {
        panic!("it is the proof of a reservation")
    };
    // What settles the step is the attempt that was stored.
    let step = proof.complete().step;
    assert_eq!(step.key.as_ref(), Some(&sale().key));
    assert_eq!(step.amount, Some(sale().total));
    let completed = "<Sonuc>1</Sonuc><Dekont_ID>6021842587</Dekont_ID>";
    let completed = reply("TP_WMD_Pay", completed);
    let step = async |client: Client| client.call(&proof.complete()).await;
    let reserved = after(&completed, step).await.unwrap();
    assert_eq!(reserved.provision.as_str(), "6021842587");
}

#[test]
fn nothing_posted_is_shown() {
    let good = paid();
    let callback = PayCallback::read(&delivery(None, body(&good).as_bytes())).unwrap();
    let shown = format!("{callback:?}");
    assert!(!shown.contains("454671") && !shown.contains(KEY), "{shown}");
}
