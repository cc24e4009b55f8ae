//! What holds for every command: colours, defaults, near misses, manual pages.

use serde_json::json;

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
    assert!(quote.code == 0 && quote.out.contains("= 0.30 USD"), "{quote:?}");
    let mut check = command(&["check", "mini-image.json"]);
    check.env("SEEDANCE_LANG", "zh");
    assert!(run(check).out.starts_with("校验通过"));
    // An option on the command line wins over the environment.
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
    assert!(found.code == 0 && found.out.contains("价格日期"), "{found:?}");
    let path = file.to_str().unwrap();
    let mut zh = command(&["routes", "--lang", "zh"]);
    std::fs::write(&file, "5").unwrap();
    zh.env("XDG_CONFIG_HOME", folder.path());
    run(zh).fails_with_part("不是含 `prices`、`lang` 和 `edition` 的设置");
    quote(r#"{"prices": "book.json", "edition": "2025"}"#).fails_with_part(
        "invalid value '2025' for '--edition <EDITION>' [possible values: 2026-07, 2026-09, latest]",
    );
    quote(r#"{"price": 1}"#)
        .fails_with_part(&format!("`{path}`: not settings with `prices`, `lang` and `edition`"));
    quote("{\"lang\": \"zh\",}").fails_with(&format!(
        "`{path}`: not settings with `prices`, `lang` and `edition`: invalid JSON at column 15: trailing comma"
    ));
}

#[test]
fn a_rule_that_is_misspelt_is_told() {
    seedance(&["explain", "image-with-frame"])
        .fails_with("there is no rule `image-with-frame`; did you mean `images-with-frames`?");
    seedance(&["explain", "x"])
        .fails_with("there is no rule `x`; `seedance explain` lists them all");
}

#[test]
fn a_rule_of_another_edition_is_told() {
    seedance(&["explain", "wrong-endpoint"])
        .fails_with("edition 2026-07 has no rule `wrong-endpoint`, but edition 2026-09 does");
    seedance(&["explain", "videos-too-short", "--edition", "2026-09", "--lang", "zh"])
        .fails_with("规则版本 2026-09 没有 `videos-too-short`，2026-07 有");
}

#[test]
fn a_model_that_is_misspelt_is_told() {
    for name in ["seedance2.0-min", "sd2_mx720p", "Seedance2.0-MD"] {
        let meant = ["seedance2.0-mini", "sd2_mx_720p", "seedance2.0-md"];
        let run = seedance(&["routes", name]);
        assert!(
            meant.iter().any(|meant| run.err
                == format!(
                    "seedance: there is no model or route `{name}`; did you mean `{meant}`?\n"
                )),
            "{run:?}"
        );
    }
}

/// Every command can answer in JSON.
#[test]
fn every_command_answers_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let quotes = write(&folder, "quotes.ndjson", "");
    let charges = write(&folder, "charges.csv", "id,amount\n");
    let clip = "../tests/page/fixtures/h264-3.20.mp4";
    let book = ["--prices", "prices.json"];
    for (words, member) in [
        (&["check", "mini-image.json"][..], "/accepted"),
        (&["check", "--fix", "mini-image.json"], "/report"),
        (&[&["quote", "mini-image.json"], &book[..]].concat(), "/amount"),
        (&["compare", "mini-image.json"], "/0/model"),
        (&[&["plan", "jobs.ndjson"], &book[..]].concat(), "/summary"),
        (&["reconcile", &quotes, &charges], "/summary"),
        (&["media", clip], "/reference_videos/0/seconds"),
        (&["prices", "lint", "prices.json"], "/missing"),
        (&["prices", "diff", "prices.json", "prices.json"], "/changes"),
        (&["prices", "template"], "/prices"),
        (&["routes"], "/routes/0/route"),
        (&["routes", "--diff", "2026-07", "2026-09"], "/0/field"),
        (&["explain"], "/0/rule"),
        (&["explain", "unknown-field"], "/rule"),
    ] {
        let run = seedance(&[words, &["--format", "json"]].concat());
        assert!(run.json().pointer(member).is_some(), "{words:?}: {run:?}");
    }
}

