//! Reading labels with large files, beside nothing but their base64.
//!
//! Run it with `cargo xtask bench`.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops, prints, and measures real time"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use aras_tracking::shipments::FetchArasLabel;
use aras_tracking::{CustomerReference, Login, ShipmentClient, ShipmentEnvironment};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kervan_core::{Operation, Reply};
use kervan_testing::{MovableHost, Script};

/// The bytes of a file, and how many files a label has of each kind.
const LABELS: [(usize, usize); 4] = [(10_000, 2), (100_000, 2), (1_000_000, 1), (1_000_000, 4)];

/// How long each of the two is measured.
const MEASURED: Duration = Duration::from_millis(500);

/// Returns bytes without a pattern, as of a compressed file.
fn file(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn answer(texts: &[String]) -> Reply {
    let list = |name: &str, item: &str| {
        let items = texts.iter().map(|text| format!("<{item}>{text}</{item}>"));
        format!("<{name}>{}</{name}>", items.collect::<String>())
    };
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <soap:Body><GetArasBarcodeResponse xmlns=\"http://tempuri.org/\"><GetArasBarcodeResult>{}<ZebraZpl><string>^XA^XZ</string>\
         </ZebraZpl>{}<BarcodeModelLst><BarcodeModel><Barcode>202600041701</Barcode></BarcodeModel></BarcodeModelLst>\
         <ResultCode>0</ResultCode></GetArasBarcodeResult></GetArasBarcodeResponse></soap:Body></soap:Envelope>",
        list("Images", "base64Binary"),
        list("ZebraPdf", "string")
    );
    let content_type = (
        "Content-Type".to_owned(),
        "text/xml; charset=utf-8".to_owned(),
    );
    Reply::new(200, vec![content_type], body.into_bytes())
}

/// Returns the time of one of many runs.
fn measured(mut run: impl FnMut()) -> Duration {
    run();
    let start = Instant::now();
    let mut runs = 0;
    while start.elapsed() < MEASURED {
        run();
        runs += 1;
    }
    start.elapsed() / runs
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people")]
fn rate(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / time.as_secs_f64() / 1e6
}

fn main() {
    let login = Login::published_test_account();
    let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
    let client = ShipmentClient::builder(&ShipmentEnvironment::Test, login).unwrap();
    let client = client.build_over(Script::new(), host);
    let call = FetchArasLabel::new(CustomerReference::new("KV-1").unwrap());
    println!("| files | of bytes | a label | MB/s | bare base64 | MB/s | times |");
    println!("|---|---|---|---|---|---|---|");
    for (length, count) in LABELS {
        let bytes = file(length);
        let texts = vec![STANDARD.encode(&bytes); count];
        let reply = answer(&texts);
        let label = call.decode(client.settings(), &reply).unwrap();
        assert!(label.pdf.len() == count && label.images[0].as_bytes() == bytes);
        let whole = measured(|| {
            let _ = black_box(call.decode(client.settings(), black_box(&reply)));
        });
        let bare = measured(|| {
            // Both kinds of files.
            for text in texts.iter().chain(&texts) {
                let _ = black_box(STANDARD.decode(black_box(text)));
            }
        });
        let all = 2 * count * length;
        println!(
            "| {} | {length} | {whole:.1?} | {:.0} | {bare:.1?} | {:.0} | {:.1} |",
            2 * count,
            rate(all, whole),
            rate(all, bare),
            whole.as_secs_f64() / bare.as_secs_f64()
        );
    }
}
