//! An accepted ordinary request costs no allocation: neither read from text nor taken as the typed request.

use seedance_core::{Facts, Job, Lang, Request};
use seedance_tests::cases::all;

fn allocations(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).count_total
}

fn is_accepted_silently(job: &Job<'_>) -> bool {
    let report = job.check(Lang::En);
    report.accepted && report.findings.is_empty() && report.request.is_some()
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(5)))), 1);
}

#[test]
fn reading_text_and_checking_it() {
    let mut tried = 0;
    for (place, case) in all() {
        let text = case.wire();
        let ordinary = case.normalised.is_some()
            && case.findings.is_empty()
            && is_ordinary(text)
            && urls(&case.normalised) <= 6;
        if ordinary {
            tried += 1;
            let count = allocations(|| assert!(is_accepted_silently(&Job::new(text)), "{place}"));
            assert_eq!(count, 0, "{place}: {text}");
        }
    }
    assert!(tried > 300, "only {tried} cases are ordinary");
}

#[test]
fn checking_a_typed_request() {
    let request = Request::new(
        "seedance2.0-mini-video",
        "Match the motion rhythm of the clip",
        8,
    )
    .resolution("720p")
    .ratio("16:9")
    .image("https://example.com/ref.jpg")
    .reference_video("https://example.com/motion.mp4");
    assert_eq!(
        allocations(|| assert!(is_accepted_silently(&Job::new(&request)))),
        0
    );
    let md = Request::new("seedance2.0-md", "Rain", 8)
        .first_image("https://example.com/a.png")
        .last_image("https://example.com/b.png");
    assert_eq!(
        allocations(|| assert!(is_accepted_silently(&Job::new(&md)))),
        0
    );
}

#[test]
fn with_facts_that_were_read_before() {
    let text = r#"{"model":"seedance2.0-md","prompt":"Rain","duration":8,"reference_videos":["https://example.com/a.mp4"]}"#;
    let facts = Facts::from_text(br#"{"reference_videos":[{"seconds":5,"bytes":1000,"width":1280,"height":720,"frame_rate":30}]}"#).expect("good facts");
    let job = Job::new(text).with_facts(facts).expect("one video");
    assert_eq!(allocations(|| assert!(is_accepted_silently(&job))), 0);
}

/// Escapes must be undone somewhere, and digits beyond what binary64 can tell apart are kept until they are read.
fn is_ordinary(text: &str) -> bool {
    !text.contains('\\') && !text.contains("0000000000") && !text.contains("9999999999")
}

/// Lists longer than any page's example have to go somewhere.
fn urls(normalised: &Option<serde_json::Value>) -> usize {
    let lists = ["images", "reference_videos", "reference_audios"];
    let of = |name: &&str| {
        normalised
            .as_ref()
            .and_then(|request| request.get(*name))
            .and_then(|list| list.as_array())
            .map_or(0, Vec::len)
    };
    lists.iter().map(of).sum()
}
