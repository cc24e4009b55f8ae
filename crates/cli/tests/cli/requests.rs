//! Requests that need help: near JSON, another vendor's shape, errors with fixes, links that expire, videos to measure.

use serde_json::{Value, json};

use crate::support::{fed, seedance, write};

/// The request that `check` would send.
fn request(options: &[&str], text: &str) -> (Value, String) {
    let run = fed(&[&["check", "--format", "json"], options].concat(), text.as_bytes());
    let report = run.json();
    (report["request"].clone(), run.err)
}

#[test]
fn what_is_nearly_json_is_read_as_it_was_meant() {
    let meant = json!({ "model": "seedance2.0-mini", "prompt": "a “red” fox", "duration": 5 });
    for (text, told) in [
        (
            "{“model”：“seedance2.0-mini”，“prompt”：“a “red” fox”，“duration”：5}",
            "line 1, column 2: read `“` (U+201C) as `\"`",
        ),
        (
            "{'model': 'seedance2.0-mini', 'prompt': 'a “red” fox', 'duration': 5}",
            "line 1, column 2: read `'` as `\"`",
        ),
        (
            "```json\n{\"model\": \"seedance2.0-mini\", \"prompt\": \"a “red” fox\", \"duration\": 5}\n```",
            "line 1, column 1: read without the fence around it",
        ),
        (
            "{\n\u{a0} \"model\": \"seedance2.0-mini\", // Mini\n \"prompt\": \"a “red” fox\", \"duration\": 5,}",
            "line 2, column 1: read a blank (U+00A0) as a space",
        ),
        (
            r#""{\"model\": \"seedance2.0-mini\", \"prompt\": \"a “red” fox\", \"duration\": 5}""#,
            "line 1, column 1: read the text inside a JSON string",
        ),
    ] {
        let (request, err) = self::request(&["--lenient"], text);
        assert_eq!(request, meant, "{text}");
        assert!(err.lines().any(|line| line == told), "{err}");
        // Without `--lenient` nothing is read in this way.
        assert_eq!(self::request(&[], text), (Value::Null, String::new()), "{text}");
    }
    for (text, told) in [
        (
            "{'model': 'seedance2.0-mini', # which\n 'prompt': 'a “red” fox', 'duration': 5}",
            "line 1, column 31: read without its comments",
        ),
        (
            "{“model”：“seedance2.0-mini”，“prompt”：“a “red” fox”，“duration”：５}",
            "line 1, column 63: read `５` (U+FF15) as `5`",
        ),
        (
            "Sure!\n```json\n{\"model\": \"seedance2.0-mini\", \"prompt\": \"a “red” fox\", \"duration\": 5}\n```\n",
            "line 1, column 1: read without the fence around it",
        ),
        (
            "const body = {model: 'seedance2.0-mini', prompt: 'a “red” fox', duration: 5};",
            "line 1, column 1: read without the text around it",
        ),
    ] {
        let (request, err) = self::request(&["--lenient"], text);
        assert_eq!(request, meant, "{text}: {err}");
        assert!(err.lines().any(|line| line == told), "{err}");
    }
    let err = fed(&["check", "--lenient"], br#"{"prompt": "it\'s"}"#).err;
    assert_eq!(err, "line 1, column 15: read the escape as JSON writes it\n");
    // Numbers that only JSON5 has are not read.
    for number in ["0x5", ".5", "NaN"] {
        let text = format!("{{\"duration\": {number}}}");
        let run = fed(&["check", "--lenient"], text.as_bytes());
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{run:?}");
    }
    let good = r#"{"model": "seedance2.0-mini", "prompt": "x", "duration": 5}"#;
    assert_eq!(request(&["--lenient"], good).1, "");
    for template in ["{{seconds}}", "${SECONDS}", "%(seconds)s"] {
        let text = format!("{{\"duration\": {template}}}");
        let run = fed(&["check", "--lenient"], text.as_bytes());
        assert!(run.out.contains("a placeholder of a template; fill it in"), "{run:?}");
    }
}

#[test]
fn another_vendors_request_is_told_and_converted() {
    let ark = r#"{"model": "doubao-seedance-2-0-260128", "content": [{"type": "text", "text": "a fox --ratio 16:9 --dur 5"},
        {"type": "image_url", "image_url": {"url": "https://e.com/a.png"}, "role": "first_frame"}], "watermark": false}"#;
    let told = fed(&["check"], ark.as_bytes());
    assert!(
        told.out.ends_with("this looks like Ark's shape; convert it with `--from ark`\n"),
        "{told:?}"
    );
    let converted = fed(&["check", "--from", "ark", "--fix", "--format", "json"], ark.as_bytes());
    assert_eq!(
        converted.json()["request"],
        json!({ "model": "doubao-seedance-2-0-260128", "prompt": "a fox", "duration": 5, "ratio": "16:9", "first_image": "https://e.com/a.png" })
    );
    assert_eq!(converted.err, "left out, because the request has no such field: `watermark`\n");
    let fal = r#"{"prompt": "a fox", "image_url": "https://e.com/a.png", "aspect_ratio": "16:9", "duration": "5"}"#;
    let told = fed(&["check", "--lang", "zh"], fal.as_bytes());
    assert!(told.out.ends_with("这像是 fal 格式的请求，可用 `--from fal` 转换\n"), "{told:?}");
    let converted = fed(&["check", "--from", "fal", "--fix"], fal.as_bytes());
    let request: Value = serde_json::from_str(&converted.out).unwrap();
    assert_eq!(
        request,
        json!({ "prompt": "a fox", "duration": 5, "ratio": "16:9", "first_image": "https://e.com/a.png" })
    );
    // A misspelt request of ours is not taken for another vendor's.
    let ours = fed(&["check"], br#"{"model": "seedance2.0-mini", "prompt": "x", "duration": 5, "image_url": "https://e.com/a.png"}"#);
    assert!(!ours.out.contains("shape"), "{ours:?}");
    fed(&["check", "--from", "ark"], fal.as_bytes())
        .fails_with("`standard input`: not a request in Ark's shape");
}

