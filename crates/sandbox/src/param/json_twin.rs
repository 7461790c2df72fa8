//! The JSON twin of the modal page, which is read as the call that it mirrors.

use serde_json::{Map, Value};

use super::fault::Fault;
use super::refusal::Stop;
use super::reply::{self, Item};
use crate::values::json::{Members, write};
use crate::{Answer, Request};

/// The call that the twin mirrors.
pub(crate) const OPERATION: &str = "TP_Modal_Payment";

const JSON: &str = "application/json; charset=utf-8";

/// The members of a request in the order of the call's elements, and the value of one that is left out.
/// Clients were seen to leave the installments out.
const MEMBERS: [(&str, Option<&str>); 11] = [
    ("Code", None),
    ("User", None),
    ("Pass", None),
    ("GUID", None),
    ("GSM", Some("")),
    ("Amount", None),
    ("Order_ID", None),
    ("TransactionId", None),
    ("Callback_URL", None),
    ("Installment", Some("1")),
    ("MaxInstallment", Some("1")),
];

/// Returns whether the address is that of the twin.
pub(crate) fn is_twin(request: &Request) -> bool {
    request.route().ends_with("/api/parampos/modalpayment")
}

/// Returns the call that a request of the twin mirrors; `None` when its body is not an object.
pub(crate) fn mirrored(request: &Request) -> Option<Request> {
    let members = Members::parse(&request.body)?;
    let mut elements = Vec::new();
    for (name, fallback) in MEMBERS {
        let value = members.text(name).or(fallback.map(str::to_owned));
        elements.extend(value.map(|value| Item::Text(name, value)));
    }
    let action = format!("\"https://turkpos.com.tr/{OPERATION}\"");
    let headers = [
        ("Content-Type", "text/xml; charset=utf-8"),
        ("SOAPAction", action.as_str()),
    ];
    let path = "/turkpos.ws/service_turkpos_prod.asmx";
    let body = reply::request(OPERATION, &[Item::Group("d", elements)]);
    Some(Request::new("POST", path, &headers, body))
}

/// Writes the answer of the mirrored call as JSON.
pub(crate) fn answer(answered: Result<Vec<Item>, Stop>) -> Answer {
    let refusal = match answered {
        Ok(items) => return object(&items),
        Err(Stop::Refused(refusal)) => refusal,
        Err(Stop::Fault(fault)) => return unread(&fault),
    };
    let items = [
        reply::text("ResultCode", refusal.code),
        reply::text("ResultDescription", &refusal.text),
    ];
    object(&items).refusing(refusal.code.to_string(), refusal.rule)
}

/// Refuses a body that is not an object, or lacks a member.
pub(crate) fn unread(fault: &Fault) -> Answer {
    let page = "{\"Message\":\"The request is invalid.\"}";
    Answer::new(400, JSON, page).refusing("400", fault.rule())
}

fn object(items: &[Item]) -> Answer {
    let mut members = Map::new();
    for item in items {
        if let Item::Text(name, text) = item {
            let value = match text.parse::<i64>() {
                Ok(number) if *name == "ResultCode" => Value::from(number),
                _ => Value::from(text.as_str()),
            };
            members.insert((*name).to_owned(), value);
        }
    }
    write(200, JSON, &members)
}
