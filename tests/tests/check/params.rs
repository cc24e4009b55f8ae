//! The data of a finding besides its rule and path: the exact `params`, `related` and `sources`.

use std::collections::BTreeSet;

use seedance_core::table::ParamKind;
use seedance_core::{Edition, Facts, Job, Lang, Param};
use seedance_tests::cases::all;
use seedance_tests::core_side::json;
use serde_json::{Value, json};

/// "`params` holds the values that the message speaks of", by the names and types that the rule declares.
#[test]
fn params_are_those_that_the_rule_declares() {
    let mut seen = BTreeSet::new();
    for (place, case) in all() {
        let facts = case.media.as_ref().map(Facts::from_value);
        let facts = facts.and_then(Result::ok).unwrap_or_default();
        let Ok(job) = Job::new(case.wire()).with_facts(facts) else {
            continue;
        };
        for finding in job.check(Lang::En).findings {
            let rule = Edition::default().rules().find(|rule| rule.id == finding.rule);
            let declared = rule.expect("a rule of the table").params;
            for (name, param) in finding.params.iter() {
                let info = declared.iter().find(|info| info.name == name);
                let info = info.unwrap_or_else(|| panic!("{place}: {name} in {finding:?}"));
                let is_its_kind = match param {
                    Param::List(_) => info.kind == ParamKind::List,
                    Param::Numbers(_) => info.kind == ParamKind::Integers,
                    Param::Text(_) => info.kind == ParamKind::Text,
                    Param::Number(number) if number.fract() == 0.0 => {
                        matches!(info.kind, ParamKind::Integer | ParamKind::Number)
                    }
                    Param::Number(_) => info.kind == ParamKind::Number,
                };
                assert!(is_its_kind, "{place}: {name} in {finding:?}");
            }
            let lacks = |name| finding.params.get(name).is_none();
            let missing = declared.iter().find(|it| !it.optional && lacks(it.name));
            assert!(missing.is_none(), "{place}: {missing:?} in {finding:?}");
            seen.insert(finding.rule.name());
        }
    }
    assert_eq!(seen.len(), Edition::default().rules().count(), "{seen:?}");
}

/// A model, a request's members besides a prompt and 5 s, a rule that fires once, and its parameters.
const OF_REQUESTS: &str = r#"[
["seedance2.0-mini", {"Ratio": "1:1"}, "unknown-field", {"field": "Ratio", "suggestions": ["ratio"]}],
["seedance2.0-mini", {"zzzzzzzz": 1}, "unknown-field", {"field": "zzzzzzzz"}],
["seedance2.0-mini", {"duration": "5"}, "wrong-type", {"field": "duration", "expected": "integer", "found": "string", "actual": "5"}],
["seedance2.0-mini", {"duration": 5.5}, "wrong-type", {"field": "duration", "expected": "integer", "found": "fraction", "actual": "5.5"}],
["seedance2.0-mini", {"ratio": 5}, "wrong-type", {"field": "ratio", "expected": "string", "found": "number", "actual": "5"}],
["seedance2.0-mini", {"images": "https://example.com/signed"}, "wrong-type", {"field": "images", "expected": "array", "found": "string"}],
["seedance2.0-mini", {"images": [null]}, "wrong-type", {"field": "images", "index": 0, "expected": "string", "found": "null"}],
["seedance2.0-mini", {"images": ["https://example.com/a.png", 5.5]}, "wrong-type", {"field": "images", "index": 1, "expected": "string", "found": "number", "actual": "5.5"}],
["seedance2.0-mini", {"ratio": ""}, "empty-field", {"field": "ratio"}],
["seedance2.0-mini", {"images": ["https://example.com/a.png", ""]}, "empty-item", {"field": "images", "index": 1}],
["seedance2.0-mini", {"prompt": " "}, "empty-prompt", {}],