/// Every table can be written to files of four kinds, with the same rows in each.
#[test]
fn every_table_goes_to_files_of_every_kind() {
    let folder = tempfile::tempdir().unwrap();
    let quotes = write(&folder, "quotes.ndjson", "");
    let charges = write(&folder, "charges.csv", "id,amount\nx,1\n");
    let other = write(&folder, "other.json", r#"{"currency":"USD","prices":{}}"#);
    let book = ["--prices", "prices.json"];
    for words in [
        &[&["compare", "mini-image.json"], &book[..]].concat()[..],
        &[&["plan", "jobs.ndjson"], &book[..]].concat(),
        &["reconcile", &quotes, &charges],
        &["prices", "diff", "prices.json", &other],
        &["routes"],
        &["routes", "--diff", "2026-07", "2026-09"],
        &["explain"],
    ] {
        let written = |ending: &str| {
            let out = folder.path().join(format!("table.{ending}"));
            let run = seedance(&[words, &["--out", out.to_str().unwrap()]].concat());
            assert_ne!(run.code, 2, "{words:?}: {run:?}");
            std::fs::read(out).unwrap()
        };
        let text = |ending| String::from_utf8(written(ending)).unwrap();
        let csv = text("csv");
        let rows = csv::Reader::from_reader(csv.as_bytes()).into_records().count();
        assert!(rows > 0, "{words:?}");
        // Two more lines: the header, and the line below it.
        assert_eq!(text("md").lines().count(), rows + 2, "{words:?}");
        let json: serde_json::Value = serde_json::from_str(&text("json")).unwrap();
        assert!(json.is_object() || json.is_array(), "{words:?}");
        #[cfg(feature = "parquet")]
        assert!(written("parquet").starts_with(b"PAR1"), "{words:?}");
    }
}

/// Off a terminal, each row of a table is one line, however wide it is.
#[test]
fn tables_are_not_wrapped_where_no_terminal_is() {
    let mut routes = command(&["routes"]);
    routes.env("COLUMNS", "40");
    let lines = run(routes).out;
    let widest = lines.lines().map(|line| line.chars().count()).max();
    assert!(widest > Some(150), "{lines}");
    let last = lines.lines().filter(|line| line.starts_with(" std "));
    assert_eq!(last.count(), 1, "{lines}");
}

#[test]
fn shells_complete_rules_and_models() {
    let complete = |words: &[&str]| {
        let mut complete = command(&[&["--", "seedance"], words].concat());
        complete.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", words.len().to_string());
        run(complete).out
    };
    assert_eq!(complete(&["explain", "images-with"]), "images-with-frames");
    let models = complete(&["routes", "seedance2.0-mini"]);
    assert!(models.contains("seedance2.0-mini-video"), "{models}");
    assert_eq!(complete(&["check", "--again"]), "--against");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = seedance(&["completions", shell]).out;
        assert!(script.contains("COMPLETE"), "{shell}: {script}");
    }
}

