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
pub enum Method {
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

/// What every call of a client shares.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct QuerySettings {
    /// The address of the service.
    pub address: BaseUrl,
    /// The login.
    pub login: Login,
    /// The form of the answers.
    pub method: Method,
}

impl kervan_core::Service for QuerySettings {
    type Rejection = crate::Rejection;
    type Endpoint = super::call::Query;
    type Body<'a> = kervan_core::HttpRequest;
    type Reading<'a> = (&'a Self, &'a kervan_core::Reply);

    fn write(
        &self,
        _endpoint: &Self::Endpoint,
        body: kervan_core::HttpRequest,
    ) -> Result<kervan_core::HttpRequest, kervan_core::EncodeError> {
        Ok(body)
    }

    fn reading<'a>(
        &'a self,
        _endpoint: &'a Self::Endpoint,
        reply: &'a kervan_core::Reply,
    ) -> Self::Reading<'a> {
        (self, reply)
    }

    fn redacted(&self) -> Self {
        Self {
            login: Login::redacted(),
            ..self.clone()
        }
    }

    fn status_hint(&self, status: u16) -> Option<&'static str> {
        (status == 404).then_some("the path of the service may have moved")
    }

    fn user_agent(&self) -> &'static str {
        crate::USER_AGENT
    }
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
            method: Method::default(),
        };
        Ok(Self::of(address, settings))
    }
}

impl ClientBuilder<QuerySettings> {
    /// Sets the form of the answers.
    pub fn method(mut self, method: Method) -> Self {
        self.settings.method = method;
        self
    }
}
