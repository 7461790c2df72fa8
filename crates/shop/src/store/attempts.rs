//! Writes: each is stored before it is sent, and its end with what it changes.

use kervan_settling::Attempt;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{Json, Stored};
use crate::note::Note;

/// How far a write has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing was sent, and it waits for its turn.
    Stored,
    /// It is being sent, or was when the shop died.
    Sending,
    /// It may have happened.
    Open,
    Done,
    /// The wanted state is there, whoever brought it about.
    IsSo,
    /// The key was taken after it had been sent.
    Exists,
    /// It did not happen, and will not as it is.
    Refused,
}

impl State {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Stored, "stored"),
        (Self::Sending, "sending"),
        (Self::Open, "open"),
        (Self::Done, "done"),
        (Self::IsSo, "in_state"),
        (Self::Exists, "exists"),
        (Self::Refused, "refused"),
    ];

    fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(state, _)| *state == self)
            .map_or("open", |(_, name)| name)
    }

    fn of(name: &str) -> Self {
        let mut all = Self::ALL.iter();
        // A state of a later version is one that nobody knows.
        all.find(|(_, own)| *own == name)
            .map_or(Self::Open, |(state, _)| *state)
    }

    pub(crate) fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::IsSo | Self::Exists)
    }

    pub(crate) fn has_ended(self) -> bool {
        self.is_done() || self == Self::Refused
    }
}

/// A condition of SQL for writes that have not ended.
const GOES_ON: &str = "state IN ('stored', 'sending', 'open')";

/// A stored write.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    pub(crate) id: i64,
    pub(crate) key: String,
    pub(crate) object: String,
    pub(crate) kind: String,
    pub(crate) order: Option<i64>,
    pub(crate) request: String,
    pub(crate) attempt: Option<Attempt>,
    pub(crate) state: State,
    pub(crate) since: i64,
    pub(crate) tries: u32,
    pub(crate) due: Option<i64>,
    pub(crate) note: Option<Note>,
    pub(crate) step: Option<String>,
}

/// A write that is about to be stored.
pub(crate) struct NewWrite<'a> {
    pub(crate) key: &'a str,
    pub(crate) object: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) order: Option<i64>,
    pub(crate) request: String,
    pub(crate) now: i64,
}

impl Write {
    fn of(row: &Row<'_>) -> Stored<Self> {
        Ok(Self {
            id: row.get("id")?,
            key: row.get("key")?,
            object: row.get("object")?,
            kind: row.get("kind")?,
            order: row.get("order_id")?,
            request: row.get("request")?,
            attempt: row.get::<_, Option<Json<_>>>("attempt")?.map(|json| json.0),
            state: State::of(&row.get::<_, String>("state")?),
            since: row.get("since")?,
            tries: row.get("tries")?,
            due: row.get("due")?,
            note: row.get::<_, Option<Json<_>>>("note")?.map(|json| json.0),
            step: row.get("step")?,
        })
    }

    /// Stores a write, unless its key is known.
    pub(crate) fn insert(connection: &Connection, new: &NewWrite<'_>) -> Stored<bool> {
        let inserted = connection.execute(
            "INSERT INTO attempts (key, object, kind, order_id, request, state, since, due)
             VALUES (:key, :object, :kind, :order, :request, 'stored', :now, :now)
             ON CONFLICT (key) DO NOTHING",
            named_params! {
                ":key": new.key, ":object": new.object, ":kind": new.kind, ":order": new.order,
                ":request": new.request, ":now": new.now,
            },
        )?;
        Ok(inserted == 1)
    }

    pub(crate) fn find(connection: &Connection, key: &str) -> Stored<Option<Self>> {
        let mut statement = connection.prepare("SELECT * FROM attempts WHERE key = ?")?;
        statement.query_row([key], Self::of).optional()
    }

    /// Returns the write of this purpose that counts: keys of one purpose end with `#1`, `#2` and so on, and
    /// a new one begins after a refusal.
    pub(crate) fn latest(connection: &Connection, purpose: &str) -> Stored<Option<Self>> {
        let mut statement = connection.prepare(
            "SELECT * FROM attempts WHERE substr(key, 1, length(?1)) = ?1 ORDER BY id DESC LIMIT 1",
        )?;
        statement
            .query_row([format!("{purpose}#")], Self::of)
            .optional()
    }

