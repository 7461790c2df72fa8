//! The log of a test, in which nothing planted may occur.

use std::thread;

use contract_kit::logs::Lines;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::SubscriberExt;

/// Keeps all that this thread logs from now on, by `tracing` and by `log`, at every level. Once in a program.
///
/// # Panics
///
/// When another subscriber is there.
pub fn of_this_thread() -> Lines {
    let lines = Lines::of_this_thread();
    let writer = lines.clone();
    let own = thread::current().id();
    // The events of other threads are not even formatted: other tests run there.
    let is_own = dynamic_filter_fn(move |_, _| thread::current().id() == own);
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(move || writer.clone())
        .with_filter(is_own);
    // For the whole process: a subscriber of one thread misses the events that another thread was the first to
    // reach.
    let subscriber = tracing_subscriber::registry().with(layer);
    tracing::subscriber::set_global_default(subscriber).expect("no other subscriber");
    tracing::callsite::rebuild_interest_cache();
    let _ = log::set_boxed_logger(Box::new(lines.clone()));
    log::set_max_level(log::LevelFilter::Trace);
    lines
}
