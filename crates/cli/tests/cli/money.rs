//! Commands for price books.

use serde_json::json;

use crate::support::{fed, seedance, write};

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
    assert_eq!(lint["misspelt"][0]["suggestions"][0], "seedance2.0-mini-720p");
    assert_eq!(
        lint["contradictory"],
        json!([{ "smaller": "seedance2.0-mini-720p", "larger": "seedance2.0-mini-1080p" }])
    );
    assert_eq!(lint["free"], json!(["seedance2.0-md"]));
    // Several models of the newer edition are billed by the same names.
    let newer = seedance(&["prices", "lint", &book, "--format", "json", "--edition", "2026-09"]);
    assert_eq!(newer.json()["contradictory"], lint["contradictory"]);
    // A price with reference videos is not one of a smaller resolution than the next price without.
    let videos = |smaller: &str| {
        let prices =
            [("480p", smaller), ("video-480p", "1.8"), ("720p", "1.2"), ("video-720p", "2")];
        let prices = prices.map(|(name, price)| {
            format!(r#""seedance2.0-gz-{name}":{{"price":"{price}","per":"million-tokens"}}"#)
        });
        let book = format!(r#"{{"currency":"USD","prices":{{{}}}}}"#, prices.join(","));
        let book = write(&folder, "videos.json", &book);
        let words = ["prices", "lint", &book, "--format", "json", "--edition", "2026-09"];
        seedance(&words).json()["contradictory"].clone()
    };
    assert_eq!(videos("1"), json!([]));
    assert_eq!(
        videos("1.5"),
        json!([{ "smaller": "seedance2.0-gz-480p", "larger": "seedance2.0-gz-720p" }])
    );
    assert!(lint["stale_days"].as_u64().unwrap() > 9_000);
    assert!(lint["missing"].as_array().unwrap().contains(&json!("seedance2.0-std")));
    // On this route each resolution has its own model.
    let full = r#"{"currency":"USD","as_of":"9999-12-31","prices":{"sd2_mx_720p":"0.5","sd2_mx_1080p":"0.6","sd2_mx_2k":"0.55",
        "sd2_mx_fast_720p":"0.2","sd2_mx_fast_1080p":"0.1","sd2_mx_video_720p":"0.05","qqqqqqqqqqqq":"1"}}"#;
    let run = seedance(&["prices", "lint", &write(&folder, "full.json", full)]);
    let words = "\
unknown billing name `qqqqqqqqqqqq`
contradictory: `sd2_mx_1080p` costs more than the larger `sd2_mx_2k`
contradictory: `sd2_mx_fast_720p` costs more than the larger `sd2_mx_fast_1080p`
date in the future: ";
    assert!(run.code == 1 && run.out.starts_with(words), "{}", run.out);
    let ahead = r#"{"currency":"USD","as_of":"9999-12-31","prices":{}}"#;
    let run = seedance(&["prices", "lint", &write(&folder, "ahead.json", ahead)]);
    assert!(run.code == 1 && run.out.contains("date in the future: `as_of` is "), "{}", run.out);
    let withdrawn = r#"{"currency":"USD","prices":{"seedance2.0-pro":"1"}}"#;
    let withdrawn = write(&folder, "withdrawn.json", withdrawn);
    let run = seedance(&["prices", "lint", &withdrawn, "--edition", "2026-09"]);
    assert!(
        run.out.starts_with("unknown billing name `seedance2.0-pro`: the vendor withdrew it;"),
        "{}",
        run.out
    );
    let empty = r#"{"currency":"USD","prices":{}}"#;
    let empty = write(&folder, "empty.json", empty);
    for book in [&empty, "prices.json"] {
        let run = seedance(&["prices", "lint", book, "--max-age", "1000000"]);
        let words = "no problems in the prices given\n";
        assert!(run.code == 0 && run.out.ends_with(words), "{}", run.out);
    }
}

#[test]
fn a_template_is_linted_as_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let template = seedance(&["prices", "template"]).out;
    let as_of: serde_json::Value = serde_json::from_str(&template).unwrap();
    assert_eq!(as_of["as_of"].as_str().unwrap().len(), "2026-07-01".len());
    let book = write(&folder, "book.json", &template);
    let run = seedance(&["prices", "lint", &book]);
    assert!(
        run.code == 1 && run.out.starts_with("to fill in: sd2_mx_720p, sd2_mx_1080p, "),
        "{run:?}"
    );
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    let filled = template.replacen("\"price\": \"\"", "\"price\": \"0.10\"", 1);
    let book = write(&folder, "book.json", &filled);
    let lint = seedance(&["prices", "lint", &book, "--format", "json"]).json();
    assert_eq!((lint["to_fill_in"].as_array().unwrap().len(), &lint["missing"]), (35, &json!([])));
    let bad = filled.replacen("\"price\": \"\"", "\"price\": \"0,10\"", 1);
    let book = write(&folder, "book.json", &bad);
    seedance(&["prices", "lint", &book]).fails_with_part("`0,10` is not a price");
    let twice = filled.replacen("sd2_mx_1080p", "sd2_mx_720p", 1);
    let book = write(&folder, "book.json", &twice);
    seedance(&["prices", "lint", &book])
        .fails_with_part("`/prices/sd2_mx_720p`: appears more than once; keep one");
}

