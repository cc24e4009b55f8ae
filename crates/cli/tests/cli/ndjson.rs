//! Batches: one answer per line, in order, whatever the lines are.

use crate::support::{Run, fed};
use serde_json::{Value, json};

const GOOD: &str = r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#;

fn lines(run: &Run) -> Vec<Value> {
    run.out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

fn check(input: &[u8]) -> Vec<Value> {
    lines(&fed(&["check", "--ndjson", "--quiet"], input))
}

#[test]
fn many_lines_come_out_in_order() {
    // Enough lines for several pieces, which take unequal times.
    let mut input = String::new();
    for line in 1..=60_000 {
        let padding = "x".repeat(line % 97);
        let duration = if line % 3 == 0 { 99 } else { 5 };
        input += &format!(
            "{{\"id\":{line},\"request\":{{\"model\":\"seedance2.0-mini\",\"prompt\":\"a{padding}\",\"duration\":{duration}}}}}\n"
        );
    }
    let run = fed(&["check", "--ndjson"], input.as_bytes());
    assert_eq!(
        (run.code, run.err.as_str()),
        (1, "60000 jobs: 40000 accepted, 20000 not accepted, 0 errors\n")
    );
    let lines = lines(&run);
    assert_eq!(lines.len(), 60_000);
    for (index, line) in lines.iter().enumerate() {
        let number = index as u64 + 1;
        assert_eq!((line["line"].as_u64(), line["id"].as_u64()), (Some(number), Some(number)));
        assert_eq!(line["report"]["accepted"], json!(!number.is_multiple_of(3)));
    }
}

#[test]
fn blank_lines_count_and_the_last_needs_no_end() {
    let input = format!("\n \t\r\n{GOOD}\r\n\n{GOOD}");
    let numbers: Vec<_> = check(input.as_bytes()).iter().map(|line| line["line"].clone()).collect();
    assert_eq!(numbers, [json!(3), json!(5)]);
    let run = fed(&["check", "--ndjson"], b"");
    assert_eq!(
        (run.code, run.out.as_str(), run.err.as_str()),
        (0, "", "0 jobs: 0 accepted, 0 not accepted, 0 errors\n")
    );
    // A line with a form feed is not blank.
    assert_eq!(check(b"\x0c\n")[0]["report"]["findings"][0]["rule"], "invalid-json");
}

#[test]
fn answers_equal_those_of_single_runs() {
    let job = r#"{"model":"seedance2.0-mini","prompt":" ","duration":"5","images":["http://a.example/x"]}"#;
    let single = fed(&["check", "--format", "json"], job.as_bytes()).json();
    assert_eq!(check(job.as_bytes()), [json!({ "line": 1, "report": single })]);
    let single =
        fed(&["quote", "--prices", "prices.json", "--format", "json"], GOOD.as_bytes()).json();
    let run = fed(&["quote", "--ndjson", "--prices", "prices.json", "--quiet"], GOOD.as_bytes());
    assert_eq!(
        (run.code, run.err.as_str(), lines(&run)),
        (0, "", vec![json!({ "line": 1, "quote": single })])
    );
}

#[test]
fn ids_are_given_back_as_they_came() {
    let input = format!(
        "{{\"id\":\"\\u00e9\",\"request\":{GOOD}}}\n{{\"request\":{GOOD},\"id\":-1.50e1}}\n{{\"request\":{GOOD}}}\n"
    );
    let run = fed(&["check", "--ndjson", "--quiet"], input.as_bytes());
    let starts: Vec<_> =
        run.out.lines().map(|line| line.split(",\"report\"").next().unwrap()).collect();
    assert_eq!(starts, [r#"{"line":1,"id":"\u00e9""#, r#"{"line":2,"id":-1.50e1"#, r#"{"line":3"#]);
}

/// A line that is not JSON gets a report, with its `id` if it has one, and with the column in the line.
#[test]
fn a_line_that_is_no_json_gets_a_report() {
    let input = concat!(
        r#"{"request":{},"x":1e400,"id":"a"}"#,
        "\n",
        r#"{"id":true,"request":{"a":"\ud800"}}"#,
        "\n",
        r#"{"request":{},"media":"\ud800"}"#,
        "\n",
        r#"{"id":1e400,"request":{}}"#,
        "\n",
        r#"{"id":5,"request":{"a":1e400}}"#,
        "\n",
    );
    let found: Vec<Value> = check(input.as_bytes())
        .into_iter()
        .map(|line| {
            let finding = &line["report"]["findings"][0];
            json!([line["id"], finding["rule"], finding["params"]["column"]])
        })
        .collect();
    let rule = "invalid-json";
    assert_eq!(
        found,
        [
            json!(["a", rule, 23]),
            json!([null, rule, 34]),
            json!([null, rule, 30]),
            json!([null, rule, 11]),
            json!([5, rule, 28]),
        ]
    );
}

#[test]
fn bad_lines_stop_nothing() {
    let bad_media = format!(r#"{{"id":7,"request":{GOOD},"media":{{"reference_videos":[null]}}}}"#);
    let misspelt = format!(r#"{{"request":{GOOD},"medla":null}}"#);
    let bad_id = format!(r#"{{"id":null,"request":{GOOD}}}"#);
    let twice = format!(r#"{{"request":{GOOD},"request":{GOOD}}}"#);
    let mut input = Vec::new();
    for line in ["{", "\u{FEFF}{}", "[]", &bad_media, &misspelt, &bad_id, &twice, GOOD] {
        input.extend_from_slice(line.as_bytes());
        input.push(b'\n');
    }
    input.extend_from_slice(b"{\"model\":\"\xff\"}\n");
    let run = fed(&["check", "--ndjson"], &input);
    assert_eq!((run.code, run.err.as_str()), (1, "9 jobs: 1 accepted, 4 not accepted, 4 errors\n"));
    let lines = lines(&run);
    let rule =
        |line: usize| lines[line - 1]["report"]["findings"][0]["rule"].as_str().map(str::to_owned);
    assert_eq!(
        [rule(1), rule(2), rule(3), rule(9)].map(Option::unwrap),
        ["invalid-json", "invalid-json", "body-not-object", "invalid-json"]
    );
    let media = "media facts: `/reference_videos`: more entries (1) than reference videos in the request (0)";
    assert_eq!(lines[3], json!({ "line": 4, "id": 7, "error": media }));
    let member = "unknown field `medla`; a job may have only `id`, `request` and `media`";
    assert_eq!(lines[4], json!({ "line": 5, "error": member }));
    assert_eq!(lines[5], json!({ "line": 6, "error": "`id` must be a string or a number" }));
    assert_eq!(
        lines[6],
        json!({ "line": 7, "error": "`request` appears more than once; keep one" })
    );
    assert_eq!(lines[7]["report"]["accepted"], true);
}

#[test]
fn the_rules_on_text_hold_inside_the_wrapper() {
    let twice =
        r#"{"id":1,"request":{"model":"seedance2.0-mini","prompt":"a","duration":4,"duration":5}}"#;
    assert_eq!(check(twice.as_bytes())[0]["report"]["findings"][0]["rule"], "duplicate-field");
    // The column is counted in the line, not in the request.
    let surrogate = r#"{"id":"é","request":{"prompt":"\ud800"}}"#;
    let line = &check(surrogate.as_bytes())[0];
    assert_eq!(
        (&line["id"], &line["report"]["findings"][0]["rule"]),
        (&json!("é"), &json!("invalid-json"))
    );
    let bare = check(br#"{"prompt":"\ud800"}"#);
    let column =
        |report: &Value| report["report"]["findings"][0]["params"]["column"].as_u64().unwrap();
    assert_eq!(column(line), column(&bare[0]) + r#"{"id":"é","request":"#.chars().count() as u64);
    // A request may nest as deeply inside the wrapper as on its own.
    let deep =
        |levels: usize| format!(r#"{{"x":{}{}}}"#, "[".repeat(levels - 1), "]".repeat(levels - 1));
    let rules = |line: String| check(line.as_bytes())[0]["report"]["findings"][0]["rule"].clone();
    let limit = seedance_core::MAX_DEPTH;
    assert_eq!(rules(format!(r#"{{"request":{}}}"#, deep(limit))), rules(deep(limit)));
    assert_eq!(rules(format!(r#"{{"request":{}}}"#, deep(limit + 1))), "invalid-json");
}

#[test]
fn facts_are_not_looked_at_when_the_request_is_no_json() {
    let line = r#"{"request":{"prompt":"\ud800"},"media":5}"#;
    assert_eq!(check(line.as_bytes())[0]["report"]["findings"][0]["rule"], "invalid-json");
}

#[test]
fn quotes_add_up_exactly() {
    let video = |media: &str| {
        let request = r#"{"model":"seedance2.0-mini-video","prompt":"a","duration":8,"reference_videos":["https://e.example/v"]}"#;
        format!("{{\"request\":{request},\"media\":{media}}}\n")
    };
    let exact = video(r#"{"reference_videos":[{"seconds":2.5}]}"#);
    let range = video(r#"{"reference_videos":[{"seconds":{"min":2.4,"max":2.6}}]}"#);
    let total =
        |input: &str| fed(&["quote", "--ndjson", "--prices", "prices.json"], input.as_bytes());
    let run = total(&exact.repeat(3));
    assert_eq!(
        run.err,
        "3 jobs: 3 priced (3 exact, 0 ranges, 0 minimum only), 0 not priceable, 0 errors; total 1.65 USD\n"
    );
    let run = total(&format!("{exact}{range}"));
    assert_eq!(
        (run.code, run.err.as_str()),
        (
            0,
            "2 jobs: 2 priced (1 exact, 1 range, 0 minimum only), 0 not priceable, 0 errors; total 1.05 to 1.10 USD\n"
        )
    );
    let run = total(&format!("{exact}{{}}\n{}", video("null")));
    assert_eq!(
        (run.code, run.err.as_str()),
        (
            1,
            "3 jobs: 2 priced (1 exact, 0 ranges, 1 minimum only), 1 not priceable, 0 errors; total at least 0.95 USD\n"
        )
    );
}

#[test]
fn what_a_batch_comes_to_is_told_in_the_format_asked_for() {
    let jobs =
        "{\"id\":1,\"model\":\"seedance2.0-md\",\"prompt\":\"a\",\"duration\":5}\n".repeat(2);
    let told = |words: &[&str]| {
        let words = [words, &["--ndjson", "--format", "json"]].concat();
        fed(&words, format!("{jobs}[]\n").as_bytes()).err
    };
    assert_eq!(told(&["check"]), "{\"accepted\":2,\"errors\":0,\"refused\":1}\n");
    assert_eq!(
        told(&["quote", "--prices", "prices.json"]),
        "{\"repeated_ids\":[{\"id\":\"1\",\"first_line\":1,\"line\":2}]}\n\
        {\"at_least\":0,\"currency\":\"USD\",\"errors\":0,\"exact\":2,\"not_priceable\":1,\"range\":0,\
        \"total\":{\"max\":\"1.20\",\"min\":\"1.20\"}}\n"
    );
}
