//! Payments: the money that a marketplace divides begins here.
//!
//! A card is charged in one of three ways, and each is a type of its own:
//!
//! - **3D Pay** ([`PosPayment`]): the customer visits an address, the provider charges the card there
//!   and posts a result.
//! - **3D Model** ([`ModelPayment`]): the customer is shown a page, the bank's answer is posted to the
//!   shop, and a second call ([`CompletePayment`]) charges the card.
//! - **Without 3-D**: the answer of the first call is final.
//!
//! No payment is ever sent twice. After an unknown outcome, [`QueryPayment`] tells what became of it.

mod answer;
mod bin;
mod bkm;
mod browser;
pub mod callback;
mod capture;
mod card;
mod card_check_hint;
mod complete;
mod compute_hash;
mod currency;
mod customer_rates;
#[cfg(feature = "doctor")]
pub mod doctor;
mod hand_over;
mod hash;
mod history;
mod ids;
mod in_currency;
mod instalments;
mod lookup;
mod merchant_rates;
mod modal;
mod modal_in_currency;
mod pos;
mod query;
mod rates;
mod reconcile;
mod refund;
mod refund_with_receipt;
mod reservation;
mod reserve;
mod reserve_with_model;
mod sale;
pub mod stored;
mod summary;
mod table;
mod three_d_model;
mod three_d_model_v2;
mod verify_card;
mod void;
mod whole;

pub use answer::{Charged, Payment, ShowPage, VisitUrl};
pub use bin::{CardRange, CardRanges, LookUpCards};
pub use bkm::BkmPayment;
pub use browser::BrowserAddress;
pub use capture::{CaptureReservation, Captured};
pub use card::Card;
pub use card_check_hint::{CardCheckError, CardCheckHint};
pub use complete::{CompletePayment, Completed};
pub use compute_hash::{ComputeHash, ComputedHash};
pub use currency::Currency;
pub use customer_rates::{CustomerRate, CustomerRates, ListCustomerRates};
pub use hand_over::{NotConfirmed, PaidOrder};
pub use hash::hash;
pub use history::{HistoryKind, HistoryResult, HistoryRow, ListPayments, PaymentHistory};
pub use ids::{CustomerIp, PaymentKey, PaymentOrder, ProvisionId, ReceiptId};
pub use in_currency::CurrencyPayment;
pub use instalments::{InstalmentOffer, InstalmentRates, Rate, ReceivedRate};
pub use merchant_rates::{ListMerchantRates, MerchantRate, MerchantRates};
pub use modal::ModalPayment;
pub use modal_in_currency::ModalCurrencyPayment;
pub use pos::PosPayment;
pub use query::{PaymentRecord, PaymentState, PaymentStatus, QueryPayment};
pub use reconcile::{ReconcileDay, Reconciliation, ReconciliationRow, TurkishAmount};
pub use refund::{PaymentRefunded, RefundPayment};
pub use refund_with_receipt::{RefundReceipt, RefundWithReceipt};
pub use reservation::{Reservation, Reserved};
pub use reserve::ReserveAmount;
pub use reserve_with_model::ReserveWithModel;
pub use sale::{Sale, Security};
pub use summary::{PaymentSummaries, PaymentSummary, SummarizePayments};
pub use three_d_model::ModelPayment;
pub use three_d_model_v2::ModelPaymentV2;
pub use verify_card::VerifyCard;
pub use void::{ReservationVoided, VoidReservation};
