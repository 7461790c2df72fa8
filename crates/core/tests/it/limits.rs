//! How often a call is tried, and how long a try may take.

use std::time::Duration;

use kervan_core::{Caller, Class, Config, Error, Reply, Retry};

use crate::provider::{Ask, Move, Script, Shop, host, run};
use crate::{answered, caller, lost};

const MINUTE: Duration = Duration::from_secs(60);

fn hurried(script: &Script) -> Caller<Shop> {
    let pause = Duration::ZERO;
    let retry = Retry::default().deadline(MINUTE).pauses(pause, pause);
    let config = Config::default().timeout(MINUTE * 5).max_body_bytes(7);
    Caller::new(Shop, config.retry(retry), script.clone(), host())
}

#[test]
fn a_read_is_repeated_after_a_status_that_passes() {
    for status in [429, 502, 503, 504] {
        let busy = Ok(Reply::new(status, Vec::new(), b"?".to_vec()));
        let script = Script::new([busy, answered("yes")]);
        assert_eq!(
            run(caller(&script, 2).call(&Ask::Whether)).unwrap(),
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
    run(Caller::new(Shop, config, script.clone(), host()).call(&Ask::Whether)).unwrap();
    assert_eq!(script.limits()[0].timeout, Duration::from_secs(2));
}
