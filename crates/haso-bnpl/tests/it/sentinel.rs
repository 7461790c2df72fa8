//! Planted secrets and personal data, and everything that could show them.

use std::error::Error as StdError;
use std::fmt::Debug;

use contract_kit::faults::{Fault, FaultServer, answer};
use haso_bnpl::callbacks::{LimitCallback, LimitFail, LimitOk, OrderCallback, OrderFail, OrderOk};
use haso_bnpl::{
    ActivateOrder, ChangePhone, Client, CommonFields, ConfirmPin, DeliveryAddress, Error, Extent,
    GetCustomer, GetPlan, GetToken, InStoreOrder, InStoreOrderForm, Item, Language, LimitForm,
    LimitLinkForm, Operation, OrderForm, PageTexts, Personal, RawCall, Refund, ResultUrls,
    SetLimitFromKds, Settings, Shopper, StartError, StartLimit, StartLimitByPin, StartOrder,
    StoredOrder, Token,
};
use testkit::logs;

use crate::support::{KEY, SALT, client, client_by, json, money, plan};
use kervan_testing::delivery;

/// Every planted text begins with this word, in whatever case it comes back.
const MARK: &str = "SENTINEL";

fn plant(field: &str) -> Personal {
    Personal::from(format!("Sentinel {field}"))
}

fn shopper() -> Shopper {
    Shopper::new()
        .mobile("5536616020")
        .birth_date("1983-08-17".parse::<chrono::NaiveDate>().unwrap())
        .email(plant("e-mail"))
        .name(plant("name"))
        .surname(plant("surname"))
        .identity_number("10000000146")
}

fn urls() -> ResultUrls {
    let url = "https://shop.example/?k=Sentinel";
    ResultUrls::new(url).ok(url).fail(url)
}

fn common() -> CommonFields {
    CommonFields::new()
        .ip_address("203.0.113.7")
        .extra("x", plant("extra"))
}

fn order() -> StartOrder {
    StartOrder::new("O-1", money("5.00"), urls(), shopper())
        .address(
            DeliveryAddress::new(plant("a"))
                .detail(plant("b"))
                .town(plant("c"))
                .city(plant("d"))
                .phone(plant("e"))
                .postal_code(plant("f")),
        )
        .item(Item::new("SKU", 1, money("5.00")).name("Lamba"))
        .common(common())
}

fn token() -> Token {
    Token::from("SentinelToken")
}

/// Collects texts and reports the first that shows a planted one.
#[derive(Default)]
struct Search(Vec<(String, String)>);

impl Search {
    fn debug(&mut self, what: &str, value: &impl Debug) {
        self.text(what, format!("{value:?}\n{value:#?}"));
    }

    fn text(&mut self, what: &str, text: impl Into<String>) {
        self.0.push((what.to_owned(), text.into()));
    }

