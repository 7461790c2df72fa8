//! Planted secrets and personal data, and everything that could show them.

use std::error::Error as StdError;
use std::fmt::Debug;

use contract_kit::faults::{Fault, FaultServer};
use horoz_shipping::{
    CancelLabel, CancelShippingOrder, CancelSupplierPaysOrder, CheckAccess, Client, CreateLabel,
    CreateSupplierPaysOrder, Error, Language, ListCounties, OrderLine, Party, Personal,
    ProductCodeCase, RawCall, Settled, TrackOrder, UndoOrder, Why,
};
use kervan_settling::Resumed;
use testkit::logs;

use crate::support::create_all;
use crate::support::{KEY, client, client_of, days, json, order, supplier};

/// Every planted text begins with this word, in whatever case it comes back.
const MARK: &str = "SENTINEL";

/// The planted telephone number, without letters.
const PHONE: &str = "5550099887";

fn party(side: &str) -> Party {
    let plant = |field: &str| Personal::from(format!("Sentinel {side} {field}"));
    Party::new(plant("title"))
        .city(plant("city"))
        .county(plant("county"))
        .address(plant("address"))
        .phone(format!("0{PHONE}"))
        .email(plant("@example.com"))
}

fn planted() -> CreateSupplierPaysOrder {
    let line = OrderLine::new("sentinel code", 1, 1.into())
        .name("sentinel name")
        .category("sentinel category");
    CreateSupplierPaysOrder::delivery("KV-1001", supplier(), party("consumer"), days())
        .supplier_details(party("supplier"))
        .tax_office("sentinel office")
        .tax_number("sentinel tax")
        .line(line)
}

/// Collects texts and reports the first that shows a planted one.
#[derive(Default)]
struct Search(Vec<(String, String)>);

impl Search {
    fn debug(&mut self, what: &str, value: &impl Debug) {
        self.0
            .push((what.to_owned(), format!("{value:?}\n{value:#?}")));
    }

    fn text(&mut self, what: &str, text: impl Into<String>) {
        self.0.push((what.to_owned(), text.into()));
    }

    fn error(&mut self, what: &str, error: &Error) {
        self.debug(what, error);
        let mut next: Option<&dyn StdError> = Some(error);
        while let Some(cause) = next {
            self.text(what, format!("{cause} {cause:?} {cause:#?}"));
            next = cause.source();
        }
        let report = error.report();
        self.debug(what, &report);
        self.text(what, serde_json::to_string(&report).unwrap());
    }

    /// Checks a nearly correct district. The suggestion shows where the customer lives.
    fn near_miss(&mut self, client: &Client) {
        let mut order = order();
        order.number = "".into();
        let horoz_shipping::Direction::Delivery { recipient, .. } = &mut order.direction else {
            panic!("a delivery")
        };
        *recipient = std::mem::take(recipient)
            .city("Bayburt")
            .county("Demirözü".replace('ö', "oo"));
        let problems = client.check(&order);
        assert!(
            problems
                .warnings()
                .any(|problem| !problem.suggestions().is_empty())
        );
        let shown = format!("{problems:?} {:?}", client.dry_run(&order).unwrap_err());
        self.text(
            "near miss",
            shown
                .to_uppercase()
                .replace("BAYBURT", MARK)
                .replace("DEM", MARK),
        );
    }

    /// Reads a stored request with every value replaced by a planted one of another type, one at a time.
    fn stored(&mut self, order: &CreateSupplierPaysOrder) {
        let stored = serde_json::to_value(order).unwrap();
        let mut pointers = Vec::new();
        walk(&stored, String::new(), &mut pointers);
        assert!(pointers.len() > 20, "{pointers:?}");
        for pointer in pointers {
            for wrong in [
                serde_json::json!("Sentinel Örnek"),
                serde_json::json!({"x": "Sentinel"}),
                serde_json::json!(["Sentinel"]),
            ] {
                let mut broken = stored.clone();
                *broken.pointer_mut(&pointer).unwrap() = wrong;
                let text = broken.to_string();
                if let Err(error) = kervan_wire::json::from_stored::<CreateSupplierPaysOrder>(&text)
                {
                    self.text(&pointer, format!("{error} {error:?}"));
                }
            }
        }
    }

