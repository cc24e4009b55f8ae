//! A batch answers every line with the same bytes as a job of its own.

use seedance_batch::{Answering, Question, Tally};
use seedance_core::{Edition, Job, Lang};
use seedance_tests::cases::all;
use seedance_tests::generate::{valid, wild};

/// The answers to a batch of these lines, one line each.
fn answers(edition: Edition, lines: &[String]) -> Vec<String> {
    let (out, last) = answer(edition, lines.join("\n").as_bytes());
    assert_eq!(last, lines.len() as u64);
    out.lines().map(str::to_owned).collect()
}

/// The answers to a piece of whole lines, and the number of its last line.
fn answer(edition: Edition, piece: &[u8]) -> (String, u64) {
    let (mut out, mut tally) = (Vec::new(), Tally::default());
    let answering = Answering { edition, question: Question::Check, lang: Lang::En };
    let last = answering.lines(piece, 1, &mut out, &mut tally);
    (String::from_utf8(out).expect("answers are UTF-8"), last)
}

#[track_caller]
fn assert_answers_are_those_of_each_alone(edition: Edition, lines: &[String]) {
    let answers = answers(edition, lines);
    assert_eq!(answers.len(), lines.len());
    for (number, (line, answer)) in (1..).zip(lines.iter().zip(answers)) {
        let job = Job::new(line.as_str()).edition(edition);
        let alone = serde_json::to_string(&job.check(Lang::En)).expect("a report is JSON");
        assert_eq!(answer, format!(r#"{{"line":{number},"report":{alone}}}"#), "{line}");
    }
}

/// The body as it would be submitted, if it is accepted.
fn normal(edition: Edition, body: &str) -> Option<String> {
    let job = Job::new(body).edition(edition);
    let request = job.check(Lang::En).request?;
    Some(request.to_json())
}

/// Each body as it was written and, twice, as it would be submitted: what is kept from one report must be right for the next.
fn written_and_normal(edition: Edition, bodies: impl Iterator<Item = String>) -> Vec<String> {
    bodies
        .flat_map(|body| {
            let normal = normal(edition, &body);
            [Some(body), normal.clone(), normal]
        })
        .flatten()
        .collect()
}

#[test]
fn every_case() {
    let cases = all();
    for edition in Edition::ALL {
        let cases = cases.iter().filter(|(_, case)| case.edition == edition);
        let bodies = cases.map(|(_, case)| case.wire().to_owned());
        // A line break would end the line, and a member `request` would make the object a job with a body inside.
        let lines = written_and_normal(
            edition,
            bodies
                .filter(|body| !body.contains(['\n', '\r']) && !body.trim().is_empty())
                .filter(|body| !body.contains("\"request\"")),
        );
        assert!(lines.len() > 2_000, "only {} lines", lines.len());
        assert_answers_are_those_of_each_alone(edition, &lines);
    }
}

#[test]
fn drawn_requests() {
    for edition in Edition::ALL {
        let mut rng = fastrand::Rng::with_seed(20_260_701);
        let bodies = (0..1_000)
            .map(|draw| match draw % 2 {
                0 => valid::clean(edition, &mut rng).to_string(),
                _ => wild::near(edition, &mut rng).to_string(),
            })
            .filter(|body| !body.contains("\"request\""));
        assert_answers_are_those_of_each_alone(edition, &written_and_normal(edition, bodies));
    }
}

/// A line that is not UTF-8 affects no other line, wherever it is in the piece.
#[test]
fn lines_that_are_not_utf_8() {
    let snow = MINI.replace("a fox", "雪");
    let kinds: [&[u8]; 6] = [
        MINI.as_bytes(),
        b"\xff",
        snow.as_bytes(),
        b"{\"model\":\"\xe9\"}",
        b"",
        b"{\"prompt\":\"\xe9\x9b",
    ];
    let alone = |line: &[u8]| {
        let (out, _) = answer(Edition::default(), line);
        out.strip_prefix("{\"line\":1").map(str::to_owned)
    };
    let mut rng = fastrand::Rng::with_seed(20_260_704);
    let drawn: Vec<&[u8]> = (0..2_000).map(|_| kinds[rng.usize(..kinds.len())]).collect();
    let (out, _) = answer(Edition::default(), &drawn.join(&b'\n'));
    let expected = (1..).zip(drawn).filter_map(|(number, line)| {
        let answer = alone(line)?;
        Some(format!("{{\"line\":{number}{answer}"))
    });
    assert_eq!(out, expected.collect::<String>());
    assert!(out.contains("the text is not UTF-8") && out.contains("雪"));
}

/// Blank lines are skipped one at a time. Looking ahead over all blank lines from each of them would take minutes.
#[test]
fn a_million_blank_lines() {
    let piece = "\n".repeat(1_000_000) + MINI;
    let (out, last) = answer(Edition::default(), piece.as_bytes());
    assert_eq!(last, 1_000_001);
    assert!(out.starts_with(r#"{"line":1000001,"report":{"#) && out.lines().count() == 1);
}

const MINI: &str = r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#;

/// The same request, written differently.
const OTHERWISE: [&str; 16] = [
    r#" {"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#,
    r#"{"model": "seedance2.0-mini","prompt":"a fox","duration":5}"#,
    r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5 }"#,
    "{\"model\":\"seedance2.0-mini\",\"prompt\":\"a fox\",\"duration\":5}\r",
    r#"{"model":"seedance2.0-mini","duration":5,"prompt":"a fox"}"#,
    r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5.0}"#,
    r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5e0}"#,
    r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":50e-1}"#,
    r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5.00000000000000000000}"#,
    r#"{"model":"seedance2.0-mini","prompt":"\u0061 fox","duration":5}"#,
    r#"{"\u006dodel":"seedance2.0-mini","prompt":"a fox","duration":5}"#,
    r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5,"images":[]}"#,
    r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5,"ratio":""}"#,
    "{\"model\":\"seedance2.0-mini\",\"prompt\":\"a fox\",\"duration\":5,\"ratio\":\"\u{3000}\"}",
    r#"{"ratio":"","model":"seedance2.0-mini","prompt":"a fox","duration":5}"#,
    r#"{"images":[],"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#,
];

