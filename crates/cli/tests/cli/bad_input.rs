//! Every bad input gets one clear line or a report, and the right exit code; none makes the program panic.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::support::{command, fed, seedance};
use serde_json::json;

#[test]
fn files_that_cannot_be_read() {
    seedance(&["check", "nope.json"]).fails_with("`nope.json`: file not found");
    seedance(&["check", "mini-image.json/x"]).fails_with("`mini-image.json/x`: file not found");
    seedance(&["check", "."]).fails_with("`.`: this is a directory; name a file");
    seedance(&["check", "--ndjson", "."]).fails_with("`.`: this is a directory; name a file");
    seedance(&["check", "nope.json", "--lang", "zh"]).fails_with("`nope.json`：文件不存在");
    seedance(&["quote", "mini-image.json", "--prices", "nope.json"])
        .fails_with("`nope.json`: file not found");
    seedance(&["serve", "--prices", "nope.json", "--lang", "zh"])
        .fails_with("`nope.json`：文件不存在");
    seedance(&["check", "mini-image.json", "--media", "nope.json"])
        .fails_with("`nope.json`: file not found");
    // Control characters in a name are escaped.
    seedance(&["check", "a\u{1b}[2J\nb"]).fails_with("`a\\u{1b}[2J\\u{a}b`: file not found");
}

#[test]
fn standard_input_is_read_for_one_thing() {
    let once = "only one input can come from standard input; give a file for the others";
    for arguments in [
        &["check", "-", "--media", "-"][..],
        &["check", "--media", "-"],
        &["quote", "--prices", "-"],
        &["quote", "mini-image.json", "--prices", "-", "--media", "-"],
        &["compare", "-", "--prices", "-"],
        &["plan", "--prices", "-"],
    ] {
        fed(arguments, b"{}").fails_with(once);
    }
    let book = br#"{"currency": "USD", "prices": {"seedance2.0-mini-720p": "0.05"}}"#;
    let run = fed(&["quote", "mini-image.json", "--prices", "-"], book);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret.json");
    std::fs::write(&file, "{}").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&file).is_ok() {
        // The superuser may read every file, so this cannot be tested.
        return;
    }
    let name = file.to_str().unwrap();
    seedance(&["check", name]).fails_with(&format!("`{name}`: no permission to read this file"));
}

#[test]
fn texts_that_are_no_request() {
    let utf16: Vec<u8> = "{\"model\":1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let texts: [(&str, &[u8]); 9] = [
        ("empty", b""),
        ("blank", b" \n"),
        ("two values", b"{}{}"),
        ("byte-order mark", b"\xEF\xBB\xBF{}"),
        ("UTF-16", &utf16),
        ("truncated", b"{\"model\": \"seedance2.0-mini\", \"pro"),
        ("bad UTF-8", b"{\"model\": \"\xff\"}"),
        ("lone surrogate", b"{\"model\": \"\\ud800\"}"),
        ("brackets", &[b'['; 100_000]),
    ];
    for (name, text) in texts {
        let run = fed(&["check", "--format", "json"], text);
        let report = run.json();
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{name}");
        assert_eq!(report["findings"][0]["rule"], "invalid-json", "{name}");
        assert_eq!(report["findings"].as_array().unwrap().len(), 1, "{name}");
        let shown = fed(&["check", "-"], text);
        assert!(
            shown.code == 1 && shown.out.starts_with("error[invalid-json]: "),
            "{name}: {}",
            shown.out
        );
        assert!(shown.out.len() < 2_000, "{name}: {} bytes", shown.out.len());
        // The mark is invisible, so the message names it.
        let is_marked = report["findings"][0]["params"]["reason"]
            == "the text begins with a byte-order mark; save it as UTF-8 without one";
        assert_eq!(is_marked, name == "byte-order mark");
        let quote = fed(&["quote", "--prices", "prices.json", "--format", "json"], text);
        assert_eq!((quote.code, &quote.json()["reason"]), (1, &json!("findings")), "{name}");
    }
    for text in ["5", "[]", "null", "\"{}\""] {
        let report = fed(&["check", "--format", "json"], text.as_bytes()).json();
        assert_eq!(report["findings"][0]["rule"], "body-not-object", "{text}");
    }
}