["seedance2.0-fast-i2w", {}, "unknown-model", {"actual": "seedance2.0-fast-i2w", "suggestions": ["seedance2.0-fast-i2v", "seedance2.0-fast-sp", "seedance2.0-fast-md"]}],
["another", {}, "unknown-model", {"actual": "another"}],
["sd2_mx_4k", {"duration": 13}, "duration-out-of-range", {"model": "sd2_mx_4k", "min": 4, "max": 12, "actual": 13}],
["sd2_mx_4k", {"duration": 9007199254740992}, "duration-out-of-range", {"model": "sd2_mx_4k", "min": 4, "max": 12, "actual": 9007199254740992}],
["sd2_mx_4k", {"duration": 9223372036854775808}, "duration-out-of-range", {"model": "sd2_mx_4k", "min": 4, "max": 12, "actual": 9223372036854775808.0}],
["another", {"duration": 16}, "duration-out-of-range", {"min": 1, "max": 15, "actual": 16}],
["seedance2.0-md", {"duration": 3}, "duration-contested", {"model": "seedance2.0-md", "actual": 3, "undisputed_from": 4}],
["seedance2.0-mini-sp", {"resolution": "1080p"}, "resolution-not-offered", {"model": "seedance2.0-mini-sp", "actual": "1080p", "allowed": ["480p", "720p"]}],
["another", {"resolution": "2k"}, "resolution-not-offered", {"actual": "2k", "allowed": ["480p", "720p", "1080p"]}],
["sd2_mx_4k", {"resolution": "1080p"}, "resolution-ignored", {"model": "sd2_mx_4k", "actual": "1080p", "delivered": "4k"}],
["seedance2.0-mini", {"orientation": "up"}, "orientation-not-offered", {"actual": "up", "allowed": ["landscape", "portrait"]}],
["seedance2.0-mini", {"orientation": "portrait", "ratio": "1:1"}, "orientation-overridden", {}],
["seedance2.0-md", {"ratio": "4:3"}, "ratio-not-offered", {"model": "seedance2.0-md", "actual": "4:3", "allowed": ["16:9", "9:16", "1:1"]}],
["seedance2.0-mini", {"ratio": "4:3"}, "ratio-unlisted", {"model": "seedance2.0-mini", "actual": "4:3", "allowed": ["16:9", "9:16", "1:1"]}],
["seedance2.0-mini", {"ratio": "4"}, "ratio-malformed", {"actual": "4", "allowed": ["16:9", "9:16", "1:1"]}],
["another", {"ratio": "4"}, "ratio-malformed", {"actual": "4", "allowed": ["16:9", "9:16", "1:1"]}],

["seedance2.0-fast-i2v", {}, "image-expected", {"model": "seedance2.0-fast-i2v"}],
["seedance2.0-md", {"reference_videos": ["https://a.com/1", "https://a.com/2", "https://a.com/3", "https://a.com/4"]}, "too-many-videos", {"model": "seedance2.0-md", "limit": 3, "actual": 4}],
["sd2_mx_4k", {"reference_videos": ["asset://a"]}, "videos-not-supported", {"model": "sd2_mx_4k", "partner": "sd2_mx_video_4k"}],
["seedance2.0-fast-i2v", {"reference_videos": ["https://a.com/1"]}, "videos-not-supported", {"model": "seedance2.0-fast-i2v"}],
["seedance2.0-mini-video", {}, "video-expected", {"model": "seedance2.0-mini-video", "partner": "seedance2.0-mini"}],
["seedance2.0-md", {"reference_audios": ["https://a.com/1"]}, "audios-not-supported", {"model": "seedance2.0-md"}],
["seedance2.0-std", {"reference_audios": ["https://a.com/1", "https://a.com/2", "https://a.com/3", "https://a.com/4"]}, "too-many-audios", {"model": "seedance2.0-std", "limit": 3, "actual": 4}],
["seedance2.0-sp", {"reference_audios": ["https://a.com/1"]}, "audio-unpaired", {"model": "seedance2.0-sp"}],