#[test]
fn fixes_are_applied() {
    let run = seedance(&["check", "--fix", "broken.json"]);
    // Two of its errors have no safe fix.
    assert_eq!(run.code, 1);
    let request: Value = serde_json::from_str(&run.out).unwrap();
    assert!(request["images"].is_array(), "{run:?}");
    assert!(run.err.contains("fixed /"), "{run:?}");
    // Places refer to the request that is printed.
    assert!(run.err.contains(" --> broken.json (fixed):6:13\n"), "{run:?}");
    let run = seedance(&["check", "--fix=all", "broken.json", "--format", "json"]);
    let mended = run.json();
    assert_eq!((run.code, &mended["report"]["accepted"]), (0, &json!(true)));
    assert!(mended["applied"].as_array().unwrap().len() > 2, "{mended}");
    assert_eq!(seedance(&["check", "--fix=all", "broken.json"]).code, 0);
    seedance(&["check", "--fix=some", "broken.json"]).fails_with_part("possible values");
    // There is no request to print, and a file that standard output goes to stays empty.
    let run = fed(&["check", "--fix"], b"[1]");
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("error[body-not-object]: "), "{run:?}");
}

#[test]
fn fixes_are_applied_line_by_line() {
    let lines = "{\"id\": 7, \"model\": \"seedance2.0-md\", \"prompt\": \"x\", \"duration\": 16}\n\n[]\n{\"request\": {}, \"x\": 1}\n";
    let run = fed(&["check", "--fix", "--ndjson"], lines.as_bytes());
    let answers: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers[0]["id"], 7);
    assert_eq!(answers[0]["request"]["duration"], 15);
    assert_eq!(
        answers[0]["applied"],
        json!([{ "rule": "duration-out-of-range", "path": "/duration", "label": "set the duration to 15 s" }])
    );
    assert_eq!((&answers[1]["line"], &answers[1]["request"]), (&json!(3), &Value::Null));
    assert_eq!(answers[2]["line"], 4);
    assert_eq!(run.err, "3 jobs: 1 accepted, 1 not accepted, 1 error\n");
}

