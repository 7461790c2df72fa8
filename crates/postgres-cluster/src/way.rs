//! A way to the server that loses one message, its answer, or the server's process.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use crate::Cluster;

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "only tests use it")]
pub enum Loss {
    /// The message does not reach the server.
    Message,
    /// The server has done it, and its answer is lost.
    Answer,
    /// The server's process is ended when the message comes.
    Process,
}

/// The way of one program to the server. Its connections send one message at a time, and wait for its answer.
#[derive(Debug)]
pub struct Way {
    port: u16,
    left: Arc<AtomicI64>,
}

impl Way {
    /// Starts a way for the connections of an application, which loses nothing yet.
    ///
    /// # Panics
    ///
    /// Where no port is free.
    pub fn start(cluster: &Cluster, application: &str, loss: Loss) -> Self {
        let bound = TcpListener::bind("127.0.0.1:0").and_then(|listener| {
            let port = listener.local_addr()?.port();
            Ok((listener, port))
        });
        let (listener, port) = bound.unwrap_or_else(|error| panic!("{error}"));
        let left = Arc::new(AtomicI64::new(i64::MAX));
        let (of_way, ends, server) = (Arc::clone(&left), cluster.ends(application), cluster.port());
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (left, ends) = (Arc::clone(&of_way), ends.clone());
                thread::spawn(move || {
                    // A connection that ends is what this is for.
                    let _ = TcpStream::connect(("127.0.0.1", server))
                        .and_then(|server| pass(client, server, &left, loss, &ends));
                });
            }
        });
        Self { port, left }
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Loses the message with this number from now on, counted from 0.
    pub fn lose(&self, message: u32) {
        self.left.store(message.into(), Ordering::SeqCst);
    }

    /// Loses nothing more, and returns whether the message came.
    pub fn was_lost(&self) -> bool {
        self.left.swap(i64::MAX, Ordering::SeqCst) < 0
    }
}

/// Passes messages on. Bytes that are read at once are one message.
fn pass(
    mut client: TcpStream,
    mut server: TcpStream,
    left: &AtomicI64,
    loss: Loss,
    ends: &dyn Fn(),
) -> std::io::Result<()> {
    let mut buffer = vec![0; 64 << 10];
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    loop {
        let length = client.read(&mut buffer)?;
        if length == 0 {
            return server.shutdown(Shutdown::Both);
        }
        let is_lost = left.fetch_sub(1, Ordering::SeqCst) == 0;
        if is_lost && loss == Loss::Message {
            server.shutdown(Shutdown::Both)?;
            return client.shutdown(Shutdown::Both);
        }
        if is_lost && loss == Loss::Process {
            ends();
        }
        let sent = server.write_all(&buffer[..length]);
        if !is_lost {
            sent?;
        }
        let mut answer = Vec::new();
        while !is_complete(&answer) {
            let length = server.read(&mut buffer)?;
            if length == 0 {
                client.write_all(&answer)?;
                return client.shutdown(Shutdown::Both);
            }
            answer.extend_from_slice(&buffer[..length]);
        }
        if is_lost && loss == Loss::Answer {
            return client.shutdown(Shutdown::Both);
        }
        client.write_all(&answer)?;
    }
}

/// Returns whether an answer ends with `ReadyForQuery`, in one of its three states.
fn is_complete(answer: &[u8]) -> bool {
    [b'I', b'T', b'E']
        .iter()
        .any(|state| answer.ends_with(&[b'Z', 0, 0, 0, 5, *state]))
}
