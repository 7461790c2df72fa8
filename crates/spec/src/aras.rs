//! Rules of the carrier's guide that concern several elements of a registered order.

use super::Finding;
use crate::wire::xml::Element;

/// Checks the orders of `SetOrder`.
pub(super) fn check(call: &Element, found: &mut Vec<Finding>) {
    let orders = call.child("orderInfo");
    let orders = orders.map(|info| info.children.as_slice());
    for (index, order) in orders.unwrap_or_default().iter().enumerate() {
        let mut broken = |element: &str, message: &str| {
            let path = format!("body.orderInfo.Order[{index}].{element}");
            found.push(Finding::new(path, message));
        };
        check_login(call, order, &mut broken);
        check_collection(order, &mut broken);
        check_pieces(order, &mut broken);
    }
}

/// Returns the text of an element, unless it is blank.
fn value(parent: &Element, name: &str) -> Option<String> {
    let text = parent.child(name)?.text();
    (!text.trim().is_empty()).then_some(text)
}

/// The login is sent twice: in every order, and behind the list.
fn check_login(call: &Element, order: &Element, broken: &mut impl FnMut(&str, &str)) {
    for (inner, outer) in [("UserName", "userName"), ("Password", "password")] {
        if value(order, inner) != value(call, outer) {
            broken(inner, &format!("is not that of `{outer}`"));
        }
    }
}

/// A parcel with a collection has an amount, a kind and a payer of its own; any other has none of them.
fn check_collection(order: &Element, broken: &mut impl FnMut(&str, &str)) {
    let is_collected = value(order, "IsCod").as_deref() == Some("1");
    for name in ["CodAmount", "CodCollectionType", "CodBillingType"] {
        let text = value(order, name);
        // Without a collection, an amount of 0 is in use as well.
        let is_zero = name == "CodAmount" && text.as_deref().is_some_and(is_zero);
        match (is_collected, text) {
            (true, None) => broken(name, "is missing, but `IsCod` is 1"),
            (true, Some(_)) if is_zero => broken(name, "is 0, but `IsCod` is 1"),
            (false, Some(_)) if !is_zero => broken(name, "is there, but `IsCod` is not 1"),
            _ => {}
        }
    }
    if is_collected && value(order, "PayorTypeCode").as_deref() != Some("1") {
        broken("PayorTypeCode", "is not 1, but `IsCod` is 1");
    }
}

/// The pieces are as many as their count, each has sizes above zero, and no barcode comes twice.
fn check_pieces(order: &Element, broken: &mut impl FnMut(&str, &str)) {
    let pieces = order.child("PieceDetails");
    let pieces = pieces.map(|details| details.children.as_slice());
    let pieces = pieces.unwrap_or_default();
    let count = value(order, "PieceCount").and_then(|count| count.parse().ok());
    if count != Some(pieces.len()) || pieces.is_empty() {
        broken("PieceCount", "is not the count of `PieceDetail`");
    }
    let barcodes: Vec<_> = pieces
        .iter()
        .map(|piece| value(piece, "BarcodeNumber"))
        .collect();
    for (index, piece) in pieces.iter().enumerate() {
        let of_piece = |name: &str| format!("PieceDetails.PieceDetail[{index}].{name}");
        for name in ["VolumetricWeight", "Weight"] {
            if value(piece, name).as_deref().is_some_and(is_zero) {
                broken(&of_piece(name), "is 0");
            }
        }
        if barcodes[index].is_some() && barcodes[..index].contains(&barcodes[index]) {
            broken(&of_piece("BarcodeNumber"), "is that of another piece");
        }
    }
}

