//! The operations by their path, with the fields that `requestToken` signs.

use crate::Request;
use crate::values::answers;

/// An operation.
pub(super) struct Operation {
    /// The name, which is the last part of the path.
    pub(super) name: &'static str,
    family: &'static str,
    pub(super) token: Token,
    /// The signed fields in order; the salt follows.
    pub(super) signed: &'static [&'static str],
    pub(super) is_read: bool,
}

/// How a call is signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// `requestToken` is mandatory.
    Signed,
    /// The page leaves `requestToken` out; it is compared when it is sent.
    Optional,
    /// A form with a `token` from `GetToken`.
    Form,
}

const ORDER: &[&str] = &["merchantId", "merchantOid", "transactionCode", "ipAddress"];
const CUSTOMER: &[&str] = &["merchantId", "customerId", "ipAddress"];

const fn row(
    family: &'static str,
    name: &'static str,
    token: Token,
    is_read: bool,
    signed: &'static [&'static str],
) -> Operation {
    Operation {
        name,
        family,
        token,
        signed,
        is_read,
    }
}

/// Every simulated operation. `GetToken` is not a read, because the next form needs what it issues.
static ALL: &[Operation] = &[
    row("ServletV2", "Transaction", Token::Form, false, &[]),
    row("ServletV2", "TransactionMobile", Token::Form, false, &[]),
    row("ServletV2", "GetLimit", Token::Form, false, &[]),
    row(
        "Index",
        "GetToken",
        Token::Optional,
        false,
        &["merchantId", "ipAddress"],
    ),
    row("Index", "UpdateTransaction", Token::Optional, false, ORDER),
    row(
        "Index",
        "GetPaymentsOfTransaction",
        Token::Signed,
        true,
        ORDER,
    ),
    row(
        "Index",
        "GetCustomerTransactions",
        Token::Signed,
        true,
        CUSTOMER,
    ),
    row(
        "Index",
        "GetCustomerPayments",
        Token::Signed,
        true,
        CUSTOMER,
    ),
    row(
        "Index",
        "GetCustomerInformation",
        Token::Optional,
        true,
        &["merchantId", "customerId", "orderAmount", "ipAddress"],
    ),
    row(
        "Index",
        "ChangeCustomerGsmNo",
        Token::Optional,
        false,
        &["merchantId", "customerId", "newGsmNo", "ipAddress"],
    ),
    row(
        "Index",
        "GetErrorCodes",
        Token::Signed,
        true,
        &["merchantId", "ipAddress"],
    ),
    row(
        "RequestV2",
        "CreateTransaction",
        Token::Signed,
        false,
        &[
            "merchantId",
            "customerId",
            "orderAmount",
            "selectedInstallment",
            "ipAddress",
        ],
    ),
    row(
        "RequestV2",
        "SetPaidPayment",
        Token::Signed,
        false,
        &[
            "merchantId",
            "merchantOid",
            "paymentCode",
            "paymentReferenceCode",
            "paymentDate",
            "ipAddress",
        ],
    ),
    row(
        "RequestV2",
        "SetBulkPaidPayment",
        Token::Signed,
        false,
        &[
            "merchantId",
            "merchantOid",
            "paymentReferenceCode",
            "paymentDate",
            "ipAddress",
        ],
    ),
    row(
        "RequestV2",
        "LoadCustomerBalance",
        Token::Signed,
        false,
        &["merchantId", "customerId", "balanceAmount", "ipAddress"],
    ),
    row(
        "RequestV2",
        "RefundTransaction",
        Token::Signed,
        false,
        &[
            "merchantId",
            "refundId",
            "merchantOid",
            "transactionCode",
            "refundAmount",
            "ipAddress",
        ],
    ),
    row(
        "RequestV2",
        "CheckRefund",
        Token::Signed,
        true,
        &["merchantId", "refundId", "ipAddress"],
    ),
    row(
        "RequestV2",
        "SendTransactionExpense",
        Token::Signed,
        false,
        &[
            "merchantId",
            "merchantOid",
            "transactionCode",
            "expenseAmount",
            "ipAddress",
        ],
    ),
    row(
        "RequestV2",
        "HasoAuthSendInfo",
        Token::Signed,
        false,
        &[
            "merchantId",
            "shopperName",
            "shopperSurname",
            "tckn",
            "mobileNumber",
            "ipAddress",
        ],
    ),
    row(
        "RequestV2",
        "SendKkbPinCode",
        Token::Signed,
        false,
        &["merchantId", "ipAddress", "kkbRefNo", "pinCode"],
    ),
    row(
        "RequestV2",
        "AskKkbReportResult",
        Token::Signed,
        true,
        &["merchantId", "ipAddress", "kkbRefNo"],
    ),
    row(
        "RequestV2",
        "SetLimitFromKds",
        Token::Signed,
        false,
        &[
            "merchantId",
            "shopperName",
            "shopperSurname",
            "dealerSegment",
            "ipAddress",
        ],
    ),
];

/// Documented by name, without fields.
const NAMED_ONLY: [&str; 1] = ["SendExecutionTransaction"];

/// The name of every page of a customer.
pub(super) const PAGE: &str = "page";

/// Returns the names of the operations.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let all = ALL.iter().map(|operation| operation.name);
    all.chain(NAMED_ONLY).chain([PAGE])
}

/// The result of looking a path up.
pub(super) enum Found {
    Here(&'static Operation),
    NotSimulated(&'static str),
    Unknown,
}

/// Finds the operation by the last two segments of the path.
pub(super) fn find(request: &Request) -> Found {
    let mut segments = answers::path(request).rsplit('/');
    let (name, family) = (segments.next(), segments.next());
    if let Some(named) = NAMED_ONLY.into_iter().find(|named| name == Some(named)) {
        return Found::NotSimulated(named);
    }
    let is_it = |row: &&Operation| Some(row.name) == name && Some(row.family) == family;
    match ALL.iter().find(is_it) {
        Some(found) if request.method == "POST" => Found::Here(found),
        _ => Found::Unknown,
    }
}
