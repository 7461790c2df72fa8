//! Refusals: a text on the wire, a code where the pages show one, and the broken rule in words.

use std::borrow::Cow;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The code on the wire; empty where no page shows one.
    pub(super) code: &'static str,
    /// The only member of `Errors`.
    pub(super) text: Cow<'static, str>,
    /// The broken rule, with the field's name on the wire.
    pub(super) rule: Cow<'static, str>,
}

impl Refusal {
    const fn text(text: &'static str, rule: &'static str) -> Self {
        Self {
            code: "",
            text: Cow::Borrowed(text),
            rule: Cow::Borrowed(rule),
        }
    }

    const fn code(code: &'static str, rule: &'static str) -> Self {
        Self {
            code,
            text: Cow::Borrowed(code),
            rule: Cow::Borrowed(rule),
        }
    }

    /// Refuses a field that the table of the page does not allow.
    pub(super) fn of_table(finding: &str) -> Self {
        Self {
            code: "",
            text: Cow::Owned(format!("{PARAMETER}: {finding}")),
            rule: Cow::Owned(finding.to_owned()),
        }
    }

    /// Refuses a value that the field's type allows, but its meaning does not.
    pub(super) const fn parameter(rule: &'static str) -> Self {
        Self::text(PARAMETER, rule)
    }
}

const PARAMETER: &str = "Eksik veya hatalı parametre";

pub(super) const NO_MERCHANT: Refusal = Refusal::text(
    "Üye işyeri bulunamadı",
    "merchantId: not the number of this account",
);
pub(super) const NO_SIGNATURE: Refusal = Refusal::text(
    "requestToken geçersiz",
    "requestToken: not the signature of the fields that the method signs",
);
pub(super) const NO_TOKEN: Refusal = Refusal::text(
    "Token geçersiz",
    "token: never issued, used before, or ended",
);
pub(super) const OLD_TOKEN: Refusal = Refusal::text("Token geçersiz", "token: expired");
pub(super) const NO_CUSTOMER: Refusal = Refusal::text(
    "Müşteri bulunamadı",
    "customerId: no customer has this number",
);
pub(super) const NO_ORDER: Refusal = Refusal::text(
    "İşlem bulunamadı",
    "merchantOid, transactionCode: no transaction has both numbers",
);
pub(super) const NOT_ACTIVE: Refusal = Refusal::text(
    "İşlem aktif değil",
    "merchantOid: the order is not activated",
);
pub(super) const NO_PAYMENT: Refusal = Refusal::text(
    "Taksit bulunamadı",
    "paymentCode: the order has no such installment, or it is cancelled",
);
pub(super) const NO_LIMIT: Refusal = Refusal::text(
    "Limit yetersiz",
    "orderAmount: over the customer's limit, or the customer is suspended",
);
pub(super) const ORDER_TAKEN: Refusal = Refusal::text(
    "merchantOid daha önce kullanılmış",
    "merchantOid: used before",
);
pub(super) const NO_QR: Refusal = Refusal::text(
    "QR kodu geçersiz",
    "qrhash: never shown, or older than ten minutes",
);
pub(super) const OVER_AMOUNT: Refusal = Refusal::text(
    "İade tutarı işlem tutarını aşıyor",
    "refundAmount: with earlier refunds, more than the amount of the order",
);
pub(super) const SUSPENDED: Refusal =
    Refusal::text("Müşteri askıda", "tckn: the customer is suspended");
pub(super) const OVERDUE: Refusal = Refusal::text(
    "Müşterinin gecikmiş ödemesi var",
    "tckn: the customer has an overdue installment",
);
pub(super) const PHONE_TAKEN: Refusal = Refusal::text(
    "Telefon numarası başka bir müşteriye ait",
    "mobileNumber: another customer has it",
);
pub(super) const NO_BUREAU_REQUEST: Refusal = Refusal::text(
    "KKB referansı bulunamadı",
    "kkbRefNo: no request has this number",
);
pub(super) const WRONG_PIN: Refusal =
    Refusal::text("PIN kodu hatalı", "pinCode: not the PIN that was sent");
pub(super) const NO_PIN_YET: Refusal = Refusal::text(
    "PIN kodu bekleniyor",
    "kkbRefNo: the PIN was not confirmed yet",
);
pub(super) const REFUNDED_BEFORE: Refusal = Refusal::code("H307", "refundId: refunded before");
pub(super) const NO_REFUND: Refusal = Refusal::code("H308", "refundId: no refund has this number");
pub(super) const NOT_SIMULATED: Refusal = Refusal::text(
    "sandbox: not simulated",
    "the sandbox does not simulate this operation",
);
