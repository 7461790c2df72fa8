//! As much of the browser's own protocol as a key press needs.

#![expect(clippy::disallowed_methods, reason = "a real browser takes real time")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A connection to the browser's page.
pub(crate) struct Devtools {
    stream: TcpStream,
    sent: u32,
}

impl Devtools {
    /// Connects to the page of a browser that was started with `--remote-debugging-port=0`.
    pub(crate) fn connect(profile: &Path) -> Self {
        let started = Instant::now();
        loop {
            if let Some(connected) = Self::try_connect(profile) {
                return connected;
            }
            assert!(started.elapsed() < PATIENCE, "the browser does not speak");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn try_connect(profile: &Path) -> Option<Self> {
        let port = std::fs::read_to_string(profile.join("DevToolsActivePort")).ok()?;
        let host = format!("127.0.0.1:{}", port.lines().next()?);
        let targets: Value = serde_json::from_str(&get(&host, "/json/list")?).ok()?;
        let page = targets
            .as_array()?
            .iter()
            .find(|target| target["type"] == "page")?;
        let path = page["webSocketDebuggerUrl"]
            .as_str()?
            .strip_prefix(&format!("ws://{host}"))?;
        let mut stream = TcpStream::connect(&host).ok()?;
        let upgrade = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        );
        stream.write_all(upgrade.as_bytes()).ok()?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).ok()?;
            head.push(byte[0]);
        }
        head.starts_with(b"HTTP/1.1 101")
            .then_some(Self { stream, sent: 0 })
    }

    /// Sends a command and waits for its answer.
    pub(crate) fn command(&mut self, method: &str, params: &Value) -> Value {
        self.sent += 1;
        let text = json!({"id": self.sent, "method": method, "params": params}).to_string();
        let length = u16::try_from(text.len()).unwrap();
        // A whole text, its length in two bytes, masked with zeros.
        let mut frame = vec![0x81, 0xfe];
        frame.extend(length.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.stream.write_all(&frame).unwrap();
        loop {
            let answer: Value = serde_json::from_slice(&self.frame()).unwrap_or_default();
            if answer["id"] == self.sent {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    /// Returns the content of the next frame.
    fn frame(&mut self) -> Vec<u8> {
        let mut head = [0; 2];
        self.stream.read_exact(&mut head).unwrap();
        let length = match head[1] & 0x7f {
            126 => {
                let mut bytes = [0; 2];
                self.stream.read_exact(&mut bytes).unwrap();
                u64::from(u16::from_be_bytes(bytes))
            }
            127 => {
                let mut bytes = [0; 8];
                self.stream.read_exact(&mut bytes).unwrap();
                u64::from_be_bytes(bytes)
            }
            short => u64::from(short),
        };
        let mut content = vec![0; usize::try_from(length).unwrap()];
        self.stream.read_exact(&mut content).unwrap();
        content
    }

    /// Presses and releases a key.
    pub(crate) fn press(&mut self, key: &str, code: u32, text: &str) {
        for kind in ["keyDown", "keyUp"] {
            let mut params =
                json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
            if kind == "keyDown" && !text.is_empty() {
                params["text"] = text.into();
            }
            self.command("Input.dispatchKeyEvent", &params);
        }
    }
}

/// Returns the body of an answer, by its length: the browser keeps the connection open.
fn get(host: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").ok()?;
    let mut lines = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok()?;
            }
            None if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).ok()?;
    String::from_utf8(body).ok()
}
