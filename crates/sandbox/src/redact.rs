//! Logins and card numbers, which no log and no page shows.

mod cards;
mod layer;
mod named;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use crate::world::Shown;
use layer::Layer;

/// How much of a body is kept for people to look at.
const KEPT: usize = 20_000;

/// How much of it is looked at: what begins in the part that is kept does not end behind this, unless it
/// is hidden to its end.
const LOOKED: usize = KEPT + 5000;

/// How much is kept of an address, and of the value of a header.
const LINE: usize = 2000;

/// How much is kept of a key, a name of an operation, and the sentence of a refusal.
const WORDS: usize = 300;

/// How often a text is decoded: a query in a form in JSON is three.
const LAYERS: usize = 3;

/// The mark in place of a secret.
const MARK: &str = "[redacted]";

/// Names on the wire whose values are secret: as elements, attributes, members, fields or headers.
const NAMES: [&str; 34] = [
    "authorization",
    "cardnumber",
    "client_password",
    "cookie",
    "cv2",
    "cvc",
    "cvc2",
    "cvv",
    "cvv2",
    "ets_guid",
    "guid",
    "kart_no",
    "kartno",
    "kk_cvc",
    "kk_cvv",
    "kk_no",
    "kk_sk_ay",
    "kk_sk_yil",
    "merchantkey",
    "merchantsalt",
    "parola",
    "pass",
    "passw",
    "password",
    "processkey",
    "proxy-authorization",
    "requesttoken",
    "set-cookie",
    "sifre",
    "token",
    "turkpos_retval_guid",
    "wspassword",
    "x-api-key",
    "şifre",
];

/// Values of this length or longer are secrets wherever they are; shorter ones, as `Test`, are words too,
/// and hidden by their names.
const LONG: usize = 8;

/// The secrets of a world, which its texts hide.
#[derive(Clone, Debug, Default)]
pub(crate) struct Redaction {
    values: Secrets,
}

/// Values of logins, in small letters of ASCII; `Debug` shows how many there are.
#[derive(Clone, Default)]
struct Secrets(Vec<String>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Secrets({})", self.0.len())
    }
}

impl Redaction {
    /// Hides the values of logins.
    pub(crate) fn of(logins: impl Iterator<Item = String>) -> Self {
        let long = logins.filter(|value| value.len() >= LONG);
        let spellings = long.flat_map(|value| {
            let all = [value.to_lowercase(), value.to_uppercase(), value];
            all.map(|spelling| spelling.to_ascii_lowercase())
        });
        let mut spellings: Vec<String> = spellings.collect();
        spellings.sort_unstable();
        spellings.dedup();
        Redaction {
            values: Secrets(spellings),
        }
    }

    /// Returns a message as people may see it.
    pub(crate) fn show(&self, line: &str, headers: &[(String, String)], body: &[u8]) -> Shown {
        let mut is_cut = false;
        let mut beginning = |text: &str, kept: usize| {
            let (beginning, is_whole) = self.beginning(text, kept);
            is_cut |= !is_whole;
            beginning
        };
        let line = beginning(line, LINE);
        let headers = headers.iter().map(|(name, value)| {
            let shown = if is_secret(name) {
                MARK.to_owned()
            } else {
                beginning(value, LINE)
            };
            (name.clone(), shown)
        });
        let headers = headers.collect();
        let body = beginning(&String::from_utf8_lossy(body), KEPT);
        Shown {
            line,
            headers,
            body,
            is_cut,
        }
    }

    /// Returns a few words of a request, as a key, without secrets and without the rest of a long text.
    pub(crate) fn words(&self, text: &str) -> String {
        self.beginning(text, WORDS).0
    }

    /// Hides secrets in a text, however often it is encoded.
    pub(crate) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut hidden: Vec<Range<usize>> = Vec::new();
        let mut layer = Some(Layer::of(text));
        for _ in 0..=LAYERS {
            let Some(read) = layer.take() else {
                break;
            };
            let found = self.secrets_in(read.text());
            hidden.extend(found.into_iter().map(|range| read.source(range)));
            layer = read.decoded();
        }
        if hidden.is_empty() {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(without(text, hidden))
        }
    }

    /// Hides secrets in all texts of a value, its names included.
    pub(crate) fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text).into_owned()),
            Value::Array(rows) => self.rows(rows),
            Value::Object(members) => {
                let shown = members.into_iter().map(|(name, value)| {
                    let value = if is_secret(&name) && !value.is_object() {
                        Value::from(MARK)
                    } else {
                        self.value(value)
                    };
                    (self.text(&name).into_owned(), value)
                });
                Value::Object(shown.collect())
            }
            other => other,
        }
    }

    /// A pair of texts is a field of a form.
    fn rows(&self, rows: Vec<Value>) -> Value {
        if let [Value::String(name), Value::String(_)] = &rows[..]
            && is_secret(name)
        {
            return Value::from(vec![name.as_str(), MARK]);
        }
        rows.into_iter().map(|row| self.value(row)).collect()
    }

    /// Returns the beginning of a text, and whether that is all of it. Hides before it cuts, so that no cut
    /// leaves half a secret.
    fn beginning(&self, text: &str, kept: usize) -> (String, bool) {
        let mut letters = text.chars();
        let looked: String = letters
            .by_ref()
            .take(kept.saturating_add(LOOKED - KEPT))
            .collect();
        let hidden = self.text(&looked);
        let mut hidden = hidden.chars();
        let beginning = hidden.by_ref().take(kept).collect();
        (
            beginning,
            hidden.next().is_none() && letters.next().is_none(),
        )
    }

    /// Returns where the secrets are.
    fn secrets_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = named::find(text);
        found.extend(cards::find(text));
        let small = text.to_ascii_lowercase();
        for value in &self.values.0 {
            let places = small.match_indices(value.as_str());
            found.extend(places.map(|(at, value)| at..at + value.len()));
        }
        found
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.rsplit(':').next().unwrap_or(name).to_lowercase();
    NAMES.contains(&name.as_str())
}

/// Returns the text with a mark in place of each range.
fn without(text: &str, mut hidden: Vec<Range<usize>>) -> String {
    hidden.sort_unstable_by_key(|range| (range.start, range.end));
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for range in hidden {
        if range.end <= end {
            continue;
        }
        // Ranges that touch are one secret.
        if range.start > end || end == 0 {
            shown.push_str(text.get(end..range.start).unwrap_or_default());
            shown.push_str(MARK);
        }
        end = range.end;
    }
    shown.push_str(text.get(end..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests;
