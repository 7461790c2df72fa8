//! Posts to shops.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Method, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::guard::Guard;
use super::machine::{now, within};
use super::registry::Slot;
use crate::outbox::Due;

/// How long a shop may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of a shop's answer is read.
const ANSWER: usize = 64 * 1024;

/// Sends everything that is due, in tasks of its own.
pub(crate) fn flush(slot: &Arc<Slot>, guard: &Arc<Guard>) {
    let due = slot.take_due(now());
    for due in due {
        let (slot, guard) = (Arc::clone(slot), Arc::clone(guard));
        tokio::spawn(async move { send(&slot, &guard, due).await });
    }
}

/// Sends one post, and whatever is due when it is done.
pub(super) async fn send(slot: &Arc<Slot>, guard: &Arc<Guard>, due: Due) {
    let (uri, targets) = match allowed(&due.to, guard) {
        Ok(allowed) => allowed,
        Err(why) => {
            slot.with(|world| {
                let at = world.clock().now(now());
                world.outbox_mut().refuse(due.number, &why, at);
            });
            return;
        }
    };
    let post = async || match within(PATIENCE, exchange(&uri, &targets, &due)).await {
        Ok(result) => result,
        Err(_) => Err(format!("no answer within {} seconds", PATIENCE.as_secs())),
    };
    let result = if due.copies > 1 {
        // Two connections at the same moment; the shop's answer to the first one counts.
        let (first, second) = tokio::join!(post(), post());
        slot.with(|world| {
            let at = world.clock().now(now());
            world.outbox_mut().note(due.number, second, at);
        });
        first
    } else {
        post().await
    };
    slot.with(|world| {
        let at = world.clock().now(now());
        world.outbox_mut().sent(due.number, result, at);
    });
    // A copy, or a post that waited for this one.
    flush(slot, guard);
}

/// Sends posts that are due before an answer, one after the other. They go on when the client that waits
/// for the answer gives up.
pub(super) async fn send_all(slot: &Arc<Slot>, guard: &Arc<Guard>, dues: Vec<Due>) {
    if dues.is_empty() {
        return;
    }
    let (slot, guard) = (Arc::clone(slot), Arc::clone(guard));
    let sending = tokio::spawn(async move {
        for due in dues {
            send(&slot, &guard, due).await;
        }
    });
    // Only a panic ends it early, and that one is reported where it happens.
    let _ = sending.await;
}

/// Returns the address of a post and where to connect, when the sandbox may send to it.
fn allowed(to: &str, guard: &Guard) -> Result<(Uri, Vec<String>), String> {
    let uri: Uri = to
        .parse()
        .map_err(|_| "the address of the shop cannot be read".to_owned())?;
    let host = uri
        .host()
        .ok_or_else(|| "the address of the shop is not absolute".to_owned())?;
    if uri.scheme_str() != Some("http") {
        return Err("the sandbox posts over http only".to_owned());
    }
    let targets = guard.posts_to(host);
    if targets.is_empty() {
        return Err(format!(
            "`{host}` is neither this machine nor a host that --callback-host lists"
        ));
    }
    Ok((uri, targets))
}

async fn connect(targets: &[String], port: u16) -> Result<TcpStream, String> {
    let mut failure = "no connection".to_owned();
    for target in targets {
        match TcpStream::connect((target.as_str(), port)).await {
            Ok(stream) => return Ok(stream),
            Err(why) => failure = format!("no connection: {}", why.kind()),
        }
    }
    Err(failure)
}

async fn exchange(uri: &Uri, targets: &[String], due: &Due) -> Result<(u16, String), String> {
    let host = uri.host().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(80);
    let stream = connect(targets, port).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|why| format!("no HTTP: {why}"))?;
    let connection = tokio::spawn(connection);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let request = hyper::Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(HOST, format!("{host}:{port}"))
        .header(USER_AGENT, "kervan-sandbox")
        .header(CONTENT_TYPE, &due.content_type)
        .body(Full::new(Bytes::from(due.body.clone())))
        .map_err(|why| format!("the post cannot be written: {why}"))?;
    let response = sender
        .send_request(request)
        .await
        .map_err(|why| format!("no answer: {why}"))?;
    let status = response.status().as_u16();
    let body = Limited::new(response.into_body(), ANSWER).collect().await;
    connection.abort();
    let body = body.map(|body| String::from_utf8_lossy(&body.to_bytes()).into_owned());
    Ok((
        status,
        body.unwrap_or_else(|_| "[an answer that is too long or ended early]".to_owned()),
    ))
}
