//! Files of jobs: lines, tables, and other files.

use serde_json::{Value, json};

use crate::support::{fed, seedance, write};

fn answers(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

const TABLE: &str = "\
ID,Model,prompt,duration,image_1,image_2,reference_videos,seconds_1,Episode
0012,seedance2.0-mini,\"rain, at night\",5,https://e.example/1.png,https://e.example/2.png,,,E1
b,seedance2.0-mini-video,x,8,,,https://e.example/a.mp4 | https://e.example/b.mp4,3.2,E1
";

/// The same table with another delimiter, and in another encoding.
fn written(delimiter: char, encode: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let rows = TABLE.replace("rain, at night", "rain~ at night");
    let rows = rows.replace(',', &delimiter.to_string());
    encode(&rows.replace('~', ","))
}

#[test]
fn a_table_is_read_as_jobs() {
    let plain = |text: &str| text.as_bytes().to_vec();
    let marked = |text: &str| format!("\u{feff}{text}").into_bytes();
    let utf16 = |text: &str| {
        let units = format!("\u{feff}{text}");
        let units = units.encode_utf16().flat_map(u16::to_le_bytes);
        units.collect()
    };
    let tables =
        [written(',', plain), written(';', plain), written('\t', marked), written(',', utf16)];
    for table in tables {
        let run = fed(&["quote", "--ndjson", "--quiet", "--prices", "prices.json"], &table);
        let quotes = answers(&run.out);
        assert_eq!(
            (&quotes[0]["line"], &quotes[0]["id"], &quotes[0]["quote"]["amount"]),
            (&json!(2), &json!("0012"), &json!("0.25")),
            "{run:?}"
        );
        assert_eq!(
            (&quotes[1]["line"], &quotes[1]["id"], &quotes[1]["quote"]["amount"]),
            (&json!(3), &json!("b"), &json!("0.55"))
        );
        let reports = answers(&fed(&["check", "--ndjson", "--quiet"], &table).out);
        let request = &reports[0]["report"]["request"];
        assert_eq!(request["prompt"], "rain, at night");
        let images = json!(["https://e.example/1.png", "https://e.example/2.png"]);
        assert_eq!(request["images"], images);
        let videos = json!(["https://e.example/a.mp4", "https://e.example/b.mp4"]);
        assert_eq!(reports[1]["report"]["request"]["reference_videos"], videos);
    }
}

/// A table that has only columns of the request, in every command that reads jobs.
#[test]
fn a_table_without_further_columns_is_read() {
    let table = b"id,model,prompt,duration\n7,seedance2.0-md,a,5\n";
    let prices = ["--prices", "prices.json"];
    let quoted = fed(&[&["quote", "--ndjson"], &prices[..]].concat(), table);
    assert!(
        quoted.code == 0
            && quoted.out.starts_with("{\"line\":2,\"id\":\"7\",\"quote\":{\"kind\":\"exact\""),
        "{quoted:?}"
    );
    let fixed = fed(&["check", "--ndjson", "--fix"], table);
    assert!(fixed.code == 0 && !fixed.out.contains("carried"), "{fixed:?}");
    let plan = fed(&[&["plan", "--summary"], &prices[..]].concat(), table);
    assert!(plan.out.contains("1 job: 1 ready"), "{plan:?}");
}

#[test]
fn columns_of_a_newer_edition_are_fields() {
    let table = b"model,prompt,duration,aspect_ratio,generate_audio,episode\nseedance2.0-mini,a,5,9:16,TRUE,E1\n";
    let run = fed(&["check", "--ndjson", "--edition", "2026-09"], table);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    let request = &answer["report"]["request"];
    assert_eq!(
        (&request["aspect_ratio"], &request["generate_audio"], &answer["carried"]),
        (&json!("9:16"), &json!(true), &json!({ "episode": "E1" })),
        "{run:?}"
    );
    // In the default edition the fields are unknown.
    let rules =
        answers(&fed(&["check", "--ndjson"], table).out)[0]["report"]["findings"].to_string();
    assert!(rules.contains("/aspect_ratio") && rules.contains("/generate_audio"), "{rules}");
}

#[test]
fn further_columns_are_carried_along() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("plan.csv");
    let words = ["plan", "--prices", "prices.json", "--format", "json", "--out"];
    let run = fed(&[&words[..], &[out.to_str().unwrap()]].concat(), TABLE.as_bytes());
    assert_eq!(run.json()["jobs"][0]["carried"], json!({ "Episode": "E1" }));
    let csv = std::fs::read_to_string(out).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].ends_with(",why,Episode") && lines[1].ends_with(",,E1"), "{csv}");
}

