//! The guarded write: stored, then sent by a task of its own, then settled, then stored with its result.
//!
//! A write is stored before anything of it is sent, under a key that a second click has too. Its task goes
//! on when the browser leaves. A shop that starts anew goes on with every write that has not ended.

use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use haso_bnpl::{ActivateOrder, Refund};
use horoz_shipping::CreateSupplierPaysOrder;
use kervan_core::{NextStep, Outcome, RejectionOf, Service};
use kervan_settling::{Failed, Resumed, Settle, Settled, Settler};
use param_marketplace::{AddOrderDetail, AddSubMerchant, CancelOrRefund, SetOrderStatus};
use rusqlite::Transaction;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::note::{Note, Refusal};
use crate::orders::Whole;
use crate::shop::{Shop, Trouble};
use crate::store::{NewWrite, State, StoreError, Stored, Write, millis};

/// A write that the shop makes.
pub(crate) trait Work:
    Settle<Service: Service<Rejection: Refusal>> + Serialize + DeserializeOwned + Send + Sync
{
    /// Its name in the database.
    const KIND: &'static str;

    /// Returns the client that sends it.
    fn client(shop: &Shop) -> &Settler<Self::Service>;

    /// Changes what follows from it, in the transaction that stores its end. The output is absent where only
    /// the state shows that it is done.
    fn done(
        &self,
        key: &str,
        output: Option<&Self::Output>,
        store: &Transaction<'_>,
    ) -> Stored<()> {
        let _ = (key, output, store);
        Ok(())
    }

    /// Changes what follows from a refusal, in the transaction that stores it.
    fn refused(&self, key: &str, store: &Transaction<'_>) -> Stored<()> {
        let _ = (key, store);
        Ok(())
    }

    /// Changes what follows from a question that did not settle it, in the transaction that stores it.
    fn open(
        &self,
        key: &str,
        settled: &Settled<Self::Output, RejectionOf<Self>>,
        store: &Transaction<'_>,
    ) -> Stored<()> {
        let _ = (key, settled, store);
        Ok(())
    }
}

/// Stores a write, unless its key is known. Nothing is sent yet: [`Shop::drive`] does that.
pub(crate) fn store<O: Work>(
    transaction: &Transaction<'_>,
    (key, object): (&str, &str),
    order: Option<i64>,
    write: &O,
    now: i64,
) -> Stored<bool> {
    let request = serde_json::to_string(write)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    let new = NewWrite {
        key,
        object,
        kind: O::KIND,
        order,
        request,
        now,
    };
    Write::insert(transaction, &new)
}

