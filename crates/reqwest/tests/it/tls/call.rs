//! One call over TLS.

#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

use std::net::SocketAddr;
use std::time::Duration;

use kervan_core::{
    BaseUrl, Connection, HttpRequest, Limits, Outcome, Reply, Transport, TransportError,
    TransportKind,
};
use kervan_reqwest::ReqwestTransport;
use tokio::runtime::{Builder, Runtime};

/// An answer whose length is declared.
pub(crate) const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";

/// Calls one address.
pub(crate) struct Line {
    runtime: Runtime,
    transport: ReqwestTransport,
    request: HttpRequest,
    connection: Connection,
}

impl Line {
    /// Each call has a connection of its own.
    pub(crate) fn to(address: SocketAddr, transport: ReqwestTransport) -> Self {
        Self::to_host(&address.to_string(), transport)
    }

    pub(crate) fn to_host(host: &str, transport: ReqwestTransport) -> Self {
        let base = BaseUrl::parse(&format!("https://{host}/gizli")).unwrap();
        let url = base.join("call").unwrap();
        let request = HttpRequest::post(url, "text/plain", b"body".to_vec());
        // One thread: on several, a call whose connection ends as it is sent sometimes never returns. The
        // timer of a client ends it; a test would wait.
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Self {
            runtime,
            transport,
            request,
            connection: Connection::Fresh,
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the time of real sockets")]
    pub(crate) fn call(&self) -> Result<Reply, TransportError> {
        let patience = Duration::from_secs(10);
        let limits = Limits::new(patience, 1 << 10).connection(self.connection);
        self.runtime.block_on(async {
            let sending = self.transport.send(&self.request, limits);
            let sent = tokio::time::timeout(patience, sending).await;
            // The task of the connection closes it.
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            // No call needs it; the kind says which one did.
            sent.unwrap_or_else(|_| Err(TransportError::new(TransportKind::Timeout)))
        })
    }
}

/// Nothing was sent, and the transport knows it.
#[track_caller]
pub(crate) fn assert_not_sent(result: Result<Reply, TransportError>, why: &str) {
    let error = result.expect_err(why);
    assert_eq!(error.kind(), TransportKind::Connect, "{why}: {error:?}");
    assert_eq!(error.outcome(), Outcome::NotDone, "{why}");
    let shown = format!("{error:?}");
    assert!(!shown.contains("gizli"), "{why}: {shown}");
}
