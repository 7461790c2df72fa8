//! Start of the program, its memory while it is idle, and 500 tests beside each other on one server.
//! Prints figures and asserts nothing about time.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark measures real time, prints its figures, and has nobody to report errors to"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

const WORLDS: usize = 500;
/// Tests at a time, as a test runner on a larger machine has them.
const THREADS: usize = 32;
const STARTS: usize = 21;

fn main() {
    let mut starts: Vec<Duration> = (0..STARTS).map(|_| start()).collect();
    starts.sort();
    println!(
        "start, until it answers: median {:.1} ms of {STARTS}",
        millis(starts[STARTS / 2])
    );

    let (mut child, _, address) = started();
    thread::sleep(Duration::from_secs(1));
    println!("idle: {} MiB resident", resident(&child));

    let begin = Instant::now();
    let left = Mutex::new(WORLDS);
    let seen = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while take(&left) {
                    let calls = one_test(&address);
                    seen.lock().unwrap().push(calls);
                }
            });
        }
    });
    let took = begin.elapsed();
    let seen = seen.into_inner().unwrap();
    // A benchmark of tests that see each other would be worth nothing.
    assert_eq!(seen, vec![3; WORLDS]);
    println!(
        "{WORLDS} worlds, {THREADS} at a time, each opened, asked, counted and closed: {:.2} s",
        took.as_secs_f64()
    );
    println!("after them: {} MiB resident", resident(&child));
    let _ = child.kill();
    let _ = child.wait();
}

fn take(left: &Mutex<usize>) -> bool {
    let mut left = left.lock().unwrap();
    let is_left = *left > 0;
    *left = left.saturating_sub(1);
    is_left
}

/// Opens a world, makes three calls in it, and returns how many its log has.
fn one_test(address: &str) -> usize {
    let opened = call(address, "POST", "/_sandbox/worlds", "", "{}");
    let world: Value = serde_json::from_str(&opened).unwrap();
    let name = world["name"].as_str().unwrap();
    let key = world["logins"]["horoz"]["process_key"].as_str().unwrap();
    for _ in 0..3 {
        let counties = call(
            address,
            "GET",
            &format!("/w/{name}/horoz/listCounties"),
            key,
            "",
        );
        assert!(counties.contains("STA-100"));
    }
    let calls = call(
        address,
        "GET",
        &format!("/_sandbox/worlds/{name}/calls"),
        "",
        "",
    );
    let calls: Value = serde_json::from_str(&calls).unwrap();
    call(
        address,
        "DELETE",
        &format!("/_sandbox/worlds/{name}"),
        "",
        "",
    );
    calls["records"].as_array().unwrap().len()
}

fn call(address: &str, method: &str, target: &str, key: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "{method} {target} HTTP/1.1\r\nHost: {address}\r\nprocessKey: {key}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
        .split_once("\r\n\r\n")
        .map(|(_, body)| body.to_owned())
        .unwrap()
}

/// Starts the program and ends it. Returns how long it took until it answers.
fn start() -> Duration {
    let (mut child, took, _) = started();
    let _ = child.kill();
    let _ = child.wait();
    took
}

fn started() -> (Child, Duration, String) {
    let begin = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kervan-sandbox"))
        .args(["--port", "0", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let told: Value = serde_json::from_str(&line).unwrap();
    let control = told["control"].as_str().unwrap();
    let address = control.split('/').nth(2).unwrap().to_owned();
    TcpStream::connect(&address).unwrap();
    (child, begin.elapsed(), address)
}

/// Reads the resident memory from the system; absent where it does not tell.
fn resident(child: &Child) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.map_or_else(|| "?".to_owned(), |kib| format!("{:.1}", kib / 1024.0))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
