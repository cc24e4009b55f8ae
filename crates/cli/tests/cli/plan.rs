//! The costs of a file of jobs, and which of them fit a budget.

use serde_json::json;

use crate::support::{Run, command, fed, seedance, write};

/// The plan of the jobs given on standard input, as JSON.
fn planned(more: &[&str], jobs: &[u8]) -> Run {
    let words = ["plan", "--prices", "prices.json", "--format", "json"];
    fed(&[&words, more].concat(), jobs)
}

#[test]
fn the_example_plan() {
    let run = seedance(&[
        "plan",
        "jobs.ndjson",
        "--prices",
        "prices.json",
        "--budget",
        "1.30",
        "--format",
        "json",
    ]);
    let plan = run.json();
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert_eq!(
        plan["summary"],
        json!({
            "edition": "2026-07", "jobs": 4, "ready": 4, "unpriced": 0, "refused": 0, "errors": 0, "currency": "USD",
            "as_of": "2026-07-01, made up",
            "best": "1.70", "saving": "0.25", "reasons": {},
            "no_maximum": { "jobs": 1, "first_line": 3, "others": "1.30" },
            "budget": { "amount": "1.30", "enough": "no", "fit_in_order": 3, "fit_cheapest_first": 3 }
        })
    );
    assert_eq!(
        plan["jobs"][1],
        json!({
            "line": 2, "id": "shot-2", "status": "ready", "model": "seedance2.0-mini-video",
            "billing_model": "seedance2.0-mini-720p-video", "lowest": "0.55", "highest": "0.55",
            "cumulative": "0.85", "fits": true,
            "cheapest_model": "seedance2.0-mini-sp", "cheapest": "0.40", "saving": "0.15"
        })
    );
    // The length of the third video is not known, so neither is its worst case.
    assert_eq!(
        (&plan["jobs"][2]["lowest"], plan["jobs"][2].get("highest")),
        (&json!("0.40"), None)
    );
    let shown = seedance(&["plan", "jobs.ndjson", "--prices", "prices.json", "--budget", "1.70"]);
    let end = "\
4 jobs: 4 ready, 0 without a price, 0 not accepted, 0 unreadable
best case 1.70 USD, worst case unknown
1 job has no known maximum, on line 3; the other 3 cost at most 1.30 USD
switching to the cheapest models would save at least 0.25 USD, with all other fields unchanged
budget 1.70 USD may be enough, depending on the unknown lengths: it is sure to cover 3 of 4 jobs in file order, 3 if the cheapest go first
";
    assert!(shown.out.ends_with(end), "{}", shown.out);
}

#[test]
fn one_job_is_one_job() {
    let job = br#"{"model":"seedance2.0-md","prompt":"a","duration":5}"#;
    let said = |lang: &str| {
        let words = ["plan", "--prices", "prices.json", "--budget", "1", "--lang", lang];
        fed(&words, job).out.lines().last().unwrap().to_owned()
    };
    assert_eq!(
        said("en"),
        "budget 1 USD is enough for what is ready even in the worst case: it is sure to cover 1 of 1 job in file order, 1 if the cheapest go first"
    );
    assert_eq!(
        said("zh"),
        "预算 1 USD 在最坏情况下也够支付可发送的请求：1 个请求中，按文件顺序确定够 1 个，从最便宜的开始够 1 个"
    );
}

/// A budget is not said to cover jobs without a price.
#[test]
fn what_has_no_price_is_not_covered() {
    let run = fed(
        &["plan", "--prices", "prices.json", "--budget", "5"],
        br#"{"model":"sd2_mx_4k","prompt":"a","duration":5}"#,
    );
    let end = "\
1 job: 0 ready, 1 without a price, 0 not accepted, 0 unreadable
best case 0 USD, worst case 0 USD
  no price for `sd2_mx_4k`, line 1
budget 5 USD: nothing to judge, no job is ready
not included: 1 job that cannot be sent yet
";
    assert!(run.code == 1 && run.out.ends_with(end), "{}", run.out);
}

