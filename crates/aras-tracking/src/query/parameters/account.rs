//! Parameters that name an account, a contract or an address beside the parcels.

use chrono::NaiveDate;
use kervan_core::Problems;
use serde::{Deserialize, Serialize};

use super::dates::ReferenceOrPeriod;
use super::one::{References, of};
use super::sealed::{Write, Written};
use crate::check;
use crate::ids::CustomerReference;
use crate::query::asked::Asked;
use crate::query::limits::{Bounded, Limits};
use crate::query::settings::QuerySettings;

fn customer_code(settings: &QuerySettings) -> (&'static str, String) {
    let code = settings.login.customer_code.expose().to_owned();
    ("CustomerCode", code)
}

/// One parcel of the login's customer code. Wire: `CustomerCode`, `IntegrationCode`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AccountReference {
    /// The shipper's reference.
    pub reference: CustomerReference,
}

impl From<CustomerReference> for AccountReference {
    fn from(reference: CustomerReference) -> Self {
        Self { reference }
    }
}

impl Write for AccountReference {
    fn check(&self, _today: NaiveDate, problems: &mut Problems) {
        check::reference(problems, &self.reference);
    }

    fn write(&self, settings: &QuerySettings, to: &mut Written) {
        to.push(customer_code(settings));
        to.push(("IntegrationCode", self.reference.to_string()));
    }

    fn asked(&self) -> Asked<'_> {
        Asked::reference(self.reference.as_str())
    }
}

/// Whether the login's customer code is sent a second time, beside the references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum AccountCode {
    /// As the guide has it.
    #[default]
    #[serde(rename = "sent")]
    Sent,
    /// As some public clients do.
    #[serde(rename = "omitted")]
    Omitted,
}

/// Several parcels of the login's customer code. Wire: `CustomerCode`, `IntegrationCode`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AccountReferences {
    /// At least one, each without a comma.
    pub references: Vec<CustomerReference>,
    /// Whether the customer code is sent.
    #[serde(default)]
    pub customer_code: AccountCode,
}

impl AccountReferences {
    /// Leaves the customer code out.
    #[must_use]
    pub fn without_customer_code(mut self) -> Self {
        self.customer_code = AccountCode::Omitted;
        self
    }

    fn list(&self) -> References {
        References::from(self.references.iter().cloned())
    }
}

impl<I: IntoIterator<Item = CustomerReference>> From<I> for AccountReferences {
    fn from(references: I) -> Self {
        Self {
            references: references.into_iter().collect(),
            customer_code: AccountCode::default(),
        }
    }
}

impl Write for AccountReferences {
    fn check(&self, _today: NaiveDate, problems: &mut Problems) {
        self.list().check_list(problems);
    }

    fn write(&self, settings: &QuerySettings, to: &mut Written) {
        if self.customer_code == AccountCode::Sent {
            to.push(customer_code(settings));
        }
        to.push(("IntegrationCode", self.list().joined()));
    }

    fn asked(&self) -> Asked<'_> {
        of(&self.references)
    }
}

/// The parcels of a contract. Wire: `AccountContractID`, then those of [`ReferenceOrPeriod`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Contract {
    /// The contract's id. Wire: `AccountContractID`.
    pub contract_id: String,
    /// The parcels of the contract.
    pub parcels: ReferenceOrPeriod,
}

impl Contract {
    /// Asks for parcels of a contract.
    pub fn new(contract_id: impl Into<String>, parcels: impl Into<ReferenceOrPeriod>) -> Self {
        Self {
            contract_id: contract_id.into(),
            parcels: parcels.into(),
        }
    }
}

impl Write for Contract {
    fn check(&self, today: NaiveDate, problems: &mut Problems) {
        check::text(problems, || "contract_id", &self.contract_id);
        self.parcels.check_within(Limits::NONE, today, problems);
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        to.push(("AccountContractID", self.contract_id.clone()));
        self.parcels.write_to(to);
    }

    fn asked(&self) -> Asked<'_> {
        self.parcels.asked()
    }
}

/// Parameters of the types with an address of the shipper in their login. Wire: `AddressID`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AtAddress<P> {
    /// The address's id, which is in the login.
    pub address_id: String,
    /// The parcels of the address.
    pub parcels: P,
}

impl<P> AtAddress<P> {
    /// Asks for parcels of an address.
    pub fn new(address_id: impl Into<String>, parcels: impl Into<P>) -> Self {
        Self {
            address_id: address_id.into(),
            parcels: parcels.into(),
        }
    }
}

/// One parcel, or those of at most one week, of an address.
pub type LastStepOf = AtAddress<ReferenceOrPeriod>;

/// One parcel of an address.
pub type AddressReference = AtAddress<CustomerReference>;

impl Write for LastStepOf {
    fn check(&self, today: NaiveDate, problems: &mut Problems) {
        check::text(problems, || "address_id", &self.address_id);
        let limits = Limits {
            longest: Some(Bounded::Week),
            back: None,
        };
        self.parcels.check_within(limits, today, problems);
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        self.parcels.write_to(to);
    }

    fn address_id(&self) -> Option<&str> {
        Some(&self.address_id)
    }

    fn asked(&self) -> Asked<'_> {
        self.parcels.asked()
    }
}

impl Write for AddressReference {
    fn check(&self, _today: NaiveDate, problems: &mut Problems) {
        check::text(problems, || "address_id", &self.address_id);
        check::reference(problems, &self.parcels);
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        to.push(("IntegrationCode", self.parcels.to_string()));
    }

    fn address_id(&self) -> Option<&str> {
        Some(&self.address_id)
    }

    fn asked(&self) -> Asked<'_> {
        Asked::reference(self.parcels.as_str())
    }
}
