//! The writes of the shop: each is an entry of the ledger, stored with what it is about, and sent by a worker.
//!
//! The ledger has the states. This file says which writes there are, and what follows from the end of each.

use std::future::pending;
use std::sync::Arc;

use haso_bnpl::{ActivateOrder, Refund};
use horoz_shipping::CreateSupplierPaysOrder;
use kervan_core::transport::BoxFuture;
use kervan_core::{Answer, Error, Language, Operation, Service};
use kervan_ledger::{
    Account, Entry, Event, Held, Inserted, Key, Plan, Replaced, State, StoreError, StoreErrorKind,
    WorkError, Worker, WriteError,
};
use kervan_settling::{Attempt, Settle, Settler};
use param_marketplace::{AddOrderDetail, AddSubMerchant, CancelOrRefund, SetOrderStatus};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::desk;
use crate::failure::Failure;
use crate::note::{Note, Refusal};
use crate::orders::Whole;
use crate::shop::{Shop, Trouble};
use crate::store::{Change, NewWrite, Stored, Transaction, Write};

/// How many writes are sent at a time.
const WORKERS: usize = 8;

/// A write that the shop makes.
pub(crate) trait Work:
    Settle<
        Service: Service<Rejection: Refusal>,
        Output: Send + Sync,
        ReadBack: Operation<Output: Send> + Send + Sync,
    > + Serialize
    + DeserializeOwned
    + Send
    + Sync
    + 'static
{
    /// Its name in the ledger.
    const KIND: &'static str;

    /// Whether it waits while another write of its object is open. Otherwise it is refused as long, because
    /// what a person knew when the form was sent may not hold any more.
    const WAITS: bool = false;

    /// Returns the client that sends it.
    fn client(shop: &Shop) -> &Settler<Self::Service>;

    /// Returns the account that it goes to.
    fn account(shop: &Shop) -> &Account;

    /// Returns what follows from its end, in the transaction that stores it. The output is absent where only
    /// the state or a person shows that it is done.
    fn end(
        &self,
        shop: &Arc<Shop>,
        entry: &Entry,
        output: Option<&Self::Output>,
    ) -> Option<Change> {
        let _ = (shop, entry, output);
        None
    }

    /// Returns what follows when the service has answered after the settling time, and did not show it.
    fn doubted(&self) -> Option<Change> {
        None
    }
}

/// What the shop does with a kind of write, whatever its type is.
pub(crate) struct Kind {
    name: &'static str,
    step: fn(Arc<Shop>, Held) -> BoxFuture<'static, ()>,
    entry: fn(&Shop, &Write) -> Option<Entry>,
    follow: fn(&Arc<Shop>, &Write, &Entry) -> Option<Change>,
}

static KINDS: [Kind; 7] = [
    kind::<ActivateOrder>(),
    kind::<Refund>(),
    kind::<CreateSupplierPaysOrder>(),
    kind::<AddSubMerchant>(),
    kind::<AddOrderDetail>(),
    kind::<SetOrderStatus>(),
    kind::<CancelOrRefund>(),
];

const fn kind<O: Work>() -> Kind {
    Kind {
        name: O::KIND,
        step: |shop, held| {
            Box::pin(async move {
                // Another worker looks whether more is due.
                shop.wake_worker();
                let name = held.entry().key.to_string();
                let result = go_on::<O>(&shop, held).await;
                shop.has_ended(&name, result);
            })
        },
        entry: |shop, row| {
            let write: O = read(row).ok()?;
            shop.entry(&row.key, &row.object, &write).ok()
        },
        follow: |shop, row, entry| Some(follow(shop, &read::<O>(row).ok()?, entry, None)),
    }
}

fn of_kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// Reads the request of a write.
pub(crate) fn read<O: DeserializeOwned>(row: &Write) -> Result<O, Note> {
    serde_json::from_str(&row.request).map_err(|error| {
        let note = Note::new(
            "the stored request cannot be read",
            "kayıtlı istek okunamıyor",
        );
        note.said("serde_json", error.to_string())
    })
}

impl Shop {
    /// Starts the workers. They go on with every write that is due, also with those of an earlier run.
    pub(crate) fn start_workers(self: &Arc<Self>) {
        for _ in 0..WORKERS {
            let shop = Arc::clone(self);
            let mut worker = Worker::new(self.ledger.clone()).woken(move || {
                let shop = Arc::clone(&shop);
                async move { shop.woken().await }
            });
            for kind in &KINDS {
                let shop = Arc::clone(self);
                worker = worker.on(kind.name, move |held| (kind.step)(Arc::clone(&shop), held));
            }
            let shop = Arc::clone(self);
            tokio::spawn(async move {
                let failed = |error| {
                    // A step that panicked has said so; its write is on the desk, and goes on after the lease.
                    if let WorkError::Store(error) = error {
                        shop.has_not_claimed(&error);
                    }
                };
                worker.run(pending(), failed).await;
            });
        }
    }