impl Shop {
    /// Stores a write of an order, sends it, and waits for its end as long as a page waits. `store` returns its
    /// key, which a second click has too.
    pub(crate) async fn write_of_order(
        self: &Arc<Self>,
        order: i64,
        store: impl FnOnce(&Transaction<'_>, &Whole) -> Stored<Result<String, Failure>>,
    ) -> Result<(), Failure> {
        let key = self.store.write(|transaction| {
            let whole = Whole::read(transaction, order)?;
            whole.map_or(Ok(Err(Failure::NotFound)), |whole| {
                store(transaction, &whole)
            })
        })??;
        self.drive(&key);
        Ok(self.wait(&key).await?)
    }

    /// Starts a task for a stored write, unless one runs.
    pub(crate) fn drive(self: &Arc<Self>, key: &str) {
        let (shop, own) = (Arc::clone(self), key.to_owned());
        self.spawn(key, async move { shop.run(own).await });
    }

    /// Starts a task for each write that is due.
    pub(crate) fn go_on_with_writes(self: &Arc<Self>) -> Result<(), StoreError> {
        let now = self.now();
        let open = self.store.read(Write::going_on)?;
        for write in open {
            // One that is being sent has a task, unless the database did not take its result.
            if write.state == State::Sending || write.due.is_some_and(|due| due <= now) {
                self.drive(&write.key);
            }
        }
        Ok(())
    }

    async fn run(self: Arc<Self>, key: String) -> Result<(), Trouble> {
        let before = |error: StoreError| Trouble::Before(Note::from(&error));
        let find = |key: &str| {
            self.store.read(|store| {
                let Some(write) = Write::find(store, key)? else {
                    return Ok(None);
                };
                // Two open writes on one object break each other's baseline.
                let is_turn = write.before(store)?.is_none() && !write.state.has_ended();
                Ok(is_turn.then_some(write))
            })
        };
        let Some(write) = find(&key).map_err(before)? else {
            return Ok(());
        };
        let known = Self::of_kind(&write.kind);
        let Some(step) = known else {
            let kind = &write.kind;
            return Err(Trouble::Before(Note::new(
                format!("writes of kind `{kind}` are unknown"),
                format!("`{kind}` türünde bir işlem bilinmiyor"),
            )));
        };
        step(&self, &write).await?;
        // The next one on the same object.
        let next = self.store.read(|store| match Write::find(store, &key)? {
            Some(write) if write.state.has_ended() => write.after(store),
            _ => Ok(None),
        });
        if let Some(next) = next.map_err(before)? {
            self.drive(&next.key);
        }
        Ok(())
    }

    fn of_kind(kind: &str) -> Option<Step> {
        let steps: [(&str, Step); 7] = [
            (ActivateOrder::KIND, |shop, write| {
                Box::pin(go_on::<ActivateOrder>(shop, write))
            }),
            (Refund::KIND, |shop, write| {
                Box::pin(go_on::<Refund>(shop, write))
            }),
            (CreateSupplierPaysOrder::KIND, |shop, write| {
                Box::pin(go_on::<CreateSupplierPaysOrder>(shop, write))
            }),
            (AddSubMerchant::KIND, |shop, write| {
                Box::pin(go_on::<AddSubMerchant>(shop, write))
            }),
            (AddOrderDetail::KIND, |shop, write| {
                Box::pin(go_on::<AddOrderDetail>(shop, write))
            }),
            (SetOrderStatus::KIND, |shop, write| {
                Box::pin(go_on::<SetOrderStatus>(shop, write))
            }),
            (CancelOrRefund::KIND, |shop, write| {
                Box::pin(go_on::<CancelOrRefund>(shop, write))
            }),
        ];
        steps
            .iter()
            .find(|(own, _)| *own == kind)
            .map(|(_, step)| *step)
    }
}

/// Returns why a stored request cannot be read.
pub(crate) fn unreadable(error: &serde_json::Error) -> Note {
    let note = Note::new(
        "the stored request cannot be read",
        "kayıtlı istek okunamıyor",
    );
    note.said("serde_json", error.to_string())
}

/// One step of a write of a kind.
type Step = for<'a> fn(
    &'a Shop,
    &'a Write,
) -> Pin<Box<dyn Future<Output = Result<(), Trouble>> + Send + 'a>>;

/// Sends a write, or finds out what became of it.
async fn go_on<O: Work>(shop: &Shop, row: &Write) -> Result<(), Trouble> {
    let unreadable = |error: serde_json::Error| Trouble::Before(unreadable(&error));
    let write: O = serde_json::from_str(&row.request).map_err(unreadable)?;
    let client = O::client(shop);
    let end = End {
        shop,
        row,
        write: &write,
    };
    let attempt = match &row.attempt {
        None => match client.prepare(&write).await {
            Ok(attempt) => attempt,
            Err(error) => {
                let failed: (_, _, NextStep) =
                    (error.outcome(), error.rejection(), error.next_step());
                return end.failed(failed, &Note::from(&error));
            }
        },
        Some(attempt) => match client.resume(&write, attempt).await {
            Ok(Resumed::Prepared(next)) => next,
            Ok(Resumed::Settled(settled)) => return end.settled(settled),
            Err(failed) => return end.unsent(&failed),
        },
    };
    // Durable before a byte leaves: a crash returns no error.
    let stored = shop
        .store
        .write(|store| Write::sending(store, &row.key, &attempt));
    stored.map_err(|error| Trouble::Before(Note::from(&error)))?;
    match client.send(&write, &attempt).await {
        Ok(answer) => end.done(State::Done, Some(&answer.value)),
        Err(failed) => end.unsent(&failed),
    }
}

/// The end of one step of a write.
struct End<'a, O> {
    shop: &'a Shop,
    row: &'a Write,
    write: &'a O,
}

