//! Address, login and method of the query service.

use kervan_core::{AddressError, BaseUrl};
use serde::Deserialize;

use crate::client::{Client, ClientBuilder};
use crate::login::Login;

/// Where the query service is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryEnvironment {
    /// `https://customerservices.araskargo.com.tr/ArasCargoCustomerIntegrationService/ArasCargoIntegrationService.svc`.
    Production,
    /// `https://customerservicestest.araskargo.com.tr/ArasCargoIntegrationService.svc`.
    Test,
    /// Any other address: the paths have moved before.
    At(BaseUrl),
}

impl QueryEnvironment {
    fn address(&self) -> Result<BaseUrl, AddressError> {
        let address = match self {
            Self::Production => {
                "https://customerservices.araskargo.com.tr/ArasCargoCustomerIntegrationService/ArasCargoIntegrationService.svc"
            }
            Self::Test => {
                "https://customerservicestest.araskargo.com.tr/ArasCargoIntegrationService.svc"
            }
            Self::At(address) => return Ok(address.clone()),
        };
        BaseUrl::parse(address)
    }
}

/// The form of the answers, which belongs to the account: an account that was registered for one
/// method gets empty answers from the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum QueryMethod {
    /// `GetQueryJSON`.
    #[default]
    #[serde(rename = "json")]
    Json,
    /// `GetQueryXML`.
    #[serde(rename = "xml")]
    Xml,
    /// `GetQueryDS`, which the registration form shows first. Types 22 and 26 take no other.
    #[serde(rename = "data_set")]
    DataSet,
}

/// The settings that every call of a client shares.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct QuerySettings {
    /// The address of the service.
    pub address: BaseUrl,
    /// The login.
    pub login: Login,
    /// The form of the answers.
    pub method: QueryMethod,
}

impl Client<QuerySettings> {
    /// Starts a client of the query service.
    ///
    /// # Errors
    ///
    /// Never for the environments of this crate.
    pub fn builder(
        environment: &QueryEnvironment,
        login: Login,
    ) -> Result<ClientBuilder<QuerySettings>, AddressError> {
        let address = environment.address()?;
        let settings = QuerySettings {
            address: address.clone(),
            login,
            method: QueryMethod::default(),
        };
        Ok(Self::of(address, settings))
    }
}

impl ClientBuilder<QuerySettings> {
    /// Sets the form of the answers.
    pub fn method(mut self, method: QueryMethod) -> Self {
        self.settings.method = method;
        self
    }
}
