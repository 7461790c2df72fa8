//! What becomes of a write after an unknown outcome: each is read back by the query.

use fixtures::faults::{Fault, FaultServer};
use fixtures::matrix::Format;
use param_marketplace::{Error, Outcome, RefundAmount, Sent};

use crate::support::{
    IBAN, NUMBER, ORDER, SELLER, approval, body, changed_seller, changed_seller_v2, client, detail,
    new_seller, new_seller_v2, orders, refund, removal, sellers,
};

fn said(body: &str) -> Fault {
    Fault::Answer(Format::Xml.answer(200, body.as_bytes()))
}

/// A server that loses the first answer and then follows the script.
fn lost_then(script: Vec<Fault>) -> FaultServer {
    let script = std::iter::once(Fault::ResetBeforeAnswer)
        .chain(script)
        .collect();
    FaultServer::start(Fault::Script(script))
}

/// The operations that arrived, in order.
fn arrived(server: &FaultServer) -> Vec<String> {
    let seen = server.requests_seen().into_iter();
    let action = |seen: fixtures::http::Arrived| seen.header("SOAPAction").unwrap().to_owned();
    seen.map(|seen| {
        action(seen)
            .trim_matches('"')
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned()
    })
    .collect()
}

const QUERY: &str = "Pazaryeri_TP_Islem_Sorgulama";

