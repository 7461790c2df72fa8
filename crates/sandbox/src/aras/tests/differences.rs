//! Cases whose answer has another shape on purpose.

const PART: &str = "the case has a part of the columns that the guide names";
const LABEL: &str = "the case has a part of the members that the description names";
const TABLE: &str = "the columns are not public, and the case has invented ones";
const NULL: &str = "a data set without rows instead of a null result";
const LIST: &str = "a null result instead of an empty list";
const DRIFT: &str = "a member or column that nobody described";
const ENVELOPE: &str = "another form of the answer, which no page describes";
const NAMES: &str = "columns in the letters of the print";
const BRANCHES: &str = "the world always has its branches";
const COUNT: &str = "a count always has one row";
const TWO: &str = "two rows for a number that is unique in the world";
const NAMELESS: &str = "a row that names no order";
const ANSWERS: &str = "more or fewer answers than orders";
const INVOICE: &str = "the order has no invoice to repeat";
const TABLES: &str = "the tables have another order and all their columns";

/// The cases, each with the reason.
pub(super) const OTHER_SHAPES: &[(&str, &str)] = &[
    ("GetBarcode/success", LABEL),
    ("GetBarcode/success-one-piece", LABEL),
    ("GetBarcode/success-unknown-code", LABEL),
    ("GetCargoInfo/success", TABLE),
    ("GetCargoInfo/success-null-result", NULL),
    ("GetCargoTransaction/success", TABLE),
    ("GetCargoTransaction/success-null-result", NULL),
    ("GetDeliveryInfodocID/success", DRIFT),
    ("GetDeliveryInfodocID/success-no-row", LIST),
    ("GetDeliveryInfodocID/success-one-row", DRIFT),
    ("GetOrder/success-no-row", LIST),
    ("GetOrderWithIntegrationCode/success-no-row", LIST),
    ("GetQueryDS-1/success-escaped-column", PART),
    ("GetQueryDS-22/success", TABLES),
    ("GetQueryDS-22/success-one-row", TABLES),
    ("GetQueryDS-26/success", TABLES),
    ("GetQueryDS-26/success-one-row", TABLES),
    ("GetQueryJSON-1/success-beside", DRIFT),
    ("GetQueryJSON-1/success-deeper", ENVELOPE),
    ("GetQueryJSON-1/success-empty-list", ENVELOPE),
    ("GetQueryJSON-1/success-empty-row", ENVELOPE),
    ("GetQueryJSON-1/success-iso-8859-9", ENVELOPE),
    ("GetQueryJSON-1/success-json-null", ENVELOPE),
    ("GetQueryJSON-1/success-new-column", DRIFT),
    ("GetQueryJSON-1/success-nil-row", ENVELOPE),
    ("GetQueryJSON-1/success-numbers", ENVELOPE),
    ("GetQueryJSON-1/success-printed-names", NAMES),
    (
        "GetQueryJSON-1/success-returned",
        "the columns of a delivery, filled by the handing back",
    ),
    ("GetQueryJSON-1/success-row-directly", ENVELOPE),
    ("GetQueryJSON-1/success-row-name", ENVELOPE),
    ("GetQueryJSON-1/success-two-groups", ENVELOPE),
    ("GetQueryJSON-10/success-empty-result", BRANCHES),
    ("GetQueryJSON-10/success-no-row", BRANCHES),
    ("GetQueryJSON-10/success-one-row", BRANCHES),
    ("GetQueryJSON-11/success", PART),
    ("GetQueryJSON-11/success-one-row", PART),
    ("GetQueryJSON-13/success", PART),
    ("GetQueryJSON-13/success-one-row", PART),
    ("GetQueryJSON-14/success", TWO),
    ("GetQueryJSON-16/success", PART),
    ("GetQueryJSON-16/success-one-row", PART),
    ("GetQueryJSON-24/success", TWO),
    ("GetQueryJSON-25/success", PART),
    ("GetQueryJSON-25/success-delivery", PART),
    ("GetQueryJSON-25/success-due", PART),
    ("GetQueryJSON-25/success-one-row", PART),
    ("GetQueryJSON-31/success", COUNT),
    ("GetQueryJSON-31/success-empty-result", COUNT),
    ("GetQueryJSON-31/success-no-row", COUNT),
    ("GetQueryJSON-37/success", PART),
    ("GetQueryJSON-37/success-one-row", PART),
    ("GetQueryJSON-39/success", PART),
    ("GetQueryJSON-39/success-one-row", PART),
    ("GetQueryJSON-39/success-without-customer-code", PART),
    ("GetQueryJSON-9/success-printed-names", NAMES),
    ("GetQueryXML-1/success-cdata", PART),
    ("GetQueryXML-1/success-not-escaped", ENVELOPE),
    ("SetOrder-2/success-nameless", NAMELESS),
    ("SetOrder-2/success-one-answer", ANSWERS),
    ("SetOrder/success-no-reference", NAMELESS),
    ("SetOrder/success-receiver-pays", INVOICE),
    ("SetOrder/success-sender-pays", INVOICE),
];