["seedance2.0-mini", {"images": ["ftp://a.com/1"]}, "scheme-not-accepted", {"model": "seedance2.0-mini", "allowed": ["https"], "actual": "ftp"}],
["seedance2.0-mini", {"images": ["a.com/1"]}, "scheme-not-accepted", {"model": "seedance2.0-mini", "allowed": ["https"]}],
["seedance2.0-sp", {"images": ["asset://a"]}, "scheme-contested", {"model": "seedance2.0-sp", "actual": "asset", "allowed": ["https"]}],
["seedance2.0-mini", {"images": ["https:///a"]}, "url-malformed", {"problem": "no-host"}],
["seedance2.0-mini", {"images": ["https://[::g]/"]}, "url-malformed", {"problem": "bad-address"}],
["seedance2.0-mini", {"images": ["https://a.com/ 1"]}, "url-malformed", {"problem": "white-space"}],
["sd2_mx_4k", {"images": ["asset://"]}, "url-malformed", {"problem": "no-asset-id"}],
["seedance2.0-mini", {"images": ["https://u@nas.local.:8/a"]}, "host-not-public", {"host": "nas.local"}],
["seedance2.0-mini", {"images": ["https://[FE80::0001]:8/a"]}, "host-not-public", {"host": "fe80::1"}],
["seedance2.0-mini", {"images": ["https://."]}, "host-not-public", {"host": "."}],
["seedance2.0-md", {"images": ["https://a.com/1.gif"]}, "gif-not-accepted", {"model": "seedance2.0-md"}],
["seedance2.0-std", {"reference_videos": ["https://a.com/1.JPEG"]}, "image-in-videos", {"model": "seedance2.0-std", "ending": "jpeg"}]
]"#;

#[test]
fn params_of_requests() {
    let rows: Vec<(String, Value, String, Value)> =
        serde_json::from_str(OF_REQUESTS).expect("a good table");
    for (model, members, rule, params) in rows {
        let found = finding(&model, &members, &Value::Null, &rule);
        assert_eq!(found["params"], params, "{rule} of {model} with {members}");
    }
}

#[test]
fn params_of_what_is_long() {
    let prompt = json!({ "prompt": "雨".repeat(5001) });
    let found = finding("seedance2.0-md", &prompt, &Value::Null, "prompt-too-long");
    let expected = json!({ "model": "seedance2.0-md", "limit": 5000, "actual": 5001 });
    assert_eq!(found["params"], expected);
    let too_many = |model: &str, images: usize, frames: Value| {
        let mut members = frames;
        members["images"] = json!(vec![PNG; images]);
        finding(model, &members, &Value::Null, "too-many-images")["params"].clone()
    };
    let (i2v, std) = ("seedance2.0-fast-i2v", "seedance2.0-std");
    let both = json!({ "first_image": PNG, "last_image": PNG });
    let of_i2v = json!({ "model": i2v, "limit": 9, "actual": 10 });
    let of_i2v_with_frames = json!({ "model": i2v, "limit": 9, "actual": 10, "frames": 2 });
    let of_std = json!({ "model": std, "limit": 9, "actual": 10 });
    // Frames are named only where they are counted, and only if there are any.
    assert_eq!(too_many(i2v, 10, json!({})), of_i2v);
    assert_eq!(too_many(i2v, 8, both.clone()), of_i2v_with_frames);
    assert_eq!(too_many(std, 10, both), of_std);
}

/// The facts of one video on `seedance2.0-md`, a rule that fires, and its parameters except the model.
const OF_FACTS: &str = r#"[
[{"seconds": 15.5}, "videos-too-long", {"limit": 15, "actual": 15.5}],
[{"seconds": {"min": 15.5, "max": 15.5}}, "videos-too-long", {"limit": 15, "actual": 15.5}],
[{"seconds": {"min": 15.5, "max": 99}}, "videos-too-long", {"limit": 15, "actual": 15.5, "bound": "at-least"}],
[{"seconds": 3.999999}, "videos-too-short", {"limit": 4, "actual": 3.999999}],
[{"seconds": {"min": 1, "max": 3.999999}}, "videos-too-short", {"limit": 4, "actual": 3.999999, "bound": "at-most"}],
[{"bytes": 209715201}, "videos-too-large", {"limit": 209715200, "actual": 209715201}],
[{"width": 700, "height": 719}, "video-size-out-of-range", {"min": 720, "max": 2160, "width": 700, "height": 719}],
[{"width": 2161, "height": 720}, "video-size-contested", {"min": 720, "max": 2160, "width": 2161, "height": 720}],
[{"frame_rate": 23.96}, "frame-rate-out-of-range", {"min": 24, "max": 60, "actual": 23.96}]
]"#;