#[test]
fn an_edition_is_chosen_by_name() {
    let edition = |command: std::process::Command| run(command).json()["edition"].clone();
    let check = |words: &[&str]| {
        command(&[&["check", "mini-image.json", "--format", "json"], words].concat())
    };
    assert_eq!(edition(check(&[])), "2026-07");
    assert_eq!(edition(check(&["--edition", "latest"])), "2026-09");
    let mut from_environment = check(&[]);
    from_environment.env("SEEDANCE_EDITION", "2026-09");
    assert_eq!(edition(from_environment), "2026-09");
    let mut overruled = check(&["--edition", "2026-07"]);
    overruled.env("SEEDANCE_EDITION", "2026-09");
    assert_eq!(edition(overruled), "2026-07");
    let wrong = "invalid value '2025' for '--edition <EDITION>' [possible values: 2026-07, 2026-09, latest]; a similar value exists: '2026-09'";
    seedance(&["check", "--edition", "2025"]).fails_with(wrong);
    let mut wrong_default = check(&[]);
    wrong_default.env("SEEDANCE_EDITION", "2025");
    run(wrong_default).fails_with(wrong);
    // Neither a wrong default that is not needed nor an empty one stops a run.
    for (words, value) in [(&["--edition", "2026-07"][..], "2025"), (&[], "")] {
        let mut unneeded = check(words);
        unneeded.env("SEEDANCE_EDITION", value);
        assert_eq!(edition(unneeded), "2026-07");
    }
    // The command `help` accepts no options behind it.
    let mut help = command(&["help", "check"]);
    help.env("SEEDANCE_EDITION", "2026-09");
    assert_eq!(run(help).out, seedance(&["help", "check"]).out);
    seedance(&["check", "--edition", "2026-08", "--lang", "zh"])
        .fails_with_part("的值 `2026-08` 无效，可选 2026-07、2026-09、latest，是否想写 `2026-0");
    seedance(&["check", "a", "b", "--lang", "zh"]).fails_with_part("`b` 是多余的参数");
    // Every answer that depends on an edition names it.
    let latest = ["--edition", "latest", "--format", "json"];
    let of = |words: &[&str]| seedance(&[words, &latest].concat()).json();
    let prices = ["--prices", "prices.json"];
    assert_eq!(of(&[&["quote", "mini-image.json"], &prices[..]].concat())["edition"], "2026-09");
    assert_eq!(of(&["compare", "mini-image.json"])[0]["edition"], "2026-09");
    assert_eq!(of(&["routes"])["edition"], "2026-09");
    let lines = seedance(&["check", "--ndjson", "jobs.ndjson", "--edition", "latest"]).out;
    assert!(lines.lines().all(|line| line.contains(r#""edition":"2026-09""#)), "{lines}");
}

#[test]
fn one_request_under_both_editions() {
    let request = r#"{"model": "seedance2.0-md", "prompt": "x", "duration": 12}"#;
    let human = fed(&["check", "--against", "2026-09"], request.as_bytes());
    let last = human.out.lines().last().unwrap();
    assert_eq!(
        (human.code, last),
        (0, "accepted in 2026-07; not accepted in 2026-09: duration-not-offered")
    );
    let json = fed(&["check", "--against", "2026-09", "--format", "json"], request.as_bytes());
    // The members of the report are in their usual order.
    let start = "{\n  \"report\": {\n    \"edition\": \"2026-07\",\n    \"accepted\": true,\n";
    assert!(json.out.starts_with(start), "{}", json.out);
    let json = json.json();
    assert_eq!(json["report"]["accepted"], true);
    assert_eq!(
        (&json["against"]["accepted"], &json["against"]["edition"]),
        (&false.into(), &"2026-09".into())
    );
    // The edition of the call decides the exit code, not the one of `--against`.
    let turned =
        fed(&["check", "--edition", "2026-09", "--against", "2026-07"], request.as_bytes());
    assert_eq!(turned.code, 1);
}

#[test]
fn a_catalogue_becomes_a_price_book() {
    let answer = r#"{"code": 0, "data": {"list": [
        {"model_name": "seedance2.0-mini-720p", "price_mode": "per_second", "unit_price": 0.35},
        {"model_name": "painter", "unit_price": 1},
        {"model_name": "tts-1", "price_mode": "per_10k_char", "unit_price": 1}]}}"#;
    let run = fed(
        &["prices", "catalog", "--as-of", "2026-09-01", "--edition", "2026-09"],
        answer.as_bytes(),
    );
    let book = run.json();
    assert_eq!(
        (run.code, &book["currency"], &book["as_of"]),
        (0, &"JimiCoin".into(), &"2026-09-01".into())
    );
    assert_eq!(
        book["prices"],
        json!({
            "painter": { "price": "1", "per": "task" },
            "seedance2.0-mini-720p": { "price": "0.35", "per": "second" },
        })
    );
    assert_eq!(
        run.err,
        "`tts-1` is left out: no video is billed as `per_10k_char`\n\
         kept, though no route bills under these names: `painter`\n\
         the catalogue has the platform's default prices; your account's own prices win\n"
    );
    fed(&["prices", "catalog"], b"{}").fails_with_part("not a response of the model catalogue");
}

/// An example that is copied is a whole command, also where the help goes to a file.
#[test]
fn examples_in_the_help_are_on_one_line() {
    let help = |words: &[&str]| seedance(&[words, &["--help"]].concat()).out;
    let catalog = help(&["prices", "catalog"]);
    let examples = "Examples:
  curl -o catalog.json https://www.jimmyai.cn/api/openapi/model/catalog
  seedance prices catalog catalog.json --as-of 2026-09-01 > prices.json
";
    assert!(catalog.ends_with(examples), "{catalog}");
    for command in ["check", "quote", "compare", "plan", "reconcile", "media", "routes", "explain"]
    {
        let help = help(&[command]);
        let examples = help.lines().filter(|line| line.starts_with("  seedance "));
        assert!(
            examples.clone().count() > 0 && examples.clone().all(|it| it.len() <= 80),
            "{help}"
        );
    }
    assert!(help(&["prices", "lint"]).contains("[default: 30]"));
}

#[test]
fn rules_are_explained_in_chinese() {
    let rules = seedance(&["explain", "--edition", "2026-09", "--format", "json"]).json();
    for rule in rules.as_array().unwrap() {
        let name = rule["rule"].as_str().unwrap();
        let run = seedance(&["explain", name, "--edition", "2026-09", "--lang", "zh"]);
        for english in ["the ", "jimmyai.cn/en/", ": ", " ("] {
            assert!(!run.out.contains(english), "{english:?} in {}", run.out);
        }
    }
    for (lang, location) in [("en", "  location: the whole body\n"), ("zh", "  位置：整个请求体\n")]
    {
        let run = seedance(&["explain", "invalid-json", "--lang", lang]);
        assert!(run.out.contains(location), "{}", run.out);
    }
}

