//! Any bytes as a body: a sound report, `invalid-json` exactly when serde_json refuses them too, fixes that hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seedance_core::{Body, Job};
use seedance_fuzz::{findings, fixes_hold, full_book, price_holds, sound};
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let report = sound(|| Body::from(bytes));
    let invalid = findings(&report).any(|finding| finding["rule"] == "invalid-json");
    match serde_json::from_slice::<Value>(bytes) {
        Err(error) => assert!(invalid, "accepted what is not JSON: {error}"),
        Ok(body) => {
            assert!(!invalid, "refused JSON: {report}");
            fixes_hold(&body, &report);
            price_holds(&Job::new(bytes), full_book());
        }
    }
});
