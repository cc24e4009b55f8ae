//! A batch: every line's answer is, to the byte, what its job gets alone.

use seedance_batch::{Answering, Question, Tally};
use seedance_core::{Job, Lang};
use seedance_tests::cases::all;
use seedance_tests::generate::{valid, wild};

/// The answers to a batch of these lines, a line each.
fn answers(lines: &[String]) -> Vec<String> {
    let (mut out, mut tally) = (String::new(), Tally::default());
    let last = Answering::new(Question::Check, Lang::En, &mut out, &mut tally)
        .lines(lines.join("\n").as_bytes(), 1);
    assert_eq!(last, lines.len() as u64);
    out.lines().map(str::to_owned).collect()
}

#[track_caller]
fn assert_answers_are_those_of_each_alone(lines: &[String]) {
    let answers = answers(lines);
    assert_eq!(answers.len(), lines.len());
    for (number, (line, answer)) in (1..).zip(lines.iter().zip(answers)) {
        let job = Job::new(line.as_str());
        let alone = serde_json::to_string(&job.check(Lang::En)).expect("a report is JSON");
        assert_eq!(
            answer,
            format!(r#"{{"line":{number},"report":{alone}}}"#),
            "{line}"
        );
    }
}

/// As it would be submitted, where it would be accepted.
fn normal(body: &str) -> Option<String> {
    let job = Job::new(body);
    let request = job.check(Lang::En).request?;
    Some(request.to_json())
}

/// Each as it was written and, twice, as it would be submitted: what is kept of one report must hold for the next.
fn written_and_normal(bodies: impl Iterator<Item = String>) -> Vec<String> {
    bodies
        .flat_map(|body| {
            let normal = normal(&body);
            [Some(body), normal.clone(), normal]
        })
        .flatten()
        .collect()
}

#[test]
fn every_case() {
    let cases = all();
    let bodies = cases.iter().map(|(_, case)| case.wire().to_owned());
    // A line is one line, and an object with a member `request` would be a job that wraps one.
    let lines = written_and_normal(
        bodies
            .filter(|body| !body.contains(['\n', '\r']) && !body.trim().is_empty())
            .filter(|body| !body.contains("\"request\"")),
    );
    assert!(lines.len() > 2_000, "only {} lines", lines.len());
    assert_answers_are_those_of_each_alone(&lines);
}

#[test]
fn drawn_requests() {
    let mut rng = fastrand::Rng::with_seed(20_260_701);
    let bodies: Vec<String> = (0..2_000)
        .map(|draw| match draw % 2 {
            0 => valid::clean(&mut rng).to_string(),
            _ => wild::near(&mut rng).to_string(),
        })
        .filter(|body| !body.contains("\"request\""))
        .collect();
    assert_answers_are_those_of_each_alone(&written_and_normal(bodies.into_iter()));
}

/// A line that is the request to submit is given back as it is: nothing of it is written anew.
#[test]
fn what_would_be_submitted_is_known_as_such() {
    let mut rng = fastrand::Rng::with_seed(20_260_702);
    for _ in 0..2_000 {
        let normal = normal(&valid::clean(&mut rng).to_string()).expect("a clean request");
        let job = Job::new(normal.as_str());
        let report = job.check(Lang::En);
        let known = report
            .request
            .as_ref()
            .and_then(|request| request.as_json());
        let is_plain = !normal.contains('\\');
        assert_eq!(known, is_plain.then_some(normal.as_str()));
    }
}

/// What is not UTF-8 spoils its own line alone, wherever in the piece it stands.
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
        let (mut out, mut tally) = (String::new(), Tally::default());
        Answering::new(Question::Check, Lang::En, &mut out, &mut tally).lines(line, 1);
        out.strip_prefix("{\"line\":1").map(str::to_owned)
    };
    let mut rng = fastrand::Rng::with_seed(20_260_704);
    let drawn: Vec<&[u8]> = (0..2_000)
        .map(|_| kinds[rng.usize(..kinds.len())])
        .collect();
    let (mut out, mut tally) = (String::new(), Tally::default());
    Answering::new(Question::Check, Lang::En, &mut out, &mut tally).lines(&drawn.join(&b'\n'), 1);
    let expected = (1..).zip(drawn).filter_map(|(number, line)| {
        let answer = alone(line)?;
        Some(format!("{{\"line\":{number}{answer}"))
    });
    assert_eq!(out, expected.collect::<String>());
    assert!(out.contains("the text is not UTF-8") && out.contains("雪"));
}

/// Whoever has no memory left answers the other lines later: the same answers, and the same counts. (No model's answer is known
/// from before, so every line takes memory.)
#[test]
fn stopped_behind_every_line_that_took_memory() {
    let piece = [MINI, "{}", "", MINI, "[", "{}", "{\"model\":1}"].join("\n");
    let (mut out, mut tally) = (String::new(), Tally::default());
    Answering::new(Question::Check, Lang::En, &mut out, &mut tally).lines(piece.as_bytes(), 1);
    for ends in ["", "\n"] {
        let piece = format!("{piece}{ends}");
        let (mut parts, mut counts) = (String::new(), Tally::default());
        let (mut rest, mut number, mut calls) = (piece.as_bytes(), 1, 0);
        while !rest.is_empty() {
            let answering = &mut Answering::new(Question::Check, Lang::En, &mut parts, &mut counts);
            let (next, bytes) = answering.lines_while(rest, number, &|| false);
            (rest, number, calls) = (&rest[bytes..], next, calls + 1);
        }
        assert_eq!((&parts, &counts), (&out, &tally));
        assert_eq!((number, calls), (7 + ends.len() as u64, 7));
    }
}

/// Blank lines are passed one by one: were all that follow looked at from each, this would take minutes.
#[test]
fn a_million_blank_lines() {
    let piece = "\n".repeat(1_000_000) + MINI;
    let (mut out, mut tally) = (String::new(), Tally::default());
    let last =
        Answering::new(Question::Check, Lang::En, &mut out, &mut tally).lines(piece.as_bytes(), 1);
    assert_eq!(last, 1_000_001);
    assert!(out.starts_with(r#"{"line":1000001,"report":{"#) && out.lines().count() == 1);
}

const MINI: &str = r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#;

/// The same request in other words.
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
        let job = Job::new(body);
        let request = job.check(Lang::En).request.expect(body);
        assert_eq!(
            (request.as_json(), request.to_json().as_str()),
            (None, MINI)
        );
    }
    assert_answers_are_those_of_each_alone(&OTHERWISE.map(str::to_owned));
}
