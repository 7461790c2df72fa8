//! The service's own word about a payment.

use std::sync::Arc;
use std::time::Duration;

use kervan_ledger::{Seen, Watch};
use param_marketplace::ReceivedMoment;
use param_marketplace::payments::{
    Currency, ListPayments, PaidOrder, PaymentRecord, PaymentState as ParamState, QueryPayment,
};

use crate::note::Note;
use crate::shop::Shop;
use crate::store::{Change, PaymentRow, PaymentState, watches};
use crate::watching::Answered;

/// How long after its start a page that nobody has finished counts as left. Param does not document how long the
/// bank lets a customer finish it.
const PAGE_LIVES: Duration = Duration::from_secs(1_800);

/// Why a payment is not known to be paid.
struct Unpaid {
    why: Note,
    end: End,
}

/// Whether anything may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The bank refused it.
    Refused,
    /// The service knows no end, as of a page that the customer has not finished.
    Unfinished,
    /// The answer does not say so.
    Open,
}

impl Unpaid {
    fn open(why: impl Into<Note>) -> Self {
        Self {
            why: why.into(),
            end: End::Open,
        }
    }
}

impl Shop {
    /// Asks the service about a payment.
    pub(crate) async fn ask_about_payment(self: Arc<Self>, watch: Watch) -> Answered {
        let key = watch.subject.clone();
        let row = match self.store.read(|store| PaymentRow::find(store, &key)) {
            Ok(Some(row)) if row.state.is_asked_for() => row,
            // Another program begins it.
            Ok(Some(row)) if row.state == PaymentState::Starting => return (Seen::Nothing, None),
            Ok(_) => return (Seen::Over("ended".to_owned()), None),
            Err(_) => return (Seen::Nothing, None),
        };
        let found = self.find(&row).await;
        let now = self.now();
        let Unpaid { why, end } = match found {
            Ok(paid) => return self.is_paid(&key, &paid),
            Err(unpaid) => unpaid,
        };
        let lives = i64::try_from(PAGE_LIVES.as_millis()).unwrap_or(i64::MAX);
        let is_old = now.saturating_sub(row.at) > lives;
        // A genuine return that says "paid" is not overruled by a refusal.
        let is_over = end == End::Refused && row.state != PaymentState::Verified;
        let seen = match end {
            End::Refused if is_over => Seen::Over("not_paid".to_owned()),
            End::Refused => Seen::Still("not_paid".to_owned()),
            End::Unfinished => Seen::Still("unfinished".to_owned()),
            End::Open => Seen::Nothing,
        };
        let change: Change = Box::new(move |store| {
            if is_over {
                return PaymentRow::ended(store, &key, PaymentState::NotPaid, &why, now);
            }
            if end == End::Unfinished && is_old {
                PaymentRow::left(store, &key)?;
            }
            PaymentRow::noted(store, &key, &why)
        });
        (seen, Some(change))
    }

    /// Stores that a payment is paid at once, because the service's word overrules whatever a browser has said since
    /// it was asked.
    fn is_paid(&self, key: &str, paid: &PaidOrder) -> Answered {
        let stored = self.store.write(|store| {
            watches::over(store, &self.payment_watch(key), "paid")?;
            PaymentRow::paid(store, key, paid, self.now())
        });
        match stored {
            Ok(()) => (Seen::Over("paid".to_owned()), None),
            // It is asked again.
            Err(_) => (Seen::Nothing, None),
        }
    }

    /// Finds out whether a payment is paid.
    async fn find(&self, row: &PaymentRow) -> Result<PaidOrder, Unpaid> {
        let param = &self.clients.param;
        let status = param.call(&QueryPayment::by_key(row.key.as_str())).await;
        let status = status.map_err(|error| Unpaid::open(&error))?;
        if let Some((verified, number)) = row
            .verified
            .as_ref()
            .and_then(|own| Some((own, own.number?)))
        {
            let paid = PaidOrder::confirm(
                number,
                &verified.order,
                verified.total,
                Currency::Lira,
                &status,
            );
            return paid.map_err(Unpaid::open);
        }
        let Some(record) = status.value.payment.as_ref() else {
            return Err(Unpaid {
                why: Note::new("Param does not know it yet", "Param'da henüz kaydı yok"),
                end: End::Unfinished,
            });
        };
        if record.is_paid() {
            let total = row.expected.as_ref().map(|expected| expected.total);
            let paid = self.listed(record).await?;
            return if total.is_none_or(|total| total == paid.total) {
                Ok(paid)
            } else {
                let why = Note::new("another amount is paid", "başka bir tutar ödenmiş");
                Err(Unpaid::open(why))
            };
        }
        let not_paid = Note::new("Param says that it is not paid", "Param'a göre ödenmedi");
        let (why, end) = match &record.state {
            _ if record.is_refused() => (not_paid, End::Refused),
            // `FAIL` without the bank's word is also shown while the customer is on the page.
            Some(ParamState::Failed) => (not_paid, End::Unfinished),
            Some(ParamState::Cancelled | ParamState::Refunded) => {
                let back = "Param says that it was paid and given back";
                let back = Note::new(back, "Param'a göre ödenmiş ve iade edilmiş");
                (back, End::Open)
            }
            Some(ParamState::Other(word)) => (Note::by("Param", word.as_str()), End::Open),
            _ => {
                let open = "Param's answer does not say whether it is paid";
                let open = Note::new(open, "Param'ın yanıtı ödenip ödenmediğini söylemiyor");
                (open, End::Open)
            }
        };
        Err(Unpaid { why, end })
    }

    /// Finds a paid payment in the list, which has its number.
    async fn listed(&self, record: &PaymentRecord) -> Result<PaidOrder, Unpaid> {
        let lacks = || {
            let why = "Param's answer lacks the time or the receipt";
            Unpaid::open(Note::new(why, "Param'ın yanıtında zaman ya da dekont yok"))
        };
        let time = record
            .time
            .as_ref()
            .and_then(ReceivedMoment::time)
            .ok_or_else(lacks)?;
        let receipt = record.receipt.as_ref().ok_or_else(lacks)?;
        let hour = Duration::from_secs(3_600);
        let list = ListPayments::between(time - hour, time + hour);
        let list = self.clients.param.call(&list).await;
        let list = list.map_err(|error| Unpaid::open(&error))?;
        list.receipt(receipt).map_err(Unpaid::open)
    }
}