fn unknown<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert_eq!(result.unwrap_err().outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn an_entry_found_by_its_payment_gives_its_key() {
    let other = ["o2", "0", "5.0000", "5.0000", "another seller"];
    let server = lost_then(vec![said(&orders(&[
        other,
        [ORDER, "0", "9.8300", "1,75", SELLER],
    ]))]);
    let sent = client(&server, 2)
        .send_or_settle_order_detail(&detail())
        .await
        .unwrap();
    let Sent::Done(entered) = sent else {
        panic!("the key is needed")
    };
    assert_eq!(entered.order.as_str(), ORDER);
    assert_eq!(arrived(&server), ["Pazaryeri_TP_Siparis_Detay_Ekle", QUERY]);
}

#[tokio::test]
async fn an_entry_that_is_not_there_is_sent_once_more() {
    let done = body(
        "Pazaryeri_TP_Siparis_Detay_Ekle",
        "<Sonuc>1</Sonuc><PYSiparis_GUID>k</PYSiparis_GUID>",
    );
    let server = lost_then(vec![said(&orders(&[])), said(&done)]);
    let sent = client(&server, 2)
        .send_or_settle_order_detail(&detail())
        .await;
    assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
    let entry = "Pazaryeri_TP_Siparis_Detay_Ekle";
    assert_eq!(arrived(&server), [entry, QUERY, entry]);
}

#[tokio::test]
async fn an_entry_that_differs_or_stands_there_twice_stays_open() {
    let same = [ORDER, "0", "9.83", "1.75", SELLER];
    let differs = [ORDER, "0", "9.83", "1.76", SELLER];
    let unreadable = [ORDER, "0", "9.83", "?", SELLER];
    for rows in [
        &[same, same][..],
        &[differs],
        &[unreadable],
        &[same, differs],
    ] {
        let server = lost_then(vec![said(&orders(rows))]);
        unknown(
            client(&server, 2)
                .send_or_settle_order_detail(&detail())
                .await,
        );
        assert_eq!(
            arrived(&server),
            ["Pazaryeri_TP_Siparis_Detay_Ekle", QUERY, QUERY]
        );
    }
}

#[tokio::test]
async fn an_approval_is_settled_by_the_orders_state() {
    let approve = "Pazaryeri_TP_Siparis_Onay";
    let state = |state| said(&orders(&[[ORDER, state, "1", "1", SELLER]]));
    let server = lost_then(vec![state("1")]);
    let sent = client(&server, 2)
        .send_or_settle_order_status(&approval())
        .await;
    assert_eq!(sent.unwrap(), Sent::AlreadyDone);
    assert_eq!(arrived(&server), [approve, QUERY]);

    let server = lost_then(vec![state("0"), said(&body(approve, "<Sonuc>1</Sonuc>"))]);
    let sent = client(&server, 2)
        .send_or_settle_order_status(&approval())
        .await;
    assert!(matches!(sent, Ok(Sent::Done(_))));
    assert_eq!(arrived(&server), [approve, QUERY, approve]);

    for odd in ["13", "-1", "77", ""] {
        let server = lost_then(vec![state(odd)]);
        unknown(
            client(&server, 1)
                .send_or_settle_order_status(&approval())
                .await,
        );
    }
}

#[tokio::test]
async fn a_full_refund_is_settled_by_the_orders_state() {
    let refunding = "Pazaryeri_TP_Iptal_Iade";
    let full = refund(RefundAmount::Full);
    let state = |state| said(&orders(&[[ORDER, state, "1", "1", SELLER]]));
    for done in ["12", "13"] {
        let server = lost_then(vec![state(done)]);
        let sent = client(&server, 2)
            .send_or_settle_cancel_or_refund(&full)
            .await;
        assert_eq!(sent.unwrap(), Sent::AlreadyDone);
        assert_eq!(arrived(&server), [refunding, QUERY]);
    }
    let server = lost_then(vec![state("1"), said(&body(refunding, "<Sonuc>1</Sonuc>"))]);
    let sent = client(&server, 2)
        .send_or_settle_cancel_or_refund(&full)
        .await;
    assert!(matches!(sent, Ok(Sent::Done(_))));
    assert_eq!(arrived(&server), [refunding, QUERY, refunding]);
}

#[tokio::test]
async fn a_partial_refund_is_never_sent_again_by_itself() {
    let money = |text: &str| text.parse().unwrap();
    let part = refund(RefundAmount::partial(money("5.50"), money("1.25")).unwrap());
    let payable = |payable| said(&orders(&[[ORDER, "1", "9.83", payable, SELLER]]));
    let server = lost_then(vec![payable("1.2500")]);
    let sent = client(&server, 2)
        .send_or_settle_cancel_or_refund(&part)
        .await;
    assert_eq!(sent.unwrap(), Sent::AlreadyDone);

    let server = lost_then(vec![payable("6.75")]);
    unknown(
        client(&server, 2)
            .send_or_settle_cancel_or_refund(&part)
            .await,
    );
    assert_eq!(arrived(&server), ["Pazaryeri_TP_Iptal_Iade", QUERY, QUERY]);
}

#[tokio::test]
async fn a_refusal_that_says_it_is_done_is_no_error_when_settling() {
    let refunding = "Pazaryeri_TP_Iptal_Iade";
    for code in ["-211", "-212"] {
        let no = said(&body(refunding, &format!("<Sonuc>{code}</Sonuc>")));
        let server = FaultServer::start(no);
        let client = client(&server, 2);
        let full = refund(RefundAmount::Full);
        let sent = client.send_or_settle_cancel_or_refund(&full).await;
        assert_eq!(sent.unwrap(), Sent::AlreadyDone, "{code}");
        unknown(client.cancel_or_refund(&full).await);
    }
}

#[tokio::test]
async fn a_query_that_fails_leaves_the_question_open() {
    let no = said(&body(QUERY, "<Sonuc>-209</Sonuc>"));
    for fault in [no, Fault::CloseBeforeAnswer, Fault::Stall(0)] {
        let server = lost_then(vec![fault]);
        unknown(
            client(&server, 1)
                .send_or_settle_order_detail(&detail())
                .await,
        );
        assert_eq!(arrived(&server)[0], "Pazaryeri_TP_Siparis_Detay_Ekle");
        assert!(arrived(&server)[1..].iter().all(|name| name == QUERY));
    }
}

const LIST: &str = "Pazaryeri_TP_AltUyeIsyeri_Liste";
const ADD: &str = "Pazaryeri_TP_AltUyeIsyeri_Ekleme";
const UPDATE: &str = "Pazaryeri_TP_AltUyeIsyeri_Guncelleme";
const REMOVE: &str = "Pazaryeri_TP_AltUyeIsyeri_Silme";

type Columns<'a> = &'a [(&'a str, &'a str)];

fn listed(total: &str, rows: &[Columns<'_>]) -> Fault {
    said(&sellers(total, rows))
}

const OTHER: Columns<'_> = &[("GUID", "o2"), ("TC_VN", "20000000046"), ("IBAN_No", IBAN)];
const SAME: Columns<'_> = &[("GUID", SELLER), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];

#[tokio::test]
async fn a_seller_found_in_the_list_gives_its_key() {
    let spaced = "TR33 0006 1005 1978 6457 8413 26";
    let same_spaced: Columns<'_> = &[("GUID", SELLER), ("TC_VN", NUMBER), ("IBAN_No", spaced)];
    // The total does not matter when the seller is there.
    for (total, row) in [("2", SAME), ("900", SAME), ("", same_spaced)] {
        let server = lost_then(vec![listed(total, &[OTHER, row])]);
        let client = client(&server, 2);
        let sent = client.send_or_settle_add_sub_merchant(&new_seller()).await;
        let Ok(Sent::Done(added)) = sent else {
            panic!("the key is needed: {sent:?}")
        };
        assert_eq!(added.id.as_str(), SELLER);
        assert_eq!(arrived(&server), [ADD, LIST]);
    }
    let no_key: Columns<'_> = &[("TC_VN", NUMBER), ("IBAN_No", IBAN)];
    let server = lost_then(vec![listed("1", &[no_key])]);
    let client = client(&server, 2);
    let sent = client.send_or_settle_add_sub_merchant(&new_seller()).await;
    assert_eq!(sent.unwrap(), Sent::AlreadyDone);
}

#[tokio::test]
async fn a_seller_missing_from_a_complete_list_is_sent_once_more() {
    let done = "<Sonuc>1</Sonuc><GUID_AltUyeIsyeri>k</GUID_AltUyeIsyeri>";
    for (total, rows) in [("1", &[OTHER][..]), ("0", &[])] {
        let server = lost_then(vec![listed(total, rows), said(&body(ADD, done))]);
        let client = client(&server, 2);
        let sent = client.send_or_settle_add_sub_merchant(&new_seller()).await;
        assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
        assert_eq!(arrived(&server), [ADD, LIST, ADD]);
    }
    let second = "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2";
    let server = lost_then(vec![listed("1", &[OTHER]), said(&body(second, done))]);
    let client = client(&server, 2);
    let sent = client
        .send_or_settle_add_sub_merchant_v2(&new_seller_v2())
        .await;
    assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
    assert_eq!(arrived(&server), [second, LIST, second]);
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
    for (total, rows) in [
        ("2", &[SAME, SAME][..]),
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
        let server = lost_then(vec![listed(total, rows)]);
        let client = client(&server, 1);
        unknown(client.send_or_settle_add_sub_merchant(&new_seller()).await);
        assert_eq!(arrived(&server), [ADD, LIST], "{rows:?}");
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
    let server = lost_then(vec![listed("", &[OTHER, equal])]);
    let sent = client(&server, 2)
        .send_or_settle_update_sub_merchant(&changed_seller())
        .await;
    assert_eq!(sent.unwrap(), Sent::AlreadyDone);
    assert_eq!(arrived(&server), [UPDATE, LIST]);

    let server = lost_then(vec![listed("1", &[equal])]);
    let sent = client(&server, 2)
        .send_or_settle_update_sub_merchant_v2(&changed_seller_v2())
        .await;
    assert_eq!(sent.unwrap(), Sent::AlreadyDone);

    // Each column in turn shows something else, or nothing.
    for at in 0..equal.len() {
        let mut differs = equal.to_vec();
        differs[at].1 = "9";
        let mut lacks = equal.to_vec();
        lacks.remove(at);
        for row in [differs, lacks] {
            let server = lost_then(vec![listed("1", &[&row])]);
            let client = client(&server, 1);
            unknown(
                client
                    .send_or_settle_update_sub_merchant(&changed_seller())
                    .await,
            );
            assert_eq!(arrived(&server), [UPDATE, LIST], "{row:?}");
        }
    }
    // What no column shows, and the seller twice.
    let mailed = changed_seller().email("a@example.com");
    for (change, rows) in [(mailed, &[equal][..]), (changed_seller(), &[equal, equal])] {
        let server = lost_then(vec![listed("1", rows)]);
        let client = client(&server, 1);
        unknown(client.send_or_settle_update_sub_merchant(&change).await);
    }
    let mut numbered = changed_seller_v2();
    numbered.external = new_seller_v2().external;
    let server = lost_then(vec![listed("1", &[equal])]);
    let client = client(&server, 1);
    unknown(
        client
            .send_or_settle_update_sub_merchant_v2(&numbered)
            .await,
    );
}

#[tokio::test]
async fn a_removal_is_settled_by_the_list() {
    let server = lost_then(vec![listed("1", &[OTHER])]);
    let sent = client(&server, 2)
        .send_or_settle_remove_sub_merchant(&removal())
        .await;
    assert_eq!(sent.unwrap(), Sent::AlreadyDone);
    assert_eq!(arrived(&server), [REMOVE, LIST]);

    let done = said(&body(REMOVE, "<Sonuc>1</Sonuc>"));
    let server = lost_then(vec![listed("900", &[OTHER, SAME]), done]);
    let sent = client(&server, 2)
        .send_or_settle_remove_sub_merchant(&removal())
        .await;
    assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
    assert_eq!(arrived(&server), [REMOVE, LIST, REMOVE]);

    let no_key: Columns<'_> = &[("TC_VN", NUMBER)];
    for (total, rows) in [("2", &[OTHER][..]), ("", &[]), ("2", &[OTHER, no_key])] {
        let server = lost_then(vec![listed(total, rows)]);
        let client = client(&server, 1);
        unknown(client.send_or_settle_remove_sub_merchant(&removal()).await);
        assert_eq!(arrived(&server), [REMOVE, LIST], "{rows:?}");
    }
}

#[tokio::test]
async fn a_list_that_fails_leaves_the_question_open() {
    for fault in [said(&body(LIST, "<Sonuc>-101</Sonuc>")), Fault::Stall(0)] {
        let script = |fault: &Fault| lost_then(vec![fault.clone()]);
        let server = script(&fault);
        unknown(
            client(&server, 1)
                .send_or_settle_add_sub_merchant(&new_seller())
                .await,
        );
        let server = script(&fault);
        unknown(
            client(&server, 1)
                .send_or_settle_remove_sub_merchant(&removal())
                .await,
        );
        let server = script(&fault);
        unknown(
            client(&server, 1)
                .send_or_settle_update_sub_merchant(&changed_seller())
                .await,
        );
    }
}
