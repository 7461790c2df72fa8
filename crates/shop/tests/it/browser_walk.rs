//! The whole shop in a real browser, with the pages of the bank, of HASO, of Aras, and the dashboard.

use std::time::Duration;

use kervan_core::{BaseUrl, Config};
use kervan_reqwest::{ReqwestTransport, SystemHost};
use kervan_sandbox::aras::{Aras, Move, NewParcel, Stage as At, Step as ArasStep};
use kervan_sandbox::haso::Haso;
use kervan_sandbox::horoz::Horoz;
use kervan_sandbox::param::Param;
use kervan_settling::Settle;
use kervan_turkiye::Money;
use param_marketplace::payments::{BkmPayment, BrowserAddress, ModalPayment, ReturnUrls};
use param_marketplace::{
    Client, ClientCode, Credentials, Environment, MarketplaceKey, MerchantKey, Password, Settings,
    Username,
};
use testkit::browser::{Browser, Devtools, chromium_or_notice};

use crate::support::Stage;

/// A parcel that Aras carries.
const NUMBER: &str = "1234567890123";

/// A person at the shop, whose browser reports what its pages do wrong.
struct Visitor {
    page: Devtools,
    shop: String,
    sandbox: String,
    /// Ends with the visitor.
    _browser: Browser,
}

impl Visitor {
    /// Opens a browser, or returns `None` where there is not one.
    fn come(stage: &Stage) -> Option<Self> {
        let browser = Browser::open(&chromium_or_notice()?, "about:blank");
        let mut page = browser.page();
        page.viewport(390, 900);
        page.watch();
        let param = stage.sandbox.account("param").address;
        Some(Self {
            page,
            shop: format!("http://{}", stage.browser().host()),
            sandbox: param.strip_suffix("/param").unwrap().to_owned(),
            _browser: browser,
        })
    }

    /// Opens a page of the shop.
    fn open(&mut self, path: &str) {
        self.page.navigate(&format!("{}{path}", self.shop));
    }

    /// Opens a page of the dashboard.
    fn open_board(&mut self, page: &str) {
        let (server, world) = self.sandbox.split_once("/w/").unwrap();
        let address = format!("{server}/_sandbox/board/{world}/{page}?lang=en");
        self.page.navigate(&address);
    }

    /// Clicks, and waits for what the next page shows.
    fn press(&mut self, button: &str, then: &str) {
        self.page.sees(button);
        self.page.click(button);
        self.page.sees(then);
    }

    /// Pays at the bank's page by one of its buttons, and stays on the page that leads back.
    fn pay(&mut self, choice: &str) {
        let choice = format!("button[value={choice}]");
        self.press("#pay-button", &choice);
        self.press(&choice, "#back button");
    }

    fn path(&mut self) -> String {
        let path = self.page.evaluate("location.pathname");
        path.as_str().unwrap().to_owned()
    }

    /// Asserts that no page has reported an error or broken its policy.
    fn has_seen_no_problem(&mut self) {
        assert_eq!(self.page.problems(), [""; 0]);
    }
}

/// Returns how many payments are charged at Param.
fn charged(stage: &Stage) -> usize {
    let is_charged = |param: &Param| {
        let payments = param.payments().iter();
        payments.filter(|payment| payment.is_charged()).count()
    };
    stage.sandbox.ask(is_charged)
}

