//! Every file of `examples/` does what it is there for.

use crate::support::{command, examples, seedance};
use seedance_core::Edition;
use serde_json::json;

#[test]
fn the_seeds_requests_are_accepted_as_they_stand() {
    for file in ["mini-image.json", "mini-frame.json", "mini-video.json"] {
        let run = seedance(&["check", file, "--format", "json"]);
        let report = run.json();
        assert_eq!(
            (run.code, &report["accepted"], &report["findings"]),
            (0, &json!(true), &json!([])),
            "{file}"
        );
        let request: serde_json::Value =
            serde_json::from_slice(&std::fs::read(examples().join(file)).unwrap()).unwrap();
        assert_eq!(report["request"], request, "{file}");
    }
}

#[test]
fn the_seeds_worked_price() {
    let run = seedance(&[
        "quote",
        "mini-video.json",
        "--media",
        "mini-video.media.json",
        "--prices",
        "prices.json",
        "--format",
        "json",
    ]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(
        run.json(),
        json!({
            "kind": "exact", "edition": "2026-07", "model": "seedance2.0-mini-video", "route": "mini",
            "billing_model": "seedance2.0-mini-720p-video", "basis": "documented", "unit": "second", "unit_price": "0.05",
            "quantity": 11, "amount": "0.55", "currency": "USD", "as_of": "2026-07-01, made up",
            "parts": [{ "of": "/duration", "quantity": 8 }, { "of": "/reference_videos/0", "quantity": 3, "seconds": 3 }]
        })
    );
    let shown = seedance(&[
        "quote",
        "mini-video.json",
        "--media",
        "mini-video.media.json",
        "--prices",
        "prices.json",
    ]);
    assert!(shown.out.starts_with("0.05 × (8 + 3) = 0.55 USD\n"), "{}", shown.out);
}

#[test]
fn the_broken_request_says_what_is_wrong_and_where() {
    let run = seedance(&["check", "broken.json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let block = "\
error[resolution-not-offered]: resolution `720P` is not available on `seedance2.0-mini`; use one of `480p`, `720p` or `1080p`
 --> broken.json:5:17
  |
5 |   \"resolution\": \"720P\",
  |                 ^^^^^^
  |
  = source: seed:table
  = fix: set the resolution to `720p`
  = fix: remove the resolution
";
    assert!(run.out.contains(block), "{}", run.out);
    assert!(
        run.out.ends_with(
            "not accepted: seedance2.0-mini (route mini), 5 errors, 1 warning [rules 2026-07]\nabout the sources: `seedance explain RULE`\n"
        ),
        "{}",
        run.out
    );
    assert!(!run.out.contains('\u{1b}'), "no colour off a terminal");
    let zh = seedance(&["check", "broken.json", "--lang", "zh"]);
    assert!(zh.out.contains("错误[duration-out-of-range]："), "{}", zh.out);
    assert!(
        zh.out.ends_with(
            "校验未通过：seedance2.0-mini（mini 线路），5 个错误，1 个警告 [规则版本 2026-07]\n来源说明：`seedance explain 规则名`\n"
        ),
        "{}",
        zh.out
    );
}

#[test]
fn the_jobs_are_priced() {
    let run = seedance(&["quote", "--ndjson", "jobs.ndjson", "--prices", "prices.json"]);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.err,
        "4 jobs: 4 priced (3 exact, 0 ranges, 1 minimum only), 0 not priceable, 0 errors; total at least 1.70 USD\n"
    );
    let lines: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let labels: Vec<_> = lines
        .iter()
        .map(|line| {
            (line["line"].as_u64().unwrap(), line["id"].clone(), line["quote"]["amount"].clone())
        })
        .collect();
    assert_eq!(
        labels,
        [
            (1, json!(null), json!("0.30")),
            (2, json!("shot-2"), json!("0.55")),
            (3, json!("shot-3"), json!({ "min": "0.40" })),
            (4, json!(4), json!("0.45")),
        ]
    );
}

#[test]
fn comparison_puts_the_cheapest_first() {
    let run =
        seedance(&["compare", "mini-image.json", "--prices", "prices.json", "--format", "json"]);
    let rows = run.json();
    let rows = rows.as_array().unwrap();
    assert_eq!((run.code, rows.len()), (0, Edition::default().models().count()));
    assert_eq!(
        (&rows[0]["model"], &rows[0]["quote"]["amount"]),
        (&json!("seedance2.0-mini"), &json!("0.30"))
    );
    let table_order = seedance(&["compare", "mini-image.json", "--format", "json"]).json();
    assert_eq!(
        (&table_order[0]["model"], table_order[0].get("quote")),
        (&json!("sd2_mx_720p"), None)
    );
    assert_eq!(crate::support::fed(&["compare"], b"{}").code, 1);
}

/// The output that the README shows for a command is what the command prints, or a part of it.
#[test]
fn the_readme_is_true() {
    let root = examples().join("..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let printed = |arguments: &[&str]| {
        let run = command(arguments).current_dir(&root).output().unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    let blocks: Vec<&str> = readme
        .split("```console\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap())
        .collect();
    let mut compared = 0;
    for block in &blocks {
        let (first, shown) = block.split_once('\n').unwrap();
        let shown = shown.split("$ ").next().unwrap();
        let Some(arguments) = first.strip_prefix("$ cargo run --release -- ") else {
            continue;
        };
        if shown.is_empty() {
            continue;
        }
        let arguments: Vec<&str> = arguments.split(' ').collect();
        assert!(printed(&arguments).contains(shown), "{block}");
        compared += 1;
    }
    assert_eq!(compared, 2);
    // The Chinese output is shown with omissions, so it is compared line by line.
    let chinese = printed(&["check", "examples/broken.json", "--lang", "zh"]);
    let block = blocks.iter().find(|block| block.starts_with("错误")).unwrap();
    for line in block.lines().filter(|line| !line.contains('…')) {
        assert!(chinese.contains(line), "{line}");
    }
}
