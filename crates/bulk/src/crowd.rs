//! Futures of one kind that run side by side in one task.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Some futures that may end in any order.
pub(crate) struct Crowd<F> {
    running: Vec<Pin<Box<F>>>,
}

impl<F: Future> Crowd<F> {
    pub(crate) fn new() -> Self {
        Self {
            running: Vec::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.running.len()
    }

    pub(crate) fn push(&mut self, future: F) {
        self.running.push(Box::pin(future));
    }

    /// Continues all of them until one ends. Returns `None` without futures.
    pub(crate) async fn next(&mut self) -> Option<F::Output> {
        if self.running.is_empty() {
            return None;
        }
        let (at, output) = poll_fn(|context| {
            let ended = self
                .running
                .iter_mut()
                .enumerate()
                .find_map(|(at, future)| match future.as_mut().poll(context) {
                    Poll::Ready(output) => Some((at, output)),
                    Poll::Pending => None,
                });
            ended.map_or(Poll::Pending, Poll::Ready)
        })
        .await;
        drop(self.running.remove(at));
        Some(output)
    }
}