#[test]
fn an_order_is_paid_divided_refunded_sent_and_tracked() {
    let stage = Stage::new();
    let Some(mut visitor) = Visitor::come(&stage) else {
        return;
    };
    visitor.open("/sellers");
    visitor.press("#add-seller-button", "#sellers .good");
    visitor.press("#add-product-button", "#products li");
    visitor.open("/");
    visitor.press("#order-button", "#pay-button");
    let order = visitor.path();

    visitor.pay("wrong_code");
    visitor.press("#back button", "#payments [data-state=not_paid]");
    assert_eq!(charged(&stage), 0);

    // The return is posted from a new tab and then from this one, and is counted once.
    visitor.pay("approve");
    visitor.page.click("details summary");
    visitor.page.click("#again button");
    stage.until("the return of the new tab", || {
        stage.browser().get(&order).has("[data-state=paid]")
    });
    visitor.page.to_front();
    visitor.press("#back button", "#payments [data-state=paid]");
    assert_eq!(visitor.path(), order);
    assert_eq!(charged(&stage), 1);
    let arrived = stage.browser().get("/desk").texts("#callbacks li");
    let is_twice = |line: &String| line.contains(" 2×: verified: paid");
    assert!(arrived.iter().any(is_twice), "{arrived:?}");

    visitor.press("#split-button", "#share-1 [data-state=done]");
    visitor.press("#approve-button-1", "#approval-1 .good");
    stage.advance(Duration::from_secs(86_400));
    visitor.page.fill("#amount-1", "12,50");
    visitor.press("#refund-button-1", "#refunds-1 .good");
    assert_eq!(stage.sandbox.ask(Param::check_sums), Ok(()));

    visitor.press("#horoz-button", "#parcel-1 [data-state=done]");
    visitor.press("#track-button-1", "#parcel-1 .status");
    assert_eq!(stage.sandbox.ask(|horoz: &Horoz| horoz.orders().count()), 1);

    let mut parcel = NewParcel::new("KV-1001");
    parcel.tracking_number = Some(NUMBER.to_owned());
    let to = Move::new("KV-1001", At::InTransfer);
    for step in [ArasStep::AddParcel(Box::new(parcel)), ArasStep::Move(to)] {
        stage.sandbox.step::<Aras>(&step).unwrap();
    }
    visitor.page.fill("#aras-parcel", NUMBER);
    visitor.press("#aras-button", "#parcel-2");
    visitor.press("#track-button-2", "#parcel-2 .status");
    let status = visitor.page.text("#parcel-2 .status");
    assert!(status.contains("YOLDA"), "{status}");
    visitor.has_seen_no_problem();

    let link = format!("{}/aras/mainpage.aspx?code={NUMBER}", visitor.sandbox);
    visitor.page.navigate(&link);
    visitor.press("#tabs a", "#Son_Durum");
    assert_eq!(visitor.page.text("#Son_Durum"), "YOLDA");
    // Pages of Aras have a script, which the sandbox's policy stops.
    let problems = visitor.page.problems();
    let is_policy = |problem: &String| problem.contains("Content Security Policy");
    assert!(
        !problems.is_empty() && problems.iter().all(is_policy),
        "{problems:?}"
    );
}

#[test]
fn a_browser_that_was_closed_at_the_bank_finds_its_payment_by_the_button() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let Some(mut visitor) = Visitor::come(&stage) else {
        return;
    };
    visitor.open(&order);
    visitor.pay("approve");
    visitor.has_seen_no_problem();
    drop(visitor);
    assert_eq!(charged(&stage), 1);

    let mut visitor = Visitor::come(&stage).unwrap();
    visitor.open(&order);
    visitor.page.sees("#payments [data-state=waiting]");
    visitor.press("#check-button", "#payments [data-state=paid]");
    assert_eq!(charged(&stage), 1);
    visitor.has_seen_no_problem();
}

