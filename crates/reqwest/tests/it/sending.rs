//! The transport on reqwest against a peer on this machine.

#![expect(clippy::disallowed_methods, reason = "the time of real sockets")]

use std::error::Error as StdError;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::Command;
use std::thread;
use std::time::Duration;

use kervan_core::{
    BaseUrl, HttpRequest, Limits, Outcome, Reply, Transport, TransportError, TransportKind,
};
use kervan_reqwest::ReqwestTransport;

use super::{install_provider, transport};

/// Answers every connection with these bytes, and keeps it open where they promise more.
fn peer(answer: impl Into<String>) -> SocketAddr {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut read = Vec::new();
            let mut buffer = [0; 1024];
            while !read.windows(4).any(|four| four == b"\r\n\r\n") {
                match stream.read(&mut buffer).unwrap() {
                    0 => break,
                    count => read.extend_from_slice(&buffer[..count]),
                }
            }
            stream.write_all(answer.as_bytes()).unwrap();
            open.push(stream);
        }
    });
    address
}

fn request(address: SocketAddr) -> HttpRequest {
    let base = BaseUrl::parse(&format!("http://{address}/gizli")).unwrap();
    HttpRequest::get(base.join("call").unwrap())
}

fn send_over(
    transport: &ReqwestTransport,
    address: SocketAddr,
    max_body_bytes: usize,
) -> Result<Reply, TransportError> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // The transport leaves the time to its caller.
    let patience = Duration::from_millis(200);
    let limits = Limits::new(patience, max_body_bytes);
    let request = request(address);
    runtime.block_on(async {
        let sending = transport.send(&request, limits);
        let sent = tokio::time::timeout(patience, sending).await;
        sent.unwrap_or_else(|_| Err(TransportError::new(TransportKind::Timeout)))
    })
}

fn send(address: SocketAddr, max_body_bytes: usize) -> Result<Reply, TransportError> {
    let transport = transport(|builder| builder);
    send_over(&transport, address, max_body_bytes)
}

fn kind(result: Result<Reply, TransportError>) -> TransportKind {
    result.unwrap_err().kind()
}

#[test]
fn a_declared_length_over_the_cap_is_refused_before_reading() {
    // Nothing follows, so that reading would run into the time limit.
    let long = peer("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n");
    assert_eq!(kind(send(long, 10)), TransportKind::TooLarge);
}

#[test]
fn a_body_may_be_as_long_as_the_cap() {
    let declared = |body: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let chunked = |body: &str| {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        format!(
            "{head}4\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
            &body[..4],
            body.len() - 4,
            &body[4..]
        )
    };
    for answer in [declared("0123456789"), chunked("0123456789")] {
        assert_eq!(send(peer(answer), 10).unwrap().body, b"0123456789");
    }
    for answer in [declared("0123456789a"), chunked("0123456789a")] {
        assert_eq!(kind(send(peer(answer), 10)), TransportKind::TooLarge);
    }
}

#[test]
fn a_length_that_is_never_sent_costs_nothing() {
    let boast = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000\r\nConnection: close\r\n\r\nx";
    // Room for all of it would end the program.
    assert_eq!(kind(send(peer(boast), usize::MAX)), TransportKind::Timeout);
}

#[test]
fn r10_a_blank_before_the_colon_and_a_folded_header_are_read() {
    for (header, value) in [
        ("X-Kod : 7\r\nContent-Length: 2", "7"),
        ("X-Kod: 7\r\nContent-Length : 2", "7"),
        ("X-Kod: 7\r\n  8\r\nContent-Length: 2", "7  8"),
        ("X-Kod: 7\r\nX-Eski: a,\r\n\tb\r\nContent-Length:2", "7"),
    ] {
        let here = peer(format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\nok"));
        let reply = send(here, 10).unwrap();
        assert_eq!(reply.body, b"ok", "{header}");
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            words(reply.header("x-kod").unwrap()),
            words(value),
            "{header}"
        );
    }
}

#[test]
fn r10_an_answer_that_is_no_http_is_named_so() {
    for answer in [
        "nonsense\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nKod;Deger\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: on\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\non\r\nok\r\n0\r\n\r\n",
    ] {
        let error = send(peer(answer), 10).unwrap_err();
        assert_eq!(error.kind(), TransportKind::Malformed, "{answer}");
        assert_eq!(error.outcome(), Outcome::Unknown, "{answer}");
        assert_eq!(error.to_string(), "the answer is not proper HTTP");
    }
}

#[test]
fn a_redirect_is_an_answer() {
    let elsewhere = peer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://{elsewhere}/\r\nContent-Length: 0\r\n\r\n"
    );
    let here = peer(answer);
    assert_eq!(send(here, 10).unwrap().status, 307);

    // A client of the program's own that follows it.
    install_provider();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let error = send_over(&ReqwestTransport::over(client), here, 10).unwrap_err();
    assert_eq!(error.kind(), TransportKind::Interrupted);
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[test]
fn no_error_names_the_address() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = closed.local_addr().unwrap();
    drop(closed);
    for address in [
        nobody,
        peer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nx"),
        peer("nonsense\r\n\r\n"),
        peer("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"),
    ] {
        let error = send(address, 50).unwrap_err();
        let mut texts = format!("{error:?}");
        let mut next: Option<&dyn StdError> = Some(&error);
        while let Some(cause) = next {
            texts += &cause.to_string();
            next = cause.source();
        }
        assert!(
            !texts.contains("gizli") && !texts.contains("http://"),
            "{texts}"
        );
    }
}

/// Tells this test that it runs as a child, and where its peer is.
const CHILD: &str = "KERVAN_TEST_PEER";

#[test]
fn this_machine_is_never_reached_through_a_proxy() {
    if let Ok(address) = std::env::var(CHILD) {
        let reply = send(address.parse().unwrap(), 10).unwrap();
        assert_eq!(reply.body, b"peer");
        return;
    }
    let here = peer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npeer");
    let proxy = peer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy");
    let http = ["HTTP_PROXY", "http_proxy"];
    let others = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let name = "sending::this_machine_is_never_reached_through_a_proxy";
    for set in [&http[..], &others[..], &[http.as_slice(), &others].concat()] {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", name]).env(CHILD, here.to_string());
        for variable in http.iter().chain(&others).chain(&["NO_PROXY", "no_proxy"]) {
            child.env_remove(variable);
        }
        child.envs(
            set.iter()
                .map(|variable| (variable, format!("http://{proxy}"))),
        );
        let output = child.output().unwrap();
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && shown.contains("1 passed"),
            "{set:?}: {shown}"
        );
    }
}
