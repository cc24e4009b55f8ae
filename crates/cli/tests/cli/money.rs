//! Quotes beside charges, and the care of price books.

use serde_json::{Value, json};

use crate::support::{Run, fed, seedance};

fn write(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

const BOOK: &str = r#"{"currency":"USD","prices":{"seedance2.0-mini-720p":"0.05","seedance2.0-mini-1080p":"0.09",
    "seedance2.0-mini-720p-video":"0.05","seedance2.0-md":"0.60"}}"#;

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

#[test]
fn lint_finds_what_is_odd() {
    let folder = tempfile::tempdir().unwrap();
    let book = write(
        &folder,
        "book.json",
        r#"{"currency":"USD","as_of":"2001-01-01","prices":{"seedance2.0-mini-720p":"0.09","seedance2.0-mini-1080p":"0.05","seedance2.0-md":"0","seedance2.0-mini-720":"1"}}"#,
    );
    let run = seedance(&["prices", "lint", &book, "--format", "json"]);
    let lint = run.json();
    assert_eq!(run.code, 1);
    assert_eq!(
        lint["misspelt"][0]["suggestions"][0],
        "seedance2.0-mini-720p"
    );
    assert_eq!(
        lint["contradictory"],
        json!([{ "smaller": "seedance2.0-mini-720p", "larger": "seedance2.0-mini-1080p" }])
    );
    assert_eq!(lint["free"], json!(["seedance2.0-md"]));
    assert!(lint["stale_days"].as_u64().unwrap() > 9_000);
    assert!(
        lint["missing"]
            .as_array()
            .unwrap()
            .contains(&json!("seedance2.0-std"))
    );
    let run = seedance(&["prices", "lint", "prices.json", "--max-age", "1000000"]);
    assert!(
        run.code == 0 && run.out.ends_with("nothing is wrong\n"),
        "{}",
        run.out
    );
}

#[test]
fn diff_tells_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let old = write(
        &folder,
        "old.json",
        r#"{"currency":"USD","prices":{"a":"0.05","b":"1","c":"1","d":"0.5"}}"#,
    );
    let new = write(
        &folder,
        "new.json",
        r#"{"currency":"USD","prices":{"a":"0.06","b":"0.9","e":"1","d":"0.50"}}"#,
    );
    let run = seedance(&["prices", "diff", &old, &new, "--format", "json"]);
    let changes = run.json();
    let changes: Vec<(&str, &str)> = changes["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["name"].as_str().unwrap(), it["change"].as_str().unwrap()))
        .collect();
    assert_eq!(
        (run.code, changes),
        (
            1,
            vec![
                ("a", "dearer"),
                ("b", "cheaper"),
                ("c", "removed"),
                ("e", "added")
            ]
        )
    );
    let same = seedance(&["prices", "diff", "prices.json", "prices.json"]);
    assert_eq!((same.code, same.out.as_str()), (0, "no price changed\n"));
}

#[test]
fn a_template_has_every_name_and_is_no_price_book_yet() {
    let run = seedance(&["prices", "template", "--currency", "元"]);
    let template = run.json();
    assert_eq!(
        (
            run.code,
            &template["currency"],
            template["prices"].as_object().unwrap().len()
        ),
        (0, &json!("元"), 36)
    );
    let folder = tempfile::tempdir().unwrap();
    let unfilled = write(&folder, "template.json", &run.out);
    assert_eq!(
        seedance(&["quote", "mini-image.json", "--prices", &unfilled]).code,
        2
    );
    let filled = write(
        &folder,
        "filled.json",
        &run.out.replace("\"price\": \"\"", "\"price\": \"0.10\""),
    );
    let quote = seedance(&[
        "quote",
        "mini-image.json",
        "--prices",
        &filled,
        "--format",
        "json",
    ]);
    assert_eq!((quote.code, &quote.json()["amount"]), (0, &json!("0.60")));
}