#[test]
fn params_of_facts() {
    let rows: Vec<(Value, String, Value)> = serde_json::from_str(OF_FACTS).expect("a good table");
    let video = json!({ "reference_videos": ["https://example.com/a.mp4"] });
    for (facts, rule, mut params) in rows {
        let media = json!({ "reference_videos": [facts] });
        let found = finding("seedance2.0-md", &video, &media, &rule);
        params["model"] = json!("seedance2.0-md");
        assert_eq!(found["params"], params, "{rule} of {facts}");
    }
}

/// A total is called a bound where it is not known exactly.
#[test]
fn totals_are_said_as_bounds() {
    let url = "https://example.com/a.mp4";
    let said = |members: Value, media: Value, lang: Lang| {
        let mut body = json!({ "prompt": "A cat", "duration": 10 });
        for (name, value) in members.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        let facts = Facts::from_value(&media).expect("good facts");
        let job = Job::new(&body).edition(Edition::V2026_09).with_facts(facts).expect("they fit");
        job.check(lang).findings.into_iter().next().expect("a finding").message
    };
    let videos = || json!({ "model": "seedance2.0-fast-md", "reference_videos": [url, url] });
    let audio =
        || json!({ "model": "seedance2.0-fast-md", "images": [PNG], "reference_audios": [url] });
    let (long, longer) = (json!({ "seconds": 16 }), json!({ "seconds": { "min": 16, "max": 17 } }));
    let large = json!({ "bytes": 209_715_201 });
    let of_videos = |facts: Value| said(videos(), json!({ "reference_videos": facts }), Lang::En);
    let of_audio = |facts: Value| said(audio(), json!({ "reference_audios": facts }), Lang::En);
    let limit = "`seedance2.0-fast-md` accepts at most 15 s";
    let total = format!("the reference videos total 17 s; {limit}");
    let at_least = format!("the reference videos total at least 16 s; {limit}");
    assert_eq!(of_videos(json!([long, { "seconds": 1 }])), total);
    assert_eq!(of_videos(json!([long, null])), at_least);
    assert_eq!(of_videos(json!([longer, null])), at_least);
    let limit = "`seedance2.0-fast-md` accepts at most 209715200 bytes";
    let total = format!("the reference videos total 209715201 bytes; {limit}");
    let at_least = format!("the reference videos total at least 209715201 bytes; {limit}");
    assert_eq!(of_videos(json!([large, { "bytes": 0 }])), total);
    assert_eq!(of_videos(json!([large, { "width": 720 }])), at_least);
    let limit = "`seedance2.0-fast-md` accepts at most 15 s";
    let total = format!("the reference audio files total 16 s; {limit}");
    let at_least = format!("the reference audio files total at least 16 s; {limit}");
    assert_eq!(of_audio(json!([long])), total);
    assert_eq!(of_audio(json!([longer])), at_least);
    let zh = said(audio(), json!({ "reference_audios": [longer] }), Lang::Zh);
    assert_eq!(zh, "参考音频总时长至少为 16 秒，`seedance2.0-fast-md` 最多 15 秒");
}

