//! A payment, as the query of its state reports it.

use kervan_core::{ForeignText, Personal};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::amount::ReceivedAmount;
use crate::moment::ReceivedMoment;
use crate::payments::ids::{PaymentKey, PaymentOrder, ProvisionId, ReceiptId};

/// A payment, as the service knows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PaymentRecord {
    /// 1 paid, 12 cancelled, 13 refunded; others are kept. Wire: `Odeme_Sonuc`.
    #[serde(rename(deserialize = "Odeme_Sonuc"))]
    pub result: Option<String>,
    /// Wire: `Odeme_Sonuc_Aciklama`.
    #[serde(rename(deserialize = "Odeme_Sonuc_Aciklama"))]
    pub result_text: Option<ForeignText>,
    /// The receipt, `0` for a failed payment. **For a pre-authorisation, the payment's number.** Wire:
    /// `Dekont_ID`.
    #[serde(rename(deserialize = "Dekont_ID"))]
    pub receipt: Option<ReceiptId>,
    /// Wire: `Siparis_ID`.
    #[serde(rename(deserialize = "Siparis_ID"))]
    pub order: Option<PaymentOrder>,
    /// The shop's key of the attempt. Wire: `Islem_ID`.
    #[serde(rename(deserialize = "Islem_ID"))]
    pub key: Option<PaymentKey>,
    /// Wire: `Durum`.
    #[serde(rename(deserialize = "Durum"))]
    pub state: Option<PaymentState>,
    /// The time when it was paid. Wire: `Tarih`.
    #[serde(rename(deserialize = "Tarih"))]
    pub time: Option<ReceivedMoment>,
    /// The amount that the card was charged. Wire: `Toplam_Tutar`.
    #[serde(rename(deserialize = "Toplam_Tutar"))]
    pub total: Option<ReceivedAmount>,
    /// Param's rate in percent, as sent. Wire: `Komisyon_Oran`.
    #[serde(rename(deserialize = "Komisyon_Oran"))]
    pub commission_rate: Option<String>,
    /// Param's commission. Wire: `Komisyon_Tutar`.
    #[serde(rename(deserialize = "Komisyon_Tutar"))]
    pub commission: Option<ReceivedAmount>,
    /// The bank's text. Wire: `Banka_Sonuc_Aciklama`.
    #[serde(rename(deserialize = "Banka_Sonuc_Aciklama"))]
    pub bank_text: Option<ForeignText>,
    /// 1 for one part. Wire: `Taksit`.
    #[serde(rename(deserialize = "Taksit"))]
    pub installments: Option<String>,
    /// The shop's texts, joined by bars. Wire: `Ext_Data`.
    #[serde(rename(deserialize = "Ext_Data"))]
    pub data: Option<ForeignText>,
    /// The sum of the refunds so far. Wire: `Toplam_Iade_Tutar`.
    #[serde(rename(deserialize = "Toplam_Iade_Tutar"))]
    pub refunded: Option<ReceivedAmount>,
    /// The card, masked. Wire: `KK_No`.
    #[serde(rename(deserialize = "KK_No"))]
    pub card: Option<Personal>,
    /// The bank's additional values, without a fixed form. Wire: `Bank_Extra`.
    #[serde(rename(deserialize = "Bank_Extra"))]
    pub bank_extra: Option<ForeignText>,
    /// `SALE`, `PRE_AUTH`, `POST_AUTH`. A pre-authorisation stays `PRE_AUTH` after its capture. Wire:
    /// `Islem_Tip`.
    #[serde(rename(deserialize = "Islem_Tip"))]
    pub kind: Option<String>,
    /// Wire: `Bank_Trans_ID`.
    #[serde(rename(deserialize = "Bank_Trans_ID"))]
    pub bank_transaction: Option<String>,
    /// Wire: `Bank_AuthCode`.
    #[serde(rename(deserialize = "Bank_AuthCode"))]
    pub bank_approval: Option<String>,
    /// Wire: `Bank_HostRefNum`.
    #[serde(rename(deserialize = "Bank_HostRefNum"))]
    pub bank_reference: Option<String>,
}

/// The state of a payment. Wire: `Durum`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum PaymentState {
    /// Paid. Wire: `SUCCESS`.
    Success,
    /// Paid, and a part of it refunded. Wire: `PARTIAL_REFUND`.
    PartlyRefunded,
    /// Not paid. Wire: `FAIL`.
    Failed,
    /// Not paid: the bank refused. Wire: `BANK_FAIL`.
    BankFailed,
    /// Paid and cancelled. Wire: `CANCEL`.
    Cancelled,
    /// Paid and refunded. Wire: `REFUND`.
    Refunded,
    /// A state that no page lists.
    Other(String),
}

