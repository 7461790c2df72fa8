//! Reads about customers, and the list of codes.

use std::cmp::Reverse;

use serde::Serialize;

use super::dialect::{CodeList, UnknownCustomer};
use super::fields::Fields;
use super::plan::{WireInstallment, WirePlan};
use super::refusal::{self, Refusal};
use super::reply::{Accepted, Reply};
use super::transaction::{Status, Transaction};
use super::tree::Tree;
use super::world::Haso;
use crate::Moment;
use crate::values::day::day;
use crate::values::json::Exact;

/// The documented codes with the texts that the world sends for them.
pub(super) const CODES: [(&str, &str); 6] = [
    ("RS100", "İşlem başarılı"),
    ("RS115", "Telefon numarası kullanılamaz"),
    ("H223", "Müşteri bulunamadı"),
    ("H307", "İade daha önce yapılmış"),
    ("H308", "İade bulunamadı"),
    ("H311", "Yeni numara mevcut numara ile aynı"),
];

#[derive(Serialize)]
struct WireTransactions<'a> {
    #[serde(rename = "Transactions")]
    rows: Vec<WirePlan<'a>>,
}

#[derive(Serialize)]
struct WirePayments<'a> {
    #[serde(rename = "Payments")]
    rows: Vec<WirePayment<'a>>,
}

#[derive(Serialize)]
struct WirePayment<'a> {
    #[serde(rename = "TransactionCode")]
    transaction: &'a str,
    #[serde(rename = "MerchantOid")]
    order: &'a str,
    #[serde(flatten)]
    installment: WireInstallment<'a>,
    /// No page shows the name; the filter is `paymentStatuses`.
    #[serde(rename = "PaymentStatus")]
    status: &'static str,
}

#[derive(Serialize)]
struct WireInformation {
    #[serde(rename = "CustomerInfo")]
    customer: Option<WireLimit>,
}

#[derive(Serialize)]
struct WireLimit {
    #[serde(rename = "CustomerLimit")]
    limit: Exact,
}

#[derive(Serialize)]
struct WireCodes {
    #[serde(rename = "ErrorCodes")]
    rows: Vec<WireCode>,
}

#[derive(Serialize)]
struct WireCode {
    code: &'static str,
    message: &'static str,
}

/// `GetCustomerTransactions`: activated ones, newest first.
pub(super) fn transactions(world: &Haso, fields: &Fields) -> Reply {
    let codes = fields.list("transactionCodes");
    let mut own = active(world, fields)?;
    own.retain(|one| codes.is_empty() || codes.contains(&one.code));
    let rows = page(own, fields)?;
    let rows = rows.into_iter().map(WirePlan::of).collect();
    Ok(Accepted::read(&WireTransactions { rows }))
}

/// `GetCustomerPayments`: installments of activated ones, by their state.
pub(super) fn payments(world: &Haso, fields: &Fields, now: Moment) -> Reply {
    let statuses = fields.list("paymentStatuses");
    let today = day(now);
    let mut rows = Vec::new();
    for transaction in active(world, fields)? {
        for row in &transaction.installments {
            let status = row.status(today).wire();
            if statuses.is_empty() || statuses.iter().any(|wanted| wanted == status) {
                rows.push(WirePayment {
                    transaction: &transaction.code,
                    order: &transaction.order,
                    installment: WireInstallment::of(transaction, row),
                    status,
                });
            }
        }
    }
    let rows = page(rows, fields)?;
    Ok(Accepted::read(&WirePayments { rows }))
}

/// `GetCustomerInformation`: null for an unknown customer.
pub(super) fn information(world: &Haso, fields: &Fields) -> Accepted {
    let customer = world.customer(fields.text("customerId"));
    let form = world.settings.dialect.unknown_customer;
    if customer.is_none() && form == UnknownCustomer::NullData {
        return Accepted::tree(Tree::null());
    }
    let customer = customer.map(|customer| WireLimit {
        limit: Exact(customer.limit.unwrap_or_default()),
    });
    Accepted::read(&WireInformation { customer })
}

/// `GetErrorCodes`.
pub(super) fn error_codes(world: &Haso) -> Accepted {
    if world.settings.dialect.codes == CodeList::Dictionary {
        let member = |(code, message): (&str, &str)| (code.to_owned(), Tree::text(message));
        return Accepted::tree(Tree::Object(CODES.map(member).into()));
    }
    let rows = CODES.map(|(code, message)| WireCode { code, message });
    Accepted::read(&WireCodes { rows: rows.into() })
}

fn active<'a>(world: &'a Haso, fields: &Fields) -> Result<Vec<&'a Transaction>, Refusal> {
    let id = fields.text("customerId");
    world.customer(id).ok_or(refusal::NO_CUSTOMER)?;
    let own = world.transactions();
    let own = own.filter(|one| one.customer == id && one.status == Status::Active);
    let mut own: Vec<&Transaction> = own.collect();
    own.sort_by_key(|one| Reverse((one.made_at, &one.code)));
    Ok(own)
}

/// Returns one page of rows: `pageNo` from 1, 50 rows unless `pageSize` says otherwise.
fn page<T>(rows: Vec<T>, fields: &Fields) -> Result<Vec<T>, Refusal> {
    let count = |name: &str, default: u32| match fields.filled(name) {
        None => Some(default),
        Some(_) => fields.count(name).filter(|count| *count > 0),
    };
    let (Some(number), Some(size)) = (count("pageNo", 1), count("pageSize", 50)) else {
        let rule = "pageNo, pageSize: not a whole number from 1";
        return Err(Refusal::parameter(rule));
    };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let before = usize::try_from(number - 1).unwrap_or(usize::MAX);
    let rows = rows.into_iter().skip(before.saturating_mul(size));
    Ok(rows.take(size).collect())
}