#[test]
fn every_job_is_told_what_is_wrong_with_it() {
    let input = br#"{"model":"seedance2.0-mini","prompt":"a","duration":99}
{"id":"b","request":{"model":"seedance2.0-of-sp","prompt":"a","duration":5}}
{"id":"c","request":{},"typo":1}

{"model":"seedance2.0-mini","prompt":"a","duration":5}
"#;
    let run = planned(&[], input);
    let plan = run.json();
    assert_eq!(run.code, 1);
    let jobs: Vec<_> = plan["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| (job["line"].as_u64().unwrap(), job["status"].as_str().unwrap()))
        .collect();
    assert_eq!(jobs, [(1, "refused"), (2, "unpriced"), (3, "error"), (5, "ready")]);
    assert_eq!(
        plan["summary"]["reasons"],
        json!({
            "duration-out-of-range": {
                "jobs": 1, "first_line": 1,
                "detail": "`duration` is 99 s; it must be 4–15 s on `seedance2.0-mini`"
            },
            "no price for `seedance2.0-of-sp-720p`": { "jobs": 1, "first_line": 2 },
            "error": {
                "jobs": 1, "first_line": 3,
                "detail": "unknown field `typo`; a job may have only `id`, `request` and `media`"
            }
        })
    );
    assert_eq!(
        (&plan["summary"]["best"], &plan["summary"]["worst"]),
        (&json!("0.25"), &json!("0.25"))
    );
}

#[test]
fn the_table_goes_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plan =
        |out: &str| seedance(&["plan", "jobs.ndjson", "--prices", "prices.json", "--out", out]);
    assert_eq!(plan(&file("plan.csv")).code, 0);
    let csv = std::fs::read_to_string(file("plan.csv")).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "line,id,status,model,billing_model,lowest,highest,cumulative,fits,currency,cheapest_model,cheapest,saving,changing_model,changing,changing_saving,changes,why"
    );
    assert_eq!(
        lines[2],
        "2,shot-2,ready,seedance2.0-mini-video,seedance2.0-mini-720p-video,0.55,0.55,0.85,,USD,seedance2.0-mini-sp,0.40,0.15,,,,,"
    );
    assert_eq!(lines.len(), 5);
    assert_eq!(plan(&file("plan.json")).code, 0);
    let written: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file("plan.json")).unwrap()).unwrap();
    assert_eq!(written["summary"]["best"], "1.70");
    let bad = file("plan.xlsx");
    let run = plan(&bad);
    assert!(
        run.code == 2
            && run.err.starts_with(
                "seedance: the name of the file to write must end in `.csv`, `.json` or `.md`, or in `.parquet` if"
            ),
        "{}",
        run.err
    );
    let nowhere = file("no/such/folder.csv");
    let run = plan(&nowhere);
    assert!(run.code == 2 && run.err.contains("cannot be written"), "{}", run.err);
}

/// An input is never overwritten, and a failed run leaves the file that it would have replaced.
#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let job = r#"{"model":"seedance2.0-md","prompt":"a","duration":5}"#;
    let (jobs, book) = (
        write(&folder, "jobs.json", job),
        write(&folder, "book.json", r#"{"currency":"USD","prices":{}}"#),
    );
    for out in [&jobs, &book] {
        seedance(&["plan", &jobs, "--prices", &book, "--out", out]).fails_with(&format!(
            "`{out}` is an input of this command; choose another output file"
        ));
    }
    assert_eq!(std::fs::read_to_string(&jobs).unwrap(), job);

    let out = write(&folder, "plan.csv", "what was there");
    let words = ["plan", &jobs, "--prices", &book, "--out", &out];
    let full = std::fs::File::create("/dev/full").unwrap();
    let failed =
        command(&[&words[..], &["--format", "json"]].concat()).stdout(full).output().unwrap();
    assert_eq!(failed.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "what was there");
    assert_eq!(seedance(&words).code, 1);
    assert!(std::fs::read_to_string(&out).unwrap().starts_with("line,id"));
    // No temporary file is left behind.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}

/// Neither output may replace the other.
#[test]
fn two_outputs_are_two_files() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["plan", "jobs.ndjson", "--prices", "prices.json", "--budget", "9"];
    let (new, old) = (folder.path().join("new.json"), write(&folder, "old.json", "what was there"));
    let link = folder.path().join("link.json");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&old, &link).unwrap();
    #[cfg(not(unix))]
    std::fs::write(&link, "").unwrap();
    let spelt = folder.path().join(".").join("new.json");
    for (out, fit) in [(&new, &new), (&spelt, &new), (&old.clone().into(), &link)] {
        let (out, fit) = (out.to_str().unwrap(), fit.to_str().unwrap());
        seedance(&[&words[..], &["--out", out, "--fit-out", fit]].concat()).fails_with(&format!(
            "`{fit}`: is the file of `--out`, too; choose another output file"
        ));
    }
    assert_eq!(std::fs::read_to_string(old).unwrap(), "what was there");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