#[test]
fn further_columns_stand_behind_each_answer() {
    let table = "id;model;prompt;duration;episode;note\na;seedance2.0-md;x;5;E1;\"1;2\"\nb;seedance2.0-md;x;99;E2;\n";
    for words in [&["check"][..], &["check", "--fix"], &["quote", "--prices", "prices.json"]] {
        let run = fed(&[words, &["--ndjson", "--quiet"]].concat(), table.as_bytes());
        let answers: Vec<Value> =
            run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(answers[0]["carried"], json!({ "episode": "E1", "note": "1;2" }), "{words:?}");
        assert_eq!(answers[1]["carried"], json!({ "episode": "E2", "note": "" }), "{words:?}");
        assert_eq!((&answers[1]["line"], &answers[1]["id"]), (&json!(3), &json!("b")));
    }
}

#[test]
fn videos_are_measured() {
    let fixture = |name: &str| format!("../tests/page/fixtures/{name}");
    let (good, bad) = (fixture("h264-3.48.mp4"), "prices.json".to_owned());
    let run = seedance(&["media", &good, &bad, &good]);
    let measured =
        json!({ "seconds": 3.48, "bytes": 7656, "width": 320, "height": 180, "frame_rate": 25.0 });
    assert_eq!(
        (run.code, run.json()),
        (1, json!({ "reference_videos": [measured, null, measured] }))
    );
    assert_eq!(run.err, "seedance: `prices.json`: not an MP4 or MOV file\n");
    assert_eq!(seedance(&["media", &good]).code, 0);
    let told = |words: &[&str]| seedance(&[&["media"], words].concat()).err;
    assert_eq!(told(&["no.mp4"]), "seedance: `no.mp4`: file not found\n");
    assert_eq!(told(&["no.mp4", "--lang", "zh"]), "seedance: `no.mp4`：文件不存在\n");
    assert_eq!(told(&[".", "--lang", "zh"]), "seedance: `.`：这是目录，请指定文件\n");
    let unknown = seedance(&["media", &fixture("unknown-length.mp4")]);
    assert_eq!(
        (unknown.code, unknown.json(), unknown.err.as_str()),
        (
            1,
            json!({ "reference_videos": [{ "bytes": 342, "width": 1280, "height": 720 }] }),
            "seedance: `../tests/page/fixtures/unknown-length.mp4`: the file does not state its length; add `seconds` yourself\n"
        )
    );
    // `--media` reads its output.
    let folder = tempfile::tempdir().unwrap();
    let facts = write(&folder, "media.json", &seedance(&["media", &good]).out);
    let quote =
        seedance(&["quote", "mini-video.json", "--prices", "prices.json", "--media", &facts]);
    assert!(quote.out.starts_with("0.05 × (8 + 3) = 0.55 USD\n"), "{quote:?}");
}