    fn finds_nothing(&self) {
        for (what, text) in &self.0 {
            let upper = kervan_turkiye::text::to_upper(text);
            let folded = kervan_turkiye::text::fold(text);
            assert!(
                !upper.contains(MARK) && !folded.contains(MARK) && !text.contains(PHONE),
                "{what} shows: {text}"
            );
        }
    }
}

/// Collects the pointer of every value in a document.
fn walk(value: &serde_json::Value, at: String, pointers: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(members) => {
            members
                .iter()
                .for_each(|(name, value)| walk(value, format!("{at}/{name}"), pointers));
        }
        serde_json::Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, value)| walk(value, format!("{at}/{index}"), pointers));
        }
        _ => {}
    }
    if !at.is_empty() {
        pointers.push(at);
    }
}

/// Returns answers that repeat secrets, and some that break in the middle of one.
fn faults(key: &str) -> Vec<Fault> {
    let key = key.replace('\\', r"\\").replace('"', r#"\""#);
    let slashed = key.replace('/', r"\/");

    let said = |code: &str| {
        let message = format!("Key: {key} {slashed} Ad: Sentinel Örnek");
        let text = format!(
            r#"{{"response": {{"responseCode": "{code}", "responseMessage": "{message}", "x": "{message}"}}}}"#
        );
        Fault::Answer(json(200, text.as_bytes()))
    };
    let raw = |status, body: String| Fault::Answer(json(status, body.as_bytes()));
    vec![
        said("STA-100"),
        said("ERR-20003"),
        said("ERR-29999"),
        raw(200, format!("<html>{key}</html>")),
        raw(500, format!("<html>{key} Sentinel</html>")),
        raw(
            200,
            format!(r#"{{"response": {{"responseCode": {{"{key}": 1}}}}}}"#),
        ),
        raw(
            200,
            format!(r#"{{"response": {{"responseCode": "STA-100", "responseCode": "{key}"}}}}"#),
        ),
        raw(200, format!(r#"{{"{key}": "#)),
        Fault::Answer(contract_kit::faults::answer(
            302,
            &[("Location", &format!("/?k={key}"))],
            b"",
        )),
        Fault::ResetBeforeAnswer,
        Fault::Stall(3),
    ]
}

async fn write_and_resume(search: &mut Search, client: &Client, name: &str) {
    let attempt = client.prepare(&planted()).await.unwrap();
    search.debug("attempt", &attempt);
    search.debug("stored", &serde_json::to_string(&attempt).unwrap());
    match client.send(&planted(), &attempt).await {
        Ok(created) => search.debug("output", &created),
        Err(failed) => {
            search.debug("failed", &failed);
            search.debug("failed", &failed.to_string());
            search.error(name, &failed.error);
        }
    }
    match client.resume(&planted(), &attempt).await.unwrap() {
        Resumed::Settled(Settled::Open(open)) => {
            search.debug("open", &open);
            search.debug("open", &open.to_string());
            if let Why::Failed(error) = &open.why {
                search.error(name, error);
            }
        }
        other => search.debug("settled", &other),
    }
}

async fn everything_that_speaks(search: &mut Search, key: &str) {
    for fault in faults(key) {
        let name = format!("{fault:?}").chars().take(12).collect::<String>();
        let server = FaultServer::start(fault);
        let client: Client = client_of(&server, 1, key);
        search.debug("client", &client);
        search.debug("settings", client.settings());
        match client.call(&planted()).await {
            Ok(created) => search.debug("output", &created),
            Err(error) => search.error(&name, &error),
        }
        write_and_resume(search, &client, &name).await;
        let mut shipping = crate::support::shipping_order()
            .tax_office("sentinel office")
            .tax_number("sentinel tax");
        shipping.recipient = party("recipient");
        search.debug("request", &shipping);
        match client.call(&shipping).await {
            Ok(created) => search.debug("output", &created),
            Err(error) => search.error(&name, &error),
        }
        let cancelled = [
            client.call(&CancelShippingOrder::new("KV-1")).await,
            client.call(&CancelSupplierPaysOrder::new("KV-1")).await,
            client
                .call(&CancelLabel::new("01234567890".into(), "KV-1".into()))
                .await,
        ];
        for answer in cancelled {
            match answer {
                Ok(cancelled) => search.debug("output", &cancelled),
                Err(error) => search.error(&name, &error),
            }
        }
        match client.call(&CreateLabel::new("KV-1")).await {
            Ok(label) => search.debug("output", &label),
            Err(error) => search.error(&name, &error),
        }
        let raw = RawCall::post("x", r#"{"a": "Sentinel"}"#);
        search.debug("raw call", &raw);
        match client.call(&raw).await {
            Ok(answer) => {
                search.debug("output", &answer);
                for part in key.split(['/', '"', '\\']).filter(|part| !part.is_empty()) {
                    let shows = answer.text.as_str().contains(part);
                    assert!(!shows, "{}", answer.text.as_str());
                }
            }
            Err(error) => search.error(&name, &error),
        }
        match client.undo_order(&UndoOrder::new("KV-1")).await {
            Ok(undone) => search.debug("undone", &undone),
            Err(error) => {
                search.text(&name, format!("{error} {error:?} {error:#?}"));
            }
        }
        match client.track_order(&TrackOrder::new("KV-1")).await {
            Ok(tracked) => search.debug("output", &tracked),
            Err(error) => search.text(&name, format!("{error} {error:?} {error:#?}")),
        }
        let ledger = crate::support::memory();
        let plan = kervan_bulk::RunPlan::default().pause(std::time::Duration::ZERO);
        let mut results = Vec::new();
        let one = [planted()];
        let run = create_all(&client, &one, &ledger, &plan, |one| {
            results.push(one.clone());
        });
        let report = run.await.unwrap();
        search.debug("run", &(report, &results, ledger.store()));
        search.text("results", serde_json::to_string(&results).unwrap());
        let broken = crate::support::order().merge_equal_products(ProductCodeCase::Capitals);
        let twice = [planted(), broken.clone(), broken];
        let invalid = create_all(&client, &twice, &ledger, &plan, |_| {})
            .await
            .unwrap_err();
        search.text("invalid run", format!("{invalid} {invalid:?} {invalid:#?}"));
        match client.call(&ListCounties::new()).await {
            Ok(list) => search.debug("output", &list),
            Err(error) => search.error(&name, &error),
        }
        match client.call(&CheckAccess::new()).await {
            Ok(access) => search.debug("output", &access),
            Err(error) => search.error(&name, &error),
        }
    }
}

#[test]
fn nothing_planted_is_ever_shown() {
    let lines = logs::of_this_thread();
    let mut search = Search::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for key in [KEY, r#"SENTINEL/"ODD\KEY""#] {
        runtime.block_on(everything_that_speaks(&mut search, key));
    }
    let client = client("http://127.0.0.1:9", 1);
    let good = client.dry_run(&order()).unwrap();
    search.debug("dry run", &good);
    search.debug("dry run's headers", &good.headers);
    search.debug("request", &planted());
    let mut bad = planted();
    bad.number = "".into();
    bad.lines[0].quantity = 0;
    bad.declared_count = Some(7);
    let problems = client.check(&bad);
    search.debug("problems", &problems);
    search.text("problems", problems.text(Language::English));
    search.text("problems", problems.text(Language::Turkish));
    search.text("problems", serde_json::to_string(&problems).unwrap());
    search.error("invalid", &client.dry_run(&bad).unwrap_err());
    search.near_miss(&client);
    let stored = serde_json::to_string(&planted()).unwrap();
    let broken = stored.replace(&format!("\"0{PHONE}\""), "5551112233445566");
    let unstored = serde_json::from_str::<CreateSupplierPaysOrder>(&broken).unwrap_err();
    search.text(
        "stored request",
        format!("{unstored} {unstored:?}").replace("5551112233445566", MARK),
    );

    search.stored(&planted());

    let log = lines.text();
    assert!(log.contains("call failed"), "the log was captured");
    search.text("log", log);
    search.finds_nothing();
}