/// A job whose own model is as cheap as the cheapest keeps its model.
#[test]
fn the_own_model_is_the_cheapest_of_its_equals() {
    let folder = tempfile::tempdir().unwrap();
    let book = write(
        &folder,
        "book.json",
        r#"{"currency":"USD","prices":{"seedance2.0-md":"0.25","seedance2.0-mini-720p":"0.05"}}"#,
    );
    let run = fed(
        &["plan", "--prices", &book, "--format", "json"],
        br#"{"model":"seedance2.0-md","prompt":"a","duration":5}"#,
    );
    let job = &run.json()["jobs"][0];
    assert_eq!(
        (&job["cheapest_model"], &job["cheapest"], job.get("saving")),
        (&json!("seedance2.0-md"), &json!("0.25"), None)
    );
}

/// The summary has one entry per rule, however the jobs' values differ.
#[test]
fn reasons_are_counted_by_rule() {
    let jobs: String = (0..100)
        .map(|seconds| {
            format!(
                "{{\"model\":\"seedance2.0-md\",\"prompt\":\"a\",\"duration\":{}}}\n",
                1000 + seconds
            )
        })
        .collect();
    let plan = planned(&[], jobs.as_bytes()).json();
    let reasons = plan["summary"]["reasons"].as_object().unwrap();
    assert_eq!(reasons.keys().collect::<Vec<_>>(), ["duration-out-of-range"]);
    assert_eq!(reasons["duration-out-of-range"]["jobs"], 100);
}

/// More jobs than one row group holds, of every kind.
#[cfg(feature = "parquet")]
#[test]
fn parquet_has_the_rows_of_csv() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let kinds = [
        r#"{"model":"seedance2.0-mini","prompt":"a","duration":5}"#,
        r#"{"id":"雨, \"1\"","request":{"model":"seedance2.0-mini-video","prompt":"a","duration":8,"reference_videos":["https://e.example/v"]}}"#,
        r#"{"id":7,"request":{"model":"seedance2.0-of-sp","prompt":"a","duration":5}}"#,
        r#"{"model":"seedance2.0-mini","prompt":"a","duration":99}"#,
        "no job",
    ];
    let jobs: Vec<&str> = kinds.iter().copied().cycle().take(20_000).collect();
    let jobs = jobs.join("\n");
    for name in ["plan.csv", "plan.parquet"] {
        let out = file(name);
        let run = planned(&["--out", &out], jobs.as_bytes());
        assert_eq!(run.code, 1, "{}", run.err);
    }
    let mut csv = csv::Reader::from_path(file("plan.csv")).unwrap();
    let names: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> =
        csv.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();

    let reader =
        SerializedFileReader::new(std::fs::File::open(file("plan.parquet")).unwrap()).unwrap();
    assert_eq!((reader.num_row_groups(), rows.len()), (2, 20_000));
    let cell = |(name, cell): (&String, &Field)| match cell {
        Field::Str(text) => (name.clone(), text.clone()),
        Field::Null => (name.clone(), String::new()),
        other => panic!("{name}: {other}"),
    };
    let mut read = 0;
    for (row, expected) in reader.get_row_iter(None).unwrap().map(Result::unwrap).zip(&rows) {
        let found: Vec<_> = row.get_column_iter().map(cell).collect();
        let expected: Vec<_> = names.iter().cloned().zip(expected.iter().cloned()).collect();
        assert_eq!(found, expected);
        read += 1;
    }
    assert_eq!(read, 20_000);
}

/// More than two pieces of the stream, priced on several cores.
#[test]
fn a_long_plan_stays_in_order() {
    let job = r#"{"model":"seedance2.0-fast-i2v","prompt":"a","duration":5}"#;
    let lines = 4_000;
    let jobs = format!("{job}\n").repeat(lines);
    let run = planned(&["--budget", "350.30"], jobs.as_bytes());
    let plan = run.json();
    let order = plan["jobs"].as_array().unwrap().iter().map(|job| job["line"].as_u64().unwrap());
    assert!(order.eq(1..=lines as u64));
    assert_eq!(
        (&plan["summary"]["best"], &plan["summary"]["worst"]),
        (&json!("1400.00"), &json!("1400.00"))
    );
    assert_eq!(
        plan["summary"]["budget"],
        json!({ "amount": "350.30", "enough": "no", "fit_in_order": 1000, "fit_cheapest_first": 1000 })
    );
}

