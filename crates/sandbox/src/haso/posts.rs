//! The result posts to the shop: by the browser, and by HASO's own server.

use serde::{Deserialize, Serialize};

use super::plan::WirePlan;
use super::sessions::Session;
use super::transaction::Transaction;
use super::world::Haso;
use crate::values::form;
use crate::values::json::Exact;

/// A result post, as a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Post {
    /// Which of the three addresses it goes to.
    pub kind: PostKind,
    /// The address.
    pub to: String,
    /// The number of the page that it is the result of.
    pub session: String,
    /// The fields in order.
    pub fields: Vec<(String, String)>,
}

/// Which address a post goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PostKind {
    /// `okUrl`, by the browser.
    Ok,
    /// `failUrl`, by the browser.
    Fail,
    /// `callbackUrl`, by HASO's server, repeated until the shop has answered 200.
    Callback,
}

impl Post {
    /// Returns the body, `application/x-www-form-urlencoded`.
    pub fn body(&self) -> String {
        form::write(&self.fields)
    }
}

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
    /// Returns the callback of a completed order.
    pub(super) fn callback(&self, session: &Session, transaction: &Transaction) -> Post {
        let fields = self.order_fields(transaction);
        post(PostKind::Callback, session, fields)
    }

    /// Posts a completed order to `okUrl` and `callbackUrl`.
    pub(super) fn post_order(&mut self, session: &Session, transaction: &Transaction) {
        let fields = self.order_fields(transaction);
        self.outbox
            .push(post(PostKind::Ok, session, fields.clone()));
        self.outbox.push(post(PostKind::Callback, session, fields));
    }

    /// Posts a limit to `okUrl` and `callbackUrl`.
    pub(super) fn post_limit(&mut self, session: &Session) {
        let id = session.customer.as_deref().unwrap_or_default();
        let limit = self.customer(id).and_then(|customer| customer.limit);
        let data = WireLimit {
            name: self.name_of(id),
            customer: id,
            limit: Exact(limit.unwrap_or_default()),
        };
        let fields = success(&data);
        self.outbox
            .push(post(PostKind::Ok, session, fields.clone()));
        self.outbox.push(post(PostKind::Callback, session, fields));
    }

    /// Posts a failure to `failUrl`; an order's number under the page's own misspelt name.
    pub(super) fn post_failure(&mut self, session: &Session, reason: &str) {
        let mut fields = vec![field("Success", "False"), field("Errors", reason)];
        fields.extend(session.order().map(|order| field("MercantOid", order)));
        self.outbox.push(post(PostKind::Fail, session, fields));
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

fn post(kind: PostKind, session: &Session, fields: Vec<(String, String)>) -> Post {
    let to = match kind {
        PostKind::Ok => &session.urls.ok,
        PostKind::Fail => &session.urls.fail,
        PostKind::Callback => &session.urls.callback,
    };
    Post {
        kind,
        to: to.clone(),
        session: session.id.clone(),
        fields,
    }
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
