#![doc = include_str!("../README.md")]

mod answer;
mod browser;
pub mod callbacks;
mod check;
mod client;
mod codes;
mod common_fields;
mod credentials;
mod customers;
mod endpoint;
mod enforcement;
mod error;
mod error_codes;
mod ids;
mod limits;
mod orders;
mod payments;
mod plan;
mod raw;
mod received;
mod refunds;
mod rejection;
pub mod rules;
mod service;
mod settings;
mod shopper;
#[cfg(feature = "testing")]
pub mod testing;
mod token;
mod urls;
mod wire;

pub use answer::{Accepted, UndocumentedList};
pub use browser::{BrowserForm, Handover, Page, PageTexts, StartError};
pub use callbacks::{ConfirmedOrder, PaidOrder, StoredOrder, Unverified};
pub use client::{Client, ClientBuilder, FromService, TokenSource};
pub use codes::{RESULT_CODES, RejectionKind, ResultCode};
pub use common_fields::{CommonFields, ExtraField};
pub use credentials::{KeyForm, MerchantKey, MerchantSalt, Signing};
pub use customers::{
    ChangePhone, Customer, CustomerInformation, GetCustomer, ListPayments, ListTransactions,
    PlanTerms,
};
pub use enforcement::SendExpense;
pub use error::Error;
pub use error_codes::{ErrorCode, ErrorCodes, ListErrorCodes};
pub use ids::{BureauReference, CustomerId, OrderNumber, PaymentCode, RefundId, TransactionCode};
pub use kervan_core::Operation;
pub use kervan_core::{
    AddressError, Answer, BaseUrl, Class, Config, Delivery, Drift, ForeignText, Language, NextStep,
    Outcome, Personal, Problem, Problems, Retry, Secret,
};
pub use kervan_settling::{Attempt, Failed, Found, Resumed, Sent, Settle, Settled, Why};
pub use kervan_turkiye::Money;
pub use kervan_turkiye::moment::Moment;
pub use kervan_wire::json::from_stored;
pub use limits::{
    AskReport, ConfirmPin, LimitForm, LimitLink, LimitLinkForm, LimitProgress, SetLimitFromKds,
    StartLimit, StartLimitByPin,
};
pub use orders::{
    ActivateOrder, ActivatedOrder, BasketItem, CreateTransaction, CreatedTransaction,
    DeliveryAddress, GetPlan, InStoreOrder, InStoreOrderForm, Item, OrderForm, OrderPlan,
    StartOrder,
};
pub use payments::{LoadBalance, SetBulkPaid, SetPaid};
pub use plan::{Installment, InstallmentStatus, Plan};
pub use raw::RawCall;
pub use refunds::{CheckRefund, Extent, Refund};
pub use rejection::Rejection;
pub use settings::{
    AmountRule, BirthDateForm, Encoding, Field, ItemNumbers, ItemPrices, ListForm, Method, Quirks,
    RefundProof, Settings, Source, SumRule,
};
pub use shopper::{BirthDate, Shopper};
pub use token::{GetToken, IssuedToken, Token, TokenError};
pub use urls::ResultUrls;