#[test]
fn bad_books_and_facts() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let book =
        write("book.json", r#"{"currency":"USD","prices":{"seedance2.0-mini-720p":"0,05"}}"#);
    let problem = "price book: `/prices/seedance2.0-mini-720p`: `0,05` is not a price; write a plain decimal such as `\"0.05\"`";
    seedance(&["quote", "mini-image.json", "--prices", &book])
        .fails_with(&format!("`{book}`: {problem}"));
    seedance(&["quote", "--ndjson", "jobs.ndjson", "--prices", &book])
        .fails_with(&format!("`{book}`: {problem}"));
    seedance(&["compare", "mini-image.json", "--prices", &book])
        .fails_with(&format!("`{book}`: {problem}"));
    let bom = write("bom.json", "\u{FEFF}{}");
    let problem = "price book: invalid JSON: the text begins with a byte-order mark; save it as UTF-8 without one (line 1, column 1)";
    seedance(&["quote", "mini-image.json", "--prices", &bom])
        .fails_with(&format!("`{bom}`: {problem}"));

    let facts = write("media.json", r#"{"reference_videos":[{"seconds":-1}]}"#);
    let problem = "media facts: `/reference_videos/0/seconds`: must not be negative";
    seedance(&["check", "mini-video.json", "--media", &facts])
        .fails_with(&format!("`{facts}`: {problem}"));
    let problem = "media facts: `/reference_videos`: more entries (1) than reference videos in the request (0)";
    seedance(&["check", "mini-image.json", "--media", "mini-video.media.json"])
        .fails_with(&format!("`mini-video.media.json`: {problem}"));
    let none = write("none.json", "[]");
    let problem = "media facts: expected an object, found an array";
    seedance(&["check", "mini-video.json", "--media", &none])
        .fails_with(&format!("`{none}`: {problem}"));
    // Facts are ignored if the body is not an object.
    assert_eq!(fed(&["check", "--media", &facts], b"[]").code, 1);

    let odd = write("odd.json", r#"{"currency":"USD","prices":{"seedance2.0-mini-720":"0.05"}}"#);
    let run = seedance(&["quote", "mini-image.json", "--prices", &odd]);
    let warning = format!(
        "seedance: warning: `{odd}`: unknown billing name `seedance2.0-mini-720`; did you mean `seedance2.0-mini-720p`"
    );
    assert!(
        run.code == 1 && run.err.starts_with(&warning) && run.err.lines().count() == 1,
        "{}",
        run.err
    );
    assert!(
        run.out.starts_with("no quote: the price book has no price for `seedance2.0-mini-720p`\n"),
        "{}",
        run.out
    );
}

#[test]
fn bad_options() {
    let budget = ["plan", "--prices", "prices.json", "--budget", "-5"];
    seedance(&budget).fails_with("invalid value '-5' for '--budget <AMOUNT>': write an amount such as 2 or 0.50, without a sign or a currency; see `seedance --help`");
    seedance(&["prices", "lint", "prices.json", "--max-age", "-1"]).fails_with("invalid value '-1' for '--max-age <DAYS>': write a number of days such as 30; see `seedance --help`");
    seedance(&["serve", "--port", "99999"]).fails_with(
        "invalid value '99999' for '--port <N>': 99999 is not in 0–65535; see `seedance --help`",
    );
    seedance(&[]).fails_with("no command given; see `seedance --help`");
    seedance(&["check", "--xyz"])
        .fails_with("unexpected argument '--xyz' found; see `seedance --help`");
    seedance(&["chek"])
        .fails_with("unrecognized subcommand 'chek'; a similar subcommand exists: 'check'");
    seedance(&["serve", "--allow", "audio-unpaired,duration-out-of-rang"])
        .fails_with_part("a similar value exists: 'duration-out-of-range'");
    seedance(&["check", "a", "b"])
        .fails_with("unexpected argument 'b' found; see `seedance --help`");
    seedance(&["check", "--lang", "fr"]).fails_with(
        "invalid value 'fr' for '--lang <LANG>' [possible values: en, zh]; see `seedance --help`",
    );
    seedance(&["check", "--ndjson", "--media", "x"]).fails_with(
        "the argument '--ndjson' cannot be used with '--media <FILE>'; see `seedance --help`",
    );
    seedance(&["quote", "x"]).fails_with("the following required arguments were not provided: --prices <BOOK>; see `seedance --help`");
    seedance(&["explain", "no-such-rule"])
        .fails_with("there is no rule `no-such-rule`; `seedance explain` lists them all");
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = folder.path().join("many.ndjson");
    std::fs::write(
        &jobs,
        "{\"model\":\"seedance2.0-mini\",\"prompt\":\"a\",\"duration\":5}\n".repeat(200_000),
    )
    .unwrap();
    let mut child = command(&["check", "--ndjson", jobs.to_str().unwrap()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"line\":1,"), "{first}");
    let mut error = String::new();
    child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(2));
    // Nobody reads the output any more, so nothing is reported.
    assert_eq!(error, "");
}

#[test]
fn a_long_line_is_shown_in_part() {
    let text = format!(
        r#"{{"model":"seedance2.0-mini","prompt":"{}","duration":99,"x":"{}"}}"#,
        "长".repeat(1_000_000),
        "y".repeat(1_000_000)
    );
    let run = fed(&["check"], text.as_bytes());
    assert!(
        run.code == 1 && run.out.contains("\"duration\":99") && run.out.len() < 5_000,
        "{}",
        run.out.len()
    );
    let many = format!(
        r#"{{"model":"seedance2.0-mini","prompt":"a","duration":5,"images":[{}]}}"#,
        vec!["\"x\""; 20_000].join(",")
    );
    let run = fed(&["check"], many.as_bytes());
    assert!(run.out.contains("19900 more are not shown; `--format json` lists the first 1000"));
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let run = fed(
        &["check"],
        "{\"model\":\"\\u001b[2J\\u202e\",\"prompt\":\"a\",\"duration\":5}".as_bytes(),
    );
    assert!(run.code == 1 && !run.out.contains(['\u{1b}', '\u{202e}']), "{}", run.out);
}