    /// Returns the key of a write of this purpose: the one that counts, or a new one after a refusal.
    pub(crate) fn key_for(connection: &Connection, purpose: &str) -> Stored<String> {
        let latest = Self::latest(connection, purpose)?;
        Ok(match latest {
            Some(write) if write.state != State::Refused => write.key,
            Some(write) => {
                let number = write
                    .key
                    .rsplit_once('#')
                    .and_then(|(_, number)| number.parse().ok());
                format!("{purpose}#{}", number.unwrap_or(0_u32) + 1)
            }
            None => format!("{purpose}#1"),
        })
    }

    /// Returns an earlier write of the same object that has not ended.
    pub(crate) fn before(&self, connection: &Connection) -> Stored<Option<Self>> {
        let mut statement = connection.prepare(&format!(
            "SELECT * FROM attempts WHERE object = ? AND id < ? AND {GOES_ON} ORDER BY id LIMIT 1"
        ))?;
        statement
            .query_row((&self.object, self.id), Self::of)
            .optional()
    }

    /// Returns the next write of the same object that has not ended.
    pub(crate) fn after(&self, connection: &Connection) -> Stored<Option<Self>> {
        let mut statement = connection.prepare(&format!(
            "SELECT * FROM attempts WHERE object = ? AND id > ? AND {GOES_ON} ORDER BY id LIMIT 1"
        ))?;
        statement
            .query_row((&self.object, self.id), Self::of)
            .optional()
    }

    /// Returns all writes that have not ended, the oldest first.
    pub(crate) fn going_on(connection: &Connection) -> Stored<Vec<Self>> {
        let mut statement = connection.prepare(&format!(
            "SELECT * FROM attempts WHERE {GOES_ON} ORDER BY id"
        ))?;
        statement.query_map([], Self::of)?.collect()
    }

    pub(crate) fn of_order(connection: &Connection, order: i64) -> Stored<Vec<Self>> {
        let mut statement =
            connection.prepare("SELECT * FROM attempts WHERE order_id = ? ORDER BY id")?;
        statement.query_map([order], Self::of)?.collect()
    }

    /// Stores the attempt under which it is about to be sent.
    pub(crate) fn sending(connection: &Connection, key: &str, attempt: &Attempt) -> Stored<()> {
        connection.execute(
            "UPDATE attempts SET state = 'sending', attempt = ?, tries = tries + 1, due = NULL, note = NULL,
             step = NULL WHERE key = ?",
            (Json(attempt), key),
        )?;
        Ok(())
    }

    /// Stores that it did not happen and is tried again.
    pub(crate) fn again(connection: &Connection, key: &str, due: i64, note: &Note) -> Stored<()> {
        connection.execute(
            "UPDATE attempts SET state = 'stored', attempt = NULL, tries = tries + 1, due = ?, note = ?,
             step = 'send_again' WHERE key = ?",
            (due, Json(note), key),
        )?;
        Ok(())
    }

    /// Stores that it may have happened.
    pub(crate) fn open(
        connection: &Connection,
        key: &str,
        due: Option<i64>,
        (note, step): (&Note, &str),
    ) -> Stored<()> {
        connection.execute(
            "UPDATE attempts SET state = 'open', tries = tries + 1, due = ?, note = ?, step = ?
             WHERE key = ?",
            (due, Json(note), step, key),
        )?;
        Ok(())
    }

    pub(crate) fn end(
        connection: &Connection,
        key: &str,
        state: State,
        note: Option<&Note>,
    ) -> Stored<()> {
        connection.execute(
            "UPDATE attempts SET state = ?, due = NULL, note = ?, step = NULL WHERE key = ?",
            (state.name(), note.map(Json), key),
        )?;
        Ok(())
    }

    /// Lets a write go on now, whatever it waits for.
    pub(crate) fn ask_now(connection: &Connection, key: &str, now: i64) -> Stored<()> {
        connection.execute(
            &format!("UPDATE attempts SET due = ? WHERE key = ? AND {GOES_ON}"),
            (now, key),
        )?;
        Ok(())
    }

    /// Lets the writes that a dead shop was about to send go on.
    pub(crate) fn wake(connection: &Connection, now: i64) -> Stored<()> {
        connection.execute("UPDATE attempts SET due = ? WHERE state = 'sending'", [now])?;
        Ok(())
    }
}
