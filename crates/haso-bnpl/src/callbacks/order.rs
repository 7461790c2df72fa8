//! The posts of an order.

use kervan_core::error::Unreadable;
use kervan_core::{Delivery, Drift, Personal, Reason};
use kervan_turkiye::Money;
use kervan_wire::tree::{Optional, Value};
use serde::{Deserialize, Serialize};

use super::answer::{self, DeliveryKey};
use super::reader::{self, NoCredentials};
use super::unverified::Unverified;
use crate::codes;
use crate::ids::{CustomerId, OrderNumber, PaymentCode};
use crate::plan::{Plan, WirePlan};
use crate::received::envelope::Envelope;
use crate::received::value::{AnyObject, ValueExt as _};

/// A post to `okUrl`. **It came through the customer's browser and can be forged.**
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderOk(OrderResult);

/// A post to `callbackUrl`: the same data as to `okUrl`, from HASO's own machines or from anybody
/// who knows the address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderCallback(OrderResult);

/// A post to `failUrl`: the customer did not complete the order. Anybody can send one; do not cancel
/// an order that a callback may still complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderFail(FailedOrder);

/// The claim of a post to `okUrl` or `callbackUrl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum OrderResult {
    /// The customer completed the order. It is not active yet.
    #[serde(rename = "completed")]
    Completed(Box<CompletedOrder>),
    /// `Success` is false.
    #[serde(rename = "failed")]
    Failed(FailedOrder),
}

/// A completed order, as it is claimed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CompletedOrder {
    /// The customer's name. Wire: `NameSurname`.
    pub name: Option<Personal>,
    /// HASO's number of the customer; send it with the next order. Wire: `CustomerId`.
    pub customer: Option<CustomerId>,
    /// Wire: `TransactionStatus`.
    pub status: TransactionStatus,
    /// Wire: `TransactionPayments`.
    pub plan: Option<Plan>,
    /// Texts that say the opposite of `Success`; such a claim does not confirm. Wire: `Errors`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Personal>,
    /// How the post differed from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

/// An order that was not completed, as it is claimed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FailedOrder {
    /// The shop's number of the order. Wire: `MercantOid`, spelled so.
    pub order: Option<OrderNumber>,
    /// A code among the texts, as `H307`.
    pub code: Option<String>,
    /// The reasons. Wire: `Errors`.
    pub errors: Vec<Personal>,
    /// How the post differed from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

/// The status of an order. Only `6` is documented: completed, waits for its activation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TransactionStatus(String);

impl TransactionStatus {
    /// Returns the status as it travels.
    pub fn as_str(&self) -> &str {
        self.0.trim()
    }
}

impl OrderOk {
    /// Reads a post to `okUrl`.
    ///
    /// # Errors
    ///
    /// [`Unreadable`], with the path of the field and never a value.
    pub fn read(delivery: &Delivery) -> Result<Unverified<Self>, Unreadable> {
        let (result, key) = result(delivery)?;
        Ok(Unverified::new(Self(result), key))
    }

    /// Returns the claim of the post.
    pub fn result(&self) -> &OrderResult {
        &self.0
    }
}

impl OrderCallback {
    /// Reads a post to `callbackUrl`.
    ///
    /// # Errors
    ///
    /// [`Unreadable`], with the path of the field and never a value.
    pub fn read(delivery: &Delivery) -> Result<Unverified<Self>, Unreadable> {
        let (result, key) = result(delivery)?;
        Ok(Unverified::new(Self(result), key))
    }

    /// Returns the claim of the post.
    pub fn result(&self) -> &OrderResult {
        &self.0
    }
}

impl OrderFail {
    /// Reads a post to `failUrl`. `Success` may be missing.
    ///
    /// # Errors
    ///
    /// [`Unreadable`]; also when it says success.
    pub fn read(delivery: &Delivery) -> Result<Unverified<Self>, Unreadable> {
        let mut value = reader::object(delivery)?;
        if value.get("Success").is_none_or(Value::is_nothing) {
            value.take("Success")?;
            if value.get("MerchantOid").is_none()
                && value.get("Errors").is_none()
                && value.get("Data").is_none()
            {
                return Err(Unreadable::at("Success", Reason::Missing));
            }
            value.put("Success", Value::Flag(false));
        }
        let envelope = reader::envelope(value)?;
        if envelope.success {
            return Err(Unreadable::at(
                "Success",
                Reason::Unexpected("false".into()),
            ));
        }
        let failed = FailedOrder::read(envelope)?;
        let key = failed.key(&delivery.body);
        Ok(Unverified::new(Self(failed), key))
    }

