//! Field lists that the settings change, and calls that this crate does not know.

use contract_kit::faults::{Fault, FaultServer};
use haso_bnpl::{
    ActivateOrder, CommonFields, Encoding, ListForm, Method, Operation, Quirks, RawCall,
    SetBulkPaid, SetLimitFromKds,
};

use crate::support::{KEY, SALT, client, client_by, json, money, shopper, signing};

fn body(
    client: &haso_bnpl::Client,
    call: &impl Operation<Service = haso_bnpl::Settings>,
) -> String {
    String::from_utf8(call.encode(&client.context()).unwrap().body).unwrap()
}

fn with(quirks: Quirks) -> haso_bnpl::Client {
    client_by("http://127.0.0.1:9", 1, |builder| builder.quirks(quirks))
}

#[test]
fn a_field_list_replaces_names_order_and_texts() {
    let method = Method::new()
        .field("OrderNo", "merchantOid")
        .text("Channel", "web")
        .field("Ip", "ipAddress")
        .field("MerchantId", "merchantId")
        .field("hash", "requestToken")
        .signed(["merchantOid", "merchantId"]);
    let client = with(Quirks::default().method("UpdateTransaction", method));
    let call = ActivateOrder::without_post("O-1".into(), "TRX-1".into())
        .common(CommonFields::new().extra("x", "y"));
    let token = signing(KEY, SALT).request_token(["O-1", "1001"]);
    let token = token
        .expose()
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    assert_eq!(
        body(&client, &call),
        format!("OrderNo=O-1&Channel=web&MerchantId=1001&hash={token}&x=y")
    );
}

#[test]
fn a_value_that_the_call_does_not_have_is_a_problem() {
    let client = with(
        Quirks::default().method("UpdateTransaction", Method::new().field("a", "noSuchValue")),
    );
    let problems = client.check(&ActivateOrder::without_post("O-1".into(), "TRX-1".into()));
    let codes: Vec<_> = problems.iter().map(haso_bnpl::Problem::code).collect();
    assert_eq!(codes, ["haso.field_unknown"]);
}

