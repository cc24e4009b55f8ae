//! Quotes beside charges: every cause, and what is no cause.

use serde_json::{Value, json};

use crate::support::{Run, fed, seedance, write};

const BOOK: &str = r#"{"currency":"USD","prices":{"seedance2.0-mini-720p":"0.05","seedance2.0-mini-1080p":"0.09",
    "seedance2.0-mini-720p-video":"0.05","seedance2.0-mini-1080p-video":"0.09","seedance2.0-md":"0.60","sd2_mx_720p":"0.0333"}}"#;

/// The causes of these charges against the quotes of eight jobs.
fn reconciled(charges: &str, ending: &str) -> (Run, Vec<Value>) {
    let folder = tempfile::tempdir().unwrap();
    let book = write(&folder, "book.json", BOOK);
    let video = |id: &str, media: &str| {
        let request = r#"{"model":"seedance2.0-mini-video","prompt":"a","duration":8,"reference_videos":["https://e.example/v"]}"#;
        format!(
            "{{\"id\":\"{id}\",\"request\":{request},\"media\":{{\"reference_videos\":[{media}]}}}}\n"
        )
    };
    let mini = |id: &str| {
        format!(
            "{{\"id\":\"{id}\",\"request\":{{\"model\":\"seedance2.0-mini\",\"prompt\":\"a\",\"duration\":6}}}}\n"
        )
    };
    let jobs = mini("exact")
        + &video("unread", r#"{"seconds":3.4}"#)
        + &video("rounded", r#"{"seconds":3.4}"#)
        + &mini("resolution")
        + &mini("price")
        + &mini("odd")
        + &video("unknown", "null")
        + &mini("currency")
        + &mini("free");
    let quotes = fed(
        &["quote", "--ndjson", "--quiet", "--prices", &book],
        jobs.as_bytes(),
    );
    let quotes = write(&folder, "quotes.ndjson", &quotes.out);
    let charges = write(&folder, &format!("charges.{ending}"), charges);
    let run = seedance(&[
        "reconcile",
        &quotes,
        &charges,
        "--prices",
        &book,
        "--format",
        "json",
    ]);
    let jobs = run.json()["jobs"].as_array().unwrap().clone();
    (run, jobs)
}

#[test]
fn every_difference_has_its_cause() {
    let charges = "id,amount,currency\nexact,0.30,USD\nunread,0.4,USD\nrounded,0.60,USD\nresolution,0.54,\nprice,0.36,USD\nodd,0.31,USD\nunknown,0.55,USD\ncurrency,0.30,EUR\nelse,1,USD\n";
    let (run, jobs) = reconciled(charges, "csv");
    assert_eq!(run.code, 1);
    let causes: Vec<(&str, &str)> = jobs
        .iter()
        .map(|job| (job["id"].as_str().unwrap(), job["cause"].as_str().unwrap()))
        .collect();
    assert_eq!(
        causes,
        [
            ("exact", "exact"),
            ("unread", "reference-not-read"),
            ("rounded", "other-rounding"),
            ("resolution", "other-resolution"),
            ("price", "other-price"),
            ("odd", "unexplained"),
            ("unknown", "exact"),
            ("currency", "other-currency"),
            ("free", "not-charged"),
            ("else", "not-quoted"),
        ]
    );
    assert_eq!(
        (
            &jobs[2]["seconds"],
            &jobs[3]["billing_model"],
            &jobs[4]["unit_price"]
        ),
        (&json!(4), &json!("seedance2.0-mini-1080p"), &json!("0.06"))
    );
    assert_eq!(
        run.json()["summary"]["charged"],
        json!({ "EUR": "0.30", "USD": "4.06" })
    );
}

#[test]
fn charges_come_as_json_lines_too() {
    let (_, jobs) = reconciled(
        "{\"id\":\"exact\",\"amount\":0.30}\n{\"id\":\"unread\",\"amount\":\"0.55\"}\n",
        "ndjson",
    );
    assert_eq!(
        (&jobs[0]["cause"], &jobs[0]["charged"], &jobs[1]["cause"]),
        (&json!("exact"), &json!("0.30"), &json!("exact"))
    );
}

#[test]
fn bad_charges_name_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let quotes = write(&folder, "quotes.ndjson", "");
    let fails = |name: &str, text: &str, message: &str| {
        let charges = write(&folder, name, text);
        seedance(&["reconcile", &quotes, &charges])
            .fails_with(&format!("`{charges}`, line {message}"));
    };
    fails(
        "a.csv",
        "id,amount\na,-1\n",
        "2: the amount `-1` is not a plain decimal number such as `0.05`",
    );
    fails(
        "b.csv",
        "id,amount\na,1\na,1\n",
        "3: the id `a` was already charged above",
    );
    fails(
        "d.csv",
        "ID,Amount\na,1\nb,1,USD\n",
        "3: it has 3 fields where the header has 2",
    );
    let columns = "the header is `id,amount` or `id,amount,currency`";
    fails(
        "e.csv",
        "id;amount\na;1\n",
        &format!("1: there is no column `id;amount`, {columns}"),
    );
    fails("f.csv", "amount\n1\n", "1: the header has no column `id`");
    fails(
        "g.ndjson",
        "{\"id\":null,\"amount\":1}\n",
        "1: the id is `null`, it must be a string or a number",
    );
    fails(
        "h.ndjson",
        "[1]\n",
        "1: not a charge: invalid length 1, expected an object with `id`, `amount` and perhaps `currency` at line 1 column 3",
    );
    fails(
        "c.ndjson",
        "{\"id\":1,\"amount\":\"x\"}\n",
        "1: the amount `x` is not a plain decimal number such as `0.05`",
    );
    let bad = write(&folder, "bad.ndjson", "{}\n");
    let run = seedance(&["reconcile", &bad, &quotes]);
    assert!(
        run.code == 2
            && run
                .err
                .contains("line 1: not a line of `seedance quote --ndjson`"),
        "{}",
        run.err
    );
}

const MINI: &str = r#"{"model":"seedance2.0-mini","prompt":"a","duration":6}"#;
const MD: &str = r#"{"model":"seedance2.0-md","prompt":"a","duration":6}"#;
const FINE: &str = r#"{"model":"sd2_mx_720p","prompt":"a","duration":5}"#;
const VIDEO: &str = r#"{"model":"seedance2.0-mini-video","prompt":"a","duration":8,"reference_videos":["https://e.example/v"]}"#;

/// The causes of jobs' charges: request, facts of its reference video, amount; quoted with `BOOK`, compared with `now`.
fn causes(jobs: &[(&str, &str, &str)], now: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let (mut lines, mut charges) = (String::new(), String::from("id,amount\n"));
    for (id, (request, facts, amount)) in jobs.iter().enumerate() {
        let media = format!(r#"{{"reference_videos":[{facts}]}}"#);
        let media = if *request == VIDEO {
            media.as_str()
        } else {
            "{}"
        };
        lines += &format!("{{\"id\":{id},\"request\":{request},\"media\":{media}}}\n");
        charges += &format!("{id},{amount}\n");
    }
    let (book, now) = (
        write(&folder, "book.json", BOOK),
        write(&folder, "now.json", now),
    );
    let quotes = fed(
        &["quote", "--ndjson", "--quiet", "--prices", &book],
        lines.as_bytes(),
    );
    let (quotes, charges) = (
        write(&folder, "quotes.ndjson", &quotes.out),
        write(&folder, "charges.csv", &charges),
    );
    let run = seedance(&[
        "reconcile",
        &quotes,
        &charges,
        "--prices",
        &now,
        "--format",
        "json",
    ]);
    let strip = |mut job: Value| {
        let job = job.as_object_mut().unwrap();
        job.retain(|name, _| !["id", "quoted", "charged", "currency"].contains(&name.as_str()));
        Value::Object(job.clone())
    };
    let jobs = run.json()["jobs"].as_array().unwrap().clone();
    jobs.into_iter().map(strip).collect()
}

#[test]
fn each_cause_up_to_its_edge() {
    let (known, between) = (r#"{"seconds":3.4}"#, r#"{"seconds":{"min":3.4,"max":4.6}}"#);
    let exact = || json!({ "cause": "exact" });
    let unexplained = || json!({ "cause": "unexplained" });
    let unread = || json!({ "cause": "reference-not-read" });
    let exact_with = |seconds: u64| json!({ "cause": "exact", "reference_seconds": seconds });
    let digits = |digits: u8| json!({ "cause": "other-rounding", "digits": digits });
    let seconds = |seconds: Value| json!({ "cause": "other-rounding", "seconds": seconds });
    let priced = |price: &str| json!({ "cause": "other-price", "unit_price": price });
    let named = |name: &str| json!({ "cause": "other-resolution", "billing_model": name });
    let cases = [
        // 6 × 0.05
        (MINI, "", "0.3000", exact()),
        (MINI, "", "0.36", priced("0.06")),
        (MINI, "", "0.3600", priced("0.06")),
        (MINI, "", "0.60", priced("0.10")),
        (MINI, "", "0.31", unexplained()),
        // A price with a digit more than any quoted: every second amount would have one.
        (MINI, "", "0.33", unexplained()),
        (MINI, "", "0.54", named("seedance2.0-mini-1080p")),
        (MINI, "", "0", json!({ "cause": "not-charged" })),
        // (8 + 3) × 0.05, the 3 from 3.4 s
        (VIDEO, known, "0.55", exact()),
        (VIDEO, known, "0.40", unread()),
        (VIDEO, known, "0.60", seconds(json!(4))),
        (VIDEO, known, "0.57", seconds(json!(3.4))),
        (VIDEO, known, "0.99", named("seedance2.0-mini-1080p-video")),
        (VIDEO, known, "0.66", priced("0.06")),
        (VIDEO, known, "0.56", unexplained()),
        // (8 + 3…5) × 0.05
        (VIDEO, between, "0.55", exact()),
        (VIDEO, between, "0.60", exact()),
        (VIDEO, between, "0.65", exact()),
        (VIDEO, between, "0.58", seconds(json!(3.6))),
        (VIDEO, between, "0.56", unexplained()),
        (VIDEO, between, "0.70", unexplained()),
        (VIDEO, between, "0.40", unread()),
        (VIDEO, between, "0.63", seconds(json!(4.6))),
        (
            VIDEO,
            between,
            "1.08",
            named("seedance2.0-mini-1080p-video"),
        ),
        // 8 × 0.05 and more
        (VIDEO, "null", "0.40", unread()),
        (VIDEO, "null", "0.45", exact_with(1)),
        (VIDEO, "null", "0.46", unexplained()),
        (VIDEO, "null", "0.35", unexplained()),
        (VIDEO, "null", "4320.40", exact_with(86_400)),
        (VIDEO, "null", "4320.45", unexplained()),
        (MD, "", "0.60", exact()),
        (MD, "", "0.65", priced("0.65")),
        (MD, "", "0.605", unexplained()),
        // 5 × 0.0333 in hundredths, up or down, and in thousandths
        (FINE, "", "0.1665", exact()),
        (FINE, "", "0.17", digits(2)),
        (FINE, "", "0.160", digits(2)),
        (FINE, "", "0.167", digits(3)),
        (FINE, "", "0.18", priced("0.0360")),
    ];
    let jobs: Vec<_> = cases
        .iter()
        .map(|(request, facts, amount, _)| (*request, *facts, *amount))
        .collect();
    for ((request, facts, amount, expected), found) in cases.iter().zip(causes(&jobs, BOOK)) {
        assert_eq!(*expected, found, "{amount} for {request} with {facts}");
    }
}

#[test]
fn a_finer_price_needs_a_second_witness() {
    let finer = json!({ "cause": "other-price", "unit_price": "0.055" });
    // Two charges that agree on it …
    let longer = &MINI.replace('6', "8");
    assert_eq!(
        causes(&[(MINI, "", "0.33"), (longer, "", "0.440")], BOOK),
        [finer.clone(), finer.clone()]
    );
    // … but not two that do not …
    let alone = json!({ "cause": "unexplained" });
    assert_eq!(
        causes(&[(MINI, "", "0.33"), (longer, "", "0.4404")], BOOK),
        [alone.clone(), alone]
    );
    // … or the price book of now.
    let now = BOOK.replace(
        r#""seedance2.0-mini-720p":"0.05""#,
        r#""seedance2.0-mini-720p":"0.055""#,
    );
    assert_eq!(causes(&[(MINI, "", "0.33")], &now), [finer]);
}

/// The answer to charges against quotes that are given line by line.
fn answered(quotes: &str, charges: &str) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let quotes = write(&folder, "quotes.ndjson", quotes);
    let charges = write(&folder, "charges.csv", charges);
    seedance(&["reconcile", &quotes, &charges, "--format", "json"])
}

fn quotes_of(jobs: &str) -> String {
    let words = ["quote", "--ndjson", "--quiet", "--prices", "prices.json"];
    fed(&words, jobs.as_bytes()).out
}

#[test]
fn what_could_not_be_priced_and_was_not_charged_is_no_difference() {
    let quotes = quotes_of(&format!(
        "{{\"id\":\"good\",\"request\":{MINI}}}\n{}\n{{\"id\":\"bad\",\"request\":{MINI},\"typo\":1}}\n",
        MINI.replace('6', "99")
    ));
    let run = answered(&quotes, "id,amount\ngood,0.30\n");
    assert_eq!(run.code, 0, "{}", run.out);
    assert_eq!(
        run.json()["summary"],
        json!({ "jobs": 3, "causes": { "exact": 1, "nothing-due": 2 }, "charged": { "USD": "0.30" } })
    );
    // But a charge for what was refused is one.
    let run = answered(&quotes, "id,amount\ngood,0.30\n2,0.05\n");
    assert_eq!(
        (run.code, &run.json()["jobs"][1]["cause"]),
        (1, &json!("not-quoted"))
    );
}

#[test]
fn all_that_was_charged_is_counted() {
    let quotes = quotes_of(&format!("{{\"id\":\"good\",\"request\":{MINI}}}\n"));
    let run = answered(&quotes, "id,amount\ngood,0.30\nmore,7\n");
    assert_eq!(run.json()["summary"]["charged"], json!({ "USD": "7.30" }));
    let run = answered("", "id,amount\nmore,7\n");
    assert_eq!(run.json()["summary"]["charged"], json!({ "": "7" }));
    let most = u128::MAX;
    answered("", &format!("id,amount\na,{most}\nb,{most}\n"))
        .fails_with("the charges are too large to add up");
}

/// A job without an id goes by its line, unless that is the id of another.
#[test]
fn a_line_is_not_the_id_of_another_job() {
    let md = format!("{{\"id\":1,\"request\":{MD}}}\n");
    let quotes = quotes_of(&format!("{MINI}\n{md}{MINI}\n"));
    let run = answered(&quotes, "id,amount\n1,0.60\n3,0.30\n");
    let causes: Vec<Value> = run.json()["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["cause"].clone())
        .collect();
    assert_eq!(causes, ["not-charged", "exact", "exact"]);
}

#[test]
fn reports_are_no_quotes_and_standard_input_is_read_once() {
    let reports = fed(&["check", "--ndjson", "--quiet"], MINI.as_bytes()).out;
    answered(&reports, "id,amount\n").fails_with_part("it has neither `quote` nor `error`");
    seedance(&["reconcile", "-", "-"])
        .fails_with("standard input can be read for one thing only, name a file for the others");
}
