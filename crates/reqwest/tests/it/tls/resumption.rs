//! Sessions that are resumed over new connections.

use kervan_core::{Outcome, TransportKind};
use rustls::version::{TLS12, TLS13};
use rustls::{HandshakeKind, SupportedProtocolVersion};

use super::authority::{Authority, server};
use super::call::{Line, OK, assert_not_sent};
use super::server::{Cut, Server, resuming};
use crate::transport;

/// The platform's library resumes nothing here.
const RESUMES: bool = cfg!(not(feature = "native-tls"));

fn pair(version: &'static SupportedProtocolVersion) -> (Server, Line) {
    let authority = Authority::new("A");
    let server = Server::start(resuming(authority.issue(&server()), &[version]), OK);
    let transport = transport(|builder| builder.only_root_certificates(authority.pem()));
    let line = Line::to(server.address, transport);
    (server, line)
}

#[test]
fn a_session_goes_on_over_a_new_connection() {
    for version in [&TLS12, &TLS13] {
        let (server, line) = pair(version);
        let kinds = [(); 4].map(|()| {
            assert_eq!(line.call().unwrap().body, b"done");
            let record = server.record();
            assert!(!record.is_early, "a request that could be played again");
            let requests = record.data.windows(4).filter(|four| four == b"POST");
            assert_eq!(requests.count(), 1, "one request for each connection");
            record.handshake.unwrap().kind.unwrap()
        });
        let resumed = if RESUMES {
            HandshakeKind::Resumed
        } else {
            HandshakeKind::Full
        };
        let expected = [HandshakeKind::Full, resumed, resumed, resumed];
        assert_eq!(kinds, expected, "{version:?}");
    }
}

#[test]
fn a_session_is_not_taken_to_another_server() {
    for version in [&TLS12, &TLS13] {
        let (one, other) = (Authority::new("A"), Authority::new("B"));
        let first = Server::start(resuming(one.issue(&server()), &[version]), OK);
        let second = Server::start(resuming(other.issue(&server()), &[version]), OK);
        let transport = transport(|builder| builder.only_root_certificates(one.pem()));
        let line = Line::to(first.address, transport.clone());
        assert!(line.call().is_ok());
        // The same name and another port, whose certificate is not trusted.
        assert_not_sent(Line::to(second.address, transport).call(), "a stranger");
        assert!(second.record().data.is_empty());
    }
}

/// A resumed session lets the client send earlier than a new one does. It still sends nothing before
/// the server has proved itself.
#[test]
fn an_end_within_a_resumed_handshake() {
    for version in [&TLS12, &TLS13] {
        let (server, line) = pair(version);
        let whole = || {
            server.cut(Cut::Never);
            assert!(line.call().is_ok());
            server.record()
        };
        whole();
        let known = whole();
        let greeted = known.handshake.unwrap();
        for at in (0..=known.written).step_by(3) {
            // A session of TLS 1.3 is resumed once.
            let fresh = whole().handshake.unwrap();
            if RESUMES {
                assert_eq!(fresh.kind, Some(HandshakeKind::Resumed));
            }
            server.cut(Cut::AfterWritten(at));
            let result = line.call();
            let record = server.record();
            let what = format!("{version:?}, {at} bytes written: {record:?}");
            assert!(!record.is_early, "{what}");
            match result {
                Ok(reply) => assert_eq!(reply.body, b"done", "{what}"),
                Err(error) if error.outcome() == Outcome::NotDone => {
                    assert_eq!(error.kind(), TransportKind::Connect, "{what}");
                    assert!(record.data.is_empty() && at < greeted.written, "{what}");
                }
                Err(error) => assert_eq!(error.kind(), TransportKind::Interrupted, "{what}"),
            }
        }
    }
}