    fn causes(&mut self, what: &str, error: &(dyn StdError + 'static)) {
        let mut next = Some(error);
        while let Some(cause) = next {
            self.text(what, format!("{cause} {cause:?} {cause:#?}"));
            next = cause.source();
        }
    }

    fn result<T: Debug>(&mut self, what: &str, result: Result<T, Error>) {
        match result {
            Ok(output) => self.debug(what, &output),
            Err(error) => {
                self.debug(what, &error);
                self.causes(what, &error);
                let report = error.report();
                self.debug(what, &report);
                self.text(what, serde_json::to_string(&report).unwrap());
            }
        }
    }

    fn started<T: Debug>(&mut self, what: &str, result: Result<T, StartError>) {
        match result {
            Ok(form) => self.debug(what, &form),
            Err(error) => self.causes(what, &error),
        }
    }

    fn problems(&mut self, what: &str, call: &impl Operation<Service = Settings>, client: &Client) {
        let problems = client.check(call);
        assert!(!problems.is_empty(), "{what}");
        self.debug(what, &problems);
        self.text(
            what,
            problems.text(Language::English) + &problems.text(Language::Turkish),
        );
        self.text(what, serde_json::to_string(&problems).unwrap());
    }

    fn finds_nothing(&self) {
        for (what, text) in &self.0 {
            let upper = kervan_turkiye::text::to_upper(text);
            let folded = kervan_turkiye::text::fold(text);
            assert!(
                !upper.contains(MARK) && !folded.contains(MARK),
                "{what} shows: {text}"
            );
            for personal in ["5536616020", "10000000146", "1983-08-17", "203.0.113.7"] {
                assert!(!text.contains(personal), "{what} shows: {text}");
            }
        }
    }
}

/// Returns answers that repeat secrets, and some that break in the middle of one.
fn faults() -> Vec<Fault> {
    let raw = |status, body: String| Fault::Answer(json(status, body.as_bytes()));
    let echo = format!("{KEY} {SALT} Sentinel Örnek");
    let plan = plan("O-1", "530.50");
    vec![
        raw(
            200,
            format!(
                r#"{{"Success": true, "Errors": ["{echo}"], "x": "{echo}", "Data": {{"Message": "RS100", "Token": "Sentinel", "URL": "https://x/{KEY}", "TransactionPayments": {plan}, "CustomerInfo": {{"x": "{echo}"}}, "y": "{echo}"}}}}"#
            ),
        ),
        raw(
            200,
            format!(
                r#"{{"Success": false, "Errors": ["{echo}", "H307 {echo}"], "x": "{echo}", "Data": {{"Message": "{echo}", "KkbPhones": ["Sentinel"]}}}}"#
            ),
        ),
        raw(
            200,
            format!(
                r#"{{"Success": true, "Data": {{"Message": "{echo}", "TransactionPayments": {{"TransactionCode": {{"{KEY}": 1}}}}}}}}"#
            ),
        ),
        raw(200, format!(r#"{{"Success": "{echo}"}}"#)),
        raw(200, format!("<html>{echo}</html>")),
        raw(500, format!("<html>{echo}</html>")),
        raw(200, format!(r#"{{"{KEY}": "#)),
        Fault::Answer(answer(302, &[("Location", &format!("/?k={KEY}"))], b"")),
        Fault::ResetBeforeAnswer,
        Fault::Stall(3),
    ]
}

async fn everything_that_calls(search: &mut Search) {
    for fault in faults() {
        let server = FaultServer::start(fault);
        let client = client(&server, 1);
        search.debug("client", &client);
        search.debug("settings", client.settings());
        search.started("order form", client.order_form(&order()).await);
        search.result("token", client.get_token(&GetToken::new()).await);
        search.result(
            "order",
            client.call(&OrderForm::new(order(), token())).await,
        );
        let limit = StartLimit::new(urls()).shopper(shopper()).common(common());
        search.result(
            "limit",
            client.call(&LimitForm::new(limit.clone(), token())).await,
        );
        search.result(
            "link",
            client.call(&LimitLinkForm::new(limit, token())).await,
        );
        let store = InStoreOrder::by_qr("O-1".into(), money("5.00"), urls(), plant("qr"));
        search.result(
            "store",
            client.call(&InStoreOrderForm::new(store, token())).await,
        );
        search.result(
            "activate",
            client
                .call(&ActivateOrder::without_post("O-1".into(), "T".into()).common(common()))
                .await,
        );
        search.result(
            "plan",
            client
                .call(&GetPlan::new("T".into(), "O-1".into()).common(common()))
                .await,
        );
        search.result("customer", client.call(&GetCustomer::new("5004")).await);
        search.result(
            "phone",
            client
                .call(&ChangePhone::new("5004".into(), "5536616020"))
                .await,
        );
        let pin = ConfirmPin::new("KKB".into(), plant("pin"));
        search.result("pin", client.call(&pin).await);
        search.result("start", client.call(&StartLimitByPin::new(shopper())).await);
        search.result(
            "kds",
            client
                .call(&SetLimitFromKds::new(shopper(), "SEG", money("1.00")))
                .await,
        );
        let refund = Refund::new(
            "R".into(),
            "T".into(),
            "O-1".into(),
            Extent::Whole(money("5.00")),
        )
        .common(common());
        search.result("refund", client.call(&refund).await);
        let attempt = client.prepare(&refund).await.unwrap();
        search.text("attempt", serde_json::to_string(&attempt).unwrap());
        search.debug("attempt", &attempt);
        if let Err(failed) = client.send(&refund, &attempt).await {
            search.debug("failed", &failed);
            search.causes("failed", &failed);
        }
        search.debug("settled", &client.settle(&refund, &attempt).await);
        let phone = ChangePhone::new("5004".into(), "5536616020");
        let attempt = client.prepare(&phone).await.unwrap();
        search.text("attempt", serde_json::to_string(&attempt).unwrap());
        search.result(
            "raw",
            client
                .call(&RawCall::new("X").field("a", plant("raw")))
                .await,
        );
    }
}

/// Posts with planted names, errors and unknown fields, readable and not.
fn everything_that_is_posted(search: &mut Search) {
    let plan = plan("O-1", "530.50");
    let data = format!(
        r#"{{"NameSurname":"Sentinel","CustomerId":"5004","TransactionStatus":"6","CustomerLimit":"1","x":"Sentinel","TransactionPayments":{plan}}}"#
    );
    let bodies = [
        format!("Success=true&x=Sentinel&Data={}", data.replace('+', "%2B")),
        "Success=false&Errors=Sentinel&MercantOid=O-1&Name=Sentinel".to_owned(),
        "Success=Sentinel".to_owned(),
        format!(r#"{{"Success": true, "Data": {}}}"#, data.replace("\"6\"", "[\"Sentinel\"]")),
        r#"{"Success": true, "Data": {"CustomerLimit": "Sentinel", "CustomerId": {"Sentinel": 1}}}"#.to_owned(),
        "{\"Sentinel".to_owned(),
    ];
    for body in bodies {
        let body = body.as_bytes();
        search.debug("ok", &OrderOk::read(&delivery(None, body)));
        search.debug("callback", &OrderCallback::read(&delivery(None, body)));
        search.debug("fail", &OrderFail::read(&delivery(None, body)));
        search.debug("limit ok", &LimitOk::read(&delivery(None, body)));
        search.debug(
            "limit callback",
            &LimitCallback::read(&delivery(None, body)),
        );
        search.debug("limit fail", &LimitFail::read(&delivery(None, body)));
        if let Ok(post) = OrderOk::read(&delivery(None, body)) {
            let stored = StoredOrder::open("O-1", money("500.00"));
            let confirmed = post.confirm(&stored, &haso_bnpl::Quirks::default());
            search.debug("confirmed", &confirmed);
            search.debug("key", post.key());
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
    runtime.block_on(everything_that_calls(&mut search));
    everything_that_is_posted(&mut search);

    let client = client_by("http://127.0.0.1:9", 1, |builder| builder.tokens(token()));
    let form = runtime.block_on(client.order_form(&order())).unwrap();
    search.debug("form", &form);
    search.debug("page", &form.page(&PageTexts::turkish()));
    let posted = OrderForm::new(order(), token());
    search.debug("request", &posted);
    search.debug("token", &token());
    let dry = client.dry_run(&posted).unwrap();
    search.debug("dry run", &dry);
    assert!(
        !String::from_utf8(dry.body)
            .unwrap()
            .contains("SentinelToken")
    );
    let listed = haso_bnpl::Method::new().text("ApiKey", "SentinelListed");
    let quirks = haso_bnpl::Quirks::default().method("UpdateTransaction", listed);
    search.debug("listed text", &quirks);
    let body = r#"{"Success": true, "Data": "SentinelListed", "x": "SentinelHeader"}"#;
    let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
    let echoed = client_by(&server, 1, |builder| {
        builder.quirks(quirks).header("X-Api-Key", "SentinelHeader")
    });
    search.debug("listing client", &echoed);
    let call = ActivateOrder::without_post("O-1".into(), "T".into());
    let dry = String::from_utf8(echoed.dry_run(&call).unwrap().body).unwrap();
    search.text("listed dry run", dry);
    let active = runtime.block_on(echoed.call(&call)).unwrap();
    search.text("listed echo", serde_json::to_string(&active).unwrap());

    let refund = Refund::new(
        "R".into(),
        "T".into(),
        "O-1".into(),
        Extent::Part(money("5.00")),
    )
    .common(common());
    search.debug("refund", &refund);
    let dry = String::from_utf8(client.dry_run(&refund).unwrap().body).unwrap();
    assert!(dry.contains(r#""requestToken":"[redacted]""#), "{dry}");

    let mut bad = order();
    bad.shopper = shopper()
        .mobile("Sentinel")
        .identity_number("Sentinel")
        .email("Sentinel\n");
    bad.number = "Sentinel Sentinel Sentinel".into();
    bad.common = CommonFields::new().ip_address("Sentinel");
    bad.urls = ResultUrls::new("http://Sentinel/")
        .ok("Sentinel")
        .fail("Sentinel");
    let bad = OrderForm::new(bad, "Sentinel\0");
    search.problems("problems", &bad, &client);
    search.result("invalid", client.dry_run(&bad));
    let stored = serde_json::to_string(&order())
        .unwrap()
        .replace("\"O-1\"", "{\"Sentinel\":1}");
    let error = haso_bnpl::from_stored::<StartOrder>(&stored).unwrap_err();
    search.text("stored", format!("{error} {error:?}"));

    let log = lines.text();
    assert!(log.contains("call failed"), "the log was captured");
    search.text("log", log);
    search.finds_nothing();
}
