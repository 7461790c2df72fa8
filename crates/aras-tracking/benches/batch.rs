//! A batch of 10,000 references against a server on this machine: memory and pace.
//!
//! Run it with `cargo xtask bench`.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops, prints, and measures real time"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use aras_tracking::query::{BatchItem, Pace};
use aras_tracking::{BaseUrl, CustomerReference, Login, QueryClient, QueryEnvironment};

const REFERENCES: u32 = 10_000;

/// Starts a server that finds every parcel. It keeps nothing.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || serve(stream.unwrap()));
        }
    });
    format!("http://{address}")
}

/// Answers requests until the connection ends.
fn serve(stream: TcpStream) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream;
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let line = line.trim().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let body = String::from_utf8_lossy(&body);
        let code = body.split("IntegrationCode&gt;").nth(1)?;
        let rows = code.split("&lt;").next()?.split(',').map(|code| {
            format!(
                "{{\"MUSTERI_OZEL_KODU\":\"{code}\",\"DURUM_KODU\":\"2\",\"DURUMU\":\"YOLDA\"}}"
            )
        });
        let rows: Vec<_> = rows.collect();
        let answer = format!(
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
             <GetQueryJSONResponse xmlns=\"http://tempuri.org/\"><GetQueryJSONResult>\
             {{\"QueryResult\":{{\"Cargo\":[{}]}}}}</GetQueryJSONResult></GetQueryJSONResponse></s:Body></s:Envelope>",
            rows.join(",")
        );
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(answer.as_bytes()).ok()?;
    }
}

/// Returns the memory that this process uses, in KiB; 0 where the system does not report it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let digits = line.and_then(|line| line.split_whitespace().next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

async fn run(client: &QueryClient, pace: Pace) {
    let references = (0..REFERENCES).map(|n| CustomerReference::new(format!("KV-{n}")).unwrap());
    let started = Instant::now();
    let mut batch = client.batch(references, pace);
    let mut seen = 0;
    let mut memory = Vec::new();
    while let Some(item) = batch.next().await {
        if let BatchItem::Answer { result, .. } = item {
            assert_eq!(result.unwrap().len(), 1);
            seen += 1;
            if seen % (REFERENCES / 5) == 0 {
                memory.push(resident());
            }
        }
    }
    let took = started.elapsed();
    let calls = batch.progress().calls;
    let steps = u32::try_from(calls - 1).unwrap_or(u32::MAX);
    println!(
        "{:>6} ms a step, {:>3} listed, {:>2} open: {seen} references, {calls} calls in {:.3} s ({:.3} s by the pace), KiB resident {memory:?}",
        pace.every.as_millis(),
        pace.listed,
        pace.open,
        took.as_secs_f64(),
        (pace.every * steps).as_secs_f64(),
    );
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let environment = QueryEnvironment::At(BaseUrl::parse(&server()).unwrap());
    let login = Login::published_test_account();
    let client = QueryClient::builder(&environment, login)
        .unwrap()
        .build()
        .unwrap();
    runtime.block_on(async {
        let pace = Pace::default().open(8);
        run(&client, pace.every(Duration::from_millis(2))).await;
        run(&client, pace.every(Duration::from_millis(5)).listed(20)).await;
        run(&client, pace.every(Duration::ZERO)).await;
    });
}
