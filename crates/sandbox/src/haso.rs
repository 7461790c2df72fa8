//! HASO: orders by the browser, activation, plans, payments, refunds, customers and limits.
//!
//! Simulated: `Transaction`, `TransactionMobile`, `GetLimit` (with and without `response=json`),
//! `GetToken`, `UpdateTransaction`, `GetPaymentsOfTransaction`, `CreateTransaction`,
//! `GetCustomerTransactions`, `GetCustomerPayments`, `GetCustomerInformation`, `ChangeCustomerGsmNo`,
//! `SetPaidPayment`, `SetBulkPaidPayment`, `LoadCustomerBalance`, `RefundTransaction`, `CheckRefund`,
//! `SendTransactionExpense`, `HasoAuthSendInfo`, `SendKkbPinCode`, `AskKkbReportResult`,
//! `SetLimitFromKds` and `GetErrorCodes`, and the page of each order and each limit.
//!
//! Not simulated: `SendExecutionTransaction`, which has a path and no fields, is answered with status 501.
//! The pages list further methods without a path, so that no request can name them: resending a PIN,
//! a predefined limit, a limit of one customer, payments and plans of debt enforcement, suspending and
//! reactivating a customer, reconciliation, plans by segment, installment rates and the list of stores.
//! A [`Step`] suspends and reactivates customers.
//!
//! # Documented
//!
//! - Paths, fields with their order, types and lengths, and which of them are mandatory, for the methods
//!   whose pages are public. The tables of `kervan-spec` hold them.
//! - Amounts of requests are kuruş in digits, and amounts of answers are lira.
//! - The fields that `requestToken` signs in nine methods, and that it is Base64 of an HMAC with SHA-256
//!   over them and the salt.
//! - A form is answered with a redirect; with `response=json` a limit is answered with an address that
//!   ends at `Expiredate`.
//! - The fields of the posts to `okUrl`, `failUrl` (with `MercantOid`) and `callbackUrl`, and that a callback is
//!   repeated until the status 200.
//! - A completed order has the status `6` until the shop activates it.
//! - The states `0` to `4` of an installment, and the codes `RS100`, `RS115`, `H223`, `H307`, `H308` and
//!   `H311`. `ChangeCustomerGsmNo` answers its codes beside `Success` true.
//! - An unknown customer is a success with `CustomerInfo` null.
//! - A refund's number is taken once; `SetLimitFromKds` refuses suspended and overdue customers;
//!   a balance closes installments that it covers; expenses are a total on the last installment.
//! - A QR code is valid for ten minutes, and its customer goes before the number in the field.
//! - `testOn` and `testResult`: `A` to `F` succeed, with a limit of zero for `E` and `F`, `RETRY` answers that the
//!   report is not there, and each PIN is right.
//! - Lists show approved orders, newest first, 50 on a page.
//!
//! # Inferred
//!
//! - The HMAC key of `requestToken` is the merchant key. The vocabulary of another provider's guide is the
//!   only sign of it.
//! - The fields of `GetToken`, `UpdateTransaction`, `RefundTransaction` and `CheckRefund`, and the path of
//!   `RefundTransaction`. `UpdateTransaction` signs the fields of `GetPaymentsOfTransaction`.
//! - The fields that the other methods sign: those of the nine, as far as they have them.
//! - `Index` takes forms and JSON, by the content type of the request; `RequestV2` too.
//! - Signed texts are UTF-8, and a missing optional field counts as empty.
//! - Days are those of Istanbul, three hours ahead of UTC.
//! - The shared reads below `Index` serve all models.
//! - Every form of an answer or a post that fits the pages. [`Dialect`] chooses one.
//!
//! # Chosen, never observed
//!
//! - `GetToken`, `UpdateTransaction`, `GetCustomerInformation` and `ChangeCustomerGsmNo` may omit
//!   `requestToken`; a wrong one is refused.
//! - A form token serves one form and expires after [`Settings::token_life`]. A token is used up by a form
//!   that is refused for the token's age only. Of the tokens that wait for a form, the last 1000 are kept.
//! - A form that is refused is answered with the envelope in JSON. No field is read past the first broken
//!   rule, and the fields must be in the order of the page.
//! - A refusal for which no code is documented is a sentence without a code, with the status 200.
//! - A code is the only text of `Errors`; only `ChangeCustomerGsmNo` has it in `Data`.
//! - An activated order has the status `7`. A second activation succeeds and changes nothing. An order
//!   that is never activated waits for ever.
//! - Plans are served for activated orders only, unless [`Settings::serves_waiting_plans`] is set, and refunds
//!   are taken for activated orders only.
//! - A refund reduces the unpaid installments from the last one, and a cancelled one loses its fee. It may
//!   reach the amount of the order, whatever was paid.
//! - Marking a paid installment as paid again succeeds and changes nothing. A list of payments is taken
//!   in whole or not at all.
//! - `CreateTransaction` has no order number among its fields, so the world draws one. It takes 1 to 36
//!   installments.
//! - A plan has one installment each month, its first one a month after the order, and the fee of
//!   [`Settings::fee_rate`]; the remainder is in the first installment; nothing is paid down.
//! - An order over the limit, or of a suspended customer, goes to `failUrl`. A new customer of a form gets
//!   [`Settings::first_limit`].
//! - `okUrl` and `callbackUrl` both get every success, even when the browser reached the shop. A callback is
//!   tried every [`Settings::callback_pause`], [`Settings::callback_tries`] times at most. A failure is posted to
//!   `failUrl` only.
//! - An address of a limit ends after [`Settings::address_life`]; the page of an order does not end.
//! - An installment of which a part was paid has the state `2` until its day, and `3` after it. Only a
//!   [`Step`] pays a part.
//! - `HasoAuthSendInfo` answers with the limit of a customer who has one, whatever `testOn` says. A PIN may
//!   be tried without end.
//! - `GetErrorCodes` lists the six documented codes, with texts of the world's own.

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
    PostErrors, PostForm, Redirect, RefundForm, Spelling, TokenPlace, UnknownCustomer,
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
