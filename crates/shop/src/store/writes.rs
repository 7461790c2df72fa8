//! The shop's side of its writes: the order that each is of, and its request, beside its entry in the ledger.

use std::sync::LazyLock;

use kervan_ledger::row::{COLUMNS, Value};
use kervan_ledger::{Account, Entry, Key, Past, State};

use super::{Row, Stored, Transaction, json};
use crate::note::Note;

/// A stored write.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    pub(crate) id: i64,
    pub(crate) key: Key,
    pub(crate) object: String,
    pub(crate) order: Option<i64>,
    /// The request. The ledger would drop it at the end, and the shop reads from it what it has given back.
    pub(crate) request: String,
    /// The latest error, in words.
    pub(crate) note: Option<Note>,
    /// `None` while it waits for the end of another one of its object.
    pub(crate) entry: Option<Entry>,
}

/// A write that is about to be stored.
pub(crate) struct NewWrite<'a> {
    pub(crate) key: &'a Key,
    pub(crate) object: &'a str,
    pub(crate) order: Option<i64>,
    pub(crate) request: String,
}

/// The shop's columns, and then those of the entry.
const OWN: [&str; 9] = [
    "id", "provider", "merchant", "kind", "own", "object", "order_id", "request", "note",
];

/// Reads writes with their entries.
static SELECT: LazyLock<String> = LazyLock::new(|| {
    let own = OWN.iter().map(|name| format!("write.{name}"));
    let entry = COLUMNS.iter().map(|name| format!("entry.{name}"));
    let columns: Vec<_> = own.chain(entry).collect();
    format!(
        "SELECT {} FROM writes AS write LEFT JOIN kervan_writes AS entry
         ON entry.provider = write.provider AND entry.merchant = write.merchant
         AND entry.kind = write.kind AND entry.own = write.own",
        columns.join(", ")
    )
});

/// A condition of SQL for writes that have not ended.
static IS_OPEN: LazyLock<String> = LazyLock::new(|| {
    let open = State::ALL.into_iter().filter(|state| state.is_open());
    let names: Vec<_> = open.map(|state| format!("'{}'", state.name())).collect();
    format!(
        "(entry.number IS NULL OR entry.state IN ({}))",
        names.join(", ")
    )
});

impl Write {
    fn of(row: &Row) -> Stored<Self> {
        let entry = match row.values_from(OWN.len()) {
            [Value::Null, ..] => None,
            entry => Some(Entry::from_row(entry)?),
        };
        Ok(Self {
            id: row.get("id")?,
            key: Key {
                account: Account {
                    provider: row.get("provider")?,
                    merchant: row.get("merchant")?,
                },
                kind: row.get("kind")?,
                own: row.get("own")?,
            },
            object: row.get("object")?,
            order: row.get("order_id")?,
            request: row.get("request")?,
            note: row.json("note")?,
            entry,
        })
    }

    fn select(store: &Transaction<'_>, rest: &str, parameters: &[Value]) -> Stored<Vec<Self>> {
        store.rows(&format!("{} {rest}", *SELECT), parameters, Self::of)
    }

    /// Stores the shop's side of a write, or that of its new contents.
    pub(crate) fn upsert(store: &Transaction<'_>, new: &NewWrite<'_>) -> Stored<()> {
        let NewWrite { key, object, .. } = new;
        store.execute(
            "INSERT INTO writes (provider, merchant, kind, own, object, order_id, request)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (provider, merchant, kind, own)
             DO UPDATE SET request = excluded.request, note = NULL",
            &[
                (&key.account.provider).into(),
                (&key.account.merchant).into(),
                (&key.kind).into(),
                (&key.own).into(),
                (*object).into(),
                new.order.into(),
                new.request.as_str().into(),
            ],
        )?;
        Ok(())
    }

    pub(crate) fn find(store: &Transaction<'_>, key: &Key) -> Stored<Option<Self>> {
        let found = Self::select(
            store,
            "WHERE write.provider = $1 AND write.merchant = $2 AND write.kind = $3 AND write.own = $4",
            &[
                (&key.account.provider).into(),
                (&key.account.merchant).into(),
                (&key.kind).into(),
                (&key.own).into(),
            ],
        )?;
        Ok(found.into_iter().next())
    }

    /// Returns the entry of a write, or that of the one that it waits for.
    pub(crate) fn active(store: &Transaction<'_>, key: &Key) -> Stored<Option<Entry>> {
        let Some(write) = Self::find(store, key)? else {
            return Ok(None);
        };
        if write.entry.is_some() {
            return Ok(write.entry);
        }
        let before = Self::of_object(store, &key.account, &write.object)?;
        Ok(before.into_iter().find_map(|before| before.entry))
    }

    pub(crate) fn by_id(store: &Transaction<'_>, id: i64) -> Stored<Option<Self>> {
        let found = Self::select(store, "WHERE write.id = $1", &[id.into()])?;
        Ok(found.into_iter().next())
    }

    /// Returns the write of the shop's own key. The keys of two kinds begin differently.
    pub(crate) fn named(store: &Transaction<'_>, own: &str) -> Stored<Option<Self>> {
        let found = Self::select(store, "WHERE write.own = $1", &[own.into()])?;
        Ok(found.into_iter().next())
    }

    pub(crate) fn of_order(store: &Transaction<'_>, order: i64) -> Stored<Vec<Self>> {
        let rest = "WHERE write.order_id = $1 ORDER BY write.id";
        Self::select(store, rest, &[order.into()])
    }

    /// Returns all writes that have not ended, the oldest first.
    pub(crate) fn going_on(store: &Transaction<'_>) -> Stored<Vec<Self>> {
        let rest = format!("WHERE {} ORDER BY write.id", *IS_OPEN);
        Self::select(store, &rest, &[])
    }

    /// Returns the writes of this one's object that have not ended: the one that goes on, and those that wait.
    pub(crate) fn of_object(
        store: &Transaction<'_>,
        account: &Account,
        object: &str,
    ) -> Stored<Vec<Self>> {
        let rest = format!(
            "WHERE write.provider = $1 AND write.merchant = $2 AND write.object = $3 AND {}
             ORDER BY write.id",
            *IS_OPEN
        );
        let (provider, merchant) = (&account.provider, &account.merchant);
        let parameters = [provider.into(), merchant.into(), object.into()];
        Self::select(store, &rest, &parameters)
    }

    /// Stores the latest error of a write.
    pub(crate) fn noted(store: &Transaction<'_>, id: i64, note: &Note) -> Stored<()> {
        store.execute(
            "UPDATE writes SET note = $1 WHERE id = $2",
            &[json(note)?, id.into()],
        )?;
        Ok(())
    }

    /// Returns what happened to it, oldest first.
    pub(crate) fn history(&self, store: &Transaction<'_>) -> Stored<Vec<Past>> {
        let statement = store.dialect().history(&self.key);
        let rows = store.query(&statement.text, &statement.parameters)?;
        rows.iter()
            .map(|row| Past::from_row(row.values_from(0)))
            .collect()
    }

    /// Returns how far it has come; `None` while it waits for another one.
    pub(crate) fn state(&self) -> Option<State> {
        self.entry.as_ref().map(|entry| entry.state)
    }

    pub(crate) fn is_done(&self) -> bool {
        self.state().is_some_and(State::is_done)
    }

    /// Returns whether it certainly did not happen, and ends so.
    pub(crate) fn is_not_done(&self) -> bool {
        self.state().is_some_and(State::is_not_done)
    }
}
