//! Payments: the charges whose money a marketplace divides.
//!
//! A card is charged in one of three ways:
//!
//! - **3D Pay** ([`PosPayment`]): the customer visits an address, the provider charges the card there
//!   and posts a result.
//! - **3D Model** ([`ModelPayment`]): the customer is shown a page, the bank's answer is posted to the
//!   shop, and a second call ([`CompletePayment`]) charges the card.
//! - **Without 3-D**: the answer of the first call is final.
//!
//! The client never sends a payment twice. A charge whose answer is lost is settled by [`QueryPayment`]: it
//! is done when the query shows it with its amount, not done when the query shows the bank's refusal, and
//! unknown when the query does not find it. A start (3-D, BKM, a page of the provider) charges nobody
//! before its page is seen. If its answer is lost, start again under another key.

mod answer;
pub mod callback;
mod card;
mod charge;
mod currency;
#[cfg(feature = "doctor")]
pub mod doctor;
mod hand_over;
pub(crate) mod hash;
pub(crate) mod ids;
mod rates;
mod refunds;
mod reports;
mod reserve;
mod sale;
mod status;
pub mod stored;
mod verification;

pub use answer::{Charged, Payment, ShowPage, VisitUrl};
#[cfg(feature = "testing")]
pub use callback::testing;
pub use card::Card;
pub(crate) use card::hide_card_numbers;
pub use charge::bkm::BkmPayment;
pub use charge::browser::BrowserAddress;
pub use charge::complete::{CompletePayment, Completed};
pub use charge::in_currency::CurrencyPayment;
pub use charge::modal::ModalPayment;
pub use charge::modal_in_currency::ModalCurrencyPayment;
pub use charge::pos::PosPayment;
pub use charge::three_d_model::ModelPayment;
pub use charge::three_d_model_v2::ModelPaymentV2;
pub use currency::Currency;
pub use hand_over::{NotConfirmed, PaidOrder};
pub use hash::hash;
pub use ids::{CustomerIp, PaymentKey, PaymentOrder, ProvisionId, ReceiptId};
pub use rates::bin::{CardRange, CardRanges, LookUpCards};
pub use rates::customer_rates::{CustomerRate, CustomerRates, ListCustomerRates};
pub use rates::installments::{InstallmentOffer, InstallmentRates, Rate, ReceivedRate};
pub use rates::merchant_rates::{ListMerchantRates, MerchantRate, MerchantRates};
pub use refunds::refund::{PaymentRefunded, RefundPayment};
pub use refunds::refund_with_receipt::{RefundReceipt, RefundWithReceipt};
pub use reports::history::{HistoryKind, HistoryResult, HistoryRow, ListPayments, PaymentHistory};
pub use reports::reconcile::{ReconcileDay, Reconciliation, ReconciliationRow, TurkishAmount};
pub use reports::summary::{PaymentSummaries, PaymentSummary, SummarizePayments};
pub use reserve::amount::ReserveAmount;
pub use reserve::capture::{CaptureReservation, Captured};
pub use reserve::complete::CompleteReservation;
pub use reserve::reservation::{Reservation, Reserved, ShowReservation, VisitReservation};
pub use reserve::void::{ReservationVoided, VoidReservation};
pub use reserve::with_model::ReserveWithModel;
pub use sale::{ReturnUrls, Sale, Security, SuccessUrl};
pub use status::query::{PaymentStatus, QueryPayment};
pub use status::record::{PaymentRecord, PaymentState};
pub use verification::card_check_hint::{CardCheckError, CardCheckHint};
pub use verification::compute_hash::{ComputeHash, ComputedHash};
pub use verification::verify_card::VerifyCard;
