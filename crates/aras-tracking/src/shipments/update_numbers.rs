//! Changes the two document numbers of an order. Wire: `UpdateInvoiceWaybillNumber` (SOAP, write).

use kervan_core::problem::MISSING;
use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::line::sent;
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::find_order::FindOrder;
use super::order::Order;
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::check;
use crate::ids::CustomerReference;
use crate::query::asked::{Asked, folded};
use crate::query::{QueryRow as _, QueryRows};
use crate::rejection::Rejection;

/// Changes the numbers of the dispatch note and of the invoice of a registered order, for shippers that invoice
/// later. At least one of them; one without a value is left out.
///
/// 0 is success. Any other code leaves the outcome open, because none is published. Whether it works once the
/// waybill is cut is not public either.
///
/// After an unknown [`outcome`](kervan_core::Error::outcome), [`FindOrder`] shows both numbers. They prove "not
/// done" only where they are those of before, which [`prepare`](kervan_settling::Settler::prepare) reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateNumbers {
    /// The shipper's reference. Wire: `IntegrationCode`.
    pub reference: CustomerReference,
    /// The new number of the dispatch note. Wire: `TradingWaybillNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// The new number of the invoice. Wire: `InvoiceNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
}

/// The most characters of both numbers, as in an order.
const WAYBILL: usize = 16;
const INVOICE: usize = 20;

impl UpdateNumbers {
    /// Changes nothing yet of the order of a reference.
    pub fn of(reference: CustomerReference) -> Self {
        Self {
            reference,
            waybill: None,
            invoice: None,
        }
    }

    /// Returns the rows of this order.
    fn own<'r>(&self, found: &'r QueryRows<Order>) -> Vec<&'r Order> {
        let asked = Asked::reference(self.reference.as_str());
        let rows = found.rows.iter();
        rows.filter(|row| asked.is_named_by(&row.named())).collect()
    }

    /// Returns the two numbers of an order as one fact. They are texts of the carrier, so they are not in it.
    fn numbers(&self, order: &Order) -> String {
        let own = [
            Some(self.reference.as_str()),
            self.waybill.as_deref(),
            self.invoice.as_deref(),
        ];
        let own = own.map(Option::unwrap_or_default).join("\n");
        let shown = [&order.trading_waybill, &order.invoice];
        let shown = shown.map(|text| text.as_deref().unwrap_or_default());
        Baseline::sealed(own.as_bytes(), shown)
    }
}

kervan_core::setters! { UpdateNumbers {
    /// Sets the number of the dispatch note.
    waybill: into Option<String>,
    /// Sets the number of the invoice.
    invoice: into Option<String>,
}}

/// Numbers that were changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NumbersUpdated {
    /// One of the shipper's own numbers. Nothing is decided by it. Wire: `InvoiceKey`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_key: Option<String>,
}

impl Operation for UpdateNumbers {
    type Service = ShipmentSettings;
    type Output = NumbersUpdated;
    /// No list has its codes.
    const ENDPOINT: Endpoint = Endpoint::new("UpdateInvoiceWaybillNumber")
        .login("UserName", "Password")
        .within("orderUpdateDto")
        .codes(&[]);
    /// State: the order has the numbers, or it has others.
    const CLASS: Class = Class::State;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        check::reference(problems, &self.reference);
        let numbers = [
            ("waybill", &self.waybill, WAYBILL),
            ("invoice", &self.invoice, INVOICE),
        ];
        for (path, number, most) in numbers {
            if let Some(number) = number {
                check::limited(problems, path, number, most);
            }
        }
        if self.waybill.is_none() && self.invoice.is_none() {
            problems.push(MISSING.at("waybill"));
        }
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        Ok(Body::new()
            .text("IntegrationCode", self.reference.as_str())
            .some("TradingWaybillNumber", self.waybill.as_deref())
            .some("InvoiceNumber", self.invoice.as_deref()))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<NumbersUpdated>, ReadError<Rejection>> {
        let answer = reading.orders()?.only(&self.reference)?;
        Ok(answer.map(|registered| NumbersUpdated {
            invoice_key: registered.invoice_key,
        }))
    }
}

impl Settle for UpdateNumbers {
    type ReadBack = FindOrder;

    /// Returns the reference as the carrier may write it: in one case and Latin letters.
    fn key(&self) -> String {
        folded(self.reference.as_str())
    }

    fn read_back(&self) -> Option<FindOrder> {
        Some(FindOrder::new(self.reference.clone()))
    }

    fn needs_baseline(&self) -> bool {
        true
    }

    /// Notes both numbers of the order. An order that is not there is not changed.
    fn baseline(&self, before: &Answer<QueryRows<Order>>) -> Option<Baseline> {
        let own = self.own(before);
        (!own.is_empty()).then(|| Baseline::new(own.into_iter().map(|order| self.numbers(order))))
    }

    fn found(
        &self,
        now: Answer<QueryRows<Order>>,
        baseline: Option<&Baseline>,
    ) -> Found<NumbersUpdated, Rejection> {
        let own = self.own(&now);
        let was_so =
            |order: &&Order| baseline.is_some_and(|before| before.has(&self.numbers(order)));
        let wanted = [
            ("TradingWaybillNumber", self.waybill.as_deref()),
            ("InvoiceNumber", self.invoice.as_deref()),
        ];
        let is_other = |name: &str, wanted: Option<&str>| {
            let wanted = wanted.map(sent);
            let differs =
                |order: &&Order| wanted.is_some() && order.member(name) != wanted.as_deref();
            own.iter().any(differs)
        };
        let others = wanted
            .into_iter()
            .filter(|(name, wanted)| is_other(name, *wanted));
        let others: Vec<String> = others.map(|(name, _)| name.to_owned()).collect();
        if own.is_empty() {
            // Removed, or rows of other references: neither shows what became of the numbers.
            Found::Unclear
        } else if others.is_empty() {
            Found::Wanted
        } else if own.iter().all(was_so) {
            Found::Absent
        } else {
            // Another write was here after the baseline.
            Found::Other(others)
        }
    }
}