/// A parser's own words are English.
#[test]
fn what_a_file_is_not_is_said_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let [list, cut] = [("list.json", "[1]"), ("cut.json", "{\"a\": [\n")]
        .map(|(name, text)| write(&folder, name, text));
    for (words, said) in [
        (
            &["reconcile", &list][..],
            "第 1 行：是 JSON 数组，但不是表单导出的历史；扣费记录应每行一个，可用 `jq -c '.[]'` 改写",
        ),
        (
            &["reconcile", &cut],
            "第 1 行：不是 `seedance quote --ndjson` 的输出，应有 `line` 以及 `quote` 或 `error`：第 7 列不是有效的 JSON：数组没有结束",
        ),
        (
            &["prices", "catalog", &cut],
            "不是模型目录接口的响应，模型应在 `data.list` 中：第 2 行第 1 列不是有效的 JSON：数组没有结束",
        ),
        (
            &["plan", "--prices", "prices.json", "--diff", &cut],
            "不是 `seedance plan --out 文件.json` 写出的计划：第 2 行第 1 列不是有效的 JSON：数组没有结束",
        ),
    ] {
        let run = seedance(&[words, &["--lang", "zh"]].concat());
        assert!(run.code == 2 && run.err.trim_end().ends_with(said), "{run:?}");
    }
}

#[test]
fn chinese_is_spoken_throughout() {
    let has_english = |text: &str| {
        let words =
            ["Usage", "Options", "Print help", "possible values", "default:", "error", "invalid"];
        words.iter().any(|word| text.contains(word))
    };
    for command in [
        "check",
        "quote",
        "compare",
        "plan",
        "reconcile",
        "media",
        "prices",
        "routes",
        "explain",
        "serve",
        "man",
        "completions",
    ] {
        let help = seedance(&[command, "--help", "--lang", "zh"]);
        assert!(
            help.code == 0 && help.out.contains("用法：") && !has_english(&help.out),
            "{help:?}"
        );
    }
    for (words, said) in [
        (&["check", "--xyz"][..], "没有选项 `--xyz`，用法见 `seedance --help`"),
        (&["chek"], "没有命令 `chek`，是否想写 `check`？"),
        (&["quote"], "缺少 `--prices <BOOK>`，用法见 `seedance --help`"),
        (
            &["check", "--edition", "1"],
            "`--edition <EDITION>` 的值 `1` 无效，可选 2026-07、2026-09、latest",
        ),
        (
            &["check", "--ndjson", "--lenient"],
            "`--ndjson` 不能与 `--lenient` 同时使用，用法见 `seedance --help`",
        ),
        (
            &["explain", "image-with-frames"],
            "没有规则 `image-with-frames`，是否想写 `images-with-frames`？",
        ),
        (
            &["plan", "--budget=x"],
            "`--budget <AMOUNT>` 的值 `x` 无效：请填写 2 或 0.50 这样的金额，不带符号和币种",
        ),
        (
            &["prices", "lint", "b", "--max-age", "x"],
            "`--max-age <DAYS>` 的值 `x` 无效：请填写 30 这样的天数",
        ),
        (
            &["prices", "template", "--currency", " "],
            "`--currency <CURRENCY>` 的值 ` ` 无效：不能为空",
        ),
        (&["serve", "--port", "99999"], "`--port <N>` 的值 `99999` 无效：应在 0–65535 之内"),
        (
            &["serve", "--max-cost", "$1", "--prices", "b"],
            "`--max-cost <AMOUNT>` 的值 `$1` 无效：请填写 2 或 0.50 这样的金额，不带符号和币种",
        ),
        (
            &["serve", "--api-origin", "http://example.com"],
            "`--api-origin <URL>` 的值 `http://example.com` 无效：请使用 https，http 只能用于本机",
        ),
        (
            &["check", "--ndjson", "--media", "m"],
            "`--ndjson` 不能与 `--media <FILE>` 同时使用，用法见 `seedance --help`",
        ),
        (&["routes", "--out", "no/x.csv"], "`no/x.csv`：无法写入：文件夹不存在"),
        (&["routes", "x"], "没有模型或线路 `x`，`seedance routes` 会列出全部模型或线路"),
    ] {
        seedance(&[words, &["--lang", "zh"]].concat()).fails_with(said);
    }
    let mut from_environment = command(&["--help"]);
    from_environment.env("SEEDANCE_LANG", "zh");
    assert!(run(from_environment).out.contains("命令："));
}

