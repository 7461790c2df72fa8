//! One answer of a script, or the way in which it gets lost.

use kervan_core::{Reply, TransportKind};

/// One line of a [`Script`](crate::Script): an answer, or the way in which it does not come.
///
/// The answers of a provider come from the feature `testing` of its crate, as a [`Reply`]. A line holds any
/// of them, and a text of your own.
#[derive(Clone, Debug)]
pub struct Line(pub(super) Act);

#[derive(Clone, Debug)]
pub(super) enum Act {
    Reply(Reply),
    Fail(TransportKind),
    Silence,
}

impl Line {
    /// Answers with status 200 and JSON.
    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::answer(200, "application/json; charset=utf-8", body)
    }

    /// Answers with status 200 and XML.
    pub fn xml(body: impl Into<Vec<u8>>) -> Self {
        Self::answer(200, "text/xml; charset=utf-8", body)
    }

    /// Answers with a page of HTML, as a firewall or a server in trouble does.
    pub fn page(status: u16, html: impl Into<Vec<u8>>) -> Self {
        Self::answer(status, "text/html; charset=utf-8", html)
    }

    /// Answers with a status, a content type and a body.
    pub fn answer(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
        Reply::new(status, headers, body.into()).into()
    }

    /// Loses the answer: the request arrives, and the connection ends before a byte comes back. Nobody
    /// knows whether the provider did it.
    pub fn lost() -> Self {
        Self(Act::Fail(TransportKind::Interrupted))
    }

    /// Refuses the connection: nothing of the request arrives.
    pub fn refused() -> Self {
        Self(Act::Fail(TransportKind::Connect))
    }

    /// Times out at once. The request may have arrived.
    pub fn timed_out() -> Self {
        Self(Act::Fail(TransportKind::Timeout))
    }

    /// Never answers, until the client's own time-out ends the call.
    /// [`MovableHost::run`](crate::MovableHost::run) moves the clock there.
    pub fn silent() -> Self {
        Self(Act::Silence)
    }

    /// Fails in any other way.
    pub fn failing(kind: TransportKind) -> Self {
        Self(Act::Fail(kind))
    }

    /// Keeps only the first bytes of the answer's body, as a server does that stops halfway. A line without
    /// an answer stays as it is.
    #[must_use]
    pub fn cut_to(mut self, bytes: usize) -> Self {
        if let Act::Reply(reply) = &mut self.0 {
            reply.body.truncate(bytes);
        }
        self
    }

    /// Returns whether a request that gets this line has reached the provider, or may have.
    pub(super) fn may_arrive(&self) -> bool {
        let unsent = [TransportKind::Connect, TransportKind::Unsendable];
        !matches!(&self.0, Act::Fail(kind) if unsent.contains(kind))
    }
}

impl From<Reply> for Line {
    fn from(reply: Reply) -> Self {
        Self(Act::Reply(reply))
    }
}
