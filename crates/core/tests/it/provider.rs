//! A provider of two calls, and a transport that follows a script.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use kervan_core::transport::BoxFuture;
use kervan_core::{
    BaseUrl, Context, Effect, EncodeError, Error, ErrorOf, HttpRequest, Limits, MovableHost,
    Operation, Outcome, Problems, ReadError, Reason, Rejection, Reply, Resend, Secret, Settings,
    Settle, Settled, Transport, TransportError, TransportKind,
};

thread_local! {
    static HOST: MovableHost = MovableHost::at(SystemTime::UNIX_EPOCH);
}

/// The clock of this test.
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

    /// The calls that were sent, by the last part of their path.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap().clone()
    }

    /// What each call was allowed.
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

pub(crate) struct Shop;

impl Settings for Shop {
    fn redacted(&self) -> Self {
        Self
    }

    fn user_agent(&self) -> &'static str {
        "shop/1"
    }
}

#[derive(Debug, serde::Serialize, thiserror::Error)]
#[error("the shop said no")]
pub(crate) struct No;

impl Rejection for No {
    fn code(&self) -> &'static str {
        "no"
    }

    fn outcome(&self) -> Outcome {
        Outcome::NotDone
    }
}

fn request(name: &str) -> Result<HttpRequest, EncodeError> {
    let url = BaseUrl::parse("https://shop.example").unwrap().join(name)?;
    let request = HttpRequest::post(url, "text/plain", b"x".to_vec());
    Ok(request.secret_header("Key", Secret::redacted()))
}

fn word(reply: &Reply, known: &[&str]) -> Result<String, ReadError<No>> {
    let word = String::from_utf8(reply.body.clone()).unwrap();
    match word.as_str() {
        "no" => Err(ReadError::Rejected(No)),
        _ if known.contains(&word.as_str()) => Ok(word),
        _ => Err(kervan_core::error::Unreadable::whole(Reason::Malformed).into()),
    }
}

/// Asks whether it was moved.
pub(crate) struct Ask;

impl Operation for Ask {
    type Settings = Shop;
    type Output = String;
    type Rejection = No;
    const NAME: &'static str = "ask";
    const EFFECT: Effect = Effect::Read;

    fn check(&self, _: &Context<'_, Shop>) -> Problems {
        Problems::new()
    }

    fn encode(&self, _: &Context<'_, Shop>) -> Result<HttpRequest, EncodeError> {
        request("ask")
    }

    fn decode(&self, _: &Shop, reply: &Reply) -> Result<String, ReadError<No>> {
        word(reply, &["yes", "present", "absent"])
    }
}

/// Moves it.
pub(crate) struct Move;

impl Operation for Move {
    type Settings = Shop;
    type Output = String;
    type Rejection = No;
    const NAME: &'static str = "move";
    const EFFECT: Effect = Effect::Write;

    fn check(&self, _: &Context<'_, Shop>) -> Problems {
        Problems::new()
    }

    fn encode(&self, _: &Context<'_, Shop>) -> Result<HttpRequest, EncodeError> {
        request("move")
    }

    fn decode(&self, _: &Shop, reply: &Reply) -> Result<String, ReadError<No>> {
        word(reply, &["done"])
    }
}

impl Settle for Move {
    type ReadBack = Ask;

    fn read_back(&self) -> Ask {
        Ask
    }

    fn settled(&self, answer: Result<String, ErrorOf<Ask>>) -> Settled<String, No> {
        match answer.as_deref() {
            Ok("present") => Settled::AlreadyDone,
            Ok("absent") => Settled::NotDone,
            _ => Settled::Open(answer.err().unwrap_or(Error::Rejected(No))),
        }
    }
}

impl Resend for Move {}