#[test]
fn every_command_has_its_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().to_str().unwrap();
    assert_eq!(seedance(&["man", pages]).code, 0);
    let plan = std::fs::read_to_string(folder.path().join("seedance-plan.1")).unwrap();
    assert!(plan.contains(".TH") && plan.contains("fit\\-out"), "{plan}");
}

/// Tables go to files, and one for a spreadsheet has no cell that the spreadsheet would evaluate.
#[test]
fn tables_go_to_files() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("models.md");
    let words = ["compare", "mini-image.json", "--prices", "prices.json", "--out"];
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
    assert!(routes.starts_with("route,models,") && routes.lines().count() == 9, "{routes}");
    let rules = written(&["explain"]);
    assert!(rules.starts_with("rule,severity,fires_when\n"), "{rules}");
    let rule = written(&["explain", "images-with-frames"]);
    assert!(rule.lines().count() == 2 && rule.contains("\nimages-with-frames,error,"), "{rule}");
    let book =
        write(&folder, "book.json", r#"{"currency":"USD","prices":{"seedance2.0-md":"0.5"}}"#);
    let diff = written(&["prices", "diff", "prices.json", &book]);
    assert!(diff.contains("\nseedance2.0-md,0.60,0.5,cheaper\n"), "{diff}");
    let out = folder.path().join("plan.csv");
    let jobs = "id;model;prompt;duration;note\n=1+1;seedance2.0-md;x;5;@x\n";
    let jobs = write(&folder, "jobs.csv", jobs);
    let words = ["plan", &jobs, "--prices", "prices.json", "--excel", "--out"];
    assert_eq!(seedance(&[&words[..], &[out.to_str().unwrap()]].concat()).code, 0);
    let table = std::fs::read_to_string(&out).unwrap();
    let row = table.lines().nth(1).unwrap();
    let is_safe =
        table.starts_with('\u{feff}') && row.starts_with("2,'=1+1,") && row.ends_with(",'@x");
    assert!(is_safe, "{table}");
    fed(&["plan", "--prices", "prices.json", "--excel"], b"").fails_with_part("--out <FILE>");
}

#[test]
fn editions_differ_model_by_model() {
    let all = seedance(&["routes", "--diff", "2026-07", "2026-09", "--format", "json"]).json();
    let full = all.as_array().unwrap().iter();
    let full = full.filter(|it| it["model"] == "sd2_mx_720p" && it["field"] == "duration");
    let full: Vec<_> = full.map(|it| (&it["from"]["max"], &it["to"]["max"])).collect();
    assert_eq!(full, [(&12.into(), &15.into())]);
    let zh = seedance(&["routes", "--diff", "2026-07", "latest", "--lang", "zh"]);
    assert!(zh.out.contains("参考视频：文档说法不一"), "{}", zh.out);
    let human = seedance(&["routes", "--diff", "2026-07", "latest"]).out;
    let mut lines = human.lines();
    assert!(lines.next().is_some_and(|header| header.contains("2026-07")), "{human}");
    let of_model = lines.filter(|line| line.trim_start().starts_with("seedance2.0-933 "));
    assert!(of_model.map(|line| line.ends_with("933")).eq([true]), "{human}");
    seedance(&["routes", "md", "--diff", "2026-07", "2026-09"])
        .fails_with_part("cannot be used with");
    let none = seedance(&["routes", "--diff", "2026-07", "2026-07", "--format", "json"]);
    assert_eq!((none.code, none.out.as_str()), (0, "[]\n"));
    seedance(&["routes", "--diff", "2026-07"]).fails_with_part("2 values required");
}

#[test]
fn the_companion_says_in_chinese_why_it_does_not_start() {
    let why = |option, file| {
        let run = seedance(&["serve", "--lang", "zh", "--port", "0", option, file]);
        assert_eq!(run.code, 2, "{run:?}");
        run.err
    };
    assert_eq!(why("--key-file", "no-such.key"), "seedance: `no-such.key`：文件不存在\n");
    assert_eq!(
        why("--ca-file", "prices.json"),
        "seedance: prices.json 中没有有效的证书；--ca-file 须为含证书机构证书的 PEM 文件\n"
    );
    let plan =
        fed(&["plan", "--lang", "zh", "--prices", "prices.json"], br#"{"request": {}, "x": 1}"#);
    assert!(plan.out.contains("无法读取：未知字段 `x`"), "{plan:?}");
}
