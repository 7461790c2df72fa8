//! As much of the browser's own protocol as tests of pages need.

#![expect(clippy::disallowed_methods, reason = "a real browser takes real time")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A connection to the browser's page.
#[derive(Debug)]
pub struct Devtools {
    stream: TcpStream,
    sent: u32,
    problems: Vec<String>,
}

impl Devtools {
    /// Connects to the page of a browser that was started with `--remote-debugging-port=0`.
    pub(super) fn connect(profile: &Path) -> Self {
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
        head.starts_with(b"HTTP/1.1 101").then_some(Self {
            stream,
            sent: 0,
            problems: Vec::new(),
        })
    }

    /// Sends a command and waits for its answer.
    ///
    /// # Panics
    ///
    /// Panics when the browser refuses the command, or ends.
    pub fn command(&mut self, method: &str, params: &Value) -> Value {
        match self.try_command(method, params) {
            Ok(result) => result,
            Err(error) => panic!("{method}: {error}"),
        }
    }

    fn try_command(&mut self, method: &str, params: &Value) -> Result<Value, Value> {
        self.sent += 1;
        let text = json!({"id": self.sent, "method": method, "params": params}).to_string();
        // A whole text, its length in eight bytes, masked with zeros.
        let mut frame = vec![0x81, 0xff];
        frame.extend((text.len() as u64).to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.stream
            .write_all(&frame)
            .expect("a browser that listens");
        loop {
            let answer: Value = serde_json::from_slice(&self.frame()).unwrap_or_default();
            if answer["id"] == self.sent {
                return match answer.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(answer["result"].clone()),
                };
            }
            self.problems.extend(problem(&answer));
        }
    }

    /// Returns the content of the next text, which may come in several frames.
    fn frame(&mut self) -> Vec<u8> {
        let mut content = Vec::new();
        loop {
            let head = self.bytes(2);
            let length = match head[1] & 0x7f {
                126 => self.number(2),
                127 => self.number(8),
                short => u64::from(short),
            };
            let part = self.bytes(usize::try_from(length).expect("a length"));
            let is_control = head[0] & 0x08 != 0;
            if !is_control {
                content.extend(part);
                if head[0] & 0x80 != 0 {
                    return content;
                }
            }
        }
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.stream
            .read_exact(&mut bytes)
            .expect("the browser's answer");
        bytes
    }

    fn number(&mut self, length: usize) -> u64 {
        let bytes = self.bytes(length);
        bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// Presses and releases a key.
    ///
    /// # Panics
    ///
    /// As [`command`](Self::command).
    pub fn press(&mut self, key: &str, code: u32, text: &str) {
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

/// Returns the text of an event that reports a problem of a page.
fn problem(event: &Value) -> Option<String> {
    let params = &event["params"];
    match event["method"].as_str()? {
        "Log.entryAdded" => {
            let entry = &params["entry"];
            let level = entry["level"].as_str()?;
            let is_problem = level == "error" || level == "warning";
            is_problem.then(|| format!("{}: {}", entry["text"], entry["url"]))
        }
        "Runtime.consoleAPICalled" => {
            let is_problem = params["type"] == "error" || params["type"] == "warning";
            is_problem.then(|| params["args"].to_string())
        }
        "Runtime.exceptionThrown" => Some(params["exceptionDetails"].to_string()),
        _ => None,
    }
}

/// What tests do with a page. Each waits for what it needs, and panics when that does not come.
impl Devtools {
    /// Returns the value of a script. A page that is about to be replaced is asked again.
    ///
    /// # Panics
    ///
    /// Panics when the script throws.
    pub fn evaluate(&mut self, script: &str) -> Value {
        let params = json!({"expression": script, "returnByValue": true, "awaitPromise": true});
        self.until(script, |page| {
            let answer = page.try_command("Runtime.evaluate", &params).ok()?;
            let thrown = answer.get("exceptionDetails");
            assert!(thrown.is_none(), "{script}: {thrown:?}");
            Some(answer["result"]["value"].clone())
        })
    }

    /// Opens an address, and waits until its page has loaded.
    ///
    /// # Panics
    ///
    /// Panics when it does not load.
    pub fn navigate(&mut self, address: &str) {
        let answer = self.command("Page.navigate", &json!({"url": address}));
        assert!(answer.get("errorText").is_none(), "{address}: {answer}");
        self.until(address, |page| {
            let state = page.evaluate("document.readyState + ' ' + location.href");
            state.as_str()?.starts_with("complete ").then_some(())
        });
    }

    /// Waits for an element, and returns its text as people see it.
    ///
    /// # Panics
    ///
    /// Panics when it does not come.
    pub fn text(&mut self, selector: &str) -> String {
        let script = format!("document.querySelector({})?.innerText", json!(selector));
        self.until(selector, |page| {
            page.evaluate(&script).as_str().map(str::to_owned)
        })
    }

    /// Waits for an element, brings it into sight, and clicks at its middle with the mouse.
    ///
    /// # Panics
    ///
    /// Panics when it does not come.
    pub fn click(&mut self, selector: &str) {
        let script = format!(
            "(() => {{ const found = document.querySelector({}); if (!found) return null;
             found.scrollIntoView({{block: 'center', behavior: 'instant'}});
             const box = found.getBoundingClientRect();
             return [box.x + box.width / 2, box.y + box.height / 2]; }})()",
            json!(selector)
        );
        let place = self.until(selector, |page| {
            let place = page.evaluate(&script);
            place.is_array().then_some(place)
        });
        for kind in ["mousePressed", "mouseReleased"] {
            let params = json!({
                "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1,
            });
            self.command("Input.dispatchMouseEvent", &params);
        }
    }

