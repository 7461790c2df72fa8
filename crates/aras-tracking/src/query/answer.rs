//! The rows of an answer, which may be empty.

use kervan_core::Language;
use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::columns::QueryRow;

/// The rows that a query found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QueryRows<R> {
    /// The rows in the order received.
    pub rows: Vec<R>,
    /// Rows that name another parcel than the one asked for: an answer out of step, or a mistake of the
    /// service. They do not answer the question.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub strays: Vec<R>,
    /// The possible reason of an empty answer. `None` with rows, with strays, and for an empty answer of the shipment
    /// service in a form that no description has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_found: Option<NotFound>,
}

/// Why an answer has no rows. The service does not distinguish these cases, and treats all of them as
/// success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum NotFound {
    /// The service has no such rows (yet), or the customer code is wrong, or the account is registered for
    /// another method.
    #[serde(rename = "nothing_or_wrong_account")]
    NothingOrWrongAccount,
}

impl NotFound {
    /// Returns the hint in words.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::Turkish => {
                "sonuç yok: irsaliye henüz kesilmemiş, müşteri kodu yanlış ya da hesap başka bir metoda kayıtlı olabilir"
            }
            _ => {
                "nothing found: the waybill may not be cut yet, the customer code may be wrong, or the account may be registered for another method"
            }
        }
    }
}

impl<R> Default for QueryRows<R> {
    /// Returns the rows of a query that found nothing.
    fn default() -> Self {
        Self::of(Vec::new())
    }
}

impl<R> QueryRows<R> {
    /// Creates an answer's rows, as the tests of a program need them.
    pub fn of(rows: Vec<R>) -> Self {
        Self {
            not_found: rows.is_empty().then_some(NotFound::NothingOrWrongAccount),
            rows,
            strays: Vec::new(),
        }
    }

    pub(crate) fn new(rows: Vec<R>, asked: &Asked<'_>) -> Self
    where
        R: QueryRow,
    {
        let own = |row: &R| asked.is_answered_by(&row.named());
        let (rows, strays): (Vec<_>, Vec<_>) = rows.into_iter().partition(own);
        // Strays answer another question, so they do not say that nothing was found.
        let is_empty = rows.is_empty() && strays.is_empty();
        let not_found = is_empty.then_some(NotFound::NothingOrWrongAccount);
        Self {
            rows,
            strays,
            not_found,
        }
    }

    /// Returns the same rows without a reason for an empty answer, because none is described in its form.
    #[cfg(feature = "shipments")]
    pub(crate) fn unexplained(self) -> Self {
        Self {
            not_found: None,
            ..self
        }
    }

    /// Returns whether the answer is empty in a form that is described, [`strays`](Self::strays) included.
    pub fn is_not_found(&self) -> bool {
        self.not_found.is_some()
    }
}
