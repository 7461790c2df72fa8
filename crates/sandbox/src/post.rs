//! Posts to the shop: by the customer's browser, and by the provider's server.

use serde::{Deserialize, Serialize};

use crate::values::form;

/// A post to the shop, before it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Post {
    /// The kind in words of a few letters, such as `return` or `callback`, by which scripts and waiting
    /// tests choose.
    pub kind: String,
    /// Who posts it.
    pub by: Sender,
    /// The absolute address.
    pub to: String,
    /// The key of its object: an order number, a session. Never personal data.
    pub about: String,
    /// The body.
    pub body: PostBody,
    /// When the sender tries again. Absent for a post that is sent once.
    pub repeats: Option<Repeats>,
}

/// Who posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Sender {
    /// The customer's browser, which comes back from a page.
    Browser,
    /// The provider's server.
    Server,
}

/// The body of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PostBody {
    /// Names and values in order, not yet encoded: `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// A text with its content type.
    Text {
        /// The value of `Content-Type`.
        content_type: String,
        /// The text.
        text: String,
    },
}

impl PostBody {
    /// Returns the value of `Content-Type`.
    pub fn content_type(&self) -> &str {
        match self {
            PostBody::Form(_) => "application/x-www-form-urlencoded",
            PostBody::Text { content_type, .. } => content_type,
        }
    }

    /// Returns the body as it is sent, a form encoded.
    pub fn encoded(&self) -> String {
        match self {
            PostBody::Form(fields) => form::write(fields),
            PostBody::Text { text, .. } => text.clone(),
        }
    }
}

/// How long a server repeats a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Repeats {
    /// The pause between two tries, in milliseconds.
    pub every: i64,
    /// How many tries there are at most, the first one included.
    pub tries: u32,
    /// The body of the shop's answer that ends it, compared without whitespace around it. Absent when
    /// the status 200 is enough.
    pub until_body: Option<String>,
}

impl Post {
    /// Puts a form together.
    pub fn form(
        kind: &str,
        by: Sender,
        to: &str,
        about: &str,
        fields: Vec<(String, String)>,
    ) -> Self {
        Post {
            kind: kind.to_owned(),
            by,
            to: to.to_owned(),
            about: about.to_owned(),
            body: PostBody::Form(fields),
            repeats: None,
        }
    }

    /// Puts a post of a text together, by the provider's server.
    pub fn text(kind: &str, to: &str, about: &str, content_type: &str, text: &str) -> Self {
        Post {
            kind: kind.to_owned(),
            by: Sender::Server,
            to: to.to_owned(),
            about: about.to_owned(),
            body: PostBody::Text {
                content_type: content_type.to_owned(),
                text: text.to_owned(),
            },
            repeats: None,
        }
    }

    /// Repeats it.
    #[must_use]
    pub fn repeated(mut self, repeats: Repeats) -> Self {
        self.repeats = Some(repeats);
        self
    }
}

impl Repeats {
    /// Repeats every so many milliseconds until the shop answers with the status 200.
    pub fn until_ok(every: i64, tries: u32) -> Self {
        Repeats {
            every,
            tries,
            until_body: None,
        }
    }
}
