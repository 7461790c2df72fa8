//! The provider's rules, each with its own code and texts.
//!
//! Lengths and required fields use [`TOO_LONG`] and [`MISSING`] of the core; texts of one line and telephone
//! numbers those of `kervan_turkiye`. Provider's page: createPaysSupplierShipping.

use kervan_core::Rule;
use kervan_core::problem::{MISSING, TOO_LONG};

/// An order needs at least one line. Wire: `shippingDetail`.
pub static NO_LINES: Rule = Rule::error(
    "horoz.no_lines",
    "`{path}` is empty; an order needs at least one line",
    "`{path}` boş; siparişte en az bir satır olmalıdır",
);

/// A line has pieces. Wire: `quantity`.
pub static NO_PIECES: Rule = Rule::error(
    "horoz.no_pieces",
    "`{path}` is zero; a line has at least one piece",
    "`{path}` sıfır; satırda en az bir adet olmalıdır",
);

/// Desi is above zero (`ERR-20009`). Wire: `desi`.
pub static DESI_NOT_POSITIVE: Rule = Rule::error(
    "horoz.desi_not_positive",
    "`{path}` is {actual}; desi must be more than zero",
    "`{path}` {actual}; desi sıfırdan büyük olmalıdır",
);

/// The request number is a key that other calls and people will type: it has no line ends, as between two
/// numbers in one cell, and no characters without width. Wire: `requestNumber`.
pub static NUMBER_UNPRINTABLE: Rule = Rule::error(
    "horoz.number_unprintable",
    "`{path}` holds a character that cannot be seen",
    "`{path}` alanında görünmeyen bir karakter var",
);

/// A weight is not below zero. Wire: `weightInKg`.
pub static WEIGHT_NEGATIVE: Rule = Rule::error(
    "horoz.weight_negative",
    "`{path}` is {actual}; a weight cannot be less than zero",
    "`{path}` {actual}; ağırlık sıfırdan küçük olamaz",
);

/// Weight is never empty, and zero is hardly meant. Without a weight the line is sent with its desi
/// in both fields. Wire: `weightInKg`.
pub static WEIGHT_ZERO: Rule = Rule::warning(
    "horoz.weight_zero",
    "`{path}` is zero; leave the weight out if it is not known",
    "`{path}` sıfır; ağırlık bilinmiyorsa alanı boş bırakın",
);

/// One line per product. `merge_equal_products` merges on request. Wire: `productCode`.
pub static PRODUCT_TWICE: Rule = Rule::error(
    "horoz.product_twice",
    "`{path}` repeats the product of `{limit}`; one line per product",
    "`{path}` alanındaki ürün `{limit}` satırında da var; her ürün tek satır olmalıdır",
);

/// The pieces of the lines add up to the declared count. Wire: `shipmentCount`, `quantity`.
pub static COUNT_MISMATCH: Rule = Rule::error(
    "horoz.count_mismatch",
    "`{path}` is {actual}, but the lines add up to {limit} pieces",
    "`{path}` {actual}, satırların toplamı ise {limit} adet",
);

/// The desi of the lines add up to the declared total. Wire: `totalDesi`, `desi`.
pub static DESI_MISMATCH: Rule = Rule::error(
    "horoz.desi_mismatch",
    "`{path}` is {actual}, but the lines add up to {limit} desi",
    "`{path}` {actual}, satırların toplamı ise {limit} desi",
);

/// The totals of the lines can be written. Wire: `shipmentCount`, `totalDesi`.
pub static TOTAL_TOO_LARGE: Rule = Rule::error(
    "horoz.total_too_large",
    "the total of `{path}` is too large to be written",
    "`{path}` toplamı yazılamayacak kadar büyük",
);

/// Province and district are a pair of the list fetched from Horoz. Wire: `senderCity`,
/// `senderCounty`, `recipientCity`, `recipientCounty`.
pub static PLACE_UNKNOWN: Rule = Rule::error(
    "horoz.place_unknown",
    "`{path}` is no pair of province and district in Horoz's list",
    "`{path}` Horoz'un listesinde bir il ve ilçe çifti değil",
);

/// Province and district are a pair of the built-in table, which is only a hint.
pub static PLACE_NOT_IN_TABLE: Rule = Rule::warning(
    "horoz.place_not_in_table",
    "`{path}` is no known pair of province and district; compare with Horoz's list",
    "`{path}` bilinen bir il ve ilçe çifti değil; Horoz'un listesiyle karşılaştırın",
);