/// A model and members as above, a rule, its path, its parameters, and the frames that it names.
const OF_FRAMES: &str = r#"[
["seedance2.0-std", {"images": ["https://a.com/1"], "first_image": "https://a.com/2", "last_image": "https://a.com/3"}, "images-with-frames", "/images", {}, ["/first_image", "/last_image"]],
["seedance2.0-std", {"reference_audios": ["https://a.com/1"], "last_image": "https://a.com/2"}, "audio-with-frames", "/reference_audios", {"model": "seedance2.0-std"}, ["/last_image"]],
["seedance2.0-md", {"first_image": "https://a.com/1"}, "frame-pair-incomplete", "/last_image", {"model": "seedance2.0-md", "missing": "last_image"}, ["/first_image"]],
["seedance2.0-md", {"last_image": "https://a.com/1"}, "frame-pair-incomplete", "/first_image", {"model": "seedance2.0-md", "missing": "first_image"}, ["/last_image"]],
["seedance2.0-sp", {"last_image": "https://a.com/1"}, "last-frame-alone", "/last_image", {"model": "seedance2.0-sp"}, []],
["seedance2.0-md", {"Ratio": "1:1", "first_image": 5, "last_image": "https://a.com/1"}, "unknown-field", "/Ratio", {"field": "Ratio", "suggestions": ["ratio"]}, []]
]"#;

#[test]
fn related_are_the_frames() {
    let rows: Vec<(String, Value, String, Value, Value, Value)> =
        serde_json::from_str(OF_FRAMES).expect("a good table");
    for (model, members, rule, path, params, related) in rows {
        let found = finding(&model, &members, &Value::Null, &rule);
        let data = (&found["path"], &found["params"], &found["related"]);
        assert_eq!(data, (&path, &params, &related), "{rule} of {members}");
    }
}

/// The contract's example of a report, exactly.
#[test]
fn the_example_of_the_contract() {
    let body = json!({
        "model": "seedance2.0-mini", "prompt": "A cat", "duration": 5,
        "images": ["https://a.com/1"], "first_image": "https://a.com/2",
    });
    let expected = json!({
        "edition": "2026-07", "accepted": false, "model": "seedance2.0-mini", "route": "mini",
        "findings": [{
            "rule": "images-with-frames", "severity": "error", "path": "/images", "related": ["/first_image"], "params": {},
            "message": "`images` cannot be used together with `first_image`",
            "sources": ["seed:table", "seed:openapi"],
            "fixes": [
                { "label": "remove the reference images", "patch": [{ "op": "remove", "path": "/images" }] },
                { "label": "remove the first frame", "patch": [{ "op": "remove", "path": "/first_image" }] },
            ],
        }],
    });
    assert_eq!(json(&Job::new(&body).check(Lang::En)), expected);
}

/// A model and members as above, a rule, and its sources: those of the route's cell if the cell decides.
const OF_SOURCES: &str = r#"[
["seedance2.0-mini", {"ratio": "4:3"}, "ratio-unlisted", ["seed:table"]],
["seedance2.0-sp", {"ratio": "4:3"}, "ratio-unlisted", ["page:sp"]],
["seedance2.0-md", {"ratio": "4:3"}, "ratio-not-offered", ["seed:openapi", "page:md"]],
["seedance2.0-sp", {"ratio": "4"}, "ratio-malformed", ["inferred", "seed:openapi"]],
["another", {"ratio": "4"}, "ratio-malformed", ["inferred", "seed:openapi"]],
["sd2_mx_4k", {"duration": 13}, "duration-out-of-range", ["seed:openapi", "page:full"]],
["another", {"duration": 16}, "duration-out-of-range", ["seed:openapi", "seed:table"]],
["seedance2.0-mini-sp", {"resolution": "1080p"}, "resolution-not-offered", ["seed:openapi", "page:mini-sp"]],
["seedance2.0-md", {"resolution": "2k"}, "resolution-not-offered", ["seed:openapi"]],
["another", {"resolution": "2k"}, "resolution-not-offered", ["seed:openapi"]],
["seedance2.0-mini", {"reference_audios": ["https://a.com/2"]}, "audio-unpaired", ["seed:table"]],
["sd2_mx_4k", {"first_image": "asset://a", "reference_audios": ["asset://b"]}, "audio-with-frames-contested", ["seed:openapi"]],
["seedance2.0-sp", {"first_image": "https://a.com/1", "reference_audios": ["https://a.com/2"]}, "audio-with-frames-contested", ["seed:openapi", "page:sp"]],
["seedance2.0-of-sp", {"first_image": "https://a.com/1", "reference_audios": ["https://a.com/2"]}, "audio-with-frames-contested", ["seed:openapi", "page:sp"]],
["seedance2.0-mini", {"first_image": "https://a.com/1", "reference_audios": ["https://a.com/2"]}, "audio-with-frames-contested", ["seed:table", "seed:openapi"]],
["seedance2.0-mini-sp", {"first_image": "https://a.com/1", "reference_audios": ["https://a.com/2"]}, "audio-with-frames-contested", ["seed:openapi", "page:mini-sp"]]
]"#;

