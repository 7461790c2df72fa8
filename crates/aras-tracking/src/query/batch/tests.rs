//! Tests of the batch over a transport that answers at once and counts.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use kervan_core::transport::{BoxFuture, Limits};
use kervan_core::{Host, HttpRequest, Reply, Transport, TransportError};
use kervan_testing::MovableHost;

use super::*;
use crate::login::{CustomerCode, Login};
use crate::parts::{Password, UserName};
use crate::query::QueryEnvironment;

/// Answers type 1 with the reference asked for, type 100 with all of the list but the last.
#[derive(Clone)]
struct Carrier {
    host: MovableHost,
    open: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    starts: Arc<Mutex<Vec<Duration>>>,
}

impl Default for Carrier {
    fn default() -> Self {
        Self {
            host: MovableHost::at(SystemTime::UNIX_EPOCH),
            open: Arc::default(),
            most: Arc::default(),
            starts: Arc::default(),
        }
    }
}

fn answer(request: &HttpRequest) -> String {
    let body = String::from_utf8_lossy(&request.body);
    let codes = body.split("&lt;IntegrationCode&gt;").nth(1).unwrap();
    let codes = codes.split("&lt;/IntegrationCode").next().unwrap();
    let known: Vec<_> = codes
        .split(',')
        .filter(|code| !code.ends_with('x'))
        .collect();
    // Some services write references in their own letters.
    let rows = known
        .iter()
        .map(|code| match *code {
            "İş-1" => "IS-1 ",
            "low" => "LOW",
            "wrong" => "KV-2",
            code => code,
        })
        .map(|code| format!("{{\"MUSTERI_OZEL_KODU\":\"{code}\",\"DURUM_KODU\":\"2\"}}"));
    let stray = codes
        .contains("stray")
        .then(|| "{\"MUSTERI_OZEL_KODU\":\"other\"}".to_owned());
    let rows: Vec<_> = rows.chain(stray).collect();
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
         <GetQueryJSONResponse xmlns=\"http://tempuri.org/\"><GetQueryJSONResult>\
         {{\"QueryResult\":{{\"Cargo\":[{}]}}}}</GetQueryJSONResult></GetQueryJSONResponse></s:Body></s:Envelope>",
        rows.join(",")
    )
}

impl Transport for Carrier {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        _limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        Box::pin(async move {
            self.starts.lock().unwrap().push(self.host.steady());
            let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(open, Ordering::SeqCst);
            tokio::task::yield_now().await;
            self.open.fetch_sub(1, Ordering::SeqCst);
            let text = answer(request);
            let asked = String::from_utf8_lossy(&request.body);
            if asked.contains("fault") && asked.contains("QueryType&gt;100") {
                let fault = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
                    <s:Fault><faultcode xmlns:a=\"x\">a:InternalServiceFault</faultcode>\
                    <faultstring>x</faultstring></s:Fault></s:Body></s:Envelope>";
                return Ok(Reply::new(500, Vec::new(), fault.as_bytes().to_vec()));
            }
            let status = if text.contains("boom") { 503 } else { 200 };
            let body = if status == 503 { String::new() } else { text };
            Ok(Reply::new(status, Vec::new(), body.into_bytes()))
        })
    }
}

fn client(carrier: &Carrier) -> Client<QuerySettings> {
    let builder = Client::<QuerySettings>::builder(
        &QueryEnvironment::Test,
        Login::new(
            UserName::new("u"),
            Password::new("p"),
            CustomerCode::new("c"),
        ),
    );
    let host = carrier.host.clone();
    builder.unwrap().build_over(carrier.clone(), host)
}

fn references(texts: impl IntoIterator<Item = String>) -> Vec<CustomerReference> {
    let texts = texts.into_iter();
    texts
        .map(|text| CustomerReference::new(text).unwrap())
        .collect()
}

async fn all(batch: &mut Batch<impl Iterator<Item = CustomerReference> + Unpin>) -> Vec<String> {
    let mut shown = Vec::new();
    while let Some(item) = batch.next().await {
        shown.push(match item {
            BatchItem::Answer { reference, result } => {
                let parcels = result.map_or("failed".to_owned(), |found| found.len().to_string());
                format!("{reference}: {parcels}")
            }
            BatchItem::Stray(parcel) => format!("stray {:?}", parcel.reference),
        });
    }
    shown.sort();
    shown
}

