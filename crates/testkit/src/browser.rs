//! A real browser for tests of pages: Chromium without a screen, driven by its own protocol.
//!
//! A test is skipped with a notice where no Chromium is installed; CI installs one.

mod devtools;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub use self::devtools::{Devtools, PATIENCE};

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "headless_shell",
];

/// Returns the browser's program, by `CHROMIUM` or on the path.
fn chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Some(path.into());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|dir| NAMES.map(|name| dir.join(name)))
        .find(|file| file.is_file())
}

/// Returns the browser's program, or prints a notice that the test is skipped.
///
/// # Panics
///
/// Panics without a browser in CI, which installs one.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub fn chromium_or_notice() -> Option<PathBuf> {
    let found = chromium();
    if found.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI has a browser: .ci/run installs Chromium"
        );
        eprintln!("SKIPPED: no Chromium on the path and none in CHROMIUM");
    }
    found
}

/// A browser with a profile of its own, ended with the test.
#[derive(Debug)]
pub struct Browser {
    child: Child,
    profile: tempfile::TempDir,
}

impl Browser {
    /// Opens a browser at an address.
    ///
    /// # Panics
    ///
    /// Panics when the program cannot be started.
    pub fn open(program: &Path, address: &str) -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let child = Command::new(program)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
            ])
            .args([
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a browser");
        Self { child, profile }
    }

    /// Connects to its page.
    ///
    /// # Panics
    ///
    /// Panics when the browser does not answer.
    pub fn page(&self) -> Devtools {
        Devtools::connect(self.profile.path())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// A page that is taller than its window, with a button that leads to another one.
    const PAGE: &str = "<!DOCTYPE html><html><head><title>one</title><style>
        @media (prefers-color-scheme: dark) { #scheme::after { content: 'dark' } body { background: #000 } }
        form { margin-top: 3000px }</style></head><body><p id=scheme>scheme</p>
        <form action=/two><input id=words value=old><button id=go>go</button></form></body></html>";

    /// Serves `PAGE` at `/`, and another one elsewhere.
    fn serve() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let mut head = Vec::new();
                let mut chunk = [0; 4096];
                while !head.windows(4).any(|window| window == b"\r\n\r\n") {
                    match stream.read(&mut chunk) {
                        Ok(read) if read > 0 => head.extend_from_slice(&chunk[..read]),
                        _ => break,
                    }
                }
                let is_first = head.starts_with(b"GET / ");
                let body = if is_first {
                    PAGE
                } else {
                    "<p id=two>second</p>"
                };
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
            }
        });
        address
    }

    /// Returns width and height of a PNG.
    fn size(png: &[u8]) -> [u32; 2] {
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()))
    }

    #[test]
    fn a_page_is_seen_and_clicked() {
        let Some(program) = chromium_or_notice() else {
            return;
        };
        let address = serve();
        let browser = Browser::open(&program, "about:blank");
        let mut page = browser.page();
        page.viewport(390, 800);
        page.navigate(&format!("{address}/"));
        assert_eq!(page.text("#scheme"), "scheme");
        assert_eq!(page.evaluate("innerWidth"), 390);
        assert_eq!(
            page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"),
            false
        );
        let light = page.screenshot();
        assert_eq!(size(&light), [390, 800]);
        page.dark(true);
        assert_eq!(
            page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"),
            true
        );
        assert_ne!(page.screenshot(), light);
        page.viewport(1280, 900);
        assert_eq!(size(&page.screenshot()), [1280, 900]);
        page.fill("#words", "new");
        assert_eq!(
            page.evaluate("document.querySelector('#words').value"),
            "new"
        );
        // Below the window's edge.
        page.click("#go");
        assert_eq!(page.text("#two"), "second");
        assert_eq!(page.evaluate("location.pathname"), "/two");
        // An answer of more than 65,535 bytes.
        let long = page.evaluate("'x'.repeat(200000)");
        assert_eq!(long.as_str().map(str::len), Some(200_000));
        page.watch();
        assert_eq!(page.problems(), [""; 0]);
        for (script, expected) in [
            ("console.error('first')", "first"),
            ("setTimeout(() => { throw 'second' }); 0", "second"),
            ("fetch('http://127.0.0.1:1/third').catch(() => 0)", "third"),
        ] {
            page.evaluate(script);
            let problems = page.until(expected, |page| {
                Some(page.problems()).filter(|problems| !problems.is_empty())
            });
            assert!(problems[0].contains(expected), "{problems:?}");
        }
        let long = format!("'{}'.length", "y".repeat(100_000));
        assert_eq!(page.evaluate(&long), 100_000);
    }
}
