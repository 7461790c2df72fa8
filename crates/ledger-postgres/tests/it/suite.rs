//! The suite of every store.

use std::cell::RefCell;

use kervan_ledger::conformance::Suite;
use kervan_ledger_postgres::PostgresStore;

use crate::support::{Place, mark};

#[tokio::test]
async fn keeps_the_rules_of_every_store() {
    let Some(first) = Place::new() else {
        return;
    };
    let places = RefCell::new(vec![first]);
    let suite = Suite {
        fresh: async || {
            let place = Place::new().expect("as the first");
            let store = place.store().await;
            places.borrow_mut().push(place);
            store
        },
        mark,
        marks: async |_: &PostgresStore| places.borrow().last().map_or(0, Place::marks),
    };
    suite.run().await;
    assert!(places.borrow().len() > 5, "each test has tables of its own");
}
