//! The posts of a limit request.

use kervan_core::error::Unreadable;
use kervan_core::{Delivery, Drift, Personal, Reason};
use kervan_turkiye::Money;
use kervan_wire::tree::{Optional, Value};
use serde::{Deserialize, Serialize};

use super::answer::DeliveryKey;
use super::reader::{self, NoCredentials};
use super::unverified::Unverified;
use crate::codes;
use crate::ids::CustomerId;
use crate::received::amount::Amount;
use crate::received::envelope::Envelope;
use crate::received::value::{AnyObject, ValueExt as _};

/// A post to `okUrl`. **It came through the customer's browser and can be forged.**
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LimitOk(LimitResult);

/// A post to `callbackUrl`: the same data as to `okUrl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LimitCallback(LimitResult);

/// A post to `failUrl`. Its content is not documented; all of it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LimitFail(LimitResult);

/// The claim of a post of a limit request. Nothing in it says which request it belongs to: put a
/// reference into the addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum LimitResult {
    /// The customer has a limit.
    #[serde(rename = "granted")]
    Granted(GrantedLimit),
    /// `Success` is false, or missing in a post to `failUrl`.
    #[serde(rename = "failed")]
    #[non_exhaustive]
    Failed {
        /// A code among the texts, as `H307`.
        code: Option<String>,
        /// The reasons. Wire: `Errors`.
        errors: Vec<Personal>,
        /// The rest of the post.
        #[serde(default, skip_serializing_if = "Drift::is_empty")]
        drift: Drift,
    },
}

/// A limit, as it is claimed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GrantedLimit {
    /// The customer's name. Wire: `NameSurname`.
    pub name: Option<Personal>,
    /// HASO's number of the customer. Wire: `CustomerId`.
    pub customer: CustomerId,
    /// The limit in lira. Wire: `CustomerLimit`.
    pub limit: Money,
    /// Texts that say the opposite of `Success`; such a claim does not confirm. Wire: `Errors`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Personal>,
    /// How the post differed from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

impl LimitOk {
    /// Reads a post to `okUrl`.
    ///
    /// # Errors
    ///
    /// [`Unreadable`], with the path of the field and never a value.
    pub fn read(delivery: &Delivery) -> Result<Unverified<Self>, Unreadable> {
        let result = result(reader::object(delivery)?)?;
        Ok(Unverified::new(
            Self(result),
            DeliveryKey::of_body(&delivery.body),
        ))
    }

    /// Returns the claim of the post.
    pub fn result(&self) -> &LimitResult {
        &self.0
    }
}

impl LimitCallback {
    /// Reads a post to `callbackUrl`.
    ///
    /// # Errors
    ///
    /// [`Unreadable`], with the path of the field and never a value.
    pub fn read(delivery: &Delivery) -> Result<Unverified<Self>, Unreadable> {
        let result = result(reader::object(delivery)?)?;
        Ok(Unverified::new(
            Self(result),
            DeliveryKey::of_body(&delivery.body),
        ))
    }

    /// Returns the claim of the post.
    pub fn result(&self) -> &LimitResult {
        &self.0
    }
}

impl LimitFail {
    /// Reads a post to `failUrl`. `Success` may be missing.
    ///
    /// # Errors
    ///
    /// [`Unreadable`]; also when it says success.
    pub fn read(delivery: &Delivery) -> Result<Unverified<Self>, Unreadable> {
        let mut value = reader::object(delivery)?;
        if value.get("Success").is_none_or(Value::is_nothing) {
            value.take("Success")?;
            value.put("Success", Value::Flag(false));
        }
        let result = result(value)?;
        if matches!(result, LimitResult::Granted(_)) {
            return Err(Unreadable::at(
                "Success",
                Reason::Unexpected("false".into()),
            ));
        }
        Ok(Unverified::new(
            Self(result),
            DeliveryKey::of_body(&delivery.body),
        ))
    }

    /// Returns the claim of the post.
    pub fn result(&self) -> &LimitResult {
        &self.0
    }
}

fn result(value: Value) -> Result<LimitResult, Unreadable> {
    let mut envelope = reader::envelope(value)?;
    if !envelope.success {
        let Envelope {
            errors,
            data,
            mut rest,
            ..
        } = envelope;
        if !data.is_nothing() {
            rest.put("Data", data);
        }
        let (AnyObject {}, drift) = rest.fill(&NoCredentials)?;
        return Ok(LimitResult::Failed {
            code: errors
                .iter()
                .find_map(|text| codes::find(text.as_str()))
                .map(str::to_owned),
            errors,
            drift,
        });
    }
    let errors = std::mem::take(&mut envelope.errors);
    let (wire, drift) = envelope.read::<WireLimit>(&NoCredentials)?;
    Ok(LimitResult::Granted(GrantedLimit {
        name: wire.name.and_then(Optional::get),
        customer: wire.customer,
        limit: wire.limit.0,
        errors,
        drift,
    }))
}

#[derive(Deserialize)]
struct WireLimit {
    #[serde(rename = "NameSurname")]
    name: Option<Optional<Personal>>,
    #[serde(rename = "CustomerId")]
    customer: CustomerId,
    #[serde(rename = "CustomerLimit")]
    limit: Amount,
}