    /// Returns the claim of the post.
    pub fn failed(&self) -> &FailedOrder {
        &self.0
    }
}

fn result(delivery: &Delivery) -> Result<(OrderResult, DeliveryKey), Unreadable> {
    let mut envelope = reader::envelope(reader::object(delivery)?)?;
    if !envelope.success {
        let failed = FailedOrder::read(envelope)?;
        let key = failed.key(&delivery.body);
        return Ok((OrderResult::Failed(failed), key));
    }
    let errors = std::mem::take(&mut envelope.errors);
    let (wire, drift) = envelope.read::<WireCompleted>(&NoCredentials)?;
    let completed = CompletedOrder {
        name: wire.name.and_then(Optional::get),
        customer: wire.customer.and_then(Optional::get),
        status: wire.status,
        plan: wire.plan.map(Plan::from),
        errors,
        drift,
    };
    let key = completed.key(&delivery.body);
    Ok((OrderResult::Completed(Box::new(completed)), key))
}

impl CompletedOrder {
    /// Returns the key of the event. Another value in any part of it is another event.
    fn key(&self, body: &[u8]) -> DeliveryKey {
        let Some(plan) = &self.plan else {
            return DeliveryKey::of_body(body);
        };
        let text = |amount: Option<Money>| amount.map(Money::dot).unwrap_or_default();
        let customer = self.customer.as_ref().map(CustomerId::as_str);
        let claimed = [customer.unwrap_or_default().to_owned()].into_iter();
        let errors = self.errors.iter().map(|text| text.as_str().to_owned());
        let installments = plan.installments.iter().flat_map(|part| {
            let code = part.code.as_ref().map(PaymentCode::as_str);
            [
                part.number
                    .map(|number| number.to_string())
                    .unwrap_or_default(),
                code.unwrap_or_default().to_owned(),
                part.amount.dot(),
                text(part.fee),
                part.due.map(|due| due.to_string()).unwrap_or_default(),
            ]
        });
        DeliveryKey::of(&[
            "order",
            plan.order.as_str(),
            plan.transaction.as_str(),
            self.status.as_str(),
            &plan.total.dot(),
            &text(plan.fee),
            &text(plan.down_payment),
            &answer::digest_of(claimed.chain(errors).chain(installments)),
        ])
    }
}

impl FailedOrder {
    fn read(envelope: Envelope) -> Result<Self, Unreadable> {
        let Envelope {
            errors,
            mut data,
            mut rest,
            ..
        } = envelope;
        let beside = rest.take("MerchantOid")?;
        let mut order = data.take("MerchantOid")?;
        if order.is_nothing() {
            order = beside;
        }
        if !data.is_nothing() {
            rest.put("Data", data);
        }
        let (AnyObject {}, drift) = rest.fill(&NoCredentials)?;
        Ok(Self {
            order: order.as_text().map(OrderNumber::from),
            code: errors
                .iter()
                .find_map(|text| codes::find(text.as_str()))
                .map(str::to_owned),
            errors,
            drift,
        })
    }

    fn key(&self, body: &[u8]) -> DeliveryKey {
        let reasons = answer::digest_of(self.errors.iter().map(Personal::as_str));
        let of = |order: &OrderNumber| DeliveryKey::of(&["failed", order.as_str(), &reasons]);
        self.order
            .as_ref()
            .map_or_else(|| DeliveryKey::of_body(body), of)
    }
}

#[derive(Deserialize)]
struct WireCompleted {
    #[serde(rename = "NameSurname")]
    name: Option<Optional<Personal>>,
    #[serde(rename = "CustomerId")]
    customer: Option<Optional<CustomerId>>,
    #[serde(rename = "TransactionStatus")]
    status: TransactionStatus,
    #[serde(rename = "TransactionPayments")]
    plan: Option<WirePlan>,
}
