//! One post to a shop, and how its tries went.

use serde::{Deserialize, Serialize};

use super::{Due, How};
use crate::{Moment, Post, PostBody};

/// How much of a shop's answer is kept, from the body of a page.
const KEPT: usize = 2000;
/// How many tries are kept, the last ones.
const TRIES: usize = 100;

/// One post to a shop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// Its number in this world, from 1.
    pub number: u64,
    /// The provider.
    pub provider: String,
    /// The post itself.
    pub post: Post,
    /// The plan for it.
    pub how: How,
    /// When it came up.
    pub at: Moment,
    /// Where it is.
    pub state: State,
    /// The tries so far, the last 100 of them.
    pub attempts: Vec<Attempt>,
    /// How many deliveries are still to come.
    copies: u32,
    /// How often it was tried. Two copies at the same moment are one try.
    #[serde(default)]
    rounds: u32,
}

/// Where a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum State {
    /// It goes out at this time, or as soon as the one who sends gets to it.
    Waiting(Moment),
    /// It waits until the post behind it was sent.
    Behind,
    /// It waits for somebody to send it.
    Held,
    /// A browser on a page of the sandbox posts it.
    ByBrowser,
    /// It was held, and another entry was sent in its place.
    Replaced,
    /// It is on its way.
    Sending,
    /// The shop has accepted it.
    Accepted,
    /// The shop has not accepted it, and it is not sent again.
    GivenUp,
    /// It never goes out, by a rule.
    Dropped,
    /// Its address is not one that the sandbox sends to.
    NotAllowed,
}

impl State {
    /// Returns whether nothing more happens to the post.
    pub fn is_final(self) -> bool {
        !matches!(
            self,
            State::Waiting(_) | State::Behind | State::Held | State::Sending
        )
    }
}

/// One try to deliver a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attempt {
    /// When the answer came, or when it was clear that none comes.
    pub at: Moment,
    /// The status of the shop's answer.
    pub status: Option<u16>,
    /// The beginning of the shop's answer, or why none came.
    pub text: String,
}

impl Entry {
    pub(super) fn new(number: u64, provider: &str, mut post: Post, how: How, at: Moment) -> Self {
        let state = match &how {
            How::Hold => State::Held,
            How::Never => State::Dropped,
            How::AfterNext => State::Behind,
            How::Late(millis) => State::Waiting(at.plus((*millis).max(0))),
            _ => State::Waiting(at),
        };
        match &how {
            How::Tamper { field, value } => {
                // A body without fields stays as it is; the rule counts as used all the same.
                let _ = super::change(&mut post.body, &[(field.clone(), value.clone())]);
            }
            How::ContentType(content_type) => {
                post.body = PostBody::Text {
                    text: post.body.encoded(),
                    content_type: content_type.clone(),
                };
            }
            _ => {}
        }
        Entry {
            number,
            provider: provider.to_owned(),
            copies: if how == How::Double { 2 } else { 1 },
            post,
            how,
            at,
            state,
            attempts: Vec::new(),
            rounds: 0,
        }
    }

    pub(super) fn begin(&mut self) -> Due {
        self.state = State::Sending;
        Due {
            number: self.number,
            to: self.post.to.clone(),
            content_type: self.post.body.content_type().to_owned(),
            body: self.post.body.encoded(),
            copies: if self.how == How::DoubleAtOnce { 2 } else { 1 },
        }
    }

    pub(super) fn tried(&mut self, result: Result<(u16, String), String>, now: Moment) {
        let is_accepted = self.is_accepted(&result);
        self.note(result, now);
        self.rounds = self.rounds.saturating_add(1);
        if is_accepted {
            self.copies = self.copies.saturating_sub(1);
            self.state = if self.copies == 0 {
                State::Accepted
            } else {
                State::Waiting(now)
            };
            return;
        }
        self.state = match &self.post.repeats {
            // Not at the same moment, at which a manual clock would stay for ever.
            Some(repeats) if self.rounds < repeats.tries => {
                State::Waiting(now.plus(repeats.every.max(1)))
            }
            _ => State::GivenUp,
        };
    }

    pub(super) fn note(&mut self, result: Result<(u16, String), String>, now: Moment) {
        let (status, text) = match result {
            Ok((status, text)) => (Some(status), text),
            Err(why) => (None, why),
        };
        if self.attempts.len() >= TRIES {
            self.attempts.remove(0);
        }
        self.attempts.push(Attempt {
            at: now,
            status,
            text: words(&text).chars().take(KEPT).collect(),
        });
    }

    fn is_accepted(&self, result: &Result<(u16, String), String>) -> bool {
        let Ok((status, text)) = result else {
            return false;
        };
        let wanted = self.post.repeats.as_ref();
        let body = wanted.and_then(|repeats| repeats.until_body.as_deref());
        // A browser is content with any page; a server that does not repeat, with any success.
        let is_status = match wanted {
            Some(_) => *status == 200,
            None => *status < 400,
        };
        is_status && body.is_none_or(|body| text.trim() == body)
    }
}

/// Returns the body of a page, because its head may be longer than all that is kept.
fn words(answer: &str) -> &str {
    answer.find("<body").map_or(answer, |at| &answer[at..])
}
