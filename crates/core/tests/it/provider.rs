//! A provider of two calls, and a transport that follows a script. The tests of `kervan-settling` settle
//! its write.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use kervan_core::transport::BoxFuture;
use kervan_core::{
    Answer, BaseUrl, Class, Context, Drift, EncodeError, HttpRequest, Limits, Operation, Order,
    Outcome, Problems, ReadError, Reason, Rejection, Reply, Rule, Scrub, Secret, Service,
    Transport, TransportError, TransportKind, Try,
};
use kervan_testing::MovableHost;

thread_local! {
    static HOST: MovableHost = MovableHost::at(SystemTime::UNIX_EPOCH);
}

/// Returns the clock of this test.
pub(crate) fn host() -> MovableHost {
    HOST.with(Clone::clone)
}

/// Runs a future; the clock moves when nothing else can go on.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    host().run(future)
}

#[derive(Clone)]
pub(crate) struct Script {
    replies: Arc<Mutex<VecDeque<Result<Reply, TransportKind>>>>,
    sent: Arc<Mutex<Vec<String>>>,
    limits: Arc<Mutex<Vec<Limits>>>,
}

impl Script {
    pub(crate) fn new(replies: impl IntoIterator<Item = Result<Reply, TransportKind>>) -> Self {
        let replies = Arc::new(Mutex::new(replies.into_iter().collect()));
        Self {
            replies,
            sent: Arc::default(),
            limits: Arc::default(),
        }
    }

    /// Returns the calls that were sent, by the last part of their path.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap().clone()
    }

    /// Returns the limits of each call.
    pub(crate) fn limits(&self) -> Vec<Limits> {
        self.limits.lock().unwrap().clone()
    }
}

impl Transport for Script {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        let name = request.url.path().trim_start_matches('/').to_owned();
        self.sent.lock().unwrap().push(name);
        self.limits.lock().unwrap().push(limits);
        let reply = self
            .replies
            .lock()
            .unwrap()
            .pop_front()
            .expect("the script is long enough");
        Box::pin(async move {
            match reply {
                // The server never answers: only the client's own timer ends the call.
                Err(TransportKind::Timeout) => std::future::pending().await,
                reply => reply.map_err(TransportError::new),
            }
        })
    }
}

/// The settings: the name of the client, and its password.
#[derive(Debug)]
pub(crate) struct Shop(pub(crate) &'static str, pub(crate) &'static str);

impl Default for Shop {
    fn default() -> Self {
        Self("shop/1", "first")
    }
}

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
        Self(self.0, kervan_core::secret::REDACTED)
    }

    fn status_hint(&self, status: u16) -> Option<&'static str> {
        (status == 404).then_some("no such shop")
    }

    fn user_agent(&self) -> &'static str {
        self.0
    }

    fn check<O>(_operation: &O, context: &Context<'_, Self>, problems: &mut Problems)
    where
        O: Operation<Service = Self>,
    {
        if context.settings().0.is_empty() {
            problems.push(NAMELESS.at("settings"));
        }
    }

    fn write(
        &self,
        _endpoint: &&'static str,
        body: HttpRequest,
    ) -> Result<HttpRequest, EncodeError> {
        Ok(body.secret_header("Password", Secret::new(self.1)))
    }

    fn reading<'a>(&'a self, _endpoint: &'a &'static str, reply: &'a Reply) -> &'a Reply {
        reply
    }
}

/// The shop's refusals: `no` is about the contents, `exists` says that the key is taken, `busy` is
/// about this try alone.
#[derive(Debug, serde::Serialize, thiserror::Error)]
#[error("the shop said {word}")]
pub(crate) struct No {
    word: &'static str,
    class: &'static str,
    is_first: bool,
    #[serde(skip)]
    this: Option<Try>,
}

impl No {
    /// Creates a refusal with this word, of no try.
    pub(crate) fn of_word(word: &'static str) -> Self {
        let class = "";
        Self {
            word,
            class,
            is_first: false,
            this: None,
        }
    }
}

impl Rejection for No {
    fn code(&self) -> &str {
        self.word
    }

    fn outcome(&self) -> Outcome {
        match self.word {
            "exists" if !self.is_first => Outcome::Unknown,
            _ => Outcome::NotDone,
        }
    }

    fn class(&self) -> Class {
        self.this.map_or(Class::Blind, |this| this.class)
    }

    fn of_try(mut self, this: Try) -> Self {
        self.class = this.class.name();
        self.is_first = this.order == Order::First;
        self.this = Some(this);
        self
    }

    fn exists(&self) -> bool {
        self.word == "exists"
    }