#[test]
fn lint_speaks_of_what_the_jobs_use() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = "model,prompt,duration\nseedance2.0-md,a,5\nsd2_mx_4k,a,5\nsd2_mx_4k,a,99\n";
    let jobs = write(&folder, "jobs.csv", jobs);
    let words = ["prices", "lint", "prices.json", "--max-age", "1000000", "--jobs", &jobs];
    let run = seedance(&words);
    let expected = "\
without a price: sd2_mx_4k
without a price, but not used by these jobs: 22 names
";
    assert_eq!((run.code, run.out.as_str()), (1, expected));
    let lint = seedance(&[&words[..], &["--format", "json"]].concat()).json();
    assert_eq!((&lint["missing"], &lint["unused"]), (&json!(["sd2_mx_4k"]), &json!(22)));
    // For a template, too, only names that the jobs use are listed as to be filled in.
    let template = write(&folder, "t.json", &seedance(&["prices", "template"]).out);
    let lint = ["prices", "lint", &template, "--jobs", &jobs, "--lang", "zh"];
    let expected =
        "待填写：sd2_mx_4k、seedance2.0-md\n另有 34 个计费模型名没有单价，这些请求用不到\n";
    assert_eq!(seedance(&lint).out, expected);
}

/// A price book may be dated tomorrow in UTC: east of Greenwich it may be tomorrow already.
#[test]
fn tomorrow_is_not_the_future_yet() {
    let folder = tempfile::tempdir().unwrap();
    let now = std::time::SystemTime::now();
    for (days, ahead) in [(0, None), (1, None), (2, Some(2))] {
        let day = time::UtcDateTime::from(now + std::time::Duration::from_secs(86_400 * days));
        let day = day.date();
        let book = format!(r#"{{"currency":"USD","as_of":"{day}","prices":{{}}}}"#);
        let book = write(&folder, "book.json", &book);
        let lint = seedance(&["prices", "lint", &book, "--format", "json"]);
        let found = lint.json()["future_days"].as_u64();
        assert_eq!((found, lint.code), (ahead, ahead.map_or(0, |_| 1)), "{day}");
    }
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
        (1, vec![("a", "dearer"), ("b", "cheaper"), ("c", "removed"), ("e", "added")])
    );
    // Prices in two currencies cannot be compared.
    let other = r#"{"currency":"CNY","prices":{"a":"0.01","b":"2","c":"1","e":"1"}}"#;
    let other = write(&folder, "other.json", other);
    let run = seedance(&["prices", "diff", &old, &other, "--format", "json"]);
    let changes = &run.json()["changes"];
    assert_eq!(
        (run.code, changes),
        (
            1,
            &json!([{ "name": "d", "old": "0.5", "change": "removed" }, { "name": "e", "new": "1", "change": "added" }])
        )
    );
    seedance(&["prices", "diff", "-", "-"])
        .fails_with("only one input can come from standard input; give a file for the others");
    let same = seedance(&["prices", "diff", "prices.json", "prices.json"]);
    assert_eq!((same.code, same.out.as_str()), (0, "no price changed\n"));
}

#[test]
fn a_warning_about_a_book_on_standard_input_names_it_as_errors_do() {
    let quoted = |book| fed(&["quote", "mini-image.json", "--prices", "-"], book).err;
    let misspelt = quoted(br#"{"currency":"USD","prices":{"seedance2.0-mini-72p":"0.1"}}"#);
    assert!(misspelt.starts_with("seedance: warning: `standard input`: "), "{misspelt}");
    assert!(quoted(b"x").starts_with("seedance: `standard input`: "));
}

#[test]
fn a_template_has_every_name_and_is_no_price_book_yet() {
    let run = seedance(&["prices", "template", "--currency", "元"]);
    let template = run.json();
    assert_eq!(
        (run.code, &template["currency"], template["prices"].as_object().unwrap().len()),
        (0, &json!("元"), 36)
    );
    // The names are in the order of the table.
    let first = "  \"prices\": {\n    \"sd2_mx_720p\": {\n      \"price\": \"\",\n      \"per\": \"second\"\n    },\n    \"sd2_mx_1080p\"";
    assert!(run.out.contains(first), "{}", run.out);
    seedance(&["prices", "template", "--currency", " "]).fails_with_part("it must not be blank");
    let folder = tempfile::tempdir().unwrap();
    let unfilled = write(&folder, "template.json", &run.out);
    assert_eq!(seedance(&["quote", "mini-image.json", "--prices", &unfilled]).code, 2);
    let filled =
        write(&folder, "filled.json", &run.out.replace("\"price\": \"\"", "\"price\": \"0.10\""));
    let quote = seedance(&["quote", "mini-image.json", "--prices", &filled, "--format", "json"]);
    assert_eq!((quote.code, &quote.json()["amount"]), (0, &json!("0.60")));
}