fn is_zero(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

#[cfg(test)]
mod tests {
    use crate::wire::http::HttpText;
    use crate::{Finding, check};

    const ORDER: &str = "<Order><UserName>a</UserName><Password>b</Password>\
        <ReceiverName>Ayşe Örnek</ReceiverName><ReceiverAddress>Deneme Sok. 3</ReceiverAddress>\
        <ReceiverPhone1>5550000017</ReceiverPhone1><ReceiverCityName>İZMİR</ReceiverCityName>\
        <ReceiverTownName>KONAK</ReceiverTownName><PieceCount>2</PieceCount><CodAmount>349.90</CodAmount>\
        <CodCollectionType>0</CodCollectionType><CodBillingType>0</CodBillingType>\
        <IntegrationCode>2026000417</IntegrationCode><PayorTypeCode>1</PayorTypeCode>\
        <IsWorldWide>0</IsWorldWide><IsCod>1</IsCod><PieceDetails><PieceDetail>\
        <VolumetricWeight>4</VolumetricWeight><Weight>3</Weight><BarcodeNumber>1</BarcodeNumber>\
        </PieceDetail><PieceDetail><VolumetricWeight>3</VolumetricWeight><Weight>2.5</Weight>\
        <BarcodeNumber>2</BarcodeNumber></PieceDetail></PieceDetails></Order>";

    /// Returns the findings about a request with these orders.
    fn found(orders: &str) -> Vec<String> {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
             <soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
             <SetOrder xmlns=\"http://tempuri.org/\"><orderInfo>{orders}</orderInfo>\
             <userName>a</userName><password>b</password></SetOrder></soap:Body></soap:Envelope>"
        );
        let headers = [
            ("Content-Type", "text/xml; charset=utf-8"),
            ("SOAPAction", "\"http://tempuri.org/SetOrder\""),
        ];
        let request = HttpText::new("POST /arascargoservice.asmx HTTP/1.1", &headers, body);
        let found = check("aras-tracking", "SetOrder", &request).unwrap();
        found.iter().map(Finding::to_string).collect()
    }

    #[test]
    fn one_order_and_two_break_no_rule() {
        assert_eq!(found(ORDER), [""; 0]);
        let second = ORDER.replace("2026000417", "2026000418");
        assert_eq!(found(&(ORDER.to_owned() + &second)), [""; 0]);
        // Without a collection nothing of it is there, or an amount of 0.
        let none = ORDER.replace("<IsCod>1", "<IsCod>0").replace(
            "<CodCollectionType>0</CodCollectionType><CodBillingType>0</CodBillingType>",
            "",
        );
        assert_eq!(found(&none.replace("349.90", "0")), [""; 0]);
        assert_eq!(
            found(&none.replace("<CodAmount>349.90</CodAmount>", "")),
            [""; 0]
        );
    }

    #[test]
    fn each_rule_is_named_with_its_order_and_element() {
        for (from, to, finding) in [
            (
                "<Password>b",
                "<Password>c",
                "Password: is not that of `password`",
            ),
            (
                "<PayorTypeCode>1",
                "<PayorTypeCode>2",
                "PayorTypeCode: is not 1, but `IsCod` is 1",
            ),
            (
                "<CodAmount>349.90</CodAmount>",
                "",
                "CodAmount: is missing, but `IsCod` is 1",
            ),
            ("349.90", "0.00", "CodAmount: is 0, but `IsCod` is 1"),
            (
                "<PieceCount>2",
                "<PieceCount>3",
                "PieceCount: is not the count of `PieceDetail`",
            ),
            (
                "<Weight>2.5",
                "<Weight>0",
                "PieceDetails.PieceDetail[1].Weight: is 0",
            ),
            (
                "<BarcodeNumber>2",
                "<BarcodeNumber>1",
                "PieceDetails.PieceDetail[1].BarcodeNumber: is that of another piece",
            ),
            (
                "İZMİR",
                "İzmir",
                "ReceiverCityName: is not in Turkish upper case",
            ),
            (
                "<Weight>2.5</Weight>",
                "",
                "PieceDetails.PieceDetail[1].Weight: is missing",
            ),
        ] {
            assert!(ORDER.contains(from), "{from}");
            let broken = ORDER.replacen(from, to, 1);
            let expected = format!("body.orderInfo.Order[1].{finding}");
            let orders = ORDER.replace("2026000417", "2026000418") + &broken;
            assert_eq!(found(&orders), [expected], "{from}");
        }
        let flagless = ORDER.replace("<IsCod>1", "<IsCod>0");
        let all = found(&flagless);
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(
            all[0].ends_with("CodAmount: is there, but `IsCod` is not 1"),
            "{all:?}"
        );
    }
}
