//! The errors of the clients as sentences in both languages.

use aras_tracking::Rejection as ArasRejection;
use haso_bnpl::callbacks::Mismatch;
use haso_bnpl::{Rejection as HasoRejection, StartError, TokenError};
use horoz_shipping::{Rejection as HorozRejection, TrackError};
use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Error, ForeignText, Language, Outcome, Problem, Rejection};
use kervan_ledger::Why as LedgerWhy;
use kervan_settling::{Failed, Open, Why};
use param_marketplace::Rejection as ParamRejection;
use param_marketplace::orders::NoPartialAmount;
use param_marketplace::payments::NotConfirmed;
use param_marketplace::payments::callback::CallbackError;
use param_marketplace::split::SplitError;

use super::Note;
use crate::form::label;

/// A refusal of one of the shop's providers.
pub(crate) trait Refusal: Rejection {
    /// The provider's name.
    const BY: &'static str;

    /// Returns the meaning in English and in Turkish.
    fn meaning(&self) -> (&'static str, &'static str);

    /// Returns the provider's message, where its code is not documented: the message then says more than the
    /// meaning does.
    fn own_words(&self) -> Option<String>;
}

fn words<'m>(messages: impl IntoIterator<Item = &'m ForeignText>) -> Option<String> {
    let texts = messages.into_iter().map(|text| text.as_str().trim());
    let texts: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
    Some(texts.join("; ")).filter(|text| !text.is_empty())
}

impl Refusal for ParamRejection {
    const BY: &'static str = "Param";

    fn meaning(&self) -> (&'static str, &'static str) {
        (self.meaning, self.kind.text(Language::Turkish))
    }

    fn own_words(&self) -> Option<String> {
        let is_unlisted = self.kind == param_marketplace::RejectionKind::Unlisted;
        words(&self.message).filter(|_| is_unlisted)
    }
}

impl Refusal for HasoRejection {
    const BY: &'static str = "HASO";

    fn meaning(&self) -> (&'static str, &'static str) {
        let text = |language| self.kind.text(language);
        (text(Language::English), text(Language::Turkish))
    }

    fn own_words(&self) -> Option<String> {
        let is_unlisted = self.kind == haso_bnpl::RejectionKind::Unlisted;
        words(&self.messages).filter(|_| is_unlisted)
    }
}

impl Refusal for HorozRejection {
    const BY: &'static str = "Horoz";

    fn meaning(&self) -> (&'static str, &'static str) {
        let text = |language| self.kind.text(language);
        (text(Language::English), text(Language::Turkish))
    }

    fn own_words(&self) -> Option<String> {
        let is_unlisted = self.kind == horoz_shipping::RejectionKind::Unlisted;
        words(self.unusual_code.iter().chain(&self.message)).filter(|_| is_unlisted)
    }
}

impl Refusal for ArasRejection {
    const BY: &'static str = "Aras";

    fn meaning(&self) -> (&'static str, &'static str) {
        let text = |language| self.kind.text(language);
        (text(Language::English), text(Language::Turkish))
    }

    fn own_words(&self) -> Option<String> {
        let is_unlisted = matches!(
            self.kind,
            aras_tracking::RejectionKind::Unlisted | aras_tracking::RejectionKind::Sentence
        );
        words(&self.message).filter(|_| is_unlisted)
    }
}

impl<R: Refusal> From<&R> for Note {
    fn from(refusal: &R) -> Self {
        let (by, code, (english, turkish)) = (R::BY, refusal.code(), refusal.meaning());
        // One that proves nothing is called no refusal.
        let (did, turkish_did) = match refusal.outcome() {
            Outcome::Unknown => ("answered", "yanıt verdi"),
            Outcome::NotDone => ("refused it", "reddetti"),
        };
        let did = format!("{by} {did} with {code}");
        let turkish_did = format!("{by}, {code} koduyla {turkish_did}");
        match refusal.own_words() {
            Some(own) => Self::new(did, turkish_did).said(by, own),
            None => Self::new(
                format!("{did}: {english}"),
                format!("{turkish_did}: {turkish}"),
            ),
        }
    }
}

/// Returns the problem with the field as the shop's form calls it.
fn problem(problem: &Problem, language: Language) -> String {
    let path = problem.path();
    let field = path.rsplit('.').next().unwrap_or(path);
    let text = problem.text(language);
    match label(field) {
        Some(label) => text.replace(
            &format!("`{path}`"),
            &format!("“{}”", Note::of(label).text(language)),
        ),
        None => text,
    }
}

