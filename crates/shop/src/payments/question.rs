//! The service's own word about a payment.

use std::sync::Arc;
use std::time::Duration;

use kervan_ledger::StoreError;
use param_marketplace::ReceivedMoment;
use param_marketplace::payments::{
    Currency, ListPayments, PaidOrder, PaymentRecord, PaymentState as ParamState, QueryPayment,
};

use super::task;
use crate::note::Note;
use crate::shop::{Shop, Trouble};
use crate::store::{PaymentRow, PaymentState, Stored};

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
    /// Starts a task that asks the service about a payment, unless one runs.
    pub(super) fn ask_about(self: &Arc<Self>, key: &str) {
        let (shop, own) = (Arc::clone(self), key.to_owned());
        self.spawn(&task(key), async move { shop.ask(&own).await });
    }

    /// Asks about each payment that is due: no message goes from server to server.
    pub(crate) fn go_on_with_payments(self: &Arc<Self>) -> Stored<()> {
        let now = self.now();
        for payment in self.store.read(PaymentRow::going_on)? {
            if payment.due.is_some_and(|due| due <= now) {
                self.ask_about(&payment.key);
            }
        }
        Ok(())
    }

    async fn ask(&self, key: &str) -> Result<(), Trouble> {
        let before = |error: StoreError| Trouble::Before(Note::from(&error));
        let row = self
            .store
            .read(|store| PaymentRow::find(store, key))
            .map_err(before)?;
        let Some(row) = row.filter(|row| row.state.is_asked_for()) else {
            return Ok(());
        };
        let found = self.find(&row).await;
        let (now, later) = (self.now(), self.later(row.asks.saturating_add(2)));
        let lives = i64::try_from(PAGE_LIVES.as_millis()).unwrap_or(i64::MAX);
        let is_old = now.saturating_sub(row.at) > lives;
        let stored = self.store.write(|store| match &found {
            Ok(paid) => PaymentRow::paid(store, key, paid, now),
            Err(Unpaid { why, end }) => {
                if *end == End::Refused {
                    PaymentRow::ended(store, key, PaymentState::NotPaid, why, now)?;
                } else if *end == End::Unfinished && is_old {
                    PaymentRow::left(store, key)?;
                }
                PaymentRow::ask_at(store, key, later, why)
            }
        });
        stored.map_err(before)
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
