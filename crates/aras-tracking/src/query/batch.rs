//! Many references at a steady pace, as a stream.

mod chunks;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use kervan_core::transport::BoxFuture;

use self::chunks::{Chunk, Chunks};
use super::answer::QueryRows;
use super::asked::folded;
use super::columns::QueryRow;
use super::parcel::Parcel;
use super::settings::QuerySettings;
use super::types::{FindManyBriefly, FindParcels};
use crate::client::Client;
use crate::error::Error;
use crate::ids::CustomerReference;
use crate::rejection::RejectionKind;

/// The most calls that are open at once, whatever the pace says.
const MOST_OPEN: usize = 32;
/// The most references in a call, whatever the pace says. The guide names no number.
const MOST_LISTED: usize = 100;

/// Below this, steps are too fine for timers, which wake up milliseconds late.
const FINE: Duration = Duration::from_millis(20);
/// The longest time between two calls, whatever the pace says.
const SLOWEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How fast a batch asks. The carrier publishes no quota; public clients make one to five calls a
/// second, and one is the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pace {
    /// The time from the start of one call to the start of the next, at most a year. One second.
    pub every: Duration,
    /// How many calls may be open at once, 1 to 32. 4.
    pub open: usize,
    /// How many references a call asks for, 1 to 100. 1, by query type 1; more are asked for by
    /// type 100, which answers briefly and reaches 90 days back.
    pub listed: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            every: Duration::from_secs(1),
            open: 4,
            listed: 1,
        }
    }
}

impl Pace {
    /// Sets the time from the start of one call to the start of the next.
    #[must_use]
    pub fn every(mut self, every: Duration) -> Self {
        self.every = every;
        self
    }

    /// Sets how many calls may be open at once.
    #[must_use]
    pub fn open(mut self, open: usize) -> Self {
        self.open = open;
        self
    }

    /// Sets how many references a call asks for.
    #[must_use]
    pub fn listed(mut self, listed: usize) -> Self {
        self.listed = listed;
        self
    }
}

/// An item of a batch.
#[derive(Debug)]
#[non_exhaustive]
pub enum BatchItem {
    /// The parcels of one reference. No parcel is an empty list; a reference may have several. The
    /// error of a call is that of all its references.
    Answer {
        /// The reference.
        reference: CustomerReference,
        /// Its parcels.
        result: Result<Vec<Parcel>, Arc<Error>>,
    },
    /// A row with a reference that its call did not ask for.
    Stray(Box<Parcel>),
}

/// How far a batch has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Calls that were started.
    pub calls: u64,
    /// References that were answered, with or without parcels.
    pub answered: u64,
    /// Of these, references without a parcel.
    pub not_found: u64,
    /// References with a failed call.
    pub failed: u64,
}

type Hook = Box<dyn FnMut(Progress) + Send>;

/// Many references at a steady pace: a stream with the answers in the order of their arrival.
///
/// The batch works only while the program asks for the next item. Between items no call is started, and only
/// the answers of the open calls are kept. References are taken from their source one call ahead. Each call
/// is tried once, so that repeats do not break the pace; failed references can be asked for again in another
/// batch.
pub struct Batch<I> {
    client: Client<QuerySettings>,
    pace: Pace,
    chunks: Chunks<I>,
    next: Option<Chunk>,
    /// References to be asked for one by one, before any other.
    again: VecDeque<Chunk>,
    open: Vec<BoxFuture<'static, Answered>>,
    ready: VecDeque<BatchItem>,
    /// When the next call may start, in the host's steady time.
    slot: Option<Duration>,
    timer: Option<BoxFuture<'static, ()>>,
    progress: Progress,
    hook: Option<Hook>,
}

struct Answered {
    chunk: Chunk,
    result: Result<Vec<Parcel>, Error>,
}

