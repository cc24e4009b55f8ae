//! Compares the core with its peers in one run: `cargo bench -p seedance-core`.
//!
//! The request is `examples/mini-video.json`. The core checks every rule of every route; the peers only parse, or only
//! validate against the exported schema of the request's own model (with its patterns for URLs, and without them).

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run panics")]

use std::borrow::Cow;
use std::hint::black_box;

use divan::Bencher;
use jsonschema::Validator;
use seedance_core::{Edition, Job, Lang, PriceBook, Request};
use seedance_schema::Target;
use serde::Deserialize;
use serde_json::Value;

const TEXT: &[u8] = include_bytes!("../../../examples/mini-video.json");
const BOOK: &[u8] = include_bytes!("../../../examples/prices.json");

fn main() {
    divan::main();
}

/// Checks a request that is already parsed. A hundred calls are timed together, since the clock ticks only every 20 ns.
#[divan::bench_group(sample_size = 100)]
mod typed {
    use super::*;

    #[divan::bench]
    fn seedance_check(bencher: Bencher<'_, '_>) {
        let request: Request = serde_json::from_slice(TEXT).unwrap();
        bencher.bench_local(|| Job::new(black_box(&request)).check(Lang::En).accepted);
    }

    #[divan::bench]
    fn jsonschema_is_valid(bencher: Bencher<'_, '_>) {
        let (validator, request) = (validator(true), value());
        assert!(validator.is_valid(&request));
        bencher.bench_local(|| validator.is_valid(black_box(&request)));
    }

    #[divan::bench]
    fn jsonschema_is_valid_without_patterns(bencher: Bencher<'_, '_>) {
        let (validator, request) = (validator(false), value());
        bencher.bench_local(|| validator.is_valid(black_box(&request)));
    }
}

/// From JSON bytes to an answer; also timed a hundred calls at a time.
#[divan::bench_group(sample_size = 100)]
mod text {
    use super::*;

    #[divan::bench]
    fn seedance_report_and_quote(bencher: Bencher<'_, '_>) {
        let book = PriceBook::from_slice(BOOK).unwrap();
        bencher.bench_local(|| {
            let job = Job::new(black_box(TEXT));
            let (report, quote) = job.check_and_quote(&book, Lang::En);
            (report.accepted, quote.lowest())
        });
    }

    #[divan::bench]
    fn seedance_report(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| Job::new(black_box(TEXT)).check(Lang::En).accepted);
    }

    #[divan::bench]
    fn serde_json_borrowed_parse(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            serde_json::from_slice::<Borrowed<'_>>(black_box(TEXT)).unwrap().duration
        });
    }

    #[divan::bench]
    fn serde_json_value_and_jsonschema(bencher: Bencher<'_, '_>) {
        let validator = validator(true);
        bencher
            .bench_local(|| validator.is_valid(&serde_json::from_slice(black_box(TEXT)).unwrap()));
    }

    #[divan::bench]
    fn serde_json_value_and_jsonschema_without_patterns(bencher: Bencher<'_, '_>) {
        let validator = validator(false);
        bencher
            .bench_local(|| validator.is_valid(&serde_json::from_slice(black_box(TEXT)).unwrap()));
    }
}

/// How the time of a check grows with the number of images, of findings and of models.
mod growth {
    use super::*;

    #[divan::bench(args = [1, 10, 100, 1000])]
    fn images(bencher: Bencher<'_, '_>, count: usize) {
        let text = with_images(count, "https://example.com/a.jpg");
        bencher.bench_local(|| Job::new(black_box(text.as_slice())).check(Lang::En).findings.len());
    }

    #[divan::bench(args = [1, 10, 100])]
    fn findings(bencher: Bencher<'_, '_>, count: usize) {
        let text = with_images(count, "http://example.com/a.jpg");
        bencher.bench_local(|| Job::new(black_box(text.as_slice())).check(Lang::En).findings.len());
    }

    #[divan::bench]
    fn compare_all_models(bencher: Bencher<'_, '_>) {
        let book = PriceBook::from_slice(BOOK).unwrap();
        bencher.bench_local(|| Job::new(black_box(TEXT)).compare(Some(&book), Lang::En).len());
    }

    fn with_images(count: usize, url: &str) -> Vec<u8> {
        let images = vec![url; count];
        let request = serde_json::json!({ "model": "seedance2.0-mini", "prompt": "a fox", "duration": 5, "images": images });
        serde_json::to_vec(&request).unwrap()
    }
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is parsed, not what is used")]
struct Borrowed<'a> {
    #[serde(borrow)]
    model: Cow<'a, str>,
    #[serde(borrow)]
    prompt: Cow<'a, str>,
    duration: u32,
    #[serde(borrow)]
    resolution: Option<Cow<'a, str>>,
    #[serde(borrow)]
    ratio: Option<Cow<'a, str>>,
    #[serde(borrow)]
    images: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    reference_videos: Vec<Cow<'a, str>>,
}

fn value() -> Value {
    serde_json::from_slice(TEXT).unwrap()
}

fn validator(with_patterns: bool) -> Validator {
    let mut schema = seedance_schema::json_schema(
        Edition::default(),
        Some("seedance2.0-mini-video"),
        Target::Draft202012,
    )
    .unwrap();
    if !with_patterns {
        drop_patterns(&mut schema);
    }
    jsonschema::validator_for(&schema).unwrap()
}

fn drop_patterns(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.remove("pattern");
            members.values_mut().for_each(drop_patterns);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_patterns),
        _ => {}
    }
}