/// The place has another name today; which one Horoz uses is not known.
pub static PLACE_OTHER_NAME: Rule = Rule::warning(
    "horoz.place_other_name",
    "`{path}` has another name in the built-in table; compare with Horoz's list",
    "`{path}` yerleşik tabloda başka bir adla geçiyor; Horoz'un listesiyle karşılaştırın",
);

/// A day has a year of four digits. Wire: `requestDate`, `requestedDeliveryDate`.
pub static DATE_OUT_OF_RANGE: Rule = Rule::error(
    "horoz.date_out_of_range",
    "`{path}` is {actual}; a day is written YYYY-MM-DD",
    "`{path}` {actual}; gün YYYY-MM-DD biçiminde yazılır",
);

/// Delivery before the request. The page does not forbid it, but it can hardly be meant.
pub static DELIVERY_BEFORE_REQUEST: Rule = Rule::warning(
    "horoz.delivery_before_request",
    "`{path}` is {actual}, before the day of the request, {limit}",
    "`{path}` {actual}, istek gününden ({limit}) önce",
);

/// An ATF id is the first eleven digits of a barcode. Wire: `atfId`.
pub static ATF_ID_FORM: Rule = Rule::error(
    "horoz.atf_id_form",
    "`{path}` is not eleven digits",
    "`{path}` on bir rakam değil",
);

/// The key of the order number is a setting, and it must not be empty or another field's.
pub static ORDER_NUMBER_KEY: Rule = Rule::error(
    "horoz.order_number_key",
    "`{path}` is empty or the name of another field",
    "`{path}` boş ya da başka bir alanın adı",
);

/// Tracking is a service with an address of its own. See
/// [`ClientBuilder::tracking`](crate::ClientBuilder::tracking).
pub static NO_TRACKING_ADDRESS: Rule = Rule::error(
    "horoz.no_tracking_address",
    "`{path}` is not set; tracking has an address of its own",
    "`{path}` verilmemiş; takip servisinin kendi adresi vardır",
);

/// The body of a raw call is JSON.
pub static RAW_BODY: Rule = Rule::error(
    "horoz.raw_body",
    "`{path}` is not JSON",
    "`{path}` JSON değil",
);

/// The name of a raw call is a path below the base address.
pub static RAW_NAME: Rule = Rule::error(
    "horoz.raw_name",
    "`{path}` is not a plain path: letters, digits and `-._~` between slashes",
    "`{path}` düz bir yol değil: bölü işaretleri arasında harf, rakam ve `-._~`",
);

/// Two orders of one run have the same request number. Wire: `requestNumber`.
pub static NUMBER_TWICE: Rule = Rule::error(
    "horoz.number_twice",
    "`{path}` is the request number of `{limit}` too; Horoz takes each number once",
    "`{path}` alanındaki talep numarası `{limit}` siparişinde de var; Horoz her numarayı bir kez kabul eder",
);

/// The ledger knows the request number from an order that is there and had other contents.
pub static NUMBER_OF_ANOTHER_ORDER: Rule = Rule::error(
    "horoz.number_of_another_order",
    "`{path}` is that of an order which is there with other contents; another order needs a number of its own",
    "`{path}` başka bir içerikle oluşturulmuş bir siparişe ait; başka bir sipariş kendi numarasını almalıdır",
);

/// Every rule that a check of this crate can report.
pub static ALL: [&Rule; 24] = [
    &MISSING,
    &TOO_LONG,
    &NO_LINES,
    &NO_PIECES,
    &DESI_NOT_POSITIVE,
    &NUMBER_UNPRINTABLE,
    &WEIGHT_NEGATIVE,
    &WEIGHT_ZERO,
    &PRODUCT_TWICE,
    &COUNT_MISMATCH,
    &DESI_MISMATCH,
    &TOTAL_TOO_LARGE,
    &PLACE_UNKNOWN,
    &PLACE_NOT_IN_TABLE,
    &PLACE_OTHER_NAME,
    &DATE_OUT_OF_RANGE,
    &DELIVERY_BEFORE_REQUEST,
    &ATF_ID_FORM,
    &ORDER_NUMBER_KEY,
    &NO_TRACKING_ADDRESS,
    &RAW_BODY,
    &RAW_NAME,
    &NUMBER_TWICE,
    &NUMBER_OF_ANOTHER_ORDER,
];
