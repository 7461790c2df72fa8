//! The result posts to the shop: by the browser, and by HASO's own server.

use serde::Serialize;

use super::plan::WirePlan;
use super::sessions::Session;
use super::transaction::Transaction;
use super::world::Haso;
use crate::values::json::Exact;
use crate::{Post, Repeats, Sender};

#[derive(Serialize)]
struct WireOrder<'a> {
    #[serde(rename = "NameSurname")]
    name: String,
    #[serde(rename = "CustomerId")]
    customer: &'a str,
    #[serde(rename = "TransactionStatus")]
    status: &'a str,
    /// The plan as JSON text.
    #[serde(rename = "TransactionPayments")]
    plan: String,
}

#[derive(Serialize)]
struct WireLimit<'a> {
    #[serde(rename = "NameSurname")]
    name: String,
    #[serde(rename = "CustomerId")]
    customer: &'a str,
    #[serde(rename = "CustomerLimit")]
    limit: Exact,
}

impl Haso {
    /// Returns the post of a completed order to `okUrl`.
    pub(super) fn ok_of_order(&self, session: &Session, transaction: &Transaction) -> Post {
        ok(session, self.order_fields(transaction))
    }

    /// Returns the post of a completed order to `callbackUrl`.
    pub(super) fn callback_of_transaction(
        &self,
        session: &Session,
        transaction: &Transaction,
    ) -> Post {
        self.callback(session, self.order_fields(transaction))
    }

    /// Returns the post of a limit to `okUrl`.
    pub(super) fn ok_of_limit(&self, session: &Session) -> Post {
        ok(session, self.limit_fields(session))
    }

    /// Returns the post of a limit to `callbackUrl`.
    pub(super) fn callback_of_limit(&self, session: &Session) -> Post {
        self.callback(session, self.limit_fields(session))
    }

    /// Returns a post to `callbackUrl`, which is repeated until the shop answers with the status 200.
    fn callback(&self, session: &Session, fields: Vec<(String, String)>) -> Post {
        let (to, about) = (&session.urls.callback, session.about());
        let settings = &self.settings;
        Post::form("callback", Sender::Server, to, about, fields).repeated(Repeats::until_ok(
            settings.callback_pause,
            settings.callback_tries,
        ))
    }

    fn limit_fields(&self, session: &Session) -> Vec<(String, String)> {
        let id = session.customer.as_deref().unwrap_or_default();
        let limit = self.customer(id).and_then(|customer| customer.limit);
        success(&WireLimit {
            name: self.name_of(id),
            customer: id,
            limit: Exact(limit.unwrap_or_default()),
        })
    }

    fn order_fields(&self, transaction: &Transaction) -> Vec<(String, String)> {
        success(&WireOrder {
            name: self.name_of(&transaction.customer),
            customer: &transaction.customer,
            status: transaction.status.wire(),
            plan: text(&WirePlan::of(transaction)),
        })
    }

    fn name_of(&self, id: &str) -> String {
        let customer = self.customer(id);
        let name = customer.map(|one| format!("{} {}", one.name, one.surname));
        name.unwrap_or_default().trim().to_owned()
    }
}

fn ok(session: &Session, fields: Vec<(String, String)>) -> Post {
    let (to, about) = (&session.urls.ok, session.about());
    Post::form("ok", Sender::Browser, to, about, fields)
}

/// Returns the post to `failUrl`, with an order's number under the page's own misspelt name.
pub(super) fn failure(session: &Session, reason: &str) -> Post {
    let mut fields = vec![field("Success", "False"), field("Errors", reason)];
    fields.extend(session.order().map(|order| field("MercantOid", order)));
    let (to, about) = (&session.urls.fail, session.about());
    Post::form("fail", Sender::Browser, to, about, fields)
}

fn success(data: &impl Serialize) -> Vec<(String, String)> {
    vec![
        field("Success", "True"),
        field("Errors", ""),
        field("Data", &text(data)),
    ]
}

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// JSON as a text. Plain structs cannot fail.
pub(super) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