impl Client<QuerySettings> {
    /// Asks for many references at a steady pace.
    pub fn batch<I>(&self, references: I, pace: Pace) -> Batch<I::IntoIter>
    where
        I: IntoIterator<Item = CustomerReference>,
    {
        let pace = Pace {
            every: pace.every.min(SLOWEST),
            open: pace.open.clamp(1, MOST_OPEN),
            listed: pace.listed.clamp(1, MOST_LISTED),
        };
        Batch {
            client: self.clone(),
            pace,
            chunks: Chunks::new(references.into_iter(), pace.listed),
            next: None,
            again: VecDeque::new(),
            open: Vec::with_capacity(pace.open),
            ready: VecDeque::new(),
            slot: None,
            timer: None,
            progress: Progress::default(),
            hook: None,
        }
    }
}

impl<I: Iterator<Item = CustomerReference> + Unpin> Batch<I> {
    /// Calls this after every answered call.
    #[must_use]
    pub fn on_progress(mut self, hook: impl FnMut(Progress) + Send + 'static) -> Self {
        self.hook = Some(Box::new(hook));
        self
    }

    /// Returns how far the batch has come.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Returns the next item, `None` at the end: for programs without a library of streams.
    pub async fn next(&mut self) -> Option<BatchItem> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Starts the calls that are due.
    fn start(&mut self, context: &mut Context<'_>) {
        while self.open.len() < self.pace.open {
            if self.next.is_none() {
                self.next = self.again.pop_front().or_else(|| self.chunks.next());
            }
            if self.next.is_none() || !self.is_time(context) {
                return;
            }
            if let Some(chunk) = self.next.take() {
                self.progress.calls += 1;
                self.open.push(Box::pin(ask(self.client.clone(), chunk)));
            }
        }
    }

    /// Returns whether the next call may start now. Calls start on a grid of the pace, so that small delays
    /// do not add up; but each starts at least nine tenths of a step after the one before. Steps finer than a
    /// timer catch up a delay of one [`FINE`] step at most.
    fn is_time(&mut self, context: &mut Context<'_>) -> bool {
        loop {
            if let Some(timer) = &mut self.timer {
                if timer.as_mut().poll(context).is_pending() {
                    return false;
                }
                self.timer = None;
            }
            let host = self.client.host();
            let now = host.steady();
            let slot = self.slot.unwrap_or(now);
            let wait = slot.saturating_sub(now);
            if wait.is_zero() {
                let every = self.pace.every;
                let on_grid = slot.saturating_add(every);
                let earliest = if every < FINE {
                    now.saturating_sub(FINE)
                } else {
                    now.saturating_add(every / 10 * 9)
                };
                self.slot = Some(on_grid.max(earliest));
                return true;
            }
            self.timer = Some(host.sleep(wait));
        }
    }

    /// Collects the answers of the open calls; returns `false` without a new answer.
    fn collect(&mut self, context: &mut Context<'_>) -> bool {
        let before = self.open.len();
        let mut at = 0;
        while at < self.open.len() {
            match self.open[at].as_mut().poll(context) {
                Poll::Ready(answered) => {
                    drop(self.open.swap_remove(at));
                    self.take(answered);
                }
                Poll::Pending => at += 1,
            }
        }
        self.open.len() < before
    }

