//! The result posts to the shop: by the browser, and by HASO's own server.

use serde::Serialize;

use super::dialect::{Dialect, EnvelopeForm, PlanForm, PostErrors, Spelling};
use super::sessions::Session;
use super::transaction::Transaction;
use super::tree::Tree;
use super::wire;
use super::world::Haso;
use crate::values::json::Exact;
use crate::{Post, Repeats, Sender};

const JSON: &str = "application/json; charset=utf-8";

/// The post of a page that was completed, by the browser.
pub(super) const OK: &str = "ok";
/// The post of a page that failed, by the browser.
pub(super) const FAIL: &str = "fail";
/// The post of an order or a limit that is completed, by HASO's server.
pub(super) const CALLBACK: &str = "callback";

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
        self.ok(session, self.order_data(transaction))
    }

    /// Returns the post of a completed order to `callbackUrl`.
    pub(super) fn callback_of_transaction(
        &self,
        session: &Session,
        transaction: &Transaction,
    ) -> Post {
        self.callback(session, self.order_data(transaction))
    }

    /// Returns the post of a limit to `okUrl`.
    pub(super) fn ok_of_limit(&self, session: &Session) -> Post {
        self.ok(session, self.limit_data(session))
    }

    /// Returns the post of a limit to `callbackUrl`.
    pub(super) fn callback_of_limit(&self, session: &Session) -> Post {
        self.callback(session, self.limit_data(session))
    }

    fn ok(&self, session: &Session, data: Tree) -> Post {
        let (to, about) = (&session.urls.ok, session.about());
        let fields = wire::form_post(&self.settings.dialect, data);
        Post::form(OK, Sender::Browser, to, about, fields)
    }

    /// Returns a post to `callbackUrl`, which is repeated until the shop answers with the status 200.
    fn callback(&self, session: &Session, data: Tree) -> Post {
        let (to, about) = (&session.urls.callback, session.about());
        let dialect = &self.settings.dialect;
        let post = if let Some(text) = wire::json_post(dialect, &data) {
            Post::text(CALLBACK, to, about, JSON, &text)
        } else {
            let fields = wire::form_post(dialect, data);
            Post::form(CALLBACK, Sender::Server, to, about, fields)
        };
        let settings = &self.settings;
        post.repeated(Repeats::until_ok(
            settings.callback_pause,
            settings.callback_tries,
        ))
    }

    fn limit_data(&self, session: &Session) -> Tree {
        let id = session.customer.as_deref().unwrap_or_default();
        let limit = self.customer(id).and_then(|customer| customer.limit);
        Tree::of(&WireLimit {
            name: self.name_of(id),
            customer: id,
            limit: Exact(limit.unwrap_or_default()),
        })
    }

    fn order_data(&self, transaction: &Transaction) -> Tree {
        let dialect = Dialect {
            shows_status: false,
            // A plan in `Data` itself would have no name of its own beside the customer's members.
            plan: match self.settings.dialect.plan {
                PlanForm::Data => PlanForm::Object,
                other => other,
            },
            ..self.settings.dialect
        };
        let member = |name: &str, value: &str| (name.to_owned(), Tree::text(value));
        let mut members = vec![
            member("NameSurname", &self.name_of(&transaction.customer)),
            member("CustomerId", &transaction.customer),
            member("TransactionStatus", transaction.status.wire()),
        ];
        members.extend(wire::plan(&dialect, transaction, PlanForm::Text));
        Tree::Object(members)
    }

    fn name_of(&self, id: &str) -> String {
        let customer = self.customer(id);
        let name = customer.map(|one| format!("{} {}", one.name, one.surname));
        name.unwrap_or_default().trim().to_owned()
    }
}

/// Returns the post to `failUrl`, with an order's number under the page's own misspelt name unless the
/// dialect spells it right.
pub(super) fn failure(dialect: &Dialect, session: &Session, reason: &str) -> Post {
    let mut fields = Vec::new();
    if dialect.envelope == EnvelopeForm::Whole {
        fields.push(field("Success", "False"));
    }
    let list = || Tree::List(vec![Tree::text(reason)]).write();
    fields.extend(match dialect.post_errors {
        PostErrors::Text => Some(field("Errors", reason)),
        PostErrors::Indexed => Some(field("Errors[0]", reason)),
        PostErrors::Brackets => Some(field("Errors[]", reason)),
        PostErrors::List => Some(field("Errors", &list())),
        PostErrors::Absent => None,
    });
    let name = match dialect.spelling {
        Spelling::Page => "MercantOid",
        Spelling::Small => "merchantOid",
        Spelling::Capital => "MerchantOid",
    };
    fields.extend(session.order().map(|order| field(name, order)));
    let (to, about) = (&session.urls.fail, session.about());
    Post::form(FAIL, Sender::Browser, to, about, fields)
}

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
