//! The second model against the core on seeded jobs: good requests, near misses, other spellings, broken text, bytes.

use seedance_tests::core_side::differ;
use seedance_tests::generate::jobs;

/// How many jobs are compared; the optimised run takes more of them.
const JOBS: usize = if cfg!(debug_assertions) {
    6_000
} else {
    200_000
};

/// Every so many jobs are tried on all 23 models too.
const COMPARE_EVERY: usize = 20;

#[test]
fn both_models_say_the_same() {
    let mut wrong = Vec::new();
    for (index, job) in jobs(20_260_701, JOBS).enumerate() {
        if let Err(difference) = differ(&job, index % COMPARE_EVERY == 0) {
            wrong.push(format!(
                "job {index}: {}\n{difference}",
                serde_json::to_string(&job).unwrap_or_default()
            ));
        }
        assert!(wrong.len() < 5, "{}", wrong.join("\n\n"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_same_seed_gives_the_same_jobs() {
    let first: Vec<_> = jobs(7, 300).collect();
    assert!(first == jobs(7, 300).collect::<Vec<_>>());
    assert!(first != jobs(8, 300).collect::<Vec<_>>());
}
