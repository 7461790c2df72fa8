//! Pages about what did not work, or goes on.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kervan_ledger::StoreError;

use crate::note::Note;
use crate::shop::Trouble;

/// The reason why a page is not shown. Its page is made where the language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The database did not take a change, or did not answer: nothing was sent.
    Store(Note),
    /// The database did not take the result of something that was sent.
    Result(Note),
    /// The page has waited long enough. What it waits for goes on without it.
    GoesOn,
    /// The page has waited long enough for an answer that changes nothing.
    NoAnswer,
    NotFound,
    /// The request has another form than the address takes, by the status that says so.
    NotTaken(StatusCode),
    /// The post comes from another site's page.
    Foreign,
    /// The request is for another host. It holds the shop's own address.
    NotHere(String),
    /// HASO gave no token: nothing was ordered.
    Haso(Note),
    /// The form has a value that cannot be right.
    Wrong(Note),
    /// The form is in order, and its order is not: it is paid, or the form is an old one.
    NotNow(Note),
    /// A post that is forged, or of nothing that the shop began.
    NotBelieved(Note),
}

impl Failure {
    pub(crate) fn wrong(english: &str, turkish: &str) -> Self {
        Self::Wrong(Note::new(english, turkish))
    }

    pub(crate) fn not_now(english: &str, turkish: &str) -> Self {
        Self::NotNow(Note::new(english, turkish))
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::GoesOn => StatusCode::ACCEPTED,
            Self::NoAnswer => StatusCode::GATEWAY_TIMEOUT,
            Self::Store(_) | Self::Result(_) | Self::Haso(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotTaken(status) => *status,
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::NotHere(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::Wrong(_) | Self::NotNow(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotBelieved(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// Returns the title of its page, and what there is to say about it.
    pub(crate) fn texts(&self) -> (Note, Note) {
        let title = |english, turkish| Note::new(english, turkish);
        match self {
            Self::Store(why) => (
                title(
                    "The shop's database does not answer. Nothing was sent.",
                    "Mağazanın veritabanı yanıt vermiyor. Hiçbir şey gönderilmedi.",
                ),
                why.clone(),
            ),
            Self::Result(why) => (
                title(
                    "It was sent, and the database did not take its result. The shop asks for it again.",
                    "İstek gönderildi, ancak veritabanı sonucu kaydetmedi. Mağaza sonucu yeniden soracak.",
                ),
                why.clone(),
            ),
            Self::GoesOn => (
                title(
                    "This goes on. It may have happened.",
                    "İşlem sürüyor. Yapılmış olabilir.",
                ),
                Note::new(
                    "No answer has come yet. The shop goes on without this page, and finds out by itself. \
                     Do not send the form again: the desk shows how far it is.",
                    "Henüz yanıt gelmedi. Mağaza bu sayfa olmadan da sürdürür ve sonucu kendisi öğrenir. \
                     Formu yeniden göndermeyin: yönetim sayfası nereye gelindiğini gösterir.",
                ),
            ),
            Self::NoAnswer => (
                title("No answer came.", "Yanıt gelmedi."),
                Note::new(
                    "It was a question only, and changed nothing. Try again in a while.",
                    "Bu yalnızca bir soruydu ve bir şey değiştirmedi. Biraz sonra yeniden deneyin.",
                ),
            ),
            Self::NotFound => (
                title("There is no such page.", "Böyle bir sayfa yok."),
                Note::default(),
            ),
            Self::NotTaken(_) => (
                title(
                    "This address does not take such a request.",
                    "Bu adres böyle bir isteği kabul etmiyor.",
                ),
                Note::new(
                    "It belongs to a form of the shop. Open the page of the form, and send it from there.",
                    "Adres, mağazadaki bir forma aittir. Formun sayfasını açın ve oradan gönderin.",
                ),
            ),
            Self::Foreign => (
                title(
                    "A form of another site is not accepted.",
                    "Başka bir sitenin formu kabul edilmez.",
                ),
                Note::default(),
            ),
            Self::NotHere(own) => (
                title("This is another server.", "Burası başka bir sunucu."),
                Note::new(
                    format!("This server is {own}, and answers to no other host."),
                    format!("Bu sunucunun adresi {own}; başka bir ada yanıt vermez."),
                ),
            ),
            Self::Haso(why) => (
                title(
                    "HASO could not be reached. Nothing was ordered.",
                    "HASO'ya ulaşılamadı. Sipariş verilmedi.",
                ),
                why.clone(),
            ),
            Self::Wrong(why) => (
                title("Please correct the form.", "Lütfen formu düzeltin."),
                why.clone(),
            ),
            Self::NotNow(why) => (
                title("This cannot be done now.", "Bu işlem şu anda yapılamaz."),
                why.clone(),
            ),
            Self::NotBelieved(why) => (
                title(
                    "This message is not accepted.",
                    "Bu bildirim kabul edilmedi.",
                ),
                why.clone(),
            ),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(Note::from(&error))
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Before(why) => Self::Store(why),
            Trouble::After(why) => Self::Result(why),
            Trouble::GoesOn => Self::GoesOn,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
