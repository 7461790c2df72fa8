//! The client of the toy, and the mistakes that it can be made to make.

use kervan_core::{
    Answer, BaseUrl, Class, Context, Drift, EncodeError, Error, HttpRequest, Operation, Order,
    Outcome, ReadError, Reason, Rejection, Reply, Scrub, Service, Try,
};
use kervan_settling::{Baseline, Found, Settle};

/// A rule of the client that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    None,
    /// W1: absence is proof at once.
    AbsentIsNotDone,
    /// W2: what stood before is taken for this write's.
    NoBaseline,
    /// W3: "already" is a success.
    AlreadyIsDone,
    /// W6: a number that is taken is a success.
    ExistsIsDone,
    /// W8: keys are compared by bytes.
    KeysByBytes,
    /// W12: writes share connections.
    SharedConnections,
    /// W13: rows are not compared with the question.
    AnyRow,
    /// W16: a code that decides nothing is a refusal.
    BusyIsNotDone,
    /// An unreadable answer means "nothing found".
    UnreadableIsAbsent,
    /// The read-back never decides.
    NeverDecides,
    /// A state that is there is said to be this write's.
    WantedIsOurs,
}

pub(crate) struct Shop;

impl Scrub for Shop {
    fn scrub(&self, text: &str) -> String {
        text.to_owned()
    }
}

impl Service for Shop {
    type Rejection = No;
    type Endpoint = &'static str;
    type Body<'a> = HttpRequest;
    type Reading<'a> = &'a Reply;

    fn redacted(&self) -> Self {
        Self
    }

    fn user_agent(&self) -> &'static str {
        "shop/1"
    }

    fn write(
        &self,
        _endpoint: &&'static str,
        body: HttpRequest,
    ) -> Result<HttpRequest, EncodeError> {
        Ok(body)
    }

    fn reading<'a>(&'a self, _endpoint: &'a &'static str, reply: &'a Reply) -> &'a Reply {
        reply
    }
}

#[derive(Debug, serde::Serialize, thiserror::Error)]
#[error("the toy said {word}")]
pub(crate) struct No {
    word: String,
    is_busy_done: bool,
    #[serde(skip)]
    this: Option<Try>,
}

impl No {
    fn new(word: &str, mistake: Mistake) -> Self {
        Self {
            word: word.to_owned(),
            is_busy_done: mistake != Mistake::BusyIsNotDone,
            this: None,
        }
    }
}

impl Rejection for No {
    fn code(&self) -> &str {
        &self.word
    }

    fn outcome(&self) -> Outcome {
        let is_first = self.this.is_some_and(|this| this.order == Order::First);
        match self.word.as_str() {
            "busy" if self.is_busy_done => Outcome::Unknown,
            "exists" if !is_first => Outcome::Unknown,
            _ => Outcome::NotDone,
        }
    }

    fn class(&self) -> Class {
        self.this.map_or(Class::Blind, |this| this.class)
    }

    fn of_try(self, this: Try) -> Self {
        Self {
            this: Some(this),
            ..self
        }
    }

    fn exists(&self) -> bool {
        self.word == "exists"
    }
}

fn request(verb: &str, body: String) -> Result<HttpRequest, EncodeError> {
    let url = BaseUrl::parse("https://toy.example")?.join(verb)?;
    Ok(HttpRequest::post(url, "text/plain", body.into_bytes()))
}

fn text(reply: &Reply) -> Result<String, ReadError<No>> {
    let text = String::from_utf8(reply.body.clone()).unwrap_or_default();
    if text.is_empty() || text.starts_with('<') {
        return Err(unreadable());
    }
    Ok(text)
}

fn unreadable() -> ReadError<No> {
    kervan_core::error::Unreadable::whole(Reason::Malformed).into()
}

/// Asks for an object.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    verb: &'static str,
    id: String,
}

impl Operation for Ask {
    type Service = Shop;
    type Output = String;
    const ENDPOINT: &'static str = "ask";
    const CLASS: Class = Class::Read;

    fn body(&self, _: &Context<'_, Shop>) -> Result<HttpRequest, EncodeError> {
        request(self.verb, self.id.clone())
    }

    fn read(&self, reply: &Reply) -> Result<Answer<String>, ReadError<No>> {
        let text = text(reply)?;
        let is_whole = match self.verb {
            "order" | "status" => text == "none" || text.starts_with(&format!("{} ", self.id)),
            "approval" => text == "waiting" || text == "approved",
            _ => text.ends_with('.'),
        };
        if is_whole {
            Ok(Answer::new(text, Drift::default()))
        } else {
            Err(unreadable())
        }
    }
}

