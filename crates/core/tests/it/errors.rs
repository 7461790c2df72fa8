//! The texts of errors, and what they say about the call.

use std::error::Error as _;
use std::time::Duration;

use kervan_core::error::{Failure, Unsent, UnsentReason};
use kervan_core::{
    Caller, Class, Config, EncodeError, Error, Host as _, HttpRequest, NextStep, Outcome,
    Rejection as _, Reply, Retry, Scrub, Service, Try,
};

use crate::provider::{Ask, Move, No, Script, Shop, host, run};
use crate::{answered, caller, lost};

fn failed(class: Class, reply: Result<Reply, kervan_core::TransportKind>) -> Error<No> {
    run(caller(&Script::new([reply]), 1).call(&Move::of(class))).unwrap_err()
}

fn read_failed(reply: Result<Reply, kervan_core::TransportKind>) -> Error<No> {
    run(caller(&Script::new([reply]), 1).call(&Ask::Whether)).unwrap_err()
}

#[expect(clippy::unnecessary_wraps, reason = "one line of a script")]
fn status(status: u16) -> Result<Reply, kervan_core::TransportKind> {
    Ok(Reply::new(status, Vec::new(), b"?".to_vec()))
}

#[test]
fn a_text_names_the_call_and_says_whether_it_may_have_happened() {
    let overdue = Move::of(Class::State).due(host().now());
    let invalid = run(caller(&Script::new([]), 1).call(&overdue)).unwrap_err();
    for (error, text) in [
        (invalid, "`move` was not sent: is over"),
        (
            failed(Class::State, lost()),
            "`move` got no complete answer: the connection ended too early; it may have happened",
        ),
        (
            failed(Class::State, Err(kervan_core::TransportKind::Connect)),
            "`move` got no complete answer: no connection was made",
        ),
        (
            read_failed(lost()),
            "`ask` got no complete answer: the connection ended too early",
        ),
        (
            failed(Class::Charge, status(500)),
            "`move` was answered with HTTP status 500; it may have happened",
        ),
        (
            read_failed(status(404)),
            "`ask` was answered with HTTP status 404: no such shop",
        ),
        (
            failed(Class::Blind, answered("?")),
            "the answer of `move` cannot be read; it may have happened",
        ),
        (failed(Class::State, answered("no")), "the shop said no"),
        (
            Error::Unsent(Failure::new(
                "move",
                Class::Delta,
                Unsent::new(UnsentReason::Stale),
            )),
            "`move` was not sent: its attempt was prepared too long ago",
        ),
    ] {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn a_failure_keeps_the_calls_name_and_its_causes() {
    let Error::Status(failure) = read_failed(status(404)) else {
        panic!("it is another error");
    };
    assert_eq!(failure.operation(), "ask");
    assert_eq!(failure.hint(), Some("no such shop"));
    assert_eq!(failure.reply().status, 404);
    let decode = read_failed(answered("?"));
    assert_eq!(
        decode.source().unwrap().to_string(),
        "the body is malformed"
    );
    let cause = Unsent::new(UnsentReason::Unprepared).caused_by(read_failed(lost()));
    let unsent: Error<No> = Error::Unsent(Failure::new("move", Class::Delta, cause));
    let cause = unsent.source().unwrap().to_string();
    assert_eq!(
        cause,
        "`ask` got no complete answer: the connection ended too early"
    );
    assert!(failed(Class::State, status(500)).source().is_none());
}

#[test]
fn the_next_step_is_that_of_class_and_outcome() {
    for class in [
        Class::Keyed,
        Class::State,
        Class::Delta,
        Class::Start,
        Class::Charge,
        Class::Blind,
    ] {
        let unknown = failed(class, lost());
        assert_eq!(unknown.class(), class);
        let step = match class {
            Class::Keyed => NextStep::SendAgain,
            Class::Start => NextStep::StartAnew,
            Class::Blind => NextStep::AskAPerson,
            _ => NextStep::AskAgain { at: None },
        };
        assert_eq!(unknown.next_step(), step, "{class:?}");
        let refused = failed(class, answered("no"));
        assert_eq!(refused.next_step(), NextStep::Correct, "{class:?}");
        assert_eq!(
            refused.rejection().map(kervan_core::Rejection::code),
            Some("no")
        );
        assert!(unknown.rejection().is_none());
        let unsent = failed(class, Err(kervan_core::TransportKind::Connect));
        assert_eq!(unsent.next_step(), NextStep::SendAgain, "{class:?}");
    }
    assert_eq!(read_failed(lost()).next_step(), NextStep::SendAgain);
}

/// Whoever pays again for an order that is paid charges the customer twice.
#[test]
fn an_order_that_is_paid_already_is_asked_for_first() {
    let first = No::of_word("exists").of_try(Try::first(Class::Charge));
    assert_eq!(first.outcome(), Outcome::NotDone);
    assert_eq!(
        Error::Rejected(first).next_step(),
        NextStep::AskAgain { at: None },
        "another payment has paid it"
    );
    let first = No::of_word("exists").of_try(Try::first(Class::State));
    assert_eq!(Error::Rejected(first).next_step(), NextStep::Correct);
}

#[test]
fn a_read_is_tried_as_often_as_it_may_be_and_no_more() {
    let script = Script::new([lost(), lost(), answered("yes")]);
    let error = run(caller(&script, 2).call(&Ask::Whether)).unwrap_err();
    assert!(matches!(error, Error::Transport(_)));
    assert_eq!(script.sent(), ["ask", "ask"]);
    let script = Script::new([lost(), answered("yes")]);
    assert!(run(caller(&script, 3).call_once(&Ask::Whether)).is_err());
    assert_eq!(script.sent(), ["ask"]);
}

#[test]
fn a_pause_is_that_of_the_clients_limits() {
    let second = Duration::from_secs(1);
    let retry = Retry::default().pauses(second, second * 100);
    let config = Config::default().retry(retry);
    let caller = Caller::new(Shop::default(), config.clone(), Script::new([]), host());
    assert_eq!(caller.config(), &config);
    let mut longest = Duration::ZERO;
    for _ in 0..50 {
        let before = host().steady();
        run(caller.pause(1));
        longest = longest.max(host().steady().saturating_sub(before));
    }
    assert!(longest <= second && longest > second / 2, "{longest:?}");
}

#[test]
fn the_settling_time_is_never_shorter_than_a_call() {
    let minute = Duration::from_secs(60);
    let config = Config::default().timeout(minute * 2).settling(minute);
    assert_eq!(config.settling_time(), minute * 3);
    assert_eq!(config.settling(minute * 9).settling_time(), minute * 9);
}

#[test]
fn reads_that_settle_have_connections_of_their_own() {
    use kervan_core::Connection::{Any, Fresh};

    for (is_fresh, expected) in [(true, [Any, Fresh, Fresh]), (false, [Any, Any, Any])] {
        let script = Script::new([answered("yes"), answered("yes"), answered("done")]);
        let config = Config::default().fresh_connections(is_fresh);
        let caller = Caller::new(Shop::default(), config, script.clone(), host());
        run(caller.call(&Ask::Whether)).unwrap();
        run(caller.ask(&Ask::Whether)).unwrap();
        run(caller.call_once(&Move::of(Class::State))).unwrap();
        let connections: Vec<_> = script.limits().iter().map(|it| it.connection).collect();
        assert_eq!(connections, expected);
    }
}

/// A provider that says no more than it has to.
struct Terse;

impl Scrub for Terse {
    fn scrub(&self, text: &str) -> String {
        text.to_owned()
    }
}

impl Service for Terse {
    type Rejection = No;
    type Endpoint = &'static str;
    type Body<'a> = HttpRequest;
    type Reading<'a> = &'a Reply;

    fn redacted(&self) -> Self {
        Self
    }

    fn user_agent(&self) -> &'static str {
        "terse"
    }

    fn write(&self, _: &&'static str, body: HttpRequest) -> Result<HttpRequest, EncodeError> {
        Ok(body)
    }

    fn reading<'a>(&'a self, _: &'a &'static str, reply: &'a Reply) -> &'a Reply {
        reply
    }
}

#[test]
fn a_status_has_no_hint_where_the_provider_gives_none() {
    for status in [200, 401, 404, 500] {
        assert_eq!(Terse.status_hint(status), None);
    }
}