const STATES: [(&str, PaymentState); 6] = [
    ("SUCCESS", PaymentState::Success),
    ("PARTIAL_REFUND", PaymentState::PartlyRefunded),
    ("FAIL", PaymentState::Failed),
    ("BANK_FAIL", PaymentState::BankFailed),
    ("CANCEL", PaymentState::Cancelled),
    ("REFUND", PaymentState::Refunded),
];

impl From<String> for PaymentState {
    fn from(text: String) -> Self {
        let listed = STATES.iter().find(|(name, _)| *name == text.trim());
        listed.map_or(Self::Other(text), |(_, state)| state.clone())
    }
}

impl From<PaymentState> for String {
    fn from(state: PaymentState) -> Self {
        if let PaymentState::Other(text) = state {
            return text;
        }
        let listed = STATES.iter().find(|(_, listed)| *listed == state);
        listed.map_or_else(Self::new, |(name, _)| (*name).to_owned())
    }
}

impl PaymentRecord {
    /// Returns whether the card was charged and the money not given back as a whole: result 1, a good
    /// state, a receipt, and a known kind of payment.
    pub fn is_paid(&self) -> bool {
        self.is_good() && (self.is_of_kind("SALE") || self.is_of_kind("POST_AUTH"))
    }

    /// Returns whether an amount was reserved and not released: as [`is_paid`](Self::is_paid), for a
    /// pre-authorisation. The amount may have been captured.
    pub fn is_reserved(&self) -> bool {
        self.is_good() && self.is_reservation()
    }

    /// Returns whether it is a captured reservation. `false` proves nothing, because captured ones have
    /// been seen with the kind `PRE_AUTH` still.
    pub fn is_captured(&self) -> bool {
        self.is_good() && self.is_of_kind("POST_AUTH")
    }

    fn is_good(&self) -> bool {
        let good = matches!(
            self.state,
            Some(PaymentState::Success | PaymentState::PartlyRefunded)
        );
        good && self.has_result("1") && self.money().is_some()
    }

    /// Returns whether all of the money has gone back. `Some(false)` for a part of it; `None` where nothing
    /// went back, or where state, result and sum contradict each other.
    pub(crate) fn is_given_back(&self) -> Option<bool> {
        let amount = |received: &Option<ReceivedAmount>| received.as_ref()?.money();
        let (total, back) = (amount(&self.total)?, amount(&self.refunded)?);
        let is_whole = back == total;
        match self.state {
            Some(PaymentState::Refunded) => (is_whole && self.has_result("13")).then_some(true),
            Some(PaymentState::Cancelled) => (is_whole && self.has_result("12")).then_some(true),
            Some(PaymentState::PartlyRefunded) => {
                (self.is_paid() && back.is_positive() && back < total).then_some(false)
            }
            _ => None,
        }
    }

    /// Returns whether it is a pre-authorisation, captured or not.
    pub fn is_reservation(&self) -> bool {
        self.is_of_kind("PRE_AUTH")
    }

    /// Returns whether the number of a pre-authorisation is another than this one. A payment without a number
    /// names none.
    pub(crate) fn is_other_reservation(&self, provision: Option<&ProvisionId>) -> bool {
        let own = provision.map(ProvisionId::sent);
        let shown = self.money();
        match (own, shown.as_ref().map(ReceiptId::sent)) {
            (Some(own), Some(shown)) => !own.is_empty() && own != shown,
            _ => false,
        }
    }

    fn is_of_kind(&self, kind: &str) -> bool {
        self.kind.as_deref().map(str::trim) == Some(kind)
    }

    /// Returns whether the bank refused, so that the payment was not made and will not be. `FAIL` alone is
    /// not enough, because a payment that the customer has not finished yet shows it too.
    pub fn is_refused(&self) -> bool {
        let result = || self.result.as_deref()?.trim().parse::<i32>().ok();
        let bank_spoke = || self.bank_text.as_ref().is_some_and(|text| !text.is_blank());
        let refused = match self.state {
            Some(PaymentState::BankFailed) => true,
            Some(PaymentState::Failed) => result().is_some_and(|code| code > 1) || bank_spoke(),
            _ => false,
        };
        refused && self.money().is_none()
    }

    /// Returns the total without Param's commission. The sellers of a marketplace can get up to this
    /// amount.
    pub fn net(&self) -> Option<Money> {
        let amount = |received: &Option<ReceivedAmount>| received.as_ref()?.money();
        amount(&self.total)?.checked_sub(amount(&self.commission)?)
    }

    fn has_result(&self, result: &str) -> bool {
        self.result.as_deref().map(str::trim) == Some(result)
    }

    pub(super) fn money(&self) -> Option<ReceiptId> {
        ReceiptId::of_money(self.receipt.as_ref()?.as_str())
    }
}
