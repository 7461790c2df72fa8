//! As much of an HTTP server as the example needs. A shop uses its own framework.

use std::io;
use std::time::SystemTime;

use haso_bnpl::Delivery;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The most bytes of a request that are read.
const MAX_REQUEST: usize = 1 << 21;

pub(crate) struct Request {
    /// Without the query.
    pub(crate) path: String,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Returns the request as it arrived, for the readers of posts.
    pub(crate) fn delivery(&self, arrived_at: SystemTime) -> Delivery {
        let headers = self.head.lines().filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name, value.trim()));
        Delivery::new(headers, self.body.clone(), arrived_at)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (own, value) = line.split_once(':')?;
        own.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Answer {
    pub(crate) fn new(status: u16, body: &str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.to_owned(),
        }
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::new(status, text).headers([("Content-Type", "text/plain; charset=utf-8".to_owned())])
    }

    pub(crate) fn headers(
        mut self,
        headers: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        self.headers.extend(headers);
        self
    }
}

/// Reads one request.
pub(crate) async fn read(stream: &mut TcpStream) -> io::Result<Request> {
    let mut bytes = Vec::new();
    let (head, length) = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
            let length: usize = header(&head, "content-length")
                .and_then(|text| text.parse().ok())
                .unwrap_or(0);
            bytes.drain(..at + 4);
            break (head, length);
        }
        more(stream, &mut bytes).await?;
    };
    while bytes.len() < length {
        more(stream, &mut bytes).await?;
    }
    let target = head.split(' ').nth(1).unwrap_or("/");
    let path = target.split('?').next().unwrap_or(target).to_owned();
    Ok(Request {
        path,
        head,
        body: bytes,
    })
}

/// Writes the answer, and closes the connection.
pub(crate) async fn write(stream: &mut TcpStream, answer: &Answer) -> io::Result<()> {
    let headers: String = answer
        .headers
        .iter()
        .flat_map(|(name, value)| [name, ": ", value, "\r\n"])
        .collect();
    let (status, length) = (answer.status, answer.body.len());
    let text = format!(
        "HTTP/1.1 {status} -\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{}",
        answer.body
    );
    stream.write_all(text.as_bytes()).await
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<()> {
    let mut chunk = [0; 4096];
    let read = stream.read(&mut chunk).await?;
    if read == 0 || bytes.len() > MAX_REQUEST {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    bytes.extend_from_slice(&chunk[..read]);
    Ok(())
}

/// Sends a request as a browser does, and returns the status and the body of the answer.
pub(crate) async fn ask(address: &str, method: &str, body: &str) -> io::Result<String> {
    let rest = address.trim_start_matches("http://");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).await?;
    let length = body.len();
    let head = format!(
        "{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all((head + body).as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let status = answer.split(' ').nth(1).unwrap_or_default();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    Ok(format!("{status} {body}"))
}
