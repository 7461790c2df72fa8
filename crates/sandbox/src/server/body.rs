//! The body of an answer, and the posts that go out behind it.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http_body_util::Full;
use hyper::body::{Body, Bytes, Frame, SizeHint};

use super::deliver;
use super::guard::Guard;
use super::registry::Slot;

/// The body of an answer. The server drops it when it has been written, and then the posts go out that the
/// call has caused.
pub(super) struct Written {
    bytes: Full<Bytes>,
    behind: Option<(Arc<Slot>, Arc<Guard>)>,
}

impl Written {
    /// Writes these bytes.
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Written {
            bytes: Full::new(Bytes::from(bytes)),
            behind: None,
        }
    }

    /// Sends the posts of a world behind it.
    pub(super) fn before_posts_of(mut self, slot: &Arc<Slot>, guard: &Arc<Guard>) -> Self {
        self.behind = Some((Arc::clone(slot), Arc::clone(guard)));
        self
    }
}

impl Body for Written {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.bytes).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.bytes.size_hint()
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        // A server that ends drops answers outside of its runtime, and posts nothing any more.
        if let Some((slot, guard)) = self.behind.take()
            && tokio::runtime::Handle::try_current().is_ok()
        {
            deliver::flush(&slot, &guard);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::{Cause, State};
    use crate::server::registry::Registry;
    use crate::{Moment, Post, Sender};

    #[test]
    fn posts_go_out_when_the_answer_is_written_and_not_before() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let _inside = runtime.as_ref().unwrap().enter();
        let registry = Registry::new("http://127.0.0.1:1", 1);
        let slot = registry.all().remove(0);
        let post = Post::form(
            "callback",
            Sender::Server,
            "http://127.0.0.1:1/",
            "A",
            Vec::new(),
        );
        slot.with(|world| {
            let outbox = world.outbox_mut();
            outbox.add("haso", post, Cause::Anything, Moment(0))
        });
        let state = || slot.look(|world| world.outbox().entry(1).unwrap().state);
        let body = Written::new(b"answer".to_vec());
        let body = body.before_posts_of(&slot, &Arc::new(Guard::loopback()));
        assert_eq!(body.size_hint().exact(), Some(6));
        assert_eq!(state(), State::Waiting(Moment(0)));
        drop(body);
        assert_eq!(state(), State::Sending);
    }
}
