//! How a provider spells orders: the requests that make and show one, and the answers.

use crate::faults::{Fault, answer};
use crate::json::Node;

/// The provider that an order server stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Protocol {
    /// `createPaysSupplierShipping` takes a number once; nothing shows an order.
    Horoz,
    /// `SetOrder` replaces an order; `GetOrderWithIntegrationCode` shows it.
    Aras,
}

/// A request about an order.
pub(super) struct Call {
    /// The shop's key of the order.
    pub(super) number: String,
    /// Whether it asks for the order, instead of making it.
    pub(super) asks: bool,
}

impl Protocol {
    /// Reads a request; `None` where it names no order.
    pub(super) fn read(self, body: &[u8]) -> Option<Call> {
        let text = str::from_utf8(body).ok()?;
        match self {
            Self::Horoz => {
                let body = Node::read(text).ok()?;
                let number = body.get("requestNumber")?.as_text()?.to_owned();
                Some(Call {
                    number,
                    asks: false,
                })
            }
            Self::Aras => {
                let asks = text.contains("<GetOrderWithIntegrationCode ");
                let element = if asks {
                    "integrationCode"
                } else {
                    "IntegrationCode"
                };
                let number = inside(text, element)?.to_owned();
                Some(Call { number, asks })
            }
        }
    }

    /// Refuses a request that names no order.
    pub(super) fn unnamed(self) -> Fault {
        match self {
            Self::Horoz => json("ERR-20002", "EKSİK PARAMETRE: TALEP NUMARASI"),
            Self::Aras => row("937", "Sipariş numarası boş", ""),
        }
    }

    /// Answers an order that was taken, now or before.
    pub(super) fn taken(self, number: &str, is_new: bool) -> Fault {
        match (self, is_new) {
            (Self::Horoz, true) => json("STA-100", "Kayit islemi basarili"),
            (Self::Horoz, false) => json("ERR-20003", "BU TALEP NUMARASI SISTEMDE MEVCUT"),
            (Self::Aras, _) => row("0", "Başarılı", number),
        }
    }

    /// Shows an order of Aras by the request that made it. No other provider shows one.
    pub(super) fn shown(body: Option<&[u8]>) -> Fault {
        let text = body.and_then(|body| str::from_utf8(body).ok());
        let order = text
            .and_then(|text| inside(text, "Order"))
            .unwrap_or_default();
        let order = if order.is_empty() {
            String::new()
        } else {
            format!("<Order>{order}</Order>")
        };
        xml("GetOrderWithIntegrationCode", &order)
    }
}

/// Returns what is between the tags of the first element of this name.
fn inside<'t>(text: &'t str, element: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("<{element}>"))?;
    let (inside, _) = rest.split_once(&format!("</{element}>"))?;
    Some(inside)
}

fn json(code: &str, message: &str) -> Fault {
    let body =
        format!(r#"{{"response": {{"responseCode": "{code}", "responseMessage": "{message}"}}}}"#);
    let json = [("Content-Type", "application/json;charset=UTF-8")];
    Fault::Answer(answer(200, &json, body.as_bytes()))
}

fn row(code: &str, message: &str, number: &str) -> Fault {
    let row = format!(
        "<OrderResultInfo><ResultCode>{code}</ResultCode><ResultMessage>{message}</ResultMessage>\
         <OrgReceiverCustId>{number}</OrgReceiverCustId></OrderResultInfo>"
    );
    xml("SetOrder", &row)
}

fn xml(operation: &str, result: &str) -> Fault {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
         <{operation}Response xmlns=\"http://tempuri.org/\"><{operation}Result>{result}</{operation}Result>\
         </{operation}Response></soap:Body></soap:Envelope>"
    );
    let xml = [("Content-Type", "text/xml; charset=utf-8")];
    Fault::Answer(answer(200, &xml, body.as_bytes()))
}
