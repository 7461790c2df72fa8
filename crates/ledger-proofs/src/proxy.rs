//! The way between a program and the simulated providers, which loses requests, cuts answers, and kills the
//! program while it reads.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The fate of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Nothing.
    Good,
    /// The request is read and never reaches the provider.
    RequestLost,
    /// The provider does it, and so many bytes of its answer arrive.
    CutAt(usize),
    /// The same, and the program is killed then.
    KillAt(usize),
}

/// Chooses the fate of an exchange by the beginning of its request.
pub(crate) type Choice = Box<dyn FnMut(&str) -> Fate + Send>;

/// Kills the program behind a proxy.
pub(crate) type Kill = Box<dyn FnMut() + Send>;

/// The proxy of one program.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    provider: SocketAddr,
    choice: Mutex<Choice>,
    kill: Mutex<Option<Kill>>,
    /// The length of the longest answer to a write so far.
    longest: Mutex<usize>,
}

impl Proxy {
    pub(crate) fn start(provider: SocketAddr, choice: Choice) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            provider,
            choice: Mutex::new(choice),
            kill: Mutex::new(None),
            longest: Mutex::new(0),
        });
        let of_thread = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&of_thread);
                thread::spawn(move || {
                    // A connection that ends is what this is for.
                    let _ = shared.pass(stream);
                });
            }
        });
        Ok(Self { address, shared })
    }

    pub(crate) fn choose(&self, choice: Choice) {
        *locked(&self.shared.choice) = choice;
    }

    pub(crate) fn kills_by(&self, kill: Kill) {
        *locked(&self.shared.kill) = Some(kill);
    }

    pub(crate) fn longest_answer(&self) -> usize {
        *locked(&self.shared.longest)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Passes one exchange: the clients use a connection for each.
    fn pass(&self, mut client: TcpStream) -> io::Result<()> {
        client.set_read_timeout(Some(Duration::from_secs(10)))?;
        let request = message(&mut client)?;
        let head = String::from_utf8_lossy(&request[..request.len().min(600)]).into_owned();
        let fate = (locked(&self.choice))(&head);
        if fate == Fate::RequestLost {
            return client.shutdown(Shutdown::Both);
        }
        let mut provider = TcpStream::connect(self.provider)?;
        provider.set_read_timeout(Some(Duration::from_secs(10)))?;
        provider.write_all(&request)?;
        let answer = message(&mut provider)?;
        let (passed, is_killed) = match fate {
            Fate::Good | Fate::RequestLost => (answer.len(), false),
            Fate::CutAt(length) => (length.min(answer.len()), false),
            Fate::KillAt(length) => (length.min(answer.len()), true),
        };
        let mut longest = locked(&self.longest);
        *longest = (*longest).max(answer.len());
        drop(longest);
        let sent = client.write_all(&answer[..passed]);
        if is_killed {
            // Time to read what has come.
            thread::sleep(Duration::from_millis(2));
            if let Some(kill) = locked(&self.kill).as_mut() {
                kill();
            }
        }
        sent?;
        client.shutdown(Shutdown::Both)
    }
}

/// Reads a request or an answer to its end, which its length tells.
fn message(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut read = Vec::new();
    let mut buffer = [0; 16 << 10];
    loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&read[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length
                .and_then(|length| length.trim().parse().ok())
                .unwrap_or(0);
            if read.len() >= end + 4 + length {
                return Ok(read);
            }
        }
        match stream.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => read.extend_from_slice(&buffer[..count]),
        }
    }
}
