//! The fate of one request.

use std::collections::VecDeque;

use crate::{Answer, Chance, Fault};

/// The part of an exchange that the client sees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Delivered {
    /// An answer, at once.
    Answer(Answer),
    /// Nothing: the connection ends.
    Cut,
    /// Nothing until the client gives up.
    Silence,
    /// Nothing: nobody accepts the connection.
    Refused,
}

impl Delivered {
    /// Returns the answer, when there is one.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Delivered::Answer(answer) => Some(answer),
            _ => None,
        }
    }
}

/// A request by its names, as plans and the journal have it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The operation.
    pub operation: String,
    /// The request's own key; only writes have one.
    pub key: Option<String>,
    /// Whether the request only asks.
    pub is_read: bool,
}

/// The fate of one request.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Exchange<E> {
    /// The request by its names.
    pub call: Call,
    /// Whether the provider gets the request, at once or late.
    pub arrived: bool,
    /// The fault that was applied; [`Fault::None`] when a planned one did not apply.
    pub fault: Fault,
    /// The part that the client sees.
    pub answer: Delivered,
    /// Effects of the request itself, at once.
    pub effects: Vec<E>,
    /// Effects that came before it because time had passed: late requests and the provider's own work.
    pub before: Vec<E>,
}

/// Returns the oldest answer that waits on a connection.
pub(crate) fn next_of(queue: &mut VecDeque<Answer>) -> Delivered {
    queue.pop_front().map_or(Delivered::Cut, Delivered::Answer)
}

const PAGE: &str = "<!DOCTYPE html><html><head><title>Hata</title></head>\
                    <body><h1>Sistem şu anda hizmet veremiyor</h1></body></html>";

/// Returns an error page in place of an answer.
pub(crate) fn page(status: u16) -> Answer {
    Answer::new(status, "text/html; charset=utf-8", PAGE)
}

/// Returns the beginning of an answer.
pub(crate) fn cut(answer: &Answer, length: usize) -> Answer {
    let mut cut = answer.clone();
    cut.body.truncate(length);
    cut
}

/// Returns a page, an empty body, or a part of the answer.
pub(crate) fn broken(answer: &Answer, luck: &mut Chance) -> Answer {
    match luck.below(3) {
        0 => page(200),
        1 => cut(answer, 0),
        _ => {
            let length = usize::try_from(luck.below(answer.body.len() as u64)).unwrap_or(0);
            cut(answer, length)
        }
    }
}
