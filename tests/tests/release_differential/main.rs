//! The second model against the core on seeded jobs: valid requests, near misses, other spellings, broken text, bytes.

use seedance_core::Edition;
use seedance_tests::core_side::differ;
use seedance_tests::generate::{JobBody, JobCase, jobs, pick, side, wild};
use seedance_tests::long_run::whole;

/// The number of jobs of each seed: more in an optimised run, and more again in a whole one.
fn jobs_of_a_seed() -> usize {
    match (cfg!(debug_assertions), whole()) {
        (true, _) => 750,
        (false, false) => 50_000,
        (false, true) => 1_000_000,
    }
}

/// One job in this many is also compared on every model.
const COMPARE_EVERY: usize = 20;

#[test]
fn both_models_say_the_same_of_2026_07() {
    compare(Edition::V2026_07, 20_260_701);
}

#[test]
fn both_models_say_the_same_of_2026_09() {
    compare(Edition::V2026_09, 20_260_901);
}

fn compare(edition: Edition, seed: u64) {
    let mut wrong = Vec::new();
    for (index, job) in jobs(edition, seed, jobs_of_a_seed()).enumerate() {
        if let Err(difference) = differ(&job, index % COMPARE_EVERY == 0) {
            wrong.push(format!(
                "job {index} of seed {seed}: {}\n{difference}",
                serde_json::to_string(&job).unwrap_or_default()
            ));
        }
        assert!(wrong.len() < 5, "{}", wrong.join("\n\n"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Both leave out the same findings if there are too many.
#[test]
fn both_models_say_the_same_of_requests_with_very_many_findings() {
    let mut rng = fastrand::Rng::with_seed(20_260_703);
    for _ in 0..(if cfg!(debug_assertions) { 6 } else { 200 }) {
        let edition = pick(&mut rng, &Edition::ALL);
        let request = wild::long(edition, &mut rng);
        let media = Some(side::facts(&mut rng, &request));
        let prices = Some(side::book(edition, &mut rng));
        let body = JobBody::Request(request);
        let job = JobCase { edition, body, media, prices };
        differ(&job, true).unwrap_or_else(|difference| panic!("{}\n{difference}", job.body.text()));
    }
}

#[test]
fn the_same_seed_gives_the_same_jobs() {
    for edition in Edition::ALL {
        let first: Vec<_> = jobs(edition, 7, 300).collect();
        assert!(first == jobs(edition, 7, 300).collect::<Vec<_>>());
        assert!(first != jobs(edition, 8, 300).collect::<Vec<_>>());
    }
}
