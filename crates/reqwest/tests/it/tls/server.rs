//! A server that counts the bytes of a connection, and can end it at any of them.

#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::crypto::aws_lc_rs::default_provider;
use rustls::server::NoServerSessionStorage;
use rustls::{HandshakeKind, ServerConfig, ServerConnection, SupportedProtocolVersion};
use socket2::SockRef;

use super::authority::Identity;

/// Where and how a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// When the client ends it.
    Never,
    /// After this many bytes from the client: the server reads on and says no more.
    AfterRead(usize),
    /// After this many bytes to the client: the server reads on and says no more.
    AfterWritten(usize),
    /// As [`AfterRead`](Self::AfterRead), by a reset.
    ResetAfterRead(usize),
    /// As [`AfterWritten`](Self::AfterWritten), by a reset.
    ResetAfterWritten(usize),
}

/// One connection, as the server saw it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Record {
    /// Bytes from the client.
    pub(crate) read: usize,
    /// Bytes to the client.
    pub(crate) written: usize,
    /// The request, as far as it came.
    pub(crate) data: Vec<u8>,
    /// The state when the handshake was complete.
    pub(crate) handshake: Option<Handshake>,
    /// Whether data came before that.
    pub(crate) is_early: bool,
}

/// A handshake that was completed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Handshake {
    pub(crate) kind: Option<HandshakeKind>,
    /// Bytes from the client.
    pub(crate) read: usize,
    /// Bytes to the client. With these, the client may send its request.
    pub(crate) written: usize,
    /// Bytes from the client before the last of those.
    pub(crate) read_before: usize,
}

/// A server on this machine.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    cut: Arc<Mutex<Cut>>,
    records: Receiver<Record>,
}

/// The answer of a server.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) text: String,
    /// Whether it ends the connection as TLS asks for; otherwise it leaves that to the client.
    pub(crate) says_goodbye: bool,
    /// Whether it ends the connection without that.
    pub(crate) hangs_up: bool,
}

impl From<&str> for Answer {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            says_goodbye: false,
            hangs_up: false,
        }
    }
}

/// Returns a server that resumes no session, so that each handshake has the same length.
pub(crate) fn config(
    identity: Identity,
    versions: &[&'static SupportedProtocolVersion],
) -> ServerConfig {
    let mut config = resuming(identity, versions);
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    config
}

/// Returns a server that resumes sessions, and would take a request with the first bytes.
pub(crate) fn resuming(
    identity: Identity,
    versions: &[&'static SupportedProtocolVersion],
) -> ServerConfig {
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let mut config = builder
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(identity.chain, identity.key)
        .unwrap();
    config.max_early_data_size = 1 << 14;
    config
}

impl Server {
    pub(crate) fn start(config: ServerConfig, answer: impl Into<Answer>) -> Self {
        let (config, answer) = (Arc::new(config), answer.into());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let cut = Arc::new(Mutex::new(Cut::Never));
        let (sender, records) = channel();
        let current = Arc::clone(&cut);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (config, answer) = (Arc::clone(&config), answer.clone());
                let (cut, sender) = (*current.lock().unwrap(), sender.clone());
                let stream = stream.unwrap();
                thread::spawn(move || serve(stream, config, &answer, cut, &sender));
            }
        });
        Self {
            address,
            cut,
            records,
        }
    }

    /// Ends the next connections there.
    pub(crate) fn cut(&self, cut: Cut) {
        *self.cut.lock().unwrap() = cut;
    }

    /// Returns the next connection that has ended.
    pub(crate) fn record(&self) -> Record {
        self.records
            .recv_timeout(Duration::from_secs(10))
            .expect("a connection that ends")
    }

    /// Returns whether no other connection has ended.
    pub(crate) fn is_quiet(&self) -> bool {
        self.records.try_recv().is_err()
    }
}

