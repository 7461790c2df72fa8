//! Sentences that are stored in both languages, and the words of others, which stay as they came.

mod errors;

pub(crate) use self::errors::Refusal;

use std::error::Error as _;

use kervan_core::Language;
use kervan_ledger::{StoreError, StoreErrorKind};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::pages::Words;
use crate::store::innermost;

/// A sentence in English and in Turkish, about something that was stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    english: String,
    turkish: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<Said>,
}

/// The words of somebody else, in their own language, and whose they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    by: String,
    text: String,
}

impl Note {
    pub(crate) fn new(english: impl Into<String>, turkish: impl Into<String>) -> Self {
        Self {
            english: english.into(),
            turkish: turkish.into(),
            said: None,
        }
    }

    /// Creates a note of a pair of texts: English and Turkish.
    pub(crate) fn of((english, turkish): (&str, &str)) -> Self {
        Self::new(english, turkish)
    }

    /// Creates a note of nothing but the words of somebody else.
    pub(crate) fn by(by: &str, text: impl Into<String>) -> Self {
        Self::default().said(by, text)
    }

    /// Adds the words of somebody else.
    pub(crate) fn said(mut self, by: &str, text: impl Into<String>) -> Self {
        self.said = Some(Said {
            by: by.to_owned(),
            text: text.into(),
        });
        self
    }

    /// Returns the sentence in a language, without the words of others.
    pub(crate) fn text(&self, language: Language) -> &str {
        match language {
            Language::Turkish => &self.turkish,
            _ => &self.english,
        }
    }

    /// Shows the sentence, and behind it the words of others, marked as theirs.
    pub(crate) fn show(&self, words: Words) -> Markup {
        let text = self.text(words.language);
        html! {
            (text)
            @if let Some(said) = &self.said {
                @if !text.is_empty() { " (" }
                span.said { (said.by) ": " q { (said.text) } }
                @if !text.is_empty() { ")" }
            }
        }
    }
}

impl From<&StoreError> for Note {
    fn from(error: &StoreError) -> Self {
        let kind = Self::of(match error.kind() {
            StoreErrorKind::Gone => ("it cannot be reached", "ulaşılamıyor"),
            StoreErrorKind::Full => ("it has no space left", "yer kalmadı"),
            StoreErrorKind::ReadOnly => ("it may not be changed", "değiştirilemiyor"),
            StoreErrorKind::Busy => ("another program holds it", "başka bir program kullanıyor"),
            StoreErrorKind::Damaged => (
                "it holds something unreadable",
                "okunamayan bir şey içeriyor",
            ),
            _ => ("it failed", "bir hata verdi"),
        });
        match error.source() {
            Some(cause) => kind.said("SQL", innermost(cause)),
            None => kind,
        }
    }
}