/// Returns why no complete answer came, by the word of a report.
fn of_transport(code: &str) -> (&'static str, &'static str) {
    match code {
        "connect" => ("no connection was made", "bağlantı kurulamadı"),
        "timeout" => ("no answer came in time", "zamanında yanıt gelmedi"),
        "interrupted" => (
            "the connection ended before the answer did",
            "yanıt tamamlanmadan bağlantı kesildi",
        ),
        "too_large" => ("the answer is too long", "yanıt çok uzun"),
        "unsendable" => ("the request could not be sent", "istek gönderilemedi"),
        _ => ("the answer is damaged", "yanıt bozuk"),
    }
}

/// Returns why a write was held back, by the word of a report.
fn of_unsent(code: &str) -> (&'static str, &'static str) {
    match code {
        "unprepared" => (
            "the state before it could not be read",
            "işlemden önceki durum okunamadı",
        ),
        "already_sent" => (
            "it was sent before, or may have been",
            "daha önce gönderildi ya da gönderilmiş olabilir",
        ),
        "stale" => ("it was prepared too long ago", "çok önce hazırlanmıştı"),
        "proven_absent" => (
            "the try before it did not happen",
            "önceki deneme gerçekleşmemiş",
        ),
        _ => (
            "it was prepared for another request",
            "başka bir istek için hazırlanmıştı",
        ),
    }
}

impl<R: Refusal> From<&Error<R>> for Note {
    fn from(error: &Error<R>) -> Self {
        let report = error.report();
        let code = report.code.as_deref().unwrap_or_default();
        match error {
            Error::Rejected(refusal) => Self::from(refusal),
            Error::Invalid(invalid) => {
                let all = |language| {
                    let errors = invalid.problems().errors();
                    let texts = errors.map(|one| problem(one, language));
                    texts.collect::<Vec<_>>().join("; ")
                };
                match (all(Language::English), all(Language::Turkish)) {
                    (english, _) if english.is_empty() => {
                        Self::of(("the request cannot be written", "istek yazılamıyor"))
                    }
                    (english, turkish) => Self::new(english, turkish),
                }
            }
            Error::Transport(_) => Self::of(of_transport(code)),
            Error::Unsent(_) => Self::of(of_unsent(code)),
            Error::Status(_) => {
                let status = report.status.unwrap_or_default();
                Self::new(
                    format!("the service answered with HTTP status {status}"),
                    format!("servis {status} HTTP koduyla yanıt verdi"),
                )
            }
            _ => Self::of(("the answer cannot be read", "yanıt okunamıyor")),
        }
    }
}

impl<R: Refusal> From<&Failed<R>> for Note {
    fn from(failed: &Failed<R>) -> Self {
        match &failed.open {
            Some(open) => Self::from(&**open),
            None => Self::from(&failed.error),
        }
    }
}

impl<R: Refusal> From<&Open<R>> for Note {
    fn from(open: &Open<R>) -> Self {
        match &open.why {
            Why::TooEarly => Self::of(TOO_EARLY),
            Why::NotFound => Self::of(NOT_FOUND),
            Why::Failed(error) => Self::of_question(error),
            Why::NoReadBack => Self::of(NO_READ_BACK),
            Why::Other(_) => Self::of(OTHER),
            Why::OtherRequest => Self::of(of_unsent("changed")),
            _ => Self::of(UNCLEAR),
        }
    }
}

const TOO_EARLY: (&str, &str) = ("it does not show yet", "henüz görünmüyor");
const NOT_FOUND: (&str, &str) = (
    "it is not found, which proves nothing",
    "bulunamadı, ancak bu yapılmadığını göstermez",
);
const NO_READ_BACK: (&str, &str) = (
    "the service cannot be asked about it",
    "bu işlem servise sorulamıyor",
);
const OTHER: (&str, &str) = (
    "it is there with other contents",
    "aynı anahtarla başka içerik kayıtlı",
);
const UNCLEAR: (&str, &str) = ("the answer does not decide it", "gelen yanıt yeterli değil");

