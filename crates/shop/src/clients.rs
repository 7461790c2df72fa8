//! The clients of the providers, with the addresses and logins that the sandbox gives.

use kervan_core::transport::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aras_tracking::{PageClient, PageEnvironment};
use haso_bnpl::{MerchantKey as HasoKey, MerchantSalt, Signing};
use horoz_shipping::{ProcessKey, SupplierCode, TrackingService};
use kervan_core::{BaseUrl, Config, Host, HttpRequest, Limits, Reply, Transport, TransportError};
use kervan_ledger::Account;
use kervan_reqwest::{ReqwestTransport, SystemHost};
use param_marketplace::{
    ClientCode, Credentials, Environment, MarketplaceKey, MerchantKey, Password, Username,
};
use serde_json::Value;

use crate::server::StartError;
use crate::settings::Settings;

/// The network and the clocks of the shop, so that a test can hold both.
#[derive(Clone)]
#[non_exhaustive]
pub struct Outside {
    /// Sends the calls.
    pub transport: Arc<dyn Transport>,
    /// Tells and waits for the time.
    pub host: Arc<dyn Host>,
    /// How long a page waits for an answer, in real time. 10 seconds.
    pub patience: Duration,
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outside").finish_non_exhaustive()
    }
}

impl Outside {
    /// Takes a transport and a host.
    pub fn new(transport: impl Transport, host: impl Host) -> Self {
        Self {
            transport: Arc::new(transport),
            host: Arc::new(host),
            patience: Duration::from_secs(10),
        }
    }

    /// Takes the network and the clock of this machine.
    ///
    /// # Errors
    ///
    /// [`StartError`] when the HTTP library cannot be set up.
    pub fn machine() -> Result<Self, StartError> {
        let transport = ReqwestTransport::new(&Config::default());
        let transport = transport.map_err(|error| StartError::new("HTTP", &error))?;
        Ok(Self::new(transport, SystemHost::new()))
    }
}

/// One transport for all clients.
struct Shared(Arc<dyn Transport>);

impl Transport for Shared {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        self.0.send(request, limits)
    }
}

/// The accounts that the shop's writes go to, by which the ledger tells them apart.
pub(crate) struct Accounts {
    pub(crate) param: Account,
    pub(crate) haso: Account,
    pub(crate) horoz: Account,
    pub(crate) aras: Account,
}

/// The clients of the shop.
pub(crate) struct Clients {
    pub(crate) param: param_marketplace::Client,
    pub(crate) haso: haso_bnpl::Client,
    pub(crate) horoz: horoz_shipping::Client,
    pub(crate) supplier: SupplierCode,
    pub(crate) aras: PageClient,
    pub(crate) accounts: Accounts,
    /// The origins of the pages to which a browser is sent, for the pages' own headers.
    pub(crate) origins: Vec<String>,
}

impl Clients {
    /// Asks the sandbox for addresses and logins, and builds the clients.
    pub(crate) async fn build(settings: &Settings, outside: &Outside) -> Result<Self, StartError> {
        let world = describe(settings, outside).await?;
        let text = |path: &str| -> Result<String, StartError> {
            let found = world.pointer(path).and_then(Value::as_str);
            let missing =
                || StartError::new("KERVAN_SANDBOX", &format!("its world lacks `{path}`"));
            found.map(str::to_owned).ok_or_else(missing)
        };
        let address = |provider: &str| {
            let address = text(&format!("/addresses/{provider}"))?;
            BaseUrl::parse(&address).map_err(|error| StartError::new("KERVAN_SANDBOX", &error))
        };
        let wrong = |error: &dyn fmt::Display| StartError::new("KERVAN_SANDBOX", error);
        let over = || {
            (
                Shared(Arc::clone(&outside.transport)),
                Arc::clone(&outside.host),
            )
        };

        let login = Credentials::new(
            ClientCode::new(text("/logins/param/client_code")?),
            Username::new(text("/logins/param/client_username")?),
            Password::new(text("/logins/param/client_password")?),
        );
        let marketplace = MarketplaceKey::new(text("/logins/param/marketplace_guid")?);
        let merchant = MerchantKey::new(text("/logins/param/guid")?);
        let environment = Environment::At(address("param")?);
        let param = param_marketplace::Client::builder(&environment, login, marketplace, merchant);
        let (transport, host) = over();
        let param = param
            .map_err(|error| wrong(&error))?
            .build_over(transport, host);

        let signing = Signing::new(
            HasoKey::new(text("/logins/haso/merchant_key")?),
            MerchantSalt::new(text("/logins/haso/merchant_salt")?),
        );
        let haso = haso_bnpl::Client::builder(address("haso")?, text("/logins/haso/merchant")?);
        let (transport, host) = over();
        let haso = haso.signing(signing).build_over(transport, host);

        let key = ProcessKey::new(&text("/logins/horoz/process_key")?);
        let key = key.map_err(|error| wrong(&error))?;
        let base = address("horoz")?;
        // The sandbox has a pause of its own, which it tells.
        let tracking = TrackingService::new(base.clone()).repeat_after(Duration::from_secs(1));
        let horoz = horoz_shipping::Client::builder(base, key).tracking(tracking);
        let (transport, host) = over();
        let horoz = horoz.build_over(transport, host);
        let supplier = text("/logins/horoz/supplier_code")?.parse().ok();
        let supplier = supplier.and_then(SupplierCode::new);
        let supplier = supplier.ok_or_else(|| wrong(&"its supplier code is not a number"))?;

        let aras = PageClient::builder(&PageEnvironment::At(address("aras")?));
        let (transport, host) = over();
        let aras = aras
            .map_err(|error| wrong(&error))?
            .build_over(transport, host);

        let origin = |url: BaseUrl| {
            let text = url.as_str();
            let rest = text.find("://").map_or(0, |at| at + 3);
            let end = text[rest..].find('/').map_or(text.len(), |at| rest + at);
            text[..end].to_owned()
        };
        let mut origins = vec![origin(address("param")?), origin(address("haso")?)];
        origins.dedup();
        let account = |provider: &str, merchant: String| Account {
            provider: provider.to_owned(),
            merchant: format!("sandbox {merchant}"),
        };
        let accounts = Accounts {
            param: account("param", text("/logins/param/client_code")?),
            haso: account("haso", text("/logins/haso/merchant")?),
            horoz: account("horoz", text("/logins/horoz/supplier_code")?),
            // Its pages have no login.
            aras: account("aras", "pages".to_owned()),
        };
        Ok(Self {
            param,
            haso,
            horoz,
            supplier,
            aras,
            accounts,
            origins,
        })
    }
}

async fn describe(settings: &Settings, outside: &Outside) -> Result<Value, StartError> {
    let url = settings.description();
    let failed = |why: &dyn fmt::Display| {
        StartError::new(
            "KERVAN_SANDBOX",
            &format!("no sandbox answers at {url}: {why}"),
        )
    };
    let url = BaseUrl::parse(&url).map_err(|error| failed(&error))?.url();
    let limits = Limits::new(Duration::from_secs(10), 1 << 20);
    let request = HttpRequest::get(url);
    let reply = outside.transport.send(&request, limits).await;
    let start = "`cargo run -p kervan-sandbox` starts one";
    let reply = reply.map_err(|error| failed(&format!("{error}; {start}")))?;
    if !reply.is_success() {
        return Err(failed(&format!("status {}", reply.status)));
    }
    serde_json::from_slice(&reply.body).map_err(|error| failed(&error))
}
