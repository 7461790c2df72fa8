//! Reads are repeated within their deadline, writes never.

use std::time::Duration;

use contract_kit::faults::{Fault, FaultServer};
use horoz_shipping::{CheckAccess, Config, Retry};
use testkit::{Peer, TIMEOUT, sockets};

use crate::support::{answer, builder, client, json, order};

fn busy(retry_after: &str) -> Fault {
    Fault::Answer(contract_kit::faults::answer(
        503,
        &[("Retry-After", retry_after)],
        b"busy",
    ))
}

fn access() -> Fault {
    Fault::Answer(json(
        200,
        br#"{"responseCode": "STA-100", "ipBilgisi": "127.0.0.1"}"#,
    ))
}

#[tokio::test]
async fn a_read_survives_two_passing_faults() {
    let script = vec![Fault::ResetBeforeAnswer, busy("0"), access()];
    let server = FaultServer::start(Fault::Script(script));
    let access = client(&server, 3).call(&CheckAccess::new()).await.unwrap();
    assert_eq!(
        access.ip.as_ref().map(horoz_shipping::Personal::as_str),
        Some("127.0.0.1")
    );
    assert_eq!(server.requests(), 3);
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_fails_at_once() {
    let server = FaultServer::start(Fault::Script(vec![busy("3600"), access()]));
    let error = client(&server, 3)
        .call(&CheckAccess::new())
        .await
        .unwrap_err();
    assert_eq!(error.report().status, Some(503));
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn the_deadline_bounds_all_tries_together() {
    let server = FaultServer::start(Fault::Stall(0));
    let peer = Peer::from(&server);
    let retry = Retry::default()
        .tries(1000)
        .pauses(Duration::ZERO, Duration::ZERO)
        .deadline(TIMEOUT * 10);
    let config = Config::default().timeout(TIMEOUT).retry(retry);
    let transport = sockets();
    let error = builder(&peer.address)
        .config(config)
        .build_over(transport, peer.host)
        .call(&CheckAccess::new())
        .await;
    assert_eq!(error.unwrap_err().report().code.as_deref(), Some("timeout"));
    assert_eq!(server.requests(), 10, "ten tries fit into the deadline");
}

#[tokio::test]
async fn a_write_is_not_repeated_for_a_passing_fault() {
    for fault in [busy("0"), Fault::ResetBeforeAnswer] {
        let script = vec![fault, Fault::Answer(answer("STA-100"))];
        let server = FaultServer::start(Fault::Script(script));
        let result = client(&server, 3).call(&order()).await;
        assert!(result.is_err());
        assert_eq!(server.requests(), 1);
    }
}