    fn refuses_contents(&self) -> bool {
        self.word == "no"
    }
}

fn request(name: &str) -> Result<HttpRequest, EncodeError> {
    let url = BaseUrl::parse("https://shop.example").unwrap().join(name)?;
    let request = HttpRequest::post(url, "text/plain", b"x".to_vec());
    Ok(request.secret_header("Key", Secret::redacted()))
}

fn word(reply: &Reply, known: &[&str]) -> Result<Answer<String>, ReadError<No>> {
    let word = String::from_utf8(reply.body.clone()).unwrap();
    match word.as_str() {
        "no" => Err(ReadError::Rejected(No::of_word("no"))),
        "exists" => Err(ReadError::Rejected(No::of_word("exists"))),
        "busy" => Err(ReadError::Rejected(No::of_word("busy"))),
        _ if known.contains(&word.as_str()) => Ok(Answer::new(word, Drift::default())),
        _ => Err(kervan_core::error::Unreadable::whole(Reason::Malformed).into()),
    }
}

/// Asks whether it was moved, or asks for more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    Whether,
    More,
}

impl Operation for Ask {
    type Service = Shop;
    type Output = String;
    const ENDPOINT: &'static str = "ask";
    const CLASS: Class = Class::Read;

    fn endpoint(&self) -> &'static str {
        match self {
            Self::Whether => Self::ENDPOINT,
            Self::More => "more",
        }
    }

    fn body(&self, _: &Context<'_, Shop>) -> Result<HttpRequest, EncodeError> {
        request(self.name())
    }

    fn read(&self, reply: &Reply) -> Result<Answer<String>, ReadError<No>> {
        word(
            reply,
            &[
                "yes", "present", "absent", "wanted", "other", "failed", "odd", "ask-more",
            ],
        )
    }
}

static NAMELESS: Rule = Rule::error("shop.nameless", "has no name", "adsız");
static NEAR: Rule = Rule::warning("due.soon", "is soon over", "yakında geçmiş olacak");
/// How long before its time a request warns.
const SOON: Duration = Duration::from_secs(1);
static PAST: Rule = Rule::error("due.past", "is over", "geçmişte");

/// Moves it: a write of any class.
pub(crate) struct Move {
    class: Class,
    pub(crate) to: &'static str,
    pub(crate) has_read_back: bool,
    due: Option<SystemTime>,
}

impl Move {
    pub(crate) fn of(class: Class) -> Self {
        Self {
            class,
            to: "A",
            has_read_back: true,
            due: None,
        }
    }

    /// Returns the same without a baseline of its own.
    pub(crate) fn unwatched(self) -> Unwatched {
        Unwatched(self)
    }

    /// From this time on, the request breaks a rule.
    pub(crate) fn due(self, due: SystemTime) -> Self {
        Self {
            due: Some(due),
            ..self
        }
    }

    pub(crate) fn without_read_back(self) -> Self {
        Self {
            has_read_back: false,
            ..self
        }
    }
}

impl Operation for Move {
    type Service = Shop;
    type Output = String;
    const ENDPOINT: &'static str = "move";
    const CLASS: Class = Class::Charge;

    fn class(&self) -> Class {
        self.class
    }

    fn check(&self, context: &Context<'_, Shop>, problems: &mut Problems) {
        if self.due.is_some_and(|due| context.now() >= due) {
            problems.push(PAST.at("due"));
        } else if self.due.is_some_and(|due| context.now() + SOON >= due) {
            problems.push(NEAR.at("due"));
        }
    }

    fn body(&self, _: &Context<'_, Shop>) -> Result<HttpRequest, EncodeError> {
        Ok(request("move")?.header("To", self.to))
    }

    fn read(&self, reply: &Reply) -> Result<Answer<String>, ReadError<No>> {
        word(reply, &["done"])
    }
}

/// A write that notes nothing before it.
pub(crate) struct Unwatched(pub(crate) Move);

impl Operation for Unwatched {
    type Service = Shop;
    type Output = String;
    const ENDPOINT: &'static str = Move::ENDPOINT;
    const CLASS: Class = Move::CLASS;

    fn class(&self) -> Class {
        self.0.class()
    }

    fn check(&self, context: &Context<'_, Shop>, problems: &mut Problems) {
        self.0.check(context, problems);
    }

    fn body(&self, context: &Context<'_, Shop>) -> Result<HttpRequest, EncodeError> {
        self.0.body(context)
    }

    fn read(&self, reply: &Reply) -> Result<Answer<String>, ReadError<No>> {
        self.0.read(reply)
    }
}
