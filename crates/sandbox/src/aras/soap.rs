//! The envelope of the shipment service.

use crate::values::answers::header;
use crate::values::xml::{Element, envelope};
use crate::{Answer, Request};

const NAMESPACE: &str = "http://tempuri.org/";
const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const XML: &str = "text/xml; charset=utf-8";

/// Returns an argument by its exact name; empty when it is not bound.
pub(super) fn argument<'a>(call: &'a Element, name: &str) -> &'a str {
    call.child(name)
        .map(|child| child.text.as_str())
        .unwrap_or_default()
}

/// Returns whether the header `SOAPAction` names the call.
pub(super) fn has_action(request: &Request, name: &str) -> bool {
    let action = header(request, "SOAPAction").unwrap_or_default();
    action.trim_matches('"').strip_prefix(NAMESPACE) == Some(name)
}

/// ASP.NET's fault for another action.
pub(super) fn wrong_action(request: &Request) -> Answer {
    let action = header(request, "SOAPAction").unwrap_or_default();
    let action = action.trim_matches('"');
    client_fault(
        &format!("Server did not recognize the value of HTTP Header SOAPAction: {action}."),
        "SOAPAction: not the operation of the envelope, or not one of the shipment service",
    )
}

/// ASP.NET's fault for a number that it cannot read.
pub(super) fn not_read(rule: &str) -> Answer {
    client_fault(
        "Server was unable to read request. ---> Input string was not in a correct format.",
        rule,
    )
}

fn client_fault(text: &str, rule: &str) -> Answer {
    let fault = vec![
        Element::text("faultcode", "soap:Client"),
        Element::text("faultstring", text),
        Element::of("detail", Vec::new()),
    ];
    Answer::new(500, XML, envelope("", &Element::of("soap:Fault", fault)))
        .refusing("soap:Client", rule)
}

/// Returns a list of rows; without rows the result is null and left out.
pub(super) fn list(name: &str, rows: Vec<Element>) -> Answer {
    let rows = (!rows.is_empty()).then(|| Element::of("", rows));
    result(name, rows)
}

/// Returns the answer of a call whose result is written already: a data set, or an escaped text.
pub(super) fn written(name: &str, result: &str) -> Answer {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"{ENVELOPE}\"><soap:Body>\
         <{name}Response xmlns=\"{NAMESPACE}\"><{name}Result>{result}</{name}Result></{name}Response>\
         </soap:Body></soap:Envelope>"
    );
    Answer::new(200, XML, body)
}

/// Returns the answer of a call with its result, which is named after the call.
pub(super) fn result(name: &str, result: Option<Element>) -> Answer {
    let result = result.map(|result| Element {
        name: format!("{name}Result"),
        ..result
    });
    let response = Element::of(&format!("{name}Response"), result.into_iter().collect());
    Answer::new(200, XML, envelope(NAMESPACE, &response))
}

/// Returns the result of a cancel; a null key is left out.
pub(super) fn dispatch(code: &str, message: &str, key: Option<&str>) -> Element {
    let mut children = vec![
        Element::text("ResultCode", code),
        Element::text("ResultMessage", message),
    ];
    children.extend(key.map(|key| Element::text("CargoKey", key)));
    Element::of("", children)
}
