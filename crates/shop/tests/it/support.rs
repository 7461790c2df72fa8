//! A shop at a sandbox, and as much of a browser as its forms need.

#![expect(clippy::disallowed_methods, reason = "real sockets take real time")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use kervan_core::transport::BoxFuture;
use kervan_core::{
    BaseUrl, Config, HttpRequest, Limits, Reply, Transport, TransportError, TransportKind,
};
use kervan_reqwest::ReqwestTransport;
use kervan_sandbox::param::{Customer, Param, Step};
use kervan_sandbox::{Moment, Sandbox};
use kervan_shop::{Outside, Settings, start};
use kervan_testing::MovableHost;
use scraper::{ElementRef, Html, Selector};

use crate::place;

/// An operation, a text of its answers, and another one in its place.
type Change = (&'static str, &'static str, String);

/// Controls a transport: it never lets one kind of call out, once, and it changes answers.
#[derive(Default)]
pub(crate) struct Gate {
    closed: Mutex<Option<&'static str>>,
    held: Mutex<bool>,
    down: Mutex<Option<&'static str>>,
    kept: Mutex<Option<&'static str>>,
    changes: Mutex<Vec<Change>>,
}

impl Gate {
    /// Holds the next call of an operation, before anything of it leaves.
    pub(crate) fn close(&self, operation: &'static str) {
        *self.closed.lock().unwrap() = Some(operation);
        *self.held.lock().unwrap() = false;
    }

    /// Refuses the connection of each call of an operation, or of none.
    pub(crate) fn refuse(&self, operation: Option<&'static str>) {
        *self.down.lock().unwrap() = operation;
    }

    /// Keeps each answer to an operation from now on, or lets the kept ones come.
    pub(crate) fn keep_answers_of(&self, operation: Option<&'static str>) {
        *self.kept.lock().unwrap() = operation;
    }

    /// Puts a text in the place of another one, in each answer to an operation from now on.
    pub(crate) fn change(&self, operation: &'static str, from: &'static str, to: &str) {
        let change = (operation, from, to.to_owned());
        self.changes.lock().unwrap().push(change);
    }

    fn changed(&self, operation: &str, mut reply: Reply) -> Reply {
        let changes = self.changes.lock().unwrap();
        for (_, from, to) in changes.iter().filter(|(own, ..)| *own == operation) {
            let body = String::from_utf8_lossy(&reply.body);
            reply.body = body.replace(from, to).into_bytes();
        }
        reply
    }

    pub(crate) fn holds(&self) -> bool {
        *self.held.lock().unwrap()
    }
}

struct Gated(Arc<Gate>, ReqwestTransport);

