//! The progress of a limit request by PIN.

use kervan_core::Personal;
use kervan_turkiye::Money;
use kervan_wire::tree::Value;
use serde::{Deserialize, Serialize};

use crate::ids::{BureauReference, CustomerId};
use crate::received::amount::Amount;
use crate::received::value::ValueExt as _;
use crate::service::{Read, Reading};

/// The progress of a limit request. The pages were read in part, so the whole answer is kept beside
/// the part that is understood. **Without `limit` the customer does not have one yet.**
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LimitProgress {
    /// The number of the request to the credit bureau, for the calls that follow. Wire: `KkbRefNo`.
    pub reference: Option<BureauReference>,
    /// HASO's number of the customer. Wire: `CustomerInfo.CustomerId`.
    pub customer: Option<CustomerId>,
    /// The customer's limit in lira. Wire: `CustomerInfo.CustomerLimit`.
    pub limit: Option<Money>,
    /// `Data` as JSON text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
}

#[derive(Default, Deserialize)]
struct WireProgress {
    #[serde(rename = "KkbRefNo")]
    reference: Option<BureauReference>,
    #[serde(rename = "CustomerInfo")]
    customer: Option<WireCustomer>,
}

#[derive(Default, Deserialize)]
struct WireCustomer {
    #[serde(rename = "CustomerId")]
    id: Option<CustomerId>,
    #[serde(rename = "CustomerLimit")]
    limit: Option<Amount>,
}

impl LimitProgress {
    pub(super) fn read(reading: Reading<'_>, own: &[(&'static str, &str)]) -> Read<Self> {
        let mut success = reading.success()?;
        success.check_numbers(own)?;
        let data = success.data();
        let customer = success.envelope.data.take("CustomerInfo")?.opened();
        if !customer.is_nothing() {
            success.envelope.data.put("CustomerInfo", customer);
        }
        let answer = match success.envelope.data {
            Value::Object(_) => success.read::<WireProgress>()?,
            _ => success.undocumented()?.map(|_| WireProgress::default()),
        };
        Ok(answer.map(|wire| {
            let customer = wire.customer.unwrap_or_default();
            Self {
                reference: wire.reference,
                customer: customer.id,
                limit: customer.limit.map(|limit| limit.0),
                data,
            }
        }))
    }
}
