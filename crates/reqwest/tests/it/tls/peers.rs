//! Versions of TLS, and peers that speak something else.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use kervan_core::{Config, Outcome, TransportKind};
use kervan_reqwest::ReqwestTransport;
use rustls::version::{TLS12, TLS13};
use rustls::{ALL_VERSIONS, SupportedProtocolVersion};

use super::authority::{Authority, server};
use super::call::{Line, OK, assert_not_sent};
use super::server::{Answer, Server, config};
use crate::{install_provider, transport};

/// Returns a server with a good certificate, and a line to it.
fn pair(
    versions: &[&'static SupportedProtocolVersion],
    answer: impl Into<Answer>,
) -> (Server, Line) {
    let authority = Authority::new("A");
    let config = config(authority.issue(&server()), versions);
    let server = Server::start(config, answer);
    let transport = transport(|builder| builder.root_certificates(authority.pem()));
    let line = Line::to(server.address, transport);
    (server, line)
}

/// Returns a peer that answers the first bytes of each connection with these, and says what it got.
fn raw(answer: &'static [u8]) -> (SocketAddr, Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, got) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut bytes = vec![0; 1 << 14];
            let count = stream.read(&mut bytes).unwrap();
            bytes.truncate(count);
            let _ = stream.write_all(answer);
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let _ = stream.read_to_end(&mut bytes);
            sender.send(bytes).unwrap();
        }
    });
    (address, got)
}

#[test]
fn each_version_is_spoken() {
    for versions in [&[&TLS12][..], &[&TLS13][..], ALL_VERSIONS] {
        let (server, line) = pair(versions, OK);
        assert_eq!(line.call().unwrap().body, b"done");
        assert!(server.record().data.ends_with(b"\r\n\r\nbody"));
        assert!(server.is_quiet());
    }
}

#[test]
fn a_peer_without_a_common_version_gets_nothing() {
    // Alerts: protocol version, handshake failure, internal error; a server that knows TLS 1.0 only.
    let tls10 = b"\x16\x03\x01\x00\x2e\x02\x00\x00\x2a\x03\x01\
        0123456789abcdef0123456789abcdef\x00\x00\x2f\x00\x00\x02\x00\x00";
    for answer in [
        b"\x15\x03\x01\x00\x02\x02\x46".as_slice(),
        b"\x15\x03\x03\x00\x02\x02\x28",
        b"\x15\x03\x03\x00\x02\x02\x50",
        tls10,
    ] {
        let (address, got) = raw(answer);
        let line = Line::to(address, transport(|builder| builder));
        assert_not_sent(line.call(), "no common version");
        drop(line);
        let bytes = got.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(bytes[0], 0x16, "a greeting of TLS");
        assert!(got.try_recv().is_err(), "one connection");
    }
}

#[test]
fn nothing_is_sent_over_plain_http_instead() {
    for answer in [
        OK.as_bytes(),
        b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n",
        b"",
    ] {
        let (address, got) = raw(answer);
        let line = Line::to(address, transport(|builder| builder));
        assert_not_sent(line.call(), "no TLS");
        drop(line);
        let bytes = got.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(bytes[0], 0x16, "a greeting of TLS");
        let has = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        assert!(!has(b"POST") && !has(b"gizli") && !has(b"HTTP/1.1\r\n"));
        assert!(got.try_recv().is_err(), "one connection");
    }
}

#[test]
fn a_handshake_that_stalls_ends_with_the_connect_time() {
    install_provider();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = Config::default().connect_timeout(Duration::from_millis(200));
    let transport = ReqwestTransport::builder(&config).build().unwrap();
    let line = Line::to(listener.local_addr().unwrap(), transport);
    assert_not_sent(line.call(), "a stalled handshake");
}

#[test]
fn nobody_who_listens_gets_nothing() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let line = Line::to(address, transport(|builder| builder));
    assert_not_sent(line.call(), "nobody listens");
}

#[test]
fn a_redirect_is_an_answer_and_leads_nowhere() {
    let (elsewhere, _) = pair(ALL_VERSIONS, OK);
    let (plain, got) = raw(OK.as_bytes());
    let to = [
        format!("https://{}/", elsewhere.address),
        format!("http://{plain}/"),
    ];
    for location in to {
        for status in [301, 302, 303, 307, 308] {
            let answer = format!(
                "HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
            );
            let (server, line) = pair(ALL_VERSIONS, answer.as_str());
            assert_eq!(line.call().unwrap().status, status);
            drop(line);
            server.record();
            assert!(server.is_quiet());
        }
    }
    assert!(elsewhere.is_quiet());
    assert!(got.try_recv().is_err());
}

#[test]
fn an_answer_without_a_length_is_complete_only_if_its_end_is_signed() {
    let text = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndone";
    for versions in [&[&TLS12][..], &[&TLS13][..]] {
        let answer = |says_goodbye| Answer {
            text: text.to_owned(),
            says_goodbye,
            hangs_up: true,
        };
        let (_server, line) = pair(versions, answer(true));
        assert_eq!(line.call().unwrap().body, b"done");
        let (_server, line) = pair(versions, answer(false));
        match line.call() {
            // OpenSSL behind `native-tls` does not tell the two apart; the README says so.
            Ok(_) if cfg!(feature = "native-tls") => {}
            result => {
                let error = result.unwrap_err();
                assert_eq!(error.kind(), TransportKind::Interrupted, "{error:?}");
                assert_eq!(error.outcome(), Outcome::Unknown);
            }
        }
    }
}

/// Set for a test that runs as a child.
#[cfg(all(
    feature = "rustls-no-provider",
    not(feature = "rustls"),
    not(feature = "native-tls")
))]
#[test]
fn a_program_that_chose_no_cryptography_is_told_so() {
    const CHILD: &str = "KERVAN_TEST_NO_PROVIDER";
    if std::env::var(CHILD).is_ok() {
        let built = ReqwestTransport::new(&Config::default());
        let error = built.unwrap_err();
        let is_named = matches!(error, kervan_reqwest::BuildError::NoCryptoProvider);
        assert!(is_named, "{error:?}");
        install_provider();
        assert!(ReqwestTransport::new(&Config::default()).is_ok());
        return;
    }
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args([
        "--exact",
        "tls::peers::a_program_that_chose_no_cryptography_is_told_so",
    ]);
    let output = child.env(CHILD, "1").output().unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && shown.contains("1 passed"),
        "{shown}"
    );
}