#[test]
fn a_budget_is_an_amount() {
    for budget in ["abc", "-1", "1_000", ""] {
        let run = seedance(&[
            "plan",
            "jobs.ndjson",
            "--prices",
            "prices.json",
            &format!("--budget={budget}"),
        ]);
        assert!(
            run.code == 2 && run.out.is_empty() && run.err.lines().count() == 1,
            "{budget}: {}",
            run.err
        );
    }
}

const SHOTS: &str = "\
id;model;prompt;duration;reference_video_1;seconds_1;episode
a;seedance2.0-mini;x;5;;;E1
b;seedance2.0-mini-video;x;8;https://e.example/v.mp4;3.2;E1
c;seedance2.0-mini-video;x;8;https://e.example/v.mp4;;E2
d;seedance2.0-md;x;10;;;E2
e;seedance2.0-md;x;10;;;
";

/// The plan of the shots, as JSON.
fn shots(more: &[&str]) -> serde_json::Value {
    planned(more, SHOTS.as_bytes()).json()
}

#[test]
fn it_says_which_jobs_fit_and_writes_them() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("send.ndjson");
    let plan = shots(&["--budget", "1.5", "--fit-out", out.to_str().unwrap()]);
    let jobs = plan["jobs"].as_array().unwrap();
    let fit = jobs.iter().map(|job| (&job["cumulative"], &job["fits"]));
    let total = |total: &str| json!(total);
    // The third has no known maximum: it is set aside, and jobs after it may still fit.
    let expected = [
        (total("0.25"), true),
        (total("0.80"), true),
        (json!(null), false),
        (total("1.40"), true),
        (total("2.00"), false),
    ];
    let expected = expected.map(|(total, fits)| (total, json!(fits)));
    assert!(fit.eq(expected.iter().map(|(total, fits)| (total, fits))), "{plan}");
    assert_eq!(
        plan["summary"]["no_maximum"],
        json!({ "jobs": 1, "first_line": 4, "others": "2.00" })
    );
    let sent = std::fs::read_to_string(&out).unwrap();
    let expected = r#"{"id":"a","request":{"model":"seedance2.0-mini","prompt":"x","duration":5}}
{"id":"b","request":{"model":"seedance2.0-mini-video","prompt":"x","duration":8,"reference_videos":["https://e.example/v.mp4"]},"media":{"reference_videos":[{"seconds":3.2}]}}
{"id":"d","request":{"model":"seedance2.0-md","prompt":"x","duration":10}}
"#;
    assert_eq!(sent, expected);
    // The jobs written to be sent cost what was planned.
    let again = planned(&["--budget", "1.40"], sent.as_bytes());
    assert_eq!((again.code, &again.json()["summary"]["budget"]["enough"]), (0, &json!("yes")));
    seedance(&["plan", "jobs.ndjson", "--prices", "prices.json", "--fit-out", "x"])
        .fails_with_part("--budget");
}

#[test]
fn what_changes_something_is_counted_apart() {
    let plan = shots(&[]);
    let summary = &plan["summary"];
    assert_eq!(summary["saving"], "0.55");
    // The cheaper model makes videos from images, which these jobs do not have.
    assert_eq!(summary["changing"], json!({ "saving": "0.50", "changes": { "images": 2 } }));
    assert_eq!(
        plan["jobs"][3]["changing"],
        json!({ "model": "seedance2.0-fast-i2v", "lowest": "0.35", "saving": "0.25", "changes": ["images"] })
    );
    // A cheaper model with another resolution changes the request.
    let large = br#"{"model":"seedance2.0-mini","prompt":"a","duration":15,"resolution":"1080p"}"#;
    let job = &planned(&[], large).json()["jobs"][0];
    assert_eq!(
        (&job["cheapest_model"], &job["cheapest"], job.get("saving")),
        (&json!("seedance2.0-mini"), &json!("1.35"), None)
    );
    assert_eq!(
        (&job["changing"]["lowest"], &job["changing"]["changes"]),
        (&json!("0.35"), &json!(["images", "resolution"]))
    );
}

