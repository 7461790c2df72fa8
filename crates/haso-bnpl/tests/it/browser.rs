//! The page in a real browser: it posts every field unchanged, by its script and by its button.
//!
//! Skipped with a notice where no Chromium is installed; CI installs one.

#![expect(clippy::disallowed_methods, reason = "a real browser takes real time")]

use std::sync::mpsc;
use std::time::{Duration, Instant};

use haso_bnpl::{PageTexts, StartOrder, Token};
use serde_json::json;
use testkit::browser::{Browser, PATIENCE, chromium_or_notice};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::page::{HOSTILE, hostile_order};
use crate::support::{builder, order};

/// Reads one request: its first line, and its body by `Content-Length`.
async fn read_request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        let mut chunk = [0; 4096];
        let read = stream
            .read(&mut chunk)
            .await
            .ok()
            .filter(|read| *read > 0)?;
        bytes.extend_from_slice(&chunk[..read]);
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let length = text
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0);
    let mut body = bytes.split_off(head);
    while body.len() < length {
        let mut chunk = [0; 4096];
        let read = stream
            .read(&mut chunk)
            .await
            .ok()
            .filter(|read| *read > 0)?;
        body.extend_from_slice(&chunk[..read]);
    }
    Some((text.lines().next().unwrap_or_default().to_owned(), body))
}

/// Serves one page at `/`, and passes on the posts. It answers a post with a redirect to another page, as
/// HASO does.
async fn serve(listener: TcpListener, head: String, html: String, posted: mpsc::Sender<Vec<u8>>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let Some((line, body)) = read_request(&mut stream).await else {
            continue;
        };
        let answer = if line.starts_with("POST /ServletV2/Transaction ") {
            let _ = posted.send(body);
            "HTTP/1.1 302 Found\r\nLocation: /screens\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()
        } else if line.starts_with("GET / ") {
            format!(
                "HTTP/1.1 200 OK\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n{html}",
                html.len()
            )
        } else {
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndone".to_owned()
        };
        let _ = stream.write_all(answer.as_bytes()).await;
    }
}

/// A served page, the fields of its form, and the posts.
struct Served {
    base: String,
    fields: Vec<(String, String)>,
    posted: mpsc::Receiver<Vec<u8>>,
    _runtime: tokio::runtime::Runtime,
}

impl Served {
    fn new(order: &StartOrder, change: fn(&str) -> String) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let client = builder(&base).tokens(Token::from("TOKEN")).build().unwrap();
        let form = runtime.block_on(client.order_form(order)).unwrap();
        let page = form.page(&PageTexts::turkish());
        let lines = page
            .headers()
            .map(|(name, value)| [name, ": ", &value, "\r\n"].concat());
        let (sender, posted) = mpsc::channel();
        runtime.spawn(serve(listener, lines.concat(), change(page.html()), sender));
        let fields = form
            .fields()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            base,
            fields: fields.collect(),
            posted,
            _runtime: runtime,
        }
    }

    /// Asserts that the post is the form, to the letter.
    fn assert_posted(&self, body: Option<Vec<u8>>) {
        let Some(body) = body else {
            panic!("the browser posted nothing")
        };
        let read = kervan_wire::form::Fields::parse(None, &body).unwrap();
        let read: Vec<_> = read
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        assert_eq!(read, self.fields);
    }
}

#[test]
fn a_browser_posts_every_field_unchanged() {
    let Some(program) = chromium_or_notice() else {
        return;
    };
    // All hostile texts at once: a script that ran or a form that was replaced would show.
    for order in [order(), hostile_order(&HOSTILE.concat())] {
        let served = Served::new(&order, str::to_owned);
        let _browser = Browser::open(&program, &format!("{}/", served.base));
        served.assert_posted(served.posted.recv_timeout(PATIENCE).ok());
    }
}

#[test]
fn the_button_posts_where_scripts_are_off() {
    let Some(program) = chromium_or_notice() else {
        return;
    };
    // Without its script, so that nothing but the button can have posted the form.
    let served = Served::new(&hostile_order(&HOSTILE.concat()), |html| {
        let (before, rest) = html.split_once("<script>").unwrap();
        [before, rest.split_once("</script>").unwrap().1].concat()
    });
    let browser = Browser::open(&program, "about:blank");
    let mut devtools = browser.page();
    devtools.command(
        "Emulation.setScriptExecutionDisabled",
        &json!({"value": true}),
    );
    devtools.command(
        "Page.navigate",
        &json!({"url": format!("{}/", served.base)}),
    );
    let started = Instant::now();
    let body = loop {
        // The page may not be there yet; pressing again does no harm.
        devtools.press("Tab", 9, "");
        devtools.press("Enter", 13, "\r");
        match served.posted.recv_timeout(Duration::from_millis(500)) {
            Ok(body) => break Some(body),
            Err(_) if started.elapsed() > PATIENCE => break None,
            Err(_) => {}
        }
    };
    served.assert_posted(body);
}
