//! Lines that need no words: what is seen at once is what the whole check says.

use seedance_core::{Accepted, Job, Lang};
use seedance_tests::cases::all;
use seedance_tests::generate::{valid, wild};

/// Whether the line was seen at once; then what was seen must be so.
#[track_caller]
fn is_seen(line: &str) -> bool {
    for end in ["", "\n", "\r\n", "\n[]", "\r\n{\"model\":1}"] {
        let text = format!("{line}{end}");
        let Some(accepted) = Accepted::first_line(&text) else {
            assert_eq!(end, "", "{line}: seen alone and not with {end:?} behind it");
            return false;
        };
        let job = Job::new(line);
        let report = job.check(Lang::En);
        assert!(report.accepted && report.findings.is_empty(), "{line}");
        assert_eq!(report.model.as_deref(), Some(accepted.model), "{line}");
        let request = report.request.map(|request| request.to_json());
        assert_eq!((request.as_deref(), accepted.request), (Some(line), line));
        let (first, _) = text.split_at(accepted.length);
        assert_eq!(first.trim_end_matches(['\r', '\n']), line);
        assert_eq!(first.ends_with('\n'), end.contains('\n'));
    }
    true
}

/// The request to submit, where there is one.
fn normal(body: &str) -> Option<String> {
    let job = Job::new(body);
    let request = job.check(Lang::En).request?;
    Some(request.to_json())
}

#[test]
fn every_case() {
    let mut seen = 0;
    for (_, case) in all() {
        is_seen(case.wire());
        seen += usize::from(normal(case.wire()).is_some_and(|line| is_seen(&line)));
    }
    assert!(seen > 300, "only {seen} of the cases are seen at once");
}

/// Nearly every request that is as it would be submitted is one.
#[test]
fn drawn_requests() {
    let mut rng = fastrand::Rng::with_seed(20_260_703);
    let mut seen = 0;
    for _ in 0..5_000 {
        let body = valid::clean(&mut rng).to_string();
        seen += usize::from(is_seen(&normal(&body).expect("a clean request")));
        is_seen(&body);
        is_seen(&wild::near(&mut rng).to_string());
    }
    assert!(seen > 4_000, "only {seen} of 5,000 are seen at once");
}

const MINI: &str = r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#;

#[test]
fn a_line_is_one_line() {
    assert!(is_seen(MINI));
    for text in [
        MINI.replace(',', ",\n"),
        MINI.replace(',', ", "),
        format!("{MINI} "),
        format!("{MINI}\r"),
        format!("{MINI}{MINI}"),
        format!("\n{MINI}"),
        format!("[{MINI}]"),
        MINI.replace('5', "99"),
        MINI.replace("mini", "maxi"),
    ] {
        assert_eq!(Accepted::first_line(&text), None, "{text:?}");
    }
}