#[test]
fn an_order_is_paid_in_installments() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let Some(mut visitor) = Visitor::come(&stage) else {
        return;
    };
    visitor.open(&order);
    // The page between the shop and HASO goes on by its own script.
    visitor.press("#haso-button", "select[name=installments]");
    visitor.page.choose("select[name=installments]", "6");
    visitor.press("button[value=approve]", "#back button");
    visitor.press("#back button", "#installments li");
    assert_eq!(visitor.path(), order);
    stage.pass_until("the installments", || {
        stage.browser().get(&order).has("[data-haso=paid]")
    });
    visitor.open(&order);
    let paid = visitor.page.text("[data-haso=paid]");
    assert_eq!(paid, "paid in 6 installments");
    let number = stage.browser().get(&order).texts("#installments li");
    let number = number[0].split(':').next().unwrap();
    assert!(stage.sandbox.ask(|haso: &Haso| haso.is_active(number)));
    assert_eq!(stage.calls("UpdateTransaction"), 1);

    // A part goes back, and then the rest, as the form has it.
    let amount = format!("#haso-amount-{number}");
    let (button, refunds) = (
        format!("#haso-refund-button-{number}"),
        format!("#haso-refunds-{number} li"),
    );
    visitor.page.fill(&amount, "40,00");
    visitor.press(&button, &format!("{refunds} .good"));
    visitor.press(&button, "[data-haso=refunded]");
    visitor.page.sees(&format!("{refunds} + li .good"));
    let amounts = stage.sandbox.ask(|haso: &Haso| {
        let refunds = haso.refunds();
        refunds
            .map(|refund| refund.amount.to_string())
            .collect::<Vec<_>>()
    });
    assert_eq!(amounts, ["40.00", "60.00"]);
    visitor.has_seen_no_problem();
}

/// Starts a payment on a page of the provider, and returns the page's address.
fn on_a_page<O>(stage: &Stage, payment: &O) -> String
where
    O: Settle<Service = Settings, Output = BrowserAddress>,
{
    let account = stage.sandbox.account("param");
    let login = Credentials::new(
        ClientCode::new(account.get("client_code")),
        Username::new(account.get("client_username")),
        Password::new(account.get("client_password")),
    );
    let client = Client::builder(
        &Environment::At(BaseUrl::parse(&account.address).unwrap()),
        login,
        MarketplaceKey::new(account.get("marketplace_guid")),
        MerchantKey::new(account.get("guid")),
    );
    let transport = ReqwestTransport::new(&Config::default()).unwrap();
    let client = client.unwrap().build_over(transport, SystemHost::new());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let started = runtime.block_on(async {
        let attempt = client.prepare(payment).await.unwrap();
        client.send(payment, &attempt).await.unwrap()
    });
    started.value.url.as_str().to_owned()
}

#[test]
fn the_pages_of_bkm_and_of_param_are_approved_and_declined() {
    let stage = Stage::new();
    let Some(mut visitor) = Visitor::come(&stage) else {
        return;
    };
    let back = format!("{}/payment/of-nobody", visitor.shop);
    let amount = Money::from_input("149,90").unwrap();
    let mut charges = 0;
    for (choice, is_charged) in [("approve", true), ("wrong_code", false), ("cancel", false)] {
        let bkm = BkmPayment::new(
            format!("BKM-{choice}").as_str().into(),
            format!("bkm-key-{choice}").as_str().into(),
            amount,
            "5550000002",
            ReturnUrls::both(back.as_str()),
            "203.0.113.7",
        );
        let modal = ModalPayment::new(
            format!("PAGE-{choice}").as_str().into(),
            format!("page-key-{choice}").as_str().into(),
            amount,
            back.as_str(),
        );
        let pages = [
            ("BKM Express", on_a_page(&stage, &bkm)),
            ("Param payment page", on_a_page(&stage, &modal)),
        ];
        for (title, address) in pages {
            visitor.page.navigate(&format!("{address}&lang=en"));
            assert_eq!(visitor.page.text("h1"), title);
            let fits = "document.documentElement.scrollWidth <= innerWidth";
            assert_eq!(visitor.page.evaluate(fits), true, "{title}");
            let facts = visitor.page.text(".facts");
            assert!(
                facts.contains(choice) && facts.contains("149.90"),
                "{facts}"
            );
            visitor.press(&format!("button[value={choice}]"), "#result");
            let result = visitor.page.text("#result");
            let words = ["No money was taken.", "The card was charged."];
            assert_eq!(result, words[usize::from(is_charged)], "{title} {choice}");
            charges += usize::from(is_charged);
            assert_eq!(charged(&stage), charges, "{title} {choice}");
            // The shop has begun no such payment, says so, and leads back.
            visitor.press("#back button", "a#back");
            assert_eq!(visitor.path(), "/payment/of-nobody");
        }
    }
    // A refused post is an error to the browser too.
    for problem in visitor.page.problems() {
        assert!(problem.contains("404"), "{problem}");
    }
}

