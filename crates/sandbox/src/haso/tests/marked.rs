//! Every refusal names its rule, and no accepted answer has one.

use super::*;

/// Sends a call and returns its code and rule; an answer with an effect must have neither.
#[track_caller]
fn rule(story: &mut Story, request: &Request) -> Option<(String, String)> {
    let (answer, effects) = story.send(request);
    let refused = answer.refused.clone();
    assert!(refused.is_none() || effects.is_empty(), "{refused:?}");
    if let Ok(body) = serde_json::from_slice::<Value>(&answer.body) {
        let in_data = body["Data"]["message"].as_str();
        let is_no = body["Success"] == false || in_data.is_some_and(|code| code != "RS100");
        assert_eq!(is_no, refused.is_some(), "{body}");
    } else {
        assert_eq!(answer.status != 302, refused.is_some());
    }
    refused.map(|refused| (refused.code, refused.rule))
}

/// A call with its fields in a form, signed as the operation signs it.
fn signed(path: &str, fields: &[(&str, &str)]) -> Request {
    let unsigned = post_form(path, &owned(fields));
    let operation::Found::Here(found) = operation::find(&unsigned) else {
        panic!("{path}");
    };
    let own = fields::Fields::read(&unsigned).unwrap();
    let text: String = found.signed.iter().map(|name| own.text(name)).collect();
    let token = sign("demo-merchant-key", &format!("{text}{SALT}")).unwrap();
    let mut fields = owned(fields);
    fields.push(("requestToken".to_owned(), token));
    post_form(path, &fields)
}

const MERCHANT: (&str, &str) = ("merchantId", "1001");

#[test]
fn refusals_of_orders_name_their_rule() {
    let (mut story, transaction) = Story::active_order("A-1");
    let code = transaction.code.as_str();
    let numbers = [MERCHANT, ("transactionCode", code), ("merchantOid", "A-1")];
    let unknown = [MERCHANT, ("transactionCode", "TRX-1"), numbers[2]];
    let refund = |id, amount| {
        let fields = [
            MERCHANT,
            ("refundId", id),
            numbers[2],
            numbers[1],
            ("refundAmount", amount),
        ];
        signed("/RequestV2/RefundTransaction", &fields)
    };
    let paid = |code, day| {
        let own = [("paymentCode", code), numbers[2], ("paymentDate", day)];
        signed(
            "/RequestV2/SetPaidPayment",
            &[&[MERCHANT], &own[..]].concat(),
        )
    };
    let create = |customer, amount, count| {
        let fields = [
            MERCHANT,
            ("orderAmount", amount),
            ("selectedInstallment", count),
            ("customerId", customer),
        ];
        signed("/RequestV2/CreateTransaction", &fields)
    };
    let check = signed("/RequestV2/CheckRefund", &[MERCHANT, ("refundId", "R-9")]);
    let plan = |fields: &[(&str, &str)]| signed("/Index/GetPaymentsOfTransaction", fields);
    let mut of = |request: Request| rule(&mut story, &request);
    assert_eq!(of(plan(&numbers)), None);
    assert_eq!(of(refund("R-1", "100")), None);
    for (request, code, field) in [
        (plan(&unknown), "", "transactionCode"),
        (refund("R-1", "100"), "H307", "refundId"),
        (refund("R-2", "0"), "", "refundAmount"),
        (refund("R-2", "50001"), "", "refundAmount"),
        (check, "H308", "refundId"),
        (paid("PAY-1", "2026-11-27"), "", "paymentCode"),
        (paid("PAY-1", "27.11.2026"), "", "paymentDate"),
        (create("1", "100", "2"), "", "customerId"),
        (create("5004", "0", "2"), "", "orderAmount"),
        (create("5004", "99999999", "2"), "", "orderAmount"),
        (create("5004", "100", "99"), "", "selectedInstallment"),
        (order_form("TOKEN-1", "A-2"), "", "token"),
        (order_form("TOKEN-1", "A-1"), "", "merchantOid"),
        (
            post_form("/Index/GetErrorCodes", &owned(&[MERCHANT])),
            "",
            "requestToken",
        ),
        (
            signed("/Index/GetErrorCodes", &[("merchantId", "1")]),
            "",
            "merchantId",
        ),
    ] {
        let (sent, rule) = of(request).unwrap();
        assert_eq!(sent, code, "{rule}");
        assert!(rule.contains(field), "{field}: {rule}");
        assert!(!rule.contains("A-1") && !rule.contains("R-1"), "{rule}");
    }
}

#[test]
fn refusals_of_customers_name_their_rule() {
    let mut story = Story::new();
    story.world.refuse_phone("5551112233", Vec::new());
    let phone = |customer, mobile| {
        let fields = [
            ("MerchantId", "1001"),
            ("CustomerId", customer),
            ("NewGsmNo", mobile),
        ];
        signed("/Index/ChangeCustomerGsmNo", &fields)
    };
    let bureau = |name: &str, own: &[(&str, &str)]| {
        let fields = [&[MERCHANT, ("kkbRefNo", "KKB-1")], own].concat();
        signed(&format!("/RequestV2/{name}"), &fields)
    };
    let page = [MERCHANT, ("customerId", "5004"), ("pageNo", "0")];
    let balance = [
        MERCHANT,
        ("customerId", "5004"),
        ("balanceAmount", "0"),
        ("paymentDate", "2026-11-27"),
    ];
    let request = BureauRequest {
        customer: "5004".to_owned(),
        pin: "1234".to_owned(),
        is_test: false,
        is_confirmed: false,
        reads_left: 0,
    };
    let unknown = bureau("AskKkbReportResult", &[]);
    assert!(rule(&mut story, &unknown).unwrap().1.contains("kkbRefNo"));
    story.world.bureau.insert("KKB-1".to_owned(), request);
    for (request, code, field) in [
        (phone("1", "5551112233"), "H223", "CustomerId"),
        (phone("5004", "5550000000"), "H311", "NewGsmNo"),
        (phone("5004", "5551112233"), "RS115", "NewGsmNo"),
        (phone("5004", "05551112233"), "", "NewGsmNo"),
        (bureau("AskKkbReportResult", &[]), "", "kkbRefNo"),
        (bureau("SendKkbPinCode", &[("pinCode", "1")]), "", "pinCode"),
        (
            signed("/Index/GetCustomerTransactions", &page),
            "",
            "pageNo",
        ),
        (
            signed("/RequestV2/LoadCustomerBalance", &balance),
            "",
            "balanceAmount",
        ),
        (post("/Index/GetToken", "text/plain", ""), "", "unreadable"),
        (post("/Index/Nothing", "text/plain", ""), "", "unknown"),
        (
            post("/RequestV2/SendExecutionTransaction", "text/plain", ""),
            "",
            "not simulated",
        ),
    ] {
        let (sent, rule) = rule(&mut story, &request).unwrap();
        assert_eq!(sent, code, "{rule}");
        assert!(rule.contains(field), "{field}: {rule}");
    }
    assert_eq!(rule(&mut story, &phone("5004", "5536616020")), None);
    assert_eq!(
        rule(
            &mut story,
            &bureau("SendKkbPinCode", &[("pinCode", "1234")])
        ),
        None
    );
}