impl Transport for Gated {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        let mut closed = self.0.closed.lock().unwrap();
        if closed.take_if(|own| *own == request.operation).is_some() {
            *self.0.held.lock().unwrap() = true;
            return Box::pin(std::future::pending());
        }
        drop(closed);
        if *self.0.down.lock().unwrap() == Some(request.operation) {
            let down = TransportError::new(TransportKind::Connect);
            return Box::pin(async { Err(down) });
        }
        Box::pin(async move {
            let reply = self.1.send(request, limits).await?;
            while *self.0.kept.lock().unwrap() == Some(request.operation) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Ok(self.0.changed(request.operation, reply))
        })
    }
}

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
        Browser(self.settings.address.to_string())
    }

    /// Moves both clocks.
    pub(crate) fn advance(&self, time: Duration) {
        self.sandbox.advance(time);
        self.host.advance(time);
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

/// Returns the session of the bank's page to which a browser is sent.
pub(crate) fn session(begun: &Page) -> String {
    let Some((_, session)) = begun.location().split_once("SID=") else {
        panic!("no page of the bank, but {}", begun.location());
    };
    session.split('&').next().unwrap().to_owned()
}

/// A browser without a screen: it follows forms as they are on a page.
#[derive(Clone)]
pub(crate) struct Browser(String);

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Browser {
    /// Returns a browser at another server.
    pub(crate) fn at(host: &str) -> Self {
        Self(host.to_owned())
    }

    /// Returns host and port of its server.
    pub(crate) fn host(&self) -> &str {
        &self.0
    }

    pub(crate) fn get(&self, path: &str) -> Page {
        self.ask("GET", path, &[], "").unwrap()
    }

    pub(crate) fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
        self.ask("POST", path, headers, body).unwrap()
    }

    /// Sends a form of a page with its own values, and others in their place.
    pub(crate) fn submit(&self, page: &Page, form: &str, values: &[(&str, &str)]) -> Page {
        let (action, body) = page.form(form, values);
        self.post(&action, &[], &body)
    }

    /// Follows a redirect within the shop.
    pub(crate) fn follow(&self, page: &Page) -> Page {
        self.get(page.location())
    }

    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Page> {
        let mut stream = self.send(method, path, headers, body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let mut lines = head.lines();
        let status = lines
            .next()
            .unwrap_or_default()
            .split(' ')
            .nth(1)
            .unwrap_or_default();
        let headers = lines.filter_map(|line| line.split_once(": "));
        Ok(Page {
            status: status.parse().unwrap(),
            headers: headers
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect(),
            body: body.to_owned(),
        })
    }

    /// Sends a request, and returns the connection before anything came back.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<TcpStream> {
        let mut stream = TcpStream::connect(&self.0)?;
        let own = headers
            .iter()
            .flat_map(|(name, value)| [name, ": ", value, "\r\n"]);
        let own: String = own.collect();
        // A request has one `Host`, so that another one takes its place.
        let is_host = |(name, _): &(&str, &str)| *name == "Host";
        let host = if headers.iter().any(is_host) {
            String::new()
        } else {
            format!("Host: {}\r\n", self.0)
        };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n{own}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        Ok(stream)
    }
}

impl Page {
    pub(crate) fn location(&self) -> &str {
        let location = self.headers.get("location");
        location.unwrap_or_else(|| panic!("{} without an address: {}", self.status, self.text()))
    }

    pub(crate) fn has(&self, selector: &str) -> bool {
        let selector = Selector::parse(selector).unwrap();
        Html::parse_document(&self.body)
            .select(&selector)
            .next()
            .is_some()
    }

    /// Returns the texts of the elements that a selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let document = Html::parse_document(&self.body);
        document
            .select(&selector)
            .map(|element| element.text().collect())
            .collect()
    }

    pub(crate) fn text(&self) -> String {
        self.texts("main").concat()
    }

    /// Returns the address and the body of a form, as a browser sends it.
    pub(crate) fn form(&self, form: &str, values: &[(&str, &str)]) -> (String, String) {
        let document = Html::parse_document(&self.body);
        let selector = Selector::parse(form).unwrap();
        let found = document.select(&selector).next();
        let form = found.unwrap_or_else(|| panic!("no {form} on the page: {}", self.text()));
        let inputs = Selector::parse("input, select").unwrap();
        // In their order, and each as often as it is there.
        let mut fields: Vec<(String, String)> = Vec::new();
        for input in form.select(&inputs) {
            let is_box = input.attr("type") == Some("checkbox");
            let is_off = is_box && input.attr("checked").is_none();
            if let Some(name) = input.attr("name").filter(|_| !is_off) {
                fields.push((name.to_owned(), value(input)));
            }
        }
        for (name, value) in values {
            fields.retain(|(own, _)| own != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        (
            form.attr("action").unwrap().to_owned(),
            pairs.collect::<Vec<_>>().join("&"),
        )
    }
}

fn value(input: ElementRef<'_>) -> String {
    let option = Selector::parse("option").unwrap();
    let chosen = input.select(&option).next().unwrap_or(input);
    chosen.attr("value").unwrap_or_default().to_owned()
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        write!(encoded, "%{byte:02X}").unwrap();
    }
    encoded
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