#[test]
fn jobs_are_grouped_by_a_column() {
    let groups = &shots(&["--by", "episode"])["summary"]["groups"];
    let group = |jobs: usize, best: &str, worst: Option<&str>| {
        let mut group = json!({ "jobs": jobs, "ready": jobs, "unpriced": 0, "refused": 0, "errors": 0, "best": best });
        if let Some(worst) = worst {
            group["worst"] = json!(worst);
        }
        group
    };
    assert_eq!(
        *groups,
        json!({ "": group(1, "0.60", Some("0.60")), "E1": group(2, "0.80", Some("0.80")), "E2": group(2, "1.00", None) })
    );
    let words = ["plan", "--prices", "prices.json", "--by", "epsiode"];
    fed(&words, SHOTS.as_bytes())
        .fails_with("there is no column `epsiode`; further columns: `episode`");
    fed(&words, b"{}").fails_with("there is no column `epsiode`; further columns: none");
}

#[test]
fn a_change_is_told_against_an_earlier_plan() {
    let folder = tempfile::tempdir().unwrap();
    let before = planned(&[], SHOTS.as_bytes()).out;
    let before = write(&folder, "plan.json", &before);
    let now = SHOTS.replace("a;seedance2.0-mini;x;5", "a;seedance2.0-mini;x;7");
    let now = now.replace("\ne;", "\nf;");
    let plan = planned(&["--diff", &before], now.as_bytes()).json();
    assert_eq!(
        plan["diff"],
        json!({
            "currency": ["USD", "USD"], "best": ["2.40", "2.50"], "worst": [null, null], "added": 1, "removed": 1,
            "changed": [{
                "id": "a",
                "before": { "status": "ready", "lowest": "0.25", "highest": "0.25" },
                "now": { "status": "ready", "lowest": "0.35", "highest": "0.35" }
            }]
        })
    );
    let words = ["plan", "--prices", "prices.json", "--diff", &before, "--summary"];
    let shown = fed(&words, now.as_bytes()).out;
    let end = "
against the earlier plan: 1 added, 1 removed, 1 changed
  before: best case 2.40 USD, worst case unknown
  now: best case 2.50 USD, worst case unknown
  `a`: 0.25 → 0.35
";
    assert!(shown.ends_with(end), "{shown}");
    let words = ["plan", "--prices", "prices.json", "--diff", "prices.json"];
    fed(&words, b"{}").fails_with_part("not a plan that `seedance plan --out FILE.json` wrote");
}

/// Costs in two currencies cannot be compared, and a job without an id is named by its line.
#[test]
fn a_difference_names_what_it_compares() {
    let folder = tempfile::tempdir().unwrap();
    let job = |seconds: u8| {
        format!("{{\"model\":\"seedance2.0-mini\",\"prompt\":\"a\",\"duration\":{seconds}}}\n")
    };
    let before = write(&folder, "plan.json", &planned(&[], job(5).as_bytes()).out);
    let words = ["plan", "--summary", "--diff", &before, "--prices"];
    let shown = fed(&[&words[..], &["prices.json"]].concat(), job(6).as_bytes()).out;
    assert!(shown.ends_with("\n  line 1: 0.25 → 0.30\n"), "{shown}");
    let book = std::fs::read_to_string(crate::support::examples().join("prices.json")).unwrap();
    let euros = write(&folder, "euros.json", &book.replace("USD", "EUR"));
    let shown = fed(&[&words[..], &[&euros]].concat(), job(6).as_bytes()).out;
    let end = "
against the earlier plan: 0 added, 0 removed, 0 changed; the currencies differ, USD and EUR: the costs cannot be compared
  before: best case 0.25 USD, worst case 0.25 USD
  now: best case 0.30 EUR, worst case 0.30 EUR
";
    assert!(shown.ends_with(end), "{shown}");
    let shown = fed(&[&words[..], &[&euros]].concat(), job(99).as_bytes()).out;
    assert!(
        shown.contains(" removed, 1 changed; ")
            && shown.ends_with("\n  line 1: 0.25 → not accepted\n"),
        "{shown}"
    );
}

