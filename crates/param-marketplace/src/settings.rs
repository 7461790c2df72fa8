//! Addresses and keys, and the choice of an environment.

use kervan_core::{AddressError, BaseUrl, Personal, Scrub, Secret};
use kervan_wire::scrub::scrub_in_any_case;

use crate::credentials::Credentials;
use crate::ids::{MarketplaceKey, MerchantKey};

/// The address of the marketplace service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Environment {
    /// `https://posws.param.com.tr/turkpos.ws/service_pazaryeri.asmx`.
    Production,
    /// `https://testposws.param.com.tr/turkpos.ws/service_pazaryeri.asmx`, the address of the
    /// provider's current pages.
    Test,
    /// Any other address, for example an older test host or a server of the program's own.
    At(BaseUrl),
}

impl Environment {
    /// Returns the address of the marketplace service.
    ///
    /// # Errors
    ///
    /// Never for the environments of this crate.
    pub fn address(&self) -> Result<BaseUrl, AddressError> {
        self.service("service_pazaryeri")
    }

    /// Returns the address of the payment service, which is a separate service. For [`At`](Self::At) it is
    /// the same address, as on the older test hosts.
    ///
    /// # Errors
    ///
    /// Never for the environments of this crate.
    pub fn payment_address(&self) -> Result<BaseUrl, AddressError> {
        self.service("service_turkpos_prod")
    }

    /// Returns the address of the service for stored cards. For [`At`](Self::At) it is the same address.
    ///
    /// # Errors
    ///
    /// Never for the environments of this crate.
    #[cfg(feature = "payments")]
    pub fn card_address(&self) -> Result<BaseUrl, AddressError> {
        self.at("out.ws/service_ks")
    }

    fn service(&self, name: &str) -> Result<BaseUrl, AddressError> {
        self.at(&format!("turkpos.ws/{name}"))
    }

    fn at(&self, path: &str) -> Result<BaseUrl, AddressError> {
        let host = match self {
            Self::Production => "posws",
            Self::Test => "testposws",
            Self::At(address) => return Ok(address.clone()),
        };
        BaseUrl::parse(&format!("https://{host}.param.com.tr/{path}.asmx"))
    }
}

/// The settings that every call of a client shares.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The address of the marketplace service.
    pub address: BaseUrl,
    /// The address of the payment service. Of the calls outside `payments`, only `Il_Liste` uses it.
    pub payment_address: BaseUrl,
    /// The address of the service for stored cards.
    #[cfg(feature = "payments")]
    pub card_address: BaseUrl,
    /// The login.
    pub credentials: Credentials,
    /// The key of the marketplace.
    pub marketplace: MarketplaceKey,
    /// The key of the merchant. In the test account it equals the marketplace's.
    pub merchant: MerchantKey,
    /// Whether cards are written as `[redacted]`, for a dry run.
    #[cfg(feature = "payments")]
    pub(crate) hide_cards: bool,
}

impl Settings {
    /// Returns the settings with every credential replaced and cards hidden.
    pub(crate) fn hidden(&self) -> Self {
        Self {
            credentials: Credentials::redacted(),
            marketplace: MarketplaceKey(Secret::redacted()),
            merchant: MerchantKey(Secret::redacted()),
            #[cfg(feature = "payments")]
            hide_cards: true,
            ..self.clone()
        }
    }

    /// Returns every address that a call may go to.
    #[cfg(feature = "reqwest")]
    pub(crate) fn addresses(&self) -> Vec<&BaseUrl> {
        vec![
            &self.address,
            &self.payment_address,
            #[cfg(feature = "payments")]
            &self.card_address,
        ]
    }

    /// Hides the login in a column of any name, and the whole of a column of the login. A number that only
    /// contains the client's code is kept, because an amount can contain it.
    pub(crate) fn scrub_column(&self, name: &str, text: Personal) -> Personal {
        let is_number = |text: &str| {
            let mut bytes = text.bytes();
            bytes.all(|byte| byte.is_ascii_digit() || b",.-".contains(&byte))
        };
        let code = self.credentials.client_code.expose();
        if LOGIN.contains(&name) {
            Secret::redacted().expose().into()
        } else if is_number(text.as_str()) && text.as_str() != code {
            text
        } else {
            self.scrub(text.as_str()).into()
        }
    }
}

/// The names of the login in requests.
const LOGIN: [&str; 4] = [
    "CLIENT_CODE",
    "CLIENT_USERNAME",
    "CLIENT_PASSWORD",
    "ETS_GUID",
];

impl Scrub for Settings {
    /// Hides login, keys and card numbers. The keys are GUIDs, so their letter case is ignored.
    fn scrub(&self, text: &str) -> String {
        let text = scrub_in_any_case(text, &self.merchant.0);
        let text = scrub_in_any_case(&text, &self.marketplace.0);
        let text = self.credentials.scrub(&text);
        #[cfg(feature = "payments")]
        let text = crate::payments::hide_card_numbers(text);
        text
    }
}