#[test]
fn every_reference_is_answered_once() {
    let carrier = Carrier::default();
    let many = references(
        (0..50)
            .map(|n| format!("K{n:02}"))
            .chain(["Kx".to_owned(), "Kboom".to_owned()]),
    );
    let pace = Pace::default().every(Duration::ZERO).open(3);
    let seen = Arc::new(Mutex::new(Progress::default()));
    let hook = Arc::clone(&seen);
    let batch = client(&carrier).batch(many, pace);
    let mut batch = batch.on_progress(move |progress| *hook.lock().unwrap() = progress);
    let shown = carrier.host.run(all(&mut batch));
    assert_eq!(shown.len(), 52);
    assert!(shown.contains(&"Kx: 0".to_owned()) && shown.contains(&"Kboom: failed".to_owned()));
    let expected = Progress {
        calls: 52,
        answered: 51,
        not_found: 1,
        failed: 1,
    };
    assert_eq!(
        (batch.progress(), *seen.lock().unwrap()),
        (expected, expected)
    );
    assert_eq!(carrier.most.load(Ordering::SeqCst), 3);
}

#[test]
fn lists_are_parted_again() {
    let carrier = Carrier::default();
    let texts = ["A1", "A2x", "A3", "stray", "B,1", "C1"].map(str::to_owned);
    let pace = Pace::default().every(Duration::ZERO).listed(4);
    let mut batch = client(&carrier).batch(references(texts), pace);
    let shown = carrier.host.run(all(&mut batch));
    // The reference with a comma goes alone; rows of the parts are of other references.
    assert_eq!(
        shown,
        [
            "A1: 1",
            "A2x: 0",
            "A3: 1",
            "B,1: 0",
            "C1: 1",
            "stray Some(\"1\")",
            "stray Some(\"B\")",
            "stray Some(\"other\")",
            "stray: 1"
        ]
    );
    // The reference without a row is asked for alone, as a row was nobody's.
    assert_eq!(batch.progress().calls, 4);
}

#[test]
fn a_list_is_attributed_whatever_the_spelling() {
    let carrier = Carrier::default();
    // The carrier answers the folded texts of these: see `answer`.
    let texts = ["İş-1 ", "A1", "A1", "A2x", "A2x", "low"].map(str::to_owned);
    let pace = Pace::default().every(Duration::ZERO).listed(10);
    let mut batch = client(&carrier).batch(references(texts), pace);
    let shown = carrier.host.run(all(&mut batch));
    assert_eq!(
        shown,
        ["A1: 1", "A1: 1", "A2x: 0", "A2x: 0", "low: 1", "İş-1: 1"]
    );
    let progress = batch.progress();
    assert_eq!(
        (progress.calls, progress.answered, progress.not_found),
        (1, 6, 2)
    );
}

#[test]
fn a_row_goes_to_the_one_it_can_be_of() {
    let chunk = |texts: &[&str]| counted(references(texts.iter().map(|text| (*text).to_owned())));
    let of = |texts: &[&str], row: &str| {
        let reference = Some(row.to_owned());
        let parcel = Parcel {
            reference,
            ..Parcel::default()
        };
        owner(&chunk(texts), &parcel)
    };
    assert_eq!(of(&["KV-1", "kv-1"], " kv-1 "), Some(1));
    assert_eq!(of(&["İŞ1", "X"], "is1"), Some(0));
    assert_eq!(of(&["KV-1", "kv-1"], "Kv-1"), None);
    assert_eq!(of(&["KV-1", "X"], "KV1"), None);
    assert_eq!(of(&["KV-1", "KV-1"], "kv-1"), Some(0));
    assert_eq!(of(&["KV-1", "X"], " "), None);
}