impl Note {
    /// Creates the note of a question that failed.
    pub(crate) fn of_question<R: Refusal>(error: &Error<R>) -> Self {
        let why = Self::from(error);
        Self {
            english: format!("the question about it failed: {}", why.english),
            turkish: format!("sonucu sorulamadı: {}", why.turkish),
            said: why.said,
        }
    }
}

/// The reason that the ledger keeps, where the error itself is not known any more.
impl From<&LedgerWhy> for Note {
    fn from(why: &LedgerWhy) -> Self {
        let code = why.code.as_deref().unwrap_or_default();
        Self::of(match why.kind.as_str() {
            "too_early" => TOO_EARLY,
            "not_found" => NOT_FOUND,
            "no_read_back" => NO_READ_BACK,
            "other_request" => of_unsent("changed"),
            "transport" => of_transport(code),
            "unsent" => of_unsent(code),
            "invalid" => ("the request cannot be written", "istek yazılamıyor"),
            "decode" => ("the answer cannot be read", "yanıt okunamıyor"),
            "lease_ended" => (
                "the shop stood still while it was sent",
                "gönderilirken mağaza durdu",
            ),
            "late_answer" => (
                "its answer came late, and it may have happened twice",
                "yanıtı geç geldi, iki kez yapılmış olabilir",
            ),
            "person" => {
                return Self::new(format!("{code} has looked"), format!("{code} baktı"));
            }
            "rejected" => {
                return Self::new(
                    format!("the service refused it with {code}"),
                    format!("servis {code} koduyla reddetti"),
                );
            }
            "status" => {
                let status = why.status.unwrap_or_default();
                return Self::new(
                    format!("the service answered with HTTP status {status}"),
                    format!("servis {status} HTTP koduyla yanıt verdi"),
                );
            }
            "question" => ("the question about it failed", "sonucu sorulamadı"),
            _ => UNCLEAR,
        })
    }
}

impl From<&Reason> for Note {
    fn from(reason: &Reason) -> Self {
        Self::of(match reason {
            Reason::Empty => ("the body is empty", "içerik boş"),
            Reason::Page => (
                "the body is a page, not data",
                "içerik veri değil, bir sayfa",
            ),
            Reason::Charset => (
                "the body is not text in a known charset",
                "içeriğin karakter kodlaması bilinmiyor",
            ),
            Reason::CutOff => ("the body ends too early", "içerik yarım kalmış"),
            Reason::TooDeep => ("the body is nested too deep", "içerik çok fazla iç içe"),
            Reason::TooLarge => ("the body is too large", "içerik çok büyük"),
            Reason::ContentType(_) => ("the content type is wrong", "içerik türü yanlış"),
            Reason::Missing => ("a field is missing", "bir alan eksik"),
            Reason::Twice => ("a field is there twice", "bir alan iki kez var"),
            Reason::Unexpected(_) => (
                "a field has an unusual value",
                "bir alanın değeri beklenmedik",
            ),
            _ => ("the body is malformed", "içerik bozuk"),
        })
    }
}

impl From<&Unreadable> for Note {
    fn from(unreadable: &Unreadable) -> Self {
        let why = Self::from(unreadable.reason());
        let field = match unreadable.path() {
            "" => String::new(),
            path => format!(" (`{path}`)"),
        };
        Self::new(
            format!("the message cannot be read: {}{field}", why.english),
            format!("bildirim okunamıyor: {}{field}", why.turkish),
        )
    }
}

impl From<&CallbackError> for Note {
    fn from(error: &CallbackError) -> Self {
        match error {
            CallbackError::Unreadable(unreadable) => Self::from(unreadable),
            CallbackError::Unsigned => {
                Self::of(("the message has no signature", "bildirimde imza yok"))
            }
            CallbackError::Mismatch(field) => Self::new(
                format!("`{field}` is not that of the order"),
                format!("`{field}` siparişinki değil"),
            ),
            _ => Self::of((
                "the message's signature is wrong",
                "bildirimin imzası yanlış",
            )),
        }
    }
}

