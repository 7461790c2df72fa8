//! The programs of README and docs, run against the sandbox.
//!
//! Some read their address and login from the environment, as users would. The environment belongs to a
//! process, so that each of these runs in a process of its own: this program once more, with one test.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::process::Command;

use aras_tracking::{
    CustomerCode, Login, PageClient, PageEnvironment, Password, QueryClient, QueryEnvironment,
    TrackingNumber, UserName,
};
use kervan_sandbox::aras::Aras;
use kervan_sandbox::haso::Haso;
use kervan_sandbox::horoz::Horoz;
use kervan_sandbox::param::Param;
use kervan_sandbox::{Hosted, Kurus, Sandbox};
use param_marketplace::{
    BaseUrl, ClientCode, Credentials, Environment, MarketplaceKey, MerchantKey, Username,
};
use serde_json::json;

/// Includes a program that was cut out.
macro_rules! program {
    ($module:ident, $file:literal) => {
        #[allow(
            clippy::match_same_arms,
            clippy::print_stdout,
            unused_imports,
            reason = "a program of the docs, in which an address was replaced"
        )]
        mod $module {
            include!(concat!(env!("OUT_DIR"), "/", $file));
        }
    };
}

program!(readme_ship, "readme_ship.rs");
program!(readme_share, "readme_share.rs");
program!(horoz_ship, "crates_horoz_shipping_readme_ship.rs");
program!(param_enter, "crates_param_marketplace_readme_enter.rs");
program!(haso_order_page, "crates_haso_bnpl_readme_order_page.rs");
program!(aras_status, "docs_recipes_aras_link_to_status_status.rs");
program!(aras_morning, "docs_recipes_aras_undelivered_morning.rs");

const SELLERS: [&str; 2] = [
    "7f2b9c1e-0000-4000-8000-0000000000a1",
    "7f2b9c1e-0000-4000-8000-0000000000a2",
];
const PAYMENT: i64 = 1_247_910_825;

/// The address that the programs of Param are given in the place of the provider's test system.
fn param() -> Environment {
    let address = std::env::var("PARAM_BASE_URL").unwrap();
    Environment::At(BaseUrl::parse(&address).unwrap())
}

/// The login in the place of the published one, which only the default world of a server has.
fn login() -> Credentials {
    let value = |name: &str| std::env::var(name).unwrap();
    Credentials::new(
        ClientCode::new(value("PARAM_CODE")),
        Username::new(value("PARAM_USER")),
        param_marketplace::Password::new(value("PARAM_PASSWORD")),
    )
}

async fn sandbox() -> Sandbox {
    Sandbox::start().await.unwrap()
}

/// A world of Horoz that knows the supplier of the documentation's examples.
async fn supplied() -> Sandbox {
    let sandbox = sandbox().await;
    let step = json!({ "step": "add_account", "code": 801_452 });
    sandbox.step_named(Horoz::NAME, step).unwrap();
    sandbox
}

/// Runs one program in a process of its own, with its environment.
fn run_alone(program: &str, environment: &[(&str, &str)]) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "alone", "--ignored", "--nocapture"])
        .env("PROGRAM", program)
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let [text, why] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{program}: {text}{why}");
    assert!(text.contains("1 passed"), "{program}: {text}");
}

