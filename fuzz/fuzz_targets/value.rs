//! Requests near the limits of what is accepted: text and parsed value agree, fixes hold, every price is exact.
#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use seedance_core::{Body, Job};
use seedance_fuzz::{
    fixes_hold, full_book, in_full, price_holds, request, same, sound, sound_by_itself,
};

fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = request(&mut Unstructured::new(bytes)) else {
        return;
    };
    let job = Job::new(&body);
    sound_by_itself(&job);
    if !in_full(bytes) {
        return;
    }
    let text = body.to_string();
    let report = sound(|| Body::from(&body));
    let from_text = sound(|| Body::from(text.as_str()));
    assert!(same(&report, &from_text), "text and value differ on {text}: {from_text} and {report}");
    fixes_hold(&body, &report);
    let quote = price_holds(&job, full_book());
    if report["accepted"] == true {
        assert_ne!(quote["kind"], "not-priceable", "accepted, yet without a price: {text}");
    }
});
