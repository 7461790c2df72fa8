//! How often a call is tried, and how long a try may take.

use std::time::Duration;

use kervan_core::{
    Caller, Class, Config, Endpoint as _, Error, Host, Operation, Reply, Retry, TransportKind,
};

use crate::provider::{Ask, Move, Script, Shop, host, run};
use crate::{answered, caller, lost};

const MINUTE: Duration = Duration::from_secs(60);

fn hurried(script: &Script) -> Caller<Shop> {
    let pause = Duration::ZERO;
    let retry = Retry::default().deadline(MINUTE).pauses(pause, pause);
    let config = Config::default().timeout(MINUTE * 5).max_body_bytes(7);
    Caller::new(Shop::default(), config.retry(retry), script.clone(), host())
}

#[test]
fn a_read_is_repeated_after_a_status_that_passes() {
    for status in [429, 502, 503, 504] {
        let busy = Ok(Reply::new(status, Vec::new(), b"?".to_vec()));
        let script = Script::new([busy, answered("yes")]);
        assert_eq!(
            run(caller(&script, 2).call(&Ask::Whether)).unwrap().value,
            "yes",
            "{status}"
        );
    }
    for status in [400, 401, 404, 500, 501] {
        let lasting = Ok(Reply::new(status, Vec::new(), b"?".to_vec()));
        let script = Script::new([lasting, answered("yes")]);
        let error = run(caller(&script, 2).call(&Ask::Whether)).unwrap_err();
        assert!(matches!(error, Error::Status(_)), "{status}");
        assert_eq!(script.sent(), ["ask"], "{status}");
    }
}

#[test]
fn a_try_of_a_read_ends_with_the_deadline_of_all_tries() {
    let script = Script::new([lost(), answered("yes")]);
    run(hurried(&script).call(&Ask::Whether)).unwrap();
    let limits = script.limits();
    assert_eq!(limits.len(), 2);
    for limits in limits {
        assert!(
            limits.timeout <= MINUTE && limits.timeout > MINUTE / 2,
            "{limits:?}"
        );
        assert_eq!(limits.max_body_bytes, 7);
    }
}

#[test]
fn a_write_has_all_of_its_time() {
    let script = Script::new([answered("done")]);
    run(hurried(&script).call(&Move::of(Class::State))).unwrap();
    assert_eq!(script.limits()[0].timeout, MINUTE * 5);
}

#[test]
fn a_read_has_no_more_than_its_own_time() {
    let script = Script::new([answered("yes")]);
    let config = Config::default().timeout(Duration::from_secs(2));
    run(Caller::new(Shop::default(), config, script.clone(), host()).call(&Ask::Whether)).unwrap();
    assert_eq!(script.limits()[0].timeout, Duration::from_secs(2));
}

#[test]
fn all_tries_of_a_read_end_with_the_deadline() {
    let silent = || Err(TransportKind::Timeout);
    let script = Script::new([silent(), silent(), silent()]);
    let (none, second) = (Duration::ZERO, Duration::from_secs(1));
    let retry = Retry::default().pauses(none, none).deadline(second * 10);
    let config = Config::default().timeout(second * 4).retry(retry);
    let hurried = caller(&script, 3).with_config(config);
    let error = run(hurried.call(&Ask::Whether)).unwrap_err();
    assert_eq!(error.report().code.as_deref(), Some("timeout"));
    assert_eq!(host().steady(), second * 10);
    let times = script.limits().into_iter().map(|limits| limits.timeout);
    let seconds: Vec<_> = times.map(|time| time.as_secs()).collect();
    assert_eq!(seconds, [4, 4, 2]);
}

#[test]
fn an_answer_that_cannot_be_read_is_told_from_an_odd_status() {
    for (status, is_decode) in [(200, true), (204, true), (302, false), (500, false)] {
        let script = Script::new([Ok(Reply::new(status, Vec::new(), b"?".to_vec()))]);
        let error = run(caller(&script, 1).call(&Move::of(Class::State))).unwrap_err();
        assert_eq!(matches!(error, Error::Decode(_)), is_decode, "{status}");
        assert_eq!(matches!(error, Error::Status(_)), !is_decode, "{status}");
        assert_eq!(error.report().hint, None, "the shop knows none");
    }
}

#[test]
fn a_caller_shows_its_name_and_its_limits() {
    let shown = format!("{:?}", caller(&Script::new([]), 1));
    assert!(
        shown.starts_with("Caller {") && shown.contains("max_body_bytes"),
        "{shown}"
    );
}

#[test]
fn an_operation_documents_no_codes_by_itself() {
    assert!(Ask::ENDPOINT.result_codes().is_empty());
}
