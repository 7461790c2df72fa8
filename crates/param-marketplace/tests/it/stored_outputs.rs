//! Stored outputs are never read back as empty ones.

use kervan_core::{Answer, Drift};
use param_marketplace::payments::{
    CardRange, HistoryRow, PaymentRecord, PaymentStatus, PaymentSummary, stored::StoredCard,
};
use param_marketplace::{
    CancelledOrRefunded, District, Order, Province, StatusSet, SubMerchant, TracedTransactions,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Returns whether reading a stored output is an error. Its type reads the provider's names.
fn is_refused<T: Default + Serialize + DeserializeOwned>() -> bool {
    let stored = serde_json::to_string(&T::default()).unwrap();
    let answer = serde_json::to_string(&Answer::new(T::default(), Drift::default())).unwrap();
    serde_json::from_str::<T>(&stored).is_err()
        && serde_json::from_str::<Answer<T>>(&answer).is_err()
}

#[test]
fn an_output_is_never_read_back_without_its_values() {
    // `None` says that no payment was found.
    assert!(is_refused::<PaymentStatus>());
    assert!(is_refused::<PaymentRecord>());
    assert!(is_refused::<TracedTransactions>());
    assert!(is_refused::<Order>());
    assert!(is_refused::<StatusSet>());
    assert!(is_refused::<CancelledOrRefunded>());
    assert!(is_refused::<SubMerchant>());
    assert!(is_refused::<Province>());
    assert!(is_refused::<District>());
    assert!(is_refused::<CardRange>());
    assert!(is_refused::<HistoryRow>());
    assert!(is_refused::<PaymentSummary>());
    assert!(is_refused::<StoredCard>());
}
