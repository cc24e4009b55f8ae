//! Any bytes as media facts: read, or refused with one sentence. Facts that are read break no check and no price.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seedance_core::{Facts, Job};
use seedance_fuzz::{full_book, price_holds, report_with};
use serde_json::{Value, json};

fuzz_target!(|bytes: &[u8]| {
    let facts = match Facts::from_slice(bytes) {
        Ok(facts) => facts,
        Err(error) => {
            let sentence = error.to_string();
            assert!(!sentence.is_empty() && !sentence.contains('\n'), "{sentence:?}");
            return;
        }
    };
    let value: Value = serde_json::from_slice(bytes).expect("facts that were read are JSON");
    let again = Facts::from_value(&value).expect("text and value are read alike");
    let videos =
        ["https://example.com/a.mp4", "https://example.com/b.mp4", "https://example.com/c.mp4"];
    for model in ["seedance2.0-md", "seedance2.0-mini-video"] {
        let body =
            json!({ "model": model, "prompt": "p", "duration": 5, "reference_videos": videos });
        let report = report_with(&body, &facts);
        assert_eq!(report, report_with(&body, &again));
        if let Ok(job) = Job::new(&body).with_facts(facts.clone()) {
            let quote = price_holds(&job, full_book());
            let least = quote["quantity"].as_u64().or(quote["quantity"]["min"].as_u64());
            assert!(
                least.is_none_or(|least| least >= if model == "seedance2.0-md" { 1 } else { 5 }),
                "{quote}"
            );
        }
    }
});
