//! The carrier's refusals: a fault, a sentence, a code, a page.

use kervan_core::{Class, ForeignText, Language, Outcome, Try};
use serde::{Deserialize, Serialize};

/// The meaning of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RejectionKind {
    /// The service failed, or refused the login: a wrong user name or password is a fault too, and
    /// its text is not public.
    #[serde(rename = "fault")]
    Fault,
    /// `InternalServiceFault`. One public client met it for references that the service does not
    /// know.
    #[serde(rename = "internal_fault")]
    InternalFault,
    /// A sentence in the place of the answer, as for a range that is too long.
    #[serde(rename = "sentence")]
    Sentence,
    /// The login is wrong. Shipment service, -2; `SetOrder`, 1000.
    #[serde(rename = "login")]
    Login,
    /// The order does not exist. Shipment service, -1.
    #[serde(rename = "not_found")]
    NotFound,
    /// The waybill is cut, so the parcel is in transit. Shipment service, 999.
    #[serde(rename = "waybill_cut")]
    WaybillCut,
    /// Failed without a detail. Shipment service, 936.
    #[serde(rename = "failed")]
    Failed,
    /// `SetOrder`: a field is missing, too long or not allowed. The call stored nothing; an order of an earlier
    /// call is as it was.
    #[serde(rename = "contents")]
    Contents,
    /// `SetOrder`: the account has no branch, or not this sending address.
    #[serde(rename = "not_set_up")]
    NotSetUp,
    /// `SetOrder`: the parcel was already processed. The order is that of the last accepted call.
    #[serde(rename = "already_processed")]
    AlreadyProcessed,
    /// `SetOrder`: the order was sent twenty times. It is that of the last accepted call.
    #[serde(rename = "sent_too_often")]
    SentTooOften,
    /// `SetOrder`: a number that means something else in each of two lists; [`Rejection::meanings`] has both. It
    /// does not show whether an order exists.
    #[serde(rename = "two_meanings")]
    TwoMeanings,
    /// `SetOrder` with several orders: a refusal that names none of them. It may be of one, and does not show which of
    /// the others are registered.
    #[serde(rename = "nameless")]
    Nameless,
    /// A code that no document lists. It does not show whether the call was done.
    #[serde(rename = "unlisted")]
    Unlisted,
    /// A page redirects to a host that is not the carrier's; it was not followed.
    #[serde(rename = "foreign_redirect")]
    ForeignRedirect,
    /// A page sends the reader on with the account's credentials in the address; it was not
    /// followed.
    #[serde(rename = "redirect_with_credentials")]
    RedirectWithCredentials,
    /// A page sends the reader on without saying where, or too often.
    #[serde(rename = "endless_redirect")]
    EndlessRedirect,
}

