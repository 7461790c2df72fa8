//! The page in a real browser: it posts every field unchanged, by its script and by its button.
//!
//! Skipped with a notice where no Chromium is installed; CI installs one.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use haso_bnpl::{PageTexts, Token};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::page::{HOSTILE, hostile_order};
use crate::support::{builder, order};

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "headless_shell",
];

/// The browser, by `CHROMIUM` or on the path.
fn chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Some(path.into());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|dir| NAMES.map(|name| dir.join(name)))
        .find(|file| file.is_file())
}

/// One request: its first line, and its body by `Content-Length`.
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

/// Serves one page at `/`, and sends on what is posted; a post is answered with a redirect to
/// another page, as HASO does.
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

/// Opens a page in the browser and gives what it posts, or `None` when it posts nothing.
fn posts(
    browser: &PathBuf,
    order: &haso_bnpl::StartOrder,
    change: fn(String) -> String,
) -> (Vec<(String, String)>, Option<Vec<u8>>) {
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
    let head = lines.concat();
    let (sender, receiver) = mpsc::channel();
    runtime.spawn(serve(
        listener,
        head,
        change(page.html().to_owned()),
        sender,
    ));
    let profile = tempfile::tempdir().unwrap();
    let mut child = Command::new(browser)
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--remote-debugging-port=0",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("{base}/"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let body = receiver.recv_timeout(Duration::from_secs(60)).ok();
    let _ = child.kill();
    let _ = child.wait();
    let fields = form
        .fields()
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    (fields.collect(), body)
}

fn assert_posted(fields: &[(String, String)], body: Option<Vec<u8>>) {
    let Some(body) = body else {
        panic!("the browser posted nothing")
    };
    let read = kervan_core::form::Fields::parse(None, &body).unwrap();
    let read: Vec<_> = read
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    assert_eq!(read, fields);
}

#[test]
fn a_browser_posts_every_field_unchanged() {
    let Some(browser) = chromium() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI has a browser: .ci/run installs Chromium"
        );
        eprintln!("SKIPPED: no Chromium on the path and none in CHROMIUM");
        return;
    };
    let (fields, body) = posts(&browser, &order(), |html| html);
    assert_posted(&fields, body);
    // All hostile texts at once: a script that ran or a form that was replaced would show.
    let (fields, body) = posts(&browser, &hostile_order(&HOSTILE.concat()), |html| html);
    assert_posted(&fields, body);
}
