//! Any bytes as a price book: read, or refused with one sentence. A book that is read gives exact prices.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seedance_core::{Job, PriceBook};
use seedance_fuzz::price_holds;
use serde_json::{Value, json};

fuzz_target!(|bytes: &[u8]| {
    let book = match PriceBook::from_slice(bytes) {
        Ok(book) => book,
        Err(error) => {
            let sentence = error.to_string();
            assert!(!sentence.is_empty() && !sentence.contains('\n'), "{sentence:?}");
            return;
        }
    };
    let value: Value = serde_json::from_slice(bytes).expect("a book that was read is JSON");
    let again = PriceBook::from_value(&value).expect("text and value are read alike");
    let video = json!({ "model": "seedance2.0-mini-video", "prompt": "p", "duration": 15, "reference_videos": ["https://example.com/a.mp4"] });
    let task = json!({ "model": "seedance2.0-md", "prompt": "p", "duration": 5 });
    for body in [&video, &task] {
        let job = Job::new(body);
        assert_eq!(price_holds(&job, &book), price_holds(&job, &again));
    }
});