/// The files are written though nobody reads standard output.
#[test]
fn a_closed_pipe_does_not_lose_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let job = "{\"model\":\"seedance2.0-mini\",\"prompt\":\"a\",\"duration\":5}\n";
    let jobs = write(&folder, "many.ndjson", &job.repeat(20_000));
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (out, fit) = (path("plan.csv"), path("fit.ndjson"));
    let words = ["plan", &jobs, "--prices", "prices.json", "--budget", "9999"];
    let mut child =
        crate::support::command(&[&words[..], &["--out", &out, "--fit-out", &fit]].concat())
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr), (Some(2), Vec::new()));
    let lines = |path: &str| std::fs::read_to_string(path).unwrap().lines().count();
    assert_eq!((lines(&out), lines(&fit)), (20_001, 20_000));
    let refused = seedance(&[&words[..], &["--fit-out", "-"]].concat());
    refused.fails_with("standard output has the plan; name a file for `--fit-out`");
}

#[test]
fn a_change_of_prices_is_told_too() {
    let folder = tempfile::tempdir().unwrap();
    let before = write(&folder, "plan.json", &planned(&[], SHOTS.as_bytes()).out);
    let book = std::fs::read_to_string(crate::support::examples().join("prices.json")).unwrap();
    let now = write(&folder, "now.json", &book.replace("\"0.60\"", "\"0.70\""));
    let words = ["plan", "--prices", &now, "--diff", &before, "--summary"];
    let shown = fed(&words, SHOTS.as_bytes()).out;
    let end = "
against the earlier plan: 0 added, 0 removed, 2 changed
  before: best case 2.40 USD, worst case unknown
  now: best case 2.60 USD, worst case unknown
  `d`: 0.60 → 0.70
  `e`: 0.60 → 0.70
";
    assert!(shown.ends_with(end), "{shown}");
}

#[test]
fn jobs_without_a_maximum_are_set_aside_and_named() {
    let unknown = SHOTS.replace("v.mp4;3.2", "v.mp4;");
    for (jobs, lang, told) in [
        (SHOTS, "en", "1 job has no known maximum, on line 4; the other 4 cost at most 2.00 USD\n"),
        (
            &unknown,
            "en",
            "2 jobs have no known maximum, first on line 3; the other 3 cost at most 1.45 USD\n",
        ),
        (&unknown, "zh", "2 个请求的最高金额未知，首个在第 3 行；其余 3 个最多 1.45 USD\n"),
    ] {
        let words = ["plan", "--prices", "prices.json", "--lang", lang];
        let run = fed(&words, jobs.as_bytes());
        assert!(run.out.contains(told), "{run:?}");
    }
}

/// Rows for people are written while jobs are still read, and are not kept in memory.
#[test]
fn rows_are_shown_while_jobs_still_come() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;

    let mut child = command(&["plan", "--prices", "prices.json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let endless = std::thread::spawn(move || while input.write_all(b"no job\n").is_ok() {});
    let rows = BufReader::new(child.stdout.take().unwrap()).lines();
    let last = rows.map(Result::unwrap).nth(1000).unwrap();
    assert!(last.starts_with(" 1000 "), "{last}");
    child.kill().unwrap();
    child.wait().unwrap();
    endless.join().unwrap();
}

#[test]
fn only_what_is_asked_for_is_listed() {
    let jobs = "{\"model\":\"seedance2.0-md\",\"prompt\":\"a\",\"duration\":5}\n{\"model\":\"sd2_mx_4k\",\"prompt\":\"a\",\"duration\":5}\n{}\n";
    for (only, line) in [("ready", 1), ("unpriced", 2), ("refused", 3)] {
        let plan = planned(&["--only", only], jobs.as_bytes()).json();
        let lines = plan["jobs"].as_array().unwrap().iter();
        let lines: Vec<_> = lines.map(|job| &job["line"]).collect();
        assert_eq!((lines, &plan["summary"]["jobs"]), (vec![&json!(line)], &json!(3)));
    }
    let words = ["plan", "--prices", "prices.json", "--summary", "--quiet"];
    let run = fed(&words, jobs.as_bytes());
    assert!(run.out.starts_with("3 jobs: 1 ready, ") && run.err.is_empty(), "{run:?}");
}

#[test]
fn a_plan_of_some_jobs_is_no_earlier_plan() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("plan.json");
    let out = out.to_str().unwrap();
    // With `--summary` only the summary is shown, but the file has every job.
    planned(&["--summary", "--out", out], SHOTS.as_bytes());
    let diff = &shots(&["--diff", out])["diff"];
    assert_eq!(
        (&diff["added"], &diff["removed"], &diff["changed"]),
        (&json!(0), &json!(0), &json!([]))
    );
    let some = planned(&["--only", "refused"], SHOTS.as_bytes()).out;
    let some = write(&folder, "some.json", &some);
    planned(&["--diff", &some], b"{}").fails_with(&format!(
        "`{some}`: it lists only some of its jobs; write it without `--only` and `--summary`"
    ));
}