#[test]
fn other_words_are_not_taken_for_what_would_be_submitted() {
    for body in OTHERWISE {
        assert_eq!(normal(Edition::default(), body).as_deref(), Some(MINI), "{body}");
    }
    assert_answers_are_those_of_each_alone(Edition::default(), &OTHERWISE.map(str::to_owned));
}

/// Lines that barely differ from one that would be submitted as it is.
#[test]
fn a_line_is_one_job() {
    assert_answers_are_those_of_each_alone(
        Edition::default(),
        &[
            MINI.to_owned(),
            format!("{MINI} "),
            format!("{MINI}\r"),
            format!("{MINI}{MINI}"),
            format!("[{MINI}]"),
            MINI.replace('5', "99"),
            MINI.replace("mini", "maxi"),
            MINI.replace(',', ", "),
        ],
    );
}

/// "A bare request's `id`, a string or a number, is the line's: given back, no finding, not in `request`."
#[test]
fn the_id_of_a_bare_request_is_its_lines() {
    let alone = serde_json::to_string(&Job::new(MINI).check(Lang::En)).expect("a report is JSON");
    for id in [r#""a""#, r#""雪""#, "7", "-0.50", "1e2", r#""""#] {
        let head = MINI.replacen('{', &format!("{{\"id\":{id},"), 1);
        let tail = MINI.replacen('}', &format!(",\"id\":{id}}}"), 1);
        let expected = |line: u64| format!(r#"{{"line":{line},"id":{id},"report":{alone}}}"#);
        assert_eq!(answers(Edition::default(), &[head, tail]), [expected(1), expected(2)]);
    }
}

/// An `id` that is neither a string nor a number is a field that the schema does not have.
#[test]
fn another_id_of_a_bare_request_is_an_unknown_field() {
    let others = ["null", "true", "[]", "{}"];
    let lines = others.map(|id| MINI.replacen('{', &format!("{{\"id\":{id},"), 1));
    assert_answers_are_those_of_each_alone(Edition::default(), &lines);
}
