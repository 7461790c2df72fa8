//! The provider's rules, each with its own code and texts.
//!
//! Lengths, required fields and control characters use [`TOO_LONG`], [`MISSING`] and [`CONTROL_CHARACTER`]
//! of the core. Numbers, birth dates and addresses that people type have the rules of `kervan-turkiye`.

use kervan_core::Rule;
use kervan_core::problem::{CONTROL_CHARACTER, MISSING, TOO_LONG};

/// An amount is more than zero. Wire: `orderAmount`, `balanceAmount` and the like.
pub static AMOUNT_NOT_POSITIVE: Rule = Rule::error(
    "haso.amount_not_positive",
    "`{path}` is {actual}; the amount must be more than zero",
    "`{path}` {actual}; tutar sıfırdan büyük olmalıdır",
);

/// An amount is not below zero. Wire: `Price`, `kdsLimit` and the like.
pub static AMOUNT_NEGATIVE: Rule = Rule::error(
    "haso.amount_negative",
    "`{path}` is {actual}; the amount cannot be less than zero",
    "`{path}` {actual}; tutar sıfırdan küçük olamaz",
);

/// The birth date's cell in the table is empty, but others send it always. Wire: `birthDate`.
pub static BIRTH_DATE_MISSING: Rule = Rule::warning(
    "haso.birth_date_missing",
    "`{path}` is missing; send it whenever it is known",
    "`{path}` yok; biliniyorsa gönderilmelidir",
);

/// A day has a year of four digits. Wire: `paymentDate`.
pub static DATE_OUT_OF_RANGE: Rule = Rule::error(
    "haso.date_out_of_range",
    "`{path}` has a year that cannot be written with four digits",
    "`{path}` alanının yılı dört haneyle yazılamıyor",
);

/// An order has at least one item. Wire: `OrderItems`.
pub static NO_ITEMS: Rule = Rule::error(
    "haso.no_items",
    "`{path}` is empty; an order needs at least one item",
    "`{path}` boş; siparişte en az bir ürün olmalıdır",
);

/// A list has at least one entry. Wire: `paymentCodes`.
pub static EMPTY_LIST: Rule = Rule::error(
    "haso.empty_list",
    "`{path}` is empty; at least one entry is needed",
    "`{path}` boş; en az bir kayıt olmalıdır",
);

/// A count is at least one. Wire: `Quantity`, `selectedInstallment`, `pageNo`, `pageSize`.
pub static COUNT_ZERO: Rule = Rule::error(
    "haso.count_zero",
    "`{path}` is zero; at least one is needed",
    "`{path}` sıfır; en az bir olmalıdır",
);

/// The items add up to the order's amount, where the setting says so. Wire: `orderAmount`, `Price`.
pub static ITEMS_DIFFER: Rule = Rule::error(
    "haso.items_differ",
    "`{path}` is {actual}, but the items add up to {limit}",
    "`{path}` {actual}, ürünlerin toplamı ise {limit}",
);

/// An address for the results is a whole web address. Wire: `okUrl`, `failUrl`, `callbackUrl`.
pub static WEB_ADDRESS: Rule = Rule::error(
    "haso.web_address",
    "`{path}` is not an address that begins with `https://` or `http://`",
    "`{path}` `https://` ya da `http://` ile başlayan bir adres değil",
);

/// An address for the results is encrypted: the posts hold personal data.
pub static PLAIN_HTTP: Rule = Rule::warning(
    "haso.plain_http",
    "`{path}` is not encrypted; the posts hold personal data",
    "`{path}` şifreli değil; gelen bildirimler kişisel veri içerir",
);

/// Methods with a mandatory `requestToken` need key and salt.
pub static SIGNING_MISSING: Rule = Rule::error(
    "haso.signing_missing",
    "`{path}` needs the merchant's key and salt; the client has none",
    "`{path}` için mağaza anahtarı ve tuz değeri gerekir; istemcide yok",
);

/// An order in a store names its customer by number or by QR code. Wire: `customerId`, `qrhash`.
pub static CUSTOMER_MISSING: Rule = Rule::error(
    "haso.customer_missing",
    "`{path}` is required unless the QR code of the customer is sent",
    "müşterinin karekodu gönderilmiyorsa `{path}` zorunludur",
);

/// A changed field list names a value that the call does not have.
pub static FIELD_UNKNOWN: Rule = Rule::error(
    "haso.field_unknown",
    "the changed field list of `{path}` names a value that the call does not have",
    "`{path}` için değiştirilen alan listesi, çağrıda olmayan bir değeri gösteriyor",
);

/// A changed signature names something that is not sent.
pub static SIGNED_UNKNOWN: Rule = Rule::error(
    "haso.signed_unknown",
    "the changed signature of `{path}` names a field that the call does not have",
    "`{path}` için değiştirilen imza, çağrıda olmayan bir alanı gösteriyor",
);

/// A further field does not repeat another one, and is not a token.
pub static EXTRA_REPEATS: Rule = Rule::error(
    "haso.extra_repeats",
    "`{path}` is a field that the call has already, or a token",
    "`{path}` çağrıda zaten bulunan bir alan ya da bir belirteç",
);

/// Every rule that a check of this crate can report, besides those of `kervan-turkiye`.
pub static ALL: [&Rule; 18] = [
    &MISSING,
    &TOO_LONG,
    &CONTROL_CHARACTER,
    &AMOUNT_NOT_POSITIVE,
    &AMOUNT_NEGATIVE,
    &BIRTH_DATE_MISSING,
    &DATE_OUT_OF_RANGE,
    &NO_ITEMS,
    &EMPTY_LIST,
    &COUNT_ZERO,
    &ITEMS_DIFFER,
    &WEB_ADDRESS,
    &PLAIN_HTTP,
    &SIGNING_MISSING,
    &CUSTOMER_MISSING,
    &FIELD_UNKNOWN,
    &SIGNED_UNKNOWN,
    &EXTRA_REPEATS,
];
