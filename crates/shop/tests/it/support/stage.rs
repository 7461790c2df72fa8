//! A shop at a sandbox, on a database of its own.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use kervan_core::{BaseUrl, Config};
use kervan_reqwest::ReqwestTransport;
use kervan_sandbox::param::{Customer, Param, Step};
use kervan_sandbox::{Moment, Sandbox};
use kervan_shop::{Outside, Settings, start};
use kervan_testing::MovableHost;

use super::browser::Browser;
use super::gate::{Gate, Gated};
use super::page::Page;
use crate::place;

pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    pub(crate) host: MovableHost,
    pub(crate) gate: Arc<Gate>,
    pub(crate) folder: tempfile::TempDir,
    settings: Settings,
    /// How long a page waits, where it is not as long as usual.
    patience: Option<Duration>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Stage {
    /// Opens a world and a shop in it, both at ten in the morning.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = place::database(folder.path());
        Self::open(folder, &database)
    }

    /// Opens the same on a database.
    pub(crate) fn on(database: &str) -> Self {
        Self::open(tempfile::tempdir().unwrap(), database)
    }

    fn open(folder: tempfile::TempDir, database: &str) -> Self {
        let now = Moment::parse_iso("2026-11-21T10:00:00+03:00").unwrap();
        let sandbox = Sandbox::start_at(now).unwrap();
        let host = MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_244_400));
        let param = sandbox.account("param").address;
        let settings = Settings::read(|name| match name {
            "KERVAN_SANDBOX" => param.strip_suffix("/param").map(str::to_owned),
            "SHOP_ADDRESS" => Some("127.0.0.1:0".to_owned()),
            _ => Some(database.to_owned()),
        });
        let mut stage = Self {
            sandbox,
            host,
            gate: Arc::default(),
            folder,
            settings: settings.unwrap(),
            patience: None,
            runtime: None,
        };
        stage.start();
        stage
    }

    /// Opens the same with pages that wait for so long only.
    pub(crate) fn with_patience(patience: Duration) -> Self {
        let mut stage = Self::new();
        stage.crash();
        stage.patience = Some(patience);
        stage.start();
        stage
    }

    /// Starts the shop over the same database, at the same address.
    pub(crate) fn start(&mut self) {
        self.try_start().unwrap();
    }

    pub(crate) fn try_start(&mut self) -> Result<(), String> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let (gate, host) = (Arc::clone(&self.gate), self.host.clone());
        let transport = Gated(gate, ReqwestTransport::new(&Config::default()).unwrap());
        let mut outside = Outside::new(transport, host);
        outside.patience = self.patience.unwrap_or(outside.patience);
        let running = runtime.block_on(start(&self.settings, outside));
        let running = running.map_err(|error| error.to_string())?;
        let address = BaseUrl::parse(&running.address()).unwrap();
        self.settings.address = address.as_str().trim_matches('/')["http://".len()..]
            .parse()
            .unwrap();
        self.runtime = Some(runtime);
        Ok(())
    }

    /// Starts another program of the shop on its database, over the same network and with the same clock. It ends with
    /// the runtime.
    pub(crate) fn beside(&self) -> (tokio::runtime::Runtime, Browser) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut settings = self.settings.clone();
        settings.address.set_port(0);
        let transport = ReqwestTransport::new(&Config::default()).unwrap();
        let transport = Gated(Arc::clone(&self.gate), transport);
        let outside = Outside::new(transport, self.host.clone());
        let running = runtime.block_on(start(&settings, outside)).unwrap();
        let address = running.address();
        let browser = Browser::at(address.strip_prefix("http://").unwrap());
        (runtime, browser)
    }

    /// Starts another shop on the same database, at an address of its own.
    pub(crate) fn start_over(stage: &Self, database: &str) -> Result<(), String> {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut settings = stage.settings.clone();
        settings.address.set_port(0);
        database.clone_into(&mut settings.database);
        let outside = Outside::machine().unwrap();
        let started = runtime.block_on(start(&settings, outside));
        // A task that waits for a database on its thread would keep the test.
        runtime.shutdown_timeout(Duration::from_secs(5));
        started.map(|_| ()).map_err(|error| error.to_string())
    }

    /// Ends the shop as a power failure does: no task of it goes on.
    pub(crate) fn crash(&mut self) {
        let runtime = self.runtime.take().unwrap();
        runtime.shutdown_timeout(Duration::from_secs(5));
    }

    pub(crate) fn database(&self) -> &str {
        &self.settings.database
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::at(&self.settings.address.to_string())
    }

    /// Moves both clocks.
    pub(crate) fn advance(&self, time: Duration) {
        self.sandbox.advance(time);
        self.host.advance(time);
    }

    /// Gives a moment of real time to what is due now.
    pub(crate) fn moment(&self) {
        let before = self.log().len();
        thread::sleep(Duration::from_millis(50));
        // A call that has begun comes to its end.
        if self.log().len() > before {
            self.moment();
        }
    }

    /// Waits until something is so, without moving a clock.
    pub(crate) fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        for _ in 0..2_000 {
            if is_so() {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("{what} did not come; {:#?}", self.log());
    }

    /// Moves the clocks until something is so. A call on its way gets a moment of real time at each step.
    pub(crate) fn pass_until(&self, what: &str, is_so: impl Fn() -> bool) {
        self.pass_by(Duration::from_secs(15), what, is_so);
    }

    /// As [`pass_until`](Self::pass_until), by steps of a length.
    pub(crate) fn pass_by(&self, step: Duration, what: &str, is_so: impl Fn() -> bool) {
        for _ in 0..400 {
            if is_so() {
                return;
            }
            self.advance(step);
            thread::sleep(Duration::from_millis(10));
        }
        panic!(
            "{what} did not come; {:#?}\n{}",
            self.log(),
            self.browser().get("/desk").text()
        );
    }

    pub(crate) fn log(&self) -> Vec<String> {
        self.sandbox
            .records()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// Returns how often an operation was called.
    pub(crate) fn calls(&self, operation: &str) -> usize {
        let records = self.sandbox.records();
        records
            .iter()
            .filter(|record| record.is_call() && record.operation == operation)
            .count()
    }

    /// Lets the customer act on the bank's page of an order's latest payment.
    pub(crate) fn customer(&self, page: &str, does: Customer) {
        let page = page.to_owned();
        self.sandbox
            .step::<Param>(&Step::Customer { page, does })
            .unwrap();
    }

    /// Adds the seller and the product of every story.
    pub(crate) fn open_shop(&self) {
        let browser = self.browser();
        let added = browser.submit(&browser.get("/sellers"), "#add-seller", &[]);
        let added = browser.follow(&added);
        assert!(added.has("#sellers .good"), "{}", added.text());
        browser.submit(&added, "#add-product", &[]);
    }

    /// Orders the product, and returns the address of the order's page.
    pub(crate) fn order(&self) -> String {
        let browser = self.browser();
        browser
            .submit(&browser.get("/"), "#order", &[("product_1", "1")])
            .location()
            .to_owned()
    }

    /// Pays an order to its end.
    pub(crate) fn paid(&self, order: &str) -> Page {
        let browser = self.browser();
        let begun = browser.submit(&browser.get(order), "#pay", &[]);
        self.customer(&session(&begun), Customer::Proves);
        self.until("the payment", || {
            browser.get(order).has("#payments [data-state=paid]")
        });
        browser.get(order)
    }

    /// Returns the page of an order whose money is divided.
    pub(crate) fn divided(&self) -> (String, Page) {
        self.open_shop();
        let order = self.order();
        let paid = self.paid(&order);
        self.browser().submit(&paid, "#split", &[]);
        let divided = self.browser().get(&order);
        assert!(
            divided.has("#share-1 [data-state=done]"),
            "{}",
            divided.text()
        );
        (order, divided)
    }
}

impl Drop for Stage {
    /// A task that waits for a database on its thread would keep the test for ever.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(1));
        }
    }
}

/// Returns the session of the bank's page to which a browser is sent.
pub(crate) fn session(begun: &Page) -> String {
    let Some((_, session)) = begun.location().split_once("SID=") else {
        panic!("no page of the bank, but {}", begun.location());
    };
    session.split('&').next().unwrap().to_owned()
}

/// Sends every form, and asserts that nothing of it is sent to a provider.
pub(crate) fn refuses_everything(stage: &Stage, browser: &Browser, forms: &[(String, String)]) {
    let before = stage.sandbox.records().len();
    for (action, body) in forms {
        let refused = browser.post(action, &[], body);
        assert_eq!(refused.status, 503, "{action}: {}", refused.text());
        assert!(
            refused.text().contains("Nothing was sent"),
            "{}",
            refused.text()
        );
        let turkish = browser.post(action, &[("Accept-Language", "tr")], body);
        assert!(
            turkish.text().contains("Hiçbir şey gönderilmedi"),
            "{}",
            turkish.text()
        );
    }
    let after = stage.log();
    assert_eq!(after.len(), before, "{after:#?}");
}