#[test]
fn facts_come_from_ffprobe_too() {
    let folder = tempfile::tempdir().unwrap();
    let quote = |text: &str| {
        let facts = write(&folder, "probe.json", text);
        seedance(&["quote", "mini-video.json", "--prices", "prices.json", "--media", &facts])
    };
    let probed = r#"{"streams": [{"codec_type": "video", "width": 1920, "height": 1080, "avg_frame_rate": "30000/1001"}], "format": {"duration": "3.503500", "size": "1048576"}}"#;
    assert!(quote(probed).out.starts_with("0.05 × (8 + 4) = 0.60 USD\n"));
    // A phone's video is rotated: width and height are those that a player shows. 24000/1001 is not rounded to 24.
    let turned = r#"{"streams": [{"codec_type": "video", "width": 640, "height": 2200, "avg_frame_rate": "24000/1001",
        "side_data_list": [{"rotation": -90}]}], "format": {"duration": "4"}}"#;
    let facts = write(&folder, "turned.json", turned);
    let request = r#"{"model": "seedance2.0-md", "prompt": "x", "duration": 5, "reference_videos": ["https://e.com/1"]}"#;
    let report = fed(&["check", "--media", &facts, "--format", "json"], request.as_bytes());
    let findings = report.json()["findings"].as_array().unwrap().clone();
    let findings: Vec<_> =
        findings.iter().map(|it| (it["rule"].clone(), it["params"].clone())).collect();
    assert_eq!(
        findings,
        [
            (
                json!("video-size-contested"),
                json!({ "model": "seedance2.0-md", "width": 2200, "height": 640, "min": 720, "max": 2160 })
            ),
            (
                json!("frame-rate-contested"),
                json!({ "model": "seedance2.0-md", "actual": 23.976, "min": 24 })
            ),
        ]
    );
    // A length that ffprobe does not know, or gives as 0, is unknown.
    let zero = quote(r#"{"reference_videos": [{"seconds": 0}]}"#);
    assert!(zero.out.starts_with("0.05 × (8 + ?) ≥ 0.40 USD\n"), "{zero:?}");
    for unknown in ["N/A", "0.000000"] {
        let quote = quote(&probed.replace("3.503500", unknown));
        assert!(quote.out.starts_with("0.05 × (8 + ?) ≥ 0.40 USD\n"), "{quote:?}");
    }
    quote(r#"{"streams": 5, "reference_videos": []}"#).fails_with_part("`/streams`: unknown field");
}

#[test]
fn facts_come_from_standard_input_too() {
    let facts = std::fs::read(crate::support::examples().join("mini-video.media.json")).unwrap();
    for option in ["--fix", "--against=2026-09", "--format=json"] {
        let with = |media: &str, input: &[u8]| {
            let run = fed(&["check", "mini-video.json", option, "--media", media], input);
            (run.code, run.out, run.err)
        };
        assert_eq!(with("-", &facts), with("mini-video.media.json", b""), "{option}");
    }
}

#[test]
fn signed_links_that_end_are_warned_of() {
    let check = |link: &str| {
        let body = json!({ "model": "seedance2.0-mini", "prompt": "x", "duration": 5, "images": ["https://e.com/1.png", link] });
        fed(&["check"], body.to_string().as_bytes())
    };
    let ended = check(
        "https://e.com/a.png?X-Amz-Date=20240101T000000Z&X-Amz-Expires=3600&X-Amz-Signature=x",
    );
    assert_eq!(
        (ended.code, ended.err.as_str()),
        (
            0,
            "seedance: warning: /images/1: the signed link has expired or will within the hour; use a new one\n"
        )
    );
    let now = time::UtcDateTime::now().unix_timestamp();
    let soon = check(&format!("https://e.com/a.png?Expires={}&Signature=x", now + 630));
    assert_eq!(
        soon.err,
        "seedance: warning: /images/1: the signed link has expired or will within the hour; use a new one\n"
    );
    assert_eq!(check(&format!("https://e.com/a.png?Expires={}&Signature=x", now + 7200)).err, "");
}

/// The only error stands behind the thousand warnings that a report holds.
#[test]
fn a_capped_report_does_not_contradict_itself() {
    let body = json!({
        "model": "seedance2.0-sp", "prompt": "A fox", "duration": 5,
        "images": vec!["asset://a"; 1200], "reference_audios": ["http://x"],
    });
    for (lang, verdict) in [
        ("en", "not accepted: seedance2.0-sp (route sp), 1000 warnings, 201 more [rules 2026-07]"),
        (
            "zh",
            "校验未通过：seedance2.0-sp（sp 线路），1000 个警告，另有 201 条 [规则版本 2026-07]",
        ),
    ] {
        let run = fed(&["check", "--lang", lang], body.to_string().as_bytes());
        assert!(run.out.lines().any(|line| line == verdict), "{}", run.out);
    }
    let run = fed(&["check", "--against", "2026-09"], body.to_string().as_bytes());
    let both = "not accepted in 2026-07; not accepted in 2026-09";
    assert!(run.out.lines().any(|line| line == both), "{}", run.out);
}
