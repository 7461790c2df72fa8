//! Address and login of the shipment service.

use kervan_core::{AddressError, BaseUrl};

use crate::client::{Client, ClientBuilder};
use crate::login::Login;

/// Where the shipment service is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShipmentEnvironment {
    /// `https://customerws.araskargo.com.tr/arascargoservice.asmx`, as the guide of 2025 has it.
    Production,
    /// `https://customerservicestest.araskargo.com.tr/arascargoservice/arascargoservice.asmx`. The
    /// published test account may register, find and cancel orders there, and nothing else of this crate. Everybody
    /// shares it: its orders are other people's, references can collide, and receivers have to be invented.
    Test,
    /// Any other address: the host has moved before.
    At(BaseUrl),
}

impl ShipmentEnvironment {
    fn address(&self) -> Result<BaseUrl, AddressError> {
        BaseUrl::parse(match self {
            Self::Production => "https://customerws.araskargo.com.tr/arascargoservice.asmx",
            Self::Test => {
                "https://customerservicestest.araskargo.com.tr/arascargoservice/arascargoservice.asmx"
            }
            Self::At(address) => return Ok(address.clone()),
        })
    }
}

/// The settings that every call of a client shares.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ShipmentSettings {
    /// The address of the service.
    pub address: BaseUrl,
    /// The login of this service. Only [`GetCargoInfo`](super::GetCargoInfo) sends its customer
    /// code.
    pub login: Login,
}

impl Client<ShipmentSettings> {
    /// Starts a client of the shipment service.
    ///
    /// # Errors
    ///
    /// Never for the environments of this crate.
    pub fn builder(
        environment: &ShipmentEnvironment,
        login: Login,
    ) -> Result<ClientBuilder<ShipmentSettings>, AddressError> {
        let address = environment.address()?;
        Ok(Self::of(
            address.clone(),
            ShipmentSettings { address, login },
        ))
    }
}