    /// Stores a write of an order, and waits for its end as long as a page waits. `store` returns its key, which
    /// a second click has too.
    pub(crate) async fn write_of_order(
        self: &Arc<Self>,
        order: i64,
        store: impl FnOnce(&Transaction<'_>, &Whole) -> Stored<Result<Key, Failure>>,
    ) -> Result<(), Failure> {
        let key = self.store.write(|transaction| {
            let whole = Whole::read(transaction, order)?;
            whole.map_or(Ok(Err(Failure::NotFound)), |whole| {
                store(transaction, &whole)
            })
        })??;
        Ok(self.sent(&key).await?)
    }

    /// Lets a stored write be sent, and waits for its end as long as a page waits.
    pub(crate) async fn sent(&self, key: &Key) -> Result<(), Trouble> {
        self.forget_trouble(&key.to_string());
        self.wake_worker();
        self.wait_for(key).await
    }

    /// Stores a write in a transaction with what it is about. Nothing is sent yet. A write of the same key is the
    /// same one, and may have other contents only where it did not happen.
    pub(crate) fn plan<O: Work>(
        &self,
        store: &Transaction<'_>,
        (own, object): (&str, &str),
        order: Option<i64>,
        write: &O,
    ) -> Stored<Result<Key, Failure>> {
        let key = O::account(self).key(O::KIND, own);
        let new = match self.entry(&key, object, write) {
            Ok(new) => new,
            Err(failure) => return Ok(Err(failure)),
        };
        let request = serde_json::to_string(write)
            .map_err(|error| StoreError::new(StoreErrorKind::Other).caused_by(error))?;
        let taken = |first: &Entry| Ok(Err(is_taken(first)));
        match Write::find(store, &key)? {
            // It waits for another one.
            Some(Write { entry: None, .. }) => return Ok(Ok(key)),
            Some(Write {
                entry: Some(known), ..
            }) => {
                if !known.state.is_not_done() {
                    let is_same = known.contents == new.contents;
                    return Ok(if is_same {
                        Ok(key)
                    } else {
                        Err(is_another(&known))
                    });
                }
                let event = Event::Revised {
                    contents: new.contents,
                    request: None,
                    due: new.due,
                };
                let next = known.after(event, new.created_at);
                let next =
                    next.map_err(|why| StoreError::new(StoreErrorKind::Other).caused_by(why))?;
                match store.replace(&next)? {
                    Replaced::Stored => {}
                    Replaced::Taken(first) => return taken(&first),
                    Replaced::Overtaken => return Err(StoreError::new(StoreErrorKind::Busy)),
                }
            }
            None => match store.insert(&new)? {
                Inserted::Taken(first) if !O::WAITS => return taken(&first),
                Inserted::New(_) | Inserted::Taken(_) => {}
                Inserted::Known(_) => return Err(StoreError::new(StoreErrorKind::Damaged)),
            },
        }
        let new = NewWrite {
            key: &key,
            object,
            order,
            request,
        };
        Write::upsert(store, &new)?;
        Ok(Ok(key))
    }

    /// Makes the entry of a write. It is not stored yet.
    fn entry<O: Work>(&self, key: &Key, object: &str, write: &O) -> Result<Entry, Failure> {
        let plan = Plan::new(key.clone(), object);
        let entry = self.ledger.entry(O::client(self), plan, write);
        entry.map_err(|_| Failure::wrong("The request cannot be written.", "İstek yazılamıyor."))
    }

    /// Stores the next write that waits for an object, in the transaction that ends the one before.
    fn begin_next(&self, store: &Transaction<'_>, account: &Account, object: &str) -> Stored<()> {
        let waiting = Write::of_object(store, account, object)?;
        let next = waiting.iter().find(|row| row.entry.is_none());
        let entry = next.and_then(|row| (of_kind(&row.key.kind)?.entry)(self, row));
        if let Some(entry) = entry {
            store.insert(&entry)?;
        }
        Ok(())
    }

    /// Lets each write go on that waits for one which has ended. Usually the end of that one has done so; in
    /// PostgreSQL the two may have been stored at the same moment.
    pub(crate) fn begin_waiting(&self) -> Stored<()> {
        let open = self.store.read(Write::going_on)?;
        for row in open.iter().filter(|row| row.entry.is_none()) {
            self.store
                .write(|store| self.begin_next(store, &row.key.account, &row.object))?;
        }
        Ok(())
    }

    /// Goes on with an open write at once, whatever it waits for.
    pub(crate) async fn go_on_now(self: &Arc<Self>, row: &Write) -> Result<(), Failure> {
        let (Some(entry), Some(kind)) = (&row.entry, of_kind(&row.key.kind)) else {
            return Ok(());
        };
        self.forget_trouble(&row.key.to_string());
        match self.ledger.hold(entry).await {
            Ok(held) => {
                tokio::spawn((kind.step)(Arc::clone(self), held));
            }
            Err(kervan_ledger::ChangeError::Store { cause, .. }) => return Err(cause.into()),
            // It has ended, a person decides, or somebody works on it.
            Err(_) => {}
        }
        Ok(self.wait_for(&row.key).await?)
    }

    /// Returns what follows when a person ends a write.
    pub(crate) fn after_a_person(self: &Arc<Self>, row: &Write, state: State) -> Option<Change> {
        let mut entry = row.entry.clone()?;
        entry.state = state;
        (of_kind(&row.key.kind)?.follow)(self, row, &entry)
    }
}

fn is_taken(first: &Entry) -> Failure {
    let kind = desk::kind(&first.key.kind);
    let text = |language| {
        let state = first.state.text(language);
        format!("“{}” ({state})", kind.text(language))
    };
    let (english, turkish) = (text(Language::English), text(Language::Turkish));
    Failure::NotNow(Note::new(
        format!("Another write has to end first: {english}."),
        format!("Önce şu işlemin bitmesi gerekiyor: {turkish}."),
    ))
}

fn is_another(known: &Entry) -> Failure {
    let text = |language| known.state.text(language);
    Failure::NotNow(Note::new(
        format!(
            "It was sent with other values, and {}.",
            text(Language::English)
        ),
        format!(
            "Bu işlem başka değerlerle gönderildi: {}.",
            text(Language::Turkish)
        ),
    ))
}

/// Returns what follows from the end of a write: the shop's own changes, and the next one of its object.
fn follow<O: Work>(
    shop: &Arc<Shop>,
    write: &O,
    entry: &Entry,
    output: Option<&O::Output>,
) -> Change {
    let own = write.end(shop, entry, output);
    let shop = Arc::clone(shop);
    let (account, object) = (entry.key.account.clone(), entry.object.clone());
    Box::new(move |store| {
        if let Some(change) = own {
            change(store)?;
        }
        shop.begin_next(store, &account, &object)
    })
}

/// Sends a write, or finds out what became of it.
async fn go_on<O: Work>(shop: &Arc<Shop>, held: Held) -> Result<(), Trouble> {
    let before = |error: StoreError| Trouble::Before(Note::from(&error));
    let row = shop
        .store
        .read(|store| Write::find(store, &held.entry().key));
    let lost = || Trouble::Before(Note::new("its order is lost", "siparişi bulunamıyor"));
    let row = row.map_err(before)?.ok_or_else(lost)?;
    let write: O = read(&row).map_err(Trouble::Before)?;
    let client = O::client(shop);
    let settled_before = held.entry().attempt.as_ref().is_some_and(|attempt| {
        let settling = client.config().settling_time() + Attempt::FRESH;
        attempt.prepared_at() + settling < shop.host.now()
    });
    let along = |entry: &Entry, answer: Option<&Answer<O::Output>>| {
        let output = answer.map(|answer| &answer.value);
        Some(follow(shop, &write, entry, output))
    };
    let Err(failed) = shop.ledger.go_on(client, held, &write, &along).await else {
        return Ok(());
    };
    match &failed {
        WriteError::Store(cause, _) => return Err(Trouble::Before(cause.into())),
        WriteError::NotRecorded { cause, .. } => return Err(Trouble::After(cause.into())),
        _ => {}
    }
    let error = match &failed {
        WriteError::Refused(_, error)
        | WriteError::NotDone(_, error)
        | WriteError::Open(_, error) => error.as_deref(),
        _ => None,
    };
    let note = failed.entry().and_then(|entry| words(entry, error));
    let doubted = failed.entry().filter(|entry| {
        settled_before && entry.state == State::Unknown && has_answered(entry, error)
    });
    // Its state is stored already. A note that is lost costs its words, and the next question doubts it again.
    let stored = shop.store.write(|store| {
        if let Some(note) = &note {
            Write::noted(store, row.id, note)?;
        }
        let change = doubted.and_then(|_| write.doubted());
        change.map_or(Ok(()), |change| change(store))
    });
    stored.map_err(|error| Trouble::After(Note::from(&error)))
}

/// Returns why a write is as it is: the error, or what the ledger has noted.
fn words<R: Refusal>(entry: &Entry, error: Option<&Error<R>>) -> Option<Note> {
    let why = entry.why.as_ref()?;
    Some(match error {
        Some(error) if why.kind == "question" => Note::of_question(error),
        Some(error) => Note::from(error),
        None => Note::from(why),
    })
}

/// Returns whether the service has answered the latest question about a write.
fn has_answered<R: Refusal>(entry: &Entry, error: Option<&Error<R>>) -> bool {
    let kind = entry.why.as_ref().map(|why| why.kind.as_str());
    match kind {
        Some("unclear" | "not_found") => true,
        Some("question") => error.is_some_and(|error| error.rejection().is_some()),
        _ => false,
    }
}