#[test]
fn the_dashboard_shows_a_lost_call_and_a_refused_one_without_reload() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let paid = stage.paid(&order);
    let Some(mut visitor) = Visitor::come(&stage) else {
        return;
    };
    for page in ["calls", "callbacks", "faults", "clock", "state"] {
        visitor.open_board(page);
        let fits = "document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(visitor.page.evaluate(fits), true, "{page} on a phone");
    }
    visitor.page.viewport(1280, 900);

    visitor.open_board("faults");
    let operation = "Pazaryeri_TP_Siparis_Detay_Ekle";
    let form = "form[action*='/faults']";
    let field = |name: &str| format!("{form} [name={name}]");
    visitor.page.choose(&field("provider"), "param");
    visitor.page.choose(&field("fault"), "answer_lost");
    visitor.page.fill(&field("operation"), operation);
    visitor.press(&format!("{form} button.main"), "#live li");
    let planned = visitor.page.text("#live li");
    assert!(planned.contains(operation), "{planned}");

    // The page is not loaded again, so the mark stays.
    visitor.open_board("calls");
    visitor.page.evaluate("window.mark = 1");
    stage.browser().submit(&paid, "#split", &[]);
    let lost = visitor.page.until("the lost call", |page| {
        let row = page.evaluate(&row("answer_lost"));
        row.as_str().map(str::to_owned)
    });
    assert!(
        lost.contains(operation) && lost.contains("connection cut"),
        "{lost}"
    );
    stage.pass_until("the share", || {
        stage
            .browser()
            .get(&order)
            .has("#share-1 [data-state=done]")
    });

    let values = [("county", "Atlantis")];
    stage
        .browser()
        .submit(&stage.browser().get(&order), "#horoz", &values);
    let refused = visitor.page.until("the refused call", |page| {
        let row = page.evaluate(&row("refused"));
        row.as_str().map(str::to_owned)
    });
    assert!(refused.contains("createPaysSupplierShipping"), "{refused}");
    assert_eq!(visitor.page.evaluate("window.mark"), 1);
    visitor.press("tr:has(.bad) a", ".said.bad");
    let rule = visitor.page.text(".said.bad");
    assert!(
        rule.contains("ERR-29005") && rule.contains("not a listed pair"),
        "{rule}"
    );
    visitor.has_seen_no_problem();
}

/// Returns a script that finds the text of the list's row with a word.
fn row(word: &str) -> String {
    format!(
        "[...document.querySelectorAll('#live tr')].map(row => row.innerText).find(text => text.includes('{word}'))"
    )
}

#[test]
fn a_return_that_the_dashboard_changes_and_sends_again_is_refused() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    stage.paid(&order);
    let Some(mut visitor) = Visitor::come(&stage) else {
        return;
    };
    visitor.open_board("callbacks");
    visitor.press("#live tbody a", "form[action*='/send']");
    visitor
        .page
        .fill("[name='value TURKPOS_RETVAL_Tahsilat_Tutari']", "1,00");
    visitor.press("form[action*='/send'] button.main", "#live tbody tr + tr");
    visitor.page.until("the refusal", |page| {
        let latest = page.text("#live tbody tr");
        latest.contains("not accepted").then_some(())
    });
    // The shop's words are on the dashboard, and on its own desk.
    visitor.press("#live tbody a", "form[action*='/send']");
    let answer = visitor.page.text("h2 + .wide tr");
    let words = "It does not fit what the shop has begun.";
    assert!(answer.contains("400") && answer.contains(words), "{answer}");
    let words = "the message's signature is wrong";
    visitor.open("/desk");
    let arrived = visitor.page.text("#callbacks li");
    assert!(arrived.contains(words), "{arrived}");
    assert!(stage.browser().get(&order).has("[data-state=paid]"));
    visitor.has_seen_no_problem();
}
