//! The posts to shops: which wait, which were sent, and the shop's answers.

mod entry;
mod rule;

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

pub use entry::{Attempt, Entry, State};
pub use rule::{How, Rule};

use crate::{Moment, Post, PostBody, Sender};

/// How many finished posts are kept for people to look at.
const KEPT: usize = 1000;

/// The posts of one world, in the order in which they came up.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    entries: VecDeque<Entry>,
    rules: Vec<Rule>,
    last: u64,
    /// How often the state of a post has changed.
    changes: u64,
}

/// A post that is due, for the one who sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Due {
    /// The number of the entry.
    pub number: u64,
    /// The absolute address.
    pub to: String,
    /// The value of `Content-Type`.
    pub content_type: String,
    /// The body.
    pub body: String,
    /// How many copies go out at the same moment.
    pub copies: u32,
}

/// Who caused a post, which decides whether the sandbox sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A call of a program, a step of the control API, or time.
    Anything,
    /// A real browser on a page of the sandbox: it makes its own posts.
    RealBrowser,
}

impl Outbox {
    /// Adds a rule for a post that will come up; [`World::rule`](crate::world::World::rule) has checked it.
    pub(crate) fn rule(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    /// Returns the rules that no post has met.
    pub fn unused(&self) -> &[Rule] {
        &self.rules
    }

    /// Takes the rules away that no post has met.
    pub fn forget_rules(&mut self) {
        self.rules.clear();
    }

    /// Returns the posts that are kept, the oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Returns a number that grows with every new post and every new state of one.
    #[cfg(feature = "server")]
    pub(crate) fn changes(&self) -> u64 {
        self.last + self.changes
    }

    /// Returns the post with this number.
    pub fn entry(&self, number: u64) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.number == number)
    }

    /// Adds a post of a provider. Returns its number.
    pub(crate) fn add(&mut self, provider: &str, post: Post, cause: Cause, now: Moment) -> u64 {
        self.last += 1;
        let by_itself = cause == Cause::RealBrowser && post.by == Sender::Browser;
        let how = if by_itself {
            How::Hold
        } else {
            self.how(provider, &post.kind)
        };
        let mut entry = Entry::new(self.last, provider, post, how, now);
        if by_itself {
            entry.state = State::ByBrowser;
        }
        self.entries.push_back(entry);
        self.forget_old();
        self.last
    }

    /// Takes the rule that a post meets.
    fn how(&mut self, provider: &str, kind: &str) -> How {
        let mut met = None;
        for (index, rule) in self.rules.iter_mut().enumerate() {
            if rule.is_about(provider, kind) {
                rule.nth = rule.nth.saturating_sub(1);
                if rule.nth == 0 && met.is_none() {
                    met = Some(index);
                }
            }
        }
        met.map_or(How::Deliver, |index| self.rules.remove(index).how)
    }

    fn forget_old(&mut self) {
        while self.entries.len() > KEPT {
            let finished = self.entries.iter().position(|entry| entry.state.is_final());
            match finished {
                Some(index) => self.entries.remove(index),
                None => return,
            };
        }
    }

    /// Takes what is due; each post is then being sent until [`Outbox::sent`] says how that went.
    pub fn take_due(&mut self, now: Moment) -> Vec<Due> {
        let is_due = |entry: &&mut Entry| matches!(entry.state, State::Waiting(at) if at <= now);
        let due = self.entries.iter_mut().filter(is_due);
        let due: Vec<Due> = due.map(Entry::begin).collect();
        self.changes += due.len() as u64;
        due
    }

    /// Takes one post that is to go out before the answer to the call which caused it.
    pub(crate) fn take_early(&mut self, number: u64) -> Option<Due> {
        let entry = self.touch(number)?;
        (entry.how == How::BeforeAnswer && matches!(entry.state, State::Waiting(_)))
            .then(|| entry.begin())
    }

    /// Returns when the next post is due.
    pub fn next_due(&self) -> Option<Moment> {
        let due = |entry: &Entry| match entry.state {
            State::Waiting(at) => Some(at),
            _ => None,
        };
        self.entries.iter().filter_map(due).min()
    }

    /// Writes down how a try went: the status and the body of the shop's answer, or a sentence.
    pub fn sent(&mut self, number: u64, result: Result<(u16, String), String>, now: Moment) {
        if let Some(entry) = self.touch(number) {
            entry.tried(result, now);
        }
        self.release_behind(number, now);
    }

    /// Lets those go out now that were passed over for this one.
    fn release_behind(&mut self, number: u64, now: Moment) {
        let is_behind = |entry: &&mut Entry| entry.number < number && entry.state == State::Behind;
        for entry in self.entries.iter_mut().filter(is_behind) {
            entry.state = State::Waiting(now);
        }
    }

    /// Writes down how a copy went that was sent beside another one.
    #[cfg(any(feature = "server", test))]
    pub(crate) fn note(&mut self, number: u64, result: Result<(u16, String), String>, now: Moment) {
        if let Some(entry) = self.touch(number) {
            entry.note(result, now);
        }
    }

    /// Says that a post cannot be sent at all, because its address is not allowed.
    #[cfg(any(feature = "server", test))]
    pub(crate) fn refuse(&mut self, number: u64, why: &str, now: Moment) {
        if let Some(entry) = self.touch(number) {
            entry.tried(Err(why.to_owned()), now);
            entry.state = State::NotAllowed;
        }
        self.release_behind(number, now);
    }

    /// Sends a post that is held, or one that was sent already, once more, with changed fields: a new
    /// value, or none to leave the field out. Returns the number of the new entry.
    ///
    /// # Errors
    ///
    /// Returns a sentence for an unknown number, or when fields are changed of a post without fields.
    pub fn send_again(
        &mut self,
        number: u64,
        changes: &[(String, Option<String>)],
        now: Moment,
    ) -> Result<u64, String> {
        let entry = self
            .touch(number)
            .ok_or_else(|| format!("there is no callback {number}"))?;
        let mut post = entry.post.clone();
        change(&mut post.body, changes)?;
        if entry.state == State::Held {
            entry.state = State::Replaced;
        }
        let provider = entry.provider.clone();
        post.repeats = None;
        self.last += 1;
        let entry = Entry::new(self.last, &provider, post, How::Deliver, now);
        self.entries.push_back(entry);
        self.forget_old();
        Ok(self.last)
    }

    /// Replaces the posts that wait. Those that are being sent wait again. One whose number is that of a
    /// finished post, or of a post that is being sent from here, gets another number.
    pub(crate) fn replace_waiting(&mut self, waiting: Vec<Entry>) {
        let is_taken = |entry: &&Entry| entry.state.is_final() || entry.state == State::Sending;
        let taken = self.entries.iter().filter(is_taken);
        let mut taken: BTreeSet<u64> = taken.map(|entry| entry.number).collect();
        self.entries.retain(|entry| entry.state.is_final());
        let highest = waiting.iter().map(|entry| entry.number).max();
        self.last = self.last.max(highest.unwrap_or_default());
        for mut entry in waiting {
            if entry.state == State::Sending {
                entry.state = State::Waiting(entry.at);
            }
            if !taken.insert(entry.number) {
                self.last += 1;
                entry.number = self.last;
                taken.insert(entry.number);
            }
            self.entries.push_back(entry);
        }
    }

    /// Finds a post whose state is to change.
    fn touch(&mut self, number: u64) -> Option<&mut Entry> {
        self.changes += 1;
        self.entries.iter_mut().find(|entry| entry.number == number)
    }
}

/// Changes fields of a form, or members of an object of JSON.
fn change(body: &mut PostBody, changes: &[(String, Option<String>)]) -> Result<(), String> {
    match body {
        PostBody::Form(fields) => {
            for (name, value) in changes {
                let place = fields.iter_mut().find(|(listed, _)| listed == name);
                match (place, value) {
                    (Some((_, old)), Some(value)) => old.clone_from(value),
                    (None, Some(value)) => fields.push((name.clone(), value.clone())),
                    (_, None) => fields.retain(|(listed, _)| listed != name),
                }
            }
            Ok(())
        }
        PostBody::Text { .. } if changes.is_empty() => Ok(()),
        PostBody::Text { text, .. } => {
            let mut value: Value = serde_json::from_str(text)
                .map_err(|_| "the body of this callback has no fields to change".to_owned())?;
            let members = value
                .as_object_mut()
                .ok_or("the body of this callback is not an object")?;
            for (name, new) in changes {
                match new {
                    Some(new) => members.insert(name.clone(), Value::String(new.clone())),
                    None => members.remove(name),
                };
            }
            *text = value.to_string();
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests;
