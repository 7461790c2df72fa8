//! Every operation that the contract tests know. Adding one is one line in [`all`].

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use fixtures::case::Case;
use fixtures::json::Node;
use horoz_shipping::{CheckAccess, CreateSupplierPaysOrder, ListCounties, PlaceBook, Quirks};
use kervan_core::places::Pairs;
use kervan_core::{BaseUrl, Caller, Config, Error, Operation, Retry, Settings};
use param_marketplace::{
    AddOrderDetail, AddSubMerchant, AddSubMerchantV2, CancelOrRefund, CheckLimit, Credentials,
    Environment, ListDistricts, ListProvinces, ListProvincesOfTestService, ListSubMerchants,
    QueryOrders, RemoveSubMerchant, SetOrderStatus, TraceTransactions, UpdateSubMerchant,
    UpdateSubMerchantV2,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Every operation.
pub(crate) fn all() -> Vec<Entry> {
    vec![
        call::<Horoz, CreateSupplierPaysOrder>(),
        call::<Horoz, ListCounties>(),
        call::<Horoz, CheckAccess>(),
        call::<Param, AddOrderDetail>(),
        call::<Param, SetOrderStatus>(),
        call::<Param, CancelOrRefund>(),
        call::<Param, QueryOrders>(),
        call::<Param, CheckLimit>(),
        call::<Param, TraceTransactions>(),
        call::<Param, ListProvinces>(),
        call::<Param, ListProvincesOfTestService>(),
        call::<Param, ListDistricts>(),
        call::<Param, AddSubMerchant>(),
        call::<Param, AddSubMerchantV2>(),
        call::<Param, UpdateSubMerchant>(),
        call::<Param, UpdateSubMerchantV2>(),
        call::<Param, ListSubMerchants>(),
        call::<Param, RemoveSubMerchant>(),
        links("aras-tracking", |link| {
            value_of(&aras_tracking::LinkReport::of(link))
        }),
    ]
}

/// A key in the shape of the provider's placeholders. It opens nothing.
const TEST_KEY: &str = "0123456789abcdef0123456789abcdef";

/// The key of Param's published test account, the marketplace's and the merchant's.
const TEST_GUID: &str = "0c13d406-873b-403b-9c09-a5766840d98c";

/// One operation: its folder in the fixtures, and how a case of it is made to happen.
pub(crate) struct Entry {
    pub(crate) provider: &'static str,
    pub(crate) operation: &'static str,
    /// The result codes that the provider documents; each needs a case.
    pub(crate) codes: Vec<&'static str>,
    pub(crate) action: Action,
}

/// How a case is made to happen.
pub(crate) enum Action {
    /// A call over HTTP to this base address; gives the outcome.
    Call(CallFn),
    /// A link that is read; gives the outcome.
    Link(fn(&str) -> Value),
}

type CallFn =
    for<'a> fn(&'a Case, &'a str) -> Pin<Box<dyn Future<Output = Result<Value, String>> + 'a>>;

/// Builds a provider's client as a user would, from the settings of a case.
trait Harness {
    const PROVIDER: &'static str;
    type Settings: Settings;

    fn caller(
        base: BaseUrl,
        config: Config,
        settings: toml::Table,
    ) -> Result<Caller<Self::Settings>, String>;
}

struct Horoz;

impl Harness for Horoz {
    const PROVIDER: &'static str = "horoz-shipping";
    type Settings = horoz_shipping::Settings;

    fn caller(
        base: BaseUrl,
        config: Config,
        mut settings: toml::Table,
    ) -> Result<Caller<Self::Settings>, String> {
        let places = match settings
            .remove("places")
            .as_ref()
            .and_then(toml::Value::as_str)
        {
            None => PlaceBook::BuiltIn,
            Some("fetched") => PlaceBook::Fetched(Pairs::new([("ANKARA", "MAMAK")]).into()),
            Some("unchecked") => PlaceBook::Unchecked,
            Some(other) => return Err(format!("no place book `{other}`")),
        };
        let quirks: Quirks = settings
            .try_into()
            .map_err(|e: toml::de::Error| e.to_string())?;
        let key = horoz_shipping::ProcessKey::new(TEST_KEY).map_err(|e| e.to_string())?;
        let builder = horoz_shipping::Client::builder(base, key);
        let client = builder.config(config).quirks(quirks).places(places).build();
        client
            .map(|client| client.caller().clone())
            .map_err(|e| e.to_string())
    }
}

struct Param;

impl Harness for Param {
    const PROVIDER: &'static str = "param-marketplace";
    type Settings = param_marketplace::Settings;

    fn caller(
        base: BaseUrl,
        config: Config,
        settings: toml::Table,
    ) -> Result<Caller<Self::Settings>, String> {
        if let Some(name) = settings.keys().next() {
            return Err(format!("no setting `{name}`"));
        }
        let service = |name| BaseUrl::parse(&format!("{}/turkpos.ws/{name}.asmx", base.as_str()));
        let address = service("service_pazaryeri").map_err(|e| e.to_string())?;
        let payment_address = service("service_turkpos_prod").map_err(|e| e.to_string())?;
        let login = Credentials::published_test_account();
        let environment = Environment::At(address);
        let builder = param_marketplace::Client::builder(&environment, login, TEST_GUID, TEST_GUID);
        let builder = builder
            .map_err(|e| e.to_string())?
            .payment_address(payment_address);
        let client = builder.config(config).build();
        client
            .map(|client| client.caller().clone())
            .map_err(|e| e.to_string())
    }
}

fn call<H, O>() -> Entry
where
    H: Harness + 'static,
    O: Operation<Settings = H::Settings> + DeserializeOwned + 'static,
    O::Output: Serialize,
{
    Entry {
        provider: H::PROVIDER,
        operation: O::NAME,
        codes: O::result_codes(),
        action: Action::Call(|case, base| Box::pin(make::<H, O>(case, base))),
    }
}

fn links(provider: &'static str, read: fn(&str) -> Value) -> Entry {
    Entry {
        provider,
        operation: "links",
        codes: Vec::new(),
        action: Action::Link(read),
    }
}

async fn make<H, O>(case: &Case, base: &str) -> Result<Value, String>
where
    H: Harness,
    O: Operation<Settings = H::Settings> + DeserializeOwned,
    O::Output: Serialize,
{
    let request = case
        .call
        .as_ref()
        .map(Node::to_pretty)
        .ok_or("call.json is missing")?;
    let request: O =
        kervan_core::json::from_stored(&request).map_err(|error| format!("call.json: {error}"))?;
    let base = BaseUrl::parse(base).map_err(|e| e.to_string())?;
    let config = Config::default()
        .timeout(Duration::from_secs(10))
        .retry(Retry::never());
    let caller = H::caller(base, config, case.about.settings.clone())
        .map_err(|message| format!("about.toml, settings: {message}"))?;
    Ok(match caller.call(&request).await {
        Ok(output) => json!({ "ok": value_of(&output) }),
        Err(error) => {
            let mut shape = value_of(&error.report());
            if let (Error::Rejected(rejection), Value::Object(members)) = (&error, &mut shape) {
                members.insert("rejection".to_owned(), value_of(rejection));
            }
            json!({ "error": shape })
        }
    })
}

fn value_of(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_else(|error| Value::String(error.to_string()))
}
