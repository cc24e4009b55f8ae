//! Any bytes as a body: the report is sound, `invalid-json` fires exactly when serde_json refuses the bytes too, fixes hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seedance_core::{Body, Job};
use seedance_fuzz::{fixes_hold, full_book, in_full, price_holds, sound, sound_by_itself};
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let job = Job::new(bytes);
    let report = sound_by_itself(&job);
    let invalid = report.findings.iter().any(|finding| finding.rule.name() == "invalid-json");
    let json = serde_json::from_slice::<Value>(bytes);
    assert_eq!(invalid, json.is_err(), "serde_json sees it otherwise: {json:?}");
    if in_full(bytes) {
        let report = sound(|| Body::from(bytes));
        if let Ok(body) = json {
            fixes_hold(&body, &report);
            price_holds(&job, full_book());
        }
    }
});