    fn take(&mut self, answered: Answered) {
        let is_list = matches!(answered.chunk, Chunk::List(_));
        let references = answered.chunk.into_references();
        match answered.result {
            // One reference that the service stumbles over says nothing about the others.
            Err(error) if is_list && is_internal(&error) => {
                for (reference, copies) in counted(references) {
                    self.again.push_back(Chunk::Again(reference, copies));
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                for reference in references {
                    self.progress.failed += 1;
                    let result = Err(Arc::clone(&error));
                    self.ready
                        .push_back(BatchItem::Answer { reference, result });
                }
            }
            Ok(parcels) => self.part(counted(references), parcels, is_list),
        }
        if let Some(hook) = &mut self.hook {
            hook(self.progress);
        }
    }

    /// Gives each reference its rows. Where rows of a list have no owner, a reference without rows is asked
    /// for alone, because those rows may be its own in a spelling of the service.
    fn part(
        &mut self,
        references: Vec<(CustomerReference, usize)>,
        parcels: Vec<Parcel>,
        is_list: bool,
    ) {
        let mut found: Vec<Vec<Parcel>> = references.iter().map(|_| Vec::new()).collect();
        let mut strays = Vec::new();
        for parcel in parcels {
            match owner(&references, &parcel) {
                Some(at) => found[at].push(parcel),
                None => strays.push(parcel),
            }
        }
        for ((reference, copies), parcels) in references.into_iter().zip(found) {
            if is_list && parcels.is_empty() && !strays.is_empty() {
                self.again.push_back(Chunk::Again(reference, copies));
                continue;
            }
            for _ in 0..copies {
                self.progress.answered += 1;
                self.progress.not_found += u64::from(parcels.is_empty());
                self.ready.push_back(BatchItem::Answer {
                    reference: reference.clone(),
                    result: Ok(parcels.clone()),
                });
            }
        }
        let strays = strays.into_iter().map(Box::new);
        self.ready.extend(strays.map(BatchItem::Stray));
    }
}

/// Returns each reference once, with how often it is there.
fn counted(references: Vec<CustomerReference>) -> Vec<(CustomerReference, usize)> {
    let mut counted: Vec<(CustomerReference, usize)> = Vec::with_capacity(references.len());
    for reference in references {
        match counted.iter_mut().find(|(known, _)| *known == reference) {
            Some((_, copies)) => *copies += 1,
            None => counted.push((reference, 1)),
        }
    }
    counted
}

/// Returns the owner of a row: the reference of the same text, or the only one that differs in case and
/// Turkish letters alone. A row without a reference is the only reference's.
fn owner(references: &[(CustomerReference, usize)], parcel: &Parcel) -> Option<usize> {
    let named = parcel.named().references;
    let mut shown = named
        .into_iter()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let Some(first) = shown.next() else {
        return (references.len() == 1).then_some(0);
    };
    std::iter::once(first).chain(shown).find_map(|text| {
        let same = |(reference, _): &(CustomerReference, usize)| reference.as_str().trim() == text;
        if let Some(at) = references.iter().position(same) {
            return Some(at);
        }
        let text = folded(text);
        let alike = |at: &usize| folded(references[*at].0.as_str().trim()) == text;
        let mut alike = (0..references.len()).filter(alike);
        alike.next().filter(|_| alike.next().is_none())
    })
}

fn is_internal(error: &Error) -> bool {
    let rejection = error.rejection();
    rejection.is_some_and(|rejection| rejection.kind == RejectionKind::InternalFault)
}

async fn ask(client: Client<QuerySettings>, chunk: Chunk) -> Answered {
    let result = match &chunk {
        Chunk::One(reference) | Chunk::Again(reference, _) => {
            let request = FindParcels::new(reference.clone());
            client.call_once(&request).await
        }
        Chunk::List(references) => {
            let references = counted(references.clone()).into_iter();
            let request = FindManyBriefly::new(references.map(|(reference, _)| reference));
            client.call_once(&request).await
        }
    };
    // Each row is compared with the references below, where the strays are told too.
    let result = result.map(|answer| {
        let QueryRows { rows, strays, .. } = answer.value;
        rows.into_iter().chain(strays).collect()
    });
    Answered { chunk, result }
}

impl<I: Iterator<Item = CustomerReference> + Unpin> Stream for Batch<I> {
    type Item = BatchItem;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<BatchItem>> {
        let batch = self.get_mut();
        loop {
            if let Some(item) = batch.ready.pop_front() {
                return Poll::Ready(Some(item));
            }
            batch.start(context);
            // An answered reference may have to be asked again, which the next round starts.
            let took = batch.collect(context);
            if batch.ready.is_empty() && !took {
                if !batch.open.is_empty() || batch.next.is_some() {
                    return Poll::Pending;
                }
                return Poll::Ready(None);
            }
        }
    }
}

impl<I> fmt::Debug for Batch<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("pace", &self.pace)
            .field("progress", &self.progress)
            .field("open", &self.open.len())
            .finish_non_exhaustive()
    }
}