#[test]
fn a_list_is_no_earlier_plan() {
    let folder = tempfile::tempdir().unwrap();
    let old = write(&folder, "old.json", "[]");
    planned(&["--diff", &old], b"")
        .fails_with(&format!("`{old}`: not a plan that `seedance plan --out FILE.json` wrote"));
}

#[test]
fn nothing_is_not_enough() {
    let plan = planned(&["--budget", "5"], b"\n");
    assert_eq!(
        (plan.code, &plan.json()["summary"]["budget"]["enough"]),
        (1, &json!("nothing-to-judge"))
    );
}

#[test]
fn an_id_that_is_given_twice_is_named_before_money_is_spent() {
    let jobs = SHOTS.replace("\nd;", "\na;");
    let plan = planned(&[], jobs.as_bytes()).json();
    assert_eq!(plan["summary"]["repeated_ids"], json!([{ "id": "a", "first_line": 2, "line": 5 }]));
    let shown = fed(&["plan", "--prices", "prices.json"], jobs.as_bytes()).out;
    assert!(shown.contains("\nthe id `a` is given twice, on line 2 and line 5\n"), "{shown}");
}

/// The table of many jobs is written in blocks, each with its header.
#[test]
fn a_long_table_is_written_in_blocks() {
    let job = "{\"model\":\"seedance2.0-fast-i2v\",\"prompt\":\"a\",\"duration\":5}\n";
    let run = fed(&["plan", "--prices", "prices.json"], job.repeat(2500).as_bytes());
    let rows: Vec<&str> = run.out.lines().take(2503).collect();
    let mut place = None;
    for row in &rows {
        if row.starts_with(" LINE") {
            place = row.find("MODEL");
        } else {
            assert_eq!(row.find("seedance2.0-fast-i2v"), place, "{row}");
        }
    }
    assert!(rows[2502].starts_with(" 2500 "), "{}", rows[2502]);
}

#[test]
fn what_is_billed_by_usage_is_set_aside() {
    let jobs = "{\"model\":\"seedance2.0-md\",\"prompt\":\"x\",\"duration\":5}\n{\"model\":\"seedance2.0-gz\",\"prompt\":\"x\"}\n";
    let words = ["plan", "--edition", "2026-09", "--prices", "prices.json", "--budget", "9"];
    let run = fed(&words, jobs.as_bytes());
    assert!(
        run.out.contains("\n1 job billed by usage, first on line 2: the cost is known only afterwards and not included\n")
            && run.out.contains("budget 9 USD is enough")
            && !run.out.contains("cannot be sent yet"),
        "{run:?}"
    );
    // The final bill is unknown, so the answer is not yes.
    assert_eq!(run.code, 1);
    let plan = fed(&[&words[..], &["--format", "json"]].concat(), jobs.as_bytes()).json();
    assert_eq!(
        (&plan["jobs"][1]["status"], &plan["summary"]["by_usage"]),
        (&"by-usage".into(), &1.into())
    );
    let quote = fed(
        &["quote", "--edition", "2026-09", "--prices", "prices.json"],
        br#"{"model":"seedance2.0-gz","prompt":"x"}"#,
    );
    assert_eq!(
        (quote.code, quote.out.as_str()),
        (1, "no quote: `seedance2.0-gz` is billed by the tokens that the task uses\n")
    );
    let compared = fed(
        &["compare", "--edition", "2026-09", "--prices", "prices.json"],
        br#"{"model":"seedance2.0-gz","prompt":"x","duration":5}"#,
    );
    let row = compared.out.lines().find(|row| row.contains(" seedance2.0-gz ")).unwrap();
    assert!(row.contains("  by usage"), "{row}");
}
