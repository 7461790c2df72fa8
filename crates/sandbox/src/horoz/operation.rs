//! The operations by the last segment of their path.

use super::dialect::Envelope;
use super::order::Method;
use crate::Request;
use crate::values::answers;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    ServiceControl,
    ListCounties,
    Create(Method),
    Cancel(Method),
    CreateBarcode,
    CancelBarcode,
    Track,
}

impl Operation {
    pub(super) const ALL: [Operation; 9] = [
        Operation::ServiceControl,
        Operation::ListCounties,
        Operation::Create(Method::SupplierPays),
        Operation::Create(Method::Plain),
        Operation::Cancel(Method::SupplierPays),
        Operation::Cancel(Method::Plain),
        Operation::CreateBarcode,
        Operation::CancelBarcode,
        Operation::Track,
    ];

    pub(super) fn of(request: &Request) -> Option<Self> {
        let path = answers::path(request);
        let name = path.rsplit('/').next().unwrap_or_default();
        let found = Self::ALL
            .into_iter()
            .find(|operation| operation.name() == name)?;
        let verb = if found.is_read() { "GET" } else { "POST" };
        (request.method == verb).then_some(found)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Operation::ServiceControl => "serviceControl",
            Operation::ListCounties => "listCounties",
            Operation::Create(Method::SupplierPays) => "createPaysSupplierShipping",
            Operation::Create(Method::Plain) => "createShipping",
            Operation::Cancel(Method::SupplierPays) => "cancelPaysSupplierShipping",
            Operation::Cancel(Method::Plain) => "cancelShipping",
            Operation::CreateBarcode => "createBarcode",
            Operation::CancelBarcode => "cancelBarcode",
            Operation::Track => "listShippingDetails",
        }
    }

    pub(super) fn is_read(self) -> bool {
        matches!(
            self,
            Operation::ServiceControl | Operation::ListCounties | Operation::Track
        )
    }

    /// `serviceControl` lists no code but success, whatever the key.
    pub(super) fn needs_key(self) -> bool {
        self != Operation::ServiceControl
    }

    /// Returns where the result code of the operation is.
    pub(super) fn envelope(self, chosen: Envelope) -> Option<String> {
        match (self, chosen) {
            (Operation::ServiceControl | Operation::Track, _) => None,
            (Operation::ListCounties, _) => Some("listCountiesOutput".to_owned()),
            (_, Envelope::Response) => Some("response".to_owned()),
            (_, Envelope::Bare) => None,
            (_, Envelope::Method) => Some(format!("{}Output", self.name())),
        }
    }
}
