//! HASO: orders by the browser, activation, plans, payments, refunds, customers and limits.
//!
//! Simulated: `Transaction`, `TransactionMobile`, `GetLimit` (with and without `response=json`),
//! `GetToken`, `UpdateTransaction`, `GetPaymentsOfTransaction`, `CreateTransaction`,
//! `GetCustomerTransactions`, `GetCustomerPayments`, `GetCustomerInformation`, `ChangeCustomerGsmNo`,
//! `SetPaidPayment`, `SetBulkPaidPayment`, `LoadCustomerBalance`, `RefundTransaction`, `CheckRefund`,
//! `SendTransactionExpense`, `HasoAuthSendInfo`, `SendKkbPinCode`, `AskKkbReportResult`,
//! `SetLimitFromKds` and `GetErrorCodes`. The methods that the pages list without their fields are
//! answered "not simulated" with status 501: `SendExecutionTransaction`, the other calls of debt
//! enforcement, reconciliation, suspending a customer, and installment rates.
//!
//! Where the public pages are silent, the world chooses, and nothing of it was observed:
//!
//! - The HMAC key of `requestToken` is the merchant key. `GetToken`, `UpdateTransaction`,
//!   `GetCustomerInformation` and `ChangeCustomerGsmNo` may omit `requestToken`; a wrong one is refused.
//! - A form token serves one form and expires after [`Settings::token_life`].
//! - Fields are read as a form or as JSON, by the content type.
//! - A refusal for which no code is documented is a sentence without a code.
//! - An activated order has status `7`. A second activation succeeds and changes nothing.
//! - Plans are served for activated orders only, and refunds are taken for activated orders only.
//! - A refund reduces the unpaid installments from the last one. A whole refund cancels them.
//! - Marking a paid installment as paid again succeeds and changes nothing.
//! - `CreateTransaction` has no order number among its fields, so the world draws one.

mod accounts;
mod activation;
mod balance;
mod browser;
mod bureau;
mod customer;
mod dialect;
mod effect;
mod fields;
mod hosted;
mod lists;
mod operation;
mod page;
mod payments;
mod phone;
mod plan;
mod posts;
mod refunds;
mod refusal;
mod reply;
mod service;
mod sessions;
mod settings;
mod step;
mod transaction;
mod tree;
mod wire;
mod world;

pub use crate::values::journal::Entry;
pub use accounts::Qr;
pub use bureau::BureauRequest;
pub use customer::Customer;
pub use dialect::{
    CodeList, DataForm, Dates, Decimals, Dialect, EnvelopeForm, ErrorsForm, NewMember, PlanForm,
    PostForm, Redirect, RefundForm, Spelling, TokenPlace, UnknownCustomer,
};
pub use effect::Effect;
pub use refunds::Refund;
pub use sessions::{Session, SessionKind, SessionState, Shopper, Urls};
pub use settings::{Completion, Settings};
pub use step::{Page, Step};
pub use transaction::{Installment, PaymentStatus, Status, Transaction};
pub use world::Haso;

#[cfg(test)]
mod tests;
