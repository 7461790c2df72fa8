//! The provider's rules, each with its own code and texts.
//!
//! Lengths and required fields use [`TOO_LONG`] and [`MISSING`] of the core.

use kervan_core::Rule;
use kervan_core::problem::{MISSING, TOO_LONG};

/// A text holds no control characters. Forms and pages could carry them, people could not have
/// typed them.
pub static CONTROL_CHARACTER: Rule = Rule::error(
    "haso.control_character",
    "`{path}` holds a character that cannot be seen",
    "`{path}` alanında görünmeyen bir karakter var",
);

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

/// A mobile number has ten digits and begins with 5: no zero and no country code in front. Wire:
/// `mobileNumber`, `NewGsmNo`.
pub static MOBILE_NUMBER: Rule = Rule::error(
    "haso.mobile_number",
    "`{path}` is not a mobile number of ten digits that begins with 5",
    "`{path}` 5 ile başlayan on haneli bir cep telefonu numarası değil",
);

/// An identity number has eleven digits. Wire: `tckn`.
pub static IDENTITY_NUMBER: Rule = Rule::error(
    "haso.identity_number",
    "`{path}` is not eleven digits",
    "`{path}` on bir haneli değil",
);

/// The check digits of an identity number fit. A warning only: test systems may use invented
/// numbers. Wire: `tckn`.
pub static IDENTITY_CHECK_DIGITS: Rule = Rule::warning(
    "haso.identity_check_digits",
    "the check digits of `{path}` do not fit",
    "`{path}` alanının kontrol haneleri uymuyor",
);

/// The birth date's cell in the table is empty, but others send it always. Wire: `birthDate`.
pub static BIRTH_DATE_MISSING: Rule = Rule::warning(
    "haso.birth_date_missing",
    "`{path}` is missing; send it whenever it is known",
    "`{path}` yok; biliniyorsa gönderilmelidir",
);

/// A day has a year of four digits. Wire: `birthDate`, `paymentDate`.
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

/// An IP address is one. Wire: `IpAddress`, `ipAddress`.
pub static IP_ADDRESS: Rule = Rule::error(
    "haso.ip_address",
    "`{path}` is not an IP address",
    "`{path}` bir IP adresi değil",
);

/// An IP address is the customer's public one. Wire: `IpAddress`, `ipAddress`.
pub static IP_ADDRESS_NOT_PUBLIC: Rule = Rule::warning(
    "haso.ip_address_not_public",
    "`{path}` is not a public address; send the customer's own",
    "`{path}` dışarıya açık bir adres değil; müşterinin gerçek adresi gönderilmelidir",
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

/// Every rule that a check of this crate can report.
pub static ALL: [&Rule; 23] = [
    &MISSING,
    &TOO_LONG,
    &CONTROL_CHARACTER,
    &AMOUNT_NOT_POSITIVE,
    &AMOUNT_NEGATIVE,
    &MOBILE_NUMBER,
    &IDENTITY_NUMBER,
    &IDENTITY_CHECK_DIGITS,
    &BIRTH_DATE_MISSING,
    &DATE_OUT_OF_RANGE,
    &NO_ITEMS,
    &EMPTY_LIST,
    &COUNT_ZERO,
    &ITEMS_DIFFER,
    &WEB_ADDRESS,
    &PLAIN_HTTP,
    &IP_ADDRESS,
    &IP_ADDRESS_NOT_PUBLIC,
    &SIGNING_MISSING,
    &CUSTOMER_MISSING,
    &FIELD_UNKNOWN,
    &SIGNED_UNKNOWN,
    &EXTRA_REPEATS,
];
