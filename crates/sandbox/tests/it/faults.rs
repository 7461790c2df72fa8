//! Planned faults as a client on the wire sees them.

use std::io::ErrorKind;

use crate::http::Site;

const KEY: (&str, &str) = ("processKey", "0123456789abcdef0123456789abcdef");
const TARGET: &str = "/horoz/listCounties";

fn with(fault: &str) -> Site {
    let site = Site::start();
    let body = format!(r#"{{"provider": "horoz", "operation": "listCounties", "fault": {fault}}}"#);
    assert_eq!(site.control("/faults", &body).status, 201);
    site
}

#[test]
fn a_cut_connection_has_no_answer() {
    for fault in [r#""answer_lost""#, r#""refused_connection""#] {
        let site = with(fault);
        let error = site.line().call("GET", TARGET, &[KEY], "").unwrap_err();
        let kind = error.kind();
        assert!(
            matches!(kind, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset),
            "{fault}"
        );
        assert_eq!(site.call("GET", TARGET, &[KEY], "").status, 200);
    }
}

#[test]
fn silence_lasts_until_the_client_gives_up() {
    for fault in [r#""request_lost""#, r#""late_answer""#, r#"{"late": 5}"#] {
        let site = with(fault);
        let error = site
            .line()
            .patience(100)
            .call("GET", TARGET, &[KEY], "")
            .unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
            "{fault}"
        );
    }
}

#[test]
fn pages_halves_and_maintenance_come_as_answers() {
    for (fault, status, begin) in [
        (r#""page""#, 200, "<!DOCTYPE html>"),
        (r#""maintenance""#, 503, "<!DOCTYPE html>"),
        (r#""empty""#, 200, ""),
        (r#""half""#, 200, "{"),
    ] {
        let site = with(fault);
        let answer = site.call("GET", TARGET, &[KEY], "");
        assert_eq!(answer.status, status, "{fault}");
        assert!(answer.text().starts_with(begin), "{fault}");
        assert!(
            serde_json::from_slice::<serde_json::Value>(&answer.body).is_err(),
            "{fault}"
        );
    }
}

#[test]
fn a_doubled_answer_puts_its_connection_out_of_step() {
    let site = with(r#""doubled""#);
    let mut line = site.line();
    let mut ask = |target: &str| line.call("GET", target, &[KEY], "").unwrap().text();
    let first = ask(TARGET);
    assert_eq!(ask("/horoz/serviceControl"), first);
    assert_ne!(ask("/horoz/serviceControl"), first);
}

#[test]
fn the_log_says_which_fault_was_applied() {
    let site = with(r#""maintenance""#);
    site.call("GET", TARGET, &[KEY], "");
    let record = &site.ask("/calls")["records"][0];
    assert_eq!(
        (record["fault"].as_str(), record["outcome"].as_str()),
        (Some("maintenance"), Some("answer"))
    );
    assert_eq!(site.ask("/faults")["unused"], serde_json::json!([]));
}