impl From<NotConfirmed> for Note {
    fn from(no: NotConfirmed) -> Self {
        Self::of(match no {
            NotConfirmed::NotFound => ("the payment was not found", "ödeme bulunamadı"),
            NotConfirmed::NoNetAmount => (
                "the payment's net amount cannot be read",
                "ödemenin net tutarı okunamıyor",
            ),
            NotConfirmed::Ambiguous => {
                ("several payments were found", "birden fazla ödeme bulundu")
            }
            NotConfirmed::NotLira => ("the payment is not in lira", "ödeme TL değil"),
            NotConfirmed::PartlyRefunded => (
                "a part of the payment was given back",
                "ödemenin bir kısmı iade edilmiş",
            ),
            NotConfirmed::Mismatch(field) => {
                return Self::new(
                    format!("the payment's `{field}` is not that of the order"),
                    format!("ödemedeki `{field}` siparişinki değil"),
                );
            }
            _ => ("the payment is not paid", "ödeme yapılmamış"),
        })
    }
}

impl From<SplitError> for Note {
    fn from(error: SplitError) -> Self {
        Self::of(match error {
            SplitError::NoParts => (
                "there is nothing to divide",
                "paylaştırılacak bir tutar yok",
            ),
            SplitError::NothingForPart(_) | SplitError::NothingLeft => (
                "nothing would be left for a seller",
                "bir satıcıya pay kalmıyor",
            ),
            SplitError::SellerTwice(_) => ("a seller has two parts", "bir satıcının iki payı var"),
            _ => (
                "an amount has to be above zero",
                "tutar sıfırdan büyük olmalı",
            ),
        })
    }
}

impl From<NoPartialAmount> for Note {
    fn from(no: NoPartialAmount) -> Self {
        Self::of(match no {
            NoPartialAmount::MoreThanLeft => (
                "this is more than what is left of the share",
                "bu tutar payın kalanından fazla",
            ),
            NoPartialAmount::NegativePayable => (
                "less than nothing would be left for the seller",
                "satıcının payı sıfırın altına düşüyor",
            ),
            _ => (
                "the amount has to be above zero",
                "tutar sıfırdan büyük olmalı",
            ),
        })
    }
}

impl From<Mismatch> for Note {
    fn from(mismatch: Mismatch) -> Self {
        Self::of(match mismatch {
            Mismatch::NotCompleted => ("the order was not completed", "sipariş tamamlanmamış"),
            Mismatch::Contradiction => (
                "the message says both success and error",
                "bildirim hem başarı hem hata bildiriyor",
            ),
            Mismatch::Status => (
                "the order does not wait for its activation",
                "sipariş aktivasyon beklemiyor",
            ),
            Mismatch::NoPlan => ("there is no payment plan", "ödeme planı yok"),
            Mismatch::Order => ("it is about another order", "başka bir siparişle ilgili"),
            Mismatch::Amount => (
                "the amount is not that of the order",
                "tutar siparişinki değil",
            ),
            Mismatch::Sum => (
                "the installments do not add up to the total",
                "taksitlerin toplamı tutmuyor",
            ),
            Mismatch::AlreadyActivated => ("the order is active already", "sipariş zaten etkin"),
            Mismatch::Transaction => (
                "HASO's number of the order is another one than before",
                "HASO'nun sipariş numarası öncekinden farklı",
            ),
            Mismatch::OtherActivated => (
                "the order is active under another one of HASO's numbers",
                "sipariş HASO'da başka bir numarayla etkin",
            ),
            Mismatch::Plan => ("the payment plan is not possible", "ödeme planı olanaksız"),
            Mismatch::NotActivated => ("the order was not activated", "sipariş etkinleştirilmemiş"),
            Mismatch::Customer => (
                "HASO does not confirm the customer",
                "HASO müşteriyi doğrulamıyor",
            ),
            _ => (
                "the order does not wait for a payment any more",
                "sipariş artık ödeme beklemiyor",
            ),
        })
    }
}

impl From<&StartError> for Note {
    fn from(error: &StartError) -> Self {
        match error {
            StartError::Invalid(error)
            | StartError::Call(error)
            | StartError::Token(TokenError::Call(error)) => Self::from(error),
            _ => Self::of(("no token for the form", "form için anahtar alınamadı")),
        }
    }
}

impl From<&TrackError> for Note {
    fn from(error: &TrackError) -> Self {
        match error {
            TrackError::TooSoon { .. } => Self::of((
                "it was asked a moment ago: ask again in a while",
                "az önce soruldu: biraz sonra yeniden sorun",
            )),
            TrackError::Call(error) => Self::from(error),
            _ => Self::of(("the answer cannot be read", "yanıt okunamıyor")),
        }
    }
}