/// Writes.
#[derive(Clone, Debug)]
pub(crate) struct Put {
    pub(crate) verb: &'static str,
    pub(crate) id: String,
    pub(crate) value: String,
    pub(crate) mistake: Mistake,
}

impl Put {
    fn rows(&self, text: &str) -> Vec<String> {
        let is_own = |id: &str| match self.mistake {
            Mistake::AnyRow => true,
            Mistake::KeysByBytes => id == self.id,
            _ => id.eq_ignore_ascii_case(&self.id),
        };
        let rows = text.lines().filter_map(|line| {
            let (number, rest) = line.split_once(' ')?;
            let (id, amount) = rest.split_once(' ')?;
            (is_own(id) && amount == self.value).then(|| number.to_owned())
        });
        rows.collect()
    }
}

impl Operation for Put {
    type Service = Shop;
    type Output = ();
    const ENDPOINT: &'static str = "put";
    const CLASS: Class = Class::Charge;

    fn class(&self) -> Class {
        match self.verb {
            "create" => Class::Keyed,
            "approve" => Class::State,
            "add" => Class::Delta,
            _ => Class::Charge,
        }
    }

    fn body(&self, _: &Context<'_, Shop>) -> Result<HttpRequest, EncodeError> {
        request(self.verb, format!("{} {}", self.id, self.value))
    }

    fn read(&self, reply: &Reply) -> Result<Answer<()>, ReadError<No>> {
        let (text, done) = (text(reply)?, Answer::default());
        match text.split(' ').next().unwrap_or_default() {
            "done" if self.verb != "create" || text == format!("done {}", self.id) => Ok(done),
            "done" if self.mistake == Mistake::SharedConnections => Ok(done),
            "already" if self.mistake == Mistake::AlreadyIsDone => Ok(done),
            "exists" if self.mistake == Mistake::ExistsIsDone => Ok(done),
            word @ ("already" | "exists" | "busy" | "no") => {
                Err(ReadError::Rejected(No::new(word, self.mistake)))
            }
            _ => Err(unreadable()),
        }
    }
}

impl Settle for Put {
    type ReadBack = Ask;

    fn key(&self) -> String {
        self.id.clone()
    }

    fn read_back(&self) -> Option<Ask> {
        let verb = match self.verb {
            "create" => "order",
            "approve" => "approval",
            "add" => "rows",
            _ => "status",
        };
        let id = self.id.clone();
        Some(Ask { verb, id })
    }

    fn baseline(&self, before: &Answer<String>) -> Option<Baseline> {
        Some(Baseline::new(self.rows(before)))
    }

    fn found_by_error(&self, error: Error<No>) -> Found<(), No> {
        match error {
            _ if self.mistake == Mistake::NeverDecides => Found::Unclear,
            Error::Decode(_) if self.mistake == Mistake::UnreadableIsAbsent => {
                Found::Failed(No::new("no", self.mistake))
            }
            error => Found::Unread(error),
        }
    }

    fn found(&self, now: Answer<String>, baseline: Option<&Baseline>) -> Found<(), No> {
        if self.mistake == Mistake::NeverDecides {
            return Found::Unclear;
        }
        let text = now.value;
        let is_new = |row: &&String| {
            self.mistake == Mistake::NoBaseline || baseline.is_some_and(|known| !known.has(row))
        };
        let found = match self.verb {
            "create" if text == format!("{} {}", self.id, self.value) => {
                Found::Ours(Some(Answer::default()))
            }

            "approve" if text == "approved" && self.mistake == Mistake::WantedIsOurs => {
                Found::Ours(None)
            }
            "approve" if text == "approved" => Found::Wanted,
            "add" if self.rows(&text).iter().any(|row| is_new(&row)) => Found::Ours(None),
            "approve" | "add" => Found::Absent,
            _ if text == "none" => Found::Absent,
            _ if text == format!("{} failed", self.id) => {
                Found::Failed(No::new("no", self.mistake))
            }
            "charge" if text == format!("{} {}", self.id, self.value) => Found::Ours(None),
            _ => Found::Unclear,
        };
        match found {
            Found::Absent if self.mistake == Mistake::AbsentIsNotDone => {
                Found::Failed(No::new("no", self.mistake))
            }
            found => found,
        }
    }
}
