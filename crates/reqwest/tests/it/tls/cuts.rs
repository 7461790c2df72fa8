//! Connections that end at each of their bytes.

#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

use kervan_core::{Outcome, Reply, TransportError, TransportKind};
use rustls::SupportedProtocolVersion;
use rustls::version::{TLS12, TLS13};

use super::authority::{Authority, server};
use super::call::{Line, OK, assert_not_sent};
use super::server::{Cut, Handshake, Record, Server, config};
use crate::transport;

/// A connection that nobody cut, by which the others are judged.
struct Whole {
    handshake: Handshake,
    read: usize,
    written: usize,
}

fn pair(version: &'static SupportedProtocolVersion) -> (Server, Line) {
    let authority = Authority::new("A");
    let server = Server::start(config(authority.issue(&server()), &[version]), OK);
    let transport = transport(|builder| builder.only_root_certificates(authority.pem()));
    let line = Line::to(server.address, transport);
    (server, line)
}

fn call(server: &Server, line: &Line, cut: Cut) -> (Result<Reply, TransportError>, Record) {
    server.cut(cut);
    let result = line.call();
    (result, server.record())
}

/// Two connections without a cut have the same bytes, as far as they are counted.
fn whole(server: &Server, line: &Line) -> Whole {
    let [first, second] = [(); 2].map(|()| {
        let (result, record) = call(server, line, Cut::Never);
        assert_eq!(result.unwrap().body, b"done");
        record
    });
    assert_eq!(first.handshake, second.handshake);
    assert_eq!(first.data, second.data);
    assert_eq!(first.written, second.written);
    let handshake = first.handshake.unwrap();
    // The client ends with a goodbye, which the server does not need.
    let (without_request, _) = call(server, line, Cut::AfterRead(handshake.read));
    is_unknown(without_request, "no request");
    let read = (handshake.read..=first.read)
        .find(|bytes| {
            let (result, _) = call(server, line, Cut::AfterRead(*bytes));
            result.is_ok()
        })
        .unwrap();
    Whole {
        handshake,
        read,
        written: first.written,
    }
}

#[track_caller]
fn is_unknown(result: Result<Reply, TransportError>, what: &str) {
    let error = result.expect_err(what);
    assert_eq!(
        error.kind(),
        TransportKind::Interrupted,
        "{what}: {error:?}"
    );
    assert_eq!(error.outcome(), Outcome::Unknown, "{what}");
    assert!(!format!("{error:?}").contains("gizli"), "{what}");
}

/// Each fifth byte, and all around the turning points.
fn places(end: usize, points: &[usize]) -> Vec<usize> {
    let is_near = |at: usize| points.iter().any(|point| at.abs_diff(*point) <= 5);
    let chosen = |at: &usize| at.is_multiple_of(5) || is_near(*at);
    (0..end).filter(chosen).collect()
}

/// Ends the connection at bytes in both directions, and returns how often.
fn cut_everywhere(version: &'static SupportedProtocolVersion) -> usize {
    let (server, line) = pair(version);
    let whole = whole(&server, &line);
    let Handshake {
        read_before,
        written: greeted,
        ..
    } = whole.handshake;
    assert!(0 < read_before && read_before < whole.read && greeted < whole.written);
    let reads = 0..whole.read + 1;
    for at in reads.clone() {
        let (result, record) = call(&server, &line, Cut::AfterRead(at));
        let what = format!("{version:?}, {at} bytes read of {read_before}");
        if at < read_before {
            assert_not_sent(result, &what);
            assert!(record.data.is_empty() && record.handshake.is_none());
        } else if at < whole.read {
            is_unknown(result, &what);
        } else {
            assert_eq!(result.expect(&what).body, b"done");
        }
    }
    let writes = 0..whole.written + 1;
    for at in writes.clone() {
        let (result, record) = call(&server, &line, Cut::AfterWritten(at));
        let what = format!("{version:?}, {at} bytes written of {greeted}");
        if at < greeted {
            assert_not_sent(result, &what);
            assert!(record.data.is_empty(), "{what}: {record:?}");
        } else if at < whole.written {
            is_unknown(result, &what);
        } else {
            assert_eq!(result.expect(&what).body, b"done");
        }
    }
    assert!(server.is_quiet(), "nothing is tried twice");
    reads.len() + writes.len()
}

/// Returns the same by resets, which also destroy what the client has not read yet. One that comes at the end
/// of the handshake stops it or the request behind it: both are allowed, as long as nothing of the request
/// has come.
fn reset_often(version: &'static SupportedProtocolVersion) -> usize {
    let (server, line) = pair(version);
    let whole = whole(&server, &line);
    let Handshake {
        read_before,
        read: greeted,
        written,
        ..
    } = whole.handshake;
    let reads = places(whole.read, &[read_before, greeted]);
    for at in reads.clone() {
        let (result, record) = call(&server, &line, Cut::ResetAfterRead(at));
        let what = format!("{version:?}, reset after {at} bytes read of {read_before}");
        let outcome = result.as_ref().expect_err(&what).outcome();
        match outcome {
            Outcome::NotDone => {
                assert!(at <= greeted, "{what}");
                assert_not_sent(result, &what);
                assert!(record.data.is_empty(), "{what}");
            }
            Outcome::Unknown => {
                assert!(at >= read_before, "{what}");
                is_unknown(result, &what);
            }
        }
    }
    let writes = places(whole.written, &[written]);
    for at in writes.clone() {
        let (result, record) = call(&server, &line, Cut::ResetAfterWritten(at));
        let what = format!("{version:?}, reset after {at} bytes written of {written}");
        let outcome = result.as_ref().expect_err(&what).outcome();
        match outcome {
            Outcome::NotDone => {
                assert_not_sent(result, &what);
                assert!(record.data.is_empty(), "{what}");
            }
            Outcome::Unknown => {
                assert!(at >= written, "{what}");
                is_unknown(result, &what);
            }
        }
    }
    assert!(server.is_quiet(), "nothing is tried twice");
    reads.len() + writes.len()
}

#[test]
fn an_end_at_each_byte_of_tls_12() {
    assert!(cut_everywhere(&TLS12) > 1000);
}

#[test]
fn an_end_at_each_byte_of_tls_13() {
    assert!(cut_everywhere(&TLS13) > 1000);
}

#[test]
fn a_reset_at_bytes_of_tls_12() {
    assert!(reset_often(&TLS12) > 200);
}

#[test]
fn a_reset_at_bytes_of_tls_13() {
    assert!(reset_often(&TLS13) > 200);
}