#[test]
fn what_is_sent_is_signed() {
    let method = Method::new()
        .field("OrderNo", "merchantOid")
        .text("Channel", "web")
        .field("hash", "requestToken")
        .signed([
            "OrderNo",
            "channel",
            "x",
            "ipAddress",
            "transactionCode",
            "merchantOid",
        ]);
    let client = with(
        Quirks::default()
            .index(Encoding::Json)
            .method("UpdateTransaction", method),
    );
    let call = ActivateOrder::without_post("O-1".into(), "TRX-1".into())
        .common(CommonFields::new().extra("x", "y"));
    assert!(client.check(&call).is_empty());
    // The transaction's number is not sent, so it is not signed.
    let token = signing(KEY, SALT).request_token(["O-1", "web", "y", "", "", "O-1"]);
    let token = token.expose();
    assert_eq!(
        body(&client, &call),
        format!(r#"{{"OrderNo":"O-1","Channel":"web","hash":"{token}","x":"y"}}"#)
    );
    let codes = |names: &[&str]| -> Vec<_> {
        let method = Method::new().signed(names.iter().copied());
        let client = with(Quirks::default().method("UpdateTransaction", method));
        let problems = client.check(&ActivateOrder::without_post("O-1".into(), "TRX-1".into()));
        problems.iter().map(haso_bnpl::Problem::code).collect()
    };
    assert!(codes(&["merchantOid", "ipAddress"]).is_empty());
    assert_eq!(codes(&["merchantOid", "orderNo"]), ["haso.signed_unknown"]);
}

#[test]
fn further_fields_are_checked() {
    let client = with(Quirks::default());
    for (name, value, code) in [
        ("merchantOid", "x", "haso.extra_repeats"),
        ("MERCHANTID", "x", "haso.extra_repeats"),
        ("requestToken", "x", "haso.extra_repeats"),
        ("Token", "x", "haso.extra_repeats"),
        ("requestToken\u{200b}", "x", "haso.extra_repeats"),
        ("y", "a\0b", "text.control_character"),
        ("y", "a\nb", "line.line_ends"),
    ] {
        let common = CommonFields::new().extra(name, value);
        let problems =
            client.check(&ActivateOrder::without_post("O-1".into(), "T".into()).common(common));
        let codes: Vec<_> = problems.iter().map(haso_bnpl::Problem::code).collect();
        assert_eq!(codes, [code], "{name}");
    }
    let twice = CommonFields::new().extra("y", "1").extra("Y", "2");
    let problems =
        client.check(&ActivateOrder::without_post("O-1".into(), "T".into()).common(twice));
    assert_eq!(problems.iter().count(), 1);
}

#[test]
fn statuses_are_numbers_in_json() {
    let call = haso_bnpl::ListPayments::new("5004")
        .statuses(["0", "3", "x"].map(|text| haso_bnpl::InstallmentStatus::from(text.to_owned())));
    let client = with(Quirks::default().index(Encoding::Json));
    let sent = body(&client, &call);
    assert!(sent.contains(r#""paymentStatuses":[0,3,"x"]"#), "{sent}");
}

#[test]
fn lists_take_every_form() {
    let day = "2026-11-22".parse().unwrap();
    let call = SetBulkPaid::new(vec!["A".into(), "B".into()], "O-1", day);
    for (lists, wanted) in [
        (
            ListForm::Indexed,
            "paymentCodes%5B0%5D=A&paymentCodes%5B1%5D=B",
        ),
        (ListForm::Repeated, "paymentCodes=A&paymentCodes=B"),
        (ListForm::Json, "paymentCodes=%5B%22A%22%2C%22B%22%5D"),
    ] {
        let client = with(Quirks::default().request_v2(Encoding::Form).lists(lists));
        assert!(
            body(&client, &call).contains(wanted),
            "{}",
            body(&client, &call)
        );
    }
}

#[test]
fn the_email_field_has_the_name_of_the_settings() {
    let client = with(Quirks::default().email_field("shopperEmail"));
    let call = SetLimitFromKds::new(shopper(), "SEG", money("1.00"));
    assert!(body(&client, &call).contains(r#""shopperEmail":"nilufer@example.com""#));
}

#[tokio::test]
async fn a_raw_call_is_signed_and_read_like_any_other() {
    let server = FaultServer::start(Fault::Answer(json(
        200,
        br#"{"Success": false, "Errors": ["H223"]}"#,
    )));
    let client = client(&server, 3);
    let call = RawCall::new("RequestV2/SuspendCustomer")
        .field("merchantId", "1001")
        .field("customerId", "5004");
    let error = client
        .call(&call.clone().signed(["merchantId", "customerId"]).json())
        .await
        .unwrap_err();
    let no = error.rejection().unwrap();
    assert_eq!((no.operation, &*no.code), ("SuspendCustomer", "H223"));
    assert!(error.to_string().contains("`SuspendCustomer`"), "{error}");
    let seen = server.requests_seen().remove(0);
    assert_eq!(seen.target, "/RequestV2/SuspendCustomer");
    let sent = String::from_utf8_lossy(&seen.body).into_owned();
    assert!(
        sent.starts_with(r#"{"merchantId":"1001","customerId":"5004","requestToken":""#),
        "{sent}"
    );
    let dry =
        String::from_utf8(client.dry_run(&call.signed(["merchantId"])).unwrap().body).unwrap();
    assert!(dry.ends_with("requestToken=%5Bredacted%5D"), "{dry}");
}

#[tokio::test]
async fn headers_of_the_settings_go_out_with_every_call() {
    let server = FaultServer::start(Fault::Answer(json(200, br#"{"Success": true}"#)));
    let client = client_by(&server, 1, |builder| builder.header("X-Api-Key", "k"));
    client.call(&RawCall::new("Index/X")).await.unwrap();
    let seen = server.requests_seen().remove(0);
    let header = seen
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("x-api-key"));
    assert_eq!(header.map(|(_, value)| value.as_str()), Some("k"));
}