/// The names of columns come from the user, as cells do.
#[test]
fn a_header_is_as_harmless_as_cells() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let table = b"model,prompt,duration,=1+1,\"a|b\nc\"\nseedance2.0-mini,a,5,,\n";
    let plan = |name: &str, more: &[&str]| {
        let out = out(name);
        let words = ["plan", "--prices", "prices.json", "--summary", "--out", &out];
        fed(&[&words[..], more].concat(), table);
        std::fs::read_to_string(out).unwrap()
    };
    let csv = plan("plan.csv", &["--excel"]);
    assert!(csv.contains(",why,'=1+1,\"a|b\nc\"\n"), "{csv}");
    let markdown = plan("plan.md", &[]);
    assert!(markdown.lines().next().unwrap().ends_with("| why | =1+1 | a\\|b c |"), "{markdown}");
}

#[test]
fn a_table_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let fails = |text: &str, message: &str| {
        let table = write(&folder, "jobs.csv", text);
        let run = seedance(&["check", "--ndjson", "--quiet", &table]);
        let told = format!("seedance: `{table}`, line {message}\n");
        assert_eq!((run.code, run.err), (2, told));
    };
    fails(
        "prompt;duration\nx;5\n",
        "1: the header has no column `model`; it has `prompt`, `duration`",
    );
    fails(
        "model,prompt,model\nx,5,x\n",
        "1: the columns `model` and `model` mean the same; keep one",
    );
    fails(
        "image_1,model,image_01\nx,y,z\n",
        "1: the columns `image_1` and `image_01` mean the same; keep one",
    );
    fails(
        "model,prompt\nseedance2.0-md,a,b\n",
        "2: fields on this line: 3, in the header: 2; put a cell that holds the separator in quotation marks",
    );
    let table = folder.path().join("bytes.csv");
    std::fs::write(&table, b"model,prompt\nseedance2.0-md,\xff\n").unwrap();
    let table = table.to_str().unwrap();
    seedance(&["check", "--ndjson", "--quiet", table])
        .fails_with(&format!("`{table}`, line 2: not UTF-8; save the file as UTF-8"));
}

/// A quotation mark that is not closed would make the rest of the file one cell.
#[test]
fn a_quotation_mark_that_is_not_closed_is_named() {
    let header = "id,model,prompt,duration\n";
    let job = |id: u8| format!("{id},seedance2.0-md,fox,5\n");
    let open = format!("{header}{}2,seedance2.0-md,\"fox,5\n{}", job(1), job(3));
    let run = fed(&["check", "--ndjson", "--quiet"], open.as_bytes());
    let told = "a quotation mark opens on this line and is not closed; add the closing mark; inside a quoted cell write it twice";
    assert_eq!((run.code, run.err), (2, format!("seedance: `standard input`, line 3: {told}\n")));
    assert_eq!(answers(&run.out).len(), 1);
    let zh = fed(&["check", "--ndjson", "--quiet", "--lang", "zh"], open.as_bytes());
    assert!(
        zh.err.contains("第 3 行：此行开始的引号没有闭合，请补上；带引号的单元格内，引号要写两遍"),
        "{zh:?}"
    );

    let behind = format!("{header}{}2,seedance2.0-md,\"a\" fox,5\n{}", job(1), job(3));
    let run = fed(&["check", "--ndjson", "--quiet"], behind.as_bytes());
    let told =
        "there is text behind a closing quotation mark; inside a quoted cell write the mark twice";
    assert_eq!((run.code, run.err), (2, format!("seedance: `standard input`, line 3: {told}\n")));
    assert_eq!(answers(&run.out).len(), 1);

    let closed = format!("{header}1,seedance2.0-md,\"a\n\"\"fox\"\", b\" ,5\n{}", job(2));
    let run = fed(&["check", "--ndjson", "--quiet"], closed.as_bytes());
    assert_eq!((run.code, answers(&run.out).len()), (0, 2), "{run:?}");
    assert!(run.out.contains("a\\n\\\"fox\\\", b"), "{run:?}");
}

/// Lists follow the numbers of their columns, and lengths their videos.
#[test]
fn numbered_columns_follow_their_numbers() {
    let job = |header: &str, row: &str| {
        let table = format!("model,prompt,duration,{header}\nseedance2.0-mini-video,fox,8,{row}\n");
        let quote = ["quote", "--ndjson", "--quiet", "--prices", "prices.json"];
        answers(&fed(&quote, table.as_bytes()).out)[0].clone()
    };
    let seconds = |answer: &Value| answer["quote"]["parts"][1]["seconds"].clone();
    let (one, two) = ("https://e.example/1.mp4", "https://e.example/2.mp4");
    let turned =
        job("reference_video_2,reference_video_1,seconds_1,seconds_2", &format!("{two},{one},3,7"));
    assert_eq!(seconds(&turned), 3, "{turned}");
    let moved =
        job("reference_video_1,reference_video_2,seconds_1,seconds_2", &format!(",{two},,7"));
    assert_eq!(seconds(&moved), 7, "{moved}");
    let listed = job("reference_videos,seconds_2,seconds_1", &format!("{one}|{two},7,3"));
    assert_eq!(seconds(&listed), 3, "{listed}");
    // A length without a video is not dropped.
    let alone = job("reference_video_1,reference_video_2,seconds_1", &format!(",{two},3"));
    assert!(alone["error"].is_string(), "{alone}");
}

