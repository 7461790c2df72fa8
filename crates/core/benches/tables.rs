//! How fast a table of a SOAP answer is read, by its number of rows.
//!
//! Run it with `cargo xtask bench`.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures")]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops and prints"
)]

use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

use kervan_core::soap::{self, Call, Rows};
use serde::Deserialize;

const CALL: Call = Call::new("https://shop.example/", "List");

/// The columns of a list of sellers.
#[derive(Deserialize)]
#[expect(dead_code, reason = "filled, and counted only")]
struct Seller {
    #[serde(rename = "ID")]
    id: Option<String>,
    #[serde(rename = "Durum")]
    state: Option<String>,
    #[serde(rename = "Tip")]
    kind: Option<String>,
    #[serde(rename = "Ad_Soyad")]
    name: Option<String>,
    #[serde(rename = "Unvan")]
    title: Option<String>,
    #[serde(rename = "GSM_No")]
    phone: Option<String>,
    #[serde(rename = "IBAN_No")]
    iban: Option<String>,
    #[serde(rename = "Adres")]
    address: Option<String>,
    #[serde(rename = "Il")]
    province: Option<String>,
    #[serde(rename = "GUID")]
    key: Option<String>,
    #[serde(rename = "Tarih")]
    date: Option<String>,
}

fn answer(rows: usize) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <soap:Body><ListResponse xmlns=\"https://shop.example/\"><ListResult><DT_Bilgi>\
         <diffgr:diffgram xmlns:diffgr=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><NewDataSet xmlns=\"\">",
    );
    for row in 0..rows {
        write!(
            text,
            "<Temp1 diffgr:id=\"Temp1{row}\"><ID>{row}</ID><Durum>1</Durum><Tip>2</Tip><Ad_Soyad>Ayşe Örnek {row}</Ad_Soyad>\
             <Unvan>Örnek Ticaret &amp; Oğulları</Unvan><GSM_No>5550000001</GSM_No><IBAN_No>TR330006100519786457841326</IBAN_No>\
             <Adres>Deneme Mahallesi Çiçekli Sokak No: {row} Karşıyaka</Adres><Il>35</Il>\
             <GUID>0c13d406-873b-403b-9c09-a5766840d98c</GUID><Tarih>2026-11-20T09:12:38.94+03:00</Tarih></Temp1>"
        )
        .unwrap();
    }
    text.push_str("</NewDataSet></diffgr:diffgram></DT_Bilgi><Sonuc>1</Sonuc></ListResult></ListResponse></soap:Body></soap:Envelope>");
    text
}

/// The median time of five runs, in seconds.
fn seconds(mut run: impl FnMut() -> usize) -> f64 {
    let mut times: Vec<_> = (0..5)
        .map(|_| {
            let started = Instant::now();
            black_box(run());
            started.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

/// The most memory that this process has held, in MB, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kb| format!("{} MB", kb / 1024))
}

fn main() {
    println!(
        "{:>8}  {:>8}  {:>14}  {:>14}  {:>12}",
        "rows", "text", "walked, MB/s", "kept, MB/s", "peak memory"
    );
    for rows in [1_000, 10_000, 100_000] {
        let text = answer(rows);
        #[expect(clippy::cast_precision_loss, reason = "megabytes")]
        let megabytes = text.len() as f64 / 1e6;
        let walked = seconds(|| {
            let mut count = 0;
            soap::read(&text, CALL, |row| {
                count += row.text("GUID").map_or(0, str::len);
                Ok(())
            })
            .unwrap();
            count
        });
        let after_walking = peak();
        let kept = seconds(|| {
            let mut kept: Rows<Seller> = Rows::default();
            soap::read(&text, CALL, |row| kept.push(row)).unwrap();
            kept.finish().0.len()
        });
        println!(
            "{rows:>8}  {megabytes:>5.1} MB  {:>14.0}  {:>14.0}  {after_walking} walked, {} kept",
            megabytes / walked,
            megabytes / kept,
            peak()
        );
    }
}