    /// Waits until a page with this element has loaded.
    ///
    /// # Panics
    ///
    /// Panics when it does not come.
    pub fn sees(&mut self, selector: &str) {
        let script = format!(
            "document.readyState == 'complete' && !!document.querySelector({})",
            json!(selector)
        );
        self.until(selector, |page| {
            (page.evaluate(&script) == true).then_some(())
        });
    }

    /// Types a text into a field, in place of its content.
    ///
    /// # Panics
    ///
    /// Panics when the field does not come.
    pub fn fill(&mut self, selector: &str, text: &str) {
        self.sees(selector);
        let script = format!("document.querySelector({}).select()", json!(selector));
        self.evaluate(&script);
        self.command("Input.insertText", &json!({"text": text}));
    }

    /// Chooses an option of a list by its value.
    ///
    /// # Panics
    ///
    /// Panics when the list does not come, or has no such option.
    pub fn choose(&mut self, selector: &str, value: &str) {
        self.sees(selector);
        let script = format!(
            "(list => (list.value = {1}, list.value))(document.querySelector({0}))",
            json!(selector),
            json!(value)
        );
        assert_eq!(self.evaluate(&script), value, "{selector}");
    }

    /// Begins to collect errors and warnings: of the console, of scripts, and of a page's policy.
    ///
    /// # Panics
    ///
    /// As [`command`](Self::command).
    pub fn watch(&mut self) {
        for domain in ["Log.enable", "Runtime.enable"] {
            self.command(domain, &json!({}));
        }
    }

    /// Returns what was collected since it was last asked.
    ///
    /// # Panics
    ///
    /// As [`command`](Self::command).
    pub fn problems(&mut self) -> Vec<String> {
        // The events of a page come before its answer.
        self.evaluate("0");
        std::mem::take(&mut self.problems)
    }

    /// Brings the page before its other tabs, because only that one takes clicks.
    ///
    /// # Panics
    ///
    /// As [`command`](Self::command).
    pub fn to_front(&mut self) {
        self.command("Page.bringToFront", &json!({}));
    }

    /// Sets the size of the window's inside.
    ///
    /// # Panics
    ///
    /// As [`command`](Self::command).
    pub fn viewport(&mut self, width: u32, height: u32) {
        let params =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.command("Emulation.setDeviceMetricsOverride", &params);
    }

    /// Sets whether the person prefers dark pages.
    ///
    /// # Panics
    ///
    /// As [`command`](Self::command).
    pub fn dark(&mut self, is_dark: bool) {
        let value = if is_dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": value}]);
        self.command("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    /// Returns the window's inside as a PNG.
    ///
    /// # Panics
    ///
    /// As [`command`](Self::command).
    pub fn screenshot(&mut self) -> Vec<u8> {
        let answer = self.command("Page.captureScreenshot", &json!({"format": "png"}));
        let data = answer["data"].as_str().unwrap_or_default();
        BASE64_STANDARD.decode(data).expect("a picture in base64")
    }

    /// Asks until there is an answer.
    ///
    /// # Panics
    ///
    /// Panics when it does not come.
    pub fn until<T>(&mut self, what: &str, mut ask: impl FnMut(&mut Self) -> Option<T>) -> T {
        let started = Instant::now();
        loop {
            if let Some(answer) = ask(self) {
                return answer;
            }
            assert!(started.elapsed() < PATIENCE, "{what} did not come");
            std::thread::sleep(Duration::from_millis(20));
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
