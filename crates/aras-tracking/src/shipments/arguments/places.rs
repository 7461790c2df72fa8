//! Arguments that name provinces, units, services and addresses.

use kervan_core::problem::MISSING;
use kervan_core::{EncodeError, Problems};
use kervan_turkiye::decimal::Fixed;
use serde::{Deserialize, Serialize};

use super::sealed::{Names, Write};
use crate::shipments::service::Body;
use crate::{check, rules};

/// Adds the problems of texts that may be missing, but not all of them.
fn check_any(problems: &mut Problems, texts: &[(&'static str, &Option<String>)]) {
    let given = texts
        .iter()
        .filter_map(|(path, text)| Some((*path, text.as_deref()?)));
    let mut is_any = false;
    for (path, text) in given {
        check::text(problems, || path, text);
        is_any = true;
    }
    if let (false, [(first, _), ..]) = (is_any, texts) {
        problems.push(MISSING.at(*first));
    }
}

/// Units by at least one of branch, province and district. An argument without a value is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UnitsIn {
    /// Wire: `sube`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Wire: `il`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// Wire: `ilce`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
}

kervan_core::setters! { UnitsIn {
    /// Sets the branch.
    branch: into Option<String>,
    /// Sets the province.
    province: into Option<String>,
    /// Sets the district.
    district: into Option<String>,
}}

impl Write for UnitsIn {
    type Names = Names<3>;

    fn check(&self, problems: &mut Problems) {
        let texts = [
            ("branch", &self.branch),
            ("province", &self.province),
            ("district", &self.district),
        ];
        check_any(problems, &texts);
    }

    fn write(
        &self,
        [branch, province, district]: Names<3>,
        body: Body,
    ) -> Result<Body, EncodeError> {
        Ok(body
            .some(branch, self.branch.as_deref())
            .some(province, self.province.as_deref())
            .some(district, self.district.as_deref()))
    }
}

/// A way from one province to another, by their codes. Which list of codes is not public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Between {
    /// The province of the sender. Wire: `gonderici_ilkodu`.
    pub from: String,
    /// The province of the recipient. Wire: `alici_ilkodu`.
    pub to: String,
}

impl Between {
    /// Starts in a province. It ends there too, unless [`to`](Self::to) names another one.
    pub fn starting(from: impl Into<String>) -> Self {
        let from = from.into();
        Self {
            to: from.clone(),
            from,
        }
    }

    fn check_codes(&self, problems: &mut Problems, in_path: &str) {
        check::text(problems, || format!("{in_path}from"), &self.from);
        check::text(problems, || format!("{in_path}to"), &self.to);
    }

    fn write_codes(&self, [from, to]: Names<2>, body: Body) -> Body {
        body.text(from, self.from.as_str())
            .text(to, self.to.as_str())
    }
}

kervan_core::setters! { Between {
    /// Sets the province of the recipient.
    to: into String,
}}

impl Write for Between {
    type Names = Names<2>;

    fn check(&self, problems: &mut Problems) {
        self.check_codes(problems, "");
    }

    fn write(&self, names: Names<2>, body: Body) -> Result<Body, EncodeError> {
        Ok(self.write_codes(names, body))
    }
}

/// The number of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ServiceNumber {
    /// Wire: `service`.
    pub service: u32,
}

impl From<u32> for ServiceNumber {
    fn from(service: u32) -> Self {
        Self { service }
    }
}

impl Write for ServiceNumber {
    type Names = Names<1>;

    fn check(&self, _problems: &mut Problems) {}

    fn write(&self, [service]: Names<1>, body: Body) -> Result<Body, EncodeError> {
        Ok(body.text(service, self.service.to_string()))
    }
}

/// A parcel whose price is asked for. The lists of services are not public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PriceOf {
    /// Its volumetric size. Wire: `desi`.
    pub desi: Fixed<3>,
    /// Its way. Wire: `gonderici_ilkodu`, `alici_ilkodu`.
    pub way: Between,
    /// Its service. Wire: `serviceid`.
    pub service: String,
    /// Further services, eight at most. Wire: `ekserviceid`, `ek1serviceid` to `ek7serviceid`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_services: Vec<String>,
}

/// How many arguments there are for further services.
const FURTHER: usize = 8;

impl PriceOf {
    /// Asks for the price of a size on a way, by a service.
    pub fn new(desi: Fixed<3>, way: Between, service: impl Into<String>) -> Self {
        Self {
            desi,
            way,
            service: service.into(),
            further_services: Vec::new(),
        }
    }
}

kervan_core::setters! { PriceOf {
    /// Sets the further services.
    further_services: Vec<String>,
}}

impl Write for PriceOf {
    type Names = Names<12>;

    fn check(&self, problems: &mut Problems) {
        self.way.check_codes(problems, "way.");
        check::text(problems, || "service", &self.service);
        for (place, service) in self.further_services.iter().enumerate() {
            check::text(problems, || format!("further_services[{place}]"), service);
        }
        let count = self.further_services.len();
        if count > FURTHER {
            let many = rules::TOO_MANY_SERVICES.at("further_services");
            problems.push(many.limit(FURTHER).actual(count));
        }
    }

    fn write(
        &self,
        [desi, from, to, service, further @ ..]: Names<12>,
        body: Body,
    ) -> Result<Body, EncodeError> {
        let body = body.text(desi, self.desi.to_string());
        let body = self.way.write_codes([from, to], body);
        let body = body.text(service, self.service.as_str());
        let services = further.into_iter().zip(&self.further_services);
        Ok(services.fold(body, |body, (name, service)| {
            body.text(name, service.as_str())
        }))
    }
}

/// One of the account's addresses, by at least one of its ids. An argument without a value is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AddressIds {
    /// The carrier's id, as in [`Address::id`](crate::shipments::Address::id). Wire: `AddresId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The shipper's id. Wire: `AddressIntegrationCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

kervan_core::setters! { AddressIds {
    /// Sets the carrier's id.
    id: into Option<String>,
    /// Sets the shipper's id.
    reference: into Option<String>,
}}

impl Write for AddressIds {
    type Names = Names<2>;

    fn check(&self, problems: &mut Problems) {
        check_any(
            problems,
            &[("id", &self.id), ("reference", &self.reference)],
        );
    }

    fn write(&self, [id, reference]: Names<2>, body: Body) -> Result<Body, EncodeError> {
        Ok(body
            .some(id, self.id.as_deref())
            .some(reference, self.reference.as_deref()))
    }
}

/// An address of a customer, by at least one of its ids. An argument without a value is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CustomerAddressIds {
    /// Wire: `AccountAddressId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_address: Option<String>,
    /// Wire: `CustomerAddressId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_address: Option<String>,
}

kervan_core::setters! { CustomerAddressIds {
    /// Sets the id of the account's address.
    account_address: into Option<String>,
    /// Sets the id of the customer's address.
    customer_address: into Option<String>,
}}

impl Write for CustomerAddressIds {
    type Names = Names<2>;

    fn check(&self, problems: &mut Problems) {
        let texts = [
            ("account_address", &self.account_address),
            ("customer_address", &self.customer_address),
        ];
        check_any(problems, &texts);
    }

    fn write(&self, [account, customer]: Names<2>, body: Body) -> Result<Body, EncodeError> {
        Ok(body
            .some(account, self.account_address.as_deref())
            .some(customer, self.customer_address.as_deref()))
    }
}
