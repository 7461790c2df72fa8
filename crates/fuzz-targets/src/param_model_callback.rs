//! The bank's answer in the 3D Model, as anybody may post it.

use param_marketplace::payments::callback::{ExpectedModel, ModelCallback, ModelResult};

use crate::account::SETTINGS;
use kervan_testing::delivery;

/// Reads the bytes.
///
/// # Panics
///
/// When a reader is wrong.
pub fn param_model_callback(body: &[u8]) {
    let Ok(callback) = ModelCallback::read(&delivery(None, body)) else {
        return;
    };
    let stored = r#"{"order":"2025011749D1","transaction":"35513153-9902-4a4c-a256-af6ed9cadc52","total":"10.01"}"#;
    let expected: ExpectedModel = serde_json::from_str(stored).unwrap();
    if let Ok(ModelResult::Authenticated(proof)) = callback.verify(&SETTINGS, &expected) {
        // Whatever was posted, only the signed proof of this order is taken for one.
        let step = proof.complete();
        assert_eq!(step.order, expected.order);
        assert_eq!(step.transaction, expected.transaction);
        assert!(step.proof.as_str().ends_with("##500100000"));
    }
}
