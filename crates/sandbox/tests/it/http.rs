//! The least of an HTTP client and of a shop's server, which share no code with the sandbox.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use kervan_sandbox::server::{Guard, Running, Server};
use serde_json::Value;

/// A server of the test's own, with a runtime of its own.
pub(crate) struct Site {
    pub(crate) root: String,
    pub(crate) address: SocketAddr,
    running: Option<Running>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Site {
    pub(crate) fn start() -> Self {
        Self::guarded(Guard::loopback())
    }

    pub(crate) fn guarded(guard: Guard) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let running = runtime.block_on(async {
            let server = Server::bind(([127, 0, 0, 1], 0).into(), 1, guard)
                .await
                .unwrap();
            server.start().unwrap()
        });
        Site {
            root: running.registry().root().to_owned(),
            address: running.address(),
            running: Some(running),
            runtime: Some(runtime),
        }
    }

    /// Opens a connection that is used for several calls.
    pub(crate) fn line(&self) -> Line {
        Line::to(self.address)
    }

    /// Makes one call on a connection of its own.
    pub(crate) fn call(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        self.line().call(method, target, headers, body).unwrap()
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.call("GET", target, &[], "")
    }

    /// Posts JSON to the control API of the default world.
    pub(crate) fn control(&self, target: &str, body: &str) -> Answer {
        let target = format!("/_sandbox/worlds/default{target}");
        self.call(
            "POST",
            &target,
            &[("Content-Type", "application/json")],
            body,
        )
    }

    /// Asks the control API of the default world.
    pub(crate) fn ask(&self, target: &str) -> Value {
        self.get(&format!("/_sandbox/worlds/default{target}"))
            .json()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.running.take();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(listed, _)| listed.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// A connection to a server.
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Line {
    pub(crate) fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream.set_nodelay(true).unwrap();
        Line {
            stream: BufReader::new(stream),
            host: address.to_string(),
        }
    }

    /// Gives up after so many milliseconds without an answer.
    pub(crate) fn patience(self, millis: u64) -> Self {
        let patience = Duration::from_millis(millis);
        self.stream
            .get_ref()
            .set_read_timeout(Some(patience))
            .unwrap();
        self
    }

    pub(crate) fn call(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> io::Result<Answer> {
        let host = [("Host", self.host.as_str())];
        let has_host = headers.iter().any(|(name, _)| *name == "Host");
        let own = host.iter().filter(|_| !has_host);
        let lines = own
            .chain(headers)
            .map(|(name, value)| format!("{name}: {value}\r\n"));
        let lines: Vec<String> = lines.collect();
        let text = format!(
            "{method} {target} HTTP/1.1\r\n{}Content-Length: {}\r\n\r\n{body}",
            lines.concat(),
            body.len()
        );
        self.stream.get_mut().write_all(text.as_bytes())?;
        read(&mut self.stream)
    }
}

impl Line {
    /// Sends bytes as they are, and returns the first line of the answer.
    pub(crate) fn first_line(&mut self, bytes: &[u8]) -> String {
        self.stream.get_mut().write_all(bytes).unwrap();
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

/// Reads a message to the end of its body.
fn read(stream: &mut impl BufRead) -> io::Result<Answer> {
    let (first, headers) = head(stream)?;
    let status = first
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let status = status.ok_or(io::ErrorKind::InvalidData)?;
    let body = body(stream, &headers)?;
    Ok(Answer {
        status,
        headers,
        body,
    })
}

fn head(stream: &mut impl BufRead) -> io::Result<(String, Vec<(String, String)>)> {
    let mut first = String::new();
    if stream.read_line(&mut first)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            return Ok((first, headers));
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
}

fn body(stream: &mut impl BufRead, headers: &[(String, String)]) -> io::Result<Vec<u8>> {
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body)
}

/// A shop that writes down what is posted to it.
pub(crate) struct Shop {
    pub(crate) url: String,
    pub(crate) posts: Arc<Mutex<Vec<(String, String)>>>,
}

impl Shop {
    /// Answers each post with the next of these statuses, and the last one again and again.
    pub(crate) fn answering(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/back", listener.local_addr().unwrap());
        let posts = Arc::new(Mutex::new(Vec::new()));
        let (kept, statuses) = (Arc::clone(&posts), statuses.to_vec());
        thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let status = statuses[index.min(statuses.len() - 1)];
                let kept = Arc::clone(&kept);
                thread::spawn(move || serve(stream.unwrap(), status, &kept));
            }
        });
        Shop { url, posts }
    }

    /// Returns content type and body of each post so far.
    pub(crate) fn posts(&self) -> Vec<(String, String)> {
        self.posts.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, status: u16, posts: &Mutex<Vec<(String, String)>>) {
    let mut stream = BufReader::new(stream);
    let (_, headers) = head(&mut stream).unwrap();
    let body = body(&mut stream, &headers).unwrap();
    let kind = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let kind = kind.map(|(_, value)| value.clone()).unwrap_or_default();
    posts
        .lock()
        .unwrap()
        .push((kind, String::from_utf8(body).unwrap()));
    let answer = format!("HTTP/1.1 {status} x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK");
    stream.get_mut().write_all(answer.as_bytes()).unwrap();
}