/// A spreadsheet may have further columns of one name, or without any: none is lost.
#[test]
fn further_columns_of_one_name_are_all_carried() {
    let table = "model,prompt,duration,note,note,,,note (2)\nseedance2.0-md,a,5,1,2,3,4,5\n";
    let run = fed(&["check", "--ndjson", "--quiet"], table.as_bytes());
    assert_eq!(
        answers(&run.out)[0]["carried"],
        json!({ "note": "1", "note (5)": "2", "": "3", "(7)": "4", "note (2)": "5" })
    );
}

/// A link in a column that nothing reads would be lost without a word.
#[test]
fn columns_that_were_perhaps_meant_as_fields_are_named() {
    let table = b"model,prompt,duration,res,video_1,note\nseedance2.0-mini,a,5,480p,,x\n";
    let named = "columns that are not fields of the request: `res` (did you mean `resolution`?), `video_1` (did you mean `reference_videos`?)";
    let plan = ["plan", "--prices", "prices.json"];
    let told = format!("seedance: warning: {named}\n");
    assert_eq!(fed(&plan, table).err, told);
    let run = fed(&["check", "--ndjson", "--format", "json"], table);
    let first: Value = serde_json::from_str(run.err.lines().next().unwrap()).unwrap();
    assert_eq!(first, json!({ "warning": named }));
    assert_eq!(fed(&[&plan[..], &["--quiet"]].concat(), table).err, told);
    let folder = tempfile::tempdir().unwrap();
    let book = write(&folder, "book.json", r#"{"currency":"USD","prices":{"qqqqqqqqqqqq":"1"}}"#);
    let said = fed(&["quote", "--ndjson", "--format", "json", "--prices", &book], b"{}\n").err;
    for line in said.lines() {
        assert!(serde_json::from_str::<Value>(line).is_ok_and(|line| line.is_object()), "{said}");
    }
    assert!(said.starts_with("{\"warning\":"), "{said}");
    // The newer edition has a field `videos`.
    let newer = fed(&[&plan[..], &["--edition", "2026-09"]].concat(), table).err;
    assert!(newer.contains("`res`") && !newer.contains("video_1"), "{newer}");
}

/// Every job before the row is answered, whatever other threads do at the time.
#[test]
fn jobs_before_a_row_that_cannot_be_read_are_answered() {
    let good = "seedance2.0-md,a,5\n";
    let table = format!("model,prompt,duration\n{good}{good}seedance2.0-md,a,5,b\n{good}");
    let told = "seedance: `standard input`, line 4: fields on this line: 4, in the header: 3; put a cell that holds the separator in quotation marks\n";
    let lines = |answers: &[Value]| -> Vec<Value> {
        answers.iter().map(|answer| answer["line"].clone()).collect()
    };
    for _ in 0..10 {
        let check = fed(&["check", "--ndjson", "--quiet"], table.as_bytes());
        assert_eq!((check.code, check.err.as_str()), (2, told));
        assert_eq!(lines(&answers(&check.out)), [2, 3]);
        let words = ["plan", "--prices", "prices.json", "--format", "json", "--quiet"];
        let plan = fed(&words, table.as_bytes());
        assert_eq!((plan.code, plan.err.as_str()), (2, told));
        // The plan breaks off inside its array of jobs.
        let plan: Value = serde_json::from_str(&format!("{}]}}", plan.out)).unwrap();
        assert_eq!(lines(plan["jobs"].as_array().unwrap()), [2, 3]);
    }
}

#[test]
fn what_is_no_file_of_jobs_says_what_it_is() {
    let array = "is one JSON array, but jobs are read one per line; `jq -c '.[]'` writes them so";
    let object = "is one JSON object over several lines, but jobs are read one per line; `jq -c .` writes it so, and a single request is checked without `--ndjson`";
    let utf16 = "is UTF-16; save it as UTF-8";
    let wide: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let request = std::fs::read(crate::support::examples().join("mini-image.json")).unwrap();
    for (text, told) in [
        (&b"[{\"model\":\"a\"},\n {\"model\":\"b\"}]\n"[..], array),
        (b"[{\"model\":\"a\"},{\"model\":\"b\"}]\n", array),
        (&request, object),
        (&wide, utf16),
    ] {
        for words in [
            &["check", "--ndjson"][..],
            &["quote", "--ndjson", "--prices", "prices.json"],
            &["plan", "--prices", "prices.json"],
        ] {
            fed(words, text).fails_with(&format!("`standard input` {told}"));
        }
    }
    fed(&["check", "--ndjson", "--lang", "zh"], b"[\n]").fails_with(
        "`标准输入` 是一个 JSON 数组，而这里每行读取一个请求；可用 `jq -c '.[]'` 改为每行一个",
    );
}

/// For text in another encoding and for compressed files, one message says what to do.
#[test]
fn bytes_that_are_no_utf8_are_told_with_advice() {
    // `雨夜` in GBK, `café` in Latin-1, and the beginning of a gzip file.
    for text in [
        &b"{\"prompt\": \"\xd3\xea\xd2\xb9\"}"[..],
        b"{\"prompt\": \"caf\xe9\"}",
        b"\x1f\x8b\x08\0",
    ] {
        let run = fed(&["check"], text);
        assert!(run.out.contains("the text is not UTF-8; save it as UTF-8\n"), "{run:?}");
        let zh = fed(&["check", "--lang", "zh"], text);
        assert!(zh.out.contains("文本不是 UTF-8 编码，请另存为 UTF-8\n"), "{zh:?}");
    }
}

#[test]
fn a_request_keeps_the_id_among_its_fields() {
    let line =
        br#"{"id": 9007199254740993, "model": "seedance2.0-md", "prompt": "a", "duration": 5}"#;
    let run = fed(&["check", "--ndjson", "--quiet"], line);
    assert!(run.code == 0 && run.out.starts_with(r#"{"line":1,"id":9007199254740993,"#), "{run:?}");
    let words = ["plan", "--prices", "prices.json", "--format", "json"];
    let plan = fed(&words, line);
    assert!(plan.code == 0 && plan.out.contains("\"id\":9007199254740993,"), "{plan:?}");
}

#[test]
fn a_check_of_one_request_tells_what_else_a_file_is() {
    let several = "a file of many jobs is read with `--ndjson`";
    let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}{}".encode_utf16().flat_map(order).collect()
    };
    let jobs = std::fs::read(crate::support::examples().join("jobs.ndjson")).unwrap();
    let texts: [(&[u8], &str); 7] = [
        (&jobs, several),
        (TABLE.as_bytes(), several),
        (
            b"[{\"model\": \"a\"}]",
            "requests in an array are written one per line by `jq -c '.[]'` and then read with `--ndjson`",
        ),
        (&utf16(u16::to_le_bytes), "the text is UTF-16; save it as UTF-8"),
        (&utf16(u16::to_be_bytes), "the text is UTF-16; save it as UTF-8"),
        (b"{\0\"\0", "the text is UTF-16; save it as UTF-8"),
        (
            "\u{feff}{}".as_bytes(),
            "the text begins with a byte-order mark; save it as UTF-8 without one",
        ),
    ];
    for (text, told) in texts {
        for words in [&["check"][..], &["quote", "--prices", "prices.json"]] {
            let run = fed(words, text);
            assert!(run.code == 1 && run.out.contains(told), "{told}: {run:?}");
        }
    }
    let plain = fed(&["check"], b"{\"model\": }").out;
    assert!(!plain.contains("= help"), "{plain}");
    let zh = fed(&["check", "--lang", "zh"], &jobs).out;
    assert!(zh.contains("  = 提示：包含多个请求的文件请用 `--ndjson` 读取\n"), "{zh}");
}

#[test]
fn quotes_name_an_id_that_is_given_twice() {
    let job = |id: &str| {
        format!(
            "{{\"id\":{id},\"request\":{{\"model\":\"seedance2.0-md\",\"prompt\":\"a\",\"duration\":5}}}}\n"
        )
    };
    let jobs = job("\"a\"") + &job("1") + &job("\"a\"") + &job("2");
    let words = ["quote", "--ndjson", "--quiet", "--prices", "prices.json"];
    let run = fed(&words, jobs.as_bytes());
    let told = "seedance: warning: the id `a` is given twice, on line 1 and line 3\n";
    assert_eq!((run.code, run.err.as_str()), (0, told));
    assert_eq!(fed(&words, (job("1") + &job("\"b\"")).as_bytes()).err, "");
}

#[test]
fn the_help_and_the_readme_tell_how_jobs_are_written() {
    let readme = std::fs::read_to_string(crate::support::examples().join("../README.md")).unwrap();
    assert!(readme.contains("`image_1`, `image_2` …, `id` (or `编号`), and `seconds_1` …"));
    for command in ["check", "quote", "plan"] {
        let help = seedance(&[command, "--help"]).out;
        assert!(
            help.contains("one JSON object per line") && help.contains("`seconds_1`"),
            "{help}"
        );
    }
}