/// The programs that read their environment.
#[tokio::test]
#[ignore = "run by the tests below, each with an environment of its own"]
async fn alone() {
    let value = |name: &str| std::env::var(name).unwrap();
    match value("PROGRAM").as_str() {
        "horoz_ship" => horoz_ship::ship().await.unwrap(),
        "param_enter" => param_enter::enter().await.unwrap(),
        "readme_share" => {
            let marketplace = MarketplaceKey::new(value("PARAM_ETS_GUID"));
            let merchant = MerchantKey::new(value("PARAM_GUID"));
            readme_share::share(marketplace, merchant).await.unwrap();
        }
        "haso_order_page" => {
            let page = haso_order_page::order_page().await.unwrap();
            assert!(page.contains("ServletV2/Transaction"));
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn the_order_of_the_readme_is_created_once() {
    let sandbox = supplied().await;
    let horoz = sandbox.account(Horoz::NAME);
    readme_ship::ship(&horoz.address, horoz.get("process_key"))
        .await
        .unwrap();
    let orders = sandbox.ask(|horoz: &Horoz| horoz.writes_of("KV-1001").len());
    assert_eq!(orders, 1);
}

#[tokio::test]
async fn the_first_order_of_horoz_is_created_once() {
    let sandbox = supplied().await;
    let horoz = sandbox.account(Horoz::NAME);
    let environment = [
        ("HOROZ_BASE_URL", horoz.address.as_str()),
        ("HOROZ_PROCESS_KEY", horoz.get("process_key")),
    ];
    run_alone("horoz_ship", &environment);
    assert!(sandbox.ask(|horoz: &Horoz| horoz.is_active("KV-1001")));
}

/// A world of Param with the published login, two sellers and one payment.
async fn sold(amount: i64) -> Sandbox {
    let sandbox = sandbox().await;
    for key in SELLERS {
        let step = json!({ "step": "seed_seller", "key": key });
        sandbox.step_named(Param::NAME, step).unwrap();
    }
    let step = json!({ "step": "seed_payment", "id": PAYMENT, "order": "KV-1", "amount": amount });
    sandbox.step_named(Param::NAME, step).unwrap();
    sandbox
}

fn enter(sandbox: &Sandbox, program: &str) {
    let param = sandbox.account(Param::NAME);
    let environment = [
        ("PARAM_BASE_URL", param.address.as_str()),
        ("PARAM_ETS_GUID", param.get("marketplace_guid")),
        ("PARAM_GUID", param.get("guid")),
        ("PARAM_CODE", param.get("client_code")),
        ("PARAM_USER", param.get("client_username")),
        ("PARAM_PASSWORD", param.get("client_password")),
    ];
    run_alone(program, &environment);
}

#[tokio::test]
async fn the_share_of_the_readme_is_entered_once() {
    let sandbox = sold(10_000).await;
    enter(&sandbox, "readme_share");
    let shares = sandbox.ask(|param: &Param| param.orders_of(PAYMENT).len());
    assert_eq!(shares, 1);
}

#[tokio::test]
async fn the_split_of_param_is_entered_whole() {
    let sandbox = sold(10_000).await;
    enter(&sandbox, "param_enter");
    let shares = sandbox.ask(|param: &Param| {
        let entries = param.orders_of(PAYMENT);
        entries
            .iter()
            .map(|entry| entry.payable)
            .collect::<Vec<Kurus>>()
    });
    assert_eq!(shares.len(), 2);
}

#[tokio::test]
async fn the_page_of_haso_has_a_token() {
    let sandbox = sandbox().await;
    let haso = sandbox.account(Haso::NAME);
    let environment = [
        ("HASO_BASE_URL", haso.address.as_str()),
        ("HASO_MERCHANT", haso.get("merchant")),
        ("HASO_KEY", haso.get("merchant_key")),
        ("HASO_SALT", haso.get("merchant_salt")),
    ];
    run_alone("haso_order_page", &environment);
    sandbox.wait_for_call("GetToken").await.unwrap();
}

#[tokio::test]
async fn the_recipes_of_aras_read_a_parcel() {
    let sandbox = sandbox().await;
    let step =
        json!({ "step": "add_parcel", "code": "KV-1001", "tracking_number": "3513773163316" });
    sandbox.step_named(Aras::NAME, step).unwrap();
    let step = json!({ "step": "move", "key": "KV-1001", "to": "undelivered", "reason": "NT" });
    sandbox.step_named(Aras::NAME, step).unwrap();
    let aras = sandbox.account(Aras::NAME);
    let base = || aras_tracking::BaseUrl::parse(&aras.address).unwrap();

    let pages = PageClient::builder(&PageEnvironment::At(base()))
        .unwrap()
        .build()
        .unwrap();
    let number = TrackingNumber::new("3513773163316").unwrap();
    let link = aras_tracking::ShareableLink::by_tracking_number(number).to_string();
    let text = aras_status::status(&pages, &link).await.unwrap();
    assert!(
        text.ends_with(&link) && !text.starts_with("henüz"),
        "{text}"
    );

    let login = Login::new(
        UserName::new(aras.get("query_user_name")),
        Password::new(aras.get("query_password")),
        CustomerCode::new(aras.get("customer_code")),
    );
    let query = QueryClient::builder(&QueryEnvironment::At(base()), login)
        .unwrap()
        .build()
        .unwrap();
    aras_morning::morning(&query).await.unwrap();
    sandbox.wait_for_call("GetQueryJSON-5").await.unwrap();
}