fn serve(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    answer: &Answer,
    cut: Cut,
    sender: &Sender<Record>,
) {
    let mut record = Record::default();
    let mut tls = ServerConnection::new(config).unwrap();
    let mut wire = Wire::new(stream, cut);
    // An error is the end that the test asked for, or that of the client.
    let _ = converse(&mut wire, &mut tls, answer, &mut record);
    wire.finish();
    record.read = wire.read;
    record.written = wire.written;
    // Nobody asks for the last ones of a test.
    let _ = sender.send(record);
}

fn converse(
    wire: &mut Wire,
    tls: &mut ServerConnection,
    answer: &Answer,
    record: &mut Record,
) -> io::Result<()> {
    let mut is_answered = false;
    loop {
        while tls.wants_write() {
            tls.write_tls(wire)?;
        }
        if !tls.is_handshaking() && record.handshake.is_none() {
            record.handshake = Some(Handshake {
                kind: tls.handshake_kind(),
                read: wire.read,
                written: wire.written,
                read_before: wire.read_before,
            });
        }
        if !is_answered && record.data.ends_with(b"\r\n\r\nbody") {
            is_answered = true;
            tls.writer().write_all(answer.text.as_bytes())?;
            if answer.says_goodbye {
                tls.send_close_notify();
            }
            continue;
        }
        if is_answered && (answer.says_goodbye || answer.hangs_up) {
            return Ok(());
        }
        if tls.read_tls(wire)? == 0 {
            return Ok(());
        }
        if let Err(error) = tls.process_new_packets() {
            // The alert.
            while tls.wants_write() {
                tls.write_tls(wire)?;
            }
            return Err(io::Error::new(ErrorKind::InvalidData, error));
        }
        if let Some(mut early) = tls.early_data() {
            record.is_early |= early.read_to_end(&mut record.data)? > 0;
        }
        match tls.reader().read_to_end(&mut record.data) {
            Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(error),
            _ => {}
        }
    }
}

/// A connection that counts.
struct Wire {
    stream: TcpStream,
    cut: Cut,
    is_cut: bool,
    read: usize,
    written: usize,
    /// The bytes that were read when something was last written.
    read_before: usize,
}

impl Wire {
    fn new(stream: TcpStream, cut: Cut) -> Self {
        stream.set_nodelay(true).unwrap();
        // No test hangs for long.
        let patience = Some(Duration::from_secs(5));
        stream.set_read_timeout(patience).unwrap();
        Self {
            stream,
            cut,
            is_cut: false,
            read: 0,
            written: 0,
            read_before: 0,
        }
    }

    fn end(&mut self) -> io::Error {
        self.is_cut = true;
        ErrorKind::ConnectionAborted.into()
    }

    /// Ends the connection in the way that was asked for.
    fn finish(&mut self) {
        let is_reset = matches!(self.cut, Cut::ResetAfterRead(_) | Cut::ResetAfterWritten(_));
        if self.is_cut && is_reset {
            let socket = SockRef::from(&self.stream);
            socket.set_linger(Some(Duration::ZERO)).unwrap();
            // The reset is sent when the socket is closed.
            return;
        }
        let _ = self.stream.shutdown(Shutdown::Write);
        // What comes is not answered, and not lost either: closing with unread bytes is a reset.
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = self.stream.read(&mut buffer) {
            self.read += count;
        }
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = match self.cut {
            Cut::AfterRead(bytes) | Cut::ResetAfterRead(bytes) => bytes - self.read,
            // One by one, so that the end of the handshake is known to the byte.
            _ => 1,
        };
        if room == 0 {
            return Err(self.end());
        }
        let room = room.min(buffer.len());
        let count = self.stream.read(&mut buffer[..room])?;
        self.read += count;
        Ok(count)
    }
}

impl Write for Wire {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let room = match self.cut {
            Cut::AfterWritten(bytes) | Cut::ResetAfterWritten(bytes) => bytes - self.written,
            _ => usize::MAX,
        };
        if room == 0 {
            return Err(self.end());
        }
        let room = room.min(buffer.len());
        let count = self.stream.write(&buffer[..room])?;
        self.written += count;
        self.read_before = self.read;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
