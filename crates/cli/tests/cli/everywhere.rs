//! What holds for every command: colours, defaults, near misses, manual pages.

use crate::support::{Run, command, fed, seedance, write};

fn run(mut command: std::process::Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn colours_come_when_they_are_asked_for() {
    let has_colours = |words: &[&str]| seedance(words).out.contains("\u{1b}[");
    assert!(!has_colours(&["check", "broken.json"]));
    assert!(has_colours(&["check", "broken.json", "--color", "always"]));
    assert!(!has_colours(&["check", "broken.json", "--color", "never"]));
    seedance(&["check", "broken.json", "--color", "some"]).fails_with_part("possible values");
}

#[test]
fn prices_and_language_come_from_the_environment() {
    let mut quote = command(&["quote", "mini-image.json"]);
    quote.env("SEEDANCE_PRICES", "prices.json");
    let quote = run(quote);
    assert!(
        quote.code == 0 && quote.out.contains("= 0.30 USD"),
        "{quote:?}"
    );
    let mut check = command(&["check", "mini-image.json"]);
    check.env("SEEDANCE_LANG", "zh");
    assert!(run(check).out.starts_with("校验通过"));
    // What is given on the command line counts.
    let mut check = command(&["check", "mini-image.json", "--lang", "en"]);
    check.env("SEEDANCE_LANG", "zh");
    assert!(run(check).out.starts_with("accepted"));
    let mut check = command(&["check", "mini-image.json"]);
    check.env("SEEDANCE_LANG", "fr");
    run(check).fails_with_part("invalid value 'fr'");
    seedance(&["quote", "mini-image.json"]).fails_with_part("--prices <BOOK>");
}

#[cfg(target_os = "linux")]
#[test]
fn prices_and_language_come_from_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("seedance");
    std::fs::create_dir(&settings).unwrap();
    let book = std::fs::read(crate::support::examples().join("prices.json")).unwrap();
    std::fs::write(settings.join("book.json"), book).unwrap();
    let file = settings.join("settings.json");
    let quote = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let mut quote = command(&["quote", "mini-image.json"]);
        quote.env("XDG_CONFIG_HOME", folder.path());
        run(quote)
    };
    let found = quote(r#"{"prices": "book.json", "lang": "zh"}"#);
    assert!(
        found.code == 0 && found.out.contains("价格日期"),
        "{found:?}"
    );
    let path = file.to_str().unwrap();
    quote(r#"{"price": 1}"#).fails_with_part(&format!(
        "`{path}`: not settings with `prices`, `lang` and `edition`: "
    ));
}

#[test]
fn a_rule_that_is_misspelt_is_told() {
    seedance(&["explain", "image-with-frame"])
        .fails_with("there is no rule `image-with-frame`, did you mean `images-with-frames`?");
    seedance(&["explain", "x"])
        .fails_with("there is no rule `x`, `seedance explain` lists them all");
}

#[test]
fn shells_complete_rules() {
    for shell in ["bash", "zsh"] {
        let script = seedance(&["completions", shell]).out;
        assert!(script.contains("images-with-frames"), "{shell}");
    }
}

#[test]
fn every_command_has_its_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().to_str().unwrap();
    assert_eq!(seedance(&["man", pages]).code, 0);
    let plan = std::fs::read_to_string(folder.path().join("seedance-plan.1")).unwrap();
    assert!(plan.contains(".TH") && plan.contains("fit\\-out"), "{plan}");
}

/// A file for a spreadsheet has no cell that it would calculate.
#[test]
fn tables_go_to_files() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("models.md");
    let words = [
        "compare",
        "mini-image.json",
        "--prices",
        "prices.json",
        "--out",
    ];
    let run = seedance(&[&words[..], &[out.to_str().unwrap()]].concat());
    assert_eq!(run.code, 0);
    let table = std::fs::read_to_string(&out).unwrap();
    let lines: Vec<&str> = table.lines().take(3).collect();
    assert_eq!(
        lines,
        [
            "| model | route | accepted | lowest | highest | currency | why |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            "| seedance2.0-mini | mini | yes | 0.30 | 0.30 | USD |  |",
        ]
    );
    let written = |words: &[&str]| {
        let out = folder.path().join("table.csv");
        seedance(&[words, &["--out", out.to_str().unwrap()]].concat());
        std::fs::read_to_string(out).unwrap()
    };
    let routes = written(&["routes"]);
    assert!(
        routes.starts_with("route,models,") && routes.lines().count() == 9,
        "{routes}"
    );
    let rules = written(&["explain"]);
    assert!(rules.starts_with("rule,severity,fires_when\n"), "{rules}");
    let rule = written(&["explain", "images-with-frames"]);
    assert!(
        rule.lines().count() == 2 && rule.contains("\nimages-with-frames,error,"),
        "{rule}"
    );
    let book = write(
        &folder,
        "book.json",
        r#"{"currency":"USD","prices":{"seedance2.0-md":"0.5"}}"#,
    );
    let diff = written(&["prices", "diff", "prices.json", &book]);
    assert!(
        diff.contains("\nseedance2.0-md,0.60,0.5,cheaper\n"),
        "{diff}"
    );
    let out = folder.path().join("plan.csv");
    let jobs = "id;model;prompt;duration;note\n=1+1;seedance2.0-md;x;5;@x\n";
    let jobs = write(&folder, "jobs.csv", jobs);
    let words = ["plan", &jobs, "--prices", "prices.json", "--excel", "--out"];
    assert_eq!(
        seedance(&[&words[..], &[out.to_str().unwrap()]].concat()).code,
        0
    );
    let table = std::fs::read_to_string(&out).unwrap();
    let row = table.lines().nth(1).unwrap();
    let is_safe =
        table.starts_with('\u{feff}') && row.starts_with("2,'=1+1,") && row.ends_with(",'@x");
    assert!(is_safe, "{table}");
    fed(&["plan", "--prices", "prices.json", "--excel"], b"").fails_with_part("--out <FILE>");
}
