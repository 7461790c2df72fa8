//! The answer to orders: a row for each, with the shipper's own keys.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Answer, Drift, ReadError};
use kervan_wire::tree::Value;
use serde::{Deserialize, Serialize};

use super::service::Reading;
use super::status::Status;
use crate::ids::CustomerReference;
use crate::query::asked::is_same;
use crate::rejection::Rejection;
use crate::value::ValueExt as _;

/// The element of a row.
const ROW: &str = "OrderResultInfo";
/// The member that repeats the reference.
const REFERENCE: &str = "OrgReceiverCustId";

/// An order is registered with these contents. The answer does not show whether it is new or was replaced. It holds
/// no tracking number: that comes into being when a branch cuts the waybill.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Registered {
    /// One of the shipper's own numbers, never one of the carrier's: decide nothing by it. Wire: `InvoiceKey`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_key: Option<String>,
}

/// The rows of an answer.
pub(super) struct OrderRows<'a> {
    reading: Reading<'a>,
    pub(super) rows: Vec<OrderRow>,
    pub(super) drift: Drift,
}

/// The answer to one order, not judged yet.
pub(super) struct OrderRow {
    status: Status,
    pub(super) reference: Option<String>,
    invoice_key: Option<String>,
}

impl<'a> Reading<'a> {
    /// Reads the rows of an answer to orders, or the code in their place.
    ///
    /// # Errors
    ///
    /// [`ReadError`] for an answer without a row, for a row without a code, and for a code beside the rows that
    /// differs from one of theirs.
    pub(super) fn orders(self) -> Result<OrderRows<'a>, ReadError<Rejection>> {
        let (result, drift) = self.non_null()?;
        let mut values = result.below(&[ROW]);
        values.retain(|value| !value.is_blank());
        let beside = self.beside(&result)?;
        if values.is_empty() {
            values.push(&result);
        }
        let rows = values.into_iter().map(|value| self.row(value));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        if let Some(code) = beside {
            let contradicts = |row: &OrderRow| row.status.code != code;
            if rows.iter().any(contradicts) {
                return Err(self.twice("ResultCode").into());
            }
        }
        Ok(OrderRows {
            reading: self,
            rows,
            drift,
        })
    }

    /// Returns the code beside the rows.
    fn beside(self, result: &Value) -> Result<Option<String>, Unreadable> {
        let code = result.one_text(&["ResultCode"]);
        let code = code.map_err(|_| self.twice("ResultCode"))?;
        Ok(code.map(str::to_owned))
    }

    fn row(self, value: &Value) -> Result<OrderRow, Unreadable> {
        let missing = || Unreadable::at(self.envelope().path("ResultCode"), Reason::Missing);
        let text = |name: &str| {
            let text = value.one_text(&[name]).map_err(|_| self.twice(name))?;
            Ok::<_, Unreadable>(text.map(str::to_owned))
        };
        Ok(OrderRow {
            status: self.row_status(value)?.ok_or_else(missing)?,
            reference: text(REFERENCE)?,
            invoice_key: text("InvoiceKey")?,
        })
    }

    fn twice(self, member: &str) -> Unreadable {
        Unreadable::at(self.envelope().path(member), Reason::Twice)
    }
}

impl OrderRow {
    /// Returns whether the row is of an order, by its reference. `None` for one that names nobody.
    pub(super) fn is_of(&self, reference: &CustomerReference) -> Option<bool> {
        let named = self.reference.as_deref()?;
        Some(is_same(reference.as_str(), named))
    }
}

impl OrderRows<'_> {
    /// Judges a row. Only 0 is a success: no list has 1.
    pub(super) fn judge(&self, row: &OrderRow) -> Result<Registered, Rejection> {
        if row.status.code != "0" {
            return Err(self.reading.refusal(&row.status));
        }
        let envelope = self.reading.envelope();
        let invoice_key = row.invoice_key.as_deref();
        Ok(Registered {
            invoice_key: invoice_key.map(|text| envelope.text(text)),
        })
    }

    /// Reads the answer to one order. A row about another order does not answer this one.
    pub(super) fn only(
        self,
        reference: &CustomerReference,
    ) -> Result<Answer<Registered>, ReadError<Rejection>> {
        let envelope = self.reading.envelope();
        let [row] = self.rows.as_slice() else {
            return Err(Unreadable::at(envelope.path(ROW), Reason::Twice).into());
        };
        if row.is_of(reference) == Some(false) {
            let other = Reason::Unexpected("the reference of this order".into());
            return Err(Unreadable::at(envelope.path(REFERENCE), other).into());
        }
        let registered = self.judge(row).map_err(ReadError::Rejected)?;
        let message = row.status.message.as_deref();
        let message = message.map(|text| envelope.message(text));
        Ok(envelope.answer(registered, self.drift).message(message))
    }
}
