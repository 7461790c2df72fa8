//! Senders that hang up, are cut off, or guess.

use super::genuine;
use crate::support::{App, CALLBACK, Flaky, OK};
use haso_bnpl::testing::CONTENT_TYPE;
use std::sync::atomic::Ordering;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

fn head(length: usize) -> String {
    format!(
        "POST {CALLBACK} HTTP/1.1\r\nhost: shop.example\r\ncontent-type: {CONTENT_TYPE}\r\n\
         content-length: {length}\r\n\r\n"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sender_that_hangs_up_in_the_middle_ends_nothing() {
    let app = App::new();
    app.hold();
    let body = genuine();
    let mut sender = TcpStream::connect(app.served().await).await.unwrap();
    sender.write_all(head(body.len()).as_bytes()).await.unwrap();
    sender.write_all(&body).await.unwrap();
    app.until(|shop| shop.counts().0 == 1).await;
    drop(sender);
    // The server notices it, and drops the handler.
    app.until(|shop| shop.dropped.load(Ordering::SeqCst) == 1)
        .await;
    app.let_go();
    app.until(|shop| shop.counts().1 == 1).await;
    assert_eq!(app.shop.counts(), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sender_that_hangs_up_while_its_post_is_being_stored_ends_nothing() {
    let app = App::over(Flaky {
        gate: Some(Semaphore::new(0)),
        ..Flaky::default()
    });
    let sender = app.clone();
    let sender = tokio::spawn(async move { sender.post(OK, CONTENT_TYPE, &genuine()).await });
    app.until(|shop| shop.store.storing.load(Ordering::SeqCst) == 1)
        .await;
    // As axum drops a handler. A browser does not post again.
    sender.abort();
    assert!(sender.await.unwrap_err().is_cancelled());
    app.shop.store.gate.as_ref().unwrap().add_permits(1);
    app.until(|shop| shop.counts().1 == 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_is_cut_on_its_way_is_neither_stored_nor_answered_with_success() {
    let app = App::new();
    let body = genuine();
    let address = app.served().await;
    let mut sender = TcpStream::connect(address).await.unwrap();
    sender.write_all(head(body.len()).as_bytes()).await.unwrap();
    sender.write_all(&body[..body.len() - 1]).await.unwrap();
    sender.shutdown().await.unwrap();
    let mut answer = Vec::new();
    // The server may close the connection instead.
    let _ = sender.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP/1.1 2"), "{answer:?}");
    assert_eq!(app.shop.counts(), (0, 0));
    assert!(app.waiting().await.is_empty());
}

#[tokio::test]
async fn an_address_that_nobody_was_given_stores_nothing() {
    let app = App::new();
    let answer = app
        .post("/haso/guess/callback", CONTENT_TYPE, &genuine())
        .await;
    assert_eq!(answer.status, 404);
    assert!(app.waiting().await.is_empty());
}
