//! The suite of every store, on the one in memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kervan_ledger::MemoryStore;
use kervan_ledger::conformance::Suite;

#[test]
fn the_store_in_memory_keeps_the_rules_of_every_store() {
    let marks = Arc::new(AtomicUsize::new(0));
    let suite = Suite {
        fresh: async || MemoryStore::new(),
        mark: || -> Box<dyn FnOnce() + Send> {
            let marks = Arc::clone(&marks);
            Box::new(move || {
                marks.fetch_add(1, Ordering::SeqCst);
            })
        },
        marks: async |_: &MemoryStore| marks.load(Ordering::SeqCst),
    };
    crate::provider::run(suite.run());
}
