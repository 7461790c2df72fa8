//! Answers out of step and answers that contradict themselves.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use contract_kit::faults::{Fault, FaultServer};
use horoz_shipping::{
    CancelLabel, CancelShippingOrder, CreateLabel, CreateSupplierPaysOrder, Error, Outcome,
    RawCall, RejectionKind, RequestNumber, Sent,
};

use kervan_bulk::{BulkState, RunPlan};

use crate::support::{answer, client, client_of_fresh_connections, json, order, shipping_order};
use crate::support::{create_all, memory};

/// How much later the second copy of an answer comes.
const LATER: Duration = Duration::from_millis(3);

/// A server that sends every answer twice on its connection. Orders with a number that ends in an odd digit
/// are refused, the others are created.
struct Doubling {
    address: String,
    /// How many requests came over a connection that had carried one before.
    reused: Arc<AtomicUsize>,
}

impl Doubling {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let reused = Arc::new(AtomicUsize::new(0));
        let shared = Arc::clone(&reused);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || double(stream, &shared));
            }
        });
        Self { address, reused }
    }

    fn reused(&self) -> usize {
        self.reused.load(Ordering::SeqCst)
    }
}

/// Answers the requests of a connection until it is closed.
#[expect(
    clippy::disallowed_methods,
    reason = "the server's own thread: the copy comes that much later over a real socket"
)]
fn double(mut stream: TcpStream, reused: &AtomicUsize) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    for nth in 0.. {
        let Some(body) = request(&mut reader) else {
            return;
        };
        reused.fetch_add(usize::from(nth > 0), Ordering::SeqCst);
        let number = body.split("\"requestNumber\":\"").nth(1).unwrap();
        let number = number.split('"').next().unwrap();
        let is_odd = number.as_bytes().last().is_some_and(|digit| digit % 2 == 1);
        let answer = answer(if is_odd { "ERR-20005" } else { "STA-100" });
        // The client may have hung up by then.
        for _ in 0..2 {
            if stream.write_all(&answer).is_err() {
                return;
            }
            thread::sleep(LATER);
        }
    }
}

/// Returns the body of the next request.
fn request(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    String::from_utf8(body).ok()
}

fn numbered(number: &str) -> CreateSupplierPaysOrder {
    let mut order = order();
    order.number = RequestNumber::from(number);
    order
}

#[tokio::test]
async fn w12_a_second_copy_of_an_answer_does_not_count_for_the_next_order() {
    let server = Doubling::start();
    let client = client_of_fresh_connections(&server.address, 1);
    for round in 0..10 {
        let created = client
            .send_or_settle(&numbered(&format!("KV-{round}0")))
            .await;
        assert!(matches!(created, Ok(Sent::Done(_))), "{round}: {created:?}");
        let refused = client
            .send_or_settle(&numbered(&format!("KV-{round}1")))
            .await;
        let no = refused.unwrap_err();
        assert_eq!(
            no.error.rejection().unwrap().kind,
            RejectionKind::UnknownSender
        );
    }
    assert_eq!(server.reused(), 0);
}

#[tokio::test]
async fn w12_a_plain_call_and_a_resumed_order_use_fresh_connections_too() {
    let server = Doubling::start();
    let client = client_of_fresh_connections(&server.address, 1);
    assert!(client.call(&numbered("KV-2")).await.is_ok());
    let refused = client.call(&numbered("KV-1")).await;
    assert_eq!(refused.unwrap_err().outcome(), Outcome::NotDone);
    let attempt = client.prepare(&numbered("KV-3")).await.unwrap();
    assert!(client.send(&numbered("KV-3"), &attempt).await.is_err());
    assert!(client.call(&numbered("KV-4")).await.is_ok());
    let resumed = client.resume(&numbered("KV-3"), &attempt).await.unwrap();
    assert!(
        matches!(
            resumed,
            kervan_settling::Resumed::Settled(horoz_shipping::Settled::Refused(_))
        ),
        "{resumed:?}"
    );
    assert_eq!(server.reused(), 0);
}

#[tokio::test]
async fn w12_in_a_batch_no_answer_counts_for_another_order() {
    let server = Doubling::start();
    let client = client_of_fresh_connections(&server.address, 1);
    let orders: Vec<_> = (0..300).map(|n| numbered(&format!("KV-{n:05}"))).collect();
    let plan = RunPlan::default().at_once(8).pause(Duration::ZERO);
    let ledger = memory();
    let mut wrong = Vec::new();
    let run = create_all(&client, &orders, &ledger, &plan, |result| {
        let expected = match result.index % 2 {
            0 => BulkState::Done,
            _ => BulkState::Refused,
        };
        if result.state != expected {
            wrong.push(format!("{result:?}"));
        }
    });
    let report = run.await.unwrap();
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!((report.done, report.refused), (150, 150));
    assert_eq!(server.reused(), 0);
}

/// Answers with codes that contradict each other, in several places and spellings.
const CONTRADICTIONS: [&str; 6] = [
    r#"{"responseCode":"STA-100","response":{"responseCode":"ERR-20005"}}"#,
    r#"{"responseCode":"ERR-20005","response":{"responseCode":"STA-100"}}"#,
    r#"{"response":{"responseCode":"STA-100","ResponseCode":"ERR-20005"}}"#,
    r#"{"response":{"responseCode":"STA-100"},"Response":{"response_code":"ERR-20003"}}"#,
    r#"{"response":{"responseCode":"STA-100","errorCode":"ERR-20005"}}"#,
    r#"{"response":{"responseCode":"STA-100","lines":[{"responseCode":"ERR-20009"}]}}"#,
];

#[tokio::test]
async fn w14_two_codes_that_differ_are_unreadable_in_every_call() {
    for text in CONTRADICTIONS {
        let server = FaultServer::start(Fault::Answer(json(200, text.as_bytes())));
        let client = client(&server, 1);
        let label = CancelLabel::new("01234567890".into(), "KV-1".into());
        let errors = [
            client.call(&order()).await.err(),
            client.call(&shipping_order()).await.err(),
            client.call(&CancelShippingOrder::new("KV-1")).await.err(),
            client.call(&CreateLabel::new("KV-1")).await.err(),
            client.call(&label).await.err(),
            client.call(&RawCall::get("anything")).await.err(),
        ];
        for (nth, error) in errors.into_iter().enumerate() {
            let error = error.unwrap_or_else(|| panic!("{nth}: {text}"));
            assert!(matches!(error, Error::Decode(_)), "{nth}: {error:?}");
            assert_eq!(error.outcome(), Outcome::Unknown, "{nth}: {text}");
        }
    }
}

#[tokio::test]
async fn w14_an_order_whose_answer_contradicts_itself_is_settled() {
    for text in CONTRADICTIONS {
        let script = vec![
            Fault::Answer(json(200, text.as_bytes())),
            Fault::Answer(answer("ERR-20003")),
        ];
        let server = FaultServer::start(Fault::Script(script));
        let sent = client_of_fresh_connections(&server, 1)
            .send_or_settle(&order())
            .await;
        assert_eq!(sent.unwrap(), Sent::Exists, "{text}");
    }
}

#[tokio::test]
async fn w14_the_same_code_in_two_places_agrees() {
    let text = r#"{"responseCode":"STA-100","response":{"responseCode":"STA-100"}}"#;
    let server = FaultServer::start(Fault::Answer(json(200, text.as_bytes())));
    let created = client(&server, 1).call(&order()).await;
    assert!(created.is_ok(), "{created:?}");
}