#[test]
fn w13_a_row_of_another_reference_is_nobodys() {
    let chunk = |text: &str| counted(references([text.to_owned()]));
    let of = |text: &str, row: Option<&str>| {
        let reference = row.map(str::to_owned);
        let parcel = Parcel {
            reference,
            ..Parcel::default()
        };
        owner(&chunk(text), &parcel)
    };
    assert_eq!(of("KV-1", Some("KV-2")), None);
    assert_eq!(of("KV-1", Some("KV-11")), None);
    assert_eq!(of("KV-1", Some("KV1")), None);
    assert_eq!(of("KV-1", Some(" kv-1 ")), Some(0));
    // Without the column it stays the reference's own.
    assert_eq!(of("KV-1", None), Some(0));
    assert_eq!(of("KV-1", Some(" ")), Some(0));
}

#[test]
fn w13_a_batch_tells_strays_apart_and_asks_once() {
    let carrier = Carrier::default();
    let many = references(["KV-1", "wrong", "KV-3"].map(str::to_owned));
    let pace = Pace::default().every(Duration::ZERO);
    let mut batch = client(&carrier).batch(many, pace);
    let shown = carrier.host.run(all(&mut batch));
    // The carrier answers another reference for this one: see `answer`.
    assert_eq!(
        shown,
        ["KV-1: 1", "KV-3: 1", "stray Some(\"KV-2\")", "wrong: 0"]
    );
    assert_eq!(batch.progress().calls, 3);
}

#[test]
fn after_an_internal_fault_each_is_asked_alone() {
    let carrier = Carrier::default();
    let texts = ["A1", "fault", "A1", "A2x"].map(str::to_owned);
    let pace = Pace::default().every(Duration::ZERO).listed(10);
    let mut batch = client(&carrier).batch(references(texts), pace);
    let shown = carrier.host.run(all(&mut batch));
    assert_eq!(shown, ["A1: 1", "A1: 1", "A2x: 0", "fault: 1"]);
    assert_eq!(batch.progress().calls, 4);
}

#[test]
fn a_slow_program_makes_no_two_calls_at_once() {
    let carrier = Carrier::default();
    let every = Duration::from_millis(40);
    let many = references((0..8).map(|n| n.to_string()));
    let pace = Pace::default().every(every).open(4);
    let mut batch = client(&carrier).batch(many, pace);
    while carrier.host.run(batch.next()).is_some() {
        carrier.host.advance(every * 9 / 5);
    }
    let starts = carrier.starts.lock().unwrap();
    let gaps = starts
        .windows(2)
        .map(|pair| pair[1].saturating_sub(pair[0]));
    let short = gaps.filter(|gap| *gap < every / 10 * 9).count();
    assert_eq!((starts.len(), short), (8, 0));
}

#[test]
fn the_slowest_pace_is_no_pace_of_none() {
    let carrier = Carrier::default();
    let many = references((0..3).map(|n| n.to_string()));
    let pace = Pace::default().every(Duration::MAX);
    let mut batch = client(&carrier).batch(many, pace);
    assert!(carrier.host.run(batch.next()).is_some());
    assert!(carrier.host.run(batch.next()).is_some());
    assert_eq!(
        *carrier.starts.lock().unwrap(),
        [Duration::ZERO, SLOWEST],
        "a year lies between two calls"
    );
}

#[test]
fn nothing_starts_while_nobody_asks() {
    let carrier = Carrier::default();
    let many = references((0..10).map(|n| n.to_string()));
    let pace = Pace::default().every(Duration::ZERO).open(2);
    let mut batch = client(&carrier).batch(many, pace);
    assert!(carrier.starts.lock().unwrap().is_empty());
    carrier.host.run(batch.next()).unwrap();
    carrier.host.advance(SLOWEST);
    assert!(carrier.starts.lock().unwrap().len() <= 2);
}

#[test]
fn calls_start_no_sooner_than_the_pace() {
    let carrier = Carrier::default();
    let every = Duration::from_secs(5);
    let many = references((0..20).map(|n| n.to_string()));
    let mut batch = client(&carrier).batch(many, Pace::default().every(every));
    carrier.host.run(all(&mut batch));
    let starts = carrier.starts.lock().unwrap();
    let on_time: Vec<_> = (0..20).map(|step| every * step).collect();
    assert_eq!(*starts, on_time);
}
