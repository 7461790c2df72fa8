//! The calling path over a transport of the test's own: no HTTP library, no async runtime.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests stop at the first surprise"
)]

mod errors;
mod limits;
#[cfg(feature = "tracing")]
mod logging;
mod printing;
#[expect(dead_code, reason = "the tests of `kervan-settling` use the rest")]
mod provider;

use std::time::Duration;

use kervan_core::{
    Caller, Class, Config, Error, Host, Outcome, Problem, Problems, Reply, Retry, TransportError,
    TransportKind,
};

use self::provider::{Ask, Move, Script, Shop, host, run};

#[expect(clippy::unnecessary_wraps, reason = "one line of a script")]
fn answered(body: &str) -> Result<Reply, TransportKind> {
    Ok(Reply::new(200, Vec::new(), body.as_bytes().to_vec()))
}

fn lost() -> Result<Reply, TransportKind> {
    Err(TransportKind::Interrupted)
}

fn caller(script: &Script, tries: u32) -> Caller<Shop> {
    let retry = Retry::default().tries(tries);
    Caller::new(
        Shop::default(),
        Config::default().retry(retry),
        script.clone(),
        host(),
    )
}

#[test]
fn the_protocols_rules_follow_those_of_the_call_and_stop_it() {
    let script = Script::new([]);
    let nameless = Caller::new(Shop("", "first"), Config::default(), script.clone(), host());
    let write = Move::of(Class::State).due(host().now());
    let codes = |problems: &Problems| {
        let codes = problems.iter().map(Problem::code);
        codes.collect::<Vec<_>>()
    };
    let both = ["due.past", "shop.nameless"];
    assert_eq!(codes(&nameless.check(&write)), both);
    assert_eq!(codes(&nameless.check(&write.unwatched())), both);
    let Err(Error::Invalid(invalid)) = run(nameless.call(&Ask::Whether)) else {
        panic!("the call was sent");
    };
    assert_eq!(codes(invalid.problems()), ["shop.nameless"]);
    assert!(script.sent().is_empty());
}

#[test]
fn a_read_is_repeated_after_pauses_that_are_drawn() {
    let script = Script::new([lost(), lost(), answered("yes")]);
    assert_eq!(
        run(caller(&script, 3).call(&Ask::Whether)).unwrap().value,
        "yes"
    );
    assert_eq!(script.sent(), ["ask", "ask", "ask"]);
    let paused = host().steady();
    assert!(paused > Duration::ZERO && paused <= Duration::from_millis(600));
}

#[test]
fn the_clients_own_timer_ends_a_call_that_is_never_answered() {
    let script = Script::new([Err(TransportKind::Timeout)]);
    let error = run(caller(&script, 1).call(&Move::of(Class::State))).unwrap_err();
    assert_eq!(error.report().code.as_deref(), Some("timeout"));
    assert_eq!(host().steady(), Config::default().timeout);
}

#[test]
fn a_write_is_sent_once_whatever_happens() {
    for kind in [
        TransportKind::Connect,
        TransportKind::Timeout,
        TransportKind::Interrupted,
        TransportKind::Malformed,
        TransportKind::TooLarge,
        TransportKind::Unsendable,
    ] {
        let script = Script::new([Err(kind), answered("done")]);
        let error = run(caller(&script, 5).call(&Move::of(Class::State))).unwrap_err();
        assert_eq!(
            error.outcome(),
            TransportError::new(kind).outcome(),
            "{kind:?}"
        );
        assert_eq!(script.sent(), ["move"], "{kind:?}");
    }
}

#[test]
fn only_a_refusal_or_an_unsent_request_is_known_not_to_be_done() {
    let outcome = |reply| {
        run(caller(&Script::new([reply]), 1).call(&Move::of(Class::State)))
            .unwrap_err()
            .outcome()
    };
    assert_eq!(outcome(answered("no")), Outcome::NotDone);
    assert_eq!(outcome(Err(TransportKind::Connect)), Outcome::NotDone);
    assert_eq!(outcome(answered("?")), Outcome::Unknown);
    assert_eq!(
        outcome(Ok(Reply::new(500, Vec::new(), b"?".to_vec()))),
        Outcome::Unknown
    );
    assert_eq!(outcome(lost()), Outcome::Unknown);
}

#[test]
fn a_refusal_behind_a_status_is_not_lost() {
    let script = Script::new([Ok(Reply::new(500, Vec::new(), b"no".to_vec()))]);
    assert!(matches!(
        run(caller(&script, 3).call(&Move::of(Class::State))),
        Err(Error::Rejected(_))
    ));
}

#[test]
fn a_dry_run_shows_the_request_without_the_credential() {
    let script = Script::new([]);
    let request = run(async { caller(&script, 1).dry_run(&Move::of(Class::State)) }).unwrap();
    assert!(script.sent().is_empty());
    let shown: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (*name, value.expose()))
        .collect();
    let expected = [
        ("Content-Type", "text/plain"),
        ("Key", "[redacted]"),
        ("To", "A"),
        ("Password", "[redacted]"),
        ("User-Agent", "shop/1"),
    ];
    assert_eq!(shown, expected);
}