#[test]
fn sources_are_those_of_the_cell_that_decides() {
    let rows: Vec<(String, Value, String, Value)> =
        serde_json::from_str(OF_SOURCES).expect("a good table");
    for (model, members, rule, sources) in rows {
        let found = finding(&model, &members, &Value::Null, &rule);
        assert_eq!(found["sources"], sources, "{rule} of {model}");
    }
}

#[test]
fn audio_with_frames_cites_who_says_so() {
    for (model, sources) in [
        ("sd2_mx_720p", json!(["docs:openapi"])),
        ("seedance2.0-fast-md", json!(["docs:md", "docs:openapi"])),
        ("seedance2.0-std", json!(["page:std", "docs:openapi"])),
        ("seedance-2.0-720p", json!(["docs:standard", "docs:openapi"])),
        ("seedance2.0-gz", json!(["docs:gz", "docs:openapi"])),
        ("seedance2.0-933", json!(["docs:openapi"])),
        ("sd2-933-720p", json!(["docs:openapi"])),
    ] {
        let body = json!({ "model": model, "first_image": PNG, "reference_audios": [PNG] });
        let report = json(&Job::new(&body).edition(Edition::V2026_09).check(Lang::En));
        let mut findings = report["findings"].as_array().expect("a list").iter();
        let found = findings.find(|it| it["rule"] == "audio-with-frames").expect("it fires");
        assert_eq!(found["sources"], sources, "{model}");
    }
}

/// The sources of the frames' cells of two routes.
#[test]
fn sources_of_frames() {
    for (model, source) in [("seedance2.0-mini", "seed:table"), ("sd2_mx_4k", "seed:openapi")] {
        let (route, _) = Edition::default().find_model(model).expect("a model of the table");
        let sources = json(&route.frames.sources);
        let sources = sources.as_array().cloned().unwrap_or_default();
        assert!(sources.contains(&json!(source)), "{model}: {sources:?}");
    }
}

const PNG: &str = "https://example.com/a.png";

/// A rule lists every source that any of its findings has, so that `explain` says no less than a report.
#[test]
fn sources_are_among_those_of_the_rule() {
    let urls = ["ftp://example.com/a.gif", "asset://", "asset://a", "https://a/a.png"];
    let edition = Edition::default();
    for (_, model) in edition.models() {
        for (duration, resolution, ratio) in
            [(0, "9k", "7:5"), (1, "480p", "21:9"), (16, "4k", "1x1")]
        {
            let body = json!({
                "model": model.name, "prompt": "p".repeat(5001), "duration": duration, "resolution": resolution, "ratio": ratio,
                "images": urls.repeat(3), "first_image": urls[0], "reference_videos": urls, "reference_audios": urls,
            });
            for finding in Job::new(&body).check(Lang::En).findings {
                let of_rule = edition.rule(finding.rule).unwrap().sources;
                let other = finding.sources.iter().find(|source| !of_rule.contains(source));
                assert_eq!(other, None, "{finding:?}");
            }
        }
    }
}

/// The only finding of a rule on a request for a model, with these media facts.
fn finding(model: &str, members: &Value, media: &Value, rule: &str) -> Value {
    let mut body = json!({ "model": model, "prompt": "A cat", "duration": 5 });
    for (name, value) in members.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    let facts = Facts::from_value(media).expect("good facts");
    let job = Job::new(&body).with_facts(facts).expect("facts that fit");
    let report = json(&job.check(Lang::En));
    let findings = report["findings"].as_array().into_iter().flatten();
    let found: Vec<&Value> = findings.filter(|it| it["rule"] == rule).collect();
    assert_eq!(found.len(), 1, "{rule} in {report}");
    found[0].clone()
}