impl RejectionKind {
    /// Returns the meaning in words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Fault => "the service failed or refused the login",
            Self::InternalFault => "the service failed inside",
            Self::Sentence => "the service answered in words",
            Self::Login => "the login is wrong",
            Self::NotFound => "there is no such order",
            Self::WaybillCut => "the waybill is cut already",
            Self::Failed => "failed, no detail",
            Self::Contents => "a field is missing, too long or not allowed",
            Self::NotSetUp => "the account lacks a branch or this sending address",
            Self::AlreadyProcessed => "the parcel was already processed",
            Self::SentTooOften => "the order was sent twenty times",
            Self::TwoMeanings => "a code with two meanings",
            Self::Nameless => "the refusal names none of several orders",
            Self::Unlisted => "a code that no document lists",
            Self::ForeignRedirect => "the page leads to a foreign host",
            Self::RedirectWithCredentials => "the page leads on with credentials in its address",
            Self::EndlessRedirect => "the page leads nowhere",
        }
    }

    /// Returns the meaning in a few words, in a language.
    pub fn text(self, language: Language) -> &'static str {
        let turkish = match self {
            Self::Fault => "servis hata verdi ya da girişi kabul etmedi",
            Self::InternalFault => "serviste iç hata oluştu",
            Self::Sentence => "servis bir cümleyle yanıt verdi",
            Self::Login => "giriş bilgileri yanlış",
            Self::NotFound => "böyle bir sipariş yok",
            Self::WaybillCut => "irsaliye kesilmiş",
            Self::Failed => "işlem başarısız, ayrıntı yok",
            Self::Contents => "bir alan boş, çok uzun ya da geçersiz",
            Self::NotSetUp => "hesapta şube ya da bu gönderici adresi tanımlı değil",
            Self::AlreadyProcessed => "kargo daha önce işlenmiş",
            Self::SentTooOften => "sipariş yirmi kez gönderilmiş",
            Self::TwoMeanings => "iki anlamı olan bir kod",
            Self::Nameless => "ret, birden çok siparişten hangisine ait olduğunu belirtmiyor",
            Self::Unlisted => "belgelerde olmayan bir kod",
            Self::ForeignRedirect => "sayfa yabancı bir sunucuya yönlendiriyor",
            Self::RedirectWithCredentials => "sayfa, adresinde giriş bilgileriyle yönlendiriyor",
            Self::EndlessRedirect => "sayfa bir yere varmıyor",
        };
        match language {
            Language::Turkish => turkish,
            _ => self.meaning(),
        }
    }

    /// Returns whether the call may have happened in spite of the refusal.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Login
            | Self::NotFound
            | Self::WaybillCut
            | Self::Contents
            | Self::NotSetUp
            | Self::AlreadyProcessed
            | Self::SentTooOften => Outcome::NotDone,
            _ => Outcome::Unknown,
        }
    }
}

/// The carrier read the request and said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("`{operation}` was refused with `{code}`: {}", kind.meaning())]
#[non_exhaustive]
pub struct Rejection {
    /// The call's name.
    #[serde(skip)]
    pub operation: &'static str,
    /// The code as sent: of a fault, as `s:Client`, or a number. Without a code, the name of the kind.
    pub code: String,
    /// Its meaning.
    pub kind: RejectionKind,
    /// The carrier's message.
    pub message: Option<ForeignText>,
    /// The try that was refused, and its class.
    #[serde(skip)]
    this: Try,
}

impl Rejection {
    pub(crate) fn new(operation: &'static str, code: &str, kind: RejectionKind) -> Self {
        Self {
            operation,
            code: shown_code(code),
            kind,
            message: None,
            this: Try::unknown(Class::Read),
        }
    }

    /// Returns the meanings of the code, in a language. `SetOrder` has codes with two, and with closer ones than
    /// those of the [kind](Self::kind).
    #[cfg(feature = "shipments")]
    pub fn meanings(&self, language: Language) -> Vec<&'static str> {
        let is_order = self.operation == crate::shipments::SET_ORDER;
        let listed = crate::shipments::find_order_code(&self.code).filter(|_| is_order);
        listed.map_or_else(
            || vec![self.kind.text(language)],
            |row| row.meanings(language),
        )
    }

    #[cfg(feature = "query")]
    pub(crate) fn message(mut self, message: Option<ForeignText>) -> Self {
        self.message = message;
        self
    }
}

/// Returns a code that may be printed. A foreign text in its place could hold personal data.
fn shown_code(code: &str) -> String {
    let code = code.trim();
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b":._-".contains(&byte);
    if code.len() <= 40 && code.bytes().all(usual) {
        code.to_owned()
    } else {
        "?".to_owned()
    }
}

impl kervan_core::Rejection for Rejection {
    fn code(&self) -> &str {
        &self.code
    }

    // The codes mean the same on every try: they say what this call did and what the order is, not what became
    // of an earlier try.
    fn outcome(&self) -> Outcome {
        self.kind.outcome()
    }

    fn class(&self) -> Class {
        self.this.class
    }

    fn of_try(mut self, this: Try) -> Self {
        self.this = this;
        self
    }

    fn exists(&self) -> bool {
        false
    }

    /// The same contents are refused on every try, unless the code has another meaning as well.
    fn refuses_contents(&self) -> bool {
        self.kind == RejectionKind::Contents
    }
}
