//! The results of operations, and their answers.

use serde::Serialize;

use super::dialect::{Dialect, Redirect};
use super::effect::Effect;
use super::refusal::Refusal;
use super::tree::Tree;
use super::wire;
use crate::{Answer, Refused};

const JSON: &str = "application/json; charset=utf-8";

/// The result of an operation.
pub(super) type Reply = Result<Accepted, Refusal>;

/// A success.
pub(super) struct Accepted {
    pub(super) data: Tree,
    /// Members beside `Data`.
    pub(super) beside: Vec<(String, Tree)>,
    pub(super) effects: Vec<Effect>,
    /// The key of the object, for writes.
    pub(super) key: Option<String>,
    /// Where the browser goes instead of an answer in JSON.
    pub(super) location: Option<String>,
    /// A refusal that comes beside `Success` true.
    pub(super) refused: Option<Refused>,
}

impl Accepted {
    /// Returns the answer of a read.
    pub(super) fn read(data: &impl Serialize) -> Self {
        Self::tree(Tree::of(data))
    }

    /// Returns the answer of a read whose `Data` is put together already.
    pub(super) fn tree(data: Tree) -> Self {
        Self {
            data,
            beside: Vec::new(),
            effects: Vec::new(),
            key: None,
            location: None,
            refused: None,
        }
    }

    /// Returns the answer of a write.
    pub(super) fn write(key: &str, effects: Vec<Effect>, data: &impl Serialize) -> Self {
        Self::read(data).written(key, effects)
    }

    /// Makes it the answer of a write.
    pub(super) fn written(self, key: &str, effects: Vec<Effect>) -> Self {
        Self {
            effects,
            key: Some(key.to_owned()),
            ..self
        }
    }
}

/// The absent `Data`.
pub(super) const NOTHING: Option<()> = None;

/// Writes the envelope, or sends the browser on.
pub(super) fn write(dialect: &Dialect, reply: Reply) -> Answer {
    match reply {
        Ok(Accepted {
            location: Some(location),
            ..
        }) => redirect(dialect.redirect, location),
        Ok(accepted) => {
            let body = wire::success(dialect, accepted.data, accepted.beside);
            let mut answer = Answer::new(200, JSON, body);
            answer.refused = accepted.refused;
            answer
        }
        Err(refusal) => {
            let status = if dialect.refuses_with_400 { 400 } else { 200 };
            let body = wire::refusal(dialect, refusal.code, &refusal.text);
            Answer::new(status, JSON, body).refusing(refusal.code, refusal.rule)
        }
    }
}

fn redirect(form: Redirect, location: String) -> Answer {
    let status = match form {
        Redirect::Found => 302,
        Redirect::SeeOther => 303,
        Redirect::Page => {
            return super::page::link(&location);
        }
    };
    Answer {
        status,
        headers: vec![("Location".to_owned(), location)],
        body: Vec::new(),
        refused: None,
    }
}
