//! A mock of HASO: answers to the calls of this example, and one screen. The real forms are not public.

use std::sync::atomic::{AtomicBool, Ordering};

use kervan_wire::form;

use crate::http::{Answer, Request};
use crate::shop::NUMBER;

static REFUNDED: AtomicBool = AtomicBool::new(false);

fn plan(total: &str) -> String {
    format!(
        r#"{{"TransactionCode":"TRX-1","MerchantOid":"{NUMBER}","Fee":30.50,"TotalAmount":{total},"DownPayment":0,"TransactionPayments":[{{"InstallmentNo":1,"PaymentCode":"PAY-1","InstallmentPayment":265.25,"Fee":15.25,"TermDate":"2026-12-22"}},{{"InstallmentNo":2,"PaymentCode":"PAY-2","InstallmentPayment":265.25,"Fee":15.25,"TermDate":"2027-01-22"}}]}}"#
    )
}

fn data(total: &str) -> String {
    let plan = plan(total).replace('"', "\\\"");
    format!(
        r#"{{"NameSurname":"Nilüfer Örnek","CustomerId":"5004","TransactionStatus":"6","TransactionPayments":"{plan}"}}"#
    )
}

/// Returns the body of a post after the customer has finished.
pub(crate) fn result() -> String {
    form::encode([
        ("Success", "True"),
        ("Errors", ""),
        ("Data", &data("530.50")),
    ])
}

/// Returns the same body with a total that is not the order's.
pub(crate) fn forged() -> String {
    form::encode([("Success", "True"), ("Data", &data("31.50"))])
}

pub(crate) fn answer(request: &Request, origin: &str) -> Answer {
    let done = |data: &str| {
        Answer::json(&format!(
            r#"{{"Success": true, "Errors": null, "Data": {data}}}"#
        ))
    };
    match request.path.as_str() {
        "/haso/Index/GetToken" => done(r#"{"token": "TOKEN-1"}"#),
        "/haso/ServletV2/Transaction" => {
            Answer::new(302, "").headers([("Location", format!("{origin}/haso/screens"))])
        }
        "/haso/screens" => Answer::new(200, &screen(origin))
            .headers([("Content-Type", "text/html; charset=utf-8".into())]),
        "/haso/Index/UpdateTransaction" => done("null"),
        "/haso/Index/GetPaymentsOfTransaction" => {
            done(&format!(r#"{{"TransactionPayments": {}}}"#, plan("530.50")))
        }
        "/haso/RequestV2/RefundTransaction" if REFUNDED.swap(true, Ordering::SeqCst) => {
            Answer::json(r#"{"Success": false, "Errors": ["H307"], "Data": null}"#)
        }
        "/haso/RequestV2/RefundTransaction" | "/haso/RequestV2/CheckRefund" => {
            done(r#"{"refundId": "R-1"}"#)
        }
        _ => Answer::text(404, "nothing here"),
    }
}

/// Returns one page for all of HASO's screens: the customer pays or gives up.
fn screen(origin: &str) -> String {
    let data = data("530.50").replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>A stand-in for HASO</title>\
         <form method=\"post\" action=\"{origin}/shop/ok?k=7f3a9c\"><input type=\"hidden\" name=\"Success\" value=\"True\">\
         <input type=\"hidden\" name=\"Data\" value=\"{data}\"><button>Pay in two installments</button></form>\
         <form method=\"post\" action=\"{origin}/shop/fail?k=7f3a9c\"><input type=\"hidden\" name=\"Success\" value=\"False\">\
         <input type=\"hidden\" name=\"MercantOid\" value=\"{NUMBER}\"><button>Give up</button></form></html>"
    )
}