impl<O: Work> End<'_, O> {
    fn store(&self, change: impl FnOnce(&Transaction<'_>) -> Stored<()>) -> Result<(), Trouble> {
        self.shop
            .store
            .write(change)
            .map_err(|error| Trouble::After(Note::from(&error)))
    }

    fn done(&self, state: State, output: Option<&O::Output>) -> Result<(), Trouble> {
        self.store(|store| {
            Write::end(store, &self.row.key, state, None)?;
            self.write.done(&self.row.key, output, store)
        })
    }

    fn refused(&self, why: &Note) -> Result<(), Trouble> {
        self.store(|store| {
            Write::end(store, &self.row.key, State::Refused, Some(why))?;
            self.write.refused(&self.row.key, store)
        })
    }

    fn unsent(&self, failed: &Failed<RejectionOf<O>>) -> Result<(), Trouble> {
        let why = (
            failed.outcome(),
            failed.error.rejection(),
            failed.next_step(),
        );
        self.failed(why, &Note::from(failed))
    }

    fn failed<R: Refusal>(
        &self,
        (outcome, rejection, step): (Outcome, Option<&R>, NextStep),
        why: &Note,
    ) -> Result<(), Trouble> {
        match (outcome, rejection) {
            (Outcome::NotDone, None) if step != NextStep::Correct => {
                let due = self.shop.later(self.row.tries);
                self.store(|store| Write::again(store, &self.row.key, due, why))
            }
            (Outcome::NotDone, _) => self.refused(why),
            (Outcome::Unknown, _) => self.open(step, why, |_| Ok(())),
        }
    }

    fn settled(&self, settled: Settled<O::Output, RejectionOf<O>>) -> Result<(), Trouble> {
        match settled {
            Settled::Done(answer) => {
                self.done(State::Done, answer.as_ref().map(|answer| &answer.value))
            }
            Settled::InState => self.done(State::IsSo, None),
            Settled::Exists => self.done(State::Exists, None),
            Settled::Refused(no) => self.refused(&Note::from(&no)),
            Settled::NotDone => {
                let now = self.shop.now();
                let why = Note::new("it was not done", "yapılmamış");
                self.store(|store| Write::again(store, &self.row.key, now, &why))
            }
            Settled::Open(ref open) => self.open(open.next_step(), &Note::from(open), |store| {
                self.write.open(&self.row.key, &settled, store)
            }),
        }
    }

    fn open(
        &self,
        step: NextStep,
        why: &Note,
        follow: impl FnOnce(&Transaction<'_>) -> Stored<()>,
    ) -> Result<(), Trouble> {
        let now = self.shop.host.now();
        let asked = match step {
            NextStep::AskAgain { at: Some(at) } if at > now => Some(millis(at)),
            NextStep::AskAPerson | NextStep::StartAnew => None,
            _ => Some(self.shop.later(self.row.tries)),
        };
        // Soon, too: an answer that is lost now is found by the next question.
        let due = asked.map(|at| at.min(self.shop.later(self.row.tries)));
        self.store(|store| {
            Write::open(store, &self.row.key, due, (why, name(step)))?;
            follow(store)
        })
    }
}

/// The next steps, as they are stored.
const STEPS: [(NextStep, &str); 6] = [
    (NextStep::Nothing, "nothing"),
    (NextStep::Correct, "correct"),
    (NextStep::SendAgain, "send_again"),
    (NextStep::AskAgain { at: None }, "ask_again"),
    (NextStep::StartAnew, "start_anew"),
    (NextStep::AskAPerson, "ask_a_person"),
];

fn name(step: NextStep) -> &'static str {
    let step = match step {
        NextStep::AskAgain { .. } => NextStep::AskAgain { at: None },
        step => step,
    };
    let mut steps = STEPS.iter();
    steps
        .find(|(own, _)| *own == step)
        .map_or("ask_a_person", |(_, name)| name)
}

/// Returns the next step of a stored write.
pub(crate) fn step(write: &Write) -> Option<NextStep> {
    let name = write.step.as_deref()?;
    let (step, _) = STEPS.iter().find(|(_, own)| *own == name)?;
    Some(match (step, write.due) {
        (NextStep::AskAgain { .. }, due) => {
            let at: Option<SystemTime> = due.map(crate::store::time);
            NextStep::AskAgain { at }
        }
        (step, _) => *step,
    })
}
