//! Pages about what did not work.

use std::fmt;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kervan_core::Language;

use crate::shop::Trouble;
use crate::store::StoreError;

/// The reason why a page is not shown. Its page is made where the language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The database did not take a change, or did not answer: nothing was sent.
    Store(String),
    /// The database did not take the result of something that was sent.
    Result(String),
    NotFound,
    /// HASO gave no token: nothing was ordered.
    Haso(String),
    /// The form has a value that cannot be right: in English and in Turkish.
    Wrong(String, String),
    /// A post that is forged, or of nothing that the shop began.
    NotBelieved(String),
}

impl Failure {
    pub(crate) fn wrong(english: impl fmt::Display, turkish: impl fmt::Display) -> Self {
        Self::Wrong(english.to_string(), turkish.to_string())
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Store(_) | Self::Result(_) | Self::Haso(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Wrong(..) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotBelieved(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// Returns the sentences of its page.
    pub(crate) fn texts(&self, language: Language) -> (&'static str, String) {
        let is_turkish = language == Language::Turkish;
        let say = |english, turkish| if is_turkish { turkish } else { english };
        match self {
            Self::Store(why) => (
                say(
                    "The shop's database does not answer. Nothing was sent.",
                    "Mağazanın veritabanı yanıt vermiyor. Hiçbir şey gönderilmedi.",
                ),
                why.clone(),
            ),
            Self::Result(why) => (
                say(
                    "It was sent, and the database did not take its result. The shop asks for it again.",
                    "İstek gönderildi, ancak veritabanı sonucu kaydetmedi. Mağaza sonucu yeniden soracak.",
                ),
                why.clone(),
            ),
            Self::Haso(why) => (
                say(
                    "HASO could not be reached. Nothing was ordered.",
                    "HASO'ya ulaşılamadı. Sipariş verilmedi.",
                ),
                why.clone(),
            ),
            Self::NotFound => (
                say("There is no such page.", "Böyle bir sayfa yok."),
                String::new(),
            ),
            Self::Wrong(english, turkish) => (
                say("Please correct the form.", "Lütfen formu düzeltin."),
                if is_turkish {
                    turkish.clone()
                } else {
                    english.clone()
                },
            ),
            Self::NotBelieved(why) => (
                say(
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
        Self::Store(error.to_string())
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Before(why) => Self::Store(why),
            Trouble::After(why) => Self::Result(why),
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
