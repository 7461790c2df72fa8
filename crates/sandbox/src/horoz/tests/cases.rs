//! The cases of the fixtures, played at a world that knows their numbers.

use super::*;
use crate::values::replay;

/// Cases whose answer has another shape on purpose, with the reason.
const OTHER_SHAPES: &[(&str, &str)] = &[
    (
        "cancelBarcode/success-new-field",
        "a field nobody described",
    ),
    ("cancelBarcode/success-without-envelope", "another envelope"),
    (
        "cancelPaysSupplierShipping/success-new-field",
        "a field nobody described",
    ),
    (
        "cancelPaysSupplierShipping/success-without-envelope",
        "another envelope",
    ),
    (
        "cancelShipping/success-new-field",
        "a field nobody described",
    ),
    (
        "cancelShipping/success-without-envelope",
        "another envelope",
    ),
    (
        "createBarcode/success-nested",
        "two pieces, and one without its label's text",
    ),
    (
        "createBarcode/success-no-barcode",
        "a success without a barcode",
    ),
    ("createBarcode/success-number", "a number for a barcode"),
    (
        "createPaysSupplierShipping/success-new-field",
        "a field nobody described",
    ),
    (
        "createPaysSupplierShipping/success-other-envelope",
        "another envelope",
    ),
    (
        "createPaysSupplierShipping/success-status-500",
        "another status",
    ),
    (
        "createPaysSupplierShipping/success-windows-1254",
        "another charset",
    ),
    (
        "createPaysSupplierShipping/success-without-envelope",
        "another envelope",
    ),
    (
        "createShipping/success-new-field",
        "a field nobody described",
    ),
    ("listCounties/success-empty-list", "no pair"),
    ("listCounties/success-new-field", "a field nobody described"),
    ("listCounties/success-single-county", "a lone object"),
    ("serviceControl/success-no-ip", "no address"),
];

#[test]
fn every_case_is_answered_in_its_own_shape() {
    for case in replay::successes("horoz-shipping", &[]) {
        let name = case.name.as_str();
        let mut story = Story::new();
        let (operation, _) = name.split_once('/').unwrap();
        if operation.starts_with("cancel") || operation == "createBarcode" {
            let one = order()
                .replace("\"shipmentCount\": 2", "\"shipmentCount\": 1")
                .replace("\"quantity\": 2", "\"quantity\": 1");
            let plain = one.replace("PaysSupplier", "Standart");
            let (method, body) = match operation {
                "cancelPaysSupplierShipping" => (CREATE, one),
                _ => ("createShipping", plain),
            };
            assert_eq!(story.code(method, &body), "STA-100");
        }
        if operation == "cancelBarcode" {
            let order = story.world.orders.get_mut("KV-1001").unwrap();
            order.accept("01234567890".to_owned(), NOON);
        }
        let (answer, effects) = story.send_raw(&case.request);
        let body = text(&answer);
        assert!(
            answer.status == 200 && !body.starts_with("sandbox:"),
            "{name}: {body}; each call is simulated, in `crates/sandbox/src/horoz`"
        );
        let writes = operation.starts_with("create") || operation.starts_with("cancel");
        assert_eq!(effects.len(), usize::from(writes), "{name}: {body}");
        // The inner names of a tracking answer are those of a public shop; the cases' are invented.
        let is_other = OTHER_SHAPES.iter().any(|(other, _)| *other == name);
        if operation != "listShippingDetails" {
            let is_equal = replay::shape(&answer) == replay::shape(&case.answer);
            assert_eq!(is_equal, !is_other, "{name}: {body}");
        }
    }
}
