//! Planted login, keys and personal data, and everything that could show them.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::io::Write;
use std::sync::{Arc, Mutex};

use fixtures::faults::{Fault, FaultServer};
use fixtures::matrix::Format;
use param_marketplace::{Error, OrderKey, QueryOrders, RefundAmount, Settled};

use crate::support::{ORDER, approval, body, client, detail, refund};

/// Log lines of everything in this process.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn show(shown: &mut Vec<String>, value: &impl Debug) {
    shown.push(format!("{value:?} {value:#?}"));
}

fn show_error(shown: &mut Vec<String>, error: &Error) {
    let mut next: Option<&dyn StdError> = Some(error);
    while let Some(cause) = next {
        shown.push(format!("{cause} {cause:?}"));
        next = cause.source();
    }
    shown.push(serde_json::to_string(&error.report()).unwrap());
}

async fn everything_that_speaks(shown: &mut Vec<String>) {
    let echo = "SENTINELCODE SENTINELPASS SENTINELKEY0 Sentinel Örnek";
    for operation in [
        "Pazaryeri_TP_Siparis_Detay_Ekle",
        "Pazaryeri_TP_Iptal_Iade",
        "Pazaryeri_TP_Siparis_Onay",
        "Pazaryeri_TP_Islem_Sorgulama",
    ] {
        let text = |code: &str| {
            body(
                operation,
                &format!(
                    "<Sonuc>{code}</Sonuc><Sonuc_Str>{echo}</Sonuc_Str><PYSiparis_GUID>k</PYSiparis_GUID><X>{echo}</X>"
                ),
            )
        };
        let fault = text("1").replace(&format!("<{operation}Response xmlns=\"https://turkpos.com.tr/\"><{operation}Result>"), &format!("<soap:Fault><faultcode>{echo}</faultcode><faultstring>{echo}</faultstring></soap:Fault><{operation}Response><{operation}Result>"));
        for answer in [
            text("1"),
            text("-101"),
            text(echo),
            fault,
            format!("<html>{echo}</html>"),
        ] {
            let server =
                FaultServer::start(Fault::Answer(Format::Xml.answer(200, answer.as_bytes())));
            let client = client(&server.base_url(), 1);
            show(shown, &client);
            match client.add_order_detail(&detail()).await {
                Ok(output) => show(shown, &output),
                Err(error) => show_error(shown, &error),
            }
            match client.set_order_status(&approval()).await {
                Ok(output) => show(shown, &output),
                Err(error) => show_error(shown, &error),
            }
            match client
                .settle_cancel_or_refund(&refund(RefundAmount::Full))
                .await
            {
                Settled::Open(error) => show_error(shown, &error),
                settled => show(shown, &settled),
            }
            match client
                .query_orders(&QueryOrders::by_order(OrderKey::from(ORDER)))
                .await
            {
                Ok(output) => show(shown, &output),
                Err(error) => show_error(shown, &error),
            }
        }
    }
    let client = client("http://127.0.0.1:9", 1);
    let request = client.dry_run(&detail()).unwrap();
    shown.push(format!(
        "{request:?} {}",
        String::from_utf8(request.body.clone()).unwrap()
    ));
}

#[test]
fn nothing_planted_is_ever_shown() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let mut shown = Vec::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    tracing::subscriber::with_default(subscriber, || {
        runtime.block_on(everything_that_speaks(&mut shown));
    });
    let log = String::from_utf8_lossy(&lines.0.lock().unwrap()).into_owned();
    assert!(log.contains("call failed"), "the log was captured");
    shown.push(log);
    for text in shown {
        assert!(!text.to_uppercase().contains("SENTINEL"), "{text}");
    }
}
