//! The pace at which a table of a SOAP answer is read, by its number of rows, beside bare quick-xml over
//! the same bytes.
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

use kervan_wire::soap::{self, Call, Rows};
use quick_xml::events::Event;
use quick_xml::reader::{NsReader, Reader};
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

/// The share of bare quick-xml's pace that the walk aims at.
const AIM: f64 = 0.8;

const TURNS: usize = 15;

/// Reads every event and looks at none.
fn events(text: &str) -> usize {
    let mut reader = Reader::from_str(text);
    let mut count = 0;
    while !matches!(reader.read_event().unwrap(), Event::Eof) {
        count += 1;
    }
    count
}

/// Reads every event with the namespace of its element.
fn resolved_events(text: &str) -> usize {
    let mut reader = NsReader::from_str(text);
    let mut count = 0;
    while !matches!(reader.read_resolved_event().unwrap(), (_, Event::Eof)) {
        count += 1;
    }
    count
}

/// Hands out the rows, and looks at one column of each.
fn walk(text: &str) -> usize {
    let mut length = 0;
    soap::read(text, CALL, |row| {
        length += row.text("GUID").map_or(0, str::len);
        Ok(())
    })
    .unwrap();
    length
}

/// Keeps every row as a value of a type.
fn keep(text: &str) -> usize {
    let mut kept: Rows<Seller> = Rows::default();
    soap::read(text, CALL, |row| kept.push(row)).unwrap();
    kept.finish().0.len()
}

/// Returns the median time of each way to read the text, in seconds. They take turns.
fn seconds<const N: usize>(text: &str, ways: [fn(&str) -> usize; N]) -> [f64; N] {
    let mut times = ways.map(|_| Vec::with_capacity(TURNS));
    for _ in 0..TURNS {
        for (way, times) in ways.iter().zip(&mut times) {
            let started = Instant::now();
            black_box(way(text));
            times.push(started.elapsed().as_secs_f64());
        }
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[TURNS / 2]
    })
}

/// Returns the most memory that this process has held, in MB, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kb| format!("{} MB", kb / 1024))
}

fn main() {
    println!("a table of a SOAP answer: MB/s, and the share of bare quick-xml's pace (aim {AIM})");
    println!(
        "{:>8}  {:>8}  {:>9}  {:>10}  {:>13}  {:>13}  peak memory",
        "rows", "text", "quick-xml", "namespaces", "walked", "kept"
    );
    for rows in [1_000, 10_000, 100_000] {
        let text = answer(rows);
        walk(&text);
        let after_walking = peak();
        keep(&text);
        let after_keeping = peak();
        let [bare, resolved, walked, kept] = seconds(&text, [events, resolved_events, walk, keep]);
        #[expect(clippy::cast_precision_loss, reason = "megabytes")]
        let megabytes = text.len() as f64 / 1e6;
        let pace = |seconds: f64| megabytes / seconds;
        let share = |seconds: f64| format!("{:.0} ({:.2})", pace(seconds), bare / seconds);
        println!(
            "{rows:>8}  {megabytes:>5.1} MB  {:>9.0}  {:>10}  {:>13}  {:>13}  \
             {after_walking} walked, {after_keeping} kept",
            pace(bare),
            share(resolved),
            share(walked),
            share(kept),
        );
    }
}
