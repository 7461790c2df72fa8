//! The posts that the sandbox holds back, for a test that sends them by itself.

use kervan_sandbox::outbox::{How, Rule};

use super::{Browser, Page, Stage};

/// A post that the sandbox did not send.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// Its path at the shop.
    pub(crate) path: String,
    pub(crate) body: String,
    content_type: String,
}

impl Held {
    pub(crate) fn sent(&self, browser: &Browser) -> Page {
        self.sent_with(browser, &[])
    }

    pub(crate) fn sent_with(&self, browser: &Browser, headers: &[(&str, &str)]) -> Page {
        let of_type = [("Content-Type", self.content_type.as_str())];
        browser.post(&self.path, &[&of_type, headers].concat(), &self.body)
    }

    /// Returns the same to another address.
    pub(crate) fn to(&self, path: &str) -> Self {
        Self {
            path: path.to_owned(),
            ..self.clone()
        }
    }

    /// Returns the same with another body.
    pub(crate) fn with(&self, body: &str) -> Self {
        Self {
            body: body.to_owned(),
            ..self.clone()
        }
    }

    /// Returns the same with a text in the place of another one.
    pub(crate) fn forged(&self, from: &str, to: &str) -> Self {
        let forged = self.with(&self.body.replace(from, to));
        assert_ne!(forged.body, self.body, "nothing is forged");
        forged
    }
}

/// Holds the posts of a kind from now on.
pub(crate) fn hold(stage: &Stage, provider: &str, kind: &str) {
    stage.sandbox.rule(Rule::on(provider, kind, How::Hold));
}

/// Returns the latest post of a kind.
pub(crate) fn held(stage: &Stage, kind: &str) -> Held {
    let mut posts = stage.sandbox.callbacks();
    posts.retain(|entry| entry.post.kind == kind);
    let Some(entry) = posts.pop() else {
        panic!("no post `{kind}`: {:#?}", stage.log());
    };
    let to = &entry.post.to;
    let path = to.splitn(4, '/').nth(3).unwrap_or_default();
    Held {
        path: format!("/{path}"),
        body: entry.post.body.encoded(),
        content_type: entry.post.body.content_type().to_owned(),
    }
}

/// Returns the path at which the shop expects the return of its latest payment.
pub(crate) fn return_path(stage: &Stage) -> String {
    let records = stage.sandbox.records();
    let mut starts = records.iter().filter(|one| one.operation == "Pos_Odeme");
    let request = starts.next_back().and_then(|one| one.request.as_ref());
    let request = format!("{request:?}");
    let (_, rest) = request.split_once("/payment/").unwrap();
    let secret = rest.chars().take_while(char::is_ascii_hexdigit);
    format!("/payment/{}", secret.collect::<String>())
}
